"""Agendas and minutes: one part for each item, with the place of its decision."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import cache

from corpus.model import AgendaItem, Body
from corpus.reading import Reading
from pipeline import meeting_points
from pipeline.glued_items import unglued
from pipeline.headings import (
    LONGEST_HEADING,
    Candidate,
    TextLine,
    best_chain,
    fold,
    heading_score,
    is_contents_line,
    text_lines,
    whole_head,
)
from pipeline.lexicon import rows

HEAD_LINES = 40
LONGEST_ITEM_HEADING = 250
MOST_HEADING_LINES = 3
THIN = 2
"""An entry with no more printed lines than this below it may stand in a list of contents."""

_NAMED = re.compile(
    r"(?:ad\s+)?(?:dagsordens?)?(?:punkt|pkt|sag)\.?\s*(?:nr|nummer)?\.?\s*(?P<number>\d{1,4})\s*"
    r"(?:\((?P<state>åben|åbent|lukket|åbent punkt|lukket punkt)\))?\s*[.:\-–—)]?\s*(?P<title>.*)",
    re.IGNORECASE,
)
_AD = re.compile(r"ad\.?\s+(?:punkt\s+|pkt\.?\s+)?(?P<number>\d{1,3})\s*[.:\-–—)]?\s*(?P<title>.*)", re.IGNORECASE)
_BARE = re.compile(
    r"(?P<number>\d{1,4})\s*(?P<sep>[.:)–—-]|\((?:åben|åbent|lukket)\))?(?:\s+|(?<=\d)(?=(?-i:[A-ZÆØÅ][a-zæøå]{3})))(?P<title>\S.*)",
    re.IGNORECASE,
)
_CASE_NUMBER = re.compile(r"sags?(?:nr|id|snummer)\b", re.IGNORECASE)
_DASHES = ("-", "–", "—")  # "4 - Nyt orgel" is an item of a meeting: no list in prose is numbered so
_OPENING = {_NAMED: frozenset("adpsADPS"), _AD: frozenset("aA"), _BARE: frozenset("0123456789")}
"""What lines begin with that the patterns of items fit."""
_COUNTED = re.compile(r"\d{1,4} (?!kr\b|mio\b|mia\b|pct\b)[a-zæøå]{3}", re.IGNORECASE)
_DECISION = re.compile(
    r"(?:[\w-]{1,40},?\s+){0,3}beslutning(?:er|en)?"
    r"(?:\s+(?:fra|i|truffet|den|for|af|på)\b.{0,150}|,?\s+d\..{0,60}|,?\s+\d.{0,60}|\s*:.*|\s*)",
    re.IGNORECASE,
)
_OWN_DECISION = re.compile(r"beslutning(?:er|en)?\s*(?::.*)?", re.IGNORECASE | re.DOTALL)
_NO_DECISION = re.compile(r"beslutning(?:s|en om|en er|en blev|en vil|er om|en har)", re.IGNORECASE)
_OTHER_PAPER = re.compile(r"(?:bilag|vedlagt|vedhæftet|vedr|emne|jf|se|opfølgning)\b", re.IGNORECASE)
_MEETING = re.compile(
    r"\b(?:\w{0,30}udvalg\w{0,4}|\w{1,30}(?:udvalg|råd|nævn)smøde\w{0,2}|\w{3,30}bestyrelsesmøde\w{0,2}|byråd\w{0,8}|kommunalbestyrelse\w{0,8}|borgerrepræsentation\w{0,4}"
    r"|regionsråd\w{0,4}|møde\w{0,2})\b",
    re.IGNORECASE,
)
_DAY = re.compile(r"\d{1,2}\. ?[a-zæøå]{3,9}\.? \d{4}|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}", re.IGNORECASE)
_SHORT_DAY = re.compile(r"\b(?:den|d\.) ?\d{1,2}[./-] ?\d{1,2}[./ -] ?\d{2,4}\b", re.IGNORECASE)
_MEETING_DAY = re.compile(r"mødedato:?\s*(?:[a-zæøå]{4,7}dag\s)?(?:den\s|d\.\s?)?\d{1,2}[./-]", re.IGNORECASE)
_RECOMMENDS = ("indstilling", "indstilling og beslutning")
_ATTENDED = re.compile(r"(?:til ?stede|fremmødte|mødt|deltagere|deltog)\b", re.IGNORECASE)
_MEETING_OF = re.compile(r"(?:udvalg|råd|bestyrelse|nævn)smøde\b", re.IGNORECASE)
_ORDINARY = re.compile(r"\b(?:ekstra)?ordinært\s+møde\b", re.IGNORECASE)
_APPROVES_AGENDA = re.compile(
    r"\W*\d*[\W\d]*godkendelse af (?:\w+ )?dagsorden(?:en)?\b.{0,40}"
    r"|(?:(?:punkt|pkt\.?|ad) ?)?\d{1,2}[.:)]? dagsorden(?:en)?\.?",
    re.IGNORECASE,
)
_APPROVES_OF_DAY = re.compile(
    r"Godkendelse af (?:\w+ )?dagsorden(?:en)? (?:for|til) .{2,60}? (?:den|d\.) \d{1,2}\. ?[a-zæøå]{3,9} \d{4}\.?"
)
_ADVISES = re.compile(
    r"\b(?:indstiller|indstilles|anbefaler|anbefales|foreslår|foreslås)\b.{0,80}\bat\s?[:;,]?$", re.IGNORECASE
)
"""The line above the first point of a recommendation, which begins no item."""
_REFERENCE = re.compile(r"(?:i|på|fra|til|på mødet|af|og|jf\.?)\b|\d", re.IGNORECASE)
_NTH = re.compile(r"\d\. [a-zæøå]{10}[^.]*", re.IGNORECASE)  # "2. budgetopfølgning 2027", no day of a month


@cache
def meeting_words(kind: str) -> frozenset[str]:
    """The words of the list ``meeting_words`` of one kind: agenda, minutes, label, verdict or other-paper."""
    return frozenset(row["word"] for row in rows("meeting_words") if row["kind"] == kind)


@cache
def _meeting_vocabulary() -> frozenset[str]:
    """The words of which one at least names an agenda or minutes."""
    return frozenset(word for kind in ("minutes", "agenda") for name in meeting_words(kind) for word in name.split())


def split_meeting(reading: Reading) -> list[AgendaItem | Body] | None:
    """The items of an agenda or of minutes; None when the reading is neither.

    What stands before the first item is body; the parts, joined in order, are the text.
    """
    lines = text_lines(reading.text)
    known = meeting_kind(lines) is not None or is_held(lines)
    lines = unglued(reading.text, lines) if known else lines
    items = _items(lines, known)
    if not items or (not known and len(items) < 2):
        return None
    return _parts(reading.text, lines, items)


def meeting_kind(lines: Sequence[TextLine]) -> str | None:
    """``minutes`` or ``agenda`` by the words in a document's first lines; minutes where both are named."""
    found = set()
    for at, line in enumerate(lines[:HEAD_LINES]):
        plain = whole_head(lines, at) if len(line.plain) <= 100 else line.plain
        if len(plain) > 100 or (plain[:1].islower() and " " in plain.rstrip(" :.")):
            continue
        words = fold(plain).replace(":", " ").split()
        if "," in plain and (line is lines[0] or _DAY.search(plain)):
            # "Referat, mandag den 5. maj 2025", "Teknisk Udvalg – referat, mandag den 5. maj 2025"
            words = [word.rstrip(",") for word in words]
        if _meeting_vocabulary().isdisjoint(words) or (plain[:1].islower() and len(words) > 1):
            continue
        if words[1:3] == ["og", "referat"]:
            found.add("minutes")  # "Dagsorden og referat 4. april 2024"
        for kind in ("minutes", "agenda"):
            heads = {" ".join(words[:1]), " ".join(words[:2]), words[-1] if 0 < len(words) <= 6 else ""}
            named = heads & meeting_words(kind) or (meeting_words(kind) & set(words) and _is_head(plain, line, lines))
            if named and not _is_item_about(plain):
                found.add(kind)
    return "minutes" if "minutes" in found else "agenda" if found else None


