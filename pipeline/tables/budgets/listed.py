"""Figures behind years in a line of text, whose unit is said once before them: "Mio. kr.: 2024: 212,5; 2025: 187,3".

They are no table and no amounts with a unit of their own; a problem names them, so that none is lost in silence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.model import Problem
from corpus.problems import Code, problem
from corpus.reading import Reading
from pipeline.tables.budgets.ledger import Marked
from pipeline.tables.content.cells import FIGURE, MINUS

_UNIT = r"(?:(?:mio|mill|mia|t|hele(?:\s1\.?000)?|1\.?000|i)\.?\s?kr\.?|tkr\.?|kroner)"
_OWN = r"[ \u00a0]?(?:kr|mio|mill|mia|tkr|t\.\s?kr|dkk|%|pct|procent|årsværk)"
_PAIR = rf"(?:19|20)\d\d(?:\s?\([^()\n]{{1,30}}\))?\s?[:=]\s?[{MINUS}]?{FIGURE}(?![\d.,]*\d)(?!{_OWN})"
_ANY_PAIR = re.compile(_PAIR, re.IGNORECASE)
_LIST = re.compile(rf"\b{_UNIT}[\s):,]{{0,4}}(?P<pairs>{_PAIR}(?:\s?(?:[;,]|og|\s)\s?{_PAIR})+)", re.IGNORECASE)


def listed_years(reading: Reading, taken: Marked) -> Iterator[tuple[int, Problem]]:
    """A ``table-refused`` problem for each list of years and figures that no table has, with where it begins."""
    if _ANY_PAIR.search(reading.text) is None:
        return
    for match in _LIST.finditer(reading.text):
        if taken.any_in(match.start("pairs"), match.end("pairs")):
            continue
        page = next((p.number for p in reversed(reading.pages) if p.start <= match.start()), None)
        printed = " ".join(match["pairs"].split())
        sentence = f'"{printed[:80]}" lists years with figures in the unit before them; they are not given.'
        yield match.start("pairs"), problem(Code.TABLE_REFUSED, sentence, page=page)
