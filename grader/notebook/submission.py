"""A submission as a list of cells, whatever state its file is in, matched with the cells of its lesson."""

import json
import re
from dataclasses import dataclass, field

from .guard import unguarded
from .names import defines, is_blank

STRINGS = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*"', re.S)
MOST = 2_000_000  # parts of a file: each takes far more memory than its two or three bytes
CODE = 500_000  # characters of code in all cells


class NotGradable(Exception):
    """The file cannot be graded; the text says what is wrong with it."""


@dataclass
class SubmittedCell:
    """One cell of a submission; `match` is the lesson's cell that it answers, or None."""

    kind: str
    source: str
    grade_id: str
    id: str
    match: object = None
    skip: bool = False
    shown: list = field(default_factory=list)  # the outputs that the file holds; nothing of them is trusted


def read(data, limits):
    """(cells, notes) of a notebook file given as bytes."""
    notes = []
    if not data.strip():
        raise NotGradable("The file is empty.")
    if len(data) > limits.notebook_bytes:
        raise NotGradable(f"The file is larger than {limits.notebook_bytes >> 20} MB.")
    if data.count(b",") > MOST and STRINGS.sub(b"", data).count(b",") > MOST:
        raise NotGradable("The file is made of millions of parts: clear the notebook's outputs, and save it again.")
    notebook = parse(data, notes)
    version = notebook.get("nbformat", 4)
    if not isinstance(version, int) or isinstance(version, bool):
        raise NotGradable("The file does not say which version of the notebook format it has.")
    if version < 4:
        notes.append(f"The notebook has the old format {version}; it was converted.")
    elif version > 4 or isinstance(notebook.get("nbformat_minor"), int) and notebook["nbformat_minor"] > 5:
        notes.append(f"The notebook has a newer format ({version}.{notebook.get('nbformat_minor', 0)}); "
                     "it was read as 4.5.")
    cells = notebook.get("cells")
    if cells is None and isinstance(notebook.get("worksheets"), list):
        pages = [page.get("cells") for page in notebook["worksheets"] if isinstance(page, dict)]
        cells = [cell for page in pages if isinstance(page, list) for cell in page]
    if not isinstance(cells, list):
        raise NotGradable("The file is JSON, but no notebook: it has no list of cells.")
    submitted = read_cells(cells, notes)
    if not submitted:
        raise NotGradable("The notebook has no cells.")
    return submitted, notes


def read_cells(cells, notes):
    """The cells that can be read, up to a sane amount of code."""
    submitted, code = [], 0
    for cell in cells[:5000]:
        one = read_cell(cell)
        code += len(one.source) if one is not None and one.kind == "code" else 0
        if one is not None and code <= CODE:
            submitted.append(one)
    if code > CODE:
        notes.append(f"The cells hold more than {CODE // 1000} kB of code: what comes after that was left out.")
    elif len(submitted) < len(cells):
        notes.append(f"{len(cells) - len(submitted)} cells could not be read and were left out.")
    return submitted


def parse(data, notes):
    """The JSON object in the file, whatever its encoding."""
    encoding = json.detect_encoding(data)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        encoding = "cp1252"
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            raise NotGradable("The file is not text in UTF-8, so it is no notebook.") from None
    if encoding == "utf-8-sig":
        notes.append("The file begins with a byte-order mark; it was ignored.")
    elif encoding != "utf-8":
        notes.append(f"The file is not UTF-8; it was read as {encoding}.")
    try:
        notebook = json.loads(text)
    except RecursionError:
        raise NotGradable("The file is nested too deeply to be a notebook.") from None
    except ValueError as error:
        raise NotGradable(fault(data, text, error)) from None
    if not isinstance(notebook, dict):
        raise NotGradable("The file is JSON, but no notebook.")
    return notebook


KINDS = [  # how a file begins that is something else
    (r"\s*<(!doctype|html|\?xml)", "it is a web page. Download the notebook itself (File > Download)."),
    (r"PK\x03\x04", "it is a zip. Unpack it, and hand in the .ipynb file."),
    (r"\x1f\x8b", "it is compressed. Unpack it, and hand in the .ipynb file."),
]


