"""Which decision a message is about: candidates with what speaks for each, and none where nothing is strong enough.

The score is a sum: :data:`WEIGHTS` says what each kind of evidence adds. A number of its case or its proposal is
enough alone. Words of a title and amounts must be rare among all papers, and body and time only support them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from corpus.identity import part_id
from corpus.model import Amount, Committee, Decision, Message
from corpus.store import links as stored
from corpus.store.keys import utc_minute
from corpus.store.links import PaperRow, PointerRow
from pipeline.facts.bodies.names import initials
from pipeline.links.amounts import figures, known_by
from pipeline.links.library import Library, paper_id
from pipeline.links.mentions import ONE_WORD, Mention, Mentions, Title
from pipeline.links.model import About, Evidence
from pipeline.links.normal import body_key
from pipeline.links.resolve import Resolution, day_of_minute, iso_day, resolve
from pipeline.links.words import title_words

WEIGHTS = {
    "case-number": 0.7,
    "proposal-number": 0.7,
    "agenda-item": 0.6,
    "agreement": 0.3,
    "amount": 0.3,
    "round-amount": 0.15,
    "body": 0.1,
    "date-window": 0.1,
    "few-days": 0.15,
}
"""What each kind of evidence adds; words of the title add what :mod:`pipeline.links.mentions` says."""
MOST_OF_AMOUNTS = 0.45
"""What all amounts together add at most."""
THRESHOLD = 0.6
"""What a decision needs to be given at all: more than an amount with body and time, or half a title."""
UNSURE = 0.5
"""What a number counts that may be of several papers."""

MOST_GIVEN = 10
MOST_CANDIDATES = 100
MOST_POINTERS = 200
MOST_AMOUNTS = 50
MOST_OF_AMOUNT = 10
"""An amount that more papers name says nothing."""
FULL_FIGURES = 3
WINDOW_DAYS = 365
"""A decision up to a year before the message, or after it, fits its time."""
FEW_DAYS = 14
"""A decision so near counts more, where a word of its title is in the message."""
FAR_DAYS = 2 * WINDOW_DAYS
"""One farther off needs a number."""
DECISIONS = ("proposal", "agenda-item", "agreement")

Key = tuple[str, int]


class _Candidate:
    """A paper and what speaks for it."""

    def __init__(self, paper: PaperRow) -> None:
        self.paper = paper
        self.by_number: dict[str, Evidence] = {}
        self.amounts: dict[str, Evidence] = {}
        self.mention: Evidence | None = None
        self.support: list[Evidence] = []

    @property
    def evidence(self) -> list[Evidence]:
        """The strongest first."""
        found = [*self.by_number.values(), *self.amounts.values(), *self.support]
        found += [self.mention] if self.mention else []
        return sorted(found, key=lambda each: -each.weight)

    @property
    def total(self) -> float:
        """The sum of what speaks for it."""
        amounts = min(sum(each.weight for each in self.amounts.values()), MOST_OF_AMOUNTS)
        others = sum(each.weight for each in self.evidence if each.kind != "amount")
        return round(amounts + others, 2)

    @property
    def is_grounded(self) -> bool:
        """Whether a number, a title or an exact amount speaks for it; all else only supports."""
        titled = self.mention is not None and self.mention.weight > ONE_WORD
        return bool(self.by_number) or titled or any(each.weight >= WEIGHTS["amount"] for each in self.amounts.values())


def about(library: Library, sha256: str, message: Message, municipality: str | None) -> list[About]:
    """The decisions that a message may be about, the likeliest first."""
    found = _Search(library, sha256, message, municipality).candidates()
    strong = [candidate for candidate in found if candidate.is_grounded and candidate.total >= THRESHOLD]
    strong.sort(key=lambda each: (-each.total, each.paper.status is None, each.paper.sha256, each.paper.part))
    return [_given(library, part_id(sha256, message.index), candidate) for candidate in strong[:MOST_GIVEN]]


class _Search:
    def __init__(self, library: Library, sha256: str, message: Message, municipality: str | None) -> None:
        self._library, self._sha256, self._message = library, sha256, message
        self._municipality = municipality
        self._sent = day_of_minute(utc_minute(message.sent)[0])
        self._found: dict[Key, _Candidate] = {}

    def candidates(self) -> list[_Candidate]:
        self._by_references()
        numbered = set(self._found)
        records = stored.records_of_part(
            self._library.connection, self._sha256, self._message.index, ["amount", "committee"]
        )
        amounts = self._by_amounts([record for record in records if isinstance(record, Amount)])
        mentions = Mentions(self._library.connection, self._message)
        own = title_words(self._municipality)
        places = dict.fromkeys([*amounts, *mentions.places()])
        self._take(stored.papers_at(self._library.connection, list(places)[:MOST_CANDIDATES]))
        for key in set(self._found) - numbered:
            if self._contradicts(self._found[key].paper):
                del self._found[key]
        bodies = [record for record in records if isinstance(record, Committee)]
        titles = {key: _titled(each.paper, own) for key, each in self._found.items()}
        found = mentions.of(titles)
        for key, candidate in self._found.items():
            candidate.amounts = {each.target: each for each in amounts.get(key, [])}
            candidate.mention = _worded(found.get(key))
            near = FEW_DAYS if candidate.mention else -1
            candidate.support = [*self._body(candidate.paper, bodies), *self._time(candidate.paper, near)]
        return list(self._found.values())

    def _take(self, papers: Iterable[PaperRow]) -> None:
        for paper in papers:
            if paper.kind in DECISIONS or paper.status is not None:
                self._found.setdefault((paper.sha256, paper.part), _Candidate(paper))

    # --- numbers ------------------------------------------------------------------------------------------------

    def _by_references(self) -> None:
        pointers = self._library.pointers(self._sha256).values()
        here = [pointer for pointer in pointers if pointer.part == self._message.index]
        for pointer in here[:MOST_POINTERS]:
            self._cite(pointer, resolve(self._library, pointer))

    def _cite(self, pointer: PointerRow, found: Resolution) -> None:
        weight = WEIGHTS.get({"case": "case-number", "proposal": "proposal-number"}.get(pointer.kind, pointer.kind))
        if weight is None or found.state not in ("resolved", "ambiguous"):
            return
        weight = round(weight * (UNSURE if found.state == "ambiguous" else 1), 2)
        self._take(found.papers)
        for paper in found.papers:
            candidate = self._found.get((paper.sha256, paper.part))
            if candidate is not None:
                printed = paper.text or paper.title or ""
                candidate.by_number.setdefault(pointer.kind, _numbered(pointer, printed, weight))

    # --- amounts ------------------------------------------------------------------------------------------------

    def _by_amounts(self, amounts: Sequence[Amount]) -> dict[Key, list[Evidence]]:
        """The papers that name an amount of the message exactly, where they are few."""
        asked = {(value, amount.currency): amount for amount in amounts if (value := known_by(amount))}
        found: dict[Key, list[Evidence]] = defaultdict(list)
        for (value, currency), amount in list(asked.items())[:MOST_AMOUNTS]:
            rows = stored.with_amount(self._library.connection, value, currency, MOST_OF_AMOUNT + 1)
            if len(rows) <= MOST_OF_AMOUNT:
                weight = WEIGHTS["amount" if figures(amount) >= FULL_FIGURES else "round-amount"]
                for sha256, part, text in rows:
                    evidence = Evidence(kind="amount", message=_flat(amount.text), target=text, weight=weight)
                    found[sha256, part].append(evidence)
        return found

    # --- what supports, and what speaks against -------------------------------------------------------------------

    def _contradicts(self, paper: PaperRow) -> bool:
        """Another municipality, or another time: words and amounts alone do not reach so far."""
        if self._municipality and paper.municipality and self._municipality != paper.municipality:
            return True
        day = iso_day(paper.day)
        if self._sent is None:
            return False
        if day is not None and paper.kind != "proposal":
            return abs((day - self._sent).days) > FAR_DAYS
        return paper.year is not None and abs(paper.year - self._sent.year) > FAR_DAYS // WINDOW_DAYS

    def _body(self, paper: PaperRow, bodies: Sequence[Committee]) -> Iterator[Evidence]:
        wanted = {paper.body_key, body_key(initials(paper.body or ""))} - {None}
        for named in bodies:
            if {body_key(named.name), body_key(named.abbreviation)} & wanted:
                yield _supporting("body", _flat(named.text), paper.body or "")
                return

    def _time(self, paper: PaperRow, near: int) -> Iterator[Evidence]:
        """``near``: up to how many days away a decision counts more."""
        day = iso_day(paper.day)
        if self._sent is None:
            return
        if day is not None and abs((day - self._sent).days) <= WINDOW_DAYS:
            kind = "few-days" if abs((day - self._sent).days) <= near else "date-window"
            yield _supporting(kind, self._sent.isoformat(), day.isoformat())
        elif day is None and paper.year is not None and paper.year - self._sent.year in (0, 1):
            yield _supporting("date-window", self._sent.isoformat(), f"budget {paper.year}")


def _numbered(pointer: PointerRow, printed: str, weight: float) -> Evidence:
    text = _flat(pointer.printed)
    if pointer.kind == "case":
        return Evidence(kind="case-number", message=text, target=printed, weight=weight)
    if pointer.kind == "proposal":
        return Evidence(kind="proposal-number", message=text, target=printed, weight=weight)
    return Evidence(kind="reference", message=text, target=printed, weight=weight)


def _worded(mention: Mention | None) -> Evidence | None:
    if mention is None:
        return None
    return Evidence(kind="title-words", message=mention.text, target=mention.title, weight=mention.weight)


def _supporting(kind: str, message: str, target: str) -> Evidence:
    if kind == "body":
        return Evidence(kind="body", message=message, target=target, weight=WEIGHTS["body"])
    return Evidence(kind="date-window", message=message, target=target, weight=WEIGHTS[kind])


def _titled(paper: PaperRow, own: Sequence[str]) -> Title | None:
    """The title, and what of it names the place or the body: these are no names of what is decided."""
    places = [*own, *title_words(paper.municipality), *title_words(paper.body)]
    return Title(paper.title, frozenset(places)) if paper.title else None


def _decided(library: Library, paper: PaperRow) -> list[Decision]:
    """What was decided, point by point: what the same text tells of other days is left out."""
    if paper.decision is None or paper.status is None:
        return []
    records = stored.records_of_part(library.connection, paper.sha256, paper.part, ["decision"])
    return [
        record
        for record in records
        if isinstance(record, Decision)
        and record.start >= paper.decision
        and record.date in (None, paper.day)
        and (paper.status == "recommended" or record.status != "recommended")
    ]


def _given(library: Library, message: str, candidate: _Candidate) -> About:
    paper = candidate.paper
    id = paper_id(paper)
    decided = _decided(library, paper)
    told = [] if paper.decision is None or paper.status is None else [paper.status]
    return About(
        message=message,
        id=id,
        record=None if paper.decision is None else f"{id}.decision.{paper.decision}",
        status=paper.status,
        statuses=list(dict.fromkeys([*told, *(each.status for each in decided)])),
        negated=any(each.negated for each in decided),
        path=library.path(paper.sha256),
        kind=paper.kind,
        title=paper.title,
        page=paper.page,
        body=paper.body,
        date=paper.day,
        year=paper.year,
        score=min(candidate.total, 1.0),
        evidence=candidate.evidence,
    )


def _flat(text: str) -> str:
    return " ".join(text.split())
