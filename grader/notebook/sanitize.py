"""What a submission's cells showed, made harmless: bounded, with no markup that could act in a browser or terminal."""

import base64
import binascii
import re
from functools import lru_cache

import bleach
from nbformat import v4

TAGS = set("abbr b blockquote br caption code col colgroup dd del details div dl dt em figcaption figure h1 h2 h3 h4 "
           "h5 h6 hr i img ins kbd li mark ol p pre s samp small span strong sub summary sup table tbody td tfoot th "
           "thead tr u ul var".split())
ATTRIBUTES = ("alt", "title", "colspan", "rowspan", "width", "height", "align")
# Elements that go with all they hold; every other unknown tag goes and leaves its text.
WHOLE = re.compile(r"<(script|style|svg|math|template|iframe|object|noscript|xmp|title|textarea)\b.*?(</\1\s*>|\Z)",
                   re.I | re.S)
PICTURE = re.compile(r"data:image/(?:png|jpeg);base64,[A-Za-z0-9+/=\s]+")
MAGIC = {"image/png": b"\x89PNG\r\n\x1a\n", "image/jpeg": b"\xff\xd8\xff"}
COLOUR = re.compile(r"\x1b\[[0-9;]{0,40}m")
ESCAPE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[PX^_][^\x1b]*(?:\x1b\\)?|.)?", re.S)
UNSAFE = {c: "\ufffd" for c in (*range(0, 9), 11, 12, *range(14, 27), *range(28, 32), 127, *range(128, 160),
                                *range(0x202A, 0x202F), *range(0x2066, 0x206A))}
MARKUP = re.compile(r"<(?=[A-Za-z/!?])")
LINK = re.compile(r"(?i)\b(javascript|vbscript|data|file|blob)\s*(?::|&colon;|&#0*58;?|&#x0*3a;?)")


def text(value, limit=100_000):
    """Text whose only control characters are newlines, tabs and ANSI colours."""
    value = str(value)
    cut = value[:limit] + ("\n[cut]" if len(value) > limit else "")
    parts, at = [], 0
    for match in COLOUR.finditer(cut):
        parts += [ESCAPE.sub("", cut[at:match.start()]).translate(UNSAFE), match.group()]
        at = match.end()
    parts.append(ESCAPE.sub("", cut[at:]).translate(UNSAFE))
    return "".join(parts).replace("\x1b\x1b", "\x1b").encode("utf-8", "replace").decode()


def plain(value, limit=300):
    """One line of text without any control character, for a hint, a table or a terminal."""
    return " ".join(COLOUR.sub("", text(value, limit)).split())


@lru_cache(128)  # a class shows the same figures again and again
def html(value, limit=60_000, tags=4000):
    """HTML without script, style, links, event handlers or pictures from elsewhere; "" if it is too much to clean."""
    if sum(map(len, PICTURE.split(value))) > limit or value.count("<") > tags:
        return ""
    return bleach.clean(WHOLE.sub("", value), tags=TAGS, attributes=allowed, protocols={"data"}, strip=True)


def allowed(tag, name, value):
    """Whether an attribute may stay."""
    if tag == "img" and name == "src":
        return PICTURE.fullmatch(value) is not None
    return name in ATTRIBUTES


def picture(mime, value):
    """The base64 text of a PNG or JPEG picture, or None if it is none."""
    try:
        data = base64.b64decode("".join(str(value).split()), validate=True)
    except (binascii.Error, ValueError):
        return None
    return base64.b64encode(data).decode() if data.startswith(MAGIC[mime]) else None


def outputs(raw, limits, count, tags):
    """nbformat outputs made from what a student process says a cell showed; nothing of it is trusted.

    tags: a list of one number, the HTML tags that this notebook may still show (cleaning them takes time).
    """
    raw = [item for item in raw[:200] if isinstance(item, dict)]
    made, room, pictures = [], limits.output_bytes + 2000, limits.picture_bytes
    for item in raw:
        kind = item.get("output_type")
        if kind == "stream":
            content = text(words(item, "text"), max(room, 0))
            room -= len(content)
            if content:
                made.append(v4.new_output("stream", name="stderr" if item.get("name") == "stderr" else "stdout",
                                          text=content))
        elif kind == "error":
            lines = item.get("traceback")
            lines = lines[:200] if isinstance(lines, list) else []
            lines = [text(line, 5000) for line in lines if isinstance(line, str)]
            made.append(v4.new_output("error", ename=plain(words(item, "ename"), 100),
                                      evalue=plain(words(item, "evalue"), 1000), traceback=lines))
        elif kind in ("display_data", "execute_result") and isinstance(item.get("data"), dict):
            data = {}
            for mime in list(item["data"])[:10]:
                value = words(item["data"], mime)
                if mime == "text/plain":
                    data[mime] = text(value, max(room, 0))
                    room -= len(data[mime])
                elif mime == "text/html" and len(str(value)) <= pictures:
                    pictures -= len(str(value))
                    tags[0] -= str(value).count("<")
                    if tags[0] > 0 and (shown := html(value)):
                        data[mime] = shown
                elif mime in MAGIC and len(str(value)) <= pictures:
                    pictures -= len(str(value))
                    if shown := picture(mime, value):
                        data[mime] = shown
            if data:
                extra = {"execution_count": count} if kind == "execute_result" else {}
                made.append(v4.new_output(kind, data=data, **extra))
        if room <= 0:
            made.append(v4.new_output("stream", name="stderr", text="[the rest of this cell's output was cut]\n"))
            break
    return made


def words(item, key):
    """A text of an output, "" if it is none; a file may hold it as a list of lines."""
    value = item.get(key)
    if isinstance(value, list) and all(isinstance(line, str) for line in value):
        return "".join(value)
    return value if isinstance(value, str) else ""


def markdown(source):
    """Markdown of the student's with its raw HTML shown as text, and no link that runs or embeds anything."""
    return LINK.sub(r"\1 :", MARKUP.sub("&lt;", text(source, 200_000)))
