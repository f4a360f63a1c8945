"""What a class knows of its grades: nbgrader's gradebook, and in the same file the full results of every grading."""

import contextlib
import datetime
import json
from dataclasses import asdict, dataclass, field

import sqlalchemy

from ..course import nbgrader_api, tools_on_path
from ..errors import UserError, problem_of_gradebook
from ..judge.result import Kind, Note, Status, TestResult
from . import history, settings

api = nbgrader_api()
SCHEMA = 3  # of what `result` holds; rows of an earlier one are brought up to date when a class is opened
TABLE = """CREATE TABLE IF NOT EXISTS crease_result (student TEXT, lesson TEXT, digest TEXT, schema INTEGER,
           result TEXT, PRIMARY KEY (student, lesson))"""
SETTINGS = "CREATE TABLE IF NOT EXISTS crease_settings (id INTEGER PRIMARY KEY, text TEXT)"
SELFTEST = "CREATE TABLE IF NOT EXISTS crease_selftest (lesson TEXT PRIMARY KEY, digest TEXT, faults TEXT)"
SAVE = "INSERT OR REPLACE INTO crease_result VALUES (:student, :lesson, :digest, :schema, :result)"


@dataclass
class Result:
    """What one grading gave, as the gradebook keeps it."""

    tests: list[TestResult]
    notes: list[Note] = field(default_factory=list)
    late: bool = False  # decided when the results are read, see `grades`
    handed_in: bool = True
    late_days: int = 0

    def to_json(self):
        """As text for the gradebook."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text):
        """From the text in the gradebook."""
        held = json.loads(text)
        tests = [TestResult(**{**test, "status": Status(test["status"])}) for test in held.pop("tests")]
        notes = [Note(Kind(note["kind"]), note["text"], note["about"]) for note in held.pop("notes")]
        return cls(tests, notes, **held)


class Book:
    """The gradebook of a class, open for the time of a `with`. Every `save` is one transaction."""

    def __init__(self, classroom):
        tools_on_path()
        self.classroom = classroom

    def __enter__(self):
        try:
            self.gradebook = api.Gradebook(f"sqlite:///{self.classroom.folder / 'gradebook.db'}")
            self.db = self.gradebook.db
            self.db.execute(sqlalchemy.text("PRAGMA busy_timeout = 30000"))  # Formgrader may be writing
            upgrade(self.db)
            self.db.commit()
        except sqlalchemy.exc.DatabaseError as error:
            problem = problem_of_gradebook(error.orig)
            raise UserError(f"{self.classroom.folder / 'gradebook.db'}: {problem}") from None
        self.applied = self.db.execute(sqlalchemy.text("SELECT text FROM crease_settings")).scalar()
        self.settings = self.in_force()
        self.assignments = {a.name: a for a in self.db.query(api.Assignment)}
        extended = self.db.query(api.SubmittedAssignment).filter(api.SubmittedAssignment.extension.is_not(None))
        self.extensions = {(found.student_id, found.assignment.name): found.extension for found in extended}
        return self

    def __exit__(self, *error):
        with contextlib.suppress(sqlalchemy.exc.SQLAlchemyError):
            self.db.rollback()
        self.gradebook.close()
        self.gradebook.engine.dispose()

    def in_force(self):
        """The `Settings` of the last run; before the first, and where they no longer fit, those of class.toml."""
        try:
            if self.applied is not None:
                return settings.parse(self.applied, list(self.classroom.lessons))
        except UserError:  # a lesson has gone since
            pass
        return settings.read(self.classroom)

    def apply(self, found):
        """Put `Settings` in force."""
        with self.writing():
            self.db.execute(sqlalchemy.text("INSERT OR REPLACE INTO crease_settings VALUES (1, :text)"),
                            {"text": found.text})
        self.settings, self.applied = found, found.text

    def due(self, student, lesson, found=None):
        """When a lesson is due (UTC), or None: as class.toml says, else as nbgrader's gradebook does."""
        found = found or self.settings
        own = found.due(student, lesson)
        if own or lesson not in self.assignments or lesson in found.lessons and self.settings.terms(lesson).due:
            return own
        due = self.assignments[lesson].duedate
        return due and due + self.extensions.get((student, lesson), datetime.timedelta(0))

    def students(self):
        """The ids of the students in the gradebook."""
        return {student for (student,) in self.db.query(api.Student.id)}

    def digests(self):
        """{(student, lesson): what was graded}."""
        rows = self.db.execute(sqlalchemy.text("SELECT student, lesson, digest FROM crease_result"))
        return {(student, lesson): digest for student, lesson, digest in rows}

    def save(self, student, lesson, digest, result, timestamp=None):
        """Store a `Result`: nbgrader's rows and ours, all or none."""
        with self.writing():
            history.keep(self.db, student, lesson, digest)
            self.to_nbgrader(student, lesson, {test.test: test for test in result.tests}, result.handed_in, timestamp)
            self.db.execute(sqlalchemy.text(SAVE), {"student": student, "lesson": lesson, "digest": digest,
                                                    "schema": SCHEMA, "result": result.to_json()})

    @contextlib.contextmanager
    def writing(self):
        """One transaction; `UserError` where another program holds the file."""
        try:
            yield
            self.db.commit()
        except sqlalchemy.exc.OperationalError as error:
            self.db.rollback()
            raise UserError(f"gradebook.db: could not be written ({error.orig}). Close other programs that use it, "
                            "then run again: what is graded stays graded.") from None
        except BaseException:
            self.db.rollback()
            raise
        self.db.expire_all()

    def to_nbgrader(self, student, lesson, tests, handed_in, timestamp):
        """Set the scores in nbgrader's own tables, making rows that are missing."""
        assignment = self.assignments[lesson]
        if self.db.get(api.Student, student) is None:
            self.db.add(api.Student(id=student))
            self.db.flush()
        rows = self.db.query(api.SubmittedAssignment)
        found = rows.filter_by(assignment_id=assignment.id, student_id=student).first()
        if found is None:
            if not handed_in:
                return
            found = api.SubmittedAssignment(assignment_id=assignment.id, student_id=student)
            self.db.add(found)
            self.db.flush()
        found.timestamp = timestamp
        pages = {page.notebook_id: page for page in found.notebooks}
        for notebook in assignment.notebooks:
            page = pages.get(notebook.id)
            if page is None:
                page = api.SubmittedNotebook(notebook_id=notebook.id, assignment_id=found.id)
                self.db.add(page)
                self.db.flush()
            grades = {grade.cell_id: grade for grade in page.grades}
            for cell in notebook.grade_cells:
                grade = grades.get(cell.id)
                if grade is None:
                    grade = api.Grade(cell_id=cell.id, notebook_id=page.id)
                    self.db.add(grade)
                set_score(grade, tests.get(cell.name))
            comments = {comment.cell_id: comment for comment in page.comments}
            for cell in notebook.solution_cells:
                if cell.id not in comments:
                    self.db.add(comment := api.Comment(cell_id=cell.id, notebook_id=page.id))
                    comments[cell.id] = comment
                mine = [test for test in tests.values() if test.exercise == cell.name]
                blank = bool(mine) and all(test.status == "unanswered" for test in mine)
                comments[cell.id].auto_comment = "No response." if blank else None

    def results(self):
        """{(student, lesson): `Result`} of everything graded."""
        rows = self.db.execute(sqlalchemy.text("SELECT student, lesson, result FROM crease_result"))
        return {(student, lesson): Result.from_json(result) for student, lesson, result in rows}


