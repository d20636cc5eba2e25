"""What stands at a page break: page furniture, with which a table goes on, or the beginning of something else."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.lazy import lazy
from corpus.reading import Reading
from pipeline.headings import fold
from pipeline.proposals.labels import kind_of, kinds, labels
from pipeline.tables.content.grid import TextLine

EDGE_LINES = 4
"""So many lines at the head and foot of a page may be furniture."""
FEWEST_PAGES = 3
LONGEST = 100
_COUNT = r"\d{1,4}(?:\s?(?:/|af|of)\s?\d{1,4})?"
_PAGE_MARK = re.compile(
    rf"[-–—|·\s]*(?:{_COUNT}|[ivxl]{{1,6}})[-–—|·\s]*|(?:.*[\s|])?(?:side|s\.|page)\s{_COUNT}[-–—|.\s]*|side\s{_COUNT}\s?[|–—·-].*",
    re.IGNORECASE,
)
_PRINTED = re.compile(
    rf"\d{{1,2}}[./-]\d{{1,2}}[./-]\d{{2,4}},?\s\d{{1,2}}[:.]\d\d(?:\s?[ap]m)?(?:\s.*)?|(?:https?|file):\S+\s+{_COUNT}",
    re.IGNORECASE,
)
"""What a browser prints around a page: the date, the time and the title above it, the address and the number below."""
_ADDRESS = frozenset("hHfF")
"""How an address begins."""
_DIGIT, _ENDS = re.compile(r"\d"), frozenset("-–—|·ivxlIVXLıİ")
"""A page's number has digits, or ends in one of these."""
_GOES_ON = re.compile(
    r".*\(?\bfortsat\)?[.:]?|\(?fortsat fra\b.*|\(?fortsættes\b.{0,30}|\(?fortsætter på\b.{0,30}", re.IGNORECASE
)
_NUMBERED = re.compile(r"(?P<before>.*\S)\s+(?P<last>\d{1,4})|(?P<first>\d{1,4})\s+(?P<after>\S.*)")
_COUNTED = frozenset({"tabel", "bilag", "punkt", "pkt", "kapitel", "afsnit", "skema", "figur", "oversigt", "nr"})
_CODE = re.compile(
    r"(?!(?:BO|BF|OB|KB|VB|TB|FR|FB|PL|KR)\b)[A-ZÆØÅ]{2,6}[ .\-_/–]?(?!(?:19|20)\d\d\b)\d{1,4}[a-zA-Z]?"
    r"(?=\s*[:.–-]?\s+[^\W\d_]|\s*$)"
)
_OWN_NUMBER = re.compile(r"(?<![\d–/-])(?!(?:19|20)\d\d)\d{1,4}(?![\d.,])")
"""A number that is no year."""


