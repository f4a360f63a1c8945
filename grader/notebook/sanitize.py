"""What a submission's cells showed, made harmless: bounded, with no markup that could act in a browser or terminal."""

import base64
import binascii
import itertools
import re
from functools import lru_cache

import nh3
from nbformat import from_dict

TAGS = set("abbr b blockquote br caption code col colgroup dd del details div dl dt em figcaption figure h1 h2 h3 h4 "
           "h5 h6 hr i img ins kbd li mark ol p pre s samp small span strong sub summary sup table tbody td tfoot th "
           "thead tr u ul var".split())
ATTRIBUTES = {"alt", "title", "colspan", "rowspan", "width", "height", "align"}
# Elements that go with all they hold; every other unknown tag goes and leaves its text.
WHOLE = set("script style svg math template iframe object noscript xmp title textarea".split())
PICTURE = re.compile(r"data:image/(?:png|jpeg);base64,[A-Za-z0-9+/=\s]+")
MAGIC = {"image/png": b"\x89PNG\r\n\x1a\n", "image/jpeg": b"\xff\xd8\xff"}
COLOUR = re.compile(r"\x1b\[[0-9;]{0,40}m")
ESCAPE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[PX^_][^\x1b]*(?:\x1b\\)?|.)?", re.S)
UNSAFE = {c: "\ufffd" for c in (*range(0, 9), 11, 12, *range(14, 27), *range(28, 32), 127, *range(128, 160),
                                *range(0x202A, 0x202F), *range(0x2066, 0x206A))}
MARKUP = re.compile(r"<(?=[A-Za-z/!?])")
LINK = re.compile(r"(?i)\b(javascript|vbscript|data|file|blob)\s*:")
REFERENCE = re.compile(r"&(?=#|[A-Za-z][A-Za-z0-9]*;)")
MARKS = re.compile(r"[\[\\|*~`_!]")


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
    return nh3.clean(value, tags=TAGS, clean_content_tags=WHOLE, attributes={"*": ATTRIBUTES, "img": {"src"}},
                     attribute_filter=kept, url_schemes={"data"}, link_rel=None)


def kept(tag, name, value):
    """An allowed attribute's value, None for a picture from elsewhere."""
    return None if name == "src" and not PICTURE.fullmatch(value) else value


def picture(mime, value):
    """The base64 text of a PNG or JPEG picture, or None if it is none."""
    try:
        data = base64.b64decode("".join(str(value).split()), validate=True)
    except (binascii.Error, ValueError):
        return None
    return base64.b64encode(data).decode() if data.startswith(MAGIC[mime]) else None


class Room:
    """How much may still be shown: characters, bytes of pictures, and HTML tags (cleaning them takes time)."""

    def __init__(self, text, pictures, tags, whole=None):
        self.text, self.pictures, self.tags, self.whole = text, pictures, tags, whole

    def cell(self, limits):
        """A cell's room within this one, which is the notebook's."""
        return Room(limits.output_bytes + 2000, limits.picture_bytes, self.tags, self)

    def take(self, text=0, pictures=0, tags=0):
        """Use up some of it, here and in the whole; False, and nothing is used up, where there is too little."""
        if self.text < text or self.pictures < pictures or self.tags < tags:
            return False
        if self.whole is not None and not self.whole.take(text, pictures, tags):
            return False
        self.text, self.pictures, self.tags = self.text - text, self.pictures - pictures, self.tags - tags
        return True

    def text_of(self, value):
        """A text as far as there is room for it."""
        left = self.text if self.whole is None else min(self.text, self.whole.text)
        shown = text(value, max(left, 0))
        if not self.take(text=len(shown)):
            self.text = 0  # less than the words that it was cut
        return shown


def room(limits):
    """The room of a notebook."""
    return Room(10 * limits.output_bytes, 4 * limits.picture_bytes, 40_000)


def outputs(raw, limits, count, whole):
    """nbformat outputs made from what a student process says a cell showed; nothing of it is trusted.

    whole: the `Room` that this notebook still has.
    """
    made, room = [], whole.cell(limits)
    for item in raw[:200]:
        kind = item.get("output_type") if isinstance(item, dict) else None
        if kind == "stream":
            made += stream(item, room)
        elif kind == "error":
            made.append(error(item, room))
        elif kind in ("display_data", "execute_result") and isinstance(item.get("data"), dict):
            if data := shown(item["data"], room):
                extra = {"execution_count": count} if kind == "execute_result" else {}
                made.append(output(kind, data=data, **extra))
        if room.text <= 0 or whole.text <= 0:
            made.append(output("stream", name="stderr", text="[the rest of this cell's output was cut]\n"))
            break
    return made


def output(kind, **content):
    """An output as nbformat's `new_output` makes it, but not validated by itself: the whole notebook is."""
    return from_dict({"output_type": kind, **({"metadata": {}} if "data" in content else {}), **content})


def stream(item, room):
    """[what was printed], or [] for nothing."""
    content = room.text_of(words(item, "text"))
    name = "stderr" if item.get("name") == "stderr" else "stdout"
    return [output("stream", name=name, text=content)] if content else []


def error(item, room):
    """An exception and its traceback."""
    lines = item.get("traceback")
    lines = lines[:200] if isinstance(lines, list) else []
    lines = [room.text_of(line[:5000]) for line in lines if isinstance(line, str) and room.text > 0]
    return output("error", ename=plain(words(item, "ename"), 100), evalue=plain(words(item, "evalue"), 1000),
                         traceback=lines)


def shown(data, room):
    """{MIME type: content} of what was displayed, in the forms that are harmless."""
    kept = {}
    for mime in list(data)[:10]:
        value = words(data, mime)
        if mime == "text/plain":
            kept[mime] = room.text_of(value)
        elif mime == "text/html" and room.take(pictures=len(value), tags=value.count("<")):
            if clean := html(value):
                kept[mime] = clean
        elif mime in MAGIC and room.take(pictures=len(value)):
            if clean := picture(mime, value):
                kept[mime] = clean
    return kept


def words(item, key):
    """A text of an output, "" if it is none; a file may hold it as a list of lines."""
    value = item.get(key)
    if isinstance(value, list) and all(isinstance(line, str) for line in value):
        return "".join(value)
    return value if isinstance(value, str) else ""


def markdown(source):
    """Markdown of the student's with its raw HTML shown as text, and nothing that runs, or is fetched from elsewhere.

    A character reference could spell what a link must not be: beside one there are no links. `![` fetches a picture.
    Thousands of brackets or formulas that never end take nbconvert minutes: what follows the first of them is cut.
    """
    shown = text(source, 200_000)
    if most := next(itertools.islice(MARKS.finditer(shown), 4000, None), None):
        shown = shown[:most.start()] + "\n\n(the rest was cut)"
    if REFERENCE.search(shown):
        shown = shown.replace("](", "] (").replace("]:", "] :")
    shown = shown.replace("![", "!\\[")
    return LINK.sub(r"\1 :", MARKUP.sub("&lt;", shown))
