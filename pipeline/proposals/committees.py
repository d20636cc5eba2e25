"""Whose a proposal is where no label says so: a committee named at its head, beside a number that is of its letters."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.model import Committee
from pipeline.context import Context
from pipeline.facts import committees
from pipeline.facts.bodies.names import could_be_short, initials
from pipeline.headings import TextLine
from pipeline.language import Prose

LONGEST_LINE = 150
MOST_TITLE_LINES = 2
"""A title with a number runs over so many printed lines at most, where its committee stands below it."""

_AFTER_PLACE = re.compile(r"(?:[^\W\d_][\w-]* ){1,3}kommune(?:, | [-–—|·•] |: )", re.IGNORECASE)


def only_committee(plain: str) -> str | None:
    """The committee whose name a line is and nothing else."""
    found = _committees(plain)
    whole = len(found) == 1 and (found[0].start, found[0].end) == (0, len(plain))
    return found[0].name if whole and found[0].level == "committee" else None


def first_committee(value: str | None) -> str | None:
    """The committee that is a whole sentence before others: "Kulturudvalget. Fjordby Kommune."; else the value."""
    found = _committees(value) if value is not None and ". " in value else []
    named = found[0].text if len(found) == 1 and found[0].start == 0 and found[0].level == "committee" else None
    return named if value is not None and named is not None and value[len(named) :].startswith(". ") else value


def committee_at(lines: Sequence[TextLine], at: int) -> tuple[int, str] | None:
    """The committee that alone has a line right above or below the title on line ``at``: the line and its name.

    Above, the place may stand in front: "Fjordby Kommune, Kultur- og Fritidsudvalget".
    """
    for below in range(at + 1, min(at + 1 + MOST_TITLE_LINES, len(lines))):
        name = only_committee(lines[below].plain)
        if name:
            return below, name
        if lines[below].blank_before:
            break
    above = lines[at - 1].plain if at else ""
    place = _AFTER_PLACE.match(above)
    name = only_committee(above[place.end() :] if place else above)
    return (at - 1, name) if name else None


def has_letters_of(code: str, name: str) -> bool:
    """Whether the letters of a number are a committee's: TMU-07 and TM 7 are of "Teknik- og Miljøudvalget"."""
    letters = "".join(char for char in code if char.isalpha()).upper()
    short = initials(name) or ""
    return len(letters) > 1 and (letters == short.removesuffix("U") or could_be_short(letters, name))


def _committees(plain: str) -> list[Committee]:
    if "udvalg" not in plain.casefold() or len(plain) > LONGEST_LINE:
        return []
    return [each for each in committees.find(Prose(plain), Context())[0] if isinstance(each, Committee)]
