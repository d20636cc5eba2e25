"""When something was decided: the day that the sentence prints for it, else the day of the minutes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.facts.resolutions.clauses import REACH
from pipeline.facts.resolutions.words import Form

if TYPE_CHECKING:
    from corpus.model import Date
    from pipeline.context import Span
    from pipeline.facts.resolutions.blocks import Block
    from pipeline.facts.resolutions.clauses import Clause
    from pipeline.facts.resolutions.scene import Scene

_STOP = re.compile(r"[,\s](?:at|som|der|hvilket|idet|jf\.?)\s")
_NEXT_DEED = re.compile(
    r",\s(?:og|men)\s(?:[^\W\d_]+\s){0,2}(?:på|ved|i|den|d\.)\s[^,;]{0,70}?\d{4}(?:\s\([^()]{1,20}\))?\s(?:blev|er|var|har|fik)\s",
    re.IGNORECASE,
)
"""Behind what was decided, the day of another deed: "(blev vedtaget), og den 3. maj 2024 blev hallen åbnet"."""
_TO_COME = re.compile(r"[,;]\s*(?:men|og|så)\s[^,;.]{0,80}?\b(?:skal|vil|kan|bliver|forventes|ventes)\s", re.IGNORECASE)
"""Behind what was decided, what is still to be: "(har godkendt planen), men pengene skal frigives den 26. maj"."""
_BUDGET = re.compile(
    r"budget(?:forlig(?:et)?|aftale[nr]?|vedtagelsen?|t?et|lægning(?:en)?)?(?:\s+(?:for|om|i|af))?\s+((?:19|20)\d\d)(?!\d|[-–]\d\d(?!\d)|-\d{4,})",
    re.IGNORECASE,
)
# "udvalgenes andel af besparelsen fra budget 2024": which one it is, and not what is decided.
_OF_THE_NAMED = re.compile(
    r"(?:[^\W\d_]{3}(?:en|et|ene|erne)|(?:sag|forslag|initiativ|projekt|indsats)(?:er)?)\sfra\s$", re.IGNORECASE
)
_FROM = re.compile(r"(?<!\w)fra\s$")  # "målsætningen om 10 pct. i 2022 fra budgetaftale 2019"
_FURTHER_YEAR = re.compile(r"(?:,|\s+(?:og|samt|til|eller)|\s?[–-])\s?(?:19|20)\d\d(?!\d)")
_NOT_ITS_DAY = re.compile(
    r"(?:(?<!\bnej\s)(?<!\bja\s)\btil(?!\s+(?:orientering|underretning|din|jeres)\b)(?:\s+(?!(?:har|blev|er)\b)\w+){0,3}|\b(?:nej|ja)\s+til(?:\s+\w+){0,2}\s+\w*"
    r"(?:møde|fest|arrangement|koncert|marked|stævne|besøg|åbning|tur|løb|optog|høring|lukning)(?:et|en|t|n)?|\bpr\.|\bfra|(?<!tidligere,\s)\bsenest|\binden|\bindtil|\bog\s+med|\bsiden|\bgældende|virkning"
    r"|(?:anmodning|ansøgning|henvendelse|skrivelse|klage|brev|mail|notat|forespørgsel)(?:en|et)?\s+(?:af|dateret)"
    r"|(?:beslutningen|bevillingen|vedtagelsen|afgørelsen|aftalen)\s+(?:af|fra)|\bdateret"
    r"|\btil\s+(?:endelig\s+)?(?:beslutning|behandling|godkendelse|vedtagelse|afgørelse|drøftelse)\b[^,;.]{0,50}"
    r"|\b(?:for|om|af)\s+(?:\w+\s+){0,2}\w*(?:møde|høring|arrangement|stævne|seminar|konference|tur|åbning)(?:t|n|et|en)?)"
    r"\s+(?:d\.|den)?\s*$",
    re.I,
)
_OF_ANOTHER_PAPER = re.compile(
    r"(?<!\w)(?!(?:ved|i|med)\s)[^\W\d_]+\s+(?:[^\W\d_]*(?:afgørelse|afslag|påbud|kendelse|tilladelse|dispensation|aftale|kontrakt|rapport"
    r"|redegørelse|tilbud|indstilling|forslag|beslutning|vedtagelse|bevilling)(?:en|et|n)?)\s+af\s+(?:d\.|den)?\s*$",
    re.IGNORECASE,
)
"""Behind the verb, what is decided on has a day of its own: "stadfæster kommunens afgørelse af 3. maj 2024"."""
_AND = re.compile(r"\sog\s[^\W\d_]+")  # behind what an earlier verb is of: "ophæver … afgørelse af 3. maj og hjemviser"
_AND_VERB = (" og ", " og\n", " samt ")
_OF_ADVICE = re.compile(
    r"(?<!\bved\s)(?<!\bi\ssin\s)(?<!\bi\sen\s)\b[^\W\d_]*(?:indstilling|anbefaling|forslag|oplæg|udtalelse|høringssvar)(?:en|et|er|erne)?"
    r"(?:\s++fra\s++[^,;]{2,60}?(?<!\s))?\s++(?:af|fra|dateret)\s++(?:(?:d\.|den)\s*+)?$",
    re.IGNORECASE,
)
"""What was advised has a day of its own: "På baggrund af udvalgets anbefaling af 3. maj 2024 (vedtog Byrådet)"."""
_REFERRED_TO = re.compile(
    r"\b(?:baggrund|grundlag|henvisning|forlængelse|opfølgning|overensstemmelse|modsætning|uanset|trods)\s++(?:(?:af|til|på|med|for)\s++)?[^,;]{0,60}?"
    r"(?:beslutning|vedtagelse|afgørelse|bevilling|aftale|møde|drøftelse|behandling)(?:en|et|n|t|r|er|erne)?\s++"
    r"(?:(?:af|fra|på|i)\s*+)?(?:(?:d\.|den)\s*+)?$",
    re.IGNORECASE,
)
"""What a decision goes back to: "På baggrund af Byrådets beslutning af 3. maj 2024 (bevilgede udvalget)"."""
_IN = re.compile(r"\b(?:i|fra|siden|sidste|tilbage|omkring|under|ultimo|primo|medio)\s+$", re.IGNORECASE)
_YEAR_OF_DECIDING = re.compile(
    r"(?<!budget )(?<!budgettet )\b(?:tilbage\s+)?i\s+(?P<year>(?:19|20)\d\d)\b"
    r"|\b(?:sidste|forrige)\s+(?:år|måned|uge)\b|\bi\s+fjor\b"
    r"|(?<!\w)(?:i\s+(?:den\s+)?oprindelige?\s|oprindeligt?\s|tidligere\s|i\s+sin\s+tid\s"
    r"|(?:er\s+)?(?:ifølge|iflg\.|jf\.|jævnfør|med|i|ved)\s+budget(?:tet)?\s+(?:for\s+)?(?:19|20)\d\d\s+(?:er|blev|bevilget|afsat)(?!\w))",
    re.I,
)
_OF_A_FIGURE = re.compile(
    r"(?:kr\.?|kroner|mio\.?|mia\.?|mill\.?|,-|årsværk|stillinger|pct\.?|%|årligt|(?:om|pr\.)\s+året)\s*$",
    re.IGNORECASE,
)
_AGREED = frozenset(("være enig", "aftale", "afsætte", "bevilge", "gennemføre", "gennemføre ikke", "udgå", "tage ud"))
"""What the paper of an agreement does in the present, on the day on which it was made."""
_IN_RELATIVE = re.compile(r"[^\W\d_],?\s(?:som|der)\s[^,;.]*$", re.IGNORECASE)
"""What a date stands in that is not its decision's: "Det forslag, som udvalget fik den 3. maj 2024, er vedtaget"."""
_BECAUSE = re.compile(r",?\s(?P<word>idet|fordi|eftersom|da)\s[^,;]*$", re.IGNORECASE)
_OVER = re.compile(r",?\sover,?\sat\s[^,;]*$", re.IGNORECASE)
_COMPLAINS = re.compile(r"(?<!\w)(?:be)?klage[rdt]?\w*(?!\w)", re.IGNORECASE)
_BESIDE = re.compile(r"[\s,]*(?:(?:den|d\.|på|sit|et|møde|mødet|endeligt|enstemmigt)[\s,]*)*", re.IGNORECASE)
_BOUNDARY = re.compile(r"[,;]\s*(?:og|men|mens|hvorefter|samt|hvorimod)\s|\s(?:og|men|mens)\s", re.IGNORECASE)


