"""What stands left of a body's noun: the rest of its word, and the hyphenated members of a name in front of it.

Danish names committees by members before the word that carries the noun ("Børne- og Ungdomsudvalget"). The text before
the noun is read backwards, as a reversed string, so that a pattern is tried at one place only and never searched for.
"""

from __future__ import annotations

import re
from functools import lru_cache

import msgspec

from pipeline.facts.bodies.names import HYPHENS, W, is_area

_WINDOW = 160
_WORD_WINDOW = 40
_LINKS = (",", "-", "/", "&", "og", "OG", "Og", "samt", "SAMT", "‐", "‑", "–")  # what may join a member to the next
_STEM = re.compile(rf"(?P<stem>[{HYPHENS}]?[{W}]*)(?:[ \t]*\n[ \t]*[{HYPHENS}](?P<broken>[{W}]{{2,}}))?")
# backwards: what links two members (", ", ", og ", "/", "&", " og ", " samt ") and the member with its hyphen
_LINK = r"(?:(?:\s+go)?\s*,|\s*/\s*|\s*&\s*|(?:\s+|(?<=[A-ZÆØÅ]))(?:go|GO|gO|tmas|TMAS)\s*)"
_MEMBERS = re.compile(rf"(?:{_LINK}[-‐‑–] ?[{W}]{{1,25}}){{1,6}}(?![-\w])")
_PLAIN = re.compile(rf"\s+(?:go|GO|&)\s+-?[{W}]+(?:\s*,-?[{W}]+){{0,4}}(?![-\w])")
_SLASHED = re.compile(rf"/(?P<word>[{W}]+)(?![-\w/])")
_FIRST_PLAIN = re.compile(rf"\s+,(?P<word>[{W}]+)(?![-\w,])")
_MEMBER = re.compile(rf"(?P<word>[{W}]+ ?[-‐‑–])(?P<link>,\s*(?:og\s+)?|\s*/\s*|\s*&\s*|\s*(?:og|samt|OG|Og|SAMT)\s*)")
_GLUED = re.compile(r"^.*[a-zæøå](?=[A-ZÆØÅ])")
_PREPOSITION = re.compile(r"(?:^|\s)(?:for|af|om|inden for|fra|vedr\.|vedrørende)\s+$", re.IGNORECASE)
_NOT_IN_LIST = re.compile(r",\s*$")


class Left(msgspec.Struct, frozen=True, gc=False):
    """The rest of the noun's word: ``stem`` mended of a line break, where it starts, and the text before, reversed."""

    stem: str
    start: int
    back: str
    used: int


class Group(msgspec.Struct, frozen=True, gc=False):
    """One name of several that share a noun: its first and last character among the members, and its members."""

    start: int
    end: int
    members: str
    stem: str


def left_of(text: str, at: int) -> Left:
    """The part of the word before the noun at ``at``."""
    piece = text[max(0, at - _WORD_WINDOW) : at]
    begin = max(piece.rfind(" "), piece.rfind("\n")) + 1
    stem = piece[begin:]
    if begin and not piece[:begin].rstrip().endswith(_LINKS) and (not stem or (stem.isalpha() and _is_even(stem))):
        return Left(stem, at - len(stem), "", 0)
    return _left_backwards(text, at)


def _is_even(stem: str) -> bool:
    """No capital stands behind a small letter: "UdvalgBørne" is two words."""
    return stem[1:].islower() or len(stem) == 1 or stem.isupper()


def _left_backwards(text: str, at: int) -> Left:
    back = text[max(0, at - _WINDOW) : at][::-1]
    match = _STEM.match(back)
    if not match:
        return Left("", at, back, 0)
    stem, broken = match["stem"][::-1], match["broken"]
    if broken and not stem[:1].isupper():
        return Left(broken[::-1] + stem, at - match.end(), back, match.end())
    if not stem.isupper() and stem[1:] != stem[1:].lower() and (glued := _GLUED.match(stem)):
        before, stem = stem[: glued.end()], stem[glued.end() :]
        return Left(stem, at - len(stem), back if before in ("og", "samt") else "", len(stem))
    return Left(stem, at - len(stem), back, len(stem))


