"""A lesson as a page to read: the released notebook's text, with what the executed one showed."""

import html
import re

from latex2mathml.converter import convert
from markdown_it import MarkdownIt
from mdit_py_plugins.dollarmath import dollarmath_plugin
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

import moving
from crease import quiz

CODE = HtmlFormatter(nowrap=True, classprefix="k-")


def formula(text, options):
    """LaTeX as MathML, which browsers draw by themselves."""
    if not options["display_mode"]:
        return convert(text)
    return convert(text, display="block").replace("<math ", '<math tabindex="0" ', 1)  # a wide one scrolls, by keys too


MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable("table").use(
    dollarmath_plugin, renderer=formula, allow_digits=True, double_inline=True)


def text(source):
    """Markdown as HTML; a link to a lesson's notebook leads to its page, and a wide table scrolls by itself."""
    made = MARKDOWN.render(re.sub(r"(\]\(\d\d_\w+)\.ipynb", r"\1.html", source))
    return made.replace("<table>", '<div class="wide"><table>').replace("</table>", "</table></div>")


def code(source):
    """Python as HTML."""
    return f'<pre class="code" tabindex="0"><code>{highlight(source, PythonLexer(), CODE)}</code></pre>'


def folded(title, body):
    return f"<details><summary>{title}</summary>{body}</details>"


def outputs(cell):
    """(the printed lines, the pictures and what else is HTML) of an executed cell."""
    printed, shown = "", ""
    for output in cell.outputs:
        if output.output_type == "stream" and output.name == "stdout":
            printed += output.text
        elif "text/html" in output.get("data", {}):
            shown += output.data["text/html"]
        elif "text/plain" in output.get("data", {}):
            printed += output.data["text/plain"] + "\n"
    return printed.strip("\n"), shown


def questions(source):
    """The questions of a quiz, to think about; which is right is said in the lesson itself."""
    asked = quiz.parse(re.search(r'quiz\.ask\("""(.*?)"""', source, re.S)[1])
    items = "".join(f"<li>{html.escape(question)}<ol type=a>"
                    + "".join(f"<li>{html.escape(choice)}</li>" for _, choice, _ in choices) + "</ol></li>"
                    for question, choices in asked)
    return (f'<ol class="quiz">{items}</ol><p class="note">To think about here. In the notebook you click an answer, '
            'and are told why it is right or wrong.</p>')


def alive(what, still, folder, name):
    """(HTML, what a card may show of it) of a widget or a figure with sliders, over the still that stands without
    scripts."""
    if isinstance(what, moving.Shown):
        about = moving.pictures(what, folder / "pictures", name)
        made = f'<div class="sliders">{still}<script type="application/json">{moving.data_of(about)}</script></div>'
        return made, about
    about = moving.widget(what, folder / "widgets")
    return f'<div class="widget">{still}<script type="application/json">{moving.data_of(about)}</script></div>', None


def cells(released, executed, folder, name):
    """(the HTML of a lesson's cells, its first figure with sliders) -> what stands between a page's head and foot."""
    done = {cell.id: cell for cell in executed.cells}
    what, parts, first = moving.shown(executed), [], None
    for cell in released.cells:
        if cell.cell_type == "markdown":
            if not cell.source.startswith("## Your score"):  # that is for those who work on it
                parts.append(text(cell.source))
            continue
        about, tags = cell.metadata.get("nbgrader"), cell.metadata.get("tags", [])
        if about is None and "quiz" in tags:
            parts.append(questions(cell.source))
        elif about is None and cell.id in done and not re.search(r"\byour_score\(|\bprogress\.strip\(", cell.source):
            printed, still = outputs(done[cell.id])
            hidden = cell.metadata.get("jupyter", {}).get("source_hidden")
            if cell.id in what:
                still, figure = alive(what[cell.id], still, folder, f"{name}-{cell.id}")
                first = first or figure
            if not hidden:
                parts.append(code(cell.source))
            if printed:
                lines = f'<pre class="printed" tabindex="0">{html.escape(printed)}</pre>'
                parts.append(lines if hidden else folded("What it prints", lines))
            parts.append(f'<div class="shown">{still}</div>' if still else "")
        elif about is not None and about["solution"] and about["grade_id"] != "quiz":
            parts.append(f'<div class="exercise">{code(cell.source)}<p class="note">You write this one in the notebook.'
                         '</p></div>')
        elif about is not None and about["grade"] and about["grade_id"] != "test_quiz":
            plain = re.sub(r"^# ?", "", cell.source, flags=re.M)
            parts.append(folded("How it is checked", code(cell.source)) if re.search(r"^[^#\s]", cell.source, re.M)
                         else f'<p class="note">{html.escape(plain)}</p>')
    return "\n".join(parts), first