class Edges:
    """The first and last printed lines of each page, to know what stands on several pages."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading

    @lazy
    def _tops(self) -> list[frozenset[str]]:
        return [_keys(lines[:EDGE_LINES], number) for number, lines in enumerate(self._pages())]

    @lazy
    def _feet(self) -> list[frozenset[str]]:
        return [_keys(lines[-EDGE_LINES:], number) for number, lines in enumerate(self._pages())]

    @lazy
    def _top_places(self) -> dict[str, list[int]]:
        return _places(self._tops)

    @lazy
    def _foot_places(self) -> dict[str, list[int]]:
        return _places(self._feet)

    def _pages(self) -> Iterator[list[str]]:
        pages, text = self._reading.pages, self._reading.text
        for page, end in zip(pages, [*(page.start for page in pages[1:]), len(text)], strict=True):
            yield [line for line in text[page.start : end].splitlines() if line.strip()]

    def in_head(self, text: str, page: int) -> bool:
        """Whether a line at the top of the page at index ``page`` is furniture.

        The page before has it too, or the one before that (left and right pages), or most pages of the document. Pages
        further on do not count: the title of the next proposal may stand on all of its pages.
        """
        if is_mark(text) or is_printed_around(text):
            return True
        if not page and len(self._reading.pages) < FEWEST_PAGES:
            return False  # no page is before it, and two are not most of a document
        mine = _keys([text], page)
        if any(mine & tops for tops in self._tops[max(page - 2, 0) : page]):
            return True
        return _on_most(mine, self._top_places, len(self._tops)) and not begins_proposal(text)

    def is_running(self, line: TextLine) -> bool:
        """Whether a line stands at the top of its page, and at that of the one before or behind, or of most."""
        pages = self._reading.pages
        index = next((n for n, page in enumerate(pages) if page.number == line.page), None)
        if index is None:
            return False
        over = self._reading.text[pages[index].start : line.start].splitlines()
        if sum(bool(each.strip()) for each in over) >= EDGE_LINES:
            return False
        mine = _keys([line.text], index)
        return self.in_head(line.text, index) or any(mine & tops for tops in self._tops[index + 1 : index + 3])

    def in_foot(self, text: str, page: int) -> bool:
        """Whether a line at the end of the page at index ``page`` is furniture: some other page has it too."""
        if is_mark(text) or is_printed_around(text):
            return True
        if len(self._reading.pages) < 2:
            return False
        mine = _keys([text], page)
        others = self._feet[max(page - 2, 0) : page] + self._feet[page + 1 : page + 3]
        if any(mine & feet for feet in others):
            return True
        return _on_most(mine, self._foot_places, len(self._feet))


def _places(pages: Sequence[frozenset[str]]) -> dict[str, list[int]]:
    """On which pages each line stands: a book has a thousand, and each asks about its own lines."""
    places: dict[str, list[int]] = {}
    for number, keys in enumerate(pages):
        for key in keys:
            places.setdefault(key, []).append(number)
    return places


def _on_most(keys: frozenset[str], places: dict[str, list[int]], pages: int) -> bool:
    known = [places[key] for key in keys if key in places]
    fewest = max(FEWEST_PAGES, pages // 2 + 1)
    if sum(map(len, known)) < fewest:
        return False
    return max(map(len, known)) >= fewest or len(set().union(*known)) >= fewest


def _keys(lines: Sequence[str], page: int) -> frozenset[str]:
    """Lines as they are, and those with a page's number as what remains, with the number's distance from ``page``."""
    printed = [" ".join(line.split()) for line in lines if len(line) <= 2 * LONGEST]
    return frozenset([*printed, *(key for text in printed if (key := _without_number(text, page)) is not None)])


def _without_number(text: str, page: int) -> str | None:
    """None for "Forslag 12" and the like, whose number is no page's."""
    found = _NUMBERED.fullmatch(text) if text[:1].isdecimal() or text[-1:].isdecimal() else None
    if found is None:
        return None
    rest = found["before"] or found["after"]
    names = {fold(rest).strip(" .:"), fold(rest.split()[-1]).strip(" .:")}
    if names & (_COUNTED | kinds() | labels().keys()):
        return None
    return f"{rest}\n{int(found['last'] or found['first']) - page}"


def is_mark(text: str) -> bool:
    """True for a page's number ("Side 3 af 12", "- 3 -") and for a line that says that something goes on."""
    plain = text.strip()
    if len(plain) > LONGEST:
        return False
    numbered = plain[-1:] in _ENDS or _DIGIT.search(plain) is not None
    if numbered and _PAGE_MARK.fullmatch(plain) is not None:
        return True
    return "forts" in plain.casefold() and _GOES_ON.fullmatch(plain) is not None


def is_printed_around(text: str) -> bool:
    """True for what a browser prints at the head or foot of each page: "12.3.2031, 14.05  Budgetforslag"."""
    plain = text.strip()
    begun = plain[:1].isdigit() or plain[:1] in _ADDRESS
    return begun and len(text) <= 2 * LONGEST and _PRINTED.fullmatch(plain) is not None


def begins_proposal(text: str) -> bool:
    """True for a line of a proposal's head: its number ("ISU43 Færre bolde", "Forslag 7"), "Udvalg: Kulturudvalget"."""
    plain = text.strip()
    label, colon, _ = plain.partition(":")
    numbered = kind_of(plain) is not None and _OWN_NUMBER.search(plain) is not None
    return numbered or bool(_CODE.match(plain) or (colon and fold(label) in labels()))
