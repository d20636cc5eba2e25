"""The clauses of a sentence, each with the word that opens it.

A relative clause amid a phrase ends where the phrase goes on: "omplaceringer, der ikke er nye, på 3 mio. kr.".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from pipeline.facts.resolutions.words import forms

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.context import Span

_PIECE = re.compile(
    r";\s+|,?\s+(?P<word>men|mens|hvorimod|hvorefter|idet|fordi|eftersom|således,?\s+at|sådan,?\s+at|dog|jf\.?|jævnfør"
    r"|selv\s+om)(?=\s)"
    r"|,\s+(?P<joint>og|samt|eller|så|da|som(?!\s+(?:\w+\s+)?(?:indstillet|anbefalet|foreslået|beskrevet)\b)|der"
    r"|hvor|hvilket|hvoraf|heraf|herunder|med)(?=\s)"
    r"|(?<!\bat)\s+(?P<bare>der)(?=\s+\w+s\b)"
    r"|,\s+(?P<back>)(?=(?:på|til)\s+(?:(?:i\s+alt|netto|brutto|samlet|ca\.)\s+)?\d)"
    r"|\s+og(?P<told>)(?=\s+[^\W\d_]{4,}(?:et|en|n|erne)\s+(?:viser|viste|udviser|udviste|udgør|udgjorde)\s)",
    re.IGNORECASE,
)
_RELATIVE = frozenset({"der", "som", "hvor"})
_REASON_FIRST = re.compile(
    r"\W*(?P<word>Da|Fordi|Eftersom|Idet|Mens|Selv\s+om|Selvom|Skønt|Hvor|Efter(?:\s+at)?|Uanset|Trods|På\s+trods\s+af)\s(?P<why>[^;]*)"
)
_MAIN_VERB = re.compile(r",\s+(?=(?P<verb>[^\W\d_]+)\s)")
_HELPING = frozenset(("har", "havde", "blev", "er", "valgte", "vælger"))
_A_SUM = re.compile(
    r"\d\s?(?:(?:kr|mio|mia|mill|t\.?\s?kr|tkr)\b|kroner|millioner|årsværk|stillinger)|(?<!\w)kr\.?\s?\d", re.IGNORECASE
)
_ASKED = re.compile(r"(?<!\w)(?:an)?søg", re.IGNORECASE)


class Piece(msgspec.Struct, frozen=True):
    """A clause of the sentence and the word that opens it, in lower case."""

    start: int
    end: int
    opens: str


def pieces_of(text: str, span: Span) -> list[Piece]:
    """The clauses of ``text[span]`` in order; together they are all of it but what parts them."""
    found, start, opens = list[Piece](), span[0], ""
    if reason := _reason_first(text, span):
        found, start = [reason], reason.end + 1
    for match in _PIECE.finditer(text, start, span[1]):
        if match["back"] is not None:
            if opens in _RELATIVE:  # what stands behind it goes on with what stood in front
                found.append(Piece(start, match.start(), opens))
                start, opens = match.end(), found[-2].opens if len(found) > 1 else ""
            continue
        found.append(Piece(start, match.start(), opens))
        word = match["word"] or match["joint"] or match["bare"] or (";" if match["told"] is None else "told")
        start, opens = match.end(), word.split()[0].rstrip(".,").lower()
    found.append(Piece(start, span[1], opens))
    return found


def _reason_first(text: str, span: Span) -> Piece | None:
    """The clause that a sentence begins with: "Da der kun er 170.000 kr. tilbage, (besluttede udvalget …)".

    What was asked for there may be what is granted, where no other sum stands behind it: "Da klubben har søgt om
    2 mio. kr., imødekom udvalget det".
    """
    match = _REASON_FIRST.match(text, *span)
    for comma in _MAIN_VERB.finditer(text, match.start("why"), match.end()) if match else ():
        verb = comma["verb"].lower()
        if verb in _HELPING or any(form.tense in ("past", "present") for form in forms().get(verb, ())):
            asked = _ASKED.search(text, span[0], comma.start()) and not _A_SUM.search(text, comma.end(), span[1])
            return None if asked or match is None else Piece(span[0], comma.start(), match["word"].split()[0].lower())
    return None


def piece_at(pieces: Sequence[Piece], position: int) -> int:
    """The number of the clause in which ``position`` is."""
    return max(at for at, piece in enumerate(pieces) if piece.start <= position or at == 0)
