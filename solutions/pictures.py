"""The README's pictures, drawn from the course itself: one that moves, and the first figure of every lesson."""

import base64
import io
import re
from pathlib import Path

import nbformat
import numpy as np
from PIL import Image, ImageSequence

import film
from crease import plot
from crease.figures import collapse

HERE = Path(__file__).resolve().parent
PICTURES = HERE.parent / "pictures"
PNG = re.compile(r"data:image/png;base64,([A-Za-z0-9+/=]+)")


def moving():
    """Frames of the same net from 1 to 10 layers deep, without and with a ReLU after each."""
    frames = []
    for depth in range(1, 11):
        pair = [Image.open(io.BytesIO(plot.png(collapse.boundary(depth, kind)))).convert("RGB").resize((384, 400))
                for kind in ("linear", "relu")]
        frames.append(Image.new("RGB", (2 * 384, 400), "white"))
        for place, half in enumerate(pair):
            frames[-1].paste(half, (place * 384, 0))
    return frames


def first_figure(notebook, width=280):
    """The first figure that an executed lesson shows, as a thumbnail."""
    for cell in notebook.cells:
        found = PNG.search(str(cell.get("outputs", "")))
        if found:
            image = Image.open(io.BytesIO(base64.b64decode(found[1]))).convert("RGB")
            return image.resize((width, round(image.height * width / image.width)), Image.LANCZOS)
    raise ValueError("the lesson shows no figure")


def same(path, frames):
    """Whether a picture's file shows these frames already, to the eye."""
    if not path.exists():
        return False
    with Image.open(path) as old:
        if old.size != frames[0].size or getattr(old, "n_frames", 1) != len(frames):
            return False
        return all(np.abs(np.asarray(kept.convert("RGB"), float) - np.asarray(new, float)).mean() < 1.5
                   for kept, new in zip(ImageSequence.Iterator(old), frames))


def drawn(solutions=HERE):
    """{file name: frames} of all pictures."""
    paths = sorted(solutions.glob("[0-9][0-9]_*.ipynb"))
    notebooks = {path.stem[:2]: nbformat.read(path, as_version=4) for path in paths}
    return {"depth.gif": moving(), **{f"{name}.png": [first_figure(book)] for name, book in notebooks.items()}}


def draw(folder=PICTURES):
    """Write the pictures that have changed."""
    folder.mkdir(exist_ok=True)
    for name, frames in drawn().items():
        if not same(folder / name, frames):
            more = {"save_all": True, "append_images": frames[1:], "duration": 900, "loop": 0} if frames[1:] else {}
            frames[0].save(folder / name, optimize=True, **more)
    film.save(folder / "sheet.webp")


if __name__ == "__main__":
    draw()
