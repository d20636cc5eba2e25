"""Officials of a municipality who decide: "Indkøbschefen", "Havnechef Bo Friis"; none of a firm."""

from __future__ import annotations

import re

import msgspec

TITLES = ("direktøren", "chefen", "direktør", "chef")
MUNICIPAL = frozenset(("kommune", "kommunen", "kommunens", "kommunes", "byrådet", "forvaltningen"))
_OFFICIAL = re.compile(
    r"(?:(?:kommunal|indkøb|udbud|skole|børne|familie|dagtilbud|social|økonomi|teknik|miljø|plan|vej|park|natur|klima|ejendom|personale"
    r"|hr|it|kultur|fritid|ældre|sundhed|område|center|afdeling|beredskab|forvaltning|by|sekretariat|drift|job|digitalisering|budget"
    r"|bibliotek|erhverv|borgerservice|magistrat|havn|kontor|uddannelse|affald)[^\W\d_]{0,18}?(?P<kind>direktør|chef)"
    r"|(?P<alone>direktør))(?P<ending>en)?(?![\w-])",
    re.IGNORECASE,
)
_NAMED = re.compile(r"(?:\s+(?:[A-ZÆØÅ][^\W\d_]+(?:-[A-ZÆØÅ][^\W\d_]+)?|[A-ZÆØÅ]\.)){2,4}(?=[\s,]|$)")
"""Who it is, behind a title without an article: "Afdelingschef Ida Holm"."""
_OF_A_FIRM = re.compile(
    r"\s+(?:for|i|hos|fra|af|på|ved)\s+(?:(?![^\W\d_]+\s+[Kk]ommune)[A-ZÆØÅ]|(?:selskabet|firmaet|virksomheden|banken|fonden|museet))"
)
_TOGETHER = re.compile(r"(?<!\w)(?:og|samt)\s$")
_OF_ANOTHER = re.compile(
    r"(?<!\w)(?:tidligere|forhenværende|fhv\.|daværende|som|til|af|fra|med|for|\S+s)\s+$", re.IGNORECASE
)


class Official(msgspec.Struct, frozen=True):
    """``title`` in its definite form, ``kind`` "direktøren" or "chefen", whether it names a field, where it ends."""

    title: str
    kind: str
    has_field: bool
    end: int


def official_at(said: str, at: int) -> Official | None:
    """The official whose title begins at ``at``; one without an article needs a name behind it."""
    match = _OFFICIAL.match(said, at)
    if match is None:
        return None
    end, title = match.end(), match.group().capitalize()
    if not match["ending"]:
        named = _NAMED.match(said, end)
        if named is None or not match["kind"] or _OF_ANOTHER.search(said, max(0, at - 20), at):
            return None
        end, title = named.end(), f"{title}en"
    return Official(title, f"{(match['kind'] or match['alone']).lower()}en", match["kind"] is not None, end)


def is_of_a_firm(said: str, end: int) -> bool:
    """Whether behind a title that ends at ``end`` the firm follows that it is of: "(direktøren) for Bo Bus"."""
    return _OF_A_FIRM.match(said, end) is not None


def is_with_others(said: str, at: int) -> bool:
    """Whether another person stands in front: "Borgmesteren og kommunaldirektøren" are no one body."""
    return _TOGETHER.search(said, max(0, at - 20), at) is not None
