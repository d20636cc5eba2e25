"""Laws in a text: paragraphs with their act, numbered acts, and acts that are known by name.

The value is the act in its nominative form and then the paragraph, whichever is printed first: "servicelovens § 83,
stk. 1" and "§ 83 stk. 1 i serviceloven" are both "serviceloven § 83, stk. 1". A paragraph without an act stays alone.
The paragraphs of statutes, plans and agreements, and of "loven" that was named elsewhere, are no references to a law.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from corpus.model import Reference
from pipeline.facts.pointers.words import endings, law_names, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.language import Prose

_LETTERS = "A-Za-zÆØÅæøåéÉ"
_GAP = r"[ \t\u00a0]*+\n?+[ \t\u00a0>]*+"
_SMALL_LETTER = r"[ \u00a0]?[a-hj-zæ](?!\w|\.[ ]?[\da-zæøå])(?:[-–][a-zæ](?!\w))?"
_CAPITAL_LETTER = r"[ ][A-HJ-Z](?![\w-]|\.(?:\S|[ ][A-Z]\.))"
_NUMBER = rf"\d{{1,4}}(?-i:{_SMALL_LETTER}|{_CAPITAL_LETTER})?"
_ENDS = r"(?=[ \t\u00a0]*+(?:[.,;:)\n]|$|(?:i|og|samt|skal|kan|er)\b))"
_FURTHER = rf"(?:[ ]?[-–][ ]?{_NUMBER}|(?:,[ ]{_NUMBER})*[ ](?:og|eller|samt|til)[ \n]{_NUMBER}{_ENDS})?"
_SEVERAL = rf"(?:{_GAP}(?:,|-|–|og|eller|samt|til){_GAP}{_NUMBER}(?![\d.]*[ \u00a0]*(?:kr|mio|pct)|\w)){{0,12}}"
_PLACE = r"(?:\d{1,3}|[a-zæ])(?!\w)"
_CLAUSE = (
    rf"(?:,?{_GAP}(?:(?:stk|nr|pkt|litra)\.?{_GAP}{_PLACE}"
    rf"(?:[-–]{_PLACE}|(?:,[ ]{_PLACE})*[ ](?:og|eller)[ ]{_PLACE}{_ENDS})?"
    r"|\d\.[ \u00a0]?(?:pkt\.|punktum(?!\w)))){0,4}"
)
_PARAGRAPH = re.compile(
    rf"(?:§§{_GAP}{_NUMBER}{_SEVERAL}|(?:§|paragraf){_GAP}{_NUMBER}{_FURTHER}){_CLAUSE}", re.IGNORECASE
)
_NO_PARAGRAPH = re.compile(rf"[-–][{_LETTERS}]|\.\d|\d|,?[ \t\u00a0\n]*-?udvalg", re.IGNORECASE)
_ARTICLE = re.compile(rf"art(?:ikel|\.){_GAP}\d{{1,3}}{_CLAUSE}", re.IGNORECASE)

_SHORT = (
    rf"(?:[{_LETTERS}]+-\n[ ]*)?[{_LETTERS}-]{{2,50}}"
    r"(?:loven|bekendtgørelsen|fuldmagten|forordningen|konventionen|traktaten|direktivet|cirkulæret)s?"
)
_DATE = r"(?:\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{1,2}\.?[ \u00a0\n]+[a-z]+[ \u00a0\n]+\d{4})"
_SERIAL = r"(?:\d{1,2}\.\d{3}(?!\d)|\d{1,5}(?!\.\d))"
_NUMBERED = (
    r"(?:(?:lovbekendtgørelse|bekendtgørelse|lov|cirkulære(?:skrivelse)?|vejledning|(?-i:LBK|BEK|CIR|VEJ))\.?"
    rf"[ \t\u00a0]+nr\.?[ \t\u00a0\n]*{_SERIAL}(?:[ \t\u00a0\n]+af[ \t\u00a0\n]+(?:den[ \t]+|d\.[ \t]*)?{_DATE})?(?!\w)"
    r"|forordning[ \n]+\((?:EU|EF|EØF)\)(?:[ \n]+nr\.?)?[ \n]+\d{2,4}/\d{2,4}"
    r"|direktiv[ \n]+(?:\((?:EU|EF)\)[ \n]+)?\d{2,4}/\d{1,4}(?:/(?:EU|EF|EØF))?)(?!\w)"
)
_NAME = rf"(?:[{_LETTERS}, -]|\n(?![ \t>]{{0,20}}\n)){{3,110}}"  # no blank line in it
_NEW_LINE = re.compile(r"\n[ \t>]*[A-ZÆØÅ-]")
_ABOUT = rf"(?:lov|bekendtgørelse|cirkulære|forordning)[ \n]+om[ \n]+{_NAME}"
_SHORT_ENDS = tuple(
    f"{end}{s}"
    for end in ("loven", "bekendtgørelsen", "forordningen", "konventionen", "traktaten", "direktivet", "cirkulæret")
    for s in ("", "s")
)
_HYPHEN = re.compile(rf"[{_LETTERS}]+-\n[ \t>]*$")
_PHRASE_BEFORE = re.compile(r"(?<!\w)(?:barnets[ \n]+lovs?|den[ \n]+kommunale[ \n]+styrelseslovs?)$", re.IGNORECASE)
_FIRST_OF_TWO = re.compile(rf"(?<![\w-])[{_LETTERS}]+-[ \n]+og[ \n]+$")
_NUMBERED_BEFORE = re.compile(rf"(?<!\w){_NUMBERED}$", re.IGNORECASE)
_ABOUT_BEFORE = re.compile(rf"{_ABOUT}$", re.IGNORECASE)
_ABOUT_HEADS = ("lov om ", "lov\nom ", "lov om\n", "bekendtgørelse om ", "cirkulære om ", "forordning om ")
_ACT_AFTER = re.compile(
    rf",?[ \t\u00a0\n]+(?:i|af)[ \t\u00a0\n]+(?P<act>{_SHORT}|barnets[ \n]+lov|den[ \n]+kommunale[ \n]+styrelseslov"
    rf"|{_NUMBERED}|(?-i:[A-ZÆØÅ]{{2,5}})|(?:lov|bekendtgørelse)[ \n]+om[ \n]+{_NAME})(?!\w)",
    re.IGNORECASE,
)
_WORD_BEFORE = re.compile(rf"([{_LETTERS}]+)(?:[ ](?:nr\.?[ ]?)?[\d.-]+)?,?[ \t\u00a0\n]*$")
_WORD_AFTER = re.compile(rf",?[ \t\u00a0\n]+i[ \t\u00a0\n]+(?:den |det |kommunens |byrådets )?([{_LETTERS}]+)")
_LINK = re.compile(r",?[ \t\n]*(?:,|og|samt|eller|jf\.|sammenholdt med)[ \t\n]*(?:efter[ ]|også[ ])?")
_NUMBERED_AT = re.compile(_NUMBERED, re.IGNORECASE)
_ABOUT_AT = re.compile(rf"(?:lov|bekendtgørelse)[ \n]+om[ \n]+{_NAME}", re.IGNORECASE)
_WELL_PRINTED = re.compile(r"§ \d+(?: [a-z])?(?:, (?:stk|nr)\. \d+)*")
_SPELLED = re.compile(r"^paragraf(?=\W)", re.IGNORECASE)
_SIGN = re.compile(r"^(§+|[Aa]rt(?:ikel|\.)) ?")
_THOUSANDS = re.compile(r"(?<=\d)\.(?=\d{3}(?!\d))")
_PLACES = (
    (re.compile(r",? ?\b(stk|nr|pkt)\.? ?(?=\d|[a-zæ]\b)", re.IGNORECASE), r", \1. "),
    (re.compile(r",? litra\.? ?", re.IGNORECASE), ", litra "),
    (re.compile(r",? (\d\.) ?(pkt\.|punktum)"), r", \1 \2"),
)
_LAW_BEHIND = re.compile(r"[ \n]+lovs?(?!\w)")
_BROKEN_WORD = re.compile(rf"(?<=[{_LETTERS}])-\n[ ]*(?=[a-zæøå])")
_BEFORE, _MOST_WORDS = 150, 12


class _Found(NamedTuple):
    """A paragraph or an act: its span, the paragraph as a value ("" for an act alone), the act ("" if not named)."""

    start: int
    end: int
    paragraph: str
    act: str
    after: bool = False


def laws(prose: Prose, known: frozenset[str]) -> list[Reference]:
    """The references to laws in order, none inside another; ``known`` are the marks in the text."""
    text = prose.text
    found = _joined(text, [*_paragraphs(prose, known), *_articles(prose, known)])
    found += [*_numbered(prose, known), *_about(prose, known), *_named(prose, known)]
    records: list[Reference] = []
    for one in sorted(found, key=lambda one: (one.start, -one.end)):
        if not records or one.start >= records[-1].end:
            value = " ".join(filter(None, (one.act, one.paragraph)))
            printed = text[one.start : one.end]
            records.append(Reference(start=one.start, end=one.end, text=printed, kind="law", value=value))
    return records


def _paragraphs(prose: Prose, known: frozenset[str]) -> Iterator[_Found]:
    text, end = prose.text, 0
    for at in _signs(prose, known):
        match = _PARAGRAPH.match(text, at) if at >= end else None
        if match and not _NO_PARAGRAPH.match(text, match.end()):
            found = _with_act(text, match)
            if found:
                yield found
        end = match.end() if match else end


def _signs(prose: Prose, known: frozenset[str]) -> list[int]:
    """Where "§" and the word for it stand, ascending."""
    signs = [start for start, _ in prose.places(known & {"paragraf"})]
    at = prose.text.find("§")
    while at >= 0:
        signs.append(at)
        at = prose.text.find("§", at + 1)
    return sorted(signs)


def _articles(prose: Prose, known: frozenset[str]) -> Iterator[_Found]:
    """Articles of regulations and conventions, only where these are named: "artikel 6" may be one of a newspaper."""
    for start, _ in prose.places(known & {"artikel", "art"}):
        match = _ARTICLE.match(prose.text, start)
        found = _with_act(prose.text, match) if match else None
        if found and found.act:
            yield found


def _with_act(text: str, match: re.Match[str]) -> _Found | None:
    """The paragraph with the act that is printed before or behind it; None for one of a plan, a statute or "loven"."""
    start, end, paragraph = match.start(), match.end(), _paragraph(match.group())
    window = text[max(0, start - _BEFORE) : start].rstrip(" \t\u00a0\n>,")
    length = _length_of_act(window)
    act = _act(window[-length:]) if length else ""
    if act:
        return _Found(max(0, start - _BEFORE) + len(window) - length, end, paragraph, act)
    if _is_of_another(window):
        return None
    behind = _ACT_AFTER.match(text, end)
    name = _act_behind(behind["act"]) if behind else None
    if behind and name:
        return _Found(start, behind.start("act") + name[1], paragraph, name[0], after=True)
    return None if _is_of(_WORD_AFTER.match(text, end)) else _Found(start, end, paragraph, "")


def _length_of_act(window: str) -> int:
    """How many characters at the end of ``window`` may be an act, 0 for none."""
    last = window[-60:].split()[-1:]
    word = last[0].lstrip("(\"'”»*_") if last else ""
    low = word.lower()
    if low.endswith(_SHORT_ENDS):
        before = window[-100 : len(window) - len(word)]
        if before.endswith(("og ", "og\n")) and (first := _FIRST_OF_TWO.search(before)):
            name = _flat(first.group() + low).removesuffix("s")
            return len(first.group()) + len(word) if name in words("law-joined") else len(word)
        hyphen = _HYPHEN.search(before) if before.rstrip(" \t>").endswith("-\n") else None
        joined = len(hyphen.group()) if hyphen else 0
        return 0 if low in ("loven", "lovens") and not joined else len(word) + joined
    if low in ("lov", "lovs", "styrelseslov", "styrelseslovs"):
        found = _PHRASE_BEFORE.search(window[-40:])
        return len(found.group()) if found else 0
    if word.isupper():
        return len(word)
    if word[-1:].isdigit() or word.endswith(("EU", "EF", "EØF")):
        found = _NUMBERED_BEFORE.search(window[-80:])
        return len(found.group()) if found else 0
    low = window.lower()
    at = max(map(low.rfind, _ABOUT_HEADS)) if "om" in low else -1
    found = _ABOUT_BEFORE.match(window, at) if at >= 0 and not window[at - 1 : at].isalpha() else None
    return len(found.group()) if found else 0


def _is_of_another(window: str) -> bool:
    """Whether the last word of ``window`` ("lokalplan nr. 12") says that a paragraph is none of a law's."""
    last = window[-1:]
    if last.isalpha():
        return window.lower().endswith(endings("not-a-law"))
    return (last.isdigit() or last in (".", "-")) and _is_of(_WORD_BEFORE.search(window[-40:]))


