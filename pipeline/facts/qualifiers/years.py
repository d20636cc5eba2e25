"""The years a quantity is tied to: one, several, or one from which it goes on; none where that is not plain.

Directly behind the quantity years are its own ("i 2024", "(2024)", "i 2024-2026"). Farther off, on either side, they
are so only where nothing but light words or one plain prepositional phrase stands between, no other year stands in the
clause, and no other quantity competes for them. Words are data in ``lexicon/cues.csv``, expressions of years are read
by ``qualifiers/spans.py``.
"""

from __future__ import annotations

import re

from pipeline.facts.numbers import is_number_word
from pipeline.facts.qualifiers.bounds import AFTER, cues, per_compound
from pipeline.facts.qualifiers.cues import cue
from pipeline.facts.qualifiers.spans import EXPRESSION, JOINT, LINK, OPEN, SPAN, YEARS, When, read_when, read_years

CLAUSE = 160
NEAR = 56  # most clauses begin so near
MOST_BETWEEN = 8
MOST_IN_FRAME = 14
_FINITE = (
    "er|var|blev|bliver|har|havde|skal|kan|vil|skulle|kunne|ville|må|udgør|udgjorde|koster|kostede|får|fik|afsættes|bruges"
    "|spares|anvendes|går|gik|bruger|brugte|forventes|foreslås"
)
# Each alternative looks back at the one character of the class that begins them all.
_MARKED = (
    r"(?<=[;!?])\s|(?<=\n)[> \t]*\n|(?<=\.)\s[>\s]{0,6}(?=[A-ZÆØÅ•·▪●■]|[-–*]\s[A-ZÆØÅ])"
    r"|(?<=\n)[> \t]*[-–*•▪●■][ \t](?=at\s)"  # an item of a list that is a clause of its own
    r"|(?<=\n)(?<!:\n)(?<!: \n)[> \t]*[-–*•▪●■][ \t]{1,3}(?=[A-ZÆØÅ][a-zæøå])"
    rf"|(?<=,)[\s>]{{1,4}}(?:(?:men|mens|og|så|hvoraf|hvor|der|som|heraf|fordi|idet|da|at)\s|(?=(?:{_FINITE})\s))"
)
_CLAUSE_END = re.compile(rf"[;!?.,\s](?:{_MARKED}|(?<=\s)(?:men|mens)\s)")
_MARKED_END = re.compile(rf"[;!?.,\n](?:{_MARKED})")  # the same where no "men" stands
_ANY_YEAR = re.compile(r"(?:19|20)\d\d")
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_FILLED = (
    r"(?:\s{1,2}(?:årligt|varigt|p(?:r\.?|er)\s[^\W\d_]{2,20}|om\s(?:året|måneden|ugen|dagen)|i\stimen|månedligt|i\salt|netto|yderligere|hver|\([^()\n]{0,30}\)|i\s\d{4}-priser"
    r"|ved\sfuld\s(?:drift|indfasning|effekt|implementering)|(?:fuldt\s)?indfaset|ekstra|mere|mindre|flere|færre|til\srådighed"
    r"|(?:eksk?l|ink?l|eks|ex)\.?\smoms|(?:eksklusive?|inklusive?|uden|med|før)\smoms)){0,2}"
)
# "5 mio. kr. 2026-2029", "2 mio. kr. årligt 2026 til 2028": a span of years needs no word before it.
_SPAN_ALONE = rf"{SPAN}(?!\d|[.,]\d|\s{{1,3}}\d|\s?(?:kr|mio|t\.?kr))"
_AFTER = re.compile(
    rf"{_FILLED}\s{{1,3}}(?P<span>\((?={EXPRESSION}{OPEN}\s?[),])|\(?{LINK}\s{{1,3}}|(?={_SPAN_ALONE})){YEARS}"
)
_BEFORE = re.compile(
    rf"(?i:(?<!\w){LINK}\s{{1,2}}|(?:(?:^\s?|\n)(?:[ \t]{{0,8}}[-–*•▪●■][ \t]{{1,3}})?|[();:,.]\s?"
    rf"|(?<![\w.,])(?<!\d\s)(?<!\d,\s)(?:og|samt|er|var)\s|(?<!\w)(?P<label>[^\W\d_]{{3,24}})\s)(?P<colon>)(?=(?:19|20)\d\d:)){YEARS}"
)
_BETWEEN = re.compile(r"[^\W\d_]+|[^\s>.:]")
_SHARED_YEAR = re.compile(
    r"(?:19|20)\d\d(?:,?\s(?:og|eller|samt|til|som|&)|,)\s$|(?i:(?<!\w)(?:senest|inden|før|efter|siden|såvel|både|enten)\s)$"
    r"|(?i:(?<!\w)siden\s(?:[^\W\d_]+\s){1,4})$"  # "siden ordningens start i 2015"
)
_REST_END = re.compile(
    r"[.;:!?,\s](?:(?<=[.;:!?,])\s|(?<=\n)[> \t]*(?:\n|[-–*•▪●■][ \t])|(?<=\s)(?:og|men|mens|mod|samt)\s)"
)
_TIED = re.compile(rf"(?<!\w)(?:i|til|for|fra|budget|regnskab|budgettet)\s{_YEAR}(?!\d|-?\s?(?:pris|p/l|pl\b|niveau))")
_WORD = r"[^\W\d_]+(?:[-'’][^\W\d_]+)?"
# What money is taken of: "af udvalgets egen ramme", "fra puljen til bredbånd".
_PURSE = (
    r"[^\W\d_]{0,24}(?:ramme|pulje|konto|reserve|kassebeholdning)(?:n|r|rne|en|erne)?"
    r"|[^\W\d_]{0,24}(?:budget(?:tet)?|midler(?:ne)?|opsparing(?:en)?)"
)
_FARTHER = re.compile(
    rf"{_FILLED}(?:\s{{1,3}}(?:allerede|reelt|faktisk|blevet))?"
    r"(?:\s{1,3}(?:mere|mindre)\send(?=\s(?:budgetteret|forventet|ventet|forudsat)\s))?(?:\s{1,3}"
    rf"(?P<spent>{_WORD}))?"
    rf"(?:(?P<phrase>\s{{1,3}}(?:til|på|i|hos)(?:\s{{1,3}}{_WORD}){{1,4}}?))?"
    rf"(?:\s{{1,3}}(?:af|fra|inden\sfor)(?P<purse>(?:\s{{1,3}}{_WORD}){{0,3}}?\s{{1,3}}(?:{_PURSE})(?=\s{{1,3}}i\s)))?"
    rf"\s{{1,3}}(?P<span>{LINK}\s{{1,3}}){YEARS}"
)
_EACH_OF_MANY = re.compile(
    rf"\s{{1,3}}(?:mere|mindre|flere|færre|højere|lavere)\send(?:\s{{1,3}}{_WORD}){{1,4}}?\s{{1,3}}"
    rf"(?P<span>i\shver?t?\saf\s(?:årene|de\sår)\s{{1,3}}){YEARS}"
)
_CORRESPONDS = re.compile(
    rf"(?P<span>(?<!\w)(?i:{LINK})\s{{1,3}}){YEARS},?\s{{1,3}}(?:(?:(?:hvilket|som|der|og|det)\s)?(?:svarende|svarer|svarede)\stil"
    r"|hvilket\s(?:frigør|sparer|koster|(?:giver|medfører|betyder|indebærer)\s(?:(?:en|et)\s)?(?:[^\W\d_]+\s){1,2}på))"
    r"(?:\s(?:ca\.|cirka|omkring|godt|knap|op\stil|i\salt))?\s{1,3}$"
)
_CORRESPONDS_BEHIND = re.compile(
    rf",?\s{{1,3}}(?:svarende|svarer|svarede)\stil(?:\s(?:ca\.|cirka|omkring|godt|knap|op\stil|i\salt))?\s{{1,3}}"
    rf"(?:(?:en|et)\s(?:[^\W\d_]+\s){{1,2}}på\s)?\d[\d.,]*\s(?:(?:mio|mia|mill?)\.?\s)?(?:kr\.?|kroner|t\.?kr\.?|årsværk|stillinger){_FILLED}"
    rf"\s{{1,3}}(?P<span>{LINK}\s{{1,3}}){YEARS}"
)
# "er steget fra 212 i 2022 til 231 i 2025, svarende til 19": what came of several years is not of the last.
_OVER_YEARS = re.compile(r"(?<!\w)(?:fra|mellem)\s[^.;]{1,80}(?<!\w)(?:til|og)\s[^.;]{1,24}$")
_IN_BRACKET = re.compile(
    rf"(?P<span>(?<!\w)(?i:{LINK})\s{{1,3}}){YEARS}\s{{1,3}}\((?:(?:ca\.|cirka|omkring|godt|knap|op\stil|højst|mindst)\s)?$"
)
_RELATIVE = re.compile(
    rf",?\s{{1,3}}(?:som|der|vi|de|man|kommunen)(?:\s{{1,3}}{_WORD}){{0,4}}?\s{{1,3}}(?P<verb>{_WORD})\s{{1,3}}"
    rf"(?P<span>(?:i|fra|for)(?:\s(?:(?i:budget)|budgettet\sfor|år|året))?\s){_YEAR}(?=[,;]|\.(?!\d)|\s?$|\s(?:til|på)\s[^\W\d_])"
)
# "i 2027 forventes udgiften at være 3 mio. kr.": the infinitive of how much it is opens no clause.
_TO_BE = re.compile(r"(?<!\w)at\s{1,2}(?=(?:være|blive|udgøre|koste|andrage|beløbe)(?!\w))")
_AT_A_PLACE = re.compile(r"\s+ved\s+[A-ZÆØÅ][^\W\d_]+$")  # "til banen ved Idrætsparken i 2028"
_BEGINS_SENTENCE = re.compile(r"[.!?][ \u00a0\n][>\s]{0,6}(?=[A-ZÆØÅ])")
_ENDS_IN_YEAR = re.compile(r"(?<!\w)(?:i|fra|til)\s(?:19|20)\d\d\.\s{1,2}$")  # "… i 2028. 3 årsværk …"
_GOES = 60  # characters on either side in which "overføres" takes the amount elsewhere
_DEFINITE = re.compile(r"[^\W\d_]{3}(?:en|ene|erne|(?<!er)et)$")
_YEARLY = re.compile(r"\b(?:årligt|varigt|pr\.\sår|om\såret)$")
_SAVED = re.compile(r"(?<!\w)spare[rs]?\s(?:[^\W\d_]+\.?\s){0,2}$")
# "I 2024 dækkes merudgiften på …": the year in front of the verb frames the whole clause.
_FRAME = re.compile(
    rf"[\s>•*–-]{{0,6}}(?:(?i:og|men|mens|at|derfor)\s)?(?:(?i:der)\s)?(?P<span>(?i:{LINK})\s{{1,2}}){YEARS},?\s{{1,3}}(?=[a-zæøå])"
)
# Another amount behind "og derefter", and the word that stands there.
_THEN_OTHER = re.compile(
    r"\s{1,3}(?:\d|(?:(?!(?:og|samt|mens|men)\s)[^\W\d_]+\.?\s{1,3}){1,4}?(?:\d[\d.,]*\s{0,2})?(?:t?\.?\s?kr|tkr|kroner|mio|mia|million|,-)(?![^\W\d_]{3}))"
)
_DAY_ABOVE = re.compile(r"(?<!\d)\d{1,2}(?:/\d{1,2}|\.\s?[^\W\d_]{3,9})[ \t]*\n[> \t]*\Z")
"""In front of a year that is a day's: "den 3/3", and on the next line "2023: 2 mio. kr. til hallen"."""
_COUNT = re.compile(r"\d[\d.,]*[½¼¾]?|[½¼¾]")
_THEN_WORD = re.compile(r"\s{1,3}([^\W\d_]+)")
_NO_GENITIVES = frozenset({"os", "års", "gratis", "vores", "jeres", "deres", "es"})
_CHANGED = 8  # words before the quantity in which a word of change or removal takes "fra 2023 til 2025" for itself