def regions(text: str, accepted: list[Clause]) -> list[Span]:
    """For each verb of a sentence the stretch whose dates are its own: the clause, where a comma parts two of them."""
    found: list[Span] = []
    start = accepted[0].start if accepted else 0
    for at, clause in enumerate(accepted):
        end = clause.end
        if clause.bodies:
            joints = _BOUNDARY.finditer(text, max(start, clause.verb - REACH), clause.verb)
            fronts = [joint.end() for joint in joints if joint.group()[0] in ",;"]
            start = max([start, *(front for front in fronts if _has_own_body(front, clause))])
        if at + 1 < len(accepted) and accepted[at + 1].begins_anew:
            end = accepted[at + 1].cut
        elif at + 1 < len(accepted):
            following = accepted[at + 1]
            between = list(_BOUNDARY.finditer(text, clause.stop, following.verb))
            parted = between and (between[-1].group()[0] in ",;" or _has_own_body(between[-1].end(), following))
            end = between[-1].start() if parted else clause.end
        found.append((max(start, clause.verb - REACH), min(end, clause.stop + REACH)))
        start = end if end < clause.end else start
    return found


def _has_own_body(joint: int, clause: Clause) -> bool:
    return any(joint <= body.start < clause.stop + 30 for body in clause.bodies)


