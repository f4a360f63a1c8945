"""What a beginner does wrong with the commands: one sentence that names the file and the way out, no traceback."""

import errno
import importlib.util
import re
import resource
import shlex
import shutil
import sqlite3
import zipfile

import nbformat
import pytest
import typer
from typer.testing import CliRunner

import lessons
from common import ROOT
from grader import handout
from grader.__main__ import app
from grader.classroom.folder import Classroom
from grader.errors import problem_of, problem_of_gradebook
from grader.files import write_file
from grader.intake import said
from grader.score import your_score

ROSTER = "id,name,email\nanna,Anna Adams,a@x.org\n"
COMMANDS = typer.main.get_command(app).commands
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "grader").glob("*.md"))]


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """A folder with a class, and the files that people have beside one."""
    folder = tmp_path_factory.mktemp("desk")
    lessons.classroom(folder, {"ada": lessons.answer(lessons.RIGHT)})
    other = folder / "other" / "ada"
    other.mkdir(parents=True)
    nbformat.write(nbformat.read(ROOT / "course" / "02_xor.ipynb", as_version=4), other / "02_xor.ipynb")
    whole = shutil.make_archive(folder / "wrong lesson", "zip", folder / "other")
    (folder / "cut.zip").write_bytes(open(whole, "rb").read()[:2000])
    (folder / "not a zip.zip").write_text("hello")
    with zipfile.ZipFile(folder / "roster.xlsx", "w") as archive:
        archive.writestr("xl/workbook.xml", "")
    (folder / "nobody.csv").write_text("colour,taste\nred,sweet\n")
    (folder / "09_mine.py").write_text("")
    return folder


@pytest.mark.parametrize("line, words", [
    ("run nowhere", "nowhere: there is no such folder. Make a class with: python -m grader init nowhere"),
    ("run other", "other: this is not a class"),
    ("collect cut.zip class", "cut.zip: this is a file, not a class. The class's folder comes first"),
    ("run class --lesson 11", "11: this class has no such lesson. Did you mean 11_small?"),
    ("init new --lesson 01_linear_colapse", "Did you mean 01_linear_collapse?"),
    (f"init {shlex.quote(str(ROOT))}/my-class", "lies in the course's repository"),
    (f"init {shlex.quote(str(ROOT))}/my-class", "python -m grader init ../my-class"),
    ("collect class nothing.zip", "nothing.zip: there is no such file or folder."),
    ("collect class 'not a zip.zip'", "not a zip.zip: this is neither a folder nor a zip file. Give the zip"),
    ("collect class cut.zip", "cut.zip: this zip is cut off: its end is missing. Download it again."),
    ("collect class 'wrong lesson.zip'", "ada/02_xor.ipynb: it is none of the class's lessons (11_small)"),
    ("collect class other --roster roster.xlsx", "roster.xlsx: this is a spreadsheet or a zip. Save the table as CSV"),
    ("collect class other --roster nobody.csv", "none of its columns (colour, taste) names a student"),
    ("collect class other --roster none.csv", "none.csv: there is no such file."),
    ("collect class", "collect: Missing argument 'SOURCE'. For example: python -m grader collect"),
    ("colect class other", "No such command 'colect'. Did you mean 'collect'?"),
    ("run class --leson 11_small", "No such option: --leson"),
    ("run class --jobs 0", "For example: python -m grader run ../my-class"),
    ("handback class", "Missing option '--for'. For example: python -m grader handback"),
    ("export class --for canvass", "--for canvass: there are csv, canvas"),
    ("report class", "nothing is graded yet. Run: python -m grader run"),
    ("release other", "other: this is a folder. Name a zip in it: other/crease.zip"),
    ("release cut.zip", "cut.zip: this file exists. Name another, or add --replace."),
    ("check 09_mine.py", "09_mine.py: this is a text source. Build it (make build LESSONS=09)"),
    ("check nothing.ipynb", "nothing.ipynb: there is no such file."),
    ("check --author roster.xlsx", "this is no notebook"),
    (f"check --author {shlex.quote(str(ROOT))}/course/00_start_here.ipynb",
     "this is a released notebook, with nothing answered. Check the source it was made from: solutions/00_start"),
])
def test_one_sentence_names_the_file_and_the_way_out(desk, monkeypatch, line, words):
    monkeypatch.chdir(desk)
    done = CliRunner().invoke(app, shlex.split(line))
    assert done.exit_code == 2 and words in done.stderr, (done.stderr, done.exception)
    assert "Traceback" not in done.output and len(done.stderr.strip().splitlines()) == 1, done.stderr
    assert not (ROOT / "my-class").exists()


def test_a_roster_saved_as_unicode_text_is_read(desk, tmp_path):
    (tmp_path / "roster.csv").write_bytes(ROSTER.replace(",", "\t").encode("utf-16"))
    assert set(said.people(Classroom(desk / "class"), tmp_path / "roster.csv", dry=True)) >= {"anna"}


