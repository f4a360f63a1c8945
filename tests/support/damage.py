"""What tools, transports and people do to a notebook's file: DAMAGE[name] maps a right one to a damaged one.

Every name says what was done; REFUSED[name] is the word by which a file that cannot be repaired is told its fault.
"""

import copy
import json
import re


def edited(change):
    """Damage done to the notebook as a dict."""
    def damage(data):
        notebook = json.loads(data)
        change(notebook)
        return json.dumps(notebook).encode()
    return damage


def each(change):
    """Damage done to each cell; `change(cell, its place)`."""
    def all_cells(notebook):
        for place, cell in enumerate(notebook["cells"]):
            change(cell, place)
    return edited(all_cells)


def without_ids(cell, place=0):
    cell.pop("id", None)


def minor(number):
    def change(notebook):
        notebook["nbformat_minor"] = number
        if number < 5:
            for cell in notebook["cells"]:
                without_ids(cell)
    return edited(change)


def colab(notebook):
    notebook["metadata"] = {"colab": {"provenance": [], "toc_visible": True}, "kernelspec": {
        "name": "python3", "display_name": "Python 3"}, "language_info": {"name": "python"}}
    notebook["nbformat_minor"] = 0
    for place, cell in enumerate(notebook["cells"]):
        cell["metadata"] = {"id": f"Xy{place:03}q", **cell["metadata"]}
        if cell["cell_type"] == "code":
            cell["metadata"] |= {"colab": {"base_uri": "https://localhost:8080/"}, "outputId": f"0a{place}"}
        without_ids(cell)


def kaggle(notebook):
    notebook["metadata"] = {"kernelspec": {"language": "python", "display_name": "Python 3", "name": "python3"},
                            "kaggle": {"accelerator": "none", "dataSources": []}}
    notebook["nbformat_minor"] = 4
    for cell in notebook["cells"]:
        without_ids(cell)
        cell["metadata"] = {"_uuid": "d6", "_cell_guid": "b1", "trusted": True, **cell["metadata"]}
        cell["source"] = cell["source"] if isinstance(cell["source"], str) else "".join(cell["source"])


def vs_code(notebook):
    for cell in notebook["cells"]:
        cell["metadata"]["vscode"] = {"languageId": "python"}
        if isinstance(cell["source"], str):
            cell["source"] = cell["source"].splitlines(keepends=True)


def deepnote(notebook):
    notebook["metadata"] = {"deepnote_notebook_id": "3f", "deepnote": {}}
    for place, cell in enumerate(notebook["cells"]):
        cell["id"] = f"{place:032x}"
        cell["metadata"] = {"cell_id": f"{place:032x}", "deepnote_cell_type": cell["cell_type"], **cell["metadata"]}


def notebook_6(notebook):
    notebook["nbformat_minor"] = 4
    for cell in notebook["cells"]:
        without_ids(cell)
        cell["metadata"] |= {"collapsed": False, "scrolled": True, "deletable": False, "editable": False}


def papermill(notebook):
    for place, cell in enumerate(notebook["cells"]):
        cell["metadata"] |= {"papermill": {"duration": 0.1, "status": "completed"}, "tags": []}
        cell["id"] = f"{place:08x}"


def metadata_lost(cell, place):
    cell["metadata"] = {}


def all_lost(cell, place):
    without_ids(cell)
    cell["metadata"] = {}


def place_of(notebook, grade_id):
    return next(n for n, cell in enumerate(notebook["cells"])
                if cell["metadata"].get("nbgrader", {}).get("grade_id") == grade_id)


def text(cell):
    return cell["source"] if isinstance(cell["source"], str) else "".join(cell["source"])


def split(copied):
    """The answer's cell split in two before its first `def`, its metadata kept by one half or by both."""
    def change(notebook):
        place = place_of(notebook, "relu")
        cell = notebook["cells"][place]
        second = copy.deepcopy(cell)
        cell["source"], second["source"], second["id"] = "import numpy as np\n", text(cell), "split-1"
        if not copied:
            second["metadata"] = {}
        notebook["cells"].insert(place + 1, second)
    return edited(change)


def merged(notebook):
    """An answer's cell merged with the check below it."""
    place = place_of(notebook, "relu")
    cells = notebook["cells"]
    cells[place]["source"] = text(cells[place]) + "\n" + text(cells.pop(place + 1))


def moved(notebook):
    cells = notebook["cells"]
    cells.insert(2, cells.pop(place_of(notebook, "test_scale_basics")))


def answers_moved(notebook):
    cells = notebook["cells"]
    cells.insert(2, cells.pop(place_of(notebook, "scale")))


