"""Where a text names a political body: the names alone, without who is meant by "udvalget" or "BUU".

Danish names committees by hyphenated members before the word that carries the noun ("Børne- og Ungdomsudvalget"). The
scan starts at that noun and reads the members backwards, so its time is linear: each noun has a window of its own.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from pipeline.facts.bodies import Level, cased, fixed_names, is_area, titled, words

if TYPE_CHECKING:
    from collections.abc import Iterator

_W = "A-Za-zÆØÅæøåÄÖÜäöüÉé"
_BREAK = r"(?:[-‐‑][ \t]*\n[ \t]*)?"
_NOUN = re.compile(
    rf"ud{_BREAK}val{_BREAK}g(?P<committee>{_BREAK}(?:ets|et|s|))(?![{_W}\d]|-[{_W}])"
    r"|(?P<board>råd|nævn|kommission)(?P<ending>ets|et|ens|en|s|)(?!\w|-\w)",
    re.IGNORECASE,
)
_STEM = re.compile(rf"(?:(?P<broken>[{_W}]{{2,}})[-‐‑][ \t]*\n[ \t]*)?(?P<stem>[{_W}]*[-‐‑]?)$")
_LINK = r"(?:,\s*(?:og\s+)?|\s*/\s*|\s*&\s*|\s*(?:og|samt|OG|Og)(?:\s+|(?=[A-ZÆØÅ])))"
_MEMBERS = re.compile(rf"(?<![-\w])(?:[{_W}]{{1,25}}[-‐‑–]{_LINK}){{1,6}}$")
_MEMBER = re.compile(rf"([{_W}]+[-‐‑–])({_LINK})")
_PLAIN_MEMBERS = re.compile(rf"(?<![-\w])(?:[{_W}]+,\s*){{0,4}}[{_W}]+-?\s+(?:og|&|OG)\s+$")
_GLUED = re.compile(r"^.*[a-zæøå](?=[A-ZÆØÅ])")
_PARAGRAPH_17 = re.compile(r"(?:§|paragraf)\s*17\s*,?\s*stk\.?\s*4\s*[,.]?\s*[-–]?\s*$", re.IGNORECASE)
_BEFORE_FIXED = re.compile(rf"(?:(?<!\w)[Dd][Ee][Tt]\s+)?(?<![-\w])[{_W}]+\s+$")
_INDEFINITE = re.compile(r"(?<!\w)(?:et|nyt|hvert|ethvert|intet|andet|hvilket|flere|ad hoc)\s+$", re.IGNORECASE)
_PARLIAMENT = re.compile(r"folketingets\s+$", re.IGNORECASE)
_COUNCIL = re.compile(
    rf"(?<![-\w])(?P<stem>by{_BREAK}råd|borger{_BREAK}repræsentation|kommunal{_BREAK}bestyrelse|regions{_BREAK}råd|amtsråd"
    r"|sogneråd|magistrat)(?P<ending>ets|et|ens|en|ns|n|s|)(?!\w|-\w)",
    re.IGNORECASE,
)
_COUNCIL_ENDING = {"råd": "et", "tion": "en", "else": "n", "trat": "en"}
_WINDOW = 160

_CAP = r"[A-ZÆØÅÉ][\wæøåÆØÅ-]*"
_ITEM = re.compile(rf"(?:(?:det|den|de)\s+)?(?P<item>{_CAP}(?:(?<=ig|sk|øn|al|re|vt|en)\s+{_CAP})?|[a-zæøå]+-?)")
_JOIN = re.compile(r"(?P<last>\s*,?\s+(?:og|OG|samt)\s+|\s*&\s*)|\s*,\s*")


class Name(msgspec.Struct, frozen=True):
    """A body named at ``[start, end)``. ``name`` is None for what only looks like one (a MED-udvalg)."""

    start: int
    end: int
    name: str | None
    level: Level = "committee"
    bare: bool = False
    national: bool = False


def scan(text: str) -> list[Name]:
    """The names in order of their place; overlapping ones once, the longer first."""
    found = sorted([*_councils(text), *_nouns(text)], key=lambda name: (name.start, -name.end))
    kept: list[Name] = []
    for name in found:
        if not kept or name.start >= kept[-1].end:
            kept.append(name)
    return kept


def _councils(text: str) -> Iterator[Name]:
    for match in _COUNCIL.finditer(text):
        stem = re.sub(_BREAK, "", match["stem"]).lower() if "\n" in match["stem"] else match["stem"].lower()
        if not match["ending"] and match["stem"][0].islower():
            continue
        if not match["ending"] and _INDEFINITE.search(text[max(0, match.start() - 20) : match.start()]):
            continue
        ending = next(value for tail, value in _COUNCIL_ENDING.items() if stem.endswith(tail))
        level: Level = "committee" if stem == "magistrat" else "council"
        yield Name(match.start(), match.end(), cased(stem) + ending, level)


def _nouns(text: str) -> Iterator[Name]:
    for match in _NOUN.finditer(text):
        base = max(0, match.start() - _WINDOW)
        window = text[base : match.start()]
        found = _board(text, match, base, window) if match["board"] else _committee(text, match, base, window)
        if found:
            yield found


def _stem(window: str) -> tuple[str, int]:
    """The part of the word before the noun, a line break in it mended, and where in the window it starts."""
    match = _STEM.search(window)
    if not match:
        return "", len(window)
    broken, stem = match["broken"], match["stem"]
    if broken and not stem[:1].isupper():
        return broken + stem, match.start()
    if glued := _GLUED.match(stem):
        return stem[glued.end() :], match.start("stem") + glued.end()
    return stem, match.start("stem")


def _members(window: str, stem: str) -> tuple[str, int]:
    """The members before the last one, as printed, and where in the window they start."""
    match = _MEMBERS.search(window)
    if match:
        pairs = list(_MEMBER.finditer(window, match.start()))
        ands = [index for index, pair in enumerate(pairs) if not pair[2].strip().startswith((",", "/"))]
        if len(ands) > 1:  # "Kultur- og Fritids- og Børne- og Ungdomsudvalget" lists two
            pairs = pairs[-1:]
        start = pairs[0].start()
        if glued := _GLUED.match(pairs[0][1]):
            start += glued.end()
        return window[start:], start
    match = _PLAIN_MEMBERS.search(window)
    if match and stem[:1].isupper():
        listed = re.findall(rf"[{_W}]+", match.group())
        if all(word[0].isupper() and is_area(word) for word in listed if word.lower() != "og"):
            return match.group(), match.start()
    return "", len(window)


def _committee(text: str, match: re.Match[str], base: int, window: str) -> Name | None:
    stem, at = _stem(window)
    definite = bool(re.sub(_BREAK, "", match["committee"])) and not match["committee"].lower().endswith("gs")
    if paragraph := _PARAGRAPH_17.search(window):
        return _with_topic(text, base + paragraph.start(), match.end(), "§ 17, stk. 4-udvalget")
    if stem in ("", "-"):
        return _bare(text, match, base, window)
    members, start = _members(window[:at], stem)
    if _is_trap(stem, members):
        return Name(base + start if members else base + at, match.end(), None)
    start = start if members else at
    if not _is_committee(text, base + start, members, stem, definite=definite):
        return None
    name = _compose(members, stem) + "udvalget"
    after = text[match.end() : match.end() + 16].lower()
    parliament = bool(_PARLIAMENT.search(text[max(0, base + start - 20) : base + start])) or after.startswith(
        " i folketinget"
    )
    return Name(base + start, match.end(), None if parliament else name)


def _compose(members: str, stem: str) -> str:
    """The members with single blanks and capitals: "teknik-\\nog miljø" is "Teknik- og Miljø"."""
    if not members:
        return cased(stem)
    joined = " ".join(members.split()) + " "
    joined = re.sub(r"(?<=[-‐‑–])og(?=\s)", " og", joined)
    joined = re.sub(r"\s+og(?=[A-ZÆØÅ])", " og ", joined)
    joined = re.sub(r"[‐‑–](?=\W)", "-", joined)
    return titled(joined.strip()) + " " * (not joined.rstrip().endswith("/")) + cased(stem)


def _is_trap(stem: str, members: str) -> bool:
    plain = stem.lower().rstrip("-‐‑")
    if stem.rstrip("-‐‑").isupper() and stem.endswith(("-", "‐", "‑")):
        return True  # "MED-udvalget", "BUU-udvalget": an abbreviation is no name
    if members:
        return plain in ("med", "hovedmed", "arbejdsmiljø") or members.lower().startswith(
            ("med-", "sikkerheds- og arb")
        )
    return plain in words("trap") or plain.removesuffix("s") in words("trap") or plain.endswith("med")


def _is_committee(text: str, start: int, members: str, stem: str, *, definite: bool) -> bool:
    """Whether an unlisted name is a committee's: by its capital, its members, or the field it is named after."""
    capital = text[start].isupper()
    before = text[max(0, start - 25) : start]
    fields = all(is_area(word) for word in [*re.findall(rf"[{_W}]{{3,}}", members), stem])
    if not definite and _INDEFINITE.search(before):
        return False
    if members:
        return capital or (fields and definite)
    if fields:
        return definite or capital
    return capital and definite and bool(before.strip()) and before.rstrip(" \t")[-1:] not in '.!?:\n"”“•'