def _is_of(word: re.Match[str] | None) -> bool:
    """Whether the word beside a paragraph says that it is none of a law's."""
    return bool(word and word[1].lower().endswith(endings("not-a-law")))


@lru_cache(maxsize=4096)
def _act(printed: str) -> str:
    """An act in its nominative form, "" when the words before a paragraph are no act."""
    flat = _flat(printed)
    low = flat.lower()
    if flat.isupper() and len(flat) <= 5:
        return flat if flat in words("law-abbreviation") else ""
    if low.startswith(("lov om ", "bekendtgørelse om ", "cirkulære om ", "forordning om ")):
        name = flat.partition(" om ")[2].rstrip(" ,")
        if words("no-law-name") & set(name.lower().split()):
            return ""
        return low if name.lower() in words("law-about") else _small(flat.rstrip(" ,"))
    if low.endswith(("lovs", *_SHORT_ENDS[1::2])):
        flat = flat[:-1]
    return _small(flat) if " " not in flat or flat[-1].isdigit() else flat.lower()


def _act_behind(printed: str) -> tuple[str, int] | None:
    """The act that follows "i", and how many of its characters as printed it takes; None for none."""
    if not re.match(r"(?:lov|bekendtgørelse)\s+om\s", printed, re.IGNORECASE):
        act = _act(printed)
        return (act, len(printed)) if act else None
    listed = _listed(printed)
    if listed:
        return _flat(printed[:listed]).lower(), listed
    said = [*re.finditer(r"[^\s,]+", printed)]
    stop = next((i for i, word in enumerate(said) if i > 1 and word[0].lower() in words("no-law-name")), len(said))
    line = _NEW_LINE.search(printed)
    for end in (printed.find(","), line.start() if line else -1):
        if end >= 0:
            stop = min(stop, sum(word.start() < end for word in said))
    if not 3 <= stop <= 8:
        return None
    end = said[stop - 1].end()
    return _small(_flat(printed[:end])), end


