"""The years behind a count of staff and what the staff are or where they work: "2 årsværk i plejen fra 2027".

Of money the noun may be what is from that year ("2 mio. kr. til aftalen fra 2023"); people are hired from it.
"""

from __future__ import annotations

import re

from pipeline.facts.qualifiers.spans import YEARS, When, read_when

_PLACE = (
    r"\s{1,3}(?:i|på|hos|ved)\s{1,3}(?:(?:den|det|de|vores|kommunens)\s)?(?:[^\W\d_]+(?:e|s)\s)?(?P<place>[^\W\d_]{4,})"
)
_STAFF = (
    r"\s{1,3}(?P<staff>[^\W\d_]{2,}(?:leder|lærer|pædagog|konsulent|rådgiver|vejleder|assistent|hjælper|medarbejder|plejerske"
    r"|terapeut|koordinator|psykolog|socialrådgiver|sagsbehandler|jurist|ingeniør|fysioterapeut|tandlæge|læge)(?:e|er|re)?"
    r"|pædagog(?:er)?|lærer(?:e)?|leder(?:e)?|konsulent(?:er)?)"
)
_BEHIND = re.compile(
    rf"(?:{_STAFF})?(?:{_PLACE})?\s{{1,3}}(?P<span>(?:i(?:\shele)?|fra(?:\sog\smed)?)\s{{1,3}}){YEARS}", re.IGNORECASE
)
_OF_A_PAPER = re.compile(
    r"(?:aftale|forlig|budget|plan|pulje|ramme|forslag|analyse|rapport|bevilling|projekt|sag|strategi|katalog|udbud|lov|reform)"
    r"(?:t?et|e?n|ne|erne)?$",
    re.IGNORECASE,
)
"""What is of a year itself: "2 årsværk i aftalen fra 2023"."""


def years_behind(text: str, end: int) -> When | None:
    """The years of the count of staff that ends at ``end``, behind what or where the staff are."""
    match = _BEHIND.match(text, end) if text[end : end + 1].isspace() else None
    if match is None or not (match["staff"] or match["place"]):
        return None
    if match["place"] and (_OF_A_PAPER.search(match["place"]) or not match["place"].endswith(("en", "et", "ne"))):
        return None
    when = read_when(match, moved=False)
    return when if when.years else None