def doubled(notebook):
    place = place_of(notebook, "relu")
    notebook["cells"].insert(place + 1, copy.deepcopy(notebook["cells"][place]))


def all_doubled(notebook):
    notebook["cells"] += copy.deepcopy(notebook["cells"])


def checks_deleted(notebook):
    notebook["cells"] = [cell for cell in notebook["cells"] if not cell["metadata"].get("nbgrader", {}).get("grade")]


def setup_deleted(notebook):
    del notebook["cells"][place_of(notebook, "setup")]


def texts_deleted(notebook):
    notebook["cells"] = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]


def huge_outputs(notebook):
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "1.25, " * 400_000}]


def broken_outputs(cell, place):
    if cell["cell_type"] == "code":
        cell["outputs"] = [{"output_type": "stream"}, 7, {"data": None, "output_type": "display_data"}]


def checks_retyped(cell, place):
    if cell["metadata"].get("nbgrader", {}).get("grade"):
        cell["cell_type"] = "raw"


def tabs(cell, place):
    cell["source"] = text(cell).replace("    ", "\t")


def format_3(notebook):
    cells = notebook.pop("cells")
    for cell in cells:
        without_ids(cell)
        if cell["cell_type"] == "code":
            cell |= {"input": cell.pop("source"), "language": "python", "outputs": [], "collapsed": False}
            cell.pop("execution_count", None)
    notebook |= {"nbformat": 3, "nbformat_minor": 0, "worksheets": [{"cells": cells, "metadata": {}}]}


def conflict(data):
    """Two versions in one file, as `git merge` leaves it."""
    lines = json.dumps(json.loads(data), indent=1).splitlines()
    place = next(n for n, line in enumerate(lines) if "maximum" in line)
    theirs = lines[place].replace("maximum", "minimum")
    lines[place:place + 1] = ["<<<<<<< HEAD", lines[place], "=======", theirs, ">>>>>>> theirs"]
    return "\n".join(lines).encode()


DAMAGE = {
    **{f"format 4.{n}": minor(n) for n in range(6)}, "format 3": edited(format_3),
    "Colab": edited(colab), "Kaggle": edited(kaggle), "VS Code": edited(vs_code), "Deepnote": edited(deepnote),
    "Notebook 6": edited(notebook_6), "papermill": edited(papermill),
    "ids lost": each(without_ids), "metadata lost": each(metadata_lost), "ids and metadata lost": each(all_lost),
    "split": split(copied=False), "split, metadata in both": split(copied=True),
    "answer and check merged": edited(merged), "a check moved up": edited(moved),
    "an answer moved up": edited(answers_moved), "an answer doubled": edited(doubled),
    "every cell doubled": edited(all_doubled), "checks deleted": edited(checks_deleted),
    "set-up deleted": edited(setup_deleted), "texts deleted": edited(texts_deleted),
    "checks made raw": each(checks_retyped), "spaces made tabs": each(tabs),
    "50 MB of outputs": edited(huge_outputs), "broken outputs": each(broken_outputs),
    "byte-order mark": lambda data: b"\xef\xbb\xbf" + data, "UTF-16": lambda data: data.decode().encode("utf-16"),
    "CRLF": lambda data: data.replace(b"\n", b"\r\n"), "CR": lambda data: data.replace(b"\n", b"\r"),
    "CRLF in the cells": lambda data: data.replace(b"\\n", b"\\r\\n"),
    "one line": lambda data: json.dumps(json.loads(data), separators=(",", ":")).encode(),
    "blank lines around": lambda data: b"\n\n" + data + b"\n\n",
    "merge conflict": conflict, "cut in the middle": lambda data: data[:len(data) // 2],
    "cut near the end": lambda data: data[:-40], "empty": lambda data: b"",
    "a page of HTML": lambda data: b"<!DOCTYPE html><html><body>" + data + b"</body></html>",
    "compressed": lambda data: b"\x1f\x8b\x08\x00" + data[:300],
    "a zip": lambda data: b"PK\x03\x04" + data[:300],
    "a Python script": lambda data: re.sub(rb"[{}]", b"", b"# %%\nimport numpy as np\n" + data),
}
REFUSED = {"merge conflict": "two versions",
           "cut in the middle": "ends too early", "cut near the end": "ends too early",
           "empty": "empty", "a page of HTML": "web page", "compressed": "compressed", "a zip": "zip",
           "a Python script": "not valid JSON"}
# The same file under another name.
NAMES = ["{}.ipynb", "{} (1).ipynb", "{} - Copy.ipynb", "Copy of {}.ipynb", "{}-Copy2.ipynb", "{}_v2.ipynb",
         "{}.ipynb.txt", "{}.ipynb.json", "my homework.ipynb"]