def is_held(lines: Sequence[TextLine]) -> bool:
    """Whether a paper that nowhere says "Referat" is minutes: a meeting and its day on top, and what came of it.

    That is a verdict under "Beslutning", where an agenda has an empty line, or who was there and a verdict, or below
    "Ekstraordinært møde" a verdict on a line of its own in a paper without headings.
    """
    if is_item_page(lines):
        return any(_decides(line, lines[at + 1 : at + 3]) for at, line in enumerate(lines))
    first = [line for line in lines[:8] if not _APPROVES_AGENDA.fullmatch(meeting_points.first_cell(line.plain))]
    top = [frozenset(fold(line.plain).replace(":", " ").split()) for line in first]
    if any(words & meeting_words("other-paper") for words in top):
        return False
    title = next((at for at, line in enumerate(lines[:4]) if _is_title(line.plain)), None)
    if title is None or not any(
        _DAY.search(line.plain) or _SHORT_DAY.search(line.plain) for line in lines[title : title + 3]
    ):
        return False
    attended = any(_ATTENDED.match(line.plain) for line in lines[:15])
    if attended and any(meeting_points.VERDICT.search(line.plain) for line in lines):
        return True
    if any(_ORDINARY.search(line.plain) for line in lines[title : title + 2]) and _says_verdicts(lines):
        return True
    own = lines[title].plain
    if _MEETING_OF.search(own):
        dated = _DAY.search(own) or _SHORT_DAY.search(own)
        if (dated and _says_verdicts(lines)) or any(map(meeting_points.is_verdict, meeting_points.told_cells(lines))):
            return True
    return any(_decides(line, lines[at + 1 : at + 2]) for at, line in enumerate(lines))


