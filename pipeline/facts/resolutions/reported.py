"""Whether a paper is the news of an agreement, an article or a press release, and not the agreement itself.

A word alone says nothing: "Parterne siger ja til", "som loven siger", "der ansættes en journalist" may stand in any
agreement, and what stands in an address or a path is no word of the paper. A press release says what it is on a line
of its own, and so does an article with its byline. Somebody who is quoted makes a paper news only where nothing shows
that it is the agreement: no signatures and no "Indgået den …" of its own.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.language import Prose

_SAYING = frozenset(("siger", "sagde", "fortæller", "udtaler", "udtalte"))
_WORDS = _SAYING | {"pressemeddelelse", "journalist", "pressekontakt"}
_IS_NEWS = re.compile(
    r"^[ \t>*_#]*(?:pressemeddelelse(?!\w)(?![ \t]+(?:skal|er|bliver|sendes|udsendes)(?!\w))|pressekontakt(?!\w))"
    r"|(?<!\w)(?:af|tekst:?)[ \t]+journalist(?!\w)"
    r"|(?<![\w/\\.-])journalist(?=[ \t]+(?-i:[A-ZÆØÅ][a-zæøå]+[ \t]+[A-ZÆØÅ]))",
    re.IGNORECASE | re.MULTILINE,
)
_VERB = r"(?:siger|sagde|fortæller|udtaler|udtalte)(?!\w)"
_SPEAKER = (
    r"(?:(?i:vice)?(?i:borgmester|formand|gruppeformand|ordfører|forkvinde|direktør|rådmand)(?i:en)?(?!\w)|(?i:h[au]n)(?!\w)"
    r"|[^\W\d_]+(?:formand|ordfører|direktør|borgmester)(?:en)?(?!\w)|[A-ZÆØÅ][a-zæøå]+[ \t]+[A-ZÆØÅ][a-zæøå]+)"
)
_QUOTED = re.compile(
    rf"[\"”“»«,!?][ \t\n]*{_VERB}\s+(?:[^\W\d_]+s\s+)?{_SPEAKER}"
    rf"|{_SPEAKER}[^\n.:]{{0,60}}?\s{_VERB}[^\n.:]{{0,30}}:"
    rf"|{_VERB}\s*:?\s*[\"“„»]"
)
_SIGNATURE = re.compile(
    r"\n[ \t]*(?:[A-ZÆØÅ][^\W\d_]+[ \t-]+){1,3}[A-ZÆØÅ][^\W\d_]+,?[ \t]*\([^\W\d_]{1,20}\)[ \t]*(?=\n|$)"
)
_CONCLUDED = re.compile(r"(?:^|\n)[ \t]*Indgået[ \t]+(?:den|d\.|mellem|af)(?!\w)")
_SIGNERS = 2


def is_reported(prose: Prose) -> bool:
    """Whether the text only tells of an agreement."""
    if _WORDS.isdisjoint(prose.words):
        return False
    if _IS_NEWS.search(prose.text):
        return True
    if _SAYING.isdisjoint(prose.words) or not _QUOTED.search(prose.text):
        return False
    return not _is_concluded(prose.text)


def _is_concluded(text: str) -> bool:
    return _CONCLUDED.search(text) is not None or len(_SIGNATURE.findall(text)) >= _SIGNERS
