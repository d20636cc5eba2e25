"""A figure of a table with everything that decides whether it may be added to another one."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from corpus.model import Box


class Stage(StrEnum):
    """Whose figure it is: what somebody proposes, what was adopted, what was spent.

    ``REVISED`` is the adopted budget with later grants, ``BUDGET`` one that does not say which, ``DIFFERENCE`` that of
    two columns. What nothing tells is ``UNKNOWN``, and never guessed.
    """

    PROPOSAL = "proposal"
    ADOPTED = "adopted"
    REVISED = "revised"
    BUDGET = "budget"
    EXPECTED = "expected"
    ACCOUNTS = "accounts"
    DIFFERENCE = "difference"
    UNKNOWN = "unknown"


class Level(StrEnum):
    """Where a row stands among the rows of its unit in its table. ``INNER`` and ``WITHIN`` are never counted.

    ``PART`` is in a sum of the table, ``FREE`` in none, ``WHOLE`` the only row. ``SUM`` is of rows above it or below,
    ``BARE`` of rows that are not printed, ``INNER`` is in another sum; ``WITHIN`` is a "heraf" row.
    """

    PART = "part"
    FREE = "free"
    WHOLE = "whole"
    SUM = "sum"
    BARE = "bare"
    INNER = "inner"
    WITHIN = "within"


GROSS = frozenset({Level.PART, Level.FREE, Level.WHOLE})
NET = frozenset({Level.SUM, Level.BARE, Level.WHOLE})


class Reason(StrEnum):
    """Why a figure is in no sum."""

    UNIT = "unit unknown"
    UNCHECKED = "check failed"
    NO_YEAR = "no year"
    COLUMNS = "several columns of one year"
    RATE = "for each of something"
    CONTAINED = "contained in another row"
    NO_SUM = "no sum printed"
    NOT_PART = "a sum without its rows"
    LISTED = "listed again"
    UNMATCHED = "matched with no proposal"
    REPEATED = "printed twice"
    DETAIL = "taken apart"
    COPY = "copy"
    OLDER = "older version"
    VERSIONS = "versions differ"
    SIGNS = "other signs"


REFUSED = "refused"
"""What is said in the place of a reason of figures that are printed and not given: they are in no sum either."""

REASON_MEANING: dict[Reason, str] = {
    Reason.UNIT: "what their figures are worth is not printed",
    Reason.UNCHECKED: "a sum of their table does not hold in their column; --include-unchecked takes them",
    Reason.NO_YEAR: 'they stand under no year ("I alt", "Varigt"); --by column keeps them apart',
    Reason.COLUMNS: "their table has several columns of that year; --column NAME takes one, --by column all, apart",
    Reason.RATE: 'what something costs for each ("pr. barn"), which is no part of a sum',
    Reason.CONTAINED: 'subtotals and "heraf" rows, which another row contains',
    Reason.NO_SUM: "rows that no sum stands for: none is printed, or it is left out; --gross takes them",
    Reason.NOT_PART: "sums of tables that print no rows for them; --net takes them",
    Reason.LISTED: "rows of summaries, and their sums, where the proposals have tables of their own",
    Reason.UNMATCHED: "rows of summaries that are matched with no proposal of their paper, as most others are",
    Reason.REPEATED: "the same row, printed again in the same part",
    Reason.DETAIL: "tables that take apart a row or sum of another table of the same paper, which is counted",
    Reason.COPY: "the same figures in another document, counted once",
    Reason.OLDER: "another document has a newer version, which is counted",
    Reason.VERSIONS: "versions with different figures, of which no date tells the newest; --by document parts them",
    Reason.SIGNS: "their tables print a saving the other way than --signs asks for",
}


@dataclass(slots=True)
class Figure:
    """One value of one line. ``value`` is in kr. (or its currency) or in FTE; ``left_out`` says why it is in no sum.

    ``listed`` is the number that its row prints outside of proposals, ``number`` that of the proposal or item.
    ``signs`` is how its table, or its own row, prints what is saved: "minus", "plus", None where that is not told.
    ``sha256``, ``part``, ``table`` and ``line`` are its place; ``bbox`` is in points, origin top left.
    """

    id: str
    sha256: str
    extractor_version: str | None
    path: str
    also_in: list[str]
    document: str | None
    date: str | None
    municipality: str | None
    part: int
    part_kind: str
    part_title: str | None
    number: str | None
    committee: str | None
    fingerprint: str | None
    table: int
    line: int
    label: str
    group: str | None
    role: str | None
    unit: str | None
    year: int | None
    column: str | None
    value: Decimal
    raw: str
    price_level: int | None
    stage: Stage
    level: Level
    check: str
    page: int | None
    bbox: Box | None
    listed: str | None = None
    caption: str | None = None
    signs: str | None = None
    lists: int | None = None
    left_out: Reason | None = None
    told: str = ""
    heading: str = ""

    @property
    def shown_number(self) -> str | None:
        """The number of its proposal, or the one that its row prints in a list."""
        return self.listed or self.number

    @property
    def place(self) -> tuple[str, int]:
        return self.sha256, self.part

    @property
    def spot(self) -> str:
        """Its document, and its page where it has one, as people are told of it."""
        return self.path if self.page is None else f"{self.path}, page {self.page}"
