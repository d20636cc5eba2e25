"""The MIME tree of a mail: which part is the body, and what hangs beside it."""

from __future__ import annotations

import re
from email import errors
from email.message import Message
from mimetypes import MimeTypes

import msgspec

from corpus.limits import Limits, at_limit
from corpus.model import Problem
from corpus.problems import Code, problem
from corpus.readers import cms
from corpus.readers.html_spans import Spans
from corpus.readers.mail_bodies import Body, uuencoded_files
from corpus.readers.mail_headers import decode
from corpus.readers.mail_names import LONGEST_NAME, clean_name, file_name
from corpus.readers.mail_source import (
    HeadersEndedEarly,
    NestedTooDeep,
    decoded,
    header,
    mended_part,
    parse,
    payload_of,
    source,
    undone,
)
from corpus.readers.mapi import Item, all_problems, to_message
from corpus.readers.tnef_stream import is_empty, is_tnef, unpack
from corpus.reading import Child

STUB = 10
"""A plain text with less than a tenth of the HTML's letters ("your program cannot show this mail") is no body."""
NOTICE = 1_000
"""A text before the first part that names MIME and is no longer than this is the usual notice to old programs."""
_KIND = re.compile(r"[\w.+-]+/[\w.+-]+")
_BOUNDARY = re.compile(r"^--([^\r\n]{0,199}\S)[ \t]*+\r?$", re.MULTILINE)
_TYPES = MimeTypes()
"""Python's own list: the machine's would name the same attachment differently on another one."""
_EXTENSIONS = {"text/plain": ".txt", "text/html": ".html", "message/rfc822": ".eml", "image/jpeg": ".jpg"}
_EXTENSIONS |= {"image/jpg": ".jpg", "text/calendar": ".ics", "text/rfc822-headers": ".eml", "text/rtf": ".rtf"}
_SMIME = ("application/pkcs7-mime", "application/x-pkcs7-mime")
_TEXTS = "text/plain text/html text/enriched text/richtext text/markdown text/x-markdown text/x-amp-html text/rtf"
_BODIES = frozenset(_TEXTS.split())
_FIELDS = ("message/delivery-status", "message/disposition-notification", "message/external-body")
"""Messages in name only: blocks of fields, and the place where an attachment lies."""
_DEFECTS: dict[type[errors.MessageDefect], str] = {
    errors.CloseBoundaryNotFoundDefect: "The last boundary is missing: the mail may have been cut off.",
    errors.StartBoundaryNotFoundDefect: "The announced boundary does not occur.",
    errors.NoBoundaryInMultipartDefect: "A multipart announces no boundary.",
    errors.MissingHeaderBodySeparatorDefect: "A line among the headers is none.",
    errors.FirstHeaderLineIsContinuationDefect: "The first header line continues nothing.",
    HeadersEndedEarly: "The headers go on behind a line that is none; they were read as one block.",
}


class Contents(msgspec.Struct, kw_only=True):
    """The body as text, the attachments in the order of the mail, and what was wrong with them."""

    text: str = ""
    body_type: str = ""
    children: list[Child] = []
    problems: list[Problem] = []
    spans: list[Spans] = []


def read_contents(message: Message, limits: Limits) -> Contents:
    """Body and attachments of one message. Plain text is preferred unless it is empty or a stub."""
    tree = _Tree(limits)
    bodies = [body for body in tree.read(message, 0) if body.text.strip()]
    bodies = [body for body in (bodies or tree.wrapped) + tree.details if body.text.strip()]
    text = "\n\n".join(tree.printed(body).strip("\r\n") for body in bodies)
    return Contents(
        text=text + "\n" if text.strip() else "",
        body_type=", ".join(sorted({body.kind for body in bodies})),
        children=tree.children,
        problems=[*tree.problems, *tree.defects()],
        spans=[spans for body in bodies for spans in body.spans],
    )


