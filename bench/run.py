"""`make bench`: measure, write bench/results.json and the numbers of bench/README.md, print a table.

    python bench/run.py --table     measures nothing: it takes the numbers of bench/README.md from bench/results.json
"""

import importlib
import json
import re
import sys
from pathlib import Path

from rich.console import Console
from rich.progress import track
from rich.table import Table

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
PARTS = [path.stem for path in sorted(HERE.glob("*.py")) if path.stem != "run"]


def filled(text, results):
    """The page with the number of each row taken from the results; the row's last cell names it: `part: what`."""
    def number(row):
        value = results[row[3]][row[4]]
        shown = f"{value:.0f}" if value >= 10 else f"{value:.2g}"
        return row[1] + re.sub(r"[\d.]+", shown, row[2], count=1) + f" | `{row[3]}: {row[4]}` |"
    return re.sub(r"^(\|[^|\n]+\| )([^|\n]+?) \| `(\w+): ([^`\n]+)` \|$", number, text, flags=re.M)


def write_table(results):
    page = HERE / "README.md"
    page.write_text(filled(page.read_text(encoding="utf-8"), results), encoding="utf-8")


def main(wanted):
    if wanted == ["--table"]:
        return write_table(json.loads((HERE / "results.json").read_text()))
    unknown = set(wanted) - set(PARTS)
    if unknown:
        sys.exit(f"No such part: {', '.join(sorted(unknown))}. There are: {', '.join(PARTS)}")
    path = HERE / "results.json"
    results = json.loads(path.read_text()) if path.exists() else {}
    for part in track(wanted or PARTS, "measuring", console=Console(stderr=True)):
        results[part] = {k: float(f"{v:.3g}") for k, v in importlib.import_module(part).measure().items()}
    path.write_text(json.dumps(results, indent=1, sort_keys=True, ensure_ascii=False) + "\n")
    write_table(results)
    table = Table("part", "what", "value")
    for part, values in sorted(results.items()):
        for what, value in values.items():
            table.add_row(part, what, f"{value:g}")
    Console().print(table)


if __name__ == "__main__":
    main(sys.argv[1:])
