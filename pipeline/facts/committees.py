"""Political bodies named in a text: committees, councils, boards.

``level``: ``committee`` for standing and § 17, stk. 4 committees, the statutory Folkeoplysningsudvalg and a magistrate;
``council`` for Byråd, Borgerrepræsentation, Kommunalbestyrelse and Regionsråd; ``board`` for råd, nævn, kommissioner.
Committees of the Folketing, of deaneries (Provstiudvalget) and Menighedsrådet are records too, without a municipality.
No record: MED-udvalg, lokaludvalg, samarbejdsudvalg and other bodies of staff and users, committees of KL and of
associations, and the word "udvalg" alone.
"""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from msgspec.structs import replace

from corpus.model import Committee
from pipeline.facts import municipalities
from pipeline.facts.bodies.back import pointing_back
from pipeline.facts.bodies.names import initials, short_of, validity
from pipeline.facts.bodies.scan import scan
from pipeline.facts.bodies.short import abbreviations, definitions

if TYPE_CHECKING:
    from collections.abc import Iterable

    from corpus.model import Problem, Record
    from pipeline.context import Context
    from pipeline.facts.bodies.names import Name
    from pipeline.language import Prose

_START = attrgetter("start")
_SCANNED: WeakKeyDictionary[Prose, list[Name]] = WeakKeyDictionary()


def find(prose: Prose, context: Context) -> tuple[list[Record], list[Problem]]:
    """The bodies named in a text in order, genitive included in the span; abbreviations where something explains them.

    An abbreviation that may stand for several bodies has no name but its ``candidates``.
    """
    names = _names(prose)
    told = definitions(prose, names)
    shorts = told.only()
    records = [_record(prose, name, name.name, shorts, context) for name in names if name.name is not None]
    known = _of_the_document(context, told.names)
    if known:
        records = [_as_known(record, known, shorts) for record in records]
    found = [
        *records,
        *abbreviations(prose, records, told, context),
        *pointing_back(prose, names, records, context),
    ]
    found.sort(key=_START)
    return [*found], []


def bodies_of(proses: Iterable[Prose], context: Context) -> tuple[Committee, ...]:
    """The bodies that the parts of a document name, each once, with the abbreviation that a part explains.

    What is only derived from a name is left out of ``abbreviation``. The names are kept for :func:`find`.
    """
    found: dict[tuple[str, str | None], Committee] = {}
    for prose in proses:
        names = _names(prose)
        shorts = definitions(prose, names).only()
        for name in names:
            if name.name is not None:
                short = shorts.get(name.name)
                if (name.name, short) not in found:
                    record = _record(prose, name, name.name, shorts, context)
                    found[name.name, short] = replace(record, abbreviation=short)
    return tuple(found.values())


def _names(prose: Prose) -> list[Name]:
    names = _SCANNED.get(prose)
    if names is None:
        names = _SCANNED[prose] = scan(prose)
    return names


def _of_the_document(context: Context, told: dict[str, set[str]]) -> dict[str, str]:
    """Name -> abbreviation, of those that one meaning is explained for in the other parts and none in this one."""
    meanings: dict[str, set[str]] = {}
    for body in context.known_bodies:
        if body.name and body.abbreviation and body.abbreviation not in told:
            meanings.setdefault(body.abbreviation, set()).add(body.name)
    return {next(iter(names)): short for short, names in meanings.items() if len(names) == 1}


def _as_known(record: Committee, known: dict[str, str], shorts: dict[str, str]) -> Committee:
    short = known.get(record.name or "")
    return replace(record, abbreviation=short) if short and record.name not in shorts else record


def _record(prose: Prose, name: Name, printed: str, shorts: dict[str, str], context: Context) -> Committee:
    owner, home = _owner(prose, name, context)
    first, last = municipalities.region_period(home) if home and printed == "Regionsrådet" else validity(printed)
    return Committee(
        start=name.start,
        end=name.end,
        text=prose.text[name.start : name.end],
        name=printed,
        level=name.level,
        abbreviation=_abbreviation(name, printed, owner, shorts),
        municipality=owner,
        valid_from=first,
        valid_to=last,
        source=context.source,
    )


def _abbreviation(name: Name, printed: str, owner: str | None, shorts: dict[str, str]) -> str | None:
    """What a body is called for short: as the text defines it, as the list has it, or by its initials."""
    short = shorts.get(printed) or short_of(owner or "-").get(printed)
    return short or (initials(printed) if name.level == "committee" and name.owned else None)


def _owner(prose: Prose, name: Name, context: Context) -> tuple[str | None, str | None]:
    """Whose body it is: the municipality printed beside it ("Aarhus Byråd", "Byrådet i Fjordby Kommune"), else the
    document's; and the region printed beside it, which is no municipality's.
    """
    region = municipalities.region_beside(prose, name.start, name.end)
    if region or not name.owned:
        return None, region
    beside = municipalities.beside(prose, name.start, name.end, council=name.level == "council")
    return beside or context.municipality, None
