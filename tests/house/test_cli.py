"""`check`, and what the command line says of bad input."""

import json

import nbformat
from typer.testing import CliRunner

import lessons
from grader.__main__ import app


def invoke(*args):
    return CliRunner().invoke(app, [str(arg) for arg in args])


def test_check_prints_a_table_or_json(tmp_path):
    source = tmp_path / f"{lessons.LESSON}.ipynb"
    nbformat.write(lessons.source(), source)
    paper = tmp_path / "mine (1).ipynb"
    paper.write_bytes(lessons.answer(lessons.SCALAR))
    done = invoke("check", paper, "--source", source, "--json")
    assert done.exit_code == 0
    found = json.loads(done.stdout)
    assert (found["lesson"], found["score"], found["max_score"]) == (lessons.LESSON, 2, 4)
    assert [test["status"] for test in found["tests"]] == ["passed", "failed", "passed"]
    assert set(found["tests"][0]) == {"exercise", "test", "score", "max_score", "status", "hint", "more"}
    assert "2 of 4 points" in invoke("check", paper, "--source", source).stdout
    paper.write_bytes(b"no notebook")
    done = invoke("check", paper, "--source", source, "--json")
    assert done.exit_code == 2 and {t["status"] for t in json.loads(done.stdout)["tests"]} == {"not_gradable"}


def test_bad_input_is_answered_in_words(tmp_path):
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "x").write_text("x")
    (tmp_path / "x.ipynb").write_text("no notebook")
    for name in ("fresh", "class"):
        (tmp_path / name / "source" / lessons.LESSON).mkdir(parents=True)
        (tmp_path / name / "submitted").mkdir()
        (tmp_path / name / "nbgrader_config.py").write_text("")
    template = tmp_path / "class"
    nbformat.write(lessons.source(), template / "source" / lessons.LESSON / f"{lessons.LESSON}.ipynb")
    for args, words in ((("run", tmp_path / "none"), "no such folder"), (("run", tmp_path / "full"), "not a class"),
                        (("run", template, "--lesson", "99"), "no such lesson"),
                        (("run", tmp_path / "fresh"), "no lesson"), (("run", template), "nothing was handed in"),
                        (("collect", template, tmp_path / "none"), "no such file"),
                        (("collect", template, tmp_path / "x.ipynb"), "neither a folder nor a zip"),
                        (("check", tmp_path / "none.ipynb"), "no such file"), (("check", tmp_path), "ordinary file"),
                        (("check", tmp_path / "x.ipynb"), "not a notebook of a lesson"),
                        (("init", tmp_path / "full"), "not empty"), (("init", tmp_path / "x.ipynb"), "is a file")):
        done = invoke(*args)
        assert done.exit_code == 2 and words in done.stderr, (args, done.stderr, done.exception)
        assert "Traceback" not in done.output
