"""Each verb of decision in a sentence with what stands around it."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

import msgspec

from corpus.model import Committee
from pipeline.facts.decisions_blocks import Block
from pipeline.facts.decisions_words import Form, form_of, forms

if TYPE_CHECKING:
    from collections.abc import Iterator

REACH = 400  # characters on each side of a verb in which its subject and its adverbs are looked for

WORD = re.compile(r"[^\W\d_]+")
_CUT = re.compile(r"(?:,|;|:|^|–|\s)\s*(?P<word>at|som|der|idet|fordi|mens|men|så)\s|[;:]\s|\s[–-]\s", re.IGNORECASE)
_PERFECT = frozenset(("har", "havde"))
_AUXILIARY = frozenset(("blev", "blevet", "er", "var", "været"))


class Clause(msgspec.Struct, frozen=True):
    """A verb in its sentence. Offsets are in the text; ``before`` is the clause up to the verb, ``after`` the rest.

    ``link``: the word that opens the clause ("at", "som", …) in lower case, or "" for the beginning of the sentence.
    """

    start: int
    end: int
    verb: int
    stop: int
    before: str
    after: str
    link: str
    bodies: list[Committee]
    block: Block | None

    @property
    def words(self) -> list[str]:
        return [word.lower() for word in WORD.findall(self.before)]

    @property
    def in_decision(self) -> bool:
        """Whether the sentence stands in minutes under "Beslutning"."""
        return self.block is not None and self.block.kind == "decision"

    @property
    def is_perfect(self) -> bool:
        return bool(_PERFECT & set(self.words))

    @property
    def has_passive_auxiliary(self) -> bool:
        return bool(_AUXILIARY & set(self.words)) and not self.is_perfect

    def is_passive(self, form: Form) -> bool:
        """Whether the grammatical subject is not who decides."""
        return form.tense in ("present-passive", "past-passive", "intransitive") or (
            form.tense == "participle" and not self.is_perfect
        )


def clauses(
    text: str, start: int, end: int, bodies: list[Committee], block: Block | None
) -> Iterator[tuple[Clause, Form]]:
    """Each verb of decision in a sentence with what stands around it; nothing of a question."""
    sentence = text[start:end]
    if sentence.rstrip('"”») ').endswith("?"):
        return
    for match in WORD.finditer(sentence):
        if match.group().lower() not in forms() or sentence[match.end() : match.end() + 1] == "-":
            continue
        after = sentence[match.end() : match.end() + REACH]
        form = form_of(match.group(), after)
        if form is None:
            continue
        before = sentence[max(0, match.start() - REACH) : match.start()]
        cuts = list(_CUT.finditer(before))
        cut = cuts[-1] if cuts else None
        verb = start + match.start()
        yield (
            Clause(
                start=start,
                end=end,
                verb=verb,
                stop=start + match.end(),
                before=before[cut.end() if cut else 0 :],
                after=after,
                link=(cut["word"] or "").lower() if cut and (cut.start() or match.start() > REACH) else "",
                bodies=_near(bodies, verb),
                block=block,
            ),
            form,
        )


def _near(bodies: list[Committee], verb: int) -> list[Committee]:
    low = bisect_left(bodies, verb - REACH, key=lambda body: body.start)
    return bodies[low : bisect_left(bodies, verb + REACH, key=lambda body: body.start)]