def _bare(text: str, match: re.Match[str], base: int, window: str) -> Name | None:
    """ "Udvalget for Børn og Unge", "Teknisk Udvalg", or the bare word that points back to a name."""
    noun = text[match.start() : match.end()]
    if fixed := _BEFORE_FIXED.search(window):
        for phrase in (fixed.group(), re.sub(r"^det\s+", "", fixed.group(), flags=re.IGNORECASE)):
            entry = fixed_names().get(" ".join((phrase + noun.lower().rstrip("s")).split()).lower())
            if entry:
                return Name(base + fixed.end() - len(phrase), match.end(), entry[0], entry[1])
    if not noun.lower().endswith("s"):
        topic = _with_topic(text, match.start(), match.end(), "Udvalget")
        if topic and topic.name != "Udvalget":
            return topic
    if noun.lower() in ("udvalget", "udvalgets"):
        return Name(match.start(), match.end(), None, bare=True)
    return None


def _with_topic(text: str, start: int, end: int, head: str) -> Name | None:
    """A name that goes on with "for …": as far as capitals, known fields and their commas and "og" go."""
    opening = re.match(r"\s+(?:for|FOR|om|vedr\.|vedrørende)\s+", text[end : end + 30])
    topic = _topic(text, end + opening.end()) if opening else None
    if not opening or not topic:
        return Name(start, end, head)
    link = opening.group().strip().lower()
    return Name(start, topic, f"{head} {link} {titled(text[end + opening.end() : topic])}")


