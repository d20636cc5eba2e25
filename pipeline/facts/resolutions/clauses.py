"""Each verb of decision in a sentence with what stands around it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from corpus.lazy import lazy
from pipeline.facts.resolutions.denial import straight
from pipeline.facts.resolutions.words import WORD, Form, form_of, forms

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipeline.facts.resolutions.agents import Agent
    from pipeline.facts.resolutions.blocks import Block
    from pipeline.facts.resolutions.scene import Scene
    from pipeline.language import Prose

REACH = 400  # characters on each side of a verb in which its subject and its adverbs are looked for

Anchor = tuple[int, int, str]
"""Where a verb form stands and its letters in lower case, without a break of line in it."""

_CUT = re.compile(  # of text in lower case
    r"(?:[,;:–]|(?<!\s)\s)\s*+\b(?P<word>at|som|der|hvor|idet|fordi|mens|men|så|selv om|hvorefter|hvilket)\s"
    r"|[;:]\s|\s[–-]\s|,\s*+(?:og|men)\s(?=(?:den|sagen|punktet)\s(?:er|blev|var)\s)"
)
_SO_AS = re.compile(r"\bså\s+\w+$")
_HAS_SO = re.compile(r"\b(?:har|havde|er|var|blev)(?:\s+\w+)?$")  # "har så den 3. maj vedtaget": an adverb
_AS_PART = re.compile(
    r"(?<!\w)(?:(?:har|havde|blev|bliver),?\s+som\s|(?:er|var),?\s+som\s+(?:led|følge|en|et|ventet|nævnt|bekendt|oplyst|planlagt)\s)"
)
"""A "som" that opens no clause: "har som led i budgettet besluttet", "blev som følge heraf afvist"."""
_FRONTED = re.compile(
    r"[\s\"»(*>•–-]*(?:selv\s?om|efter(?:\s+at)?|hvor|da|idet|eftersom|fordi|skønt|mens|medens|uanset|trods|på\s+trods|til\s+trods)\s"
)
"""What opens a clause in front of its main clause that sets no condition, in lower case."""
_PASSIVE_OF_PROPOSAL = re.compile(
    r"(?<!\w)(?:blev|er|var|bliver)\s+(?:[^\W\d_]+\s+){0,3}?[^\W\d_]*(?:forslag|indstilling|anmodning|ansøgning|beslutning|anbefaling)(?:et|en)"
    r"\s+(?:fra\s[^,;]{1,40}?\s)?om,?\s+at\s$"
)
"""Up to what is proposed, where the auxiliary stands in front: "I går blev forslaget om at (lukke skolen vedtaget)"."""
_DEPENDS = re.compile(r"(?<!\w)(?:hvis|såfremt|dersom|medmindre|når|ifald|at)(?!\w)")
_MAIN_BEHIND = re.compile(r",\s+(?:så\s+)?$")
_PERFECT = frozenset(("har", "havde", "have"))
_OF_FIGURES = frozenset(("mio", "mia", "kr", "kroner", "pct"))
_AUXILIARY = frozenset(("blev", "blevet", "er", "var", "været"))


class Clause:
    """A verb in its sentence. Offsets are in the text; ``before`` is the clause up to the verb, ``after`` the rest.

    ``link``: the word that opens the clause ("at", "som", …) in lower case, or "" for the beginning of the sentence;
    ``matrix``: what stands in front of it. ``loose``: minutes that print no heading "Beslutning" of their own.
    ``in_decision``: in minutes under "Beslutning"; ``in_minutes``: there, or in minutes that have no such heading.
    ``got``: who stands in front was given something ("Vi har fået bevilget 2 mio. kr. af …"), and did not decide.
    ``known``: its subject, once it was looked for.
    ``has_af``: whether "af" stands near behind it, as in front of who decides.
    ``elided``: the subject of the verb before, which this one shares ("…, og tog orienteringen til efterretning").
    ``is_bare``: few words stand in front of it: "Indstillingen enstemmigt godkendt.".
    """

    def __init__(self, scene: Scene, span: tuple[int, int], anchor: Anchor, block: Block | None) -> None:
        text, lower = scene.text, scene.prose.lower
        self.loose = block is None and scene.loose
        self.scene = scene
        self.start, self.end = span
        self.verb, self.stop, _ = anchor
        self.bodies = scene.bodies_in(max(span[0], self.verb - REACH), min(span[1], self.verb + REACH))
        self.elided: Agent | None = None
        self.block = block
        self.after = text[self.stop : min(self.end, self.stop + REACH)]
        low = max(self.start, self.verb - REACH)
        self.link, self.cut = self._opening(lower, low)
        self.has_af = lower.find("af", self.stop, min(self.end, self.stop + 50)) >= 0
        self.before = text[self.cut : self.verb]
        self.words = WORD.findall(lower, self.cut, self.verb)
        self.vocabulary = frozenset(self.words)
        self.got = self.words[-1:] in (["fået"], ["fik"])
        self.is_perfect = not self.got and not _PERFECT.isdisjoint(self.words)
        self.has_passive_auxiliary = self.got or (not self.is_perfect and not _AUXILIARY.isdisjoint(self.words))
        self.in_decision = block is not None and block.kind == "decision"
        self.in_minutes = self.loose or self.in_decision
        self.is_bare = sum(word not in _OF_FIGURES for word in self.words) <= 8
        self.known: Agent | bool | None = False
        self.matrix = text[max(low, self.cut - 120) : self.cut] if self.cut > low else ""

    def _opening(self, lower: str, low: int) -> tuple[str, int]:
        """The ``link`` and where the clause begins behind it, ``low`` at least."""
        if self._is_inverted(lower):
            return "", self.verb
        link, cut = "", low
        for match in _CUT.finditer(lower, low, self.verb):
            word = match["word"] or ""
            if not _opens_none(lower, low, word, match.span()):
                link, cut = word, match.end()
        if link == "at" and lower.endswith(("om at ", "om, at "), low, cut):
            passive = _PASSIVE_OF_PROPOSAL.search(lower, low, cut)
            if passive and not _DEPENDS.search(lower, self.start, passive.start()):
                return "", passive.start()
        return link, cut

    def _is_inverted(self, lower: str) -> bool:
        """ "Selv om udvalget anbefalede planen, forkastede Byrådet den": the main clause begins with its verb."""
        if not _MAIN_BEHIND.search(lower, max(self.start, self.verb - 6), self.verb):
            return False
        finite = any(form.tense in ("past", "present") for form in forms()[lower[self.verb : self.stop]])
        named = any(0 < body.start - self.stop < 3 for body in self.bodies)
        return finite and named and _FRONTED.match(lower, self.start, self.verb) is not None

    @lazy
    def behind(self) -> str:
        """What follows the verb, without what may stand between it and its "ikke": day, meeting, adverbs."""
        return straight(self.after)

    @property
    def begins_anew(self) -> bool:
        """Whether it is a main clause behind a fronted one, or one that tells what became of what stands before it."""
        relative = self.link == "som" and any(body.start == self.cut for body in self.bodies)
        return relative or self.link == "hvilket" or (not self.link and self.cut == self.verb > self.start)

    @property
    def has_decided(self) -> bool:
        """Whether it tells of a decision already made: "har besluttet"."""
        return self.is_perfect and self.scene.prose.lower.startswith("besluttet", self.verb)

    @property
    def near(self) -> tuple[int, int]:
        """What of its sentence lies near the verb."""
        return max(self.start, self.verb - REACH), min(self.end, self.stop + REACH)

    def is_passive(self, form: Form) -> bool:
        """Whether the grammatical subject is not who decides."""
        return form.tense in ("present-passive", "past-passive", "intransitive", "noun") or (
            form.tense == "participle" and not self.is_perfect
        )


def _opens_none(lower: str, low: int, word: str, place: tuple[int, int]) -> bool:
    """Whether a "som", "så" or "der" opens no clause: "har så den 3. maj vedtaget", "så længe som muligt"."""
    start, end = place
    if word == "som":
        as_part = _AS_PART.search(lower, max(low, start - 6), end + 12)
        return as_part is not None or _SO_AS.search(lower, max(low, start - 20), start) is not None
    if word == "så":
        return _HAS_SO.search(lower, max(low, start - 30), start) is not None
    return word == "der" and lower.endswith(" blev", low, start)  # "Den 2. juni blev der bevilget …"


def anchors(prose: Prose) -> list[Anchor]:
    """Where a verb form stands, broken at a line's end or not ("beslut-" and "tede"), in order."""
    low = prose.lower
    found = [(start, end, low[start:end]) for start, end in prose.places(forms()) if low[end : end + 1] != "-"]
    broken = [anchor for anchor in _broken(prose) if low[anchor[1] : anchor[1] + 1] != "-"]
    return sorted(found + broken) if broken else found


def _broken(prose: Prose) -> Iterable[Anchor]:
    low = prose.lower
    at = low.find("-\n")
    while at >= 0:
        start, stop = at, at + 2
        while start > 0 and at - start < 20 and low[start - 1].isalpha():
            start -= 1
        while stop < len(low) and low[stop] in " \t>":
            stop += 1
        end = stop
        while end < len(low) and end - stop < 20 and low[end].isalpha():
            end += 1
        word = low[start:at] + low[stop:end]
        if word in forms():
            yield start, end, word
        at = low.find("-\n", at + 2)


def form_at(text: str, anchor: Anchor, end: int) -> Form | None:
    """The form that a verb is, with what stands behind it in its sentence."""
    return form_of(anchor[2], text[anchor[1] : min(end, anchor[1] + 170)])


def by_sentence(prose: Prose, found: list[Anchor]) -> Iterator[tuple[tuple[int, int], list[Anchor]]]:
    """The verbs gathered by sentence."""
    span, own = (0, 0), list[Anchor]()
    for anchor in found:
        if anchor[0] >= span[1]:
            if own:
                yield span, own
            span, own = prose.sentence_at(anchor[0], anchor[1]), []
        own.append(anchor)
    if own:
        yield span, own