def test_what_could_not_be_written_is_named_and_nothing_half_is_left(tmp_path):
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, before[1]))
        with pytest.raises(OSError) as caught:
            write_file(tmp_path / "scores.csv", bytes(5000))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert caught.value.filename == str(tmp_path / "scores.csv") and not list(tmp_path.iterdir())
    assert "ulimit" in problem_of(caught.value)


@pytest.mark.parametrize("number, words", [(errno.ENOSPC, "The disk is full. Make room"), (errno.EROFS, "only be read"),
                                           (errno.EACCES, "Name a folder of your own"), (errno.EIO, "error")])
def test_the_machines_own_words_are_followed_by_the_way_out(monkeypatch, number, words):
    def broken(*args):
        raise OSError(number, "an error of the disk", "scores.csv")
    monkeypatch.setattr(handout, "write", broken)
    done = CliRunner().invoke(app, ["release", "x.zip"])
    assert done.exit_code == 2 and done.stderr.startswith("scores.csv: ") and words in done.stderr


@pytest.mark.parametrize("said, words", [("database is locked", "Close Formgrader"), ("disk is full", "Make room"),
                                         ("attempt to write a readonly database", "No permission"),
                                         ("file is not a database", "Restore it from a copy")])
def test_a_gradebook_that_cannot_be_used_tells_why(said, words):
    assert words in problem_of_gradebook(sqlite3.OperationalError(said))


def test_ctrl_c_ends_a_command_without_a_traceback(monkeypatch):
    def stopped(*args):
        raise KeyboardInterrupt
    monkeypatch.setattr(handout, "write", stopped)
    done = CliRunner().invoke(app, ["release", "x.zip"])
    assert done.exit_code == 130 and "run the same command again" in done.stderr


def test_a_broken_notebook_has_one_sentence_for_a_score(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("NBGRADER_EXECUTION", raising=False)
    name = "01_linear_collapse"
    assert "is not in this folder" in your_score(name)
    (tmp_path / f"{name}.ipynb").write_text("<<<<<<< HEAD")
    said = repr(your_score(name))
    assert len(said.splitlines()) == 2 and "two versions" in said


@pytest.fixture
def setup(tmp_path, monkeypatch):
    """install.py as a module, which would set the course up in an empty folder."""
    monkeypatch.setenv("VENV", str(tmp_path / ".venv"))
    spec = importlib.util.spec_from_file_location("install", ROOT / "install.py")
    found = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(found)
    return found


def test_setting_up_says_what_is_in_its_way_before_it_begins(setup, tmp_path, monkeypatch):
    def stopped():
        raise KeyboardInterrupt
    with monkeypatch.context() as patch:
        patch.setattr(setup.shutil, "disk_usage", lambda place: shutil._ntuple_diskusage(1 << 30, 1 << 30, 2 << 20))
        with pytest.raises(SystemExit, match=r"\.venv: it takes up to \d+ MB, and its disk has 2 MB left. Make room"):
            setup.main([])
    with monkeypatch.context() as patch:
        patch.setattr(setup, "VENV", str(tmp_path / "missing" / ".venv"))
        with pytest.raises(SystemExit, match="no permission to make this folder. Copy the course"):
            setup.main([])
    monkeypatch.setattr(setup, "environment", stopped)
    with pytest.raises(SystemExit, match="Stopped. Run the same command again"):
        setup.main([])
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_of_a_command_tells_every_option_and_ends_in_an_example_that_parses(name):
    command = COMMANDS[name]
    for parameter in command.params:
        assert parameter.name == "help" or len(parameter.help) > 10, parameter.name
    shown = " ".join(CliRunner().invoke(app, [name, "--help"], env={"COLUMNS": "200"}).output.split())
    assert all(option in shown for parameter in command.params for option in parameter.opts if option[:2] == "--")
    for example in re.findall(r"For example: (python -m grader .+)", command.help):
        words = shlex.split(example)[3:]
        assert words[0] == name
        command.make_context(name, words[1:])
    assert "For example: python -m grader" in command.help


def test_every_command_of_the_pages_parses_and_every_option_they_name_is_one():
    text = "\n".join(path.read_text(encoding="utf-8") for path in PAGES)
    lines = re.findall(r"^\.venv/bin/python -m grader (.+?)(?: +#.*)?$", text, re.M)
    assert len(lines) > 15
    for line in lines:
        name, *words = shlex.split(line)
        COMMANDS[name].make_context(name, words)
    known = {option for command in COMMANDS.values() for parameter in command.params for option in parameter.opts}
    elsewhere = {"--no-deps", "--nthreads", "--allow-root", "--no-browser", "--table", "--lesson"}
    assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", text)) <= known | elsewhere
