"""Which words a Danish compound is made of: "støttepædagogkorpset" is støtte, pædagog, korps.

The lexicon is learned from the Danish dictionary that ships with simplemma (MIT): :mod:`index.members`. A word that no
dictionary has may begin with a stretch that none has either ("tosprogs-indsats"), when what follows often ends words.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from index.covers import NO_END, NO_MEMBER, NO_PATH, REMEMBERED, Cut, Ending, Last, Path, Remembered
from index.ends import cut_at_end, cut_before_end
from index.members import (
    LETTERS,
    LINKS,
    LONG_ENOUGH,
    OFTEN,
    SHORTEST_MEMBER,
    VOWELS,
    First,
    Lookup,
    Members,
    affixes,
    is_noun,
    is_thing,
    joining_form,
    may_begin,
    may_end,
    prefixes,
)

if TYPE_CHECKING:
    from index.stretches import Places

SPLITTER_VERSION = 7
LONGEST = 60
SHORTEST_WORD = 4
# By so many letters it is told whether any word of the dictionary begins like that.
BEGINNINGS = (5, 7, 9)

# Found by search over the labelled words of tests/data/compounds.tsv that are not held out: few members beat many,
# common beat rare.
MEMBER_COST = 1.0
RARITY_COST = 2.6
SHORT_COST = 0.7
RAREST_SHORT = 8
# A last member of so few letters is believed only when the dictionary reads the whole word likewise.
DOUBTFUL_LAST = 5
# A first member that no dictionary has costs more than any that is known; what follows must be a frequent last member.
UNKNOWN_COST = 5.0
SHORTEST_UNKNOWN = 4
STRONG_LAST = 20
SHORTEST_STRONG = 5
# So long a last member is no accident: "byfornyelse" is of "fornyelse", whatever it begins itself.
SURE_LAST = 7
# "spildevand" makes more words than "spilde" does, and is a "vand": a first member of so many letters before a last one
# of so many that ends many words.
SHORTEST_SURE, SHORTEST_USUAL = 5, 4


def _always(_: str) -> bool:
    return True


class Splitter:
    """Splits words by a learned lexicon; ``lookup`` gives the lemma of a form, None for one in no dictionary.

    ``begins`` spares look-ups and changes no cut: False when no form, lemma or learned first member begins with these
    letters, whose number is one of :data:`BEGINNINGS`.
    """

    def __init__(self, members: Members, lookup: Lookup, begins: Callable[[str], bool] = _always) -> None:
        self._firsts = members.firsts
        self._lasts = members.lasts
        self._lemma = lookup
        self._least = least_price(members)
        # The same members, beginnings and ends come again in word after word.
        self._begins = begins
        self._short_reach = Remembered(self._find_short_reach)
        self._long_reach = Remembered(self._find_long_reach)
        self._first = Remembered(self._find_first)
        self._ending = Remembered(self._find_ending)
        self._cut_member = lru_cache(maxsize=REMEMBERED)(self.cut)
        self._simple = affixes()["simple"].union(members.simple)
        self._told, self._brief = members.told, affixes()["brief"]
        self._is_thing = lru_cache(maxsize=REMEMBERED)(self._find_thing)

    def split(self, word: str) -> tuple[str, ...]:
        """The members of a lower-case word as lemmas, in order; () for a simple word or one that cannot be read."""
        return tuple(lemma for _, lemma in self.cut(word))

    def cut(self, word: str, places: Places | None = None) -> Cut:
        """The members as (form in the word, lemma); the forms joined are the word. [] for a simple word.

        ``places`` spares look-ups and changes no cut: nowhere else in the word does a member stand as it is printed.
        """
        if not is_cuttable(word):
            return []
        whole = self._lemma(word)
        if whole is not None and whole != word:
            places = None  # its last member may be read as the end of the whole word's lemma
        if whole is not None and whole not in self._simple:
            ended = cut_at_end(word, whole, self._lemma, self._first.__getitem__)
            if ended is not None:
                return self._linked(word, [piece for form, lemma in ended for piece in self._deeper(form, lemma)])
        lasts = self._last_members(word, whole, places)
        best = (self._of_two(word, lasts, places) or self._cheapest(word, [NO_PATH], lasts, places)) if lasts else None
        if best is None:
            best = self._as_told(word, whole) if whole else self._of_unknown(word, lasts, places)
        elif self._is_one_word(whole or word, best):
            return []
        return self._linked(word, [piece for form, lemma in best or () for piece in self._deeper(form, lemma)])

    def _as_told(self, word: str, whole: str) -> Cut | None:
        """A compound that was learned one by one: "barne" and "dåb"."""
        told = self._told.get(whole)
        if told is None or not word.startswith(whole[: told.size]):
            return None
        return [(word[: told.size], told.first), (word[told.size :], told.last)]

    def _of_unknown(self, word: str, lasts: list[Last], places: Places | None) -> Cut | None:
        """A word that no dictionary has, by one member that it may have."""
        return (
            (self._guessed(word, lasts, places) if lasts else None)
            or cut_before_end(word, self._lemma, self._first.__getitem__)
            or self._behind_a_letter(word)
        )

    def _linked(self, word: str, cut: Cut) -> Cut:
        """The members, of which one in the middle ends in the -s- that joins it where the dictionary says so of all up
        to there: of "svømmehalsbillet" by svømmehal "hal" and not "hals", of "flaskehalsproblem" "hals"."""
        end = 0
        for number, (form, lemma) in enumerate(cut[:-1]):
            end += len(form)
            if number and form == lemma and form[-1] == "s" and self._lemma(word[:end]) == word[: end - 1]:
                cut[number] = (form, lemma[:-1])
        return cut

    def _deeper(self, form: str, lemma: str) -> Cut:
        """A member that is a compound itself, cut again; the linking letter stays with its last piece."""
        inner = self._cut_member(lemma if form.startswith(lemma) else form)
        if not inner:
            return [(form, lemma)]
        rest = form[sum(len(piece) for piece, _ in inner) :]
        last, last_lemma = inner[-1]
        return [*inner[:-1], (last + rest, last_lemma)]

    def _unknown_firsts(self, word: str) -> Iterator[Path]:
        """Beginnings of a word that no dictionary has, as if each were a first member."""
        for end in range(SHORTEST_UNKNOWN, len(word) - SHORTEST_STRONG + 1):
            form = word[:end]
            if not may_begin(form) or (form.startswith(prefixes()) and self._lemma(form) != form):
                continue
            lemma = form[:-1] if form[-1] == "s" and form[-2] not in VOWELS and form[-2] != "s" else form
            yield Path(end, UNKNOWN_COST, NO_PATH, form, lemma)

    def _of_two(self, word: str, lasts: list[Last], places: Places | None) -> Cut | None:
        """The cheapest cover by two members if none of three can be as cheap."""
        least, best = 3 * self._least, None
        if places is not None:
            ends = places.firsts.get(0, ())
            lasts = [last for last in lasts if last.start in ends]
        for last in lasts:
            known = self._first[word[: last.start]]
            if known is not None and known[0] + last.price < least:
                least, best = known[0] + last.price, (known[1], last)
        return best and [(word[: best[1].start], best[0]), (word[best[1].start :], best[1].lemma)]

    def _guessed(self, word: str, lasts: list[Last], places: Places | None) -> Cut | None:
        """The cheapest cover that begins with an unknown member and ends with a noun that often ends words."""
        lasts = [last for last in lasts if self._is_strong(last.lemma)]
        return self._cheapest(word, list(self._unknown_firsts(word)), lasts, places) if lasts else None

    def _behind_a_letter(self, word: str) -> Cut | None:
        """ "å" and "boulevarden" of a word that no dictionary has."""
        rest = word[1:]
        lemma = self._lemma(rest) if word[0] in LETTERS and len(rest) >= LONG_ENOUGH else None
        return [(word[0], word[0]), (rest, lemma)] if lemma is not None and self._is_thing(lemma) else None

    def _is_strong(self, lemma: str) -> bool:
        count, size = self._lasts.get(lemma, 0), len(lemma)
        is_strong = count >= STRONG_LAST if size < SURE_LAST else count >= OFTEN
        return size >= SHORTEST_STRONG and is_strong and self._is_thing(lemma)

    def _cheapest(self, word: str, paths: list[Path], lasts: list[Last], places: Places | None) -> Cut | None:
        """The cheapest cover of the word by first members and one of the last members, at least two in all.

        ``paths`` are the beginnings that are there, shortest first; of equal covers the first one counts.
        """
        wanted = {last.start: last for last in lasts}
        reached = self._reached(word, paths, lasts[-1].start, places)
        ends = [(path, wanted[path.end]) for path in reached if path.end in wanted]
        if not ends:
            return None
        path, last = min(ends, key=lambda pair: pair[0].cost + pair[1].price)
        return [*path.cut(), (word[path.end :], last.lemma)]

    def _reached(self, word: str, paths: list[Path], stop: int, places: Places | None) -> list[Path]:
        """The given beginnings, and the cheapest one to each further end up to ``stop``; equal ones come in order."""
        given = {path.end: number for number, path in enumerate(paths)}
        best: dict[int, tuple[float, int, Path, str]] = {}
        found = list(paths)
        for start in range(stop + 1):
            if start in given:
                order = given[start]
                path = paths[order]
            elif start in best:
                cost, _, before, lemma = best[start]
                path = Path(start, cost, before, word[before.end : start], lemma)
                order = len(paths) + start
                found.append(path)
            else:
                continue
            for end, price, lemma in self._firsts_at(word, start, stop, places):
                made = (path.cost + price, order, path, lemma)
                if end not in given and (end not in best or made[:2] < best[end][:2]):
                    best[end] = made
        return found

    def _firsts_at(self, word: str, start: int, stop: int, places: Places | None) -> Iterator[tuple[int, float, str]]:
        """The first members that stand there: end, price and lemma."""
        first = self._first
        ends: Sequence[int]
        if places is None:
            # A linking letter, or the lemma's own last one, may stand behind what the dictionary has.
            ends = range(start + 2, min(stop, start + 1 + self._reach(word, start)) + 1)
        else:
            ends = places.firsts.get(start, ())
        for end in ends:
            known = first[word[start:end]] if end <= stop else None
            if known is not None and not (start and word[start:end] in self._brief):
                yield end, *known

    def _find_first(self, form: str) -> tuple[float, str] | None:
        """Price and lemma of a first member: one that was learned, or a dictionary word that is long enough to be
        believed as one."""
        known = self._firsts.get(form)
        if known is None:
            lemma = self._long_first(form) if len(form) >= LONG_ENOUGH else None
            if lemma is None or not may_begin(lemma):
                return None
            known = First(lemma, 0)
        price = price_of(form, known.count)
        return None if price is None else (price, known.lemma)

    def _long_first(self, form: str) -> str | None:
        if self._lemma(form) is None and form[-1] not in LINKS:
            return None
        return joining_form(form, self._lemma, lambda stem: self._lemma(stem) == stem)

    def _last_members(self, word: str, whole: str | None, places: Places | None) -> list[Last]:
        """The last members of a word, inflected or not, shortest beginning first; ``whole`` is its lemma if it has one.

        An end is read as the dictionary reads the whole word, if it has that.
        """
        size, short, reach = len(word), self._short_reach, self._reach
        if whole is not None and whole != word:
            read = (
                (start, self._last_in(word, start, whole))
                for start in range(2, size - 1)
                if size - start <= reach(word, start) or len(whole) - start <= reach(whole, start)
            )
        elif places is not None:
            read = ((start, self._ending[word[start:]].last) for start in places.lasts)
        else:
            ending, begin = self._ending, BEGINNINGS[0]
            read = (
                (start, ending[word[start:]].last)
                for start in range(2, size - 1)
                if not short[word[start : start + begin]] and size - start <= reach(word, start)
            )
        return [Last(start, last.price, last.lemma) for start, last in read if last is not None]

    def _reach(self, word: str, start: int) -> int:
        """Of how many letters a word of the dictionary may be that begins as the word does there."""
        short = self._short_reach[word[start : start + BEGINNINGS[0]]]
        return short or self._long_reach[word[start : start + BEGINNINGS[-1]]]

    def _find_short_reach(self, letters: str) -> int:
        """As :meth:`_reach`, or 0 where it takes more letters to tell."""
        size = BEGINNINGS[0]
        return 0 if len(letters) < size or self._begins(letters) else size - 1

    def _find_long_reach(self, letters: str) -> int:
        for size in BEGINNINGS[1:]:
            if len(letters) >= size and not self._begins(letters[:size]):
                return size - 1
        return LONGEST

    def _last_in(self, word: str, start: int, whole: str) -> Last | None:
        ending = self._ending[word[start:]]
        last = ending.last
        if ending.may_end and len(whole) > start + 1 and whole.startswith(word[: start + 2]):
            rest = whole[start:]
            priced = self._priced(rest)
            if last is None and priced is None:
                return None
            lemma = self._lemma(rest)
            if lemma is not None and ((lemma == rest and not ending.noun) or self._is_thing(rest)):
                return priced
        doubtful = last is not None and len(word) - start <= DOUBTFUL_LAST and whole != word[:start] + last.lemma
        return None if doubtful else last

    def _find_ending(self, form: str) -> Ending:
        if not may_end(form):
            return NO_END
        lemma = self._lemma(form)
        if lemma is None:
            return NO_MEMBER
        noun = lemma == form or is_noun(form, self._lemma)
        read = form if noun else lemma
        return Ending(True, noun, self._priced(read) if len(read) <= len(form) else None)

    def _priced(self, lemma: str) -> Last | None:
        count = self._lasts.get(lemma, 0)
        if not may_end(lemma) or (count == 0 and len(lemma) < LONG_ENOUGH):
            return None
        price = price_of(lemma, count)
        return None if price is None else Last(0, price, lemma)

    def _find_thing(self, lemma: str) -> bool:
        return is_thing(lemma, self._lemma)

    def _is_one_word(self, whole: str, path: Cut) -> bool:
        """True when the whole makes more compounds than its rarer member does: "kultur" against "kul" and "tur"; not
        of long members, of which the last ends many: "spildevand"."""
        if whole in self._simple:
            return True
        last = path[-1][1]
        count = self._lasts.get(last, 0)
        shortest = min(len(form) for form, _ in path[:-1])
        if len(last) >= SURE_LAST or (
            shortest >= SHORTEST_SURE and len(last) >= SHORTEST_USUAL and count >= STRONG_LAST
        ):
            return False
        return self._use(whole) > min(*(self._joins(form) for form, _ in path[:-1]), count)

    def _joins(self, form: str) -> int:
        known = self._firsts.get(form)
        return known.count if known else 0

    def _use(self, lemma: str) -> int:
        return sum(self._joins(lemma + link) for link in ("", "s", "e")) + self._lasts.get(lemma, 0)


def is_cuttable(word: str) -> bool:
    """True for what is no simple word by its size and letters alone."""
    return SHORTEST_WORD <= len(word) <= LONGEST and word.isalpha()


def price_of(form: str, count: int) -> float | None:
    """What a member costs: rare and short ones much; None when it is too rare to be believed at its length."""
    if len(form) <= SHORTEST_MEMBER and count < RAREST_SHORT:
        return None
    return MEMBER_COST + RARITY_COST / math.log2(2 + count) + (SHORT_COST if len(form) <= SHORTEST_MEMBER else 0.0)


def least_price(members: Members) -> float:
    """No member costs less."""
    most = max((*(first.count for first in members.firsts.values()), *members.lasts.values()), default=0)
    return MEMBER_COST + RARITY_COST / math.log2(2 + most)