def _listed(printed: str) -> int | None:
    """How many characters of "lov om social service og så videre" are the longest name that is listed, or None."""
    said = [*re.finditer(r"[^\s]+", printed)]
    for count in range(min(len(said), _MOST_WORDS), 2, -1):
        name = " ".join(word[0] for word in said[2:count]).rstrip(",").lower()
        if name in words("law-about"):
            last = said[count - 1]
            return last.start() + len(last[0].rstrip(","))
    return None


def _joined(text: str, found: list[_Found]) -> list[_Found]:
    """Paragraphs that "og" or "jf." ties to one with an act are of that act: "serviceloven § 83 og § 86"."""
    for i in range(1, len(found)):
        if not found[i].act and found[i - 1].act and _LINK.fullmatch(text, found[i - 1].end, found[i].start):
            found[i] = found[i]._replace(act=found[i - 1].act)
    for i in range(len(found) - 2, -1, -1):
        behind = found[i + 1]
        if not found[i].act and behind.after and _LINK.fullmatch(text, found[i].end, behind.start):
            found[i] = found[i]._replace(act=behind.act, after=True)
    return found


def _numbered(prose: Prose, known: frozenset[str]) -> Iterator[_Found]:
    for start, _ in prose.places(known & words("law-kind")):
        match = _NUMBERED_AT.match(prose.text, start)
        if match:
            yield _Found(start, match.end(), "", _small(_flat(match.group())))


