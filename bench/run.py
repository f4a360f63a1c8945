"""`make bench`: measure, write bench/results.json, print a table. Every figure is a ratio taken in one run."""

import importlib
import json
import sys
from pathlib import Path

from rich.console import Console
from rich.progress import track
from rich.table import Table

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
PARTS = [path.stem for path in sorted(HERE.glob("*.py")) if path.stem != "run"]


def main(wanted):
    unknown = set(wanted) - set(PARTS)
    if unknown:
        sys.exit(f"No such part: {', '.join(sorted(unknown))}. There are: {', '.join(PARTS)}")
    path = HERE / "results.json"
    results = json.loads(path.read_text()) if path.exists() else {}
    for part in track(wanted or PARTS, "measuring", console=Console(stderr=True)):
        results[part] = {k: float(f"{v:.3g}") for k, v in importlib.import_module(part).measure().items()}
    path.write_text(json.dumps(results, indent=1, sort_keys=True, ensure_ascii=False) + "\n")
    table = Table("part", "what", "value")
    for part, values in sorted(results.items()):
        for what, value in values.items():
            table.add_row(part, what, f"{value:g}")
    Console().print(table)


if __name__ == "__main__":
    main(sys.argv[1:])
