"""The MIME tree of a mail: which part is the body, and what hangs beside it."""

from __future__ import annotations

import email
import re
from email import errors, policy
from email.generator import BytesGenerator
from email.message import Message
from io import BytesIO
from mimetypes import guess_extension
from typing import cast

import msgspec

from corpus.limits import Limits
from corpus.model import Problem
from corpus.problems import Code, problem
from corpus.readers import charset
from corpus.readers.flowed import unflow
from corpus.readers.html import html_to_text
from corpus.readers.mail_headers import decode
from corpus.readers.mapi import all_problems, details_text, to_message
from corpus.readers.tnef_stream import is_empty, is_tnef, unpack
from corpus.reading import Child

DEEPEST = 100
LONGEST_NAME = 200
STUB = 10
"""A plain text with less than a tenth of the HTML's letters ("your program cannot show this mail") is no body."""
_UNSAFE = re.compile(r"[\x00-\x1f\x7f<>:\"|?*\u202a-\u202e\u2066-\u2069]+")
_BOUNDARY = re.compile(r"^--([!-~]{1,70})[ \t]*\r?$", re.MULTILINE)
_EXTENSIONS = {"text/plain": ".txt", "text/html": ".html", "message/rfc822": ".eml", "image/jpeg": ".jpg"}
_DEFECTS: dict[type[errors.MessageDefect], str] = {
    errors.CloseBoundaryNotFoundDefect: "The last boundary is missing: the mail may have been cut off.",
    errors.StartBoundaryNotFoundDefect: "The announced boundary does not occur.",
    errors.NoBoundaryInMultipartDefect: "A multipart announces no boundary.",
    errors.MultipartInvariantViolationDefect: "A multipart has no parts.",
    errors.InvalidBase64PaddingDefect: "Base64 without its padding: the end of a part may be missing.",
    errors.InvalidBase64CharactersDefect: "Base64 with foreign characters in it.",
    errors.InvalidBase64LengthDefect: "Base64 of an impossible length: a part could not be decoded.",
    errors.MissingHeaderBodySeparatorDefect: "A line among the headers is none.",
    errors.FirstHeaderLineIsContinuationDefect: "The first header line continues nothing.",
}


class Contents(msgspec.Struct, kw_only=True):
    """The body as text, the attachments in the order of the mail, and what was wrong with them."""

    text: str = ""
    body_type: str = ""
    children: list[Child] = []
    problems: list[Problem] = []


class _Body(msgspec.Struct, frozen=True):
    text: str
    kind: str


def read_contents(message: Message, limits: Limits) -> Contents:
    """Body and attachments of one message. Plain text is preferred unless it is empty or a stub."""
    tree = _Tree(limits)
    bodies = tree.read(message, 0)
    tree.note_defects(message)
    if not any(body.text.strip() for body in bodies):
        bodies = tree.wrapped
    bodies += tree.details
    text = "\n\n".join(body.text.strip("\n") for body in bodies if body.text.strip())
    kinds = sorted({body.kind for body in bodies if body.text.strip()})
    return Contents(
        text=text + "\n" if text else "",
        body_type=", ".join(kinds),
        children=tree.children,
        problems=tree.problems,
    )


