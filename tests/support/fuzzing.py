"""Whatever a submission's file or its process may say, at random: what reads it raises what it names, and no more."""

import functools
import json
import socket
import struct
import time
import tracemalloc
import warnings

import nbformat
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import small as fixture
from crease import check
from grader.judge.result import Gone, Missing
from grader.judge.session import Session
from grader.limits import MB, Limits
from grader.notebook.lesson import Lesson
from grader.notebook.names import used
from grader.notebook.repair import arrange
from grader.notebook.sanitize import markdown, outputs, room
from grader.notebook.skip import skippable
from grader.notebook.submission import NotGradable, match, read
from grader.student import channel as channels
from grader.student.codec import Broken
from grader.student.decoder import DECODERS, decode

RIGHT = fixture.data(fixture.answered())
LESSON = Lesson(nbformat.reads(fixture.SOURCE.decode(), as_version=4))
LIMITS = Limits(value_bytes=4 * MB)
KEYS = ["cells", "nbformat", "metadata", "cell_type", "source", "nbgrader", "grade_id", "id", "worksheets", "input",
        "outputs", "data", "text/html", "text", "traceback", "output_type", "level"]
WORDS = ["code", "markdown", "raw", "heading", "relu", "test_relu_basics", "stream", "error", "display_data", "value",
         "raised", "refused", "missing", "callback", "<f8", "<U9", "C", *DECODERS]
PARTS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.sampled_from(WORDS),
    lambda inner: st.lists(inner, max_size=6) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=4),
    max_leaves=30)


@st.composite
def mutated(draw):
    """The right file with some pieces cut out, put in, or doubled."""
    data = RIGHT
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(data)))
        end = draw(st.integers(start, min(start + 400, len(data))))
        piece = draw(st.binary(max_size=20) | st.just(data[start:end] * 2) | st.sampled_from(
            [b"", b"null", b"[]", b'"', b"{", b"}", b"1e400", b"\\ud800", b"\xff"]))
        data = data[:start] + piece + data[end:]
    return data


NODES = st.recursive(PARTS, lambda inner: st.builds(lambda tag, rest: [tag, *rest], st.sampled_from(list(DECODERS)),
                                                    st.lists(inner, max_size=5)), max_leaves=20)
SHEETS = PARTS | st.fixed_dictionaries({"cells": st.lists(PARTS), "nbformat": st.sampled_from([3, 4, 5])})
FILES = st.binary(max_size=300) | mutated() | SHEETS.map(lambda value: json.dumps(value).encode())
SOURCES = st.text() | st.lists(st.sampled_from(
    ["def f(x):", "\n", "    ", "return x", "global x", "lambda:", "(", ")", "[", "for a in b:", "%time", "!ls", "x?",
     "import *", "'", '"""', "\\", "async ", "await ", "yield ", "match x:", "case _:", "=", "@", "*", ":="]),
    max_size=30).map("".join)


def reader(data):
    """A file is read, matched and put in order, or it is `NotGradable`."""
    try:
        cells, notes = read(data, LIMITS)
        match(cells, LESSON, notes)
        cells = arrange(cells, LESSON, notes)
        skippable(cells, LESSON)
        for one in cells:
            outputs(one.shown, LIMITS, 1, room(LIMITS))
            markdown(one.source)
    except NotGradable:
        pass


def names(source):
    """The names that a text reads are found, or it is said that they cannot be."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        assert used(source) is None or isinstance(used(source), frozenset)


def values(node, blobs):
    """A value is decoded, or it is `Broken`."""
    try:
        decode(json.loads(json.dumps(node)), blobs, LIMITS, lambda node: len)
    except Broken:
        pass


def replies(ask, replies, blobs):
    """Whatever a process replies, its session is over, or its answer fails the test; it is no fault of the judge."""
    mine, theirs = channels.pair(LIMITS)
    session = Session(mine, LIMITS)
    session.allow(0.2, 1e12)
    for reply in replies:
        text = json.dumps(reply).encode()
        theirs.sendall(struct.pack("<II", len(text), len(blobs)) + text + blobs)
    theirs.shutdown(socket.SHUT_WR)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            {"run": lambda: session.run("1"), "fetch": lambda: session.fetch("f"),
             "call": lambda: session.call(0, ([1.0],), {}), "lend": lambda: session.lend("f", len)}[ask]()
    except (Gone, Missing, check.Failure):
        pass
    except Exception as error:  # what the student's function is said to have raised
        assert type(error).__module__ == "builtins" and ask == "call" and "raised" in str(replies), error
    finally:
        session.close()
        theirs.close()


REPLY = st.builds(lambda kind, sequence, rest: [kind, sequence, *rest],
                  st.sampled_from(["value", "raised", "refused", "missing", "callback", "ran", "here"]) | PARTS,
                  st.sampled_from([0, 1, 1, 1, 2, -1, 1.0, True, None]), st.lists(NODES, max_size=5))
TRIALS = {reader: (FILES,), names: (SOURCES,), values: (NODES, st.binary(max_size=64)), replies: (
    st.sampled_from(["run", "fetch", "call", "lend"]), st.lists(REPLY | PARTS, max_size=3), st.binary(max_size=64))}


worst = {}  # trial -> [seconds, megabytes] of the worst case


def timed(trial):
    """The trial, which notes how long its slowest case took, and how much memory where that is traced."""
    @functools.wraps(trial)
    def case(*args, **named):
        start = time.process_time()
        if traced := tracemalloc.is_tracing():
            tracemalloc.reset_peak()
        held = tracemalloc.get_traced_memory()[0]
        try:
            trial(*args, **named)
        finally:
            cost = time.process_time() - start, (tracemalloc.get_traced_memory()[1] - held) / 1e6 if traced else 0
            worst[trial.__name__] = [max(pair) for pair in zip(worst.get(trial.__name__, (0, 0)), cost)]
    return case


def run(trial, examples):
    """Try so many cases; what a case raises is raised, with the smallest case that does."""
    settings(max_examples=examples, deadline=None, database=None, suppress_health_check=list(HealthCheck),
             derandomize=True)(given(*TRIALS[trial])(timed(trial)))()