def when_of(text: str, start: int, end: int, low: int, high: int, begin: int | None) -> When | None:
    """The years of the quantity ``text[start:end]``; its neighbours end at ``low`` and begin at ``high``.

    ``begin``: where its clause begins, if that is known already.
    """
    follows = _ANY_YEAR.search(text, end, min(high, end + AFTER) + 4)
    near = _after(text, start, end, high) if follows else None
    if near is not None:
        return near if near.years else None
    if begin is None:
        if not follows and not _ANY_YEAR.search(text, max(0, start - CLAUSE), start):
            return None
        begin = clause_start(text, start, low)
    if _ENDS_IN_YEAR.search(text, max(begin, start - 12), start):
        begin = start
    competes = begin == low > 0 and not _BEGINS_SENTENCE.match(text, low - 1)
    if competes:
        precedes = _ANY_YEAR.search(text, max(0, start - CLAUSE), start)
        own = _AFTER.match(text, low) if precedes else None
        begin = own.end() if own and own.end() <= start else begin
        dated = precedes is not None and _ANY_YEAR.search(text, begin, start) is not None
    else:
        precedes = _ANY_YEAR.search(text, begin, start)
        dated = precedes is not None
    if not follows and not precedes:
        return None
    clause = text[begin:start]
    before = _before(clause, competes) if dated else None
    if before is not None and _DAY_ABOVE.search(text, max(0, begin + before.start - 20), begin + before.start):
        before = None
    if before is not None:
        plain = _others(text, end, high) <= set(before.years)
        return before.moved(begin) if plain else _parallel(text, start, end, low, high)
    found = _relative(text, end, high) if follows else None
    found = found or (_framed(text, start, end, high) if precedes else None)
    if found is not None or not follows:
        return found
    if competes or (dated and _TIED.search(clause)):
        return _parallel(text, start, end, low, high)
    return _farther(text, start, end, high, clause)


