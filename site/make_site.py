"""Build the browser edition: a static folder that any web server can hand out. `make site` calls it.

    python site/make_site.py                  all lessons -> _site/
    python site/make_site.py --only 01 02     some of them
    python site/make_site.py --serve          build, then serve it on this machine
"""

import argparse
import concurrent.futures
import contextlib
import functools
import gzip
import http.server
import io
import os
import re
import shutil
import sys
import time
from pathlib import Path

import jinja2
import nbformat
from rich.progress import MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
sys.path += [str(ROOT / "binder"), str(HERE)]  # `links`, and the files beside this one in a process of its own

import lite  # noqa: E402
import offline  # noqa: E402
import runtime  # noqa: E402

PAGES = jinja2.Environment(loader=jinja2.FileSystemLoader(HERE), autoescape=False, undefined=jinja2.StrictUndefined)


def lessons(only=()):
    """The names of the lessons there are, or of those that begin with one of `only`."""
    found = sorted(path.stem for path in (ROOT / "solutions").glob("[0-9][0-9]_*.ipynb"))
    chosen = [name for name in found if not only or name.startswith(tuple(only))]
    if not chosen:
        sys.exit(f"No lesson starts with {' or '.join(only)}. There are: {', '.join(found)}.")
    return chosen


def released(name):
    return nbformat.read(ROOT / "course" / f"{name}.ipynb", as_version=4)


def heading(name):
    """(title, the line with points and minutes) of a lesson."""
    text = released(name).cells[0].source
    return re.search(r"^# (.+)", text, re.M)[1], re.search(r"^\*(.+minutes.*)\*$", text, re.M)[1]


def about(name):
    """What the README says of a lesson, in a sentence."""
    row = re.search(rf"\*\*{name[:2]} .+?\*\* (.+?) \|", (ROOT / "README.md").read_text(encoding="utf-8"))
    return f"{row[1]}."


def lesson(name, folder, neighbours, lab):
    """Write a lesson's page and its card; returns what the front page says of it."""
    os.environ["NBGRADER_EXECUTION"] = "build"  # a cell's own pictures are stills
    for threads in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):  # small matrices: see crease.start
        os.environ.setdefault(threads, "1")
    import moving
    import reading
    executed = nbformat.read(ROOT / "solutions" / f"{name}.ipynb", as_version=4)
    body, first = reading.cells(released(name), executed, folder, name)
    title, minutes = heading(name)
    page = PAGES.get_template("page.html.j2").render(
        title=title, about=about(name), body=body, before=neighbours[0], after=neighbours[1],
        work=f"lite/lab/index.html?path={name}.ipynb" if lab else "./#work")
    (folder / f"{name}.html").write_text(page, encoding="utf-8")
    size = moving.film(folder / "pictures", first, folder / "cards" / name[:2])
    return {"name": name, "title": title, "minutes": minutes, "about": about(name), "size": size}


def front(folder, cards, lab):
    """Write the page one comes to first."""
    import links
    import moving
    from crease.widgets import sheet_film
    state = moving.data_of(moving.widget(sheet_film(), folder / "widgets"))
    film = f'<div class="widget"><script type="application/json">{state}</script></div>'
    found = links.repository(links.git("remote", "get-url", "origin"))
    host = {"gh": "https://github.com/"}.get(found[0]) if found else None
    page = PAGES.get_template("index.html.j2").render(
        lessons=cards, film=film, lab=lab, source=f"{host}{found[1]}" if host else "",
        binder=f"https://mybinder.org/v2/{'/'.join(found)}/HEAD?urlpath=lab/tree/course" if found else "")
    (folder / "index.html").write_text(page, encoding="utf-8")


