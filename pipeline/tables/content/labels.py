"""What a row is: its role in the budget, and whether its figures are money, årsværk, percentages or counts.

Rules on årsværk err towards refusing: "Nedlæggelse af 2 stillinger" is money, "Antal stillinger" is not, and
"Reduktion af stillinger" cannot be told and is ``unclear``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Literal, TypeGuard, cast

from corpus.model import Role
from pipeline.lexicon import rows
from pipeline.tables.content.units import KEPT, unit_note

Measure = Literal["money", "fte", "position", "percent", "hours", "count", "unclear", "unsaid"]
People = Literal["fte", "position"]
Counted = Measure | Literal["aged", "staff"]

_SIDES = {
    **dict.fromkeys(("u", "udg", "udgift", "udgifter"), "expense"),
    **dict.fromkeys(("i", "indt", "indtægt", "indtægter"), "income"),
    **dict.fromkeys(("n", "netto"), "net"),
}
_TOTAL = re.compile(r"(?:i\s?alt|sum|total|totalt|samlet|samlede|subtotal|hovedtotal)\b", re.IGNORECASE)
_NET = re.compile(
    r"\b(?:netto|nettoændring\w*|ændring(?:er)?|effekt|konsekvens(?:er)?|virkning|resultat|økonomi)\b", re.IGNORECASE
)
_ENDS_TOTAL = re.compile(r".*\bi\s?alt", re.IGNORECASE | re.DOTALL)
_HEAD_END = re.compile(r"\s(?:til|af|på|for|ved|i|fra|om|vedr\.?|vedrørende|som|der|med|pr\.?|hos)\s|[(:,;]|\s[-–]\s")
_RECEIVED = re.compile(
    r"tilskud\w*(?:\s[\w-]+)?\sfra\s|(?:^|\s)(?:modtag\w*|hjemtag\w*)\s(?:[\w-]+\s)?\w*tilskud|tilskud\w*\smodtaget"
)
"""A grant that whoever prints the table gets: it is no grant of its own, and the sign does not say what it is."""
_LESS = frozenset({"færre", "lavere", "mindre", "sparede", "reducerede", "faldende", "bortfaldne"})
_LOST = _LESS | {"tabt", "tabte", "mistede", "manglende", "vigende"}
_LESS_INCOME = re.compile(
    r"\w*(?:reduktion(?:en|er)?|nedgang|nedsættelse(?:n)?|reducering)\s(?:af|i|på)\s(?:(?!udgift)[\w-]+\s)?"
    r"(?:[\w-]*indtægt(?:en|er|erne)?|(?:bruger|forældre|egen|elev|deltager)[\w-]*betaling(?:en|er)?)\b"
)
"""What a reduction costs: "Reduktion af indtægter", "Reduktion i forældrebetaling"."""
_NUMBERING = re.compile(r"^(?:\d{1,3}[.)]\s+|[-–•*]\s+|[a-z][.)]\s+)", re.IGNORECASE)
_OF_WHICH = re.compile(r"^\W*(?:heraf|deraf|hvoraf|gennemsnit\w*|gns\.?|median\w*)\b", re.IGNORECASE)
_BEFORE_COUNTED = re.compile(
    r"(?:\d|\b(?:en|et|én|ét|to|tre|fire|fem|seks|syv|otte|ni|ti|halv|halvt|pr\.?|per|hver|lønudgift\w*|udgift\w*|løn|"
    r"lønsum|gennemsnitsløn|kroner))\s*$",
    re.IGNORECASE,
)
_MONEY_WORD = re.compile(
    r"\b(?:kr|kroner|dkk|udgift\w*|\w*udgift|\w*udgifter|løn|lønsum|lønudgift\w*|finansiering|betaling|pulje|tilskud|"
    r"budget|omkostning\w*|bevilling|takst|beløb|provenu)\b",
    re.IGNORECASE,
)
_PERCENT_HEADING = re.compile(r"(?<!\d)(?<!\d[ \u00a0])(?:%|pct|procent|promille)")
"""A share in a heading, glued or abbreviated: "Forbr.%", "pct.afv."; none with a figure: "fald på 2 %"."""
_PERCENT_ENDINGS = ("procent", "procenter", "procenten", "promille", "promillen", "pct", "sgrad", "realvækst")
_POSITION_ROW = re.compile(
    r"(?:(?:ændring|ændringer|konsekvens)\w*\si\s)?(?:normerede\s)?(?:stillinger|normeringer)|.*\bantal(?:let)?\s.*",
    re.IGNORECASE | re.DOTALL,
)
_STAFFING = re.compile(r"normering(?:er)?\s(?:i|på|til|af|ved|for|hos|\d)\b")
"""A row that names whose staffing it is, "Normering i vuggestuer", is of people or of what they cost."""
_COUNT = re.compile(
    r"(?:ændring i |ændret |forventet |heraf )?(?:(?:det |de )?(?:gennemsnitligt?|gennemsnitlige|samlede?t?|totalt?e?|"
    r"udestående|udstedte|faktiske?|aktuelle|nuværende|normerede|maksimale|årlige|månedlige|forventede) )?"
    r"antal(?:let)?\b|.*[,(]\s?(?:i )?antal(?: 1\.?000| mio\.?)?(?: stk\.?)?\)?$",
    re.IGNORECASE,
)
"""A number of something, named first or behind the name: "Det samlede antal elever", "Aktier, antal 1.000 stk."."""
_WORD = re.compile(r"[^\s,;:()\"]+")


def plain(label: str) -> str:
    """A label without numbering, bracketed remarks and closing marks, in lower case."""
    text = _NUMBERING.sub("", " ".join(label.split()))
    return re.sub(r"\([^()]{0,80}\)", " ", text).strip(" .:*–-").casefold()


def is_part_of(label: str) -> bool:
    """True for "heraf …" and "Gennemsnit": the row is in other rows already and is never summed."""
    return _OF_WHICH.match(label) is not None


def side_of(text: str) -> str | None:
    """ "expense" for "U", "income" for "Indt.", "net" for "N"; None for all else."""
    return _SIDES.get(text.strip().rstrip(".").casefold())


@cache
def _role_words() -> tuple[dict[str, str], dict[str, str]]:
    exact = {row["word"]: row["role"] for row in rows("table_roles") if row["match"] == "exact"}
    return exact, {row["word"]: row["role"] for row in rows("table_roles") if row["match"] == "ending"}


@lru_cache(maxsize=KEPT)
def role_of(label: str) -> Role | None:
    """saving, efficiency, net, total … by the head of the label, None where the label is none of them."""
    bare = " ".join(plain(label).split())
    if measure_of(label) in {"percent", "hours", "count"}:
        return None
    exact, endings = _role_words()
    named = re.sub(r" (?:19|20)\d\d$", "", bare)
    if named in exact:
        return cast("Role | None", exact[named] or None)
    if (_TOTAL.match(bare) and not _is_title(bare)) or _ENDS_TOTAL.fullmatch(bare):
        return "net" if _NET.search(label) else "total"
    head = _HEAD_END.split(f"{bare} ", maxsplit=1)[0]
    if exact.get(head.strip()) == "construction":
        return "construction"  # "Anlæg, etape 1", "Anlæg af sti"
    words = _WORD.findall(head)
    for number, word in enumerate(words):
        if (role := _by_ending(word.strip(".-–"), endings)) is not None:
            received = role == "grant" and _RECEIVED.search(bare) is not None
            return None if received else cast("Role | None", _with_less(role, words[:number], bare) or None)
    return None


def _with_less(role: str, before: Sequence[str], bare: str) -> str:
    """A role by the words before its own: income that is lost is none, and less of an expense is a saving."""
    if role == "income" and not _LOST.isdisjoint(before):
        return ""
    if role == "saving" and _LESS_INCOME.match(bare):
        return ""
    return "saving" if role == "expense" and not _LESS.isdisjoint(before) else role


def _is_title(bare: str) -> bool:
    """Whether "samlet" is part of a name: "Samlet indkøb på skolerne", but not "Samlede udgifter til skolerne"."""
    head = _HEAD_END.split(f"{bare} ", maxsplit=1)[0].split()
    named = head[0] in {"samlet", "samlede"} and len(head) > 1
    return named and not any(stem in word for word in head[1:] for stem in _totalled())


@cache
def _totalled() -> frozenset[str]:
    return frozenset(row["stem"] for row in rows("table_totalled"))


def _by_ending(word: str, endings: dict[str, str]) -> str | None:
    """The role of the longest ending that is a word of the list: "driftsbesparelse" ends in "besparelse"."""
    if word in endings:
        return endings[word]
    for cut in range(1, len(word) - 3):
        if word[cut:] in endings and (cut > 2):
            return endings[word[cut:]]
    return None


@cache
def _measure_words() -> dict[str, tuple[Measure, bool]]:
    return {row["word"]: (cast("Measure", row["kind"]), row["certain"] == "yes") for row in rows("table_measures")}


@cache
def _label_units() -> dict[str, Measure]:
    return {row["unit"]: cast("Measure", row["kind"]) for row in rows("table_label_units")}


@cache
def _counted() -> dict[str, Counted]:
    """Nouns that are counted when they stand alone; "aged" ones only with an age: "Børn 0-5 år"."""
    return {row["words"]: cast("Counted", row["kind"]) for row in rows("table_counted")}


def is_staff(label: str) -> bool:
    """True for a row of a kind of employees: "Lærere"; under a heading of årsværk its figures are årsværk."""
    return _counted().get(plain(label)) == "staff"


def may_count(label: str) -> bool:
    """True for nouns that are an area of the budget, or are counted: "Børn", "Ældre"."""
    return _counted().get(plain(label)) == "aged"


def is_counted_noun(label: str) -> bool:
    """True for nouns of what is counted and no employee, "Elever", "Besøg"; they may head money, too."""
    return _counted().get(plain(label)) == "unclear"


# What a kommune has one of, or what is a time: a figure for each is in the table's unit.
_WHOLES = frozenset(
    {"year", "month", "quarter", "half-year", "school-year", "season", "institution", "school", "department"}
    | {"municipality", "association", "company", "property"}
)


@cache
def _each() -> dict[str, str]:
    """By the word for it, what an amount is paid for: "month" for "måned"."""
    return {row["cue"]: row["value"] for row in rows("cues") if row["kind"] == "per"}


@cache
def _rated() -> frozenset[str]:
    return frozenset(cue for cue, value in _each().items() if value not in _WHOLES)


_FOR_EACH = re.compile(
    r"\b(?:kr|kroner|dkk)\.?\s?(?:pr\.?|per|/)\s?(?!ultimo|primo|medio|dags\b)([^\W\d_]+[²³\d]?)\.?(?:\s[^\d()]{1,20})?\s?(?:\)|$)",
    re.IGNORECASE,
)
"""In a bracket, or at the end: "kr. pr. ultimo 2027" is of a day."""


def stated_each(text: str) -> str | None:
    """The word in a statement of a unit for what is paid for: "måned" of "Dagtilbud (kr. pr. måned)"."""
    found = _FOR_EACH.search(text)
    return found[1].casefold() if found is not None else None


@lru_cache(maxsize=KEPT)
def paid_for(text: str) -> str | None:
    """What the amounts in a unit are paid for, as records say it: "month", "portion"; None where it does not say."""
    each = stated_each(text)
    return _each().get(each, each) if each is not None else None


@lru_cache(maxsize=KEPT)
def is_rate(label: str) -> bool:
    """True for an amount for each of something ("Udgift pr. elev"): it may be in kr. in a table of thousands."""
    label = _without_price(label)
    return any(
        found[1].casefold() in _rated() for found in re.finditer(r"\b(?:pr\.?|per)\s(\w+)", label, re.IGNORECASE)
    )


def is_price(label: str) -> bool:
    """True for an amount for each of something, or one that is called a price: "Takst", "Pris pr. kWh"."""
    return is_rate(label) or any(map(_TARIFF.fullmatch, re.findall(r"[^\W\d_]+", label)))


def is_called_price(label: str) -> bool:
    """True for a label that begins with a word for a price: "Pris pr. m³ vand", but not "Børn på fuld takst"."""
    return _TARIFF.match(label) is not None


def _without_price(label: str) -> str:
    """A label without a price that it prints, but not where it names a tariff: "Takst 45 kr. pr. time"."""
    return label if _TARIFF.match(label) else _PRICED.sub(" ", label)


def rate_in_kroner(label: str) -> bool:
    """True for a rate that says it is in kr.: "Resultat pr. aktie (kr.)"."""
    return is_rate(label) and _IN_KRONER.search(label) is not None and _NOT_KRONER.search(label) is None


_IN_KRONER = re.compile(r"(?:^|[\s(,])(?:hele\s)?(?:kr|kroner|dkk)\b(?!\.?\s?\d)", re.IGNORECASE)
_NOT_KRONER = re.compile(r"\d\s?kr|\b(?:t|mio|mill|mia|tusinde?|øre)\.?\s?kr", re.IGNORECASE)
_LABEL_UNIT = re.compile(r"\(([^()]{1,25})\)|,\s([^,()]{1,25})$|\bi\s((?:[a-z]{1,6}[²³\d]?))$")
_PRICED = re.compile(
    r"(?<![\d.,])(?!1(?:00)?[.\s]?0{3}(?:[.\s]?0{3})?\s?kr)\d[\d.]*(?:,\d+)?\s?(?:kr\.?|kroner|øre)\s?(?:pr\.?|per|/)\s?\w+",
    re.IGNORECASE,
)
"""A price that a label prints itself is no rate of the figures beside it: "Lokale, leje 850 kr. pr. m2"."""
_TARIFF = re.compile(r"\w*(?:pris(?:er)?|takst(?:er)?|sats(?:er)?|gebyr(?:er)?)\b", re.IGNORECASE)
_RATE = re.compile(
    r"\b(?:kr\.?|kroner|øre)\s?(?:pr\.?|per|/)\s?(?!år\b|\d)\w|^(?:\w*(?:pris|takst|sats))\s(?:pr\.?|per)\s(?!\d)\w"
)
_AGED = re.compile(
    r"\s(?:på\s|under\s|over\s|fra\s)?\d{1,2}(?:\s?[-–]\s?\d{1,2})?\s?(?:år|årige|-årige|måneder)$|^\d\d?[-–]\d\d?-?\s?årige$"
)


def counts_people(measure: Measure) -> TypeGuard[People]:
    """True for the measures whose figures are staff."""
    return measure in {"fte", "position"}


def _names_people(text: str) -> bool:
    """Whether a word of the label is a measure of people: "Årsværk (antal)"."""
    return any(_measure_words().get(word, ("unsaid",))[0] in {"fte", "position"} for word in re.findall(r"\w+", text))


def _counts(text: str) -> Measure:
    """By the unit in brackets or after the comma ("CO2 (tons)"), or a label of nothing but a noun that is counted."""
    for found in _LABEL_UNIT.finditer(text):
        kind = _label_units().get((found[1] or found[2] or found[3]).strip(" .*"))
        if kind is not None and not (kind == "count" and _names_people(text)):
            return kind
    if _RATE.search(_without_price(text)):
        return "unclear"
    bare = plain(text).removesuffix(" pr. år").removesuffix(" i alt")
    noun = _counted().get(bare, "aged")
    if noun == "staff":
        return "unclear"
    if noun != "aged":
        return noun
    if _AGED.search(bare) and _AGED.sub("", bare) in {"", *_counted()}:
        return "unclear"
    words = bare.split()
    if len(words) <= 2 and words and words[-1].endswith(("timer", "stillinger")):
        known = words[-1] in _measure_words() and (len(words) == 1 or words[-1] != "timer")
        return "unsaid" if known else "unclear"
    return "unsaid"


@lru_cache(maxsize=KEPT)
def measure_of(label: str, *, heading: bool = False) -> Measure:
    """What the figures of a row (or under a ``heading``) count; ``unsaid`` where the label does not tell."""
    text = " ".join(label.split()).casefold()
    if unit_note(text, row_label=not heading) is not None or rate_in_kroner(text):
        return "money"
    if (kind := _counts(text)) != "unsaid":
        return kind
    if heading and _PERCENT_HEADING.search(text) is not None:
        return "percent"
    for found in re.finditer(r"[^\s,;:()\[\]\"]+", text):
        word = found[0].rstrip(".*").removesuffix("-ændring")
        kind, certain = _measure_words().get(word, ("unsaid", True))
        if word.endswith(_PERCENT_ENDINGS) or word.startswith("%-"):
            kind, certain = "percent", True
        if kind == "unsaid" or _BEFORE_COUNTED.search(text[: found.start()]):
            continue
        before = text[: found.start()]
        stated = before.rstrip().endswith(("(", "i", "antal")) or found.start() == 0
        if kind == "position" and not certain:
            return _position(text, word)
        if certain and kind in {"fte", "position", "percent"}:
            return "unclear" if _MONEY_WORD.search(text) and not stated else kind
        if stated and (certain or found.start() == 0 or before.rstrip().endswith("(")):
            return "unclear" if not heading and _STAFFING.match(text) else kind
    return "count" if _COUNT.match(text) else "unsaid"


def _position(text: str, word: str) -> Measure:
    """Plural "stillinger" counts when the label says so; "stilling" and a label with other words speak of a measure."""
    if word == "stilling":
        return "unsaid"
    return "position" if _POSITION_ROW.fullmatch(plain(text)) else "unclear"


@cache
def _money_stems() -> re.Pattern[str]:
    """What words of money begin with, what compounds of it end in ("Genbevilling"), and whole headings ("Løn")."""
    said: dict[str, list[str]] = {"start": [], "end": [], "whole": []}
    for row in rows("table_money_columns"):
        said[row["place"]].append(re.escape(row["stem"]))
    start, end, whole = map("|".join, said.values())
    return re.compile(rf"\b(?:{start})|\w(?:{end})(?:t?er|en|et|t?erne|ene)?\b|^(?:{whole})$")


@lru_cache(maxsize=KEPT)
def speaks_of_money(heading: str) -> bool:
    """True for a column beside the years that holds money like them: "Afvigelse", "I alt", "Korrigeret budget"."""
    return _money_stems().search(heading.casefold()) is not None


@cache
def _group_words() -> frozenset[str]:
    return frozenset(row["words"] for row in rows("table_groups"))


def is_group_label(label: str) -> bool:
    """True for a label that heads a section of a budget table wherever it stands without figures."""
    return plain(label) in _group_words()