class _Tree:
    def __init__(self, limits: Limits) -> None:
        self.children: list[Child] = []
        self.problems: list[Problem] = []
        self.wrapped: list[Body] = []
        self.details: list[Body] = []
        self._unwrapping = False
        self._limits = limits
        self._size = 0
        self._full = False
        self._met: set[type[errors.MessageDefect]] = set()

    # --- the body ---------------------------------------------------------------------------------------------

    def read(self, part: Message, depth: int) -> list[Body]:
        """The bodies below a part in reading order; everything else becomes a child on the way."""
        if depth > self._limits.mail_depth:
            self._note(Code.TOO_DEEP, f"The mail's parts are nested deeper than {self._limits.mail_depth}.")
            return []
        part = mended_part(part) if part.defects and depth else part
        self._met.update(map(type, part.defects))
        kind = _kind(part)
        if kind.startswith("message/"):
            self._keep_message(part, kind)
            return []
        if kind.startswith("multipart/"):
            return self._multipart(part, kind, depth)
        if kind in _SMIME:
            return self._smime(part, kind, depth)
        if kind in _BODIES and not _is_attached(part):
            return [Body(part, kind)]
        self._keep(part, kind)
        return []

    def printed(self, body: Body) -> str:
        """The text of a body that is shown: its problems are the mail's, and files written into it are children."""
        self.problems += body.problems
        text = body.text
        if "-----BEGIN PGP MESSAGE-----" in text:
            self._note(Code.ENCRYPTED_MAIL, "The text is encrypted (PGP).")
        if body.kind == "text/plain" and "begin " in text:
            text, files, cut = uuencoded_files(text)
            if cut:
                self._note(Code.DAMAGED_MAIL, f"The text breaks off in the uuencoded file {cut!r}, which is not whole.")
            for name, data in files:
                self._add(clean_name(name) or f"bilag-{len(self.children) + 1}.bin", "application/octet-stream", data)
        return text

    def _multipart(self, part: Message, kind: str, depth: int) -> list[Body]:
        parts = _subparts(part)
        if parts is None:
            parts = _mended(part)
            if parts is None:
                return [Body(part, "text/plain")]
            self._note(Code.DAMAGED_MAIL, "A multipart without its boundary was read as it stands.")
        if kind == "multipart/encrypted":
            self._note(Code.ENCRYPTED_MAIL, "The mail is encrypted; its parts are kept as files.")
        outside = self._outside(part)
        parts = _regrouped(part, parts + outside)
        if kind == "multipart/alternative":
            return self._best([self.read(inner, depth + 1) for inner in parts])
        bodies: list[Body] = []
        for inner in parts:
            if bodies and (_is_named_text(inner) or (kind == "multipart/related" and _kind(inner) == "text/html")):
                self._keep(inner, _kind(inner))
            else:
                bodies += self.read(inner, depth + 1)
        return bodies

    def _best(self, choices: list[list[Body]]) -> list[Body]:
        """Of the same text in several forms the plain one, unless it is empty or a stub.

        Plain texts in the other choices are no form of it (a footer), nor is a second plain choice: they stay.
        """
        plain = [body for choice in choices for body in choice if body.kind == "text/plain" and body.text.strip()]
        rich = next((choice for choice in reversed(choices) if choice and choice[0].kind == "text/html"), [])
        letters = sum(body.letters() for body in plain)
        if plain and all(body.is_shorter(STUB * letters // len(rich)) for body in rich):
            return plain
        inked = [choice for choice in (rich, *choices) if any(body.text.strip() for body in choice)]
        return inked[0] if inked else []

    def _smime(self, part: Message, kind: str, depth: int) -> list[Body]:
        """What a signed message holds is read in its place; an encrypted one is kept as it is."""
        data, _ = decoded(part)
        content = cms.signed_content(data)
        if content is not None:
            return self.read(parse(content), depth + 1)
        if cms.is_encrypted(data):
            self._note(Code.ENCRYPTED_MAIL, "The mail is encrypted (S/MIME); it is kept as a file.")
        self._keep(part, kind)
        return []

    def _outside(self, part: Message) -> list[Message]:
        """Parts behind the closing boundary. Other text outside the parts, which no program shows, becomes a child."""
        epilogue, preamble = part.epilogue or "", part.preamble or ""
        parts: list[Message] = []
        boundary = part.get_boundary() if epilogue and not epilogue.isspace() else None
        if boundary and f"--{boundary}" in epilogue:
            again = _with_boundary(boundary, epilogue)
            parts, epilogue, before = _subparts(again) or [], again.epilogue or "", again.preamble or ""
            preamble = preamble if not before.strip() else preamble + before
        is_notice = len(preamble) <= NOTICE and "mime" in preamble.lower()
        for text in ("" if is_notice else preamble, epilogue):
            if text.strip():
                name = f"uden-for-delene-{len(self.children) + 1}.txt"
                note = f"{len(text.strip())} characters stand outside the parts of the mail; they are kept as '{name}'."
                self._note(Code.HIDDEN_TEXT, note)
                self._add(name, "text/plain", text.strip("\r\n").encode("utf-8", "surrogateescape"))
        return parts

    # --- children ---------------------------------------------------------------------------------------------

    def _keep(self, part: Message, kind: str) -> None:
        data, note = decoded(part)
        if note:
            self._note(Code.DAMAGED_MAIL, note)
        if is_tnef(data) and not self._unwrapping and self._unwrap(data):
            return
        suffix = (
            _EXTENSIONS.get(kind) or _TYPES.guess_extension(kind) or (".txt" if kind.startswith("text/") else ".bin")
        )
        self._add(self._name(part, suffix), kind, data)

    def _unwrap(self, data: bytes) -> bool:
        """Outlook's winmail.dat: its files hang on this mail, and its text is the mail's that has none of its own.

        False where nothing could be read in it, and it stays a file; so does one inside another.
        """
        item = unpack(data)
        self.problems += all_problems(item)
        if is_empty(item):
            return False
        self._unwrapping = True
        self.wrapped += self.read(to_message(msgspec.structs.replace(item, details=())), 0)
        self.details += self.read(to_message(Item(details=item.details)), 0)
        self._unwrapping = False
        return True

    def _keep_message(self, part: Message, kind: str) -> None:
        """An attached message as a file. A report's and a reference's fields are text; nothing of them is left out."""
        inner = _subparts(part)
        if kind in _FIELDS or not inner:
            if kind == "message/external-body":
                self._note(Code.DAMAGED_MAIL, "An attachment lies elsewhere; the mail only says where.")
                data = source(part)
            elif inner:
                data = b"".join(map(source, inner))
            else:
                data = decoded(part)[0]
            self._add(self._name(part, ".txt"), kind, data)
            return
        if kind == "message/partial":
            self._note(Code.DAMAGED_MAIL, "The mail is one piece of a longer one; the others are mails of their own.")
        data = source(inner[0])
        encoding = header(part, "Content-Transfer-Encoding")
        if encoding and not (encoding.strip().lower().startswith("base64") and inner[0].keys()):
            data = undone(data.decode("utf-8", "surrogateescape"), encoding)[0]
        name = self._name(part, ".eml", otherwise=decode(header(inner[0], "Subject"), []))
        self._add(name, "message/rfc822" if kind == "message/global" else kind, data)

    def _name(self, part: Message, suffix: str, otherwise: str = "") -> str:
        name = file_name(part)
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
            self._note(Code.TRUNCATED, at_limit(note, self._limits, "children", "children_size"))

    # --- problems ---------------------------------------------------------------------------------------------

    def _note(self, code: Code, note: str) -> None:
        self.problems.append(problem(code, note))

    def defects(self) -> list[Problem]:
        """One problem per kind of defect that the parser met."""
        found = []
        if NestedTooDeep in self._met:
            found.append(problem(Code.TOO_DEEP, "The mail's parts are nested so deep that it was not divided."))
        for kind, note in _DEFECTS.items():
            if kind in self._met:
                code = Code.BAD_HEADER if "eader" in kind.__name__ else Code.DAMAGED_MAIL
                found.append(problem(code, note))
        return found


def _kind(part: Message) -> str:
    """The media type, without what stands behind it in a broken header."""
    declared = part.get_content_type()
    found = _KIND.match(declared)
    return found.group() if found else "text/plain"


def _subparts(part: Message) -> list[Message] | None:
    payload = payload_of(part)
    return [inner for inner in payload if isinstance(inner, Message)] if isinstance(payload, list) else None


def _mended(part: Message) -> list[Message] | None:
    """The parts of a multipart whose boundary is not announced, by the boundary that its body uses."""
    payload = payload_of(part)
    if not isinstance(payload, str):
        return None
    found = next((match for match in _BOUNDARY.finditer(payload) if match.group(1).strip("- ")), None)
    return None if found is None else _subparts(_with_boundary(found.group(1), payload)) or None


def _with_boundary(boundary: str, text: str) -> Message:
    """A text divided by a boundary that its header does not announce, or that is not ASCII, as RFC 2046 demands."""
    if not boundary.isascii() or '"' in boundary or "\\" in boundary:
        stand_in = "del"
        while stand_in in text:
            stand_in += "-"
        text = re.sub(rf"^--{re.escape(boundary)}(?=-{{0,2}}[ \t]*\r?$)", f"--{stand_in}", text, flags=re.MULTILINE)
        boundary = stand_in
    head = f'Content-Type: multipart/mixed; boundary="{boundary}"\n\n'
    return parse((head + text).encode("utf-8", "surrogateescape"))


def _regrouped(part: Message, parts: list[Message]) -> list[Message]:
    """Parts behind an inner multipart of the same boundary belong to it, for the parser took them for the outer's."""
    for index, inner in enumerate(parts):
        payload = payload_of(inner)
        is_empty = isinstance(payload, str) and (not payload or payload.isspace())
        if is_empty and inner.get_content_maintype() == "multipart" and inner.get_boundary() == part.get_boundary():
            inner.set_payload([*parts[index + 1 :]])
            inner.defects.clear()
            return [*parts[:index], inner]
    return parts


def _disposition(part: Message) -> str:
    return header(part, "Content-Disposition").partition(";")[0].strip().lower()


def _is_attached(part: Message) -> bool:
    return _disposition(part) == "attachment"


def _is_named_text(part: Message) -> bool:
    return part.get_content_maintype() == "text" and bool(file_name(part))