def members_of(text: str, left: Left) -> tuple[int, str]:
    """Where the name begins, and its members before the last one as printed ("" without any)."""
    if not left.back:
        return left.start, ""
    match = _MEMBERS.match(left.back, left.used)
    if match:
        start = left.start - (match.end() - match.start())
        first = _FIRST_PLAIN.match(left.back, match.end())
        if first and _is_plain_first(text, start, first):
            start -= first.end() - first.start()
        elif glued := _GLUED.match(text[start : start + 26].partition("-")[0]):
            start += glued.end()
        return start, text[start : left.start]
    match = _SLASHED.match(left.back, left.used)
    if match and match["word"][-1].isupper() and is_area(match["word"][::-1]):
        return left.start - len(match.group()), text[left.start - len(match.group()) : left.start]
    match = _PLAIN.match(left.back, left.used)
    if match and _are_plain(text, left, match):
        start = left.start - (match.end() - match.start())
        return start, text[start : left.start]
    return left.start, ""


def _is_plain_first(text: str, start: int, first: re.Match[str]) -> bool:
    """ "Plan, Miljø- og Teknikudvalget": a capital field without its hyphen, not the end of another list."""
    word = first["word"][::-1]
    begin = start - (first.end() - first.start())
    before = text[max(0, begin - 16) : begin]
    return word[0].isupper() and is_area(word) and not _PREPOSITION.search(before) and not _NOT_IN_LIST.search(before)


def _are_plain(text: str, left: Left, match: re.Match[str]) -> bool:
    """ "Kultur og Fritidsudvalget", "Børn og unge-udvalget": capital fields without hyphens."""
    start = left.start - (match.end() - match.start())
    listed = [word for word in re.findall(rf"[{W}]+", text[start : left.start]) if word.lower() != "og"]
    hyphened = left.stem.endswith(tuple(HYPHENS))
    if not all(is_area(word) and (word[0].isupper() or (hyphened and len(listed) == 1)) for word in listed):
        return False
    if left.stem[:1].isupper():
        return True
    return is_area(left.stem) and (hyphened or not _PREPOSITION.search(text[max(0, start - 16) : start]))


@lru_cache(maxsize=4096)
def groups(members: str, stem: str, *, plural: bool) -> tuple[Group, ...] | None:
    """The names that share the noun, the last one without span of its own end; None where they cannot be told apart.

    "samt" parts names; a plural noun parts all members of a list that one "og" closes; of four members that "og" joins
    twice over, the middle one parts ("Kultur- og Fritids- og Børne- og Ungdomsudvalget").
    """
    pairs = [
        (match.start(), match.end("word"), match["link"].strip(" ,\n\t").lower()) for match in _MEMBER.finditer(members)
    ]
    if not pairs:
        return (Group(0, len(members), members, stem),) if not plural else None
    cuts = _cuts([link for _, _, link in pairs], plural=plural)
    if cuts is None:
        return None
    found = []
    begin = 0
    for cut in cuts:
        start, end = pairs[begin][0], pairs[cut][1]
        found.append(Group(start, end, members[start : pairs[cut][0]], members[pairs[cut][0] : end].rstrip(" -‐‑–")))
        begin = cut + 1
    start = pairs[begin][0] if begin < len(pairs) else len(members)
    if begin == 0:
        start = 0
    return (*found, Group(start, len(members), members[start:], stem))


def _cuts(links: list[str], *, plural: bool) -> list[int] | None:
    """The members after which one name ends and the next begins; None where it cannot be told."""
    if "samt" in links:
        cuts = [at for at, link in enumerate(links) if link == "samt"]
        pieces = [
            links[low:high] for low, high in zip([0, *(cut + 1 for cut in cuts)], [*cuts, len(links)], strict=True)
        ]
        if all(len(_ands(piece)) <= 1 for piece in pieces):
            commas = all(link == "" for piece in pieces for link in piece)
            return list(range(len(links))) if commas and plural else cuts
        return None
    ands = _ands(links)
    if plural:
        if len(ands) == 1 and ands[0] == len(links) - 1 and links[-1] == "og":
            return list(range(len(links)))
        return [ands[1]] if len(ands) == 3 and len(links) == 3 else None
    if len(ands) <= 1:
        return []
    if len(ands) == 3 and len(links) == 3:
        return [ands[1]]
    if len(ands) == 2 and ands[0] > 0 and ands[1] == ands[0] + 1 == len(links) - 1:
        return [ands[1]]
    return None


def _ands(links: list[str]) -> list[int]:
    return [at for at, link in enumerate(links) if link in ("og", "&")]
