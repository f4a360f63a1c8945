"""The README's pictures, drawn from the course itself: the film of the sheet, and the first figure of every lesson."""

import base64
import io
import re
from pathlib import Path

import nbformat
import numpy as np
from PIL import Image

import film

HERE = Path(__file__).resolve().parent
PICTURES = HERE.parent / "pictures"
PNG = re.compile(r"data:image/png;base64,([A-Za-z0-9+/=]+)")


def first_figure(notebook, width=360):
    """The first figure that an executed lesson shows, a bet's line of numbers aside, as a thumbnail; None without."""
    for cell in notebook.cells:
        found = None if "guess(" in cell.source else PNG.search(str(cell.get("outputs", "")))
        if found:
            image = Image.open(io.BytesIO(base64.b64decode(found[1]))).convert("RGB")
            return image.resize((width, round(image.height * width / image.width)), Image.LANCZOS)
    return None


def same(path, picture):
    """Whether a picture's file shows this already, to the eye."""
    if not path.exists():
        return False
    with Image.open(path) as old:
        if old.size != picture.size:
            return False
        return np.abs(np.asarray(old.convert("RGB"), float) - np.asarray(picture, float)).mean() < 1.5


def drawn(solutions=HERE):
    """{file name: picture} of every lesson."""
    found = {}
    for path in sorted(solutions.glob("[0-9][0-9]_*.ipynb")):
        found[f"{path.stem[:2]}.png"] = picture = first_figure(nbformat.read(path, as_version=4))
        if picture is None:
            raise ValueError(f"{path.stem}: no cell shows a figure, so the README has no picture of it. Show one with "
                             "plot.show(figure) or live(figure, …).")
    return found


def draw(folder=PICTURES):
    """Write the pictures that have changed."""
    folder.mkdir(exist_ok=True)
    for name, picture in drawn().items():
        if not same(folder / name, picture):
            picture.save(folder / name, optimize=True)
    film.save(folder / "sheet.webp")


if __name__ == "__main__":
    draw()
