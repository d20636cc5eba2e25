"""A comparison that is denied: "må ikke komme under 95 mio. kr." is at least, "koster aldrig over" at most.

The negation may stand right before the comparison or have a verb between; it turns the bound round. Where another noun
stands between ("vil ikke støtte projekter over 2 mio. kr."), the comparison is that noun's, and is left as printed.
"""

from __future__ import annotations

import re

_COMPARISON = re.compile(
    r"(?:over|under|overstige[rs]?|(?:mere|mindre|færre|flere|større|højere|lavere|dyrere|billigere)\s+end)", re.I
)
_CLAUSE_BEGIN = re.compile(
    r".*(?:[.?!;:](?=\s)|,|\n[ \t>]*\n|(?<!\w)(?:og|men"
    r"|(?<!til\s)at(?!\s+(?:(?:komme|blive|koste|være|betale|bruge|give|få|ligge|ende)\s|$))|som|der|hvis|når|så|mens)(?=\s))",
    re.I | re.S,
)
_NO_MORE_THAN = r"(?:kun|bare|blot|alene|mindst|nødvendigvis|nok)\b"
_VERB = (
    r"(?:være|er|var|været|blive[rt]?|blev|koste[rt]?|kostede|komme[rt]?|kom|falde[rt]?|faldt|ligge[rt]?|lå|ende[rt]?|endte"
    r"|lande[rt]?|landede|stige[rt]?|steg|gå[rt]?|gik|udgøre|udgør|udgjorde|andrage[rt]?|lyde[rt]?|lød|løbe[rt]?|løb|nå[rt]?|nåede"
    r"|synke[rt]?|sank|dykke[rt]?|dykkede|ryge[rt]?|røg|vokse[rt]?|voksede|bringes|sættes|sænkes|hæves|fastsættes|gives?|giver|gav"
    r"|få[rs]?|fik|yde[rs]?|ydet|bruge[rs]?|brugte|brugt|anvende[rs]?|betale[rs]?|betalte|betalt|afsætte[rs]?|bevilge[rs]?|tildele[rs]?"
    r"|modtage[rs]?|modtog|opkræve[rs]?|kræve[rs]?|krævede|spare[rs]?|låne[rs]?|tjene[rs]?|have|har|havde|haft|gøres|gennemføres|udbetale[rs]?|sælge[rs]?|solgt"
    r"|søge[rs]?|budgettere[rs]?|lægge[rs]?|overskride)"
)
_PARTICLE = (
    r"(?:(?:råd|lov)\s+til\s+at|til\s+at|at|engang|til|op|ned|på|af|med|for|om|i|helt|længere|nogensinde|i\s+alt|samlet|tilsammen|noget|nogen|et|en|beløb|ud|ind|der"
    r"|ét|to|årligt|om\s+året|i\s+(?:19|20)\d\d|ca\.|på\s+noget\s+tidspunkt|i\s+(?:året|perioden|dag))"
)
_DENIED = re.compile(
    r"(?<!\w)(?:ikke|aldrig|ingensinde|ej|næppe|umuligt|under\s+ingen\s+omstændigheder|på\s+intet\s+tidspunkt)\s+"
    rf"(?!{_NO_MORE_THAN})(?:(?:må|måtte|kan|kunne|skal|skulle|vil|ville|bør|burde)\s+)?(?:(?:{_PARTICLE}|{_VERB})\s+){{0,6}}$",
    re.IGNORECASE,
)
"""Between a negation and the comparison, nothing but verbs of amounts and what may stand beside them."""
_NOBODY = re.compile(
    rf"(?:^|\s)(?:ingen|intet)\s+(?:[^\W\d_]+\s+){{0,4}}?{_VERB}\s+(?:(?:{_PARTICLE}|{_VERB})\s+){{0,4}}$",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"(?<=\bikke),\s[^,.;:!?]{3,60},|(?<=\baldrig),\s[^,.;:!?]{3,60},", re.IGNORECASE)
_DOUBTED = re.compile(
    r"(?<!\w)(?:tror|regner|forventer|venter|antager|mener|vurderer|skønner|forudser)\s+(?:\w+\s+){0,3}?(?:ikke|næppe)"
    r"(?:\s+med)?,?\s+at$",
    re.IGNORECASE,
)
_PLAIN = re.compile(
    rf"[^,;.]{{0,60}}?\s(?:(?:vil|kan|skal|kommer)\s+)?(?:{_VERB}\s+)(?:(?:{_PARTICLE}|{_VERB})\s+){{0,4}}$"
)
_NONE_OF = re.compile(r"(?:^|\s)(?:ingen|intet)\s+(?:[^\W\d_]+\s+){0,4}$", re.IGNORECASE)
_EXCEEDS = re.compile(r"overstige[rs]?", re.IGNORECASE)
_REACH = 160


def is_denied(text: str, start: int, end: int) -> bool:
    """Whether the clause denies the comparison ``text[start:end]``, which sets a bound by itself."""
    if not _COMPARISON.fullmatch(text[start:end]):
        return False
    front = _ASIDE.sub(" ", text[max(0, start - _REACH) : start])  # "må ikke, som vi har sagt, komme over"
    opening = _CLAUSE_BEGIN.match(front)
    clause = front[opening.end() if opening else 0 :]
    exceeds = _EXCEEDS.fullmatch(text, start, end)
    if _DENIED.search(clause) or (_NONE_OF if exceeds else _NOBODY).search(clause):
        return True
    doubted = opening is not None and _DOUBTED.search(front, 0, opening.end())  # "Vi tror ikke, at taget koster over …"
    return bool(doubted) and bool(exceeds or _PLAIN.fullmatch(clause))


_DENIED_CLAUSE = re.compile(
    r"(?<!\w)(?:ikke|aldrig|næppe)(?:\s(?:anbefale|indstille|støtte|foreslå|godkende|tiltræde|ønske|besluttet|vedtaget))?"
    r",[\s>]{1,4}at[\s>]{1,4}$"
)


def in_denied_clause(lower: str, begin: int) -> bool:
    """ "Udvalget ønsker ikke, at der afsættes …"."""
    if "at" not in lower[max(0, begin - 5) : begin]:
        return False
    return _DENIED_CLAUSE.search(lower, max(0, begin - 30), begin) is not None