def _about(prose: Prose, known: frozenset[str]) -> Iterator[_Found]:
    """ "lov om social service" and others that are listed."""
    if "om" not in prose.words:
        return
    for start, _ in prose.places(known & {"lov", "bekendtgørelse"}):
        match = _ABOUT_AT.match(prose.text, start)
        length = _listed(match.group()) if match else None
        if length:
            yield _Found(start, start + length, "", _flat(prose.text[start : start + length]).lower())


def _named(prose: Prose, known: frozenset[str]) -> Iterator[_Found]:
    """Acts by their short name alone: "folkeskoleloven", "barnets lov"."""
    for start, end in prose.places(known & law_names()):
        yield _Found(start, end, "", prose.lower[start:end].removesuffix("s"))
    for start, end in prose.places(known & {"barnets"}):
        match = _LAW_BEHIND.match(prose.lower, end)
        if match:
            yield _Found(start, match.end(), "", "barnets lov")


@lru_cache(maxsize=4096)
def _paragraph(printed: str) -> str:
    """A paragraph with single blanks, and a comma before each of its further places: "§ 17, stk. 4, nr. 1"."""
    if _WELL_PRINTED.fullmatch(printed):
        return printed
    value = _SIGN.sub(r"\1 ", _SPELLED.sub("§", _flat(printed)))
    for pattern, written in _PLACES:
        value = pattern.sub(written, value)
    return value


def _small(name: str) -> str:
    """A name without the capital of a sentence's beginning or of a heading; "EU-loven" and "LBK" keep theirs.

    "lov nr. 1.206" is act number 1206.
    """
    name = _THOUSANDS.sub("", name)
    if name.isupper() and len(name) > 8:
        return name.lower()
    return name[:1].lower() + name[1:] if name[1:2].islower() else name


def _flat(text: str) -> str:
    if "\n" in text:
        text = _BROKEN_WORD.sub("", text).replace(">", " ")
    return " ".join(text.split())
