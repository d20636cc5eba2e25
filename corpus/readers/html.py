"""HTML as the text a person sees, in reading order. Nothing is fetched, nothing is run."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, unquote, urlsplit

import lxml.html
import msgspec
from lxml import etree

from corpus.limits import DEFAULT_LIMITS, Limits
from corpus.model import Problem
from corpus.normalise import normalise
from corpus.problems import Code, problem
from corpus.readers import charset
from corpus.reading import Reading

READER = "html/1"

_BLOCKS = """
address article aside body center dd div dl dt fieldset figure figcaption footer form header hr html li main nav ol
section table tr ul caption tbody thead tfoot
"""
_LINES = frozenset(_BLOCKS.split())
_NO_TEXT = "script style head title noscript template object svg math select textarea iframe"
_DROPPED = frozenset(_NO_TEXT.split())
_PARAGRAPHS = frozenset(["p", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "blockquote"])
_CELLS = frozenset(["td", "th"])
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_HIDING = re.compile(r"display:none|visibility:hidden|mso-hide:all|font-size:0(?:\.0+)?(?:px|pt|em|rem|%)?(?:;|!|$)")
_NO_MARGIN = re.compile(r"(?<![\w-])margin(?:-(?:top|bottom))?:0(?![.\d])")
_DECLARED = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_BEFORE = rb"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--(?:(?!-->).){0,20000}-->\s*)*"
_PAGE = re.compile(_BEFORE + rb"<(?:!doctype\s+html|html|head|body|title|meta|base|link|style|script)\b", re.I | re.S)
_PIECE = re.compile(
    _BEFORE + rb"<(?:p|div|span|font|table|center|h[1-6]|b|i|u|strong|em|a|ul|ol|br|hr|img|section|article|main)\b",
    re.I | re.S,
)
_CLOSING = re.compile(
    rb"</(?:p|div|span|font|table|center|h[1-6]|b|i|u|strong|em|a|ul|ol|section|article|main)\s*>", re.I
)
_TAG = re.compile(rb"<(?:p|div|br|table|td|li|h[1-6])\b[^<>]{0,500}>", re.I)
_HEADER = re.compile(rb"\s*[!-9;-~]{1,76}:")
NAMES = (".html", ".htm", ".xhtml", ".xht")
MARKDOWN = (".md", ".markdown", ".mdown")
WIDE = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_CONTROLS = dict.fromkeys(code for code in range(0x20) if chr(code) not in "\t\n\f\r")
LONGEST_CELL = 500
MOST_COLUMNS = 50


def claims(head: bytes, name: str) -> bool:
    """True for bytes that begin as an HTML page does, or as a piece of one; Markdown may begin with a piece.

    A file called .html needs no more than a tag of a text in it, unless it begins as another format does.
    """
    if head[:2] in WIDE:
        head = head[: len(head) // 2 * 2].decode(WIDE[head[:2]], "replace").encode()
    head = head.removeprefix(b"\xef\xbb\xbf")
    if _PAGE.match(head):
        return True
    if b"\0" in head or name.lower().endswith(MARKDOWN):
        return False
    if _PIECE.match(head) and _CLOSING.search(head):
        return True
    other = b"%PDF-" in head[:1024] or _HEADER.match(head)
    return name.lower().endswith(NAMES) and not other and _TAG.search(head) is not None


def read(data: bytes, name: str, limits: Limits = DEFAULT_LIMITS) -> Reading:
    """A saved web page as text. Its bytes are read by their byte order mark, else by the charset it declares."""
    declared = _DECLARED.search(data[:4096])
    charset_name = WIDE.get(data[:2]) or (declared.group(1).decode("ascii", "replace") if declared else None)
    markup, problems = charset.decode(data, charset_name)
    text, more = html_to_text(markup)
    text = normalise(text)
    if len(text) > limits.text_length:
        note = f"The text has {len(text)} characters; only the first {limits.text_length} were read."
        more.append(problem(Code.TRUNCATED, note))
        text = text[: limits.text_length]
    if not text.strip():
        more.append(problem(Code.EMPTY_FILE, "The page holds no text."))
    return Reading(media_type="text/html", reader=READER, text=text, problems=problems + more)


def html_to_text(markup: str) -> tuple[str, list[Problem]]:
    """The visible text, with a ``hidden-text`` problem when some is not.

    Blocks and ``<br>`` begin new lines, table cells are divided by tabs and rows by line ends, a quotation's lines
    begin with "> ". A link's target follows its text in angle brackets where it says something else.
    """
    root, problems = _parse(markup)
    if root is None:
        return "", problems
    writer = _Writer()
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        if event == "start":
            writer.start(element)
        else:
            if event == "end":
                writer.end(element)
            writer.text(element.tail)
    if writer.hidden:
        note = f"{writer.hidden} characters of the HTML are not shown to a reader; they are left out."
        problems.append(problem(Code.HIDDEN_TEXT, note))
    return writer.result(), problems


def _parse(markup: str) -> tuple[etree._Element | None, list[Problem]]:
    parser = lxml.html.HTMLParser(encoding="utf-8", no_network=True, remove_pis=True, huge_tree=True)
    data = markup.translate(_CONTROLS).encode("utf-8", "replace")
    try:
        root = lxml.html.document_fromstring(data, parser=parser) if data.strip() else None
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None, []
    if any(entry.level_name == "FATAL" for entry in parser.error_log):
        return root, [problem(Code.TOO_DEEP, "The HTML is nested too deep; what lies below was not read.")]
    return root, []


class _Cell(msgspec.Struct):
    """An open table cell: what is written while it is open goes into it."""

    out: list[str]
    nested: bool = False


class _Writer:
    """Collects text while the tree is walked; whitespace is settled as a browser does it."""

    def __init__(self) -> None:
        self.hidden = 0
        self._out: list[str] = []
        self._cells: list[_Cell] = []
        self._columns: list[int] = []
        self._lists: list[int | None] = []
        self._links: list[tuple[str, int]] = []
        self._silent: etree._Element | None = None
        self._counting = False
        self._pre = 0
        self._depth = 0

    # --- elements ---------------------------------------------------------------------------------------------

    def start(self, element: etree._Element) -> None:
        if self._silent is not None:
            self._count(element.text)
            return
        tag = element.tag if isinstance(element.tag, str) else ""
        if tag in _DROPPED or _is_hidden(element):
            self._silent, self._counting = element, tag not in _DROPPED
            self._count(element.text)
            return
        self._open(tag, element)
        self.text(element.text)

    def end(self, element: etree._Element) -> None:
        if self._silent is not None:
            if self._silent is element:
                self._silent = None
            return
        self._close(element.tag if isinstance(element.tag, str) else "", element)

    def _open(self, tag: str, element: etree._Element) -> None:
        if tag == "br":
            self._put("\n")
        elif tag in _CELLS:
            self._open_cell()
        elif tag in _PARAGRAPHS:
            self._line(2 if _has_margin(element) else 1)
        elif tag in _LINES:
            self._line()
        if tag == "blockquote":
            self._depth += 1
            self._put("\x0e")
        elif tag == "pre":
            self._pre += 1
        elif tag in ("ul", "ol"):
            self._lists.append(1 if tag == "ol" else None)
        elif tag == "li":
            self._put(self._bullet())
        elif tag == "tr":
            self._columns.append(0)
        elif tag == "table" and self._cells:
            self._cells[-1].nested = True
        elif tag == "a":
            self._links.append((_target(element), self._length()))
        elif tag == "hr":
            self._put("________________________________\n")
        elif tag == "img" and element.get("alt"):
            self._put(f"[{element.get('alt')}]" if len(element.get("alt") or "") < 200 else "")

    def _close(self, tag: str, element: etree._Element) -> None:
        if tag in _CELLS:
            self._close_cell(element)
        elif tag == "a" and self._links:
            self._close_link()
        elif tag == "tr" and self._columns:
            self._columns.pop()
        elif tag in ("ul", "ol") and self._lists:
            self._lists.pop()
        elif tag == "pre":
            self._pre -= 1
        elif tag == "blockquote":
            self._line()
            self._depth -= 1
            self._put("\x0f")
        if tag in _PARAGRAPHS:
            self._line(2 if _has_margin(element) else 1)
        elif tag in _LINES:
            self._line()

    def _bullet(self) -> str:
        if not self._lists or self._lists[-1] is None:
            return "- "
        number = self._lists[-1]
        self._lists[-1] = number + 1
        return f"{number}. "

    # --- table cells and links --------------------------------------------------------------------------------

    def _open_cell(self) -> None:
        self._cells.append(_Cell(out=[]))

    def _close_cell(self, element: etree._Element) -> None:
        if not self._cells:
            return
        cell = self._cells.pop()
        text = _settle("".join(cell.out)).strip("\n ")
        if not cell.nested and len(text) <= LONGEST_CELL and "\x0e" not in text and not _is_alone(element):
            text = " ".join(text.split("\n"))
        if not self._columns:
            self._columns.append(0)
        if self._columns[-1]:
            self._put("\t")
        self._put(text)
        span = element.get("colspan") or "1"
        wide = min(int(span), MOST_COLUMNS) if span.isascii() and span.isdigit() and len(span) < 4 else 1
        self._columns[-1] += max(wide, 1)
        self._put("\t" * (wide - 1) if not _is_alone(element) else "")

    def _close_link(self) -> None:
        target, begin = self._links.pop()
        out = self._cells[-1].out if self._cells else self._out
        shown = "".join(out[begin:]).strip() if begin <= len(out) else ""
        if target and shown and _says_more(target, shown):
            self._put(f" <{target}>")

    # --- text -------------------------------------------------------------------------------------------------

    def text(self, text: str | None) -> None:
        if self._silent is not None:
            self._count(text)
        elif text:
            self._put(text.replace(" ", "\x1e") if self._pre else _BLANKS.sub(" ", text))

    def _count(self, text: str | None) -> None:
        if self._counting and text:
            self.hidden += len("".join(text.split()).replace("\u200c", "").replace("\u034f", "").replace("\u200b", ""))

    def _length(self) -> int:
        return len(self._cells[-1].out if self._cells else self._out)

    def _put(self, text: str) -> None:
        if text:
            (self._cells[-1].out if self._cells else self._out).append(text)

    def _line(self, count: int = 1) -> None:
        """A line end here, unless one is here already; ``count`` 2 leaves a blank line."""
        self._put("\x1c" if count == 1 else "\x1d")

    def result(self) -> str:
        """Everything collected, with a line end at the end; quotations marked."""
        while self._cells:
            cell = self._cells.pop()
            self._put("".join(cell.out))
        return _quoted(_settle("".join(self._out)).strip("\n ")).replace("\x1e", " ")


def _settle(text: str) -> str:
    """Soft line ends made real: several in a row are one, and blanks around them fall away."""
    text = re.sub(r" ?([\n\x1c\x1d]) ?", r"\1", re.sub(r" {2,}", " ", text))
    return re.sub(r"[\n\x1c\x1d]+", _line_ends, text)


def _line_ends(run: re.Match[str]) -> str:
    """Hard breaks count each; a soft end adds one only where none is; a paragraph's end leaves one blank line."""
    hard = run.group().count("\n")
    soft = 2 if "\x1d" in run.group() else 1 if "\x1c" in run.group() else 0
    if hard and soft:
        starts_hard = run.group()[0] == "\n"
        hard = hard if starts_hard else hard + 1
    return "\n" * min(max(hard, soft), 3)


