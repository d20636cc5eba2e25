"""The clauses of a sentence, each with the word that opens it.

A relative clause amid a phrase ends where the phrase goes on: "omplaceringer, der ikke er nye, på 3 mio. kr.".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

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


class Piece(msgspec.Struct, frozen=True):
    """A clause of the sentence and the word that opens it, in lower case."""

    start: int
    end: int
    opens: str


def pieces_of(text: str, span: Span) -> list[Piece]:
    """The clauses of ``text[span]`` in order; together they are all of it but what parts them."""
    found, start, opens = list[Piece](), span[0], ""
    for match in _PIECE.finditer(text, *span):
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


def piece_at(pieces: Sequence[Piece], position: int) -> int:
    """The number of the clause in which ``position`` is."""
    return max(at for at, piece in enumerate(pieces) if piece.start <= position or at == 0)