class _Tree:
    def __init__(self, limits: Limits) -> None:
        self.children: list[Child] = []
        self.problems: list[Problem] = []
        self.wrapped: list[_Body] = []
        self.details: list[_Body] = []
        self._unwrapping = False
        self._limits = limits
        self._size = 0
        self._full = False

    # --- the body ---------------------------------------------------------------------------------------------

    def read(self, part: Message, depth: int) -> list[_Body]:
        """The bodies below a part in reading order; everything else becomes a child on the way."""
        kind = part.get_content_type()
        if depth > DEEPEST:
            self.problems.append(problem(Code.TOO_DEEP, f"The mail's parts are nested deeper than {DEEPEST}."))
            return []
        if kind == "message/rfc822" or (kind.startswith("message/") and part.is_multipart()):
            self._keep_message(part)
            return []
        if part.get_content_maintype() == "multipart":
            return self._multipart(part, kind, depth)
        if kind in ("text/plain", "text/html") and not _is_attached(part):
            return [self._text(part, kind)]
        self._keep(part, kind)
        return []

    def _multipart(self, part: Message, kind: str, depth: int) -> list[_Body]:
        parts = _subparts(part)
        if parts is None:
            parts = _mended(part)
            self.problems.append(problem(Code.DAMAGED_MAIL, "A multipart without its boundary was read as it stands."))
            if parts is None:
                return [self._text(part, "text/plain")]
        if kind == "multipart/alternative":
            return self._best([self.read(inner, depth + 1) for inner in parts])
        if kind == "multipart/related" and parts:
            return self._related(parts, depth)
        bodies: list[_Body] = []
        for inner in parts:
            if bodies and _is_named_text(inner):
                self._keep(inner, inner.get_content_type())
            else:
                bodies += self.read(inner, depth + 1)
        return bodies

    def _related(self, parts: list[Message], depth: int) -> list[_Body]:
        """The root comes first (RFC 2387); a text beside it is one of its resources, not a body."""
        bodies = self.read(parts[0], depth + 1)
        for inner in parts[1:]:
            if bodies and inner.get_content_type() == "text/html":
                self._keep(inner, inner.get_content_type())
            else:
                bodies += self.read(inner, depth + 1)
        return bodies

    def _best(self, choices: list[list[_Body]]) -> list[_Body]:
        """Of the same text in several forms the plain one, unless it is empty or a stub."""
        inked = [choice for choice in choices if any(body.text.strip() for body in choice)]
        if not inked:
            return []
        plain = next((choice for choice in inked if choice[0].kind == "text/plain"), None)
        rich = next((choice for choice in reversed(inked) if choice[0].kind == "text/html"), None)
        if plain is None or rich is None:
            return plain or rich or inked[0]
        return rich if STUB * _letters(plain) < _letters(rich) else plain

    def _text(self, part: Message, kind: str) -> _Body:
        data = _payload(part)
        text, notes = charset.decode(data, _declared(part))
        self.problems += notes
        if kind == "text/html":
            text, hidden = html_to_text(text)
            self.problems += hidden
        elif _parameter(part, "format").lower() == "flowed":
            text = unflow(text, delete_space=_parameter(part, "delsp").lower() == "yes")
        return _Body(text, kind)

    # --- children ---------------------------------------------------------------------------------------------

    def _keep(self, part: Message, kind: str) -> None:
        data = _payload(part)
        if is_tnef(data) and not self._unwrapping and self._unwrap(data):
            return
        suffix = _EXTENSIONS.get(kind) or guess_extension(kind) or ".bin"
        self._add(self._name(part, suffix), kind, data)

    def _unwrap(self, data: bytes) -> bool:
        """Outlook's winmail.dat: its files hang on this mail, and its text is the mail's that has none of its own.

        False where nothing could be read in it, and it stays a file; so does one inside another.
        """
        item = unpack(data)
        self.problems += all_problems(item)
        if is_empty(item):
            return False
        if item.details:
            self.details.append(_Body(details_text(item), "text/plain"))
        self._unwrapping = True
        self.wrapped += self.read(to_message(msgspec.structs.replace(item, details=())), 0)
        self._unwrapping = False
        return True

    def _keep_message(self, part: Message) -> None:
        inner = part.get_payload()
        nested = inner[0] if isinstance(inner, list) and inner else None
        if nested is None:
            self._keep(part, part.get_content_type())
            return
        data = _nested_bytes(part, cast("Message", nested))
        name = self._name(part, ".eml", otherwise=decode(_header(cast("Message", nested), "Subject"), []))
        self._add(name, "message/rfc822", data)

    def _name(self, part: Message, suffix: str, otherwise: str = "") -> str:
        name = clean_name(_file_name(part))
        if not name and clean_name(otherwise):
            name = clean_name(otherwise)[: LONGEST_NAME - len(suffix)] + suffix
        return name or f"bilag-{len(self.children) + 1}{suffix}"

    def _add(self, name: str, kind: str, data: bytes) -> None:
        self._size += len(data)
        if len(self.children) < self._limits.children and self._size <= self._limits.children_size:
            self.children.append(Child(name=name, media_type=kind, data=data))
        elif not self._full:
            self._full = True
            note = (
                f"Attachments beyond {self._limits.children} files or {self._limits.children_size} bytes were not read."
            )
            self.problems.append(problem(Code.TRUNCATED, note))

    # --- defects ----------------------------------------------------------------------------------------------

    def note_defects(self, message: Message) -> None:
        """One problem per kind of defect that the parser or the decoding met."""
        met = {type(defect) for part in _own_parts(message) for defect in part.defects}
        for kind, note in _DEFECTS.items():
            if kind in met:
                code = Code.BAD_HEADER if "eader" in kind.__name__ else Code.DAMAGED_MAIL
                self.problems.append(problem(code, note))


