"""The judge inside nbgrader: what `nbgrader autograde` and Formgrader's button use in a class."""

from pathlib import Path

from nbconvert.exporters import NotebookExporter
from nbformat import v4
from nbgrader.preprocessors import Execute, NbGraderPreprocessor, SaveAutoGrades

from ..course import tools_on_path
from ..files import read_file
from ..notebook.release import configure as configure_release
from .folder import with_mistakes
from .gradebook import set_score


class ReadAnything(NotebookExporter):
    """Hands on an empty notebook where a file cannot be read as one: the judge then says what is wrong with it."""

    def from_filename(self, filename, resources=None, **kw):
        try:
            return super().from_filename(filename, resources=resources, **kw)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):  # UnicodeError is a ValueError
            return self.from_notebook_node(v4.new_notebook(), resources=resources, **kw)


class Judged(Execute):
    """Puts the judge's notebook in place of the submission; nothing of the submission runs in a kernel."""

    def preprocess(self, nb, resources):
        from ..judge.grade import grade
        about = resources["nbgrader"]
        course = self.parent.parent.coursedir
        name = about["notebook"] + ".ipynb"
        folder = course.format_path(course.submitted_directory, about["student"], about["assignment"])
        source = course.format_path(course.source_directory, ".", about["assignment"])
        own = Path(course.root) / "mistakes" / f"{about['notebook']}.py"
        data, problem = read_file(Path(folder) / name)
        graded = grade(data if data is not None else b"", with_mistakes((Path(source) / name).read_bytes(), own))
        for note in [problem, *graded.notes] if problem else graded.notes:
            self.log.warning("%s, %s: %s", about["student"], about["assignment"], note)
        resources["judged"] = {row.test: row for row in graded.tests}
        return graded.notebook, resources


class SaveJudged(SaveAutoGrades):
    """Saves the judge's scores; the outputs of a submission have no say."""

    def _add_score(self, cell, resources):
        row = resources["judged"].get(cell.metadata["nbgrader"]["grade_id"])
        grade = self.gradebook.find_grade(cell.metadata["nbgrader"]["grade_id"], self.notebook_id,
                                          self.assignment_id, self.student_id)
        set_score(grade, row)
        self.gradebook.db.commit()


class SealOwnMistakes(NbGraderPreprocessor):
    """Seals the hints of a class's own lesson, from mistakes/LESSON.py of the class, into the released notebook."""

    def preprocess(self, nb, resources):
        from ..hints.library import Library
        from ..hints.sealing import sealed
        from ..notebook.lesson import Lesson
        lesson = resources["nbgrader"]["notebook"]
        own = Path(self.parent.parent.coursedir.root) / "mistakes" / f"{lesson}.py"
        if own.is_file():
            nb.metadata.setdefault("crease", {})["mistakes"] = own.read_text(encoding="utf-8")
            nb.metadata["crease"]["hints"] = sealed(Library(Lesson(nb)))
        return nb, resources


def configure(config):
    """Set up a class's nbgrader: called by its nbgrader_config.py."""
    tools_on_path()
    configure_release(config)
    config.GenerateAssignment.preprocessors.insert(0, SealOwnMistakes)
    from nbgrader.converters import Autograde
    steps = {Execute: Judged, SaveAutoGrades: SaveJudged}
    config.Autograde.autograde_preprocessors = [
        steps.get(step, step) for step in Autograde.autograde_preprocessors.default_args[0]]
    config.Autograde.sanitize_preprocessors = []  # the judge restores cells itself, and reads the file as handed in
    config.Autograde.exporter_class = ReadAnything
    return config