def day_of(
    text: str, clause: Clause, form: Form, region: Span, dates: list[Date], body: str | None, scene: Scene
) -> str | None:
    """The day of the deciding, ISO. The day of the meeting only for its own decisions, with no other time printed."""
    if scene.context.agreed_on and not body and scene.agrees and _is_agreed(form):
        return scene.context.agreed_on
    if not dates and not (clause.in_minutes and scene.context.meeting_date):
        return None
    region = (region[0], clause.verb) if form.lemma == "genoptage" else region  # what is behind it is the next time
    limit = _limit(text, clause, region[1])
    inside = _dates_of(text, clause, dates, (region[0], limit))
    if inside is None:
        return None
    meeting = scene.context.meeting_date if clause.in_minutes else None
    written = scene.context.written.isoformat() if scene.context.written else None
    meant = {
        date.first.isoformat()
        for date in inside
        if _may_be_its_day(text, clause, date)
        and not (meeting and date.first.isoformat() > meeting)
        and not (written and date.first.isoformat() > written and _is_told(clause, form))
    }
    if len(meant) > 1:
        beside = [date for date in inside if _stands_beside(text, clause, date) and date.first.isoformat() in meant]
        return beside[0].first.isoformat() if len(beside) == 1 else None
    if meant:
        return meant.pop()
    if _prints_time(text, clause, form, (region[0], limit), inside, date_of(clause.block, dates) or meeting):
        return None
    if clause.in_decision:
        return day_of_block(scene, clause.block, dates, body)
    own = date_of(clause.block, dates)
    named = clause.block.body if clause.block else None
    if own or not clause.in_minutes:
        return own if _is_own(body, named) else None
    todays = _is_own(named, scene.meeting_body) and body and _is_own(body, scene.meeting_body or named)
    return meeting if todays else None


def _limit(text: str, clause: Clause, end: int) -> int:
    """Where what the verb says itself ends: before a further clause, another deed, and what is still to be."""
    stop = _STOP.search(clause.after)
    limit = min(end, clause.stop + stop.start() if stop else clause.end)
    to_come = _TO_COME.search(text, clause.stop, limit)
    limit = to_come.start() if to_come else limit
    further = _NEXT_DEED.search(text, clause.stop, clause.end)
    return min(limit, further.start()) if further else limit


def _may_be_its_day(text: str, clause: Clause, date: Date) -> bool:
    """Whether a date is a day, and nothing before it says that it is of something else than the deciding."""
    begin = clause.start if date.start >= clause.start else 0
    front = text[max(begin, date.start - 120) : date.start]
    if not _is_day(date) or _NOT_ITS_DAY.search(front[-80:]) or _OF_ADVICE.search(front) or _REFERRED_TO.search(front):
        return False
    behind = date.start >= clause.stop
    first = clause.stop if behind else clause.start
    shared = text.endswith(_AND_VERB, 0, clause.verb) or _AND.match(text, date.end)
    if (behind or shared) and _OF_ANOTHER_PAPER.search(text, first, date.start):
        return False
    return not _is_told_of(text, clause, date)


def _is_told_of(text: str, clause: Clause, date: Date) -> bool:
    """Whether a date in front of the verb stands in a relative clause that has ended before it."""
    if date.start >= clause.verb or "," not in text[date.end : clause.verb]:
        return False
    return _IN_RELATIVE.search(text, max(clause.start, date.start - 160), date.start) is not None


def _dates_of(text: str, clause: Clause, dates: list[Date], span: Span) -> list[Date] | None:
    """The dates of a stretch that may be the deciding's; None where each is that of what followed from it."""
    inside = [date for date in dates if span[0] <= date.start < span[1]]
    own = [date for date in inside if not _is_of_what_followed(text, clause, date)]
    return None if inside and not own else own


