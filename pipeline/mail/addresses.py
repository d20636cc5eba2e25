"""Senders and recipients as mail programs print them."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from corpus.model import Address
from pipeline.mail.labels import INVISIBLE, vocabulary

_MARKDOWN_LINK = re.compile(r"\[([^\[\]]{0,400})\]\((?:mailto:)?([^()\s]{1,400})(?:\s\"[^\"]{0,200}\")?\)")
_LINE_BREAK = re.compile(r"<br ?/?>", re.IGNORECASE)
_MAILTO = re.compile(r"([<\[(])?\s*mailto:([^\s<>\[\]()]+)\s*[>\])]?", re.IGNORECASE)
_ADDRESS_TWICE = re.compile(r"([^\s<>@]{1,128}@[^\s<>@]{1,255})\s?<mailto:[^\s<>]{1,400}>", re.IGNORECASE)
_ESCAPED = re.compile(r"\\+([_<>\[\]()*#.@+\-~|`!&;,:/])")
_BOLD = re.compile(r"(?<!\*)\*\*(?!\*)")
_ADDRESS = re.compile(r"[^\s<>()\[\]{},;:\"|\\]{1,128}@[^\s<>()\[\]{},;:\"|\\'’]{1,255}")
_NOTES_NAME = re.compile(r"[^@]*/[^@]*@[^@.]*")
"""The end of "Bo Berg/FJORDBY@FJORDBY", a name in a Lotus Notes directory and no address."""
_ADDRESSES = re.compile(r"([^\s<>;,\"'(@]{1,64}@[^\s<>;,@]{1,255})\s+(?=[^\s<>;,\"'(\[@]{1,64}@)")
_EMPTY = re.compile(r"<\s*>|\[\s*\]|\(\s*\)")
_ENCLOSED = re.compile(r"[<\[(]\s*([^<>\[\]()@]{0,160}@[^<>\[\]()@]{0,260}?)\s*[>\])]")
_ANGLED = re.compile(r"<[^<>]{0,400}>")
_GROUP = re.compile(r"(?:(?<=[;,])|(?<!.))[^<>@:;,\"]{1,80}:(?=\s[^;,]{0,160}@[^;,]{0,160},[^;,]{0,160}@)")
"""The name of a group before its members, two at least: "Udvalget: a@b.dk, c@d.dk;" (RFC 5322, 3.4)."""
_BEHIND_ADDRESS = re.compile(r"([^<>]{1,200}<[^<>\s]{1,200}@[^<>\s]{1,200}>) (\w{2,4}) (.{1,400})$")
_QUOTES = "'\"“”„«»‘’`´"
_WITHOUT_INK = dict.fromkeys(map(ord, INVISIBLE))
_OPEN = {"<": ">", "(": ")", "[": "]", '"': '"', "“": "”"}
_GLUED = re.compile(r"(?<=[>\])])\s+(?=[^\s;,(\[<>])|(?<=>)(?=[^\W\d_])")


def clean_value(value: str) -> str:
    """A header value without Markdown, HTML entities and line breaks: ``[a\\_b@c.dk](mailto:…)`` -> ``a_b@c.dk``."""
    if "&" in value:
        value = html.unescape(value)
    if "<" in value or "\\" in value:
        value = _ESCAPED.sub(r"\1", _LINE_BREAK.sub(" ", value))
    if ":" in value or "](" in value:
        value = _MAILTO.sub(r"<\2>", _ADDRESS_TWICE.sub(r"\1", _MARKDOWN_LINK.sub(_unlink, value)))
    if not value.isascii():
        value = value.translate(_WITHOUT_INK)
    if "*" in value or "__" in value:
        value = _without_emphasis(value)
    return " ".join(value.split())


def _without_emphasis(value: str) -> str:
    """A value without marks of bold or slanted letters around it."""
    value = _BOLD.sub("", value).strip()
    for mark in ("*", "__"):
        emphasised = len(value) > 2 * len(mark) and value.startswith(mark) and value.endswith(mark)
        if emphasised and not (value.startswith(2 * mark) or value.endswith(2 * mark)):
            value = value[len(mark) : -len(mark)]
    return value.strip("*") if value.count("*") == 1 else value


def _unlink(link: re.Match[str]) -> str:
    text, target = link.group(1).strip(), link.group(2)
    if "@" not in target or not text or "@" in text:
        return text or target
    return f"{text} <{target}>"


def parse_recipients(value: str) -> list[Address]:
    """The recipients of a To or Cc line in printed order, each with a name, an address or both.

    They are divided by ";"; by "," only behind a complete address or between full names, because Danish directories
    print "Berg, Bo".
    """
    value = _ADDRESSES.sub(r"\1; ", _GROUP.sub("", clean_value(value)))
    found = [parse_address(piece) for piece in _pieces(value)]
    return [address for address in found if address is not None]


def parse_sender(value: str) -> Address | None:
    """The sender of a From line. Of "X på vegne af Y" it is Y: the one who speaks, as in RFC 5322's From."""
    named = parse_senders(value)
    return named[-1] if named else None


