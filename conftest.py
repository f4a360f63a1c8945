"""For every test, those of nbval on solutions/*.ipynb too."""

import os

os.environ.setdefault("NBGRADER_EXECUTION", "test")  # stills, not sliders
