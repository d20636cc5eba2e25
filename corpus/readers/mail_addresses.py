"""The address lists of mail headers, as programs write them and not only as RFC 5322 allows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import msgspec

from corpus.model import Address

Decode = Callable[[str], str]
"""From a raw piece of a header to its text: encoded words and 8-bit bytes resolved."""

_PLAIN = r'[^\s<>@"\\(),;:\[\]=?]+@[^\s<>@"\\(),;:\[\]=?]+'
_USUAL = re.compile(
    rf'\s*+(?:(?:"(?P<quoted>[^"\\]*+)"\s*+|(?P<bare>[^"\\<>@,;:()\[\]]*+))<(?P<angled>{_PLAIN})>|(?P<alone>{_PLAIN}))'
    r"\s*+(?:,|$)"
)
"""What nearly all headers hold: names with their address in angle brackets, or addresses, divided by commas."""
_MARK = re.compile(r'=\?[^?\s]{1,75}\?[BbQq]\?[^?]{0,2000}\?=|<[^<>]{0,1000}>|\\.|[",;:()]')
_ANGLED = re.compile(r'\\.|"(?:[^"\\]|\\.)*"|<([^<>]*)>')
_QUOTED = re.compile(r'\\(?P<escaped>["\\()])|"(?P<inside>(?:[^"\\]|\\.)*)"')
_ESCAPE = re.compile(r"\\(.)")
_PARENTHESIS = re.compile(r"\\.|[()]")
_ROUTE = re.compile(r"@[^:<>]*:")
_SPACED = re.compile(r"(?:(?<!\s)\s++)?@\s*+|(?<=[@.\w-])\s++\.\s*+(?=\w++\s*+$)")
_QUOTED_LOCAL = re.compile(r'"(?:[^"\\]|\\.)*"@\S+')
_IN_TEXT = re.compile(r"(.*?)<([^\s<>@]+@[^\s<>@]+)>")
_BLANKS = re.compile(r"\s+")


class _Piece(msgspec.Struct, frozen=True):
    """What stands between two dividers; ``end`` is the divider behind it ("," ";" ":" or "" at the end)."""

    text: str
    end: str


def parse_address_list(raw: str, decode: Decode) -> list[Address]:
    """The participants of an unfolded header in its order.

    They are divided by "," or ";". A piece without an address belongs to the next one's name ("Berg, Bo <…>" without
    quotation marks). A group without members stands for itself ("undisclosed-recipients:;").
    """
    raw = " ".join(raw.split())
    if raw.isascii() and raw.isprintable() and "=?" not in raw:  # nothing to decode
        decode = str.strip
    found = _usual(raw, decode)
    if found is None:
        found = [person for text in _divided(raw) for person in _people(text, decode)]
    named = [person for person in found if person.address or _says_something(person.name or "")]
    return [person for index, person in enumerate(named) if not index or person != named[index - 1]]


def _says_something(name: str) -> bool:
    """A letter or digit, or the block that a redaction leaves."""
    return any(character.isalnum() or character == "█" for character in name)


def _usual(raw: str, decode: Decode) -> list[Address] | None:
    found, position = [], 0
    while position < len(raw):
        match = _USUAL.match(raw, position)
        if match is None:
            return None
        quoted, bare, angled, alone = match.groups()
        if alone:
            found.append(Address(address=decode(alone)))
        else:
            name = _tidy(decode(quoted or bare or ""))
            if "<" in name:
                return None
            found.append(_address(name, decode(angled)))
        position = match.end()
    return found


# --- dividing ---------------------------------------------------------------------------------------------------


def _divided(raw: str) -> Iterator[str]:
    """The text of one participant each, groups opened and unquoted commas in names undone."""
    pieces = _pieces(raw)
    last_close = max((index for index, piece in enumerate(pieces) if piece.end == ";"), default=-1)
    by_semicolon = False
    group: str | None = None
    prefix = ""
    waiting: list[str] = []
    for index, piece in enumerate(pieces):
        text = (prefix + piece.text).strip()
        prefix = ""
        if piece.end == ":":
            if group is None and index < last_close and "@" not in text:
                group, waiting = text, []
            else:
                prefix = text + ":"
            continue
        by_semicolon = by_semicolon or piece.end == ";"
        if _uncommented(text)[0]:
            waiting.append(text)
        if piece.end == ";" and group is not None:
            quoted = group.startswith('"')
            waiting, group = waiting or [group if quoted else _uncommented(group)[0] or group], None
        if piece.end != "," or "@" in text:
            yield from _joined(waiting, by_semicolon=by_semicolon)
            waiting = []
            group = None if group is None else ""
    yield from _joined(waiting, by_semicolon=by_semicolon)


def _joined(texts: list[str], *, by_semicolon: bool) -> Iterator[str]:
    """Names without an address belong to the address behind them; without one, only "Berg, Bo" is one person."""
    last = texts[-1] if texts else ""
    named = len(texts) > 1 and (last.endswith(">") or ("@" in last and " " in last))
    if named or (len(texts) == 2 and "@" not in last and (by_semicolon or " " not in texts[0])):
        yield ", ".join(texts)
    else:
        yield from texts


def _pieces(raw: str) -> list[_Piece]:
    """Cut at "," ";" and ":" outside quotation marks, comments, angle brackets and encoded words.

    A quotation mark or parenthesis that is never closed is taken as no mark, in a second pass: both are linear.
    """
    ignored = ""
    while True:
        pieces, open_mark = _pass(raw, ignored)
        if not open_mark:
            return pieces
        ignored += open_mark
        if open_mark == '"':
            raw = raw.replace('"', " ")


def _pass(raw: str, ignored: str) -> tuple[list[_Piece], str]:
    pieces: list[_Piece] = []
    begin = depth = 0
    quoted = False
    for found in _MARK.finditer(raw):
        mark = found.group()
        if mark == '"' and not depth:
            quoted = not quoted
        elif quoted or len(mark) > 1:
            continue
        elif mark in "()" and "(" not in ignored:
            depth = max(depth + (1 if mark == "(" else -1), 0)
        elif mark in ",;:" and not depth:
            pieces.append(_Piece(raw[begin : found.start()], mark))
            begin = found.end()
    pieces.append(_Piece(raw[begin:], ""))
    return pieces, '"' if quoted else "(" if depth else ""


# --- one participant --------------------------------------------------------------------------------------------


def _people(text: str, decode: Decode) -> Iterator[Address]:
    """One participant, or several that nothing divides ("a@x.example b@x.example")."""
    angled = [match for match in _ANGLED.finditer(text) if match.group(1) is not None]
    if not angled:
        yield from _without_angles(text, decode)
        return
    begin = 0
    for index, match in enumerate(angled):
        name = text[begin : match.start()]
        begin = match.end()
        if index == len(angled) - 1 or text.find("@", begin) < 0:
            yield _angled(name + text[begin:], match.group(1), decode)
            return
        yield _angled(name, match.group(1), decode)


def _angled(name: str, inside: str, decode: Decode) -> Address:
    decoded = _name(name, decode)
    address = decode(_cleaned(inside))
    local, at, _ = address.rpartition("@")
    if not at or not local or local[-1] in ":;,":
        return Address(name=decoded or decode(inside).strip(" ;:,") or None)
    return _address(decoded, address)


def _without_angles(text: str, decode: Decode) -> Iterator[Address]:
    if "@" not in text:
        yield from _named_only(text, decode)
        return
    text, comments = _uncommented(text)
    text = _SPACED.sub(lambda found: found.group().strip(), text).strip()
    words = [text] if _QUOTED_LOCAL.fullmatch(text) else text.split()
    addresses = [word for word in words if "@" in word]
    if len(addresses) == len(words) > 1:
        for word in words:
            yield _address("", decode(_cleaned(word)))
    elif len(addresses) == 1:
        name = " ".join(word for word in words if "@" not in word) or comments
        yield _address(_name(name, decode), decode(_cleaned(addresses[0])))
    else:
        yield Address(name=_name(text, decode) or None)


def _named_only(text: str, decode: Decode) -> Iterator[Address]:
    """A name, with the address inside it where somebody encoded both."""
    name = decode(_QUOTED.sub(_unquoted, text)).strip(" '\"")
    if encoded := _IN_TEXT.fullmatch(name):
        yield _address(_tidy(encoded.group(1)), encoded.group(2))
    else:
        yield Address(name=_name(text, decode) or None)


def _name(raw: str, decode: Decode) -> str:
    """The display name: quotation marks and escapes undone; a comment is the name only where there is no other."""
    raw = raw.strip()
    if raw.startswith("(") and not _uncommented(raw)[0]:
        raw = _uncommented(raw)[1]
    return _tidy(decode(_QUOTED.sub(_unquoted, raw)))


def _unquoted(found: re.Match[str]) -> str:
    return found["escaped"] or _ESCAPE.sub(r"\1", found["inside"] or "")


def _tidy(name: str) -> str:
    return _BLANKS.sub(" ", name).strip(" '\"<>")


def _uncommented(text: str) -> tuple[str, str]:
    """The text without its comments, and what stands in them."""
    if "(" not in text:
        return text.strip(), ""
    kept, comments, begin, depth = [], [], 0, 0
    for found in _PARENTHESIS.finditer(text):
        if found.group() == "(":
            if not depth:
                kept.append(text[begin : found.start()])
                begin = found.end()
            depth += 1
        elif found.group() == ")" and depth:
            depth -= 1
            if not depth:
                comments.append(text[begin : found.start()].strip())
                begin = found.end()
    if depth:
        return text.strip(), ""
    kept.append(text[begin:])
    return _BLANKS.sub(" ", " ".join(kept)).strip(), " ".join(comments)


def _cleaned(address: str) -> str:
    """Without comments, blanks, a route (RFC 5322, section 4.4) and "mailto:"."""
    address = _uncommented(address)[0]
    if address.startswith("[") and address.endswith("]"):
        address = address[1:-1]
    if not address.startswith('"'):
        address = _BLANKS.sub("", address)
    route = _ROUTE.match(address)
    address = address[route.end() :] if route else address
    return address[7:] if address[:7].lower() == "mailto:" else address


def _address(name: str, address: str) -> Address:
    repeated = name.casefold() == address.casefold()
    return Address(name=None if repeated or not name else name, address=address or None)