def _parallel(text: str, start: int, end: int, low: int, high: int) -> When | None:
    """ "(2 mio. kr. til stier i 2025) og 3 mio. kr. til veje i 2026": the quantity in front has its own year."""
    own = (_AFTER.match(text, low, start) or _FARTHER.match(text, low, start)) if low else None
    if own is None or not JOINT.fullmatch(text, own.end("expression"), start):
        return None
    found = _farther(text, start, end, high, "")
    return found if found and text.startswith(("i ", "fra "), found.start) else None


def when_bracketed(text: str, start: int, end: int) -> When | None:
    """ "i 2027 (350.000 kr.) og fra 2028 (700.000 kr.)": an amount alone in a bracket has the year in front of it."""
    if text[end : end + 1] != ")":
        return None
    lead = text[max(0, start - AFTER) : start]
    match = _IN_BRACKET.search(lead) if "(" in lead else None
    if match is None:
        return None
    by = max(0, start - AFTER)
    when = read_when(match, moved=_is_moved(text, by + match.start(), match)).moved(by)
    return when if when.years else None


def when_corresponding(text: str, start: int, end: int) -> When | None:
    """ "8,5 mio. kr. årligt fra 2026, svarende til 17 årsværk": what is the same has the same years."""
    behind = _CORRESPONDS_BEHIND.match(text, end) if text.find("svar", end, end + 8) >= 0 else None
    if behind:
        return read_when(behind, moved=False)
    lead = text[max(0, start - AFTER) : start]
    match = _CORRESPONDS.search(lead) if "svar" in lead or "hvilket" in lead else None
    if match is None or _OVER_YEARS.search(lead, 0, match.start()):
        return None
    by = max(0, start - AFTER)
    when = read_when(match, moved=_is_moved(text, by + match.start(), match)).moved(by)
    return when if when.years else None


