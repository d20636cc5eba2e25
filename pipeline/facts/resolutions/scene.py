"""What is known of a text before its verbs are looked at: bodies, days, blocks, and whose meeting it tells of."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cached_property
from operator import attrgetter
from typing import TYPE_CHECKING

from corpus.model import Amount, Committee, Date, Fte, Link, Reference
from pipeline.facts.resolutions.blocks import Block, blocks
from pipeline.facts.resolutions.political import NO_VERB, is_political, is_titled_agreement
from pipeline.facts.resolutions.reported import is_reported
from pipeline.facts.resolutions.tabled import with_cells
from pipeline.facts.resolutions.words import listed, turning_words

if TYPE_CHECKING:
    from pipeline.context import Context
    from pipeline.facts.resolutions.clauses import Clause
    from pipeline.language import Prose

_BESIDE = 90  # characters between the meeting's body and its day
_HEAD = 260  # characters at the top of a paper in which a meeting's body stands
_HEAD_LINE = re.compile(
    r"(?:(?:referat|dagsorden|beslutningsprotokol|protokol|møde[rt]?|åben|åbent|lukket|fra|af|i|for|til|den|kl\.?"
    r"|[^\W\d_]+s?\s+kommune|[^\W\d_]+dag|mødet|s|d|ordinært|ekstraordinært|udskrift|januar|februar|marts|april|maj|juni|juli|august|september|oktober"
    r"|november|december|beslutninger)\b|[\W\d_])*",
    re.IGNORECASE,
)
_BOARD_HEAD = re.compile(
    r"\s{0,9}(?P<who>[A-ZÆØÅ][^\W\d_]{2,30}(?:bestyrelsen|rådet|nævnet|kommissionen))"
    r"(?=,|\n|[ \t]+(?:(?:for|i|ved|på|den|d|[^\W\d_]+dag|møde|ordinært|referat|protokol)\b|[-–(\d]))"
    r"(?:[^\n.!?:]|(?<=\bd)\.|(?<=\d)\.){0,80}(?:\n\n?[^\n!?]{0,60})?\d{4}[^\n]{0,20}\n"
)
_ITEM_HEAD = re.compile(r"\n(?:(?:[Pp]unkt|[Pp]kt\.?|[Ss]ag)[ \t]+)?\d{1,3}\.?[ \t]+[A-ZÆØÅ]")
_COMPETENCE = re.compile(r"kompetence:[ \t]*(?P<who>[^\n]{2,40})", re.IGNORECASE)
_RULING = re.compile(r"(?:\A|\n)[ \t*#]*(?:emne:?[ \t]+|vedr[^\s]*[ \t]+)?afgørelse\b")
_AGREEMENT = re.compile(
    r"\s*(?:[^\n]{1,80}\n\s*){0,2}[^\n.!?:]{0,40}(?:budgetforlig|budgetaftale|(?:aftale|forlig)\s+om\s+(?:[^\W\d_][\w-]*\s+){0,3}?(?:[kK]ommunes\s+|[kK]ommunens\s+|næste\s+års\s+)?budget)(?:tet|et|en)?\b"
    rf"(?!(?:[ \t]+\d[\d \t–-]*)?[ \t]+{NO_VERB}[a-zæøå]{{2,}}r\b)"
    r"[^\n.!?]{0,60}(?=\n)"
)
"""A title, and no headline with a verb: "Budgetaftale giver flere pædagoger"."""
_AGREED = re.compile(
    r"\s*(?:[^\n]{1,80}\n\s*){0,4}?[^.]{3,160}\s(?:har|er\s+der)\s+(?:(?:[^\W\d_]+|\d{1,2}\.|(?:19|20)\d\d)\s+){0,5}?indgået\s+(?:[^\W\d_]+\s+)?"
    r"(?:budget)?(?:aftale|forlig)n?\s+(?:om|for)\s+(?:[^\W\d_]+\s+){0,2}?budget"
)
_AT_ONE = re.compile(
    r"\s*(?:[^\n.]{1,80}\n\s*){0,4}?(?=[^.]{0,200}(?:partier|partiet|socialdemokrat|venstre|konservative|radikale|enhedslisten|liberal"
    r"|\bsf\b))(?![^.]{0,200}\sikke\s)[^.]{3,200}\ser\s+(?:nu\s+|blevet\s+|i\s+dag\s+)?enige\s+om\s+(?:et\s+)?"
    r"(?:(?:næste\s+års|kommunens|[^\W\d_-]+\s+kommunes|fælles|bredt)\s+){0,2}budget(?:tet|forslag(?:et)?)?(?!\w)"
)
"""A first sentence in which parties are at one: "Venstre og SF er enige om budgettet for 2026"."""
_ADDRESSED = re.compile(r"\W*(?:til|fra|att|cc|kopi)\.?[ \t]*:", re.IGNORECASE)
_OF_MAIL = re.compile(r"(?<![^\W\d_])(?:fra:|from:|emne:|kære(?![^\W\d_])|hej\s|skrev:)")
_COUNCIL_SHORT = {"kb": "Kommunalbestyrelsen", "by": "Byrådet", "br": "Borgerrepræsentationen"}
_ANSWERING = frozenset(
    ("afgørelse", "ansøgning", "ansøgningen", "aktindsigt", "afslag", "klage", "anmodning", "påbud", "påbyder")
)
_YOU = frozenset(("du", "dig", "din", "dit", "jer", "jeres", "deres", "dine"))
_APPLIED = ("din ansøgning", "din anmodning", "du har søgt", "du har ansøgt")
_COMPLAINING = ("jeres afgørelse", "jeres afslag", "vores ansøgning", "min ansøgning", "mit afslag", "min klage")
_MAY_COMPLAIN = ("du kan klage", "klagevejledning", "kan klage over", "klage inden")
_BOARDS = ("skolebestyrelse", "forældrebestyrelse", "ældrerådet", "handicaprådet", "udsatterådet", "integrationsrådet")
_PUBLIC = ("skolebestyrelse", "forældrebestyrelse", "trafikselskab")
_TOP = 400
_WRITTEN = frozenset(("sagsfremstilling", "resumé", "resume", "sagsresume", "baggrund"))
_start = attrgetter("start")


class Scene:
    """A text with the records that were found in it and the blocks of its minutes.

    ``meeting_body``: who decides where nobody is named. ``loose``: minutes in which no heading says where decisions
    stand. ``answers``: a letter in which "vi" is an authority that answers somebody.
    """

    def __init__(self, prose: Prose, context: Context) -> None:
        self.prose, self.text, self.context = prose, prose.text, context
        self.bodies: list[Committee] = []
        self.days: list[Date] = []
        self.linked: list[Amount | Fte | Reference] = []
        for record in context.found:
            kind = type(record)
            if kind is Committee:
                self.bodies.append(record)  # type: ignore[arg-type]
            elif kind is Date:
                self.days.append(record)  # type: ignore[arg-type]
            elif kind is Amount or kind is Fte or kind is Reference:
                self.linked.append(record)  # type: ignore[arg-type]
        for records in (self.bodies, self.days, self.linked):
            records.sort(key=_start)
        self.cases = [record for record in self.linked if type(record) is Reference]
        self._body_at, self._day_at, self._case_at, self._linked_at = (
            [record.start for record in records] for records in (self.bodies, self.days, self.cases, self.linked)
        )
        self.blocks: list[Block] = blocks(prose, self.bodies, self.days, in_mail=context.in_mail)
        if context.in_minutes:
            self.blocks = with_cells(prose.text, self.blocks, context.verdict_cells)
        self._block_at = [block.start for block in self.blocks]

    def block_at(self, position: int) -> Block | None:
        """The block that holds ``position``."""
        at = bisect_right(self._block_at, position) - 1
        return self.blocks[at] if at >= 0 and position < self.blocks[at].end else None

    def first_block(self, position: int) -> int:
        """The index of the first block whose text begins at ``position`` or later."""
        return bisect_left(self._block_at, position)

    def next_heading(self, position: int) -> int:
        """Where the next block's heading begins, or the text ends."""
        at = bisect_left(self._block_at, position)
        while at < len(self.blocks) and self.blocks[at].heading[0] < position:
            at += 1
        return self.blocks[at].heading[0] if at < len(self.blocks) else len(self.text)

    def bodies_in(self, start: int, end: int) -> list[Committee]:
        """The bodies named in ``[start, end)``."""
        low = bisect_left(self._body_at, start)
        return self.bodies[low : bisect_left(self._body_at, end, low)]

    @cached_property
    def meeting_body(self) -> str | None:
        """The body of the minutes: as known, as the text's own head names it; not one whose decision is only told."""
        known = self.context.meeting_body or self._head_body
        told = {block.body for block in self.blocks if (block.told or block.body) and not self._is_todays(block)}
        own = [
            block
            for block in self.blocks
            if block.kind == "decision" and not block.body and self.text[block.start : block.end].strip()
        ]
        if known is not None and (known not in told or not own):
            return known
        return self._competent if own and self._competent not in told else None

    def _is_todays(self, block: Block) -> bool:
        """Whether a block's heading prints the day of the meeting itself."""
        today = self.context.meeting_date
        return today is not None and any(day.first.isoformat() == today for day in self.days_in(*block.heading))

    @cached_property
    def _head_body(self) -> str | None:
        """The one body in the first lines of a paper of a meeting, on a line that names nothing else."""
        first = self.text.find("\n\n", len(self.text) - len(self.text.lstrip()))
        second = self.text.find("\n\n", first + 2) if first >= 0 else -1
        head = min(second if second >= 0 else _HEAD, _HEAD)
        if not self.bodies or self.bodies[0].start >= head:
            return self._board
        body = self.bodies[0]
        rivals = {other.name for other in self.bodies if other.start < max(first, body.end)}
        if rivals != {body.name} or body.name is None:
            return None
        line = self.text.rfind("\n", 0, body.start) + 1
        stop = self.text.find("\n", body.end)
        rest = self.text[line : body.start] + " " + self.text[body.end : stop if stop >= 0 else len(self.text)]
        if _ADDRESSED.match(rest):
            return None  # "Til: Økonomiudvalget": whom a note is written to
        dated = any(abs(day.start - body.end) < _BESIDE for day in self.days[:6])
        if _HEAD_LINE.fullmatch(rest):
            return body.name if self.blocks or dated else None
        return body.name if self._board == body.name else None

    @cached_property
    def _board(self) -> str | None:
        """The board that a paper of numbered items begins with, in the line of its meeting's day or the one above."""
        match = _BOARD_HEAD.match(self.text)
        if match is None or not _ITEM_HEAD.search(self.text, match.end()):
            return None
        who = match["who"].lower()
        if who in listed("private-body") or (who.endswith("bestyrelsen") and who not in listed("actor-named")):
            return None
        return who.capitalize() if self.days_in(match.start(), match.end()) else None

    @cached_property
    def _competent(self) -> str | None:
        """The council that "Beslutningskompetence: KB" names."""
        at = self.prose.lower.find("kompetence:")
        match = _COMPETENCE.search(self.text, at) if at >= 0 else None
        who = match["who"].strip().lower().rstrip(".") if match else ""
        return _COUNCIL_SHORT.get(who) or (who.capitalize() if who in ("byrådet", "kommunalbestyrelsen") else None)

    @cached_property
    def is_minutes(self) -> bool:
        """Whether the text tells of a meeting that has been held."""
        known = self.context.meeting_body or self.context.meeting_date or self.context.in_minutes
        if known or any(b.kind == "decision" for b in self.blocks):
            return True
        return self._head_body is not None and "dagsorden" not in self.prose.lower[:_HEAD]

    @cached_property
    def loose(self) -> bool:
        """Whether these are minutes in which no heading says where decisions stand."""
        if any(block.kind == "decision" for block in self.blocks) or not _WRITTEN.isdisjoint(self.prose.words):
            return False
        return self.is_minutes and (self.context.meeting_body is not None or not self.blocks)

    @cached_property
    def of_board(self) -> bool:
        """Whether "bestyrelsen" is a school's or a day-care's, or whose minutes these are; a company's is private."""
        return self.is_minutes or any(word in self.prose.lower for word in _PUBLIC)

    @cached_property
    def is_agreement(self) -> bool:
        """A budget agreement, whose own words decide: "Opførelsen udskydes til 2021"."""
        top = self.prose.lower[:_HEAD]
        return "forlig" in top or "aftale om budget" in top or self.agrees

    @cached_property
    def is_budget_agreement(self) -> bool:
        """An agreement on a budget, in which "parterne" are the parties that made it."""
        return self.is_agreement and "budget" in self.prose.lower[:_HEAD]

    @cached_property
    def agrees(self) -> bool:
        """The paper of a budget agreement itself, by its title or its first sentence: what parties agree on is decided.

        An article or a press release about it only tells of it.
        """
        top = self.prose.lower[:_HEAD]
        if _OF_MAIL.search(top):
            return False
        if self.context.in_agreement:
            return True
        return self._is_titled(top) and not is_reported(self.prose)

    def _is_titled(self, top: str) -> bool:
        of_budget = "budget" in top
        if of_budget and (_AGREEMENT.match(top) or ("indgået" in self.prose.words and _AGREED.match(top))):
            return True
        if "enige" not in self.prose.words:
            return False
        return (of_budget and _AT_ONE.match(top) is not None) or is_political(self.prose, top)

    @cached_property
    def may_agree(self) -> bool:
        """Whether the paper has the title of an agreement that is not known as a political one."""
        top = self.prose.lower[:_HEAD]
        return not self.agrees and not _OF_MAIL.search(top) and is_titled_agreement(self.prose, top)

    @cached_property
    def is_ruling(self) -> bool:
        """A letter that answers, headed "Afgørelse" or telling where to complain."""
        low = self.prose.lower
        return _RULING.search(low, 0, _HEAD) is not None or any(each in low for each in _MAY_COMPLAIN)

    @cached_property
    def quotes(self) -> bool:
        """Whether the text has a mark that opens a quotation."""
        return any(mark in self.text for mark in '"“„»”')

    @cached_property
    def has_drafts(self) -> bool:
        """Whether it speaks of a draft or a wording, in which nothing is decided yet."""
        return not listed("draft").isdisjoint(self.prose.words)

    @cached_property
    def answers(self) -> bool:
        if _ANSWERING.isdisjoint(self.prose.words) or _YOU.isdisjoint(self.prose.words):
            return False
        return not any(each in self.prose.lower for each in _COMPLAINING)

    @cached_property
    def rules(self) -> bool:
        """Whether "vi" is an authority that tells a citizen its ruling, and how to complain of it."""
        low = self.prose.lower
        if any(each in low for each in _COMPLAINING):
            return False
        return any(each in low for each in _APPLIED) and any(each in low for each in _MAY_COMPLAIN)

    @cached_property
    def advises(self) -> bool:
        """Whether "vi" is a board that answers in a hearing, or an office that writes a note to another."""
        top = self.prose.lower[:_TOP]
        if "høringssvar" in top and any(board in top for board in _BOARDS):
            return True
        return top.lstrip().startswith("notat") and "\ntil:" in top and "\nfra:" in top

    @cached_property
    def logs(self) -> bool:
        """Whether the rows of a table may be decisions: of a list of decisions, or in minutes."""
        return self.is_minutes or "beslutning" in self.prose.lower[:_HEAD]

    @cached_property
    def _turning(self) -> list[int]:
        return [start for start, _ in self.prose.places(turning_words())]

    def may_turn(self, start: int, end: int) -> bool:
        """Whether a word stands in ``[start, end)`` that denies, gives up, rejects or puts off."""
        at = bisect_left(self._turning, start)
        return at < len(self._turning) and self._turning[at] < end

    def names_case(self, start: int, end: int) -> bool:
        """Whether a reference (a proposal's or a case's number) stands in ``[start, end)``."""
        at = bisect_left(self._case_at, start)
        return at < len(self._case_at) and self._case_at[at] < end

    def links(self, start: int, end: int) -> list[Link]:
        """The amounts, FTEs and references in ``[start, end)``; what a table prints is not among them."""
        found: list[Link] = []
        low = bisect_left(self._linked_at, start)
        for record in self.linked[low : bisect_left(self._linked_at, end, low)]:
            if record.end <= end:
                kind = str(record.__struct_config__.tag)
                found.append(Link(type=kind, start=record.start, end=record.end, text=record.text))
        return found

    def days_for(self, clause: Clause) -> list[Date]:
        """The dates printed in a sentence, and before them those of the heading above it."""
        found = self.days_in(clause.start, clause.end)
        return found if clause.block is None else self.days_in(*clause.block.heading) + found

    def days_in(self, start: int, end: int) -> list[Date]:
        """The dates printed in ``[start, end)``."""
        low = bisect_left(self._day_at, start)
        return self.days[low : bisect_left(self._day_at, end, low)]
