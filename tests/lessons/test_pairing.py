"""Opening either of a lesson's pair in JupyterLab edits the same lesson."""

import json
import shutil
import urllib.request

from browser import lab
from common import LESSONS, ROOT

LESSON = LESSONS[0]


def test_an_edit_of_either_file_reaches_the_other(tmp_path):
    folder = tmp_path / "solutions"
    folder.mkdir()
    for suffix in (".py", ".ipynb"):
        shutil.copy(ROOT / "solutions" / f"{LESSON}{suffix}", folder)
    text = folder / f"{LESSON}.py"
    text.write_text(text.read_text().replace("# 0 · Start here", "# 0 · Begin here"))
    with lab(folder, tmp_path) as (address, token):
        place = f"{address}/api/contents/{LESSON}.ipynb?token={token}"
        with urllib.request.urlopen(place) as answer:
            model = json.load(answer)
        cells = model["content"]["cells"]
        assert "Begin here" in "".join(cells[0]["source"])
        assert any(cell.get("outputs") for cell in cells), "outputs of the notebook are kept"
        cells[0]["source"] = "# 0 · From the notebook"
        body = json.dumps({"type": "notebook", "format": "json", "content": model["content"]}).encode()
        request = urllib.request.Request(place, body, {"Content-Type": "application/json"}, method="PUT")
        urllib.request.urlopen(request).close()
    assert "# # 0 · From the notebook" in text.read_text()
    assert '"grade_id": "double"' in text.read_text(), "the grading metadata stays in the text source"
