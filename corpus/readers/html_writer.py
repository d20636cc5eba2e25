"""Walks a page's tree and writes down what is seen of it; whitespace is settled as a browser does it."""

from __future__ import annotations

import re

import msgspec
from lxml import etree

from corpus.readers import html_marks as marks
from corpus.readers.html_css import name_of
from corpus.readers.html_hidden import Look, Looks, size_of
from corpus.readers.html_lines import BLANK, END_QUOTE, GLUE, LINE, PARAGRAPH, QUOTE, finish, settle
from corpus.readers.html_spans import Spans
from corpus.readers.html_tables import DEEPEST, MOST_COLUMNS, MOST_ROWS, Cell, Table, render, span

_BLOCKS = """
address article aside body caption center dd details dialog dir div dl dt fieldset figure figcaption footer form head
header hgroup hr html legend li main menu nav ol plaintext search section summary table tbody tfoot thead tr ul
"""
_LINES = frozenset(_BLOCKS.split())
_NO_TEXT = """
script style title noscript noframes template applet audio video canvas iframe datalist progress meter
rp desc defs metadata symbol clippath mask annotation annotation-xml
w:worddocument w:latentstyles o:officedocumentsettings o:shapedefaults o:shapelayout m:mathpr
"""
DROPPED = frozenset(_NO_TEXT.split())
_PARAGRAPHS = frozenset(["p", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "blockquote", "listing", "xmp"])
_CELLS = frozenset(["td", "th"])
_TABLED = _CELLS | {"table", "tr"}
_LISTS = frozenset(["ul", "ol", "menu", "dir"])
_FIELDS = frozenset(["button", "select", "option", "textarea"])
_STRUCK = frozenset(["del", "s", "strike"])
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_MARGIN = 8.0
"""CSS pixels between paragraphs that look like a blank line."""
RULE = "_" * 32
# No ink and no width, put in to steer line breaks or to pad a preview; and marks of writing direction.
_NO_INK = re.compile("[\u200b\u2060\ufeff\u034f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
# Joiners shape Arabic, Indic and emoji; beside Latin letters they do nothing.
_JOINER = re.compile("(?<![\u0600-\U0001faff])[\u200c\u200d]|[\u200c\u200d](?![\u0600-\U0001faff])")
LONGEST_WORDS = 60
END_OF_PARAGRAPH = "/p"
"""The comment put behind each "</p>": where no paragraph is open a browser shows an empty one, the parser nothing."""
_ON_OWN_LINES = frozenset(["block", "list-item", "flex", "grid", "table", "table-row"])


class Hidden(msgspec.Struct):
    """What was left out because it is not seen: its ink is counted, and how it begins is kept to look it up by."""

    letters: int = 0
    places: int = 0
    words: str = ""
    why: str = ""
    going_on: bool = False

    def add(self, text: str, why: str) -> None:
        """Count a stretch of text."""
        pieces = _JOINER.sub("", _NO_INK.sub("", text.replace("\xad", ""))).split()
        if not pieces:
            return
        self.letters += sum(map(len, pieces))
        if not self.going_on:
            self.places += 1
            self.going_on = True
            self.why = self.why or why
        if self.places == 1 and len(self.words) <= LONGEST_WORDS:
            self.words = f"{self.words} {' '.join(pieces)[: 2 * LONGEST_WORDS]}".strip()

    def note(self) -> str:
        """A sentence for the reader of the record; "" where nothing was hidden."""
        if not self.letters:
            return ""
        words = self.words if len(self.words) <= LONGEST_WORDS else self.words[: LONGEST_WORDS - 1].rstrip() + "…"
        places = f", in {self.places} places, the first" if self.places > 1 else ""
        return (
            f"{self.letters} characters of the HTML are not shown to a reader and are left out{places} "
            f"({self.why}): “{words}”"
        )


class _Mark(msgspec.Struct):
    """Something to be done when an element ends with what was written since it began."""

    element: etree._Element
    kind: str
    begin: int


class Writer:
    """Takes the events of a walk over the tree: ``start``, ``end``, and ``text`` for what stands between elements.

    ``quirks``: the page has no doctype, so tables take their colour from the body.
    """

    def __init__(self, root: etree._Element, *, quirks: bool = False) -> None:
        self.hidden = Hidden()
        self.spans: list[Spans] = []
        self._styles = Looks(root, quirks=quirks)
        self._looks: list[Look] = [self._styles.first]
        self._buffers: list[list[str]] = [[]]
        self._tables: list[Table | None] = []
        self._lists: list[marks.ListMarks] = []
        self._marks: list[_Mark] = []
        self._chosen: list[etree._Element] = []
        self._select: etree._Element | None = None
        self._quotes = 0
        self._dropped: etree._Element | None = None

    # --- elements ---------------------------------------------------------------------------------------------

    def start(self, element: etree._Element) -> None:
        """An element begins; its first text is written too."""
        if self._dropped is not None:
            return
        tag = name_of(element)
        if tag in DROPPED or (tag == "option" and self._select is not None and not self._is_chosen(element)):
            self._dropped = element
            return
        look = self._styles.of(element, tag, self._looks[-1])
        self._looks.append(look)
        text = element.text
        if not look.gone:
            self._open(tag, element, look)
            if tag in ("pre", "textarea") and text:
                text = text.removeprefix("\r").removeprefix("\n")
        self.text(text)

    def end(self, element: etree._Element) -> None:
        """An element ends; what stands behind it is not written yet."""
        if self._dropped is not None:
            if self._dropped is element:
                self._dropped = None
            return
        look = self._looks.pop()
        if not look.gone:
            self._close(name_of(element), element, look)

    def _open(self, tag: str, element: etree._Element, look: Look) -> None:
        if tag in _TABLED:
            self._open_table(tag, element)
        else:
            self._put(_edge(tag, element, look, "top"))
        if tag in ("blockquote", "div", "p") and marks.is_quote(tag, element, look.style):
            self._mark(element, "quote")
            self._put(QUOTE)
        if tag in _LISTS:
            self._lists.append(marks.open_list(element, tag, look.style))
        elif tag == "li":
            self._put(self._bullet(element))
        else:
            self._open_inline(tag, element, look)

    def _open_inline(self, tag: str, element: etree._Element, look: Look) -> None:
        style = look.style
        if tag == "br":
            self._put("\n")
        elif tag == "hr":
            self._put(RULE + "\n")
        elif tag in ("img", "input", "q"):
            self._put(
                marks.picture(element) if tag == "img" else marks.field(element) if tag == "input" else self._q(1)
            )
        elif tag in _FIELDS:
            if tag == "select":
                self._select, self._chosen = element, marks.chosen(element)
            self._put(LINE if tag == "option" and len(self._chosen) > 1 else " ")
        elif tag == "a" and element.get("href"):
            self._mark(element, "link")
        elif tag in ("sup", "sub") and not look.why:
            self._mark(element, tag)
        if style and "ignore" in style.get("mso-list", ""):
            self._mark(element, "bullet")
        struck = "line-through" in style.get("text-decoration-line", "")
        if (struck or tag in _STRUCK) and tag not in _CELLS and not look.why:
            self._mark(element, "struck")

    def _close(self, tag: str, element: etree._Element, look: Look) -> None:
        while self._marks and self._marks[-1].element is element:
            self._finish_mark(self._marks.pop())
        if tag in _TABLED:
            self._close_table(tag, element)
        elif tag in _LISTS and self._lists:
            self._lists.pop()
        elif tag == "q" or tag in _FIELDS:
            self._select = None if self._select is element else self._select
            self._put(self._q(-1) if tag == "q" else " ")
        if tag not in _TABLED:
            self._put(_edge(tag, element, look, "bottom"))

    def _bullet(self, element: etree._Element) -> str:
        indent = BLANK * (marks.INDENT * max(len(self._lists) - 1, 0))
        mark = self._lists[-1].mark(element.get("value")) if self._lists else "- "
        return indent + mark + GLUE if mark else ""

    def _q(self, step: int) -> str:
        """The mark around a <q>; inside another a single one."""
        self._quotes += step
        level = self._quotes - (step > 0)
        return ("“" if step > 0 else "”") if level % 2 == 0 else ("‘" if step > 0 else "’")

    def _is_chosen(self, option: etree._Element) -> bool:
        return any(option is each for each in self._chosen)

    # --- marks around what was written ------------------------------------------------------------------------

    def _mark(self, element: etree._Element, kind: str) -> None:
        self._marks.append(_Mark(element, kind, len(self._buffers[-1])))

    def _finish_mark(self, mark: _Mark) -> None:
        out = self._buffers[-1]
        if mark.kind == "quote":
            out += [LINE, END_QUOTE]
            return
        written = out[mark.begin :]
        shown = "".join(written)
        if not shown.strip(" \t\n\xa0\x0b\x0e\x0f\x1c\x1d\x1e"):
            return
        if mark.kind == "link":
            address = marks.target(mark.element)
            self._behind(f" <{address}>" if address and marks.says_more(address, shown) else "", mark.begin)
        elif mark.kind == "struck":
            first = next(at for at, piece in enumerate(written) if piece.strip()) + mark.begin
            blank = out[first][: len(out[first]) - len(out[first].lstrip(" \n\x1c\x1d\x0e\x0b"))]
            out[first] = f"{blank}~~{out[first][len(blank) :]}"
            self._behind("~~", mark.begin)
        elif mark.kind == "bullet":
            indent = BLANK * marks.word_indent(mark.element)
            out[mark.begin :] = [indent + marks.word_mark(shown) + GLUE]
        else:
            out[mark.begin :] = [marks.shifted(shown, mark.kind)]

    def _behind(self, text: str, begin: int) -> None:
        """Write behind the last ink, before blanks and line ends that follow it."""
        out = self._buffers[-1]
        at = len(out)
        while at > begin and not out[at - 1].strip(" \n\x1c\x1d\x0e\x0f"):
            at -= 1
        if text and at > begin:
            piece = out[at - 1]
            ink = piece.rstrip(" \n\x1c\x1d\x0e\x0f")
            out[at - 1] = ink + text + piece[len(ink) :]

    # --- tables -----------------------------------------------------------------------------------------------

    def _open_table(self, tag: str, element: etree._Element) -> None:
        if tag == "table":
            layout = (element.get("role") or "") in ("presentation", "none")
            self._tables.append(Table(layout=layout, rows=[]) if len(self._tables) < DEEPEST else None)
        table = self._tables[-1] if self._tables else None
        if tag == "table" or table is None or table.cell is not None:
            self._put(LINE)
        elif tag == "tr":
            table.open_row()
        else:
            table.cell = element
            self._buffers.append([])

    def _close_table(self, tag: str, element: etree._Element) -> None:
        table = self._tables[-1] if self._tables else None
        if tag == "table" and self._tables:
            self._tables.pop()
            if table is not None:
                text, spans = render(table)
                self._put(LINE + text)
                if spans is not None:
                    self.spans.append(spans)
        elif table is not None and table.cell is element:
            text = settle("".join(self._buffers.pop())).strip("\n ")
            text = text if text.strip(" \n\xa0\x1e") else ""
            width, height = span(element.get("colspan"), MOST_COLUMNS), span(element.get("rowspan"), MOST_ROWS)
            table.cell = None
            table.add(Cell(text=text, width=width, height=height))
            return
        elif tag == "tr" and table is not None and table.cell is None:
            table.in_row = False
            return
        self._put(LINE)

    # --- text -------------------------------------------------------------------------------------------------

    def text(self, text: str | None) -> None:
        """Text of the element that is open."""
        if not text or self._dropped is not None:
            return
        look = self._looks[-1]
        if look.why:
            self.hidden.add(text, look.why)
            if not look.gone and not look.no_size:
                self._put(" ")
            return
        if not text.isascii():
            text = _JOINER.sub("", _NO_INK.sub("", text))
        if look.symbols and len(text.strip()) == 1:
            text = text.translate(marks.SYMBOLS)
        if look.spaces == "pre":
            text = text.replace("\r\n", "\n").replace("\r", "\n").replace(" ", BLANK)
        elif look.spaces == "line":
            text = "\n".join(_BLANKS.sub(" ", line) for line in text.split("\n"))
        else:
            text = _BLANKS.sub(" ", text)
        if self.hidden.going_on and text.strip():
            self.hidden.going_on = False
        self._put(text)

    def _put(self, text: str) -> None:
        if text:
            self._buffers[-1].append(text)

    def end_paragraph(self) -> None:
        """A "</p>" stands here, whether or not a paragraph was open."""
        if self._dropped is None and not self._looks[-1].gone:
            self._put(LINE)

    def result(self) -> str:
        """Everything that was written, with a line end at the end; quotations marked."""
        return finish("".join(piece for buffer in self._buffers for piece in buffer))


def _edge(tag: str, element: etree._Element, look: Look, side: str) -> str:
    """What divides an element from what stands before ("top") or behind it ("bottom")."""
    display = look.style.get("display", "")
    if display in ("inline", "contents"):
        return ""
    if tag in _PARAGRAPHS:
        return PARAGRAPH if _has_margin(tag, element, look, side) else LINE
    return LINE if tag in _LINES or display in _ON_OWN_LINES else ""


def _has_margin(tag: str, element: etree._Element, look: Look, side: str) -> bool:
    """Does a blank line show above or below a paragraph? Outlook writes every line as a paragraph without margins."""
    margin = look.style.get(f"margin-{side}")
    if margin is not None:
        size = size_of(margin)
        return size is None or size >= _MARGIN
    if (element.get("class") or "").startswith(("Mso", "x_Mso")):
        return False
    parent = element.getparent()
    return not (tag == "p" and parent is not None and parent.tag == "li")
