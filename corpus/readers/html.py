"""HTML as the text a person sees, in reading order. Nothing is fetched, nothing is run."""

from __future__ import annotations

import re

import lxml.html
from lxml import etree

from corpus.limits import DEFAULT_LIMITS, Limits
from corpus.model import Problem
from corpus.normalise import normalise
from corpus.problems import Code, problem
from corpus.readers import charset
from corpus.readers.html_writer import Writer
from corpus.reading import Reading

READER = "html/1"

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
    begin with "> ". A link's target follows its text in angle brackets where it says something else; text that is
    struck through stands between "~~"; a picture is its alternative text in brackets.
    """
    root, problems = _parse(markup)
    if root is None:
        return "", problems
    writer = Writer(root)
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        if event == "start":
            writer.start(element)
        else:
            if event == "end":
                writer.end(element)
            writer.text(element.tail)
    note = writer.hidden.note()
    if note:
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