def clean_name(name: str) -> str:
    """A file name without folders, control and direction characters, and not too long; "" for nothing."""
    name = _UNSAFE.sub("", name.replace("\\", "/").rpartition("/")[2]).strip(" .")
    stem, dot, extension = name.rpartition(".")
    if len(name) > LONGEST_NAME and dot and len(extension) <= 10:
        return stem[: LONGEST_NAME - len(extension) - 1] + dot + extension
    return name[:LONGEST_NAME]


def _own_parts(message: Message) -> list[Message]:
    """The parts of this message, not those of messages attached to it."""
    found, open_parts = [], [message]
    while open_parts:
        part = open_parts.pop()
        found.append(part)
        if part.get_content_maintype() == "multipart":
            open_parts += _subparts(part) or []
    return found


def _subparts(part: Message) -> list[Message] | None:
    payload = part.get_payload()
    return [inner for inner in payload if isinstance(inner, Message)] if isinstance(payload, list) else None


def _mended(part: Message) -> list[Message] | None:
    """The parts of a multipart whose boundary is not announced, by the boundary that its body uses."""
    payload = part.get_payload()
    found = _BOUNDARY.search(payload) if isinstance(payload, str) else None
    if found is None:
        return None
    boundary = found.group(1).replace("\\", "\\\\").replace('"', '\\"')
    head = f'Content-Type: multipart/mixed; boundary="{boundary}"\n\n'
    data = (head + cast("str", payload)).encode("utf-8", "surrogateescape")
    return _subparts(email.message_from_bytes(data, policy=policy.compat32)) or None


def _payload(part: Message) -> bytes:
    """The decoded bytes of a leaf; base64 that is broken gives what can be decoded."""
    try:
        data = part.get_payload(decode=True)
    except (ValueError, LookupError, TypeError):
        data = None
    if isinstance(data, bytes):
        return data
    raw = part.get_payload()
    return raw.encode("utf-8", "surrogateescape") if isinstance(raw, str) else b""


def _nested_bytes(outer: Message, nested: Message) -> bytes:
    """An attached message as a file. Some programs encode it in base64, against RFC 2046; then that is undone."""
    if _header(outer, "Content-Transfer-Encoding").strip().lower() == "base64" and not nested.keys():
        nested["Content-Transfer-Encoding"] = "base64"
        return _payload(nested)
    out = BytesIO()
    try:
        BytesGenerator(out, mangle_from_=False, policy=policy.compat32).flatten(nested)
    except (ValueError, LookupError, TypeError, AttributeError):
        return str(nested.get_payload()).encode("utf-8", "surrogateescape")
    return out.getvalue()


def _header(part: Message, name: str) -> str:
    return next((str(value) for field, value in part.raw_items() if field.lower() == name.lower()), "")


def _file_name(part: Message) -> str:
    try:
        name = part.get_filename("") or ""
    except (ValueError, LookupError, TypeError):
        return ""
    return decode(str(name), [])


def _disposition(part: Message) -> str:
    return _header(part, "Content-Disposition").partition(";")[0].strip().lower()


def _is_attached(part: Message) -> bool:
    return _disposition(part) == "attachment"


def _is_named_text(part: Message) -> bool:
    return part.get_content_maintype() == "text" and bool(_file_name(part))


def _parameter(part: Message, name: str) -> str:
    try:
        value = part.get_param(name, "")
    except (ValueError, TypeError):
        return ""
    return value if isinstance(value, str) else ""


def _declared(part: Message) -> str | None:
    try:
        return part.get_content_charset()
    except (ValueError, LookupError, TypeError, UnicodeError):
        return None


def _letters(bodies: list[_Body]) -> int:
    return sum(len("".join(body.text.split())) for body in bodies)