def is_item_page(lines: Sequence[TextLine]) -> bool:
    """Whether a paper is the page of one item of a meeting: "Mødedato: 3. maj 2024" on top and what is recommended.

    Whose meeting it is such a page does not say on top, and the first body that it names may be another.
    """
    dated = any(_MEETING_DAY.match(line.plain) for line in lines[:3])
    return dated and meeting_kind(lines) is None and any(fold(line.plain) in _RECOMMENDS for line in lines)


def approval(lines: Sequence[TextLine]) -> list[TextLine]:
    """The line "Godkendelse af dagsorden for Økonomiudvalget den 3. maj 2024.", whose meeting it says and when."""
    return [line for line in lines if _APPROVES_OF_DAY.fullmatch(line.plain)][:1]


def _says_verdicts(lines: Sequence[TextLine]) -> bool:
    """Whether a line is a verdict alone, in a paper that has no headings: "Udsat." below "2. Broen"."""
    if any(_is_label(line.plain) for line in lines):
        return False
    return any(meeting_points.ONE_VERDICT.fullmatch(line.plain) for line in lines)


def _is_title(plain: str) -> bool:
    short = len(plain) <= 100 and plain[:1].isupper() and not plain.endswith((".", ",", ":", "?"))
    return short and _MEETING.search(plain) is not None and not _OTHER_PAPER.match(plain)


def _decides(line: TextLine, following: Sequence[TextLine]) -> bool:
    """Whether a line is "Beslutning" alone, with a verdict or a sentence behind it or on the next line."""
    if not _OWN_DECISION.fullmatch(line.plain):
        return False
    if following and is_decision_heading(following[0].plain):
        following = following[1:]  # "Beslutning", and below it "Kulturudvalgets beslutning i mødet den 3. maj 2024:"
    behind = line.plain.partition(":")[2].strip() or "".join(each.plain for each in following[:1])
    told = behind.endswith(".") and behind[:1].isupper() and len(behind.split()) > 2
    if told and not (_is_label(behind) or _NAMED.fullmatch(behind)):
        return True
    return not meeting_words("verdict").isdisjoint(fold(behind).replace(".", " ").replace(",", " ").split()[:2])


def _is_head(plain: str, line: TextLine, lines: Sequence[TextLine]) -> bool:
    """A line that names a body or a meeting and stands as a title, not a line of prose."""
    apart = line.blank_before or line.start <= lines[min(2, len(lines) - 1)].start
    return apart and plain[:1].isupper() and not plain.endswith(".") and _MEETING.search(plain) is not None


def _is_item_about(plain: str) -> bool:
    """ "1. Godkendelse af dagsorden" names an item, "Bilag: Referat …" another paper, a sentence none."""
    if plain[:1].isdigit() or plain.endswith((",", ";")) or _OTHER_PAPER.match(plain):
        return True
    return "godkendelse" in plain.casefold() or _NAMED.fullmatch(plain) is not None


# --- items ----------------------------------------------------------------------------------------------------


def _items(lines: Sequence[TextLine], known: bool) -> list[tuple[int, str, str]]:
    """Index of the line, number and heading of each item: "Punkt 3 …" where the paper prints that, else "3. …"."""
    for pattern in (_NAMED, _AD):
        chain = _chain(lines, pattern, known)
        if chain:
            return meeting_points.titled_above(lines, _without_points(lines, chain, pattern))
    return _chain(lines, _BARE, False) if known else []


