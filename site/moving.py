"""What moves on a page without a kernel: a widget's saved state, and a slider's pictures, drawn beforehand.

A lesson's cell is run here together with the cells that it needs, and no others, with the lesson's own solutions.
"""

import ast
import contextlib
import hashlib
import inspect
import io
import itertools
import json
import re
import symtable

from ipywidgets.embed import embed_data
from ipywidgets.widgets.interaction import interactive
from PIL import Image

from crease import plot
from crease.page import sliders
from crease.page.kernel import names
from crease.widgets.base import Widget

PICTURES = 48  # at most, of one figure with sliders
SCALE = 1.5  # pixels of a picture for each of the page


class Shown(Exception):  # noqa: N818 - it carries what a cell shows, and is no error
    """A figure with sliders, and what `live` was given."""

    def __init__(self, figure, controls):
        self.figure, self.controls = figure, controls


def moves(cell):
    """Whether a cell of an executed lesson shows a widget, or a figure with sliders."""
    return bool(re.search(r"^live\(", cell.source, re.M)) or any(
        {"image/png", "text/html"} <= set(output.get("data", {})) for output in cell.outputs)


def needed(cells, wanted):
    """The places of the cells that those at `wanted` need, and theirs: for each name the nearest that binds it."""
    names_wanted, found = set(), set()
    for place in reversed(range(len(cells))):
        made = names(cells[place].source)[0]
        if place in wanted or made & names_wanted:
            names_wanted = names_wanted - made | read_by(cells[place].source)
            found.add(place)
    return sorted(found)


def read_by(text):
    """The names that a cell reads, its functions and theirs included."""
    try:
        queue, found = [symtable.symtable(text, "cell", "exec")], set()
    except SyntaxError:  # a magic
        return set()
    while queue:
        table = queue.pop()
        queue += table.get_children()
        found |= {s.get_name() for s in table.get_symbols()
                  if s.is_referenced() and (s.is_global() or table.get_type() == "module")}
    return found


def record(figure, *, caption="", stills=(), still_width=380, **controls):
    """In place of `crease.live`: say what it was given."""
    raise Shown(figure, controls)


def shown(executed):
    """{cell id: `Widget` or `Shown` figure} of all that moves in a lesson; only what that needs is run."""
    cells = [cell for cell in executed.cells if cell.cell_type == "code"]
    wanted = {place for place, cell in enumerate(cells) if moves(cell)}
    live, sliders.live = sliders.live, record
    space, found = {"__name__": "__main__"}, {}
    try:
        for place in needed(cells, wanted):
            with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
                value = run(cells[place].source, space)
            if place in wanted and isinstance(value, Widget | Shown):
                found[cells[place].id] = value
    finally:
        sliders.live = live
    return found


def run(source, space):
    """Run a cell -> the value of its last line, or of the name that it binds there."""
    *first, end = ast.parse(source).body
    whole = [*first, end] if not isinstance(end, ast.Expr) else first
    try:
        exec(compile(ast.Module(whole, []), "<cell>", "exec"), space)
        if isinstance(end, ast.Expr):
            return eval(compile(ast.Expression(end.value), "<cell>", "eval"), space)
    except Shown as figure:
        return figure
    target = end.targets[0] if isinstance(end, ast.Assign) else None
    return space.get(target.id) if isinstance(target, ast.Name) else None


def widget(made, folder):
    """What the page needs of a widget; its script and style are written into `folder`, once for each kind."""
    stored = embed_data(views=[made], drop_defaults=False)["manager_state"]["state"][made.model_id]
    state = {key: value for key, value in stored["state"].items() if not key.startswith("_")}
    for part in stored.get("buffers", []):
        place = state
        for key in part["path"][:-1]:
            place = place[key]
        place[part["path"][-1]] = {"bytes": part["data"]}
    about = {"state": state, "kind": type(made).__name__.lower()}
    for name, ending in (("_esm", "js"), ("_css", "css")):
        text = stored["state"][name]
        file = f"{about['kind']}-{hashlib.sha256(text.encode()).hexdigest()[:8]}.{ending}"
        (folder / file).write_text(text, encoding="utf-8")
        about[ending] = file
    return about