def _topic(text: str, position: int) -> int | None:
    """Where the topic at ``position`` ends, or None. A list is closed by "og", or only its first item counts."""
    ends: list[int] = []
    while len(ends) < 6:
        item = _ITEM.match(text, position)
        word = item["item"] if item else ""
        if (
            not item
            or not _is_topic(word)
            or re.match(r"\s+(?:kommune|byråd)", text[item.end() : item.end() + 12], re.I)
        ):
            return ends[0] if ends else None
        ends.append(item.end())
        join = _JOIN.match(text, item.end())
        if not join:
            return ends[0] if len(ends) > 1 else item.end()
        if join["last"]:
            final = _ITEM.match(text, join.end())
            return final.end() if final and _is_topic(final["item"]) else ends[0]
        position = join.end()
    return ends[0]


def _is_topic(word: str) -> bool:
    low = word.lower()
    if re.search(r"(?:udvalg|råd|forvaltning|bestyrelse)(?:et|en|n|s)*$", low):
        return False
    return word[:1].isupper() or is_area(low) or low.endswith(("området",)) or is_area(low.removesuffix("e"))


def _board(text: str, match: re.Match[str], base: int, window: str) -> Name | None:
    stem, at = _stem(window)
    noun, ending = match["board"].lower(), match["ending"].lower()
    if not stem:
        fixed = _BEFORE_FIXED.search(window)
        entry = (
            fixed_names().get(" ".join((fixed.group() + noun + ending.rstrip("s")).split()).lower()) if fixed else None
        )
        return Name(base + fixed.start(), match.end(), *entry) if fixed and entry else None
    members, start = _members(window[:at], stem)
    start = start if members else at
    word = f"{stem.lower().rstrip('-')}{noun}"
    capital = text[base + start].isupper()
    national = word in words("national")
    listed = national or word in words("board") or (capital and bool(members) and noun == "råd" and is_area(stem))
    if noun != "råd" and capital and not stem.endswith("-"):
        listed = True
    if not listed or (not ending.rstrip("s") and not capital) or word in ("byråd", "regionsråd", "amtsråd", "sogneråd"):
        return None
    name = _compose(members, stem) + noun + ("en" if noun == "kommission" else "et")
    return Name(base + start, match.end(), name, "board", national=national)