def _without_points(
    lines: Sequence[TextLine], chain: list[tuple[int, str, str]], pattern: re.Pattern[str]
) -> list[tuple[int, str, str]]:
    """The items "83. …" of the paper, where all that the chain has stands below their decisions."""
    titles = {index: title for index, _, title in chain}
    _, below = meeting_points.points_decided(lines, titles, is_decision_heading, _is_label, ad=pattern is _AD)
    if len(below) < len(chain):
        return chain
    bare = _chain(lines, _BARE, False)
    return bare if len(bare) > 1 and bare[0][0] < chain[0][0] else chain


def _chain(lines: Sequence[TextLine], pattern: re.Pattern[str], trusted: bool) -> list[tuple[int, str, str]]:
    """The best chain of a pattern; one that is not ``trusted`` must look like items by its own evidence."""
    matches = {}
    opening = _OPENING[pattern]
    for index, line in enumerate(lines):
        first = line.plain[:1]
        if (first in "|•" or first in opening) and len(line.plain) <= LONGEST_ITEM_HEADING:
            match = pattern.fullmatch(meeting_points.unpiped(line.plain))
            advised = index and _ADVISES.search(lines[index - 1].plain)
            if match and not advised and not _refers(match["title"], pattern):
                matches[index] = match
    if matches and pattern is not _BARE:
        titles = {index: match["title"] for index, match in matches.items()}
        points, _ = meeting_points.points_decided(lines, titles, is_decision_heading, _is_label, ad=pattern is _AD)
        matches = {index: match for index, match in matches.items() if index not in points}
    if not matches:
        return []
    begun = [index for index, match in matches.items() if pattern is not _BARE or _begins(match)]
    candidates = []
    for index, match in matches.items():
        at = bisect_right(begun, index)
        stop = begun[at] if at < len(begun) else len(lines)
        before = next((other for other in reversed(begun[:at]) if other < index), -1)
        score = _score(lines, index, stop, match, pattern, decided=_is_decided(lines[before + 1 : index]))
        candidates.append(Candidate(index, int(match["number"]), score))
    chain = best_chain(candidates, from_one=False)
    if sum(candidate.score for candidate in chain) <= 0 and not (trusted and len(chain) >= 2):
        return []
    return [(c.index, matches[c.index]["number"], matches[c.index]["title"].strip(" |")) for c in chain]


def _refers(title: str, pattern: re.Pattern[str]) -> bool:
    """ "Punkt 4 i referatet …" speaks of an item; it does not begin one."""
    if pattern is _BARE or title[:1].isupper() or _NTH.fullmatch(title):
        return False
    return _REFERENCE.match(title) is not None


def _begins(match: re.Match[str]) -> bool:
    """ "2. Takster", "2. 10 nye boliger"; not "715 kr. pr. barn", "17. december" or "2. at" (prose and points)."""
    title = match["title"]
    return title[0].isupper() or (match["sep"] is not None and _COUNTED.match(title) is not None)


def _is_decided(above: Sequence[TextLine]) -> bool:
    """Whether the lines above hold a whole decision, so that what follows is no point of it: a new item may begin."""
    heads = [at for at, line in enumerate(above) if is_decision_heading(line.plain)]
    return bool(heads) and (heads[-1] + 1 < len(above) or above[-1].plain.endswith("."))


def _score(
    lines: Sequence[TextLine], index: int, stop: int, match: re.Match[str], pattern: re.Pattern[str], *, decided: bool
) -> float:
    """High for a heading with an item's labels below it, low for a line of a list of contents or of a list in prose.

    ``decided``: what stands above it ends in a decision, as a list of contents never does.
    """
    title = match["title"]
    labels = sum(_is_label(line.plain) for line in lines[index + 1 : min(stop, index + 60)])
    score = 2.0 * min(labels, 3)
    if pattern is _BARE:
        if not _begins(match):
            return -5
        score += heading_score(lines, index, title, match["sep"] is not None) - 2
        score += (7 if title.endswith(".") else 3) if match["sep"] in _DASHES else 0
        score += 2 if index and _CASE_NUMBER.match(lines[index - 1].plain) else 0
    else:
        score += 2 if not title or title[0].isupper() or title[0] in "\"'«”(" or _NTH.fullmatch(title) else -4
        score -= 3 if title.endswith(",") or (title.endswith(".") and len(title) > 80) else 0
    if is_contents_line(lines[index].plain):
        return score - 6
    return score - (2 if stop - index - 1 <= THIN and not labels and not decided else 0)


