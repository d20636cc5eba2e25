"""HTML as the text a person sees, in reading order. Nothing is fetched, nothing is run."""

from __future__ import annotations

import re

import lxml.html
from lxml import etree

from corpus import formats
from corpus.limits import DEFAULT_LIMITS, Limits, at_limit
from corpus.model import Problem
from corpus.normalise import normalise
from corpus.problems import Code, problem
from corpus.readers import charset
from corpus.readers.html_css import OURS
from corpus.readers.html_spans import Spans, located
from corpus.readers.html_writer import END_OF_PARAGRAPH, Writer
from corpus.reading import Reading

READER = formats.HTML

_DECLARED = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*+[\"']?\s*+([\w.:-]{2,40})", re.IGNORECASE)
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
_HEADER = re.compile(rb"\s*+[!-9;-~]{1,76}:")
NAMES = (".html", ".htm", ".xhtml", ".xht")
MARKDOWN = (".md", ".markdown", ".mdown")
WIDE = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_WIDE_TAG = {b"<\0": "utf-16-le", b"\0<": "utf-16-be"}
# The end of the page is the end of the file: browsers show what stands behind "</html>" (a footer put on under way).
_STRAY = re.compile(r"</(?:html|body)(?:\s[^<>]{0,200})?>|<!doctype[^<>\[]{0,500}>", re.IGNORECASE)
_DOCTYPE = re.compile(r"<!doctype\s+html", re.IGNORECASE)
_BREAK = re.compile(r"</br\s*>", re.IGNORECASE)
# The parser ends <font> and <b> where <center> begins, and <s> where <p> begins; browsers do not.
_KEPT_OPEN = re.compile(r"<(/?)(center|strike|s)(?=[\s>])", re.IGNORECASE)
_LINK = re.compile(r"<(/?)a(?=[\s>])", re.IGNORECASE)
_PARAGRAPH = re.compile(r"</p\s*>", re.IGNORECASE)
_CONTROL_REFERENCE = re.compile(
    r"&#(?:0*(?:[1-8]|1[14-9]|2\d|3[01])(?!\d)|x0*(?:[1-8bef]|1[0-9a-f])(?![0-9a-f]));?", re.IGNORECASE
)
_CONTROLS = dict.fromkeys(code for code in range(0x20) if chr(code) not in "\t\n\f\r")


def claims(head: bytes, name: str) -> bool:
    """True for bytes that begin as an HTML page does, or as a piece of one; Markdown may begin with a piece.

    A file called .html needs no more than a tag of a text in it, unless it begins as another format does.
    """
    if _wide(head):
        head = head[: len(head) // 2 * 2].decode(_wide(head), "replace").lstrip("\ufeff").encode()
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
    markup, problems = charset.decode(data, _charset(data))
    markup = markup.removeprefix("\ufeff")
    text, more, spans = html_with_spans(markup)
    text = normalise(text)
    if len(text) > limits.text_length:
        note = f"The text has {len(text)} characters; only the first {limits.text_length} were read."
        more.append(problem(Code.TRUNCATED, at_limit(note, limits, "text_length")))
        text = text[: limits.text_length]
    if not text.strip():
        more.append(problem(Code.EMPTY_FILE, "The page holds no text."))
    found, problems = located(text, spans), problems + more
    return Reading(
        media_type="text/html",
        reader=READER,
        text=text,
        problems=problems,
        tables=found.cells,
        table_ends=found.ends,
    )


def _wide(data: bytes) -> str:
    """The two-byte encoding of a page that begins with its byte order mark or with "<"; "" for any other."""
    return WIDE.get(data[:2]) or _WIDE_TAG.get(data[:2], "")


def _charset(data: bytes) -> str | None:
    """By the first bytes, else as declared; a declaration of UTF-16 that can be read in single bytes is wrong."""
    declared = _DECLARED.search(data[:4096])
    name = declared.group(1).decode("ascii", "replace") if declared else None
    if name and name.lower().startswith(("utf-16", "utf-32", "ucs-", "unicode", "iso-10646")):
        name = "utf-8"
    return _wide(data) or ("utf-8" if data.startswith(b"\xef\xbb\xbf") else name)


def html_to_text(markup: str) -> tuple[str, list[Problem]]:
    """The visible text, with a ``hidden-text`` problem when some is not.

    Blocks and ``<br>`` begin new lines, table cells are divided by tabs and rows by line ends, a quotation's lines
    begin with "> ". A link's target follows its text in angle brackets where it says something else; text that is
    struck through is seen, so it stands here, between "~~"; a picture is its alternative text in brackets. A menu
    shows its chosen option, a field its value. What one click opens (<details>) is read; what a program would show
    (<noscript>, templates) is not. Letters are as written, also where a style prints them as capitals.
    """
    text, problems, _ = html_with_spans(markup)
    return text, problems


def html_with_spans(markup: str) -> tuple[str, list[Problem], list[Spans]]:
    """As :func:`html_to_text`, with the tables of two lines at least in the order of their ends."""
    root, problems = _parse(markup)
    if root is None:
        return "", problems, []
    writer = Writer(root, quirks=_DOCTYPE.search(markup[:2000]) is None)
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        if event == "start":
            writer.start(element)
        else:
            if event == "end":
                writer.end(element)
            elif event == "comment" and element.text == END_OF_PARAGRAPH:
                writer.end_paragraph()
            writer.text(element.tail)
    note = writer.hidden.note()
    if note:
        problems.append(problem(Code.HIDDEN_TEXT, note))
    return writer.result(), problems, writer.spans


class _Links:
    """Gives links a name of ours, as the parser would end them where a table begins; a link ends where one begins."""

    def __init__(self) -> None:
        self._open = False

    def __call__(self, tag: re.Match[str]) -> str:
        ends, was_open = bool(tag.group(1)), self._open
        self._open = not ends
        return f"</{OURS}a" if ends else f"</{OURS}a><{OURS}a" if was_open else f"<{OURS}a"


def _parse(markup: str) -> tuple[etree._Element | None, list[Problem]]:
    parser = lxml.html.HTMLParser(encoding="utf-8", no_network=True, remove_pis=True, huge_tree=True)
    markup = _CONTROL_REFERENCE.sub("\ufffd", markup.translate(_CONTROLS))
    markup = _STRAY.sub("", _BREAK.sub("<br>", markup))
    markup = _LINK.sub(_Links(), markup)
    markup = _KEPT_OPEN.sub(rf"<\1{OURS}\2", markup)
    data = _PARAGRAPH.sub(rf"\g<0><!--{END_OF_PARAGRAPH}-->", markup).encode("utf-8", "replace")
    try:
        root = lxml.html.document_fromstring(data, parser=parser) if data.strip() else None
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None, []
    if any(entry.level_name == "FATAL" for entry in parser.error_log):
        return root, [problem(Code.TOO_DEEP, "The HTML is nested too deep; what lies below was not read.")]
    return root, []