def steps(figure, controls):
    """({control: its values, which is the first}, the names of those that stay put) of a figure with sliders."""
    defaults = {name: p.default for name, p in inspect.signature(figure).parameters.items()}
    values = {}
    for name, given in controls.items():
        knob = interactive.widget_from_abbrev(given, defaults[name])
        if hasattr(knob, "options"):
            values[name] = list(knob.options)
        elif hasattr(knob, "min"):
            count = round((knob.max - knob.min) / knob.step)
            values[name] = [type(knob.value)(round(knob.min + i * knob.step, 9)) for i in range(count + 1)]
        else:
            values[name] = [False, True]
        defaults[name] = knob.value
    fixed = {}
    while len(list(itertools.product(*values.values()))) > PICTURES:
        name = max(values, key=lambda name: (numeric(values[name]), len(values[name])))
        if numeric(values[name]) and len(values[name]) > 9:
            start = nearest(values[name], defaults[name])
            values[name] = values[name][start % 2::2]
        else:
            name = list(values)[-1]
            del values[name]
            fixed[name] = defaults[name]
    return {name: (kept, nearest(kept, defaults[name])) for name, kept in values.items()}, fixed


def numeric(values):
    return not isinstance(values[0], str | bool)


def nearest(values, value):
    """Where in a list a value stands, or the number next to it."""
    return values.index(value) if value in values else min(range(len(values)), key=lambda i: abs(values[i] - value))


def pictures(found, folder, name):
    """Draw a figure at every place of its sliders -> what the page needs of it. The files are `folder`/`name`-N.png."""
    values, fixed = steps(found.figure, found.controls)
    fig, alts = None, []
    for n, chosen in enumerate(itertools.product(*(kept for kept, _ in values.values()))):
        given = fixed | dict(zip(values, chosen))
        if fig is None or not isinstance(fig, plot.Moving):
            fig = found.figure(**given)
        else:
            fig.move(**given)
        alts.append(fig.alt)
        drawn = plot.pixels(fig, SCALE)
        (folder / f"{name}-{n}.png").write_bytes(plot.small_png(drawn))
    return {"name": name, "alts": alts, "width": round(100 * fig.figure.get_figwidth()), "fixed": list(fixed),
            "size": [drawn.shape[1], drawn.shape[0]],
            "controls": [{"name": key.replace("_", " "), "values": kept, "start": start}
                         for key, (kept, start) in values.items()]}


def film(folder, about, target, width=360):
    """The pictures of a figure's widest sweep as a small moving picture, to and fro; and its still beside it."""
    sizes = [len(control["values"]) for control in about["controls"]]
    long = sizes.index(max(sizes))
    at = [control["start"] for control in about["controls"]]
    frames = []
    for step in range(sizes[long]):
        at[long] = step
        number = 0
        for size, place in zip(sizes, at):
            number = number * size + place
        with Image.open(folder / f"{about['name']}-{number}.png") as image:
            picture = image.convert("RGB")
        frames.append(picture.resize((width, round(picture.height * width / picture.width)), Image.LANCZOS))
    path = frames + frames[-2:0:-1]
    path[0].save(target.with_suffix(".webp"), save_all=True, append_images=path[1:], loop=0, quality=70, method=4,
                 duration=[900 if n in (0, len(frames) - 1) else max(120, 2400 // len(frames))
                           for n in range(len(path))])
    frames[-1].save(target.with_suffix(".png"), optimize=True)
    return path[0].size


def data_of(about):
    """A description as JSON that can stand within a page's script element."""
    return json.dumps(about, ensure_ascii=False, separators=(",", ":")).replace("</", "<\\/")
