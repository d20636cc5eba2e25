"""What is only supposed, or of somebody else: "Det ville kræve, at Byrådet …", "Skulle udvalget afvise det, …"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.facts.resolutions.clauses import Clause

_SUPPOSING = re.compile(
    r"(?<!\w)(?:(?:ville|kunne|skulle)\s+(?:[^\W\d_]+\s+){0,3}?(?:kræve|forudsætte|fordre|betyde|indebære|medføre|være)"
    r"|(?:kræver|krævede|forudsætter|forudsatte|fordrer|fordrede|nødvendiggør|behøver)|(?:er|var|bliver)\s+(?:[^\W\d_]+\s+){0,2}?"
    r"(?:nødvendigt|påkrævet|betinget\s+af|afhængig\w*\s+af)|(?:forudsætning|betingelse)(?:en)?\s+(?:[^\W\d_]+\s+){0,2}?(?:er|var)"
    r"|en\s+(?:forudsætning|betingelse)(?:\s+for\s+[^\W\d_]+)?|(?:afhænger|afhang)\s+af)"
    r"(?:\s+[^\W\d_]+){0,3}?,?\s+at\s+$",
    re.IGNORECASE,
)
"""In front of "at" what would be needed: what follows has not been done."""
_SHOULD_HAVE = re.compile(
    r"(?<!\w)skulle\s+(?:[^\W\d_]+\s+){0,3}?have\s+(?:været|sket|fundet\s+sted)(?!\w)[^;.]{0,60}?,?\s+at\s+$",
    re.IGNORECASE,
)
"""In front of "at" what was planned and has not happened: "Det skulle have været i går, at planen blev vedtaget"."""
_MEANT_FOR = re.compile(r"(?<!\w)med\s+henblik\s+på,?\s+at\s+$", re.IGNORECASE)
_NOT_YET = re.compile(
    r"(?<!\w)(?:inden|førend|før|indtil)(?:\s+at)?\s+(?:der|det|dette)\s+(?:er|bliver)(?:\s+[^\W\d_]+){0,2}\s+$",
    re.IGNORECASE,
)
"""Up to a participle: "(Der skal spares,) inden der er (besluttet nye tiltag)"."""
_OF_SUCH = re.compile(
    r"(?<!\w)(?:skal|kan|må|bør|vil)\s[^;.]{0,80}?(?<!\w)(?:en|et)\s(?:[^\W\d_]+\s){0,2}[^\W\d_]+,\s(?:som|der)\s$",
    re.IGNORECASE,
)
"""In front of what something has to be like: "(kan kun bygges efter) en plan, der (er lovligt vedtaget)"."""
_VERB_FIRST = (
    r"(?:Skulle|Bliver|Blev|Kommer|Får|Går|Falder|Lykkes|Vælger|Ender|Siger|Stemmer|Beslutter|Vedtager|Godkender|Afviser|Afslår"
    r"|Tiltræder|Forkaster|Udsætter|Ønsker|Vil|Kan|[A-ZÆØÅ][a-zæøå]{3,}(?:ges|tes|des|nes|les|res|ses|ves|kes|mes|æres))"
)
_WHO = (
    r"(?:(?:det|den|der|de|vi|staten|regionen|kommunen|flertallet|et\s+flertal|(?:[A-ZÆØÅ][\w-]*(?:,?\s+(?:og|samt))?\s+){0,4}?"
    r"[\w-]*(?:udvalget|rådet|bestyrelsen|nævnet|repræsentationen|forslaget|forslagene|sagen|punktet|indstillingen|forvaltningen"
    r"|partierne|parterne|tilsagnet|bevillingen|ansøgningen|tilskuddet|planen|projektet|aftalen))(?!\w))"
)
_TURNED_IF = re.compile(rf"[\s\"»(*>•–-]*{_VERB_FIRST}\s+(?:så\s+|dog\s+|nu\s+)?{_WHO}[^.;!?]{{0,300}}?,\s+(?:så\s+)?$")
"""Up to a verb behind a comma, a condition that begins with its verb: "Vælger udvalget at afvise forslaget, …"."""
_IN_THAT_CASE = re.compile(r"(?<!\w)i\s+(?:så|givet)\s+fald(?!\w)", re.IGNORECASE)
_NEIGHBOUR = re.compile(
    r"(?<!\w)(?:I|i|[Hh]os|[Vv]ores?)\s+(?:nabokommune\w*|andre\s+kommuner|en\s+anden\s+kommune)(?!\w)"
)
_COMPARED = re.compile(
    r"(?<!\w)(?:til\s+sammenligning|sammenlignet\s+med|i\s+sammenligning|nabokommune\w*|andre\s+kommuner)(?!\w)",
    re.IGNORECASE,
)
_JOINED = re.compile(r"[,;]\s*(?:og|men|mens)\s", re.IGNORECASE)
_MUNICIPALITY = re.compile(r"(?<!\w)(?:[A-ZÆØÅ][^\W\d_]+\s+[Kk]ommunes?|nabokommune\w*|andre\s+kommuner)(?!\w)")


_NAMED = r"(?P<name>[A-ZÆØÅ][\w-]*(?:\s+[A-ZÆØÅ][\w-]*)?)\s+[Kk]ommune\s+"
_DOES = re.compile(
    rf"[\s>•*»\"–-]*(?:(?P<inside>(?:[Ii]|[Hh]os)\s+)?{_NAMED}(?:[^\W\d_]+\s+){{0,5}}"
    rf"|(?:[^,;]{{1,60}}\s)?(?:har|havde)\s+{_NAMED.replace('name', 'behind')}(?:[^\W\d_]+\s+){{0,3}})$"
)
"""Up to a verb whose subject is a municipality, or that of somebody there: "I Fjordby Kommune har byrådet"."""
_GIVEN = frozenset(("bevilget", "bevilges", "givet", "tildelt", "ydet", "doneret", "afsat"))
_GOT = frozenset(("fået", "fik", "får"))
_FROM_OUTSIDE = re.compile(
    r"(?i:\bfra)\s+(?:(?i:staten|regeringen|folketinget|EU|ministeriet|styrelsen)|Realdania"
    r"|(?:[A-ZÆØÅ][\w.-]*\s+(?:og\s+)?){0,3}[A-ZÆØÅ][\w-]*(?:ministeriet|styrelsen|[Ff]onden)|[A-ZÆØÅ][\w.-]*(?:\s[A-ZÆØÅ][\w.-]*){0,2}\s[Ff]onden)"
    r"(?!\w)"
)
"""Money of a state agency or a foundation: "(der er bevilget 2 mio. kr.) fra Kunststyrelsen"."""


def is_supposed(text: str, clause: Clause) -> bool:
    """Whether the verb stands in what would be needed, or follows from a condition that begins with its verb."""
    if clause.link == "at" and (_SUPPOSING.search(clause.matrix) or _SHOULD_HAVE.search(clause.matrix)):
        return True
    if clause.link == "at" and _MEANT_FOR.search(clause.matrix):
        return True
    front = clause.matrix + clause.before
    if _NOT_YET.search(front[-60:]) or (_is_plain_state(clause) and _OF_SUCH.search(clause.matrix)):
        return True
    if "fald" in clause.matrix + clause.before and _IN_THAT_CASE.search(clause.matrix + clause.before):
        return True
    front = text[max(clause.start, clause.verb - 400) : clause.verb]
    if front.rstrip().endswith((",", ", så")) and clause.verb - clause.start <= 400:
        return _TURNED_IF.match(front) is not None
    return False


def _is_plain_state(clause: Clause) -> bool:
    """ "…, som er lovligt vedtaget": by nobody, on no day."""
    return clause.link in ("som", "der") and clause.words[:1] == ["er"] and not clause.bodies[1:]


def is_of_others(text: str, clause: Clause) -> bool:
    """ "Til sammenligning har Fjordby Kommune afsat 2 mio. kr.": what another municipality did is told beside it."""
    home = clause.scene.context.municipality
    owners = {body.municipality for body in clause.bodies if body.municipality and body.start < clause.verb}
    if home and owners and home not in owners:
        return True  # "Fjordby Byråd har besluttet at …"
    if text[clause.verb : clause.stop].lower() in _GIVEN and _is_given_from_outside(text, clause):
        return True
    sentence = text[clause.start : clause.end]
    if "ommune" not in sentence:
        return False
    if "ommune" in clause.before:
        if _NEIGHBOUR.search(clause.before) and not _JOINED.search(clause.before):
            return True  # "I nabokommunen har byrådet bevilget 2 mio. kr."
        if home and _is_of_another_municipality(clause, home):
            return True
    if clause.bodies or not _may_compare(sentence.lower()):
        return False
    return _COMPARED.search(sentence) is not None and _MUNICIPALITY.search(sentence) is not None


def _is_given_from_outside(text: str, clause: Clause) -> bool:
    """ "Der er bevilget 2 mio. kr. fra Kunststyrelsen", "Klubben har fået bevilget …": by no body of the place."""
    front = text[clause.start : clause.verb].rpartition(", ")[2]
    if not (_FROM_OUTSIDE.search(front) or _FROM_OUTSIDE.search(clause.after.partition(", ")[0])):
        return False
    words = set(clause.words)
    return bool(words & _GOT) or clause.link == "der" or ("der" in words and words.isdisjoint(("har", "havde")))


def _may_compare(low: str) -> bool:
    """What is cheap to ask before the pattern."""
    return "sammenlign" in low or "nabokommune" in low or ("kommuner" in low and "andre" in low)


def _is_of_another_municipality(clause: Clause, home: str) -> bool:
    """ "Fjordby Kommune har afsat 4 mio. kr." in a paper of another one: what it did is not decided there."""
    does = _DOES.match(clause.before)
    if does is None or (clause.has_passive_auxiliary and not does["inside"]):
        return False
    name = _plain(does["name"] or does["behind"])
    return not name.endswith(_plain(home)) and _plain(home) not in _plain(clause.before)


def _plain(name: str) -> str:
    """What the spellings of one name share: "Høje Taastrup" and "Høje-Tåstrup"."""
    return " ".join(name.lower().replace("aa", "å").replace("-", " ").split())