def build(folder, only=(), workers=None, lab=True):
    """Build the site in `folder`, which is made anew; with `lab`, JupyterLite too, where the lessons are worked on."""
    names = lessons(only)
    every = [(name, heading(name)[0]) for name in lessons()]
    if folder.exists() and any(folder.iterdir()) and not (folder / ".nojekyll").exists():
        sys.exit(f"{folder} holds other things than a site. Name another folder, with --to.")
    shutil.rmtree(folder, ignore_errors=True)
    for part in ("pictures", "widgets", "cards"):
        (folder / part).mkdir(parents=True)
    (folder / ".nojekyll").touch()  # GitHub Pages hands out every file as it is
    with Progress(TextColumn("{task.description:28}"), MofNCompleteColumn(), TextColumn("lessons"),
                  TimeElapsedColumn()) as progress:
        task, cards = progress.add_task("pages to read", total=len(names)), []
        with concurrent.futures.ProcessPoolExecutor(workers) as pool:
            around = dict(zip((name for name, _ in every), zip([None, *every], [*every[1:], None])))
            jobs = [pool.submit(lesson, name, folder, around[name], lab) for name in names]
            for job in concurrent.futures.as_completed(jobs):
                cards.append(job.result())
                progress.advance(task)
    for name in ("style.css", "page.js"):
        shutil.copy(HERE / name, folder)
    if lab:
        print("JupyterLite, and the Python that runs in it …", flush=True)
        lite.build(folder / "lite", names)
    front(folder, sorted(cards, key=lambda card: card["name"]), lab)
    offline.write(folder)


def size(folder):
    """Megabytes of all files below a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


TEXT = {".html", ".css", ".js", ".json", ".ipynb", ".svg"}


class Handler(http.server.SimpleHTTPRequestHandler):
    extensions_map = http.server.SimpleHTTPRequestHandler.extensions_map | {".js": "text/javascript"}

    def log_message(self, *args):
        pass

    def send_head(self):
        """Text goes out packed and with a tag, as web hosts send it."""
        path = Path(self.translate_path(self.path))
        if path.suffix not in TEXT or not path.is_file() or "gzip" not in self.headers.get("Accept-Encoding", ""):
            return super().send_head()
        tag = f'"{path.stat().st_mtime_ns:x}-{path.stat().st_size:x}"'
        known = self.headers.get("If-None-Match") == tag
        data = b"" if known else gzip.compress(path.read_bytes(), 6)
        self.send_response(304 if known else 200)
        self.send_header("ETag", tag)
        self.send_header("Content-Type", self.guess_type(path))
        if not known:
            self.send_header("Content-Encoding", "gzip")
            self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        return io.BytesIO(data)


def server(folder, port=0):
    """A server of `folder` on this machine alone; `serve_forever` starts it."""
    return http.server.ThreadingHTTPServer(("127.0.0.1", port), functools.partial(Handler, directory=folder))


def main():
    parser = argparse.ArgumentParser(description="Build the browser edition, a static folder for any web server.")
    parser.add_argument("--to", type=Path, default=ROOT / "_site", help="the folder (made anew)")
    parser.add_argument("--only", nargs="*", default=(), metavar="NN", help="some lessons")
    parser.add_argument("--pages", action="store_true", help="the pages to read alone, which fetches nothing")
    parser.add_argument("--serve", action="store_true", help="serve it on this machine afterwards")
    parser.add_argument("--port", type=int, default=8000)
    given = parser.parse_args()
    start = time.perf_counter()
    try:  # the port is held from here on, so that nobody takes it while the site is built
        running = server(given.to, given.port) if given.serve else contextlib.nullcontext()
    except OSError:
        sys.exit(f"Port {given.port} is taken on this machine. End what uses it, or name another: "
                 f"python site/make_site.py --serve --port {given.port + 1}")
    with running:
        try:
            build(given.to, given.only, lab=not given.pages)
        except runtime.NotFetched as error:
            sys.exit(f"{error}\nWithout it: python site/make_site.py --pages builds the pages to read.")
        print(f"{given.to}: {size(given.to):.1f} MB, in {time.perf_counter() - start:.0f} s")
        if given.serve:
            print(f"http://127.0.0.1:{running.server_port}/ (Ctrl+C ends it)")
            with contextlib.suppress(KeyboardInterrupt):
                running.serve_forever()


if __name__ == "__main__":
    main()
