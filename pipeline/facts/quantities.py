"""What is said of a quantity, put together: the record of an amount or of people, each field with its evidence.

``amount`` and ``people`` read what stands around one quantity; ``settled`` what is said of several at once: years in
turn, a role that a list shares, the prices of a sentence or of the whole text.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

import msgspec

from corpus.model import Amount, Evidence, Fte
from pipeline.context import Context
from pipeline.facts.money.amended import with_years
from pipeline.facts.money.bare import unit_place
from pipeline.facts.money.front import Reading
from pipeline.facts.money.phrase import Item
from pipeline.facts.money.roles import Said, is_taken_back, linked, role_of
from pipeline.facts.qualifiers.bounds import (
    Hedges,
    Per,
    Span,
    bound_after,
    cues,
    hedges,
    may_hedge,
    per_after,
    per_before,
    per_compound,
)
from pipeline.facts.qualifiers.cues import Clause, all_light, begins_clause, clause_of, cue, names_grant, words_of
from pipeline.facts.qualifiers.following import is_of_following, with_following
from pipeline.facts.qualifiers.origins import when_told
from pipeline.facts.qualifiers.prices import Place, find_prices, is_fee, price_of
from pipeline.facts.qualifiers.spans import EXPRESSION, LINK, OPEN, When
from pipeline.facts.qualifiers.staffed import years_behind
from pipeline.facts.qualifiers.years import clause_start
from pipeline.language import Prose

NEXT = 120
GLUE = 160
_INNER_HEDGE = re.compile(r"(?<!\w)(?:ca|cirka|omkring|knap|godt|vel)(?!\w)")
_CAPITALS = (" KR", " KR.", " MIO.", " MIA.", " KRONER")
_DOUBTFUL_DECIMALS = re.compile(r"(?<![\d,])[1-9]\d{0,2},\d{3}(?!\d|[.,]\d)")
Unit = Literal["fte", "position", "hours-per-week"]


class _Told(NamedTuple):
    """What the words around an amount say of it."""

    said: Hedges
    when: When | None
    per: Per | None
    role: Said | None


def amount(prose: Prose, reading: Reading, low: int, high: int, context: Context) -> Amount | None:
    """The record of a reading; ``low`` and ``high`` are where its neighbours end and begin. None: it fits no rule."""
    currency = reading.currency
    if reading.low is None or currency is None:
        return None
    text, start, end = prose.text, reading.start, reading.end
    head, tail = (reading.head if reading.head >= 0 else start), max(reading.tail, end)
    stop = tail + NEXT if tail > end else min(high, end + NEXT)
    seen = _as_read(prose, start, end)
    clause = clause_of(prose.lower, clause_start(seen, head, low), head)
    per = _per(seen, clause, tail)
    if per is None and reading.factor == 1 and "," in text[start:end] and _DOUBTFUL_DECIMALS.search(text, start, end):
        return None
    said = _hedged(text, seen, start, end, clause.words if head == start else None)
    when = when_told(seen, (head, tail), (low, stop), clause.start, context.reference_date)
    first = said.start if head == start else hedges(seen, head).start
    plain = clause if first >= clause.end else clause_of(prose.lower, clause.start, max(clause.start, first))
    role = None if said.bound and _is_threshold(plain) else role_of(seen, plain, tail, stop)
    return _record(prose, reading, currency, context, _Told(said, when, per, _in_its_year(role, when, context)))


def _in_its_year(role: Said | None, when: When | None, context: Context) -> Said | None:
    """What was used in a year to come is not used yet: an expense."""
    day = context.reference_date
    if role and role.role == "actual" and when and day and when.years[0] > day.year:
        return role._replace(role="expense")
    return role


def _record(prose: Prose, reading: Reading, currency: str, context: Context, told: _Told) -> Amount:
    text, start, end = prose.text, reading.start, reading.end
    said, when, per, role = told
    unit = unit_place(prose, reading, reading.unit_source) if reading.unit_source else None
    year = when.years[0] if when and len(when.years) == 1 else None
    return Amount(
        start=start,
        end=end,
        text=text[start:end],
        value=reading.low if reading.high is None else None,
        low=None if reading.high is None else reading.low,
        high=reading.high,
        currency=currency,
        approximate=said.approximate is not None,
        bound=said.bound,
        per=per.name if per else None,
        year=year,
        years=list(when.years) if when and year is None else [],
        open_end=when.open_end if when else False,
        role=role.role if role else None,
        unit_source=reading.unit_source,
        source=context.source,
        evidence=_evidence(text, said, when, per, role, unit),
    )


def people(prose: Prose, item: Item, end: int, floor: int, unit: Unit, context: Context) -> Fte | None:
    """The record of people or hours; None: it fits no rule. ``floor``: where the quantity before it ends."""
    if item.refused or (item.high is not None and item.low > item.high):
        return None
    text, start = prose.text, item.start
    seen = _as_read(prose, start, end)
    said = _hedged(text, seen, start, end, None)
    when = when_told(seen, (start, end), (floor, len(text)), None, context.reference_date) or years_behind(seen, end)
    year = when.years[0] if when and len(when.years) == 1 else None
    return Fte(
        start=start,
        end=end,
        text=text[start:end],
        value=item.low if item.high is None else None,
        low=None if item.high is None else item.low,
        high=item.high,
        unit=unit,
        approximate=said.approximate is not None,
        bound=said.bound,
        year=year,
        years=list(when.years) if when and year is None else [],
        open_end=when.open_end if when else False,
        source=context.source,
        evidence=_evidence(text, said, when),
    )


# --- one quantity ---------------------------------------------------------------------------------------------


def _per(seen: str, clause: Clause, tail: int) -> Per | None:
    return per_after(seen, tail) or per_before(seen, clause.start, clause.end, clause.words) or _per_governing(clause)


def _hedged(text: str, seen: str, start: int, end: int, words: Sequence[str] | None) -> Hedges:
    """``words``: those that stand before it, where they are known."""
    plain = words is not None and not may_hedge(words) and "~" not in text[max(0, start - 3) : start]
    said, after = Hedges(start=start) if plain else hedges(seen, start), bound_after(seen, end)
    if said.approximate is None and text[start].isalpha():
        inner = _INNER_HEDGE.search(text, start, end)
        said = msgspec.structs.replace(said, approximate=inner.span()) if inner else said
    if after is None and end - start < 24 and "+" in text[start:end]:
        plus = text.index("+", start)
        after = ("min", (plus, plus + 1))  # "500+ kr."
    return msgspec.structs.replace(said, bound=after[0], bound_span=after[1]) if after and said.bound is None else said


def _as_read(prose: Prose, start: int, end: int) -> str:
    """The text, in lower case where all around the quantity is in capitals ("4 MIO. KR. I 2024")."""
    text = prose.text
    if text[max(0, end - 2)].islower():
        return text
    capitals = text[max(0, start - 40) : end + 20].isupper() or text.endswith(_CAPITALS, start, end)
    return prose.lower if capitals else text


def _is_threshold(clause: Clause) -> bool:
    """ "indtægter over 200.000 kr.": whose income, not what there is of it."""
    found = cue(clause.words[-1]) if clause.words else None
    return found is not None and found.kind == "noun"


def _evidence(
    text: str,
    said: Hedges,
    when: When | None,
    per: Per | None = None,
    role: Said | None = None,
    unit: Span | None = None,
) -> list[Evidence]:
    """The words of each field that was read, in the order of the fields."""
    told: list[tuple[str, Span]] = []
    if said.approximate:
        told.append(("approximate", said.approximate))
    if said.bound_span:
        told.append(("bound", said.bound_span))
    if when:
        told.append(("year" if len(when.years) == 1 else "years", (when.start, when.end)))
        if when.open_end:
            told.append(("open_end", (when.start, when.end)))
    if per:
        told.append(("per", (per.start, per.end)))
    if role:
        told.append(("role", (role.start, role.end)))
    if unit:
        told.append(("unit", unit))
    return [_told(text, field, span) for field, span in told]


def _told(text: str, field: str, span: Span) -> Evidence:
    return Evidence(field=field, text=text[span[0] : span[1]], start=span[0], end=span[1])


def _per_governing(clause: Clause) -> Per | None:
    """ "timeprisen fastsættes til 312 kr.", "en månedsløn på 30.000 kr."."""
    if not any(map(per_compound, clause.words)):
        return None
    position, name = next((n, name) for n, word in enumerate(clause.words) if (name := per_compound(word)))
    return Per(name, *clause.span(position)) if linked(clause.words, position) else None


# --- several quantities ---------------------------------------------------------------------------------------

_BITS = (
    rf"(?:\s{{1,3}}(?:årligt|varigt|pr\.\sår|om\såret|i\salt|\(?{LINK}\s{{1,3}}{EXPRESSION}{OPEN}\)?|\(?(?:19|20)\d\d\)"
    r"|\([^()\n]{0,30}\)|i\s\d{4}-(?:priser|pl|p/l)|i\s(?:årets|løbende|faste)\spriser"
    r"|brutto|netto|højst|i\shvert\saf\sde\sfølgende\sår)){0,4}"
)
_GLUE = re.compile(
    rf"{_BITS}(?P<phrase>\s{{1,3}}(?:til|på|i|for|hos|under|over)(?:\s{{1,3}}[^\W\d_]+(?:[-'’][^\W\d_]+)*-?){{1,6}}?)?{_BITS}"
    r"(?:,?\s{1,3}(?:(?:og\s)?(?:derefter|herefter|fremover)|og|samt|mod|til|heraf|hvoraf|(?:og\s)?(?:stigende|voksende|faldende|aftagende)\stil|og\sså)(?=\s)|,)"
    r"(?P<name>\s{1,3}[A-ZÆØÅ][\w-]*(?:,?\s{1,3}(?:og|for|af|[A-ZÆØÅ][\w-]*|\w+-)){0,6}(?:\s{1,3}[\w-]+)?:?\s)?"
    r"(?P<rest>[^\d,;:.!?]*(?:(?:19|20)\d\d\s[^\d,;:.!?]{0,20})?(?:ca\.\s)?)"
)
_UP_TO = re.compile(r"(?<!\w)op\s(?=til\s|mod\s)")
_BARE_GLUE = frozenset({",", "og", "-", "samt"})
# Nowhere in what glues, but in parentheses.
_SENTENCE_BREAK = re.compile(r"[.!?;](?:(?<=[!?;])|\s{1,8}[A-ZÆØÅ])")
_RESPECTIVE = re.compile(r"(?i:(?<!\w)(?:henholdsvis|hhv\.?)\s{1,3}(?:ca\.\s)?)$")
_FROM = re.compile(r"(?i:(?<!\w)fra\s{1,3}(?:ca\.\s)?)$")


class Glue(enum.Enum):
    """How two amounts that follow each other belong together: as items of a list, or of one that names its items."""

    NONE = 0
    LIST = 1
    NAMED = 2


def settled(prose: Prose, amounts: list[Amount], taken: Sequence[Span] = ()) -> list[Amount]:
    """The amounts of a text with what is said of several at once; ``taken``: the zones of tables, among others."""
    if not amounts:
        return amounts
    glued = [Glue.NONE, *(_glue(prose, one.end, other.start) for one, other in pairwise(amounts))]
    told = _with_roles(prose, _years_in_turn(prose.text, amounts, glued), glued)
    return _priced(prose, with_following(prose.text, with_years(prose.text, told)), taken)


def _glue(prose: Prose, end: int, start: int) -> Glue:
    """Whether two amounts are items of one list: nothing of their own but years and places stands between them.

    The first ends at ``end``, the other begins at ``start``.
    """
    if not 0 < start - end <= GLUE:
        return Glue.NONE
    between = prose.text[end:start]
    if between.strip() in _BARE_GLUE:
        return Glue.LIST
    if "(" not in between and _SENTENCE_BREAK.search(between):
        return Glue.NONE
    match = _GLUE.fullmatch(prose.text, end, start)
    if match is None or begins_clause(prose.lower, *match.span("rest")):
        return Glue.NONE
    phrase = words_of(prose.lower, *match.span("phrase")) if match["phrase"] else []
    rest = _UP_TO.sub("", prose.lower[match.start("rest") : match.end("rest")])
    if names_grant(phrase):
        del phrase[:2]
    if any(map(cue, phrase)) or not all_light(words_of(rest, 0, len(rest))):
        return Glue.NONE
    return Glue.NAMED if match["name"] else Glue.LIST


def _is_itemised(text: str, one: Amount) -> bool:
    """ "Besparelsen fordeler sig således: Skolen 5 mio. kr., Klubben 2 mio. kr.": names stand before the amounts."""
    said = next((each.end for each in one.evidence if each.field == "role"), None)
    return said is not None and said < one.start and ":" in text[said : one.start]


def _with_roles(prose: Prose, amounts: list[Amount], glued: Sequence[Glue]) -> list[Amount]:
    """A list has the role of its first item, unless the last of it is taken back."""
    text, lower = prose.text, prose.lower
    roles = list(amounts)
    for place in range(1, len(roles)):
        last, this = roles[place - 1], roles[place]
        if glued[place] is Glue.NONE or (glued[place] is Glue.NAMED and not _is_itemised(text, last)):
            continue
        stop = roles[place + 1].start if place + 1 < len(roles) else len(text)
        if this.role is None and last.role is not None:
            if is_taken_back(lower, this.end, stop):
                _take_back(roles, glued, place - 1)
            elif not _is_other_part(prose, last, this, stop):
                roles[place] = _inheriting(this, last, "role")
        this = roles[place]
        aside = _AGAINST.search(text, last.end, this.start) or is_of_following(text, this.end)
        if this.year is None and not this.years and not aside and _said_before(last, "year"):
            this = roles[place] = _inheriting(this, last, "year")
        if this.per is None and _said_before(last, "per"):
            this = roles[place] = _inheriting(this, last, "per")
        if this.per is not None and last.per is None and _FROM.search(text, max(0, last.start - 12), last.start):
            roles[place - 1] = _inheriting(last, this, "per")
    return roles


def _said_before(one: Amount, field: str) -> bool:
    """Whether a field was read from words before the amount: they may hold for what follows in its list."""
    return any(each.field == field and each.start is not None and each.start < one.start for each in one.evidence)


_PART = re.compile(r"(?<!\w)(?:heraf|hvoraf)(?!\w)")
_REST_END = re.compile(r"[.;:!?]\s|\n[> \t]*\n")


def _is_other_part(prose: Prose, last: Amount, this: Amount, stop: int) -> bool:
    """A part of which more is said ("hvoraf 1 mio. kr. dækkes af staten"), or one of a sum, which is no sum itself."""
    if not _PART.search(prose.text, last.end, this.start):
        return False
    if last.role in {"net", "total"}:
        return True
    limit = min(stop, this.end + NEXT)
    end = _REST_END.search(prose.text, this.end, limit)
    words = words_of(prose.lower, this.end, end.start() if end else limit)
    return any(word in cues("paid-by") or ((found := cue(word)) and found.role) for word in words)


_AGAINST = re.compile(r"(?<!\w)(?:mod|derefter|herefter|fremover)(?!\w)")


def _take_back(roles: list[Amount], glued: Sequence[Glue], place: int) -> None:
    while True:
        kept = [each for each in roles[place].evidence if each.field != "role"]
        roles[place] = msgspec.structs.replace(roles[place], role=None, evidence=kept)
        if glued[place] is Glue.NONE:
            return
        place -= 1


def _inheriting(heir: Amount, source: Amount, field: str) -> Amount:
    words = [each for each in source.evidence if each.field == field]
    return msgspec.structs.replace(
        heir, **{field: getattr(source, field)}, evidence=[*(e for e in heir.evidence if e.field != field), *words]
    )


def _years_in_turn(text: str, amounts: list[Amount], glued: Sequence[Glue]) -> list[Amount]:
    """ "2 og 3 mio. kr. i 2023 og 2024", "henholdsvis 2 mio. kr. og …": the years go with the amounts, one by one."""
    told = list(amounts)
    for place, last in enumerate(amounts):
        first = place - len(last.years) + 1
        if not last.years or first < 0 or first == place:
            continue
        items = range(first, place + 1)
        spans = [_years_span(amounts[n]) for n in items]
        shared = all(amounts[n].unit_source and amounts[n].value is not None for n in items[:-1])
        start = amounts[first].start
        respective = _RESPECTIVE.search(text, max(0, start - 20), start) is not None
        alone = place + 1 == len(amounts) or _years_span(amounts[place + 1]) != spans[-1]
        listed = all(glued[n] is Glue.LIST for n in items[1:]) or shared
        if not listed or not (shared or respective) or not alone:
            continue
        if (first and _years_span(amounts[first - 1]) == spans[-1]) or not {spans[-1], None}.issuperset(spans):
            continue
        for step, n in enumerate(items):
            told[n] = _of_year(amounts[n], last, last.years[step])
    return told


def _years_span(one: Amount) -> tuple[int | None, int | None] | None:
    return next(((each.start, each.end) for each in one.evidence if each.field == "years"), None)


def _of_year(one: Amount, source: Amount, year: int) -> Amount:
    words = next(each for each in source.evidence if each.field == "years")
    kept = [each for each in one.evidence if each.field not in {"year", "years", "open_end"}]
    told = msgspec.structs.replace(words, field="year")
    return msgspec.structs.replace(one, year=year, years=[], open_end=False, evidence=[*kept, told])


def _priced(prose: Prose, amounts: list[Amount], taken: Sequence[Span]) -> list[Amount]:
    mentions = find_prices(prose)
    if not mentions:
        return amounts
    told = list(amounts)
    places = [Place(one.start, one.end) for one in amounts]
    for n, said in price_of(prose.text, places, mentions, taken, lambda at: _is_fee(prose, amounts[at])).items():
        level = amounts[n].year if said.own else said.level
        if level is not None:
            evidence = [*amounts[n].evidence, _told(prose.text, "price_level", (said.start, said.end))]
            told[n] = msgspec.structs.replace(amounts[n], price_level=level, evidence=evidence)
    return told


def _is_fee(prose: Prose, one: Amount) -> bool:
    return one.per != "year" if one.per else is_fee(prose, one.start, one.value or one.high or one.low)
