"""The cells of a submission put in order before grading, and the autograded notebook made after it."""

from nbformat import from_dict, v4

from ..notebook import sanitize
from ..notebook.submission import SubmittedCell


def autograded(submitted, lesson, rows, shown, limits, fault=""):
    """The notebook that goes to the feedback page: the student's cells, harmless outputs, the lesson's own tests."""
    by_test, cells, named = {r.test: r for r in rows}, [], set()
    if fault:
        why = f"**This notebook could not be graded.** {sanitize.markdown(fault)}"
        cells.append(made_cell("markdown", why, "fault"))
        for cell in lesson.cells:
            if cell.role != "free":
                text = cell.released if cell.role != "solution" else ""
                submitted = [*submitted, SubmittedCell(cell.kind, text, cell.grade_id, cell.id, cell)]
    last = {one.match.index: place for place, one in enumerate(submitted) if one.match and not one.skip}
    count, room = 0, sanitize.room(limits)
    for place, one in enumerate(submitted):
        cell = one.match
        metadata, ours = {}, cell is not None and one.source.strip() == cell.released.strip()
        if cell is not None and last.get(cell.index, place) == place and cell.index not in named:
            named.add(cell.index)
            if "nbgrader" in cell.metadata:
                metadata["nbgrader"] = dict(cell.metadata["nbgrader"])
            identity = cell.id
        else:
            identity = ""
        identity = identity or f"added-{place}"  # "cell-3" may be the name of another one
        if one.kind != "code":
            source = one.source if ours else sanitize.markdown(one.source)
            cells.append(made_cell("markdown", source, identity, metadata))
            continue
        made = []
        if cell is not None and cell.grade_id in by_test and cell.role == "test":
            made = [line(by_test[cell.grade_id])]
        elif place in shown:
            count += 1
            made = sanitize.outputs(shown[place], limits, count, room)
        number = count if place in shown else None
        source = one.source if ours else sanitize.text(one.source, 500_000)
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
        return sanitize.output("stream", name="stdout", text=f"✓ {result.test}: {points}\n")
    says = [f"✗ {result.test}: {result.status}, {points}"]
    says += [result.message] if result.message else []
    says += [f"Hint: {result.hint}"] if result.hint else []
    return sanitize.output("error", ename=result.status, evalue=result.hint or result.message or result.status,
                         traceback=says)
