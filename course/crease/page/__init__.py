"""How a notebook's page behaves: sliders, lines in place of tracebacks, how far one is, and JupyterLab's own settings.

sliders   `live`: a figure with its controls, stills without them      progress  how far each lesson is
kernel    a learner's errors, each said in one calm line               server    what is sent is sent at once
jupyter/  JupyterLab's settings, and how to put them in
"""
