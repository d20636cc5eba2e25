"""What the parts of a document are: proposals, agenda items, agreements, papers of a case."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from itertools import islice, zip_longest

from corpus.model import AgendaItem, Amount, AnyPart, Decision, Document, Message, Proposal, Reference
from corpus.store.entries import FiledUnder, Paper, PaperAmount
from pipeline.links.amounts import known_by
from pipeline.links.normal import body_key, case_key, item_key, proposal_key
from pipeline.links.words import title_words, words

HEAD = 3000
"""Characters of a paper in which its own case number stands."""
FIRST_LINES = 6
LONGEST_LINE = 120
MOST_AMOUNTS = 200
MEETINGS = ("minutes", "agenda")
NO_PAPERS = ("email",)

_YEAR = re.compile(r"(?:19|20)\d\d")
_WORD = re.compile(r"[^\W\d_]+")
_CELL = re.compile(r"\s{2,}|\t|\||\s·\s")
_NOT_A_LETTER = re.compile(r"[\W\d_]+")
_NEXT_LABEL = re.compile(r"[ \t*_)\].,;]*(?:$|\||\t|[ ]{2}|·[ ]|[ ,;]*[^\W\d_][^\W\d_ .-]*(?:[ .-][^\W\d_]+)?\.?:)")
_LABEL_BEFORE = re.compile(r"[-–—·|,(:]\s?(?P<label>[^\W\d_]+\.?\s?(?:nr\.?|nummer)?)[:\s]{0,2}\Z", re.IGNORECASE)
_OWNER = re.compile(r"^[^\W\d_][\w -]{1,30}? kommunes?\b[ ,:–-]*", re.IGNORECASE)


def papers(document: Document) -> list[Paper]:
    """The parts of a document that others may point to. A mail has none: what it names is somebody else's."""
    if document.kind in NO_PAPERS:
        return []
    return list(_Papers(document).all())


class _Papers:
    def __init__(self, document: Document) -> None:
        self._document = document
        self._references: dict[int, list[Reference]] = defaultdict(list)
        self._decisions: dict[int, list[Decision]] = defaultdict(list)
        self._amounts: dict[int, list[PaperAmount]] = defaultdict(list)
        for record in document.records:
            if isinstance(record, Reference) and record.kind == "case":
                self._references[record.part].append(record)
            elif isinstance(record, Decision):
                self._decisions[record.part].append(record)
            elif isinstance(record, Amount) and (value := known_by(record)):
                self._amounts[record.part].append(PaperAmount(value, record.currency, " ".join(record.text.split())))

    def all(self) -> Iterator[Paper]:
        first = True
        for part in self._document.parts:
            if not isinstance(part, Message):
                paper = self._paper(part, first)
                if paper is not None:
                    yield paper
            first = False

    def _paper(self, part: AnyPart, first: bool) -> Paper | None:
        whole = _whole(self._document) if first else None
        cases = list(self._cases(part, first))
        decision = self._decision(part)
        kind = type(part).__struct_config__.tag
        if kind == "body":
            if not (whole or cases or decision):
                return None
            kind = whole.kind if whole else "paper"
        title = part.title or (self._document.title if first else None) or (whole.text if whole else None)
        own = part.committee if isinstance(part, Proposal | AgendaItem) else decision.body if decision else None
        return Paper(
            part=part.index,
            kind=str(kind),
            title=title,
            body=own,
            body_key=body_key(own),
            day=self._document.date,
            year=_year(part) or (int(whole.key) if whole else None),
            status=decision.status if decision else None,
            decision=decision.start if decision else None,
            numbers=[*self._own_numbers(part), *cases, *([whole] if whole else [])],
            words=title_words(title),
            amounts=self._amounts[part.index][:MOST_AMOUNTS],
        )

    def _own_numbers(self, part: AnyPart) -> Iterator[FiledUnder]:
        number = part.number if isinstance(part, Proposal | AgendaItem) else None
        if number is None:
            return
        if isinstance(part, Proposal):
            key = proposal_key(number)
            if key:
                yield FiledUnder("proposal", key, number)
        elif isinstance(part, AgendaItem):
            for meeting in (self._document.date, body_key(part.committee)):
                if meeting:
                    yield FiledUnder("agenda-item", item_key(number, meeting), number)

    def _cases(self, part: AnyPart, first: bool) -> Iterator[FiledUnder]:
        """The case numbers that stand behind a label in the paper's head, or in its heading."""
        if not first and not isinstance(part, Proposal | AgendaItem):
            return
        end = HEAD
        if isinstance(part, AgendaItem) and part.decision_start is not None:
            end = min(end, part.decision_start)
        for record in self._references[part.index]:
            key = case_key(record.value)
            own = record.end <= part.body_start or _is_labelled(part.text, record)
            if key and record.end <= end and (own or (first and _ends_title(self._document.title, part.text, record))):
                yield FiledUnder("case", key, record.text)

    def _decision(self, part: AnyPart) -> Decision | None:
        """What the meeting decided: under "Beslutning", else of its own day, else what it is recommended to decide.

        What other papers, and the case's own text, tell of earlier decisions is not what was decided there.
        """
        if self._document.kind not in MEETINGS or isinstance(part, Proposal):
            return None
        found = self._decisions[part.index]
        start = part.decision_start if isinstance(part, AgendaItem) else None
        if start is not None:
            return next((record for record in found if record.start >= start), None)
        today = (record for record in found if record.date and record.date == self._document.date)
        return next(today, next((record for record in found if record.status == "recommended"), None))