def upgrade(db):
    """Make the tables, or bring those that an earlier version made up to date."""
    db.execute(sqlalchemy.text(SETTINGS))
    db.execute(sqlalchemy.text(SELFTEST))
    db.execute(sqlalchemy.text(history.TABLE))
    columns = [column for _, column, *_ in db.execute(sqlalchemy.text("PRAGMA table_info(crease_result)"))]
    if not columns or "schema" in columns:
        db.execute(sqlalchemy.text(TABLE))
        newest = db.execute(sqlalchemy.text("SELECT max(schema) FROM crease_result")).scalar() or 0
        if newest > SCHEMA:
            raise UserError("gradebook.db: this class was graded by a newer version of the course. Use that version.")
        return
    rows = list(db.execute(sqlalchemy.text("SELECT student, lesson, late, tests, notes FROM crease_result")))
    db.execute(sqlalchemy.text("DROP TABLE crease_result"))
    db.execute(sqlalchemy.text(TABLE))
    for student, lesson, late, tests, notes in rows:  # the next run grades these anew: they have no digest
        tests, notes = [TestResult(**test) for test in json.loads(tests)], json.loads(notes)
        result = Result(tests, [Note(Kind.NOTICED, text) for text in notes], bool(late),
                        notes != ["Nothing was handed in."])
        db.execute(sqlalchemy.text(SAVE), {"student": student, "lesson": lesson, "digest": "", "schema": SCHEMA,
                                           "result": result.to_json()})


def set_score(grade, row):
    """Put a result into a gradebook's `Grade`, as nbgrader does: a score given by hand stays, and is to be reviewed."""
    by_hand = row is not None and row.status == Status.BY_HAND
    grade.auto_score = None if by_hand else row.score if row is not None else 0.0
    grade.needs_manual_grade = grade.manual_score is not None or grade.auto_score is None


@dataclass
class Person:
    """A student. `id` is the folder's name in the class, `number` the learning platform's own number."""

    id: str
    first_name: str = ""
    last_name: str = ""
    email: str = ""
    number: str = ""
    section: str = ""  # these two stand in CLASS/roster.csv alone
    aliases: tuple[str, ...] = ()

    @property
    def name(self):
        """First and last name."""
        return f"{self.first_name} {self.last_name}".strip()


def enter(book, people):
    """Put people into the gradebook, so that they are expected in every lesson; what is known stays."""
    for person in people:
        student = book.db.get(api.Student, person.id)
        if student is None:
            student = api.Student(id=person.id)
            book.db.add(student)
        for ours, theirs in (("first_name", "first_name"), ("last_name", "last_name"), ("email", "email"),
                             ("number", "lms_user_id")):
            if getattr(person, ours):
                setattr(student, theirs, getattr(person, ours))
    book.db.commit()


def roster(book):
    """{student id: `Person`} of everybody in the gradebook."""
    return {s.id: Person(s.id, s.first_name or "", s.last_name or "", s.email or "", s.lms_user_id or "")
            for s in book.db.query(api.Student)}
