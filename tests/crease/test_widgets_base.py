"""Every widget of the course: its script is one module, and it has a still and a sentence where nothing can move."""

import re
from pathlib import Path

import pytest

import crease.widgets
import javascript
from crease.widgets.base import HERE, Widget

FILES = sorted(p for p in HERE.iterdir() if p.suffix in (".js", ".py", ".css"))


def classes():
    return {kind.__name__: kind for kind in Widget.__subclasses__() if kind.__module__.startswith("crease.")}


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.name)
def test_a_file_can_be_read_in_a_sitting_and_loads_nothing_from_elsewhere(path):
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= (300 if path.suffix == ".js" else 250)
    assert not re.search(r"https?://|\bimport\(|@import|url\(", text)
    assert path.suffix != ".js" or not re.search(r"^import\b", text, re.M), "one module, put together by base.py"


@pytest.mark.skipif(not javascript.HERE, reason="neither node nor Chromium on this machine")
@pytest.mark.parametrize("name", sorted(classes()))
def test_its_script_is_one_module_with_render(name):
    esm = classes()[name]._esm
    esm = esm if isinstance(esm, str) else Path(esm).read_text()
    assert javascript.run(re.sub(r"^export default", "const exported =", esm, flags=re.M),
                          "return typeof exported.render") == "function"


@pytest.mark.parametrize("name", crease.widgets.__all__)
def test_where_nothing_can_move_there_is_a_still_with_a_sentence(name, monkeypatch):
    monkeypatch.setenv("NBGRADER_EXECUTION", "test")
    shown = getattr(crease.widgets, name)()._repr_mimebundle_()
    assert len(shown["text/plain"]) > 40 and shown["image/png"]
    assert re.search(r"<img [^>]*alt=", shown["text/html"]) and "widget-view" not in str(shown.keys())