def clause_start(text: str, at: int, floor: int) -> int:
    """Where the clause begins that ``at`` stands in: not before ``floor``, and at most ``CLAUSE`` characters back."""
    begin = max(floor, at - CLAUSE)
    stop = at
    while stop > begin:
        low = max(begin, stop - NEAR)
        pattern = _MARKED_END if text.find("men", low, at) < 0 else _CLAUSE_END
        ends = [found.end() for found in pattern.finditer(text, low, at)]
        if ends:
            return ends[-1]
        stop = low
    return begin


def _after(text: str, start: int, end: int, stop: int) -> When | None:
    """ "i 2024 og frem", "(2024)", "i 2023-2026". Without years where the expression has no plain reading."""
    match = _AFTER.match(text, end, min(len(text), end + AFTER))
    if match is None or match.start("expression") >= stop:
        return None
    return _closed(text, match, read_when(match, moved=_is_moved(text, start, match)))


def _closed(text: str, match: re.Match[str], when: When) -> When:
    """ "2 mio. kr. i 2025 og derefter 3 mio. kr.": the years go on with another amount, or another clause."""
    if not match["open"]:
        return when
    end, last = match.end("open"), match["open"].split()[-1]
    goes_on = _THEN_WORD.match(text, end)
    if goes_on and last == "frem" and goes_on[1].lower() in cues("change"):
        return when  # "besparelsen på 2 mio. kr. i 2025 og frem nedsættes til …", not "og fremover stiger den"
    goes_on = goes_on if last in cues("then") else None
    if not _THEN_OTHER.match(text, end) and (goes_on is None or goes_on[1].lower() in cues("then-open")):
        return when
    return when._replace(years=read_years(match["expression"]), open_end=False, end=match.end("expression"))


