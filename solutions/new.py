"""Make the skeleton of a lesson, one that builds and passes its tests: python solutions/new.py 08_title"""

import re
import sys
from pathlib import Path

import build
import readme

HERE = Path(__file__).resolve().parent
NEXT = """It is there, and it passes: make check LESSONS={number}

Write over the skeleton, piece by piece (CONTRIBUTING.md says how the parts hang together):
  solutions/{name}.py
      the lesson: text, figures, exercises, tests, quiz
  solutions/mistakes/{name}.py
      right answers, wrong answers, and what is said to each
  README.md
      its line in the table: a sentence about it
Then: make build LESSONS={number}
"""


def texts(name, folder=HERE):
    """{path: text} of a new lesson's files; exits with a sentence where it cannot be one."""
    if not re.fullmatch(r"\d\d_[a-z][a-z0-9_]*", name):
        sys.exit(f"{name!r} is no lesson's name: two digits and words, as in make lesson NAME=08_noisy_gradients")
    there = [path.stem for path in sorted(folder.glob("[0-9][0-9]_*.py")) if path.stem[:2] == name[:2]]
    if there:
        sys.exit(f"There is a lesson {name[:2]} already, {there[0]}. Take another number.")
    words = {"LESSON": name, "NUMBER": str(int(name[:2])), "TITLE": name[3:].replace("_", " ").capitalize()}
    found = {}
    for place, template in ((folder / f"{name}.py", "lesson.py"), (folder / "mistakes" / f"{name}.py", "mistakes.py")):
        text = (HERE / "skeleton" / template).read_text(encoding="utf-8")
        for word, value in words.items():
            text = re.sub(rf"\b{word}\b", value, text)
        found[place] = text
    return found


def main(name):
    for path, text in texts(name).items():
        path.write_text(text, encoding="utf-8")
    source = HERE / f"{name}.py"
    minutes, _, points, _ = readme.counted(source)
    source.write_text(source.read_text(encoding="utf-8").replace("*POINTS points, about MINUTES", (
        f"*{points:g} points, about {minutes}")), encoding="utf-8")
    lessons = [path.stem for path in sorted(HERE.glob("[0-9][0-9]_*.py"))]
    place = lessons.index(name)
    build.main([one[:2] for one in lessons[max(0, place - 1):place + 1]])  # the one before leads on to it
    print(NEXT.format(name=name, number=name[:2]))


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) == 2 else "")
