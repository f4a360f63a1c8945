"""The judge inside nbgrader: what `nbgrader autograde` and Formgrader's button use in a class."""

import datetime
from pathlib import Path

from nbconvert.exporters import NotebookExporter
from nbformat import v4
from nbgrader.plugins import LateSubmissionPlugin
from nbgrader.preprocessors import Execute, NbGraderPreprocessor, SaveAutoGrades

from ..course import tools_on_path
from ..files import read_file
from ..notebook.release import configure as configure_release
from . import settings
from .folder import Classroom, with_mistakes
from .gradebook import Book, Result, set_score
from .settings import DAY


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
        resources["judged"], resources["result"] = {row.test: row for row in graded.tests}, graded
        return graded.notebook, resources


class SaveJudged(SaveAutoGrades):
    """Saves the judge's scores; the outputs of a submission have no say."""

    def preprocess(self, nb, resources):
        nb, resources = super().preprocess(nb, resources)
        from .grading import plan
        classroom, graded = Classroom(self.parent.parent.coursedir.root), resources["result"]
        with Book(classroom) as book:
            book.save(self.student_id, self.assignment_id, plan(classroom, self.student_id, self.assignment_id,
                                                                False).digest, Result(graded.tests, graded.notes),
                      classroom.stamp(self.student_id, self.assignment_id)[0])
        return nb, resources

    def _add_score(self, cell, resources):
        row = resources["judged"].get(cell.metadata["nbgrader"]["grade_id"])
        grade = self.gradebook.find_grade(cell.metadata["nbgrader"]["grade_id"], self.notebook_id,
                                          self.assignment_id, self.student_id)
        set_score(grade, row)
        self.gradebook.db.commit()


class ClassLate(LateSubmissionPlugin):
    """Lateness as class.toml has it; where it takes no points off, nbgrader's own setting holds."""

    def late_submission_penalty(self, student_id, score, total_seconds_late):
        above = self.parent
        while not hasattr(above, "coursedir"):
            above = above.parent
        held = settings.read(Classroom(above.coursedir.root))
        if not held.per_day:
            return super().late_submission_penalty(student_id, score, total_seconds_late)
        late = datetime.timedelta(seconds=total_seconds_late)
        return score * held.share_lost(held.late_days(late, DAY * 0))


class SealOwnMistakes(NbGraderPreprocessor):
    """Seals the hints of a class's own lesson, from mistakes/LESSON.py of the class, into the released notebook."""

    def preprocess(self, nb, resources):
        from .own import with_own_hints
        nb = with_own_hints(nb, Path(self.parent.parent.coursedir.root), resources["nbgrader"]["notebook"])
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
    config.AssignLatePenalties.plugin_class = ClassLate
    config.Autograde.exporter_class = ReadAnything
    return config