def _is_label(plain: str) -> bool:
    """ "Sagsfremstilling", "Indstilling:", "Sagsnr.: 24/1", "Beslutning i Skoleudvalget den …"."""
    if len(plain) > 200:
        return False
    head = fold(plain.partition(":")[0])
    return head in meeting_words("label") or fold(plain.split(" ")[0]) == "sagsnr" or is_decision_heading(plain)


# --- parts ----------------------------------------------------------------------------------------------------


def _parts(text: str, lines: Sequence[TextLine], items: Sequence[tuple[int, str, str]]) -> list[AgendaItem | Body]:
    starts = [lines[index].start for index, _, _ in items]
    days = _days(line.plain for line in lines[: items[0][0]])
    parts: list[AgendaItem | Body] = []
    if not text[: starts[0]].strip():
        starts[0] = 0
    elif starts[0]:
        parts.append(Body(index=0, title=None, text=text[: starts[0]]))
    for (index, number, title), start, end in zip(items, starts, [*starts[1:], len(text)], strict=True):
        own = [line for line in lines[index:] if line.start < end] if end < len(text) else lines[index:]
        heading, body = _heading(own, title)
        parts.append(
            AgendaItem(
                index=0,
                title=heading,
                text=text[start:end],
                body_start=min(body - start, end - start),
                number=number,
                heading=heading,
                decision_start=_decision_start(text, own, start, days),
            )
        )
    return parts


def _heading(lines: Sequence[TextLine], title: str) -> tuple[str | None, int]:
    """The item's heading, gathered over the lines it runs on for, and where the text after it begins."""
    used = 1
    if not title and len(lines) > 1 and _can_be_heading(lines[1].plain):
        title, used = lines[1].plain, 2
    while used < min(len(lines), MOST_HEADING_LINES) and _runs_on(title, lines[used]):
        title = f"{title} {lines[used].plain}"
        used += 1
    return title.strip(" :|") or None, lines[used - 1].end + 1


def _can_be_heading(plain: str) -> bool:
    """Below "Ad 2": no label, and no sentence, with which minutes begin at once."""
    return not _is_label(plain) and len(plain) <= LONGEST_ITEM_HEADING and not plain.endswith(".")


def _runs_on(title: str, line: TextLine) -> bool:
    if line.blank_before or _is_label(line.plain) or len(title) > LONGEST_ITEM_HEADING or not title:
        return False
    return line.plain[:1].islower() or title.endswith(("-", ",", " og", " af", " for", " i", " til", " på", " om"))


def is_decision_heading(plain: str) -> bool:
    """ "Beslutning", "Beslutning: Godkendt", "Beslutning fra Byrådet den …", "Udvalgets beslutning"."""
    if len(plain) > LONGEST_HEADING + 60 or "eslutning" not in plain.casefold() or _NO_DECISION.match(plain):
        return False
    if _OWN_DECISION.fullmatch(plain):
        return True
    return _DECISION.fullmatch(plain) is not None and not plain.endswith((".", ",")) and plain[:1].isupper()


def _decision_start(text: str, lines: Sequence[TextLine], start: int, days: set[str]) -> int | None:
    """The item's own "Beslutning" if there is one; else the last heading of a decision ("… fra", "… i", "… den").

    Decisions of earlier meetings are quoted: one of the meeting's own day, where it is printed, is preferred.
    """
    found = [line for line in lines[1:] if is_decision_heading(line.plain)]
    own = [line for line in found if _OWN_DECISION.fullmatch(line.plain)]
    today = [line for line in found if days & _days([line.plain])]
    chosen = next((lines[-1] for lines in (own, today, found) if lines), None)
    if chosen is None:
        return None
    word = chosen.plain.split(" ", 1)[0]
    return max(text.find(word, chosen.start, chosen.end), chosen.start) - start


def _days(printed: Iterable[str]) -> set[str]:
    """The days named in these lines, as printed but for blanks and case."""
    return {day.casefold().replace(" ", "") for plain in printed if len(plain) <= 200 for day in _DAY.findall(plain)}