def _is_moved(text: str, start: int, match: re.Match[str]) -> bool:
    """Whether something is moved or changed from one year to another: "overføres 2 mio. kr. fra 2023 til 2024"."""
    if not match["span"].lstrip("( ").lower().startswith("fra"):
        return False
    words = re.findall(r"[^\W\d_]+", text[_sentence_start(text, start) : start].lower())[-_CHANGED:]
    several = len(match["expression"]) > len("2024")
    return any(word in cues("moved") or (several and word in cues("change")) for word in words)


def _sentence_start(text: str, at: int) -> int:
    """Where the sentence of ``at`` begins, or ``_GOES`` characters back."""
    floor = max(0, at - _GOES)
    return max((found.end() for found in _BEGINS_SENTENCE.finditer(text, floor, at)), default=floor)


def _before(clause: str, competes: bool) -> When | None:
    """ "I 2024 afsættes der 5 mio. kr.", "2024: 5 mio. kr.", "budgettet for 2024 rummer kun 5 mio. kr.".

    ``competes``: the clause begins right behind another quantity, whose a year there is ("4 mio. i 2023 til …").
    """
    match = max(_BEFORE.finditer(clause), key=lambda found: found.start(), default=None)
    if match is None:
        return None
    lead = re.findall(r"[^\W\d_]+", clause[max(0, match.start() - 24) : match.start()].lower())[-1:]
    said = _TO_BE.sub("", clause[match.end() :].lower())
    words = [word for word in _BETWEEN.findall(said) if word not in {",", "+"}]
    if words[:1] == ["til"] and lead[:1] not in (["sig"], *([word] for word in cues("set-at"))):
        return None
    if len(words) > MOST_BETWEEN or not all(map(_may_part, words)):
        return None
    granted = lead[:1] == ["gav"] and any(word.endswith("bevilling") for word in words)
    if lead[:1] and (lead[0] in cues("decided") or granted):
        return None  # "vedtog i 2021 en investering på …", "gav i 2021 en anlægsbevilling på …"
    if _SHARED_YEAR.search(clause, 0, match.start()):
        return None
    if lead[:1] and clause.startswith("fra", match.start()) and _is_named(lead[0]):
        return None  # "aftalen fra 2022 koster 3 mio. kr."
    several = len(match["expression"]) > len("2024")
    if several and lead[:1] and clause.startswith("fra", match.start()) and lead[0].lower() in cues("moved"):
        return None  # "overførsler fra 2024 til 2025 på 12 mio. kr."
    colon = match["colon"] is not None
    if match["label"] and (words or not _is_sum_label(match["label"].lower())):
        return None  # "aftalen af maj 2023: 5 mio. kr."
    if not colon and clause[match.start()].islower():
        front = clause[: match.start()]
        if (competes and not front.strip(" (")) or _is_counted(front):
            return None
    return read_when(match, moved=False)


def _is_counted(front: str) -> bool:
    """Whether another count stands right before a year: "2 årsværk i 2026 og derefter 300.000 kr."."""
    words = front.split()[-2:]
    if len(words) < 2 or not words[1].isalpha():
        return False
    number = words[0].lower()
    counts = number not in ("en", "et") or words[1].lower().endswith("årsværk")
    return (_COUNT.fullmatch(number) is not None or is_number_word(number)) and counts


def _is_named(word: str) -> bool:
    """Whether a word is a definite noun that says nothing of an amount: "aftalen", and not "besparelsen"."""
    if not _DEFINITE.search(word) or word in cues("year-between") or word in cues("budgeted"):
        return False
    found = cue(word)
    return found is None or found.kind == "money"


def _is_sum_label(word: str) -> bool:
    """ "vederlag 2021: 48.211 kr.": what the amount is, before its year."""
    return word in cues("label") or per_compound(word) is not None or cue(word) is not None


def _may_part(word: str) -> bool:
    """Whether a word may stand between a year and its quantity: a light one, or one that says what the amount is."""
    if word in cues("year-between"):
        return True
    found = cue(word)
    return found is not None and found.kind in {"noun", "verb"}


