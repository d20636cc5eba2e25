"""Page furniture: what printing a mail put at the heads and feet of its pages, between the lines of the mail itself."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache

from corpus.normalise import is_latin
from corpus.reading import Page
from pipeline.language import SHORT, prose_of
from pipeline.mail.labels import field_of, vocabulary

EDGE_LINES = 4
"""As many lines above and below a page break may be running headers or footers."""
HEAD_LINES = 3
FEWEST_DIGITS = 4
"""A journal's number and a day with its year have as many."""
LONGEST_TITLE = 80
LONGEST = 150
_EDGE = r"[-–—|·\s]*"
_PAGE_ALONE = re.compile(rf"{_EDGE}(?:([^\W\d_]+)\.?\s+)?(\d{{1,4}}){_EDGE}")
_FRACTION = re.compile(rf"{_EDGE}(\d{{1,3}})\s*/\s*(\d{{1,3}}){_EDGE}")
_LAST_FRACTION = re.compile(r"(?:\s{2,}|\t|[|·–—] ?)\(?(\d{1,3})\s?(?:/|af|of|av)\s?(\d{1,3})\)?$")
_PRINTED_HEADER = re.compile(r"[^\W\d_]\s<[^<>\s]+@[^<>\s]+[>-]\s[^<>]*\d")
"""Gmail's: "Bo Berg <bo@fjordby.example> 3. marts 2021 kl. 14.05"."""
_PRINT_ADDRESS = re.compile(r"(?:https?|file|about):\S+(\s+\d{1,4}\s*(?:/|af|of|av|von)\s*\d{1,4})?")
_ADDRESS_MARKS = ("http", "file:", "about:")
"""Each address of a print has one of these."""
_TABLE_RULE = frozenset("| \t:-")
_MARKS = "-–—|· \t\xa0"
_APART = re.compile(r"\s{2,}|\t|\s*[|·–—]\s*|\s-\s")
_LETTERS = re.compile(r"[^\W\d_]+")
_DIGITS = re.compile(r"\d+")

_RUNNING = (None, "journal", "other")
"""Labels that a running head may have."""

Bare = tuple[int, str]
"""A line's start and its content."""


def find_furniture(bare: Sequence[Bare], text: str, pages: Sequence[Page]) -> frozenset[int]:
    """The starts of the lines that printing added, with the blank lines around them.

    The rules under the headings of Markdown tables are such lines too.

    A line that gives a page's number in words says so itself. Others are found next to a page break only, from the
    break outwards: a lone number, the address of a web page, and what stands at the same edge of other pages too.
    """
    inked = [(start, content) for start, content in bare if content]
    fractions = _page_fractions(inked)
    found = {start for start, content in inked if _is_table_rule(content)} if "--" in text else set()
    paged = _may_say_page(text)
    numbers = [
        at
        for at, (_, content) in enumerate(inked)
        if (paged and _says_page(content)) or (fractions and content in fractions)
    ]
    found |= {inked[at][0] for at in numbers}
    found |= {start for at in numbers for start in _heads_in_header(inked, at)}
    breaks = _breaks(inked, text, pages)
    if breaks or numbers:
        edges = sorted({*breaks, *numbers, *(at + 1 for at in numbers), 0, len(inked)})
        found |= _at_edges(inked, edges, frozenset([*breaks, len(inked)]), found)
    if "\f" in text:
        found |= {start for start, content in bare if not content and _at_form_feed(text, start)}
    return frozenset(found | _blanks_around(bare, found))


def _heads_in_header(inked: Sequence[Bare], at: int) -> Iterator[int]:
    """The starts of the running heads beside the page number in line ``at`` where it cuts a header block in two.

    "Aktindsigt - sag 24/1903" is no recipient and no label; it need not be repeated to be known for a head.
    """
    for step in (1, -1):
        beside = at + step
        listed = step > 0 and at > 0 and inked[at - 1][1].endswith((";", ","))
        while 0 < beside < len(inked) and abs(beside - at) <= HEAD_LINES:
            if not _is_running_head(inked[beside][1], listed=listed):
                break
            beside += step
        above = beside if step < 0 else at - 1
        if 0 <= above < len(inked) and _is_of_header(inked[above][1]):
            yield from (inked[number][0] for number in range(min(at, beside) + 1, max(at, beside)))