def _year(part: AnyPart) -> int | None:
    return min(part.budget_years) if isinstance(part, Proposal) and part.budget_years else None


def _whole(document: Document) -> FiledUnder | None:
    """A document that is the agreement on a budget, by its first lines, or the catalogue of a budget's proposals."""
    if document.kind in (*MEETINGS, "spreadsheet", "letter"):
        return None
    if document.kind != "budget-catalogue":
        return _agreement(document)
    title = " ".join((document.title or "").split())
    printed = _YEAR.search(title)
    years = {int(printed.group())} if printed else {year for part in document.parts if (year := _year(part))}
    return FiledUnder("catalogue", str(years.pop()), title) if len(years) == 1 else None


def _agreement(document: Document) -> FiledUnder | None:
    """ "Budgetaftale 2024", "Aftale om budget 2024 for Fjordby Kommune" as a line of its own among the first ones.

    A line that says more ("Budgetforlig 2024 giver flere lærere", "Notat om budgetaftalen") is of another paper.
    """
    text = document.parts[0].text[:HEAD] if document.parts else ""
    flat = (" ".join(line.split()).lstrip("# ") for line in text.splitlines() if not line.isspace())
    lines = list(islice(filter(None, flat), FIRST_LINES))
    for line, after in zip_longest(lines, lines[1:], fillvalue=""):
        names = any(each.casefold().startswith(_agreements()) for each in (line, _OWNER.sub("", line)))
        if names and _says_no_more(line):
            printed = _YEAR.search(line) or (_YEAR.search(after) if _says_no_more(after) else None)
            if printed:
                return FiledUnder("agreement", printed.group(), line)
    return None


@cache
def _agreements() -> tuple[str, ...]:
    found = words("agreement")
    return (*found, *(f"{before} {word}" for before in words("agreement-before") for word in found))


def _says_no_more(line: str) -> bool:
    """Whether a line has but an agreement's own words, names and years."""
    small = [word for word in _WORD.findall(line) if word[0].islower()]
    known = words("agreement-beside") | words("agreement-before")
    return (
        len(line) <= LONGEST_LINE and not line.endswith(".") and all(_is_agreement_word(word, known) for word in small)
    )


def _is_agreement_word(word: str, known: frozenset[str]) -> bool:
    return word in known or any(word in phrase.split() for phrase in words("agreement"))


def _is_labelled(text: str, record: Reference) -> bool:
    """ "Sagsnr.: 24/8812" on a line of its own, in a row of labels, behind "·", or below its label; not in a sentence.

    A label in lower case begins a paragraph, else it is of a sentence that runs on from the line above.
    """
    begin = text.rfind("\n", 0, record.start) + 1
    stop = text.find("\n", record.end)
    if not _NEXT_LABEL.match(text[record.end : len(text) if stop < 0 else stop][:80]):
        return False
    if not _letters(text[begin : record.start]):
        stop = len(text[:begin].rstrip())
        begin = text.rfind("\n", 0, stop) + 1
    else:
        stop = record.start
    pieces = [piece for piece in _CELL.split(text[max(begin, stop - 200) : stop]) if _letters(piece)]
    if not pieces or _letters(pieces[-1]) not in words("case-label"):
        return False
    first = next(character for character in pieces[-1] if character.isalpha())
    return first.isupper() or not text[:begin].rstrip(" \t").removesuffix("\n").rpartition("\n")[2].strip()


def _ends_title(title: str | None, text: str, record: Reference) -> bool:
    """Whether a line that is the document's title ends in a label and the number: "Afgørelse - j.nr. 24/8812"."""
    begin = text.rfind("\n", 0, record.start) + 1
    stop = text.find("\n", record.end)
    line = text[begin : len(text) if stop < 0 else stop].strip("# \t")
    piece = _LABEL_BEFORE.search(text, begin, record.start)
    return title is not None and line == title.strip() and line.endswith(record.text) and _is_case_label(piece)


def _is_case_label(piece: re.Match[str] | None) -> bool:
    return piece is not None and _letters(piece["label"]) in words("case-label")


def _letters(text: str) -> str:
    return _NOT_A_LETTER.sub("", text).casefold()