def _framed(text: str, start: int, end: int, high: int) -> When | None:
    """ "I 2023 dækkes merudgifter på 2 mio. kr. af …": the clause begins with its year, and has no other."""
    begin = clause_start(text, start, 0)
    match = _FRAME.match(text, begin, start)
    if match is None:
        return None
    between = text[match.end() : start]
    words = re.findall(r"[^\W\d_]+", _TO_BE.sub("", between.lower()))
    if len(words) > MOST_IN_FRAME or _TIED.search(between) or _others(text, end, high):
        return None
    if any(word in cues("frame-barrier") for word in words) or {"der", "som"}.intersection(words[2:]):
        return None
    if words[-1:] in (["fra"], ["til"]) and any(word in cues("change") for word in words):
        return None  # "I 2023 steg udgiften fra 4 mio. kr."
    return read_when(match, moved=False)


def _others(text: str, end: int, high: int) -> set[int]:
    """The years that what follows in the clause is tied to: "Af budget 2023 er 2 mio. kr. overført til 2024"."""
    limit = min(high, end + AFTER, len(text))
    stop = _REST_END.search(text, end, limit)
    return {int(match["year"]) for match in _TIED.finditer(text, end, stop.start() if stop else limit)}


def _relative(text: str, end: int, high: int) -> When | None:
    """ "Af de 5 mio. kr., som Byrådet afsatte i budget 2022, er …"."""
    match = _RELATIVE.match(text, end, min(len(text), end + AFTER))
    if match is None or match.end("year") > high or match["verb"].lower() not in cues("year-spent"):
        return None
    return When((int(match["year"]),), False, match.start("span"), match.end("year"))


def _farther(text: str, start: int, end: int, high: int, clause: str) -> When | None:
    """ "2 mio. kr. brugt i 2023", "2 mio. kr. af i 2024", "1 mio. kr. til akutfunktionen i 2024"."""
    each = _EACH_OF_MANY.match(text, end, min(len(text), end + AFTER))
    if each and each.end("expression") <= high:
        return read_when(each, moved=False)
    match = _FARTHER.match(text, end, min(len(text), end + AFTER))
    if match is None or match.end("expression") > high:
        return None
    spent, phrase, link = match["spent"], match["phrase"], match["span"].split()[0]
    if spent is not None and spent.lower() not in cues("year-spent"):
        return None
    if match["purse"] and (not _is_plain(match["purse"].lower().split()) or _goes_elsewhere(text, start, match)):
        return None
    runs = phrase is not None and _is_running(text[end : match.start("phrase")], phrase.lower().split())
    words = _AT_A_PLACE.sub("", phrase).lower().split()[1:] if phrase is not None else []
    yearly = bool(words) and _YEARLY.search(text[end : match.start("phrase")]) and not _DEFINITE.search(words[-1])
    if phrase is not None and not runs and not _is_plain([word for word in words if not (yearly and word == "og")]):
        return None
    begins = phrase is None and spent is not None and spent.endswith("s")  # "2 mio. kr. spares fra 2028"
    if link == "fra" and not (runs or yearly or begins or (phrase and _SAVED.search(clause))):
        return None  # "2 mio. kr. til overførsler fra 2023"
    when = _closed(text, match, read_when(match, moved=_is_moved(text, start, match)))
    return when if when.years and _others(text, end, high) <= set(when.years) else None


def _goes_elsewhere(text: str, start: int, match: re.Match[str]) -> bool:
    """Whether it is moved: "2 mio. kr. af rammen i 2025 overføres"."""
    following = _BEGINS_SENTENCE.search(text, match.end(), match.end() + _GOES)
    stop = following.start() if following else match.end() + _GOES
    around = text[_sentence_start(text, start) : start] + text[match.end() : stop]
    return not cues("moved").keys().isdisjoint(re.findall(r"[^\W\d_]+", around.lower()))


def _is_running(filled: str, words: list[str]) -> bool:
    """ "450.000 kr. årligt i merbevilling fra 2026", "2 mio. kr. i afledt drift fra 2027": it comes every year."""
    if words[0] != "i" or len(words) > 3:
        return False
    found = cue(words[-1])
    yearly = _YEARLY.search(filled) is not None and found is not None and found.kind == "noun"
    return yearly or words[-1] in cues("running")


def _is_plain(words: list[str]) -> bool:
    """One noun phrase without a clause, another preposition or a participle in it: "skolen bygget i 1975" has one."""
    if any(word in cues("year-barrier") for word in words):
        return False
    if not words[-1].endswith("t") or len(words) == 1:
        return True
    if words[-2].endswith("s") and words[-2] not in _NO_GENITIVES:
        return True  # "skolernes vikarbudget"
    return words[-2] in {"det", "et"} or (words[-2].endswith("e") and not words[-2].endswith("ne"))
