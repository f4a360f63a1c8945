"""What a release puts before the first cell: a sentence where `crease` is not there, as on Colab and Kaggle."""

GUARD = '''# Shift+Enter sets this lesson up. It also says what to do where the course is not found.
try:
    import anywidget
    from crease import check
except ImportError as error:
    class NotHere(ImportError):
        def _render_traceback_(self):
            return str(self).split("\\n")

    line = "%pip install numpy scipy matplotlib ipywidgets anywidget pillow"
    if error.name == "crease":
        line = "!unzip -qo *.zip\\n%cd crease/course\\n\\n(First upload the zip of the whole course.)"
    raise NotHere(f"`{error.name}` is not here. Run this in a new cell, then this one again:\\n\\n{line}") from None

'''


def unguarded(source):
    """The text of a cell without it: it is not the learner's, and what it reads decides nothing."""
    return source.removeprefix(GUARD)
