"""A writer who says that the figures are in thousands: "jeg skriver i hele tusinder, så sæt selv tre nuller bag"."""

from __future__ import annotations

import re

import msgspec

from pipeline.facts.money.front import Reading
from pipeline.facts.units import THOUSAND
from pipeline.language import Prose

MOST = 1_000_000
_WORDS = frozenset({"nuller", "tusinder", "tusinde"})
_SAID = re.compile(
    r"(?i:(?<!\w)(?:(?:sæt|læg|føj|tænk|skriv|husk)(?:\s[^\W\d_]{1,12}){0,3}\stre\snuller"
    r"|tre\snuller\s(?:er\s)?(?:udeladt|skåret|fjernet|mangler|væk)"
    r"|(?:jeg|vi|har|er|tal|tallene|beløb|beløbene|alt)\s(?:er\s|skriver\s|skrevet\s|regner\s|angivet\s|oplyst\s|opgjort\s){1,2}i\s(?:hele\s)?tusinde?r?)(?!\w))"
)


def in_thousands(prose: Prose, readings: list[Reading]) -> list[Reading]:
    """The amounts in plain kroner behind such a sentence, a thousand times as large; refused where øre are printed."""
    if prose.words.isdisjoint(_WORDS):
        return readings
    said = _SAID.search(prose.text)
    if said is None:
        return readings
    source = re.sub(r"\s+", " ", said[0])
    return [_in_thousands(reading, source) if _is_plain(reading, said.start()) else reading for reading in readings]


def _is_plain(reading: Reading, said: int) -> bool:
    return reading.start > said and reading.factor == 1 and reading.currency == "DKK" and reading.low is not None


def _in_thousands(reading: Reading, source: str) -> Reading:
    low, high = reading.low, reading.high
    if low is None or low != int(low) or abs(low) >= MOST:
        return msgspec.structs.replace(reading, low=None)
    return msgspec.structs.replace(
        reading, low=low * THOUSAND, high=None if high is None else high * THOUSAND, factor=THOUSAND, unit_source=source
    )