def _is_running_head(content: str, *, listed: bool) -> bool:
    """Words of a case and no sentence: "Aktindsigt - sag 24/1903", "Journalnr. 24-118", "Udskrevet 3. marts 2021".

    ``listed``: recipients go on here, so a number or a day alone is none of them.
    """
    if len(content) > LONGEST_TITLE or _may_begin_mail(content) or content[-1:] in ".,;?!>" or "@" in content:
        return False
    if content[:1].islower():
        return False
    folded = content.strip(_MARKS).casefold()
    cased = any(map(str.isdigit, content)) and any(f" {word}" in f" {folded}" for word in vocabulary().stamp_openings)
    return cased or "aktindsigt" in folded or (listed and _is_number_or_day(folded))


def _is_number_or_day(folded: str) -> bool:
    """ "21/4711-12", "5. april 2021": digits, and no words but those of a day."""
    words = vocabulary()
    days = all(
        word in words.months or word in words.weekdays or word in words.openers for word in _LETTERS.findall(folded)
    )
    return days and sum(map(str.isdigit, folded)) >= FEWEST_DIGITS


def _is_of_header(content: str) -> bool:
    """A line of recipients that go on, or one with a mail's label."""
    key, colon, _ = content[:40].partition(":")
    return content.endswith((";", ",")) or bool(colon and field_of(key) not in _RUNNING)


def _blanks_around(bare: Sequence[Bare], found: set[int]) -> set[int]:
    """The blank lines above and below furniture: the printer's, or not to be told from the printer's."""
    if not found:
        return set()
    around: set[int] = set()
    run: list[int] = []
    torn = False
    for start, content in bare:
        torn = torn or start in found
        if not content:
            run.append(start)
        elif start not in found:
            around |= set(run) if torn else set()
            run, torn = [], False
    return around | (set(run) if torn else set())


def _breaks(inked: Sequence[Bare], text: str, pages: Sequence[Page]) -> list[int]:
    """Where pages begin, as positions in ``inked``."""
    cuts = [page.start for page in pages[1:]] or [found.end() for found in re.finditer("\f", text)]
    positions: list[int] = []
    at = 0
    for cut in cuts:
        while at < len(inked) and inked[at][0] < cut:
            at += 1
        positions.append(at)
    return positions


def _at_edges(inked: Sequence[Bare], breaks: Sequence[int], pages: frozenset[int], known: set[int]) -> set[int]:
    """Furniture beside the breaks: ``known`` lines, lone numbers, addresses, and what other edges show too.

    ``pages``: the breaks where a page is known to end.
    """
    above = [range(at - 1, max(at - 2 - EDGE_LINES, -1), -1) for at in breaks]
    below = [range(at, min(at + 1 + EDGE_LINES, len(inked))) for at in breaks]
    found: set[int] = set()
    for side in (above, below):
        shown = {(bisect_right(breaks, at), _DIGITS.sub("0", inked[at][1])) for edge in side for at in edge}
        seen = Counter(content for _, content in shown)
        for edge in side:
            titles = _numbered(inked, edge, pages, known) if side is below else 0
            found |= _at_edge(inked, edge, seen, known, titles=titles, top=side is below)
    return found


def _at_edge(
    inked: Sequence[Bare], edge: range, seen: Counter[str], known: set[int], *, titles: int, top: bool
) -> set[int]:
    """The furniture of one edge, from the break inwards.

    Where the same goes on beyond so many lines, or up to the same label, it is no running foot but the same message
    at the end of two pages: then only what stands at more edges than that is furniture.
    """
    certain: set[int] = set()
    repeated: dict[int, int] = {}
    beyond = 0
    for place, at in enumerate(edge):
        start, content = inked[at]
        times = seen[_DIGITS.sub("0", content)]
        if place < EDGE_LINES and (start in known or place < titles or _is_page_mark(content)):
            certain.add(start)
        elif place < EDGE_LINES and times > 1 and not _may_begin_mail(content):
            repeated[start] = times
        else:
            beyond = times if place == EDGE_LINES or not top else 0
            break
    same = beyond if beyond > 1 else 0
    return certain | {start for start, times in repeated.items() if times > same}


