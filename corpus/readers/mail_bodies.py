"""The texts of a mail: each form that a body has, read only when it is needed."""

from __future__ import annotations

import re
from email.message import Message
from functools import cached_property

from corpus.model import Problem
from corpus.problems import Code, problem
from corpus.readers import charset
from corpus.readers.flowed import unflow
from corpus.readers.html import html_with_spans
from corpus.readers.html_spans import Spans
from corpus.readers.mail_headers import in_ascii
from corpus.readers.mail_source import decoded, header, payload_of, undeclared_base64, uudecoded
from corpus.readers.rtf_body import rtf_to_body

HTML = ("text/html", "text/x-amp-html")
ENRICHED = ("text/enriched", "text/richtext")
_CHARSET = re.compile(r"[;\s]charset\s*=\s*[\"']?([^\s\"';]+)", re.IGNORECASE)
_TAG = re.compile(r"<(?:(style|script|head)\b|(!--))?", re.IGNORECASE)
_TAG_END = re.compile(">")
_UNSEEN_ENDS = {name: re.compile(rf"</{name}\s*+>", re.IGNORECASE) for name in ("style", "script", "head")}
_UNSEEN_ENDS["!--"] = re.compile("-->")
_PARAM = re.compile(r"<param>.*?</param>", re.DOTALL | re.IGNORECASE)
_COMMAND = re.compile(r"<<|</?[A-Za-z][A-Za-z0-9-]{0,60}>")
_LINE_ENDS = re.compile(r"\n+")
# Without its "end" it is one only by its full lines, and to the end of the text.
_UUENCODED_CUT = re.compile(
    r"^begin [0-7]{3,4} ([^\n]{1,200})\n((?:M[ -`]{60}\n){2,}+(?:[ -`]{1,90}\n){0,2})[ -`]{0,90}\Z", re.MULTILINE
)
_UUENCODED = re.compile(r"^begin [0-7]{3,4} ([^\n]{1,200})\n((?:[ -`]{1,90}\n)+?)end[ \t]*$\n?", re.MULTILINE)


class Body:
    """One text of a mail. Its problems are those met so far: an HTML form that is not shown is not read either."""

    def __init__(self, part: Message, kind: str) -> None:
        self.problems: list[Problem] = []
        self.spans: list[Spans] = []
        self.kind = "text/html" if kind in HTML else kind
        self._part = part

    @cached_property
    def text(self) -> str:
        if self.kind == "text/rtf":
            return self._rtf()
        if self.kind == "text/html":
            text, hidden, self.spans = html_with_spans(self._raw)
            self.problems += hidden
            return text
        if self.kind in ENRICHED:
            return _plain_of_enriched(self._raw, joined=self.kind == "text/enriched")
        if "flowed" in header(self._part, "Content-Type").lower() and _parameter(self._part, "format") == "flowed":
            return unflow(self._raw, delete_space=_parameter(self._part, "delsp") == "yes")
        return self._raw

    def letters(self) -> int:
        """How much text there is, blanks not counted."""
        return len("".join(self.text.split()))

    def is_shorter(self, limit: int) -> bool:
        """Whether there is less text than that; HTML is read for it only where neither its size nor its words tell."""
        payload = payload_of(self._part)
        if isinstance(payload, str) and len(payload) <= limit:
            return True
        if self.kind == "text/html" and len("".join(_between_tags(self._raw).split())) <= limit:
            return True
        return self.letters() <= limit

    @cached_property
    def _data(self) -> bytes:
        data, note = decoded(self._part)
        payload = payload_of(self._part)
        if isinstance(payload, str) and not header(self._part, "Content-Transfer-Encoding"):
            found = undeclared_base64(payload)
            if found is not None:
                data, note = found, "A text in base64 does not say so; it was decoded."
        if note:
            self.problems.append(problem(Code.DAMAGED_MAIL, note))
        return data

    @cached_property
    def _raw(self) -> str:
        text, notes = charset.decode(self._data, _charset(self._part))
        self.problems += notes
        return text

    def _rtf(self) -> str:
        body = rtf_to_body(self._data)
        if body.html is None:
            return body.plain or ""
        text, hidden, self.spans = html_with_spans(body.html)
        self.problems += hidden
        return text


def uuencoded_files(text: str) -> tuple[str, list[tuple[str, bytes]], str]:
    """The text without the uuencoded files in it ("begin 644 name" to "end"), these with their names, and the name of
    the last one if the text breaks off in it ("" for none).
    """
    files: list[tuple[str, bytes]] = []

    def taken(found: re.Match[str]) -> str:
        data = uudecoded(found.group(2))
        if not data:
            return found.group()
        files.append((found.group(1).strip(), data))
        return ""

    text, before = _UUENCODED.sub(taken, text.replace("\r\n", "\n")), len(files)
    text = _UUENCODED_CUT.sub(taken, text)
    return text, files, files[-1][0] if len(files) > before else ""


def _plain_of_enriched(text: str, *, joined: bool) -> str:
    """Enriched text (RFC 1896) without its commands: one line end is a blank, each further one a line end."""
    text = _PARAM.sub("", text.replace("\r\n", "\n"))
    text = _COMMAND.sub(lambda found: "<" if found.group() == "<<" else "", text)
    return _LINE_ENDS.sub(lambda run: "\n" * (len(run.group()) - 1) or " ", text.strip()) if joined else text


def _parameter(part: Message, name: str) -> str:
    try:
        value = part.get_param(name, "")
    except (ValueError, TypeError):
        return ""
    return value.lower() if isinstance(value, str) else ""


def _charset(part: Message) -> str | None:
    declared = header(part, "Content-Type")
    if "*" not in declared:
        found = _CHARSET.search(declared)
        return in_ascii(found.group(1).lower()) if found else None
    try:
        return in_ascii(part.get_content_charset() or "") or None
    except (ValueError, LookupError, TypeError, UnicodeError):
        return None


def _between_tags(html: str) -> str:
    """The text of a page without its tags, styles, scripts and comments; what does not end is no more than its tag."""
    pieces: list[str] = []
    endless: set[str] = set()
    position = 0
    for tag in _TAG.finditer(html):
        if tag.start() < position:
            continue
        pieces.append(html[position : tag.start()])
        kind = (tag.group(1) or tag.group(2) or "").lower()
        end = _UNSEEN_ENDS[kind].search(html, tag.end()) if kind and kind not in endless else None
        if end is None:
            endless.add(kind)
            end = _TAG_END.search(html, tag.end())
        position = end.end() if end else tag.start()
        if end is None:
            break
    return "".join(pieces) + html[position:]