def _quoted(text: str) -> str:
    """Lines between the quotation marks \\x0e and \\x0f begin with "> ", once for each level."""
    if "\x0e" not in text:
        return text + "\n" if text else ""
    lines = []
    depth = 0
    for line in text.split("\n"):
        opened = depth + line.count("\x0e")
        bare = line.replace("\x0e", "").replace("\x0f", "")
        level = opened if bare.strip() else depth
        if bare.strip() or not ("\x0e" in line or "\x0f" in line):
            lines.append((">" * level + " " if level else "") + bare)
        depth = max(opened - line.count("\x0f"), 0)
    return "\n".join(line.rstrip(" ") for line in lines) + "\n"


# --- what attributes say ------------------------------------------------------------------------------------------


def _is_hidden(element: etree._Element) -> bool:
    if element.get("hidden") is not None and isinstance(element.tag, str):
        return True
    style = element.get("style")
    return bool(style) and _HIDING.search("".join((style or "").lower().split())) is not None


def _has_margin(element: etree._Element) -> bool:
    """Outlook writes every line as a paragraph without margins; other paragraphs leave a blank line."""
    if (element.get("class") or "").startswith(("Mso", "x_Mso")):
        return False
    return not _NO_MARGIN.search("".join((element.get("style") or "").lower().split()))


def _is_alone(element: etree._Element) -> bool:
    """The only cell of its row: laid out, not tabulated."""
    return element.getprevious() is None and element.getnext() is None


def _target(element: etree._Element) -> str:
    """A link's address as a person would give it: mailto without its prefix, Outlook's safelinks unwrapped."""
    address = "".join((element.get("href") or "").split())[:2000]
    if address.lower().startswith("mailto:"):
        return unquote(address[len("mailto:") :].partition("?")[0])
    if not address.lower().startswith(("http://", "https://")):
        return ""
    try:
        parts = urlsplit(address)
        if (parts.hostname or "").endswith("safelinks.protection.outlook.com"):
            return parse_qs(parts.query).get("url", [address])[0]
    except ValueError:
        return address
    return address


def _says_more(target: str, shown: str) -> bool:
    return _plain(target) not in _plain(shown) and "\n" not in shown


def _plain(address: str) -> str:
    return re.sub(r"^(?:https?://)?(?:www\.)?", "", address.strip().lower().removeprefix("mailto:")).rstrip("/")
