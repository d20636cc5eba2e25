"""What the paper of a budget agreement says in sentences of its own: "Hjemmeplejen styrkes med 2 mio. kr.".

Such a paper is what the parties agreed on, so that a plain sentence in the present that does something decides: a
passive ("Der spares …", "Tved Skole lukkes ikke") or the parties' own deed ("Partierne sænker afgiften", "Vi er enige
om at afsætte …"). What is wished, possible, conditional in its front, said to be so already, or done by others decides
nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

import msgspec

from corpus.model import Decision
from pipeline.context import Context
from pipeline.facts.resolutions.cancelled import PARTIES, cancels
from pipeline.facts.resolutions.conditions import with_conditions
from pipeline.facts.resolutions.dates import budget_year, day_of_block
from pipeline.facts.resolutions.denial import NOT_WORDS
from pipeline.facts.resolutions.figures import Deed, figures, figures_of_turn
from pipeline.facts.resolutions.reported import is_reported
from pipeline.facts.resolutions.scene import Scene
from pipeline.facts.resolutions.words import WORD, listed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from corpus.model import DecisionStatus, Record
    from pipeline.context import Span
    from pipeline.language import Prose

_MARK = re.compile(r"[ \t>]*(?:[-–—•*·▪●■]|\d{1,2}[.)]|[a-z]\))?[ \t]*")
_LABEL = re.compile(
    r"(?!(?:forslag|ønske|alternativ|scenarie|udkast|eksempel|spørgsmål|bemærkning|baggrund|status)[^\W\d_]*\b)"
    r"[^\W\d_]{2,24}(?:(?:,| og| &)?[ ][^\W\d_]{2,24}){0,3}:[ \t]+(?=[A-ZÆØÅ])",
    re.IGNORECASE,
)
"""What a sentence of an agreement is about, in front of it: "Anlæg: Der afsættes …"."""
_END = re.compile(r"\n[ \t*_#]*(?:underskrifter?|underskrevet|på vegne af|således aftalt)\b", re.IGNORECASE)
_ADVERB = r"(?:(?:derfor|desuden|også|samtidig|endvidere|herudover|derudover|nu|dermed|i\s+(?:19|20)\d\d)\s+)?"
_WORD = r"[^\W\d_][\w/.'’-]*"
_VERBS = "|".join(
    (
        *("afsætte", "spare", "bevilge", "ansætte", "oprette", "nedlægge", "tilføre", "give", "investere", "anlægge"),
        *("etablere", "indføre", "bygge", "opføre", "købe", "prioritere", "reservere", "frigive", "skære", "udvide"),
        *("igangsætte", "styrke", "reducere", "renovere", "lukke", "bevare", "sænke", "hæve", "forhøje", "nedsætte"),
        *("øge", "beskære", "sammenlægge", "nedrive", "sælge", "fastholde", "videreføre", "afskaffe", "forlænge"),
        *("flytte", "omlægge", "effektivisere", "modernisere", "genåbne", "droppe", "fjerne", "yde", "finansiere"),
        *(
            "udbygge",
            "ombygge",
            "normere",
            "udskifte",
            "genoprette",
            "anskaffe",
            "løfte",
            "halvere",
            "fordoble",
            "annullere",
            "tilbageføre",
            *(
                *("opgive", "skrinlægge", "sløjfe", "standse", "skrotte", "afblæse"),
                *("tilbagerulle", "friholde", "udskyde", "indarbejde", "indregne"),
                "aflyse",
                "stoppe",
                "udfase",
                "ophæve",
                "opnormere",
                "nedprioritere",
                "opprioritere",
                "hjemtage",
                "udmønte",
            ),
            *("hensætte", "udlicitere", "privatisere", "tildele", "overføre", "nedbringe"),
        ),
    )
)
_JOINED = r"(?:lægge|slå)(?=s\s+(?:[^\W\d_]+\s+){0,3}?sammen(?!\w))"
_PASSIVE = re.compile(
    rf"(?P<front>(?:{_WORD},?\s+|\d[\d.,]*\s+){{1,9}}?)(?P<verb>{_VERBS}|{_JOINED})s(?![\w-])", re.IGNORECASE
)
_ACTIVE = re.compile(rf"(?P<front>{PARTIES}\s+){_ADVERB}(?P<verb>{_VERBS})r(?![\w-])")
_SAYS_NO = re.compile(rf"(?P<front>{PARTIES}\s+){_ADVERB}(?P<verb>siger)\s+nej\s+(?:tak\s+)?til(?!\w)")
_AGREE = re.compile(rf"(?P<front>{PARTIES}\s+er\s+){_ADVERB}(?P<verb>enige)\s+om,?\s+(?P<not>ikke\s+)?at\s+(?!det\b)")
_FALLS = re.compile(
    rf"(?P<front>(?:(?:De[nt]?|Forslaget|Ønsket|Besparelsen|Puljen|Tilskuddet|Kravet|Planen|Planerne)\s+)(?:{_WORD}\s+|\d[\d.,]*\s+){{0,12}}?)"
    r"(?P<verb>bortfalder|(?:er|bliver)\s+(?:derfor\s+|dermed\s+|nu\s+)?(?:taget\s+(?:helt\s+)?(?:af\s+bordet|ud\s+af)|droppet|skrinlagt|opgivet))(?!\w)"
)
"""What falls by the agreement: "De 2 mio. kr. til IT bortfalder.", "Forslaget om … er taget af bordet."."""
_MEANS_THAT = re.compile(
    r"(?:Aftalen|Forliget|Budgettet|Budgetaftalen|Budgetforliget)\s+(?:indebærer|betyder|medfører|indeholder)"
    r"(?:\s+(?:også|desuden|blandt andet|bl\.a\.|derfor|samtidig))?,\s+at\s+(?=[^\W\d_])"
)
"""What leads to a deed in the paper of an agreement: "Aftalen indebærer, at der tilføres …"."""
_GETS = re.compile(
    r"(?P<front>(?!Kommunen\b|Partierne\b|Parterne\b|Vi\b)[A-ZÆØÅ][\w-]*\s+(?:[^\W\d_][\w-]*\s+){0,5}?)(?P<verb>får)(?:\s+(?:hver|tilført|i\s+alt|også|derfor))?"
    r"(?P<sum>\s+(?:et|en)\s+(?:[^\W\d_]+\s+){0,2}?[^\W\d_]*(?:tilskud|bevilling|ramme|pulje|støtte)\s+på)?"
    r"\s+\d[\d.,]*\s*(?:mio\.?\s+kr\.?|t?\.?\s?kr\.?|kroner|millioner\s+kr(?:\.|oner))(?:\s+(?:årligt|hvert\s+år))?"
    r"(?(sum)|\s+(?:mere|ekstra|til|i|fra\s+(?:19|20)\d\d)(?!\w))"
)
_FROM_OTHERS = re.compile(r"(?<!\w)(?:fra\s+(?!(?:19|20)\d\d|og\s+med)|mindre|færre)", re.IGNORECASE)
_INNER = frozenset(("der", "som", "at", "når", "hvis", "såfremt", "da", "fordi", "mens", "hvor", "hvordan", "selvom"))
_PRONOUNS = frozenset(
    ("det", "dette", "den", "de", "disse", "her", "man", "heraf", "hvad", "hvor", "hvordan", "hvorfor")
)
PROPOSED = ("foresl", "forslag", "mindretal", "ønsk", "stem", "mærk", "udtal", ":")
"""What makes a sentence under "Beslutning" one that somebody has put on record, or proposed."""
_FIGURES_OF_LIFE = (
    *(
        "udgift",
        "indtægt",
        "antal",
        "behov",
        "pres",
        "ventetid",
        "efterspørgsel",
        "befolkning",
        "børnetal",
        "skatteindtægt",
    ),
    *("udligning", "bloktilskud", "gæld", "overskud", "underskud", "prisen", "priserne", "lønnen"),
)
"""What grows or shrinks by itself: "Udgifterne øges med 3 mio. kr."."""
_OF_MEANS = frozenset(("afsætte", "give", "yde", "tilføre", "finansiere", "skære", "prioritere"))
_MEANS = re.compile(r"\d|(?<!\w)(?:midler|penge|ressourcer|[^\W\d_]*(?:pulje|tilskud|stilling))", re.IGNORECASE)
"""Of what may be set aside or given, what a budget gives: no "god tid"."""
_STATE = re.compile(
    r"(?<!\w)(?:i\s+dag|allerede|hidtil|i\s+forvejen|tidligere|i\s+disse|for\s+tiden|kl\.|af\s+(?:staten|regeringen|Folketinget"
    r"|regionen|Regionen|ministeriet|andre)|muligvis|måske|eventuelt|(?:drøfte|undersøge|overveje)\w*)(?!\w)"
)
_NOT = re.compile(r"\s+(?:[^\W\d_]+\s+){0,2}?(?:ikke|ej)(?!\w)(?!\s+(?:kun|alene|blot|bare|over|mere))")
_OUTCOME = re.compile(
    r",?\s+(?:og|så|hvilket|hvorved|hvormed|men|hvorfor)\s+(?:[^\W\d_]+\s+){0,3}?(?:mister|koster|betyder|medfører|giver|får|svarer)(?!\w)"
)
_GIVES_UP = frozenset(
    ("droppe", "opgive", "skrinlægge", "aflyse", "sløjfe", "standse", "annullere", "skrotte", "afblæse", "sige nej")
)
"""What is decided by it is that something is not to be."""
_LEMMAS = {
    "enige": "være enig",
    "får": "få",
    "siger": "sige nej",
    "lægge": "sammenlægge",
    "slå": "sammenlægge",
}
_NEXT_DEED = re.compile(r"(?P<mark>[,;])?\s+(?P<word>og|men|mens|samt)\s+(?P<at>at\s+)?")
_OPENS_OTHER = frozenset(("så", "hvorved", "hvilket", "idet", "hvoraf", "heraf"))
_HEAD = 260  # characters at the top, as in ``resolutions/scene.py``
_QUOTES = frozenset('"“„»”?')


def may_be_agreed(prose: Prose, context: Context) -> bool:
    """Whether a text may be the paper of an agreement, or a part of one, by what is cheap to ask."""
    return context.in_agreement or any(word in prose.lower[:_HEAD] for word in ("aftale", "forlig", "enige om"))


def is_agreement(proses: Sequence[Prose]) -> bool:
    """Whether the parts of a document are the paper of a budget agreement, by its first one; no report of one."""
    first = proses[0] if proses else None
    if first is None or not may_be_agreed(first, Context()) or not Scene(first, Context()).agrees:
        return False
    return not any(is_reported(prose) for prose in proses)


def agreed(scene: Scene, found: Sequence[Record]) -> list[Record]:
    """The decisions of the sentences of a budget agreement that lie outside those ``found``, in order; else none."""
    if not scene.agrees:
        return []
    taken = [record for record in found if isinstance(record, Decision)]
    signed = _END.search(scene.text)
    own: list[Record] = []
    for span in _sentences(scene, 0, signed.start() if signed else len(scene.text)):
        known = [record for record in taken if record.start < span[1] and span[0] < record.end]
        match = _deed(scene.text[slice(*span)]) if len(known) < 2 else None
        told = _decisions(scene, span, match) if match else []
        if known:
            told = _beside(known[0], told) if span[0] <= known[0].start else _behind(known[0], told)
        own += told
    return with_conditions(scene, own)


def _beside(known: Decision, told: list[Decision]) -> list[Decision]:
    """The further deeds of a sentence whose first one is known: "Der afsættes …, og der nedlægges 3 årsværk"."""
    same = [each for each in told if (each.start, each.end) == (known.start, known.end)]
    if len(same) < 2 or same[0].verb != known.verb:
        return []
    linked = {(link.start, link.end) for link in known.links if link.type != "reference"}
    return [each for each in same[1:] if not any((link.start, link.end) in linked for link in each.links)]


def _behind(known: Decision, told: list[Decision]) -> list[Decision]:
    """What a later sentence of a point decides beside the point: "Broen bygges ikke. I stedet afsættes 5 mio. kr."."""
    linked = {(link.start, link.end) for link in known.links}
    refused = known.negated or known.status != "decided"
    return [each for each in told if refused and each.links and all((a.start, a.end) not in linked for a in each.links)]


def done(scene: Scene, found: Sequence[Record]) -> list[Record]:
    """What is done by the sentences under "Beslutning", where none of them is in ``found``: "Vederlaget forhøjes …"."""
    taken = sorted(record.start for record in found)
    own: list[Record] = []
    for block in scene.blocks:
        at = bisect_left(taken, block.heading[0])
        if block.kind != "decision" or block.told or (at < len(taken) and taken[at] < block.end):
            continue
        if any(word in scene.prose.lower[block.start : block.end] for word in PROPOSED):
            continue
        body = block.body or scene.meeting_body
        for start, end in _sentences(scene, block.start, block.end):
            said = scene.text[start:end]
            match = _PASSIVE.match(said) if _deed(said) else None
            if match:
                day = day_of_block(scene, block, scene.days_in(*block.heading), body)
                own += [
                    msgspec.structs.replace(told, body=body, date=day)
                    for told in _decisions(scene, (start, end), match)
                ]
    return with_conditions(scene, own)


def _sentences(scene: Scene, begin: int, limit: int) -> Iterator[Span]:
    """The sentences in ``[begin, limit)``, without a bullet in front."""
    text, position = scene.text, begin
    while position < limit:
        start, stop = scene.prose.sentence_at(position, position + 1)
        stop = min(max(stop, position + 1), limit)
        mark = _MARK.match(text, max(start, position), stop)
        first = mark.end() if mark else position
        label = _LABEL.match(text, first, stop) if text[first : first + 1].isupper() else None
        if label and listed("party").isdisjoint(WORD.findall(label.group().lower())):
            first = label.end()
        kept = len(text[first:stop].rstrip())
        if kept:
            yield first, first + kept
        position = stop
        while position < limit and text[position].isspace():
            position += 1


def _of_staff(front: Sequence[str], said: str) -> bool:
    """ "Antallet af konsulenter reduceres med 6 årsværk": whom the parties employ is no figure of life."""
    return front[0].startswith("antal") and re.search(r"\d (?:årsværk|[^\W\d_]*stilling)", said) is not None


def _gets(said: str) -> re.Match[str] | None:
    """ "Tandplejen får 1,3 mio. kr. mere i 2027": who is given money; what comes from others, or goes, is none."""
    match = _GETS.match(said)
    if (
        match is None
        or _FROM_OTHERS.search(said, match.end())
        or not listed("actor").isdisjoint(WORD.findall(match["front"].lower()))
    ):
        return None
    return match


def _falls(said: str) -> re.Match[str] | None:
    """ "De 2 mio. kr. til IT bortfalder": what a figure or a proposal stands in front of; no "ikke" behind."""
    match = _FALLS.match(said)
    if (
        match is None
        or _NOT.match(said, match.end())
        or not {"der", "som", "hvis", "når", "ikke"}.isdisjoint(WORD.findall(match["front"].lower()))
    ):
        return None
    return match


def does(said: str) -> bool:
    """Whether a sentence says that something is done: "Skolen lukkes pr. 1. august 2026."."""
    return _deed(said) is not None


def _deed(said: str) -> re.Match[str] | None:
    """The verb of a sentence that does something by the agreement, with what stands in front of it."""
    if not said[:1].isupper() or not _QUOTES.isdisjoint(said):
        return None
    told = _MEANS_THAT.match(said)
    match = _AGREE.match(said) or _ACTIVE.match(said) or _SAYS_NO.match(said)
    match = match or _PASSIVE.match(said, told.end() if told else 0) or _gets(said) or _falls(said)
    if match is None or _STATE.search(said):
        return None
    if match["verb"].lower() in _OF_MEANS and not _MEANS.search(said, match.end()):
        return None
    front = WORD.findall(match["front"].lower())
    if match.re is _PASSIVE and (
        (front != ["der"] and not _INNER.isdisjoint(front))
        or front[0] in ("hvis", "når")
        or (len(front) == 1 and front[0] in _PRONOUNS)
        or (any(word.startswith(_FIGURES_OF_LIFE) for word in front) and not _of_staff(front, said))
        or not listed("modal").isdisjoint(front)
    ):
        return None
    return match


def _decisions(scene: Scene, span: Span, match: re.Match[str]) -> list[Decision]:
    """The deeds of a sentence: "Bussen bevares, men tilskuddet reduceres med 400.000 kr." are two."""
    said, deeds = scene.text[slice(*span)], [(0, 0, match)]
    for joint in _NEXT_DEED.finditer(said, match.end()):
        rest = said[joint.end() :]
        further = _deed(rest[:1].upper() + rest[1:]) if joint.end() > deeds[-1][1] + deeds[-1][2].end() else None
        front = WORD.findall(further["front"].lower()) if further else []
        apart = joint["mark"] or joint["at"] or joint["word"] in ("men", "mens") or front == ["der"]
        if further and further.re in (_PASSIVE, _ACTIVE) and apart and _OPENS_OTHER.isdisjoint(front):
            deeds.append((joint.start(), joint.end(), further))
    if len(deeds) == 1:
        return [_decision(scene, span, match)]
    stops = [*(start for start, _, _ in deeds[1:]), len(said)]
    found = []
    for (_, begin, each), stop in zip(deeds, stops, strict=True):
        turn = span[0] + begin, span[0] + stop
        told = _decision(scene, turn, each)
        deed = Deed((turn[0] + each.start("verb"), turn[0] + each.end()), turn, told.verb, told.status, told.negated)
        links = figures_of_turn(scene, span, turn, deed)
        year = budget_year(scene, *span)
        found.append(
            msgspec.structs.replace(told, start=span[0], end=span[1], text=said, links=links, budget_year=year)
        )
    return found


def _decision(scene: Scene, span: Span, match: re.Match[str]) -> Decision:
    start, end = span
    said = scene.text[start:end]
    lemma = "bortfalde" if match.re is _FALLS else _LEMMAS.get(match["verb"].lower(), match["verb"].lower())
    denied = not NOT_WORDS.isdisjoint(match["front"].lower().split())  # "…, mens stadion ikke udbygges"
    denied = denied or bool(match.groupdict().get("not") or _NOT.match(said, match.end()))
    negated = denied or lemma in _GIVES_UP or match.re is _FALLS or cancels(said)
    verb = start + match.start("verb"), start + match.end()
    status: DecisionStatus = "postponed" if lemma == "udskyde" and not negated else "decided"
    deed = Deed(verb, span, lemma, status, negated)
    outcome = _OUTCOME.search(said, match.end())
    limit = start + outcome.start() if outcome else end
    return Decision(
        start=start,
        end=end,
        text=said,
        body=None,
        verb=lemma,
        status=status,
        negated=negated,
        date=scene.context.agreed_on if scene.agrees else None,
        budget_year=budget_year(scene, start, end),
        links=[link for link in figures(scene, span, deed, [deed]) if link.start < limit or link.type == "reference"],
        source=scene.context.source,
    )
