"""The cells of a submission put in order before grading, and the autograded notebook made after it."""

from nbformat import from_dict, v4

from . import outputs
from .submission import Sheet


def arrange(sheets, lesson, notes):
    """The sheets with the lesson's own cells restored: locked text, lost and moved tests, one copy of each."""
    kept, seen = [], set()
    for sheet in sheets:
        cell = sheet.match
        if cell is not None and cell.role in ("test", "locked"):
            if cell.index in seen:
                notes.append(f"A second copy of the cell `{cell.grade_id}` was left out.")
                continue
            seen.add(cell.index)
            if cell.role == "locked" and sheet.source.strip() != cell.released.strip():
                notes.append(f"The locked cell `{cell.grade_id}` had been changed; it was restored.")
            sheet.source = cell.released
        kept.append(sheet)
    for cell in lesson.cells:
        if cell.role == "free":
            continue
        before = [i for i, sheet in enumerate(kept)
                  if sheet.match is not None and sheet.match.index < cell.index and sheet.match.role != "free"]
        here = [i for i, sheet in enumerate(kept) if sheet.match is cell]
        last = max(before, default=-1)
        if cell.role == "test" and here and here[0] < last:
            sheet = kept.pop(here[0])
            kept.insert(last, sheet)
            notes.append(f"The check `{cell.grade_id}` stood above the cells it needs; it was put below them.")
        elif not here:
            at = last + 1
            while cell.role == "test" and at < len(kept) and kept[at].match is None:
                at += 1
            text = cell.released if cell.role != "solution" else "# This cell was missing from the submission.\n"
            kept.insert(at, Sheet(cell.kind, text, cell.grade_id, cell.id, cell))
            notes.append(f"The cell `{cell.grade_id}` was missing" + (
                "." if cell.role == "solution" else "; it was put back."))
    return kept


def autograded(sheets, lesson, rows, shown, limits, fault=""):
    """The notebook that goes to the feedback page: the student's cells, harmless outputs, the lesson's own tests."""
    by_test, cells, named = {r.test: r for r in rows}, [], set()
    if fault:
        why = f"**This notebook could not be graded.** {outputs.markdown(fault)}"
        cells.append(made_cell("markdown", why, "fault"))
        for cell in lesson.cells:
            if cell.role != "free":
                text = cell.released if cell.role != "solution" else ""
                sheets = [*sheets, Sheet(cell.kind, text, cell.grade_id, cell.id, cell)]
    last = {sheet.match.index: place for place, sheet in enumerate(sheets) if sheet.match and not sheet.skip}
    count, tags = 0, [40_000]
    for place, sheet in enumerate(sheets):
        cell = sheet.match
        metadata, ours = {}, cell is not None and sheet.source.strip() == cell.released.strip()
        if cell is not None and last.get(cell.index, place) == place and cell.index not in named:
            named.add(cell.index)
            if "nbgrader" in cell.metadata:
                metadata["nbgrader"] = dict(cell.metadata["nbgrader"])
            identity = cell.id
        else:
            identity = ""
        identity = identity or f"cell-{place}"
        if sheet.kind != "code":
            source = sheet.source if ours else outputs.markdown(sheet.source)
            cells.append(made_cell("markdown", source, identity, metadata))
            continue
        made = []
        if cell is not None and cell.grade_id in by_test and cell.role == "test":
            made = [line(by_test[cell.grade_id])]
        elif place in shown:
            count += 1
            made = outputs.outputs(shown[place], limits, count, tags)
        number = count if place in shown else None
        source = sheet.source if ours else outputs.text(sheet.source, 500_000)
        cells.append(made_cell("code", source, identity, metadata, outputs=made, execution_count=number))
    kernel = {key: lesson.notebook.metadata[key] for key in ("kernelspec", "language_info")
              if key in lesson.notebook.metadata}
    notebook = v4.new_notebook(cells=cells, metadata=kernel)
    notebook.nbformat_minor = 5
    return notebook


def made_cell(kind, source, identity, metadata=None, **more):
    """A cell as nbformat's `new_code_cell` makes it, but not validated there: that took a tenth of all grading."""
    return from_dict({"cell_type": kind, "id": identity, "metadata": metadata or {}, "source": source, **more})


def line(result):
    """The output of a graded cell: one short line, and the hint."""
    points = f"{result.score:g} of {result.max_score:g} points"
    if result.status == "passed":
        return v4.new_output("stream", name="stdout", text=f"✓ {result.test}: {points}\n")
    says = [f"✗ {result.test}: {result.status}, {points}"]
    says += [result.message] if result.message else []
    says += [f"Hint: {result.hint}"] if result.hint else []
    return v4.new_output("error", ename=result.status, evalue=result.hint or result.message or result.status,
                         traceback=says)
