"""The cells of a submission put in order before grading."""

from .submission import SubmittedCell


def arrange(submitted, lesson, notes):
    """The submitted with the lesson's own cells restored: locked text, lost and moved tests, one copy of each."""
    kept, seen = [], set()
    for one in submitted:
        cell = one.match
        if cell is not None and cell.role in ("test", "locked"):
            if cell.index in seen:
                notes.append(f"A second copy of the cell `{cell.grade_id}` was left out.")
                continue
            seen.add(cell.index)
            if cell.role == "locked" and one.source.strip() != cell.released.strip():
                notes.append(f"The locked cell `{cell.grade_id}` had been changed; it was restored.")
            one.source = cell.released
        kept.append(one)
    for cell in lesson.cells:
        if cell.role == "free":
            continue
        before = [i for i, one in enumerate(kept)
                  if one.match is not None and one.match.index < cell.index and one.match.role != "free"]
        here = [i for i, one in enumerate(kept) if one.match is cell]
        last = max(before, default=-1)
        if cell.role == "test" and here and here[0] < last:
            one = kept.pop(here[0])
            kept.insert(last, one)
            notes.append(f"The check `{cell.grade_id}` stood above the cells it needs; it was put below them.")
        elif not here:
            at = last + 1
            while cell.role == "test" and at < len(kept) and kept[at].match is None:
                at += 1
            text = cell.released if cell.role != "solution" else "# This cell was missing from the submission.\n"
            kept.insert(at, SubmittedCell(cell.kind, text, cell.grade_id, cell.id, cell))
            notes.append(f"The cell `{cell.grade_id}` was missing" + (
                "." if cell.role == "solution" else "; it was put back."))
    return kept