def fault(data, text, error):
    """Why a text is no JSON, in words for its author."""
    for pattern, words in KINDS:
        if re.match(pattern, data[:200].decode("latin-1"), re.I):
            return f"The file is not a notebook: {words}"
    if conflict := re.search(r"^(<{7}|={7}|>{7})( |$)", text, re.M):
        line = text.count("\n", 0, conflict.start()) + 1
        return f"The file holds two versions, as git leaves them when they conflict (line {line}). Keep one of them."
    if not isinstance(error, json.JSONDecodeError):
        return "The file is not a notebook: it is not valid JSON."
    if text.lstrip().startswith("{") and (error.pos >= len(text.rstrip()) or "Unterminated" in error.msg):
        return "The file ends too early: it was cut off while it was saved or sent (it is not valid JSON to its end)."
    return f"The file is not a notebook: it is not valid JSON (line {error.lineno})."


def read_cell(cell):
    """A `SubmittedCell` of a cell in any version of the format, or None."""
    if not isinstance(cell, dict):
        return None
    source = cell.get("source", cell.get("input", ""))
    if isinstance(source, list) and all(isinstance(line, str) for line in source):
        source = "".join(source)
    if not isinstance(source, str):
        return None
    kind = cell.get("cell_type")
    if kind == "heading":
        level = cell.get("level")
        kind, source = "markdown", "#" * (level if level in range(1, 7) else 1) + " " + source
    if kind not in ("code", "markdown", "raw"):
        return None
    source = source.replace("\r\n", "\n").replace("\r", "\n").encode("utf-8", "replace").decode()
    metadata = cell.get("metadata") if isinstance(cell.get("metadata"), dict) else {}
    data = metadata.get("nbgrader") if isinstance(metadata.get("nbgrader"), dict) else {}
    shown = cell.get("outputs")
    return SubmittedCell(kind, unguarded(source), text_or_none(data.get("grade_id")), text_or_none(cell.get("id")),
                 shown=shown if isinstance(shown, list) else [])


def text_or_none(value):
    """The value if it is a text, else ""."""
    return value if isinstance(value, str) else ""


def match(submitted, lesson, notes):
    """Say which cell of the lesson each one answers: by its grade id, its cell id, its text, or what it defines."""
    for one in submitted:
        cell = lesson.by_id.get(one.grade_id)
        if cell is not None and cell.kind == one.kind:
            one.match = cell
    by_identity(submitted, lesson, notes)
    by_definition(submitted, lesson, notes)
    doubled(submitted, lesson, notes)
    if not any(one.match for one in submitted):
        raise NotGradable("The notebook holds none of this lesson's cells: it may be another lesson.")


def by_identity(submitted, lesson, notes):
    """Match cells that lost their names by their cell ids, then by their texts, where just one has it."""
    found = {id(one.match) for one in submitted if one.match}
    for key in ("id", "source"):
        for cell in lesson.cells:
            if id(cell) in found or not getattr(cell, key):
                continue
            wanted = cell.id if key == "id" else cell.released.strip()
            same = [one for one in submitted
                    if one.match is None and one.kind == cell.kind and getattr(one, key).strip() == wanted]
            if len(same) == 1:
                same[0].match = cell
                found.add(id(cell))
                if cell.role in ("solution", "test"):
                    notes.append(f"The cell `{cell.grade_id}` had lost its name; it was known by its "
                                 f"{'cell id' if key == 'id' else 'text'}.")


def by_definition(submitted, lesson, notes):
    """Match solution cells that are still missing by the names they define."""
    found = {id(one.match) for one in submitted if one.match}
    for cell in lesson.solutions:
        if id(cell) in found:
            continue
        same = [one for one in submitted
                if one.match is None and one.kind == "code" and cell.binds & defines(one.source)]
        for one in same:
            one.match = cell
        if len(same) == 1:
            notes.append(f"The cell `{cell.grade_id}` had lost its name; it was known by what it defines.")
        elif same:
            notes.append(f"{len(same)} cells define what `{cell.grade_id}` asks for, and none bears its name; "
                         "they were run in the order of the notebook.")


def doubled(submitted, lesson, notes):
    """Where a solution cell appears twice, the blank copies are set aside; the others run in order."""
    for cell in lesson.solutions:
        copies = [one for one in submitted if one.match is cell]
        if len(copies) < 2:
            continue
        answered = [one for one in copies if not is_blank(one.source)]
        for one in copies:
            one.skip = bool(answered) and one not in answered
        notes.append(f"The cell `{cell.grade_id}` appears {len(copies)} times; "
                     + ("the one that is answered was graded." if len(answered) == 1 else "the last one counts."))