def parse_senders(value: str) -> list[Address]:
    """Everybody a From line names: of "X på vegne af Y" first X, who wrote, then Y, who speaks."""
    value = clean_value(value).rstrip(";, ")
    folded = value.casefold()
    pieces = [value]
    joined = _BEHIND_ADDRESS.match(value)
    if joined and joined.group(2).casefold() in vocabulary().behind_address:
        return [address for address in map(parse_address, (joined.group(1), joined.group(3))) if address is not None]
    for words in vocabulary().behalf:
        before, found, principal = folded.partition(f" {words} ")
        if found and principal and len(folded) == len(value):
            pieces = [value[: len(before)], value[len(before) + len(found) :].strip(" ;]")]
            break
    return [address for address in map(parse_address, pieces) if address is not None]


def parse_address(value: str) -> Address | None:
    """One recipient: "Bo Berg (Byrådet) <bo@fjordby.dk>". The parenthesis stays part of the name; None for nothing."""
    value = clean_value(value).strip(" ;,")
    address, name = _address_in(value)
    name = _without_quotes(" ".join(_EMPTY.sub("", name).split()).strip(" ,;:|"))
    if not name.endswith(">"):
        name = name.rstrip("< ")
    if address and name.casefold() in ("", address.casefold()):
        return Address(address=address)
    if not address and not any(character.isalnum() or character in "█■▓▒_*." for character in name):
        return None
    return Address(name=name or None, address=address)


def _without_quotes(name: str) -> str:
    """The name without the quotes around it, one or more pairs, or a stray one; those inside a name stay."""
    while name and (name[0] in _QUOTES or name[-1] in _QUOTES):
        paired = len(name) > 1 and name[0] in _QUOTES and name[-1] in _QUOTES
        if not paired and sum(character in _QUOTES for character in name) > 1:
            return name
        name = name[name[0] in _QUOTES : len(name) - (name[-1] in _QUOTES)].strip(" ,;:|")
    return name


def display_name(name: str) -> str:
    """The name without the parenthesised organisation: "Bo Berg (Byrådet)" -> "Bo Berg"."""
    head = name.partition("(")[0].strip()
    return head or name


def _address_in(value: str) -> tuple[str | None, str]:
    """The address and what is left of the value without it, and without the brackets around it."""
    enclosed = [found for found in _ENCLOSED.finditer(value) if "@" in found.group(1)]
    if enclosed:
        found = enclosed[-1]
        address = "".join(found.group(1).split()).strip("." + _QUOTES)
        rest = value[: found.start()] + " " + value[found.end() :]
        return address, _ADDRESS.sub("", rest) if _same_again(rest, address) else rest
    bare = _ADDRESS.search(value)
    if bare and not _NOTES_NAME.fullmatch(bare.group()):
        address = bare.group().strip("." + _QUOTES)
        return address, value[: bare.start()] + " " + value[bare.end() :]
    bare_name = _ANGLED.sub("", value).strip()
    return None, bare_name or value.strip()


def _same_again(rest: str, address: str) -> bool:
    return address.casefold() in rest.casefold()


def _pieces(value: str) -> Iterator[str]:
    strong = list(_divide(value, ";"))
    for piece in strong:
        commas = [part for glued in _GLUED.split(piece) for part in _divide(glued, ",")]
        yield from _join_names(commas, alone=len(strong) == 1)


def _join_names(parts: list[str], *, alone: bool) -> Iterator[str]:
    """Comma parts put together again where the comma belongs to a name: "Berg, Bo <bo@fjordby.dk>"."""
    whole = all(len(part.split()) > 1 for part in parts) or len(parts) % 2
    if alone and not any("@" in part for part in parts) and whole:
        yield from parts
        return
    held: list[str] = []
    for part in parts:
        apart = _ADDRESS.fullmatch(part.strip()) is not None or (alone and _is_full_name(part.partition("<")[0]))
        if apart and held and all(map(_is_full_name, held)):
            yield from held
            held = []
        held.append(part.strip())
        if "@" in part:
            yield ", ".join(held)
            held = []
    if held:
        yield ", ".join(held)


def _is_full_name(printed: str) -> bool:
    """ "Bo Berg", "Eva af Ugglas (Byrådet)": no surname that a first name follows behind a comma."""
    words = display_name(printed).strip(_QUOTES + " ").split()
    return 1 < len(words) < 5 and words[0][:1].isupper() and words[-1][:1].isupper()


def _divide(value: str, separator: str) -> Iterator[str]:
    """Cut at a separator that stands outside quotes and brackets; an unclosed bracket holds nothing together."""
    last = {opener: value.rfind(closer) for opener, closer in _OPEN.items()}
    closing: list[str] = []
    start = 0
    for position, character in enumerate(value):
        if closing and character == closing[-1]:
            closing.pop()
        elif position < last.get(character, -1) and len(closing) < 8:
            closing.append(_OPEN[character])
        elif character == separator and not closing:
            if value[start:position].strip():
                yield value[start:position].strip()
            start = position + 1
    if value[start:].strip():
        yield value[start:].strip()