def _is_of_what_followed(text: str, clause: Clause, date: Date) -> bool:
    """Whether a date is that of a sentence to which the deciding is the reason: it had been decided before.

    "Du klagede den 3. maj 2024, fordi kommunen havde meddelt afslag"; "den 3. maj 2024, da rådet vedtog", is its own.
    """
    if date.end > clause.verb:
        return False
    over = _OVER.search(text, date.end, clause.verb)
    if over:
        return clause.is_perfect and _COMPLAINS.search(text, clause.start, over.start()) is not None
    because = _BECAUSE.search(text, date.end, clause.verb)
    return because is not None and (clause.is_perfect or because["word"].lower() in ("fordi", "eftersom"))


def date_of(block: Block | None, dates: list[Date]) -> str | None:
    """The one day that the block's heading prints, ISO."""
    if block is None:
        return None
    start, end = block.heading
    days = {date.first.isoformat() for date in dates if start <= date.start < end}
    return days.pop() if len(days) == 1 else None


def _is_agreed(form: Form) -> bool:
    return (
        form.lemma == "være enig"
        or form.needs == "fall"
        or (form.lemma in _AGREED and form.tense in ("present", "present-passive"))
    )


def day_of_block(scene: Scene, block: Block | None, dates: list[Date], body: str | None) -> str | None:
    """The day of what a block under "Beslutning" decides: its heading's, else the meeting's for its own decisions."""
    own = date_of(block, dates)
    named = block.body if block else None
    if own:
        todays = named is None and own == scene.context.meeting_date and _is_own(body, scene.meeting_body)
        return own if todays or _is_own(body, named) else None
    if not _is_own(named, scene.meeting_body):
        return None
    return scene.context.meeting_date if _is_own(body, scene.meeting_body or named) else None


def _stands_beside(text: str, clause: Clause, date: Date) -> bool:
    """ "vedtaget den 4. maj 2023", "blev den 4. maj 2023 vedtaget": nothing but small words between."""
    start, end = (clause.stop, date.start) if date.start >= clause.stop else (date.end, clause.verb)
    return start <= end and _BESIDE.fullmatch(text, start, end) is not None


def _is_day(date: Date) -> bool:
    return date.precision == "day" and date.to == date.first


def _is_own(body: str | None, meeting: str | None) -> bool:
    return body is None or (meeting is not None and body.casefold() == meeting.casefold())


def _is_told(clause: Clause, form: Form) -> bool:
    """Whether the verb tells of something that is over."""
    turned = clause.link == "der" and clause.matrix.endswith(" er der ")  # "Ifølge budget 2024 er der bevilget …"
    return form.tense in ("past", "past-passive") or clause.is_perfect or clause.has_passive_auxiliary or turned


def _prints_time(text: str, clause: Clause, form: Form, span: Span, inside: list[Date], known: str | None) -> bool:
    """Whether the sentence prints a time that is no day for the deciding: "i 2022", "i foråret", "sidste år".

    A time that has not passed on the ``known`` day of the minutes is when something is to be, as is a figure's year:
    "godkendte en bevilling på 5 mio. kr. i 2025".
    """
    if not _is_told(clause, form):
        return False
    for match in _YEAR_OF_DECIDING.finditer(text, *span):
        if match["year"] is None:
            return True
        beside = clause.verb - match.end() in (0, 1) or match.start() - clause.stop in (0, 1)
        passed = known is None or match["year"] < known[:4] or (beside and match["year"] == known[:4])
        if passed and not _OF_A_FIGURE.search(text, max(0, match.start() - 20), match.start()):
            return True
    return any(
        not _is_day(date)
        and _IN.search(text[max(0, date.start - 20) : date.start])
        and not _OF_A_FIGURE.search(text[max(0, date.start - 30) : date.start].rstrip("i "))
        and not (known and date.to and date.to.isoformat() >= known)
        for date in inside
    )


def _is_of_another(text: str, start: int, budget: re.Match[str]) -> bool:
    """Whether a budget is only where something comes from, and not what is decided on."""
    agreed = budget[0].lower().startswith(("budgetaftale", "budgetforlig"))
    pattern = _FROM if agreed else _OF_THE_NAMED
    return pattern.search(text, start, budget.start()) is not None


def budget_year(scene: Scene, start: int, end: int) -> int | None:
    """The budget year in "med budget 2020", "i budgetforlig 2018", or None when none or several are named."""
    if scene.prose.lower.find("budget", start, end) < 0:
        return None
    text = scene.text
    found = [each for each in _BUDGET.finditer(text, start, end) if not _is_of_another(text, start, each)]
    if any(_FURTHER_YEAR.match(scene.text, match.end(), end) for match in found):
        return None  # "budgettet for 2013 og 2014"
    years = {int(match[1]) for match in found}
    return years.pop() if len(years) == 1 else None