def _numbered(inked: Sequence[Bare], edge: range, pages: frozenset[int], known: set[int]) -> int:
    """So many lines at the top of a page make up a head: the title lines above the one with the page's number."""
    if edge.start not in pages and edge.start > 0:
        return 0
    for place, at in enumerate(edge[:HEAD_LINES]):
        start, content = inked[at]
        if start in known or _is_page_mark(content):
            return place + 1 if place and at + 1 not in pages else 0
        if len(content) > LONGEST_TITLE or _may_begin_mail(content) or content[-1:] in ".,;?!>" or "@" in content:
            return 0
    return 0


def _is_page_mark(content: str) -> bool:
    """A lone number, the address of a print, or a line whose last cell counts pages: "Sag 22-5580      2/2"."""
    if _PAGE_ALONE.fullmatch(content) or _is_address(content):
        return True
    counted = _LAST_FRACTION.search(content[-40:]) if len(content) <= LONGEST else None
    return counted is not None and int(counted.group(1)) <= int(counted.group(2))


def counts_pages(content: str) -> bool:
    """True for a line of furniture that has a page's number: "4", "Side 2 af 4", "Fjordby Kommune - Side 2 af 4"."""
    return bool(content) and (_is_page_mark(content) or _FRACTION.fullmatch(content) is not None or _says_page(content))


def _is_address(content: str) -> bool:
    return _PRINT_ADDRESS.fullmatch(content) is not None


def _at_form_feed(text: str, start: int) -> bool:
    return text[start : start + 1] == "\f" or text[start - 1 : start] == "\f"


def _page_fractions(inked: Sequence[Bare]) -> set[str]:
    """Lines like "1/3" where the text has its neighbour, "2/3", too."""
    found = {content: match for _, content in inked if len(content) < 20 and (match := _FRACTION.fullmatch(content))}
    pairs = {(int(match.group(1)), int(match.group(2))) for match in found.values()}
    return {
        content
        for content, match in found.items()
        if {(int(match.group(1)) + step, int(match.group(2))) for step in (-1, 1)} & pairs
    }


def _is_table_rule(content: str) -> bool:
    """ "| --- | --- |", under the first row of a Markdown table."""
    return content[:1] == "|" and len(content) <= LONGEST and "--" in content and _TABLE_RULE.issuperset(content)


def _may_say_page(text: str) -> bool:
    """Whether a text has a word for a page, or an address that a print is of."""
    words = vocabulary().page_words
    if len(text) <= SHORT and is_latin(text):
        found = not prose_of(text).words.isdisjoint(words)
    else:
        small = text.casefold()
        found = any(word in small for word in words)
    return found or any(mark in text for mark in _ADDRESS_MARKS)


def _says_page(content: str) -> bool:
    """ "Side 1 af 3", "- Side 2 -", "Fjordby Kommune   Side 1 af 3", "https://… 1/3": a page number that says so."""
    if len(content) > LONGEST or _DIGITS.search(content) is None:
        return False
    if content[:1] in "hfa" and (address := _PRINT_ADDRESS.fullmatch(content)) and address.group(1):
        return True
    alone = _PAGE_ALONE.fullmatch(content)
    if alone is not None:
        return (alone.group(1) or "").casefold() in vocabulary().page_words
    found = _page_of().search(content)
    if found is None:
        return False
    before, behind = content[: found.start()], content[found.end() :]
    return (not before.strip(_MARKS) or _APART.search(before[-4:]) is not None) and (
        not behind.strip(_MARKS) or _APART.match(behind) is not None
    )


@cache
def _page_of() -> re.Pattern[str]:
    """ "Side 1 af 3" """
    words = vocabulary()
    page, of = (
        "|".join(map(re.escape, sorted(group, key=len, reverse=True))) for group in (words.page_words, words.of_words)
    )
    number = rf"(?<!\w)(?:{page})\.?:?\s+\d{{1,4}}\s*(?:{of})\s*(?:(?:{page})\s+)?\d{{1,4}}(?!\w)"
    return re.compile(number, re.IGNORECASE)


def _may_begin_mail(content: str) -> bool:
    """A label, an introduction, a separator, a sender with a time: no running header, however often it is repeated."""
    key, colon, _ = content[:40].partition(":")
    return (
        len(content) > LONGEST
        or content.endswith((":", "<"))
        or content[:1] in "-_"
        or ("@" in content and (content.endswith((";", ",", ">")) or _PRINTED_HEADER.search(content) is not None))
        or bool(colon and field_of(key) not in _RUNNING)
    )
