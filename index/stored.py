"""What the index keeps of a part to show as a hit, and how numbers of papers and names of bodies compare.

Light: a search imports it.
"""

from __future__ import annotations

from bisect import bisect_right

import msgspec

from corpus.cpr import mask_digits
from corpus.patterns import late
from index.text import keyword
from index.tokens import without_padding

# In names of bodies: "Børne-, Unge- og Kulturudvalget".
WITH_HYPHEN, WITHOUT_HYPHEN = late(r"-(?=,| og )"), late(r"(?<=[^\W_])(?=,| og )")
ZEROS = late(r"^([^\W\d_]+)0+(?=\d)")


class Head(msgspec.Struct, kw_only=True, array_like=True):
    """All but the text. ``paths`` are all places of the content, the first one shown.

    ``page`` is the part's first one, ``page_breaks`` are the characters where each further one begins (None: not said).
    ``message_id`` is that of a mail's own message; a quoted copy has none.
    """

    id: str
    paths: list[str]
    part: int
    kind: str
    part_kind: str
    title: str | None
    date: str | None
    committee: str | None
    municipality: str | None
    page: int | None
    page_breaks: list[int] | None = []
    body_start: int
    quoted: bool
    fingerprint: str | None
    message_id: str | None

    def page_at(self, position: int) -> int | None:
        """The page of a character of the text; None for what has no pages, or where it is not known."""
        if self.page is None or self.page_breaks is None:
            return None
        return self.page + bisect_right(self.page_breaks, position)


class Standing(Head, kw_only=True):
    """``stands`` says where what fits a filter is in the text, see :mod:`index.standing`."""

    stands: bytes = b""


class Stored(Standing, kw_only=True):
    """What a hit shows without opening the document. What stands behind is not unpacked where it is not asked for."""

    text: str


_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(Stored).decode
_decode_head = msgspec.msgpack.Decoder(Head).decode
_decode_standing = msgspec.msgpack.Decoder(Standing).decode


def pack(stored: Stored) -> bytes:
    """Stored fields as bytes; an engine that does not compress what it stores does so itself."""
    return _encode(stored)


def unpack_head(data: bytes) -> Head:
    """All but the text, and where in it what fits a filter is."""
    return _decode_head(data)


def text_of(data: bytes) -> str:
    """The text alone."""
    return _decode(data).text


def stands_of(data: bytes) -> bytes:
    """Where its figures and decisions stand, as :mod:`index.standing` packed it."""
    return _decode_standing(data).stands


def unpack(data: bytes) -> Stored:
    """The reverse of :func:`pack`."""
    return _decode(data)


def code(value: str) -> str:
    """A paper's number as it is compared: "ISU 42", "ISU-42" and "isu42" are one; "2020-0012345" keeps its hyphen."""
    folded = keyword(mask_digits(value)).replace(" ", "")
    letters, _, digits = folded.partition("-")
    return letters + digits if letters.isalpha() and digits.isdigit() else folded


def bare_code(value: str) -> str:
    """As :func:`code`, without the zeros that some print after the letters or before a later number: "SSU 02", "SSU2"
    and "ssu002" are one, "2020-0012345" and "2020-12345" too."""
    return without_padding(ZEROS.sub(r"\1", code(value)))


def padded(digits: str) -> tuple[str, ...]:
    """A number as typed, without zeros before it, and with one or two."""
    bare = digits.lstrip("0") or "0"
    return tuple(dict.fromkeys((digits, bare, f"0{bare}", f"00{bare}")))


def body_names(name: str) -> list[str]:
    """A body's name as typed, and with and without the hyphens of words that another one ends: "Børne og Ungeudvalget"
    is "Børne- og Ungeudvalget"."""
    bare = WITH_HYPHEN.sub("", name)
    return list(dict.fromkeys((name, bare, WITHOUT_HYPHEN.sub("-", bare))))
