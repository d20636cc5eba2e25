"""Headings "Beslutning" that stand amid a paragraph, as a page prints them that has lost its line breaks.

"Beslutning i Skoleudvalget den 3. maj 2024: Udsat." and, without a colon, "Beslutning Byrådet den 03-05-2024 Godkendt."
head the one sentence behind them. So do a body and a day before a bare verdict: "Byrådet den 15. maj 2024 Godkendt."
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from pipeline.facts.resolutions.words import forms

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corpus.model import Committee, Date
    from pipeline.context import Span
    from pipeline.language import Prose

LONGEST_TITLE = 160
WORD = re.compile(r"[^\W\d_][\w.]*-?|\d[\d./:-]*")
_REST_WORD = re.compile(
    r"i|fra|på|for|den|d\.?|vedr\.?|til|af|(?:(?:byråds|udvalgs|(?:kommunal)?bestyrelses|regionsråds))?møde[rt]?|punkt|pkt\.?|nr\.?|og|samt|sag|kl\.?|mandag|tirsdag|onsdag|torsdag"
    r"|fredag|lørdag|søndag|ordinært|ekstraordinært|dagsordens?|januar|februar|marts|april|maj|juni|juli|august"
    r"|september|oktober|november|december|[\d./:-]+|[a-zæøå]{1,25}-"
    r"|[a-zæøå]{0,40}(?:udvalg|udvalget|rådet?|bestyrelsen|repræsentationen|nævnet|kommissionen)s?",
    re.IGNORECASE,
)
_SENTENCE_BEFORE = re.compile(r"(?:[.!?]|(?<!\w)Ingen)[ \t]{1,2}$")  # "Økonomi Ingen Beslutning …": an empty heading
_CITED_BEFORE = re.compile(r"(?:[.!?][ \t]{1,2}|\n[ \t]*)$")
_GOES_ON = re.compile(r"[ \t]{1,3}(?=(?:Dog|Men|Undtage\w+|Bortset|Med\s+undtagelse|Ad|Punkt|Pkt\.)\s)")
_VERDICT = re.compile(
    r"\s{1,3}(?P<all>(?:(?:Indstillingen|Forslaget|Sagen)\s)?(?:blev\s)?(?P<verb>[^\W\d_]+)[^.:;!?\n]{0,60}\.)"
)
_BARE_VERDICT = re.compile(r"[ \t]{1,3}(?P<all>(?P<verb>[A-ZÆØÅ][a-zæøå]+)(?:\s(?:til\sefterretning|enstemmigt))?\.)")
_PASSED_ON = re.compile(r"[ \t]{1,3}(?P<all>(?P<verb>[A-ZÆØÅ][a-zæøå]+s)[ \t])")
_TO_BE_FILLED = re.compile(r"\s+der skal udfyldes, hvis punktet er lukket\b")
"""What a form prints behind its heading: "Offentlig beslutning der skal udfyldes, …"."""
_NAME = r"[A-ZÆØÅ][\w-]*"
_MORE_OF_NAME = re.compile(
    rf"[ \t](?:(?:for|i|og|på|[-–])[ \t])?{_NAME}(?:[ \t](?:{_NAME}|for|i|og|på|[-–])){{0,6}}"
    r"(?:[ \t](?![a-zæøå]*(?:ede|te|er|es|et)[ \t])[a-zæøå]{3,})?[ \t](?:den|d\.)[ \t]"
)
"""Between a body and the day that ends its heading: a name, and perhaps what it is one of, which is no verb:
"(Rådet) for Byer og Havne den (3. maj)", "(Udvalget) Nordby - Ø færge den (3. maj)".
"""
_TO_DAY = re.compile(r"(?:s[ \t]møde)?[ \t]?,?[ \t](?:den[ \t]|d\.[ \t]?)?", re.IGNORECASE)
_BEHIND_DAY = re.compile(r"[ \t]{1,3}(?=[A-ZÆØÅ])")


class Amid(NamedTuple):
    """A heading amid a paragraph, the sentence ``said`` that it heads, and the body that it names."""

    heading: Span
    said: Span
    body: str | None


def amid(prose: Prose, bodies: list[Committee], days: list[Date], *, in_mail: bool) -> Iterator[Amid]:
    """The headings of a text in order. ``in_mail``: minutes are only cited in it."""
    text, before = prose.text, _CITED_BEFORE if in_mail else _SENTENCE_BEFORE
    for start, end in prose.places({"beslutning"}):
        if not text[start].isupper():
            continue
        found = None
        if before.search(text, max(0, start - 8), start):
            found = _with_colon(text, (start, end), bodies, days) or _bare(prose, (start, end))
        first = start == 0 or _CITED_BEFORE.search(text, max(0, start - 4), start)
        if found is None and (first or before.search(text, max(0, start - 8), start)):
            found = _with_day(prose, (start, end), bodies, days) or (_bare(prose, (start, end)) if first else None)
        if found:
            yield found
    for body in bodies if days else ():
        found = _history(text, body, days)
        if found:
            yield found


def _history(text: str, body: Committee, days: list[Date]) -> Amid | None:
    """ "Økonomiudvalget den 7. maj 2024 Anbefales. Byrådet den 15. maj 2024 Godkendt.": a body, a day and a verdict."""
    start = body.start
    if not body.name or not text[start].isupper():
        return None
    if start and not _CITED_BEFORE.search(text, max(0, start - 4), start):
        return None
    day = bisect_left(days, body.end, key=lambda each: each.start)
    if day == len(days) or days[day].precision != "day" or not _TO_DAY.fullmatch(text, body.end, days[day].start):
        return None
    verdict = _BARE_VERDICT.match(text, days[day].end)
    if verdict is None or not _is_done(verdict["verb"]):
        return None
    return Amid((start, verdict.start("all")), verdict.span("all"), body.name)


def _with_colon(text: str, word: Span, bodies: list[Committee], days: list[Date]) -> Amid | None:
    start, end = word
    colon = text.find(":", end, end + LONGEST_TITLE)
    verdict = _VERDICT.match(text, colon + 1) if colon >= 0 else None
    at = bisect_left(bodies, end, key=lambda body: body.start)
    if verdict is None or at == len(bodies) or bodies[at].start > colon:
        return None
    if not _is_done(verdict["verb"]) or not is_rest(text, end, colon, bodies, days):
        return None
    return Amid((start, verdict.start("all")), verdict.span("all"), bodies[at].name)


def _bare(prose: Prose, word: Span) -> Amid | None:
    """ "… til efterretning. Beslutning Godkendt." """
    verdict = _BARE_VERDICT.match(prose.text, word[1])
    if verdict is None or not _is_done(verdict["verb"]):
        return _sent_on(prose, word)
    return Amid((word[0], verdict.start("all")), (verdict.start("all"), _end(prose, verdict.end())), None)


def _sent_on(prose: Prose, word: Span) -> Amid | None:
    """ "Beslutning Fremsendes til Teknisk Udvalg til behandling.": a sentence of its own that begins with its verb."""
    said = _PASSED_ON.match(prose.text, word[1])
    known = forms().get(said["verb"].lower(), ()) if said else ()
    if said is None or not any(form.tense == "present-passive" for form in known):
        return None
    start = said.start("all")
    return Amid((word[0], start), (start, _end(prose, prose.sentence_at(start, start + 1)[1])), None)


def _with_day(prose: Prose, word: Span, bodies: list[Committee], days: list[Date]) -> Amid | None:
    """ "Beslutning Byrådet, 03.05.2024 Godkendt.": a body and a day, and a sentence of its own behind them."""
    text, (start, end) = prose.text, word
    body = bisect_left(bodies, end, key=lambda each: each.start)
    day = bisect_left(days, end, key=lambda each: each.start)
    if body == len(bodies) or day == len(days) or not bodies[body].end <= days[day].start < end + LONGEST_TITLE:
        return None
    behind = _BEHIND_DAY.match(text, days[day].end)
    if days[day].precision != "day" or behind is None or not is_rest(text, end, days[day].end, bodies, days):
        return None
    stop = _end(prose, prose.sentence_at(behind.end(), behind.end() + 1)[1])
    return Amid((start, behind.end()), (behind.end(), stop), bodies[body].name)


def _end(prose: Prose, stop: int) -> int:
    """Where the verdict ends: with the sentences that take something from it, "Godkendt. Dog udsættes punkt 3."."""
    goes_on = _GOES_ON.match(prose.text, stop)
    while goes_on:
        stop = prose.sentence_at(goes_on.end(), goes_on.end() + 1)[1]
        goes_on = _GOES_ON.match(prose.text, stop)
    return stop


def _is_done(verb: str) -> bool:
    """Whether a word that is a whole verdict tells of a decision: "Godkendt", "Anbefales"."""
    return any(
        form.tense == "participle" or (form.tense == "present-passive" and form.status == "recommended")
        for form in forms().get(verb.lower(), ())
    )


def is_rest(text: str, start: int, end: int, bodies: list[Committee], days: list[Date]) -> bool:
    """Whether nothing but a body, a day and small words stands behind the word."""
    known = [
        (record.start, record.end)
        for records in (bodies, days)
        for record in records[
            bisect_left(records, start, key=lambda r: r.start) : bisect_left(records, end, key=lambda r: r.start)
        ]
    ]
    piece = text[start:end]
    for begin, stop in known:
        piece = piece[: begin - start] + " " * (stop - begin) + piece[stop - start :]
    piece = _TO_BE_FILLED.sub("", piece)
    if len(known) > 1 and known[-1][1] >= end - 1 and _MORE_OF_NAME.fullmatch(text, known[0][1], known[-1][0]):
        return all(_REST_WORD.fullmatch(word) for word in WORD.findall(text[start : known[0][0]]))
    return all(_REST_WORD.fullmatch(word) for word in WORD.findall(piece))
