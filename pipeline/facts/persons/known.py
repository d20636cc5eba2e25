"""Names that a document has taught, recognised in its running text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from pipeline.facts.persons.names import Named, is_full_name, is_given, is_out_of_names, name_words, turned
from pipeline.language import Prose
from pipeline.mail.signatures import is_title

_RUN = re.compile(r"[^\W\d_]+")
_WORD = re.compile(r"\w+")
_GAP = re.compile(r"[\s>]+")
_CLOSED = re.compile(r"(?:'?s|['’]s?)?(?![\w'’@-]|[._][^\W_])")
"""What ends a name: a genitive's s belongs to it, an address or a hyphen makes it another word."""
_AFTER = re.compile(r"[ \t\xa0]+([^\W\d_][\w'’\-]*)")
_BEFORE = re.compile(r"([^\W\d_][\w'’\-]*\.?)[ \t\xa0]+$")
REACH = 40


class Known:
    """The people of a document by their names as printed: full names, and first names that were printed alone.

    Asked about one text only.
    """

    def __init__(self, names: Iterable[str]) -> None:
        tidy = {" ".join(turned(name).split()) for name in names}
        self.full = sorted(name for name in tidy if " " in name and is_full_name(name))
        self._longer = dict(_longer(self.full))
        self._common: dict[str, bool] = {}
        self._alone = frozenset(name for name in tidy if " " not in name and is_given(name))

    @cached_property
    def _by_word(self) -> dict[str, set[str]]:
        """First name or surname in lower case -> the full names that have it."""
        found: dict[str, set[str]] = {}
        for name in self.full:
            if name in self._longer:
                continue
            for word in {name.split()[0], name.split()[-1]}:
                found.setdefault(word.lower(), set()).add(name)
        return found

    @cached_property
    def _marks(self) -> dict[str, list[str]]:
        """The run of letters that begins a name, with and without a genitive's s -> the words that begin so."""
        found: dict[str, list[str]] = {}
        for word in {*self._by_word, *(name.lower() for name in self._alone)}:
            run = _RUN.match(word)
            if run:
                for mark in {run.group(), f"{run.group()}s"}:
                    found.setdefault(mark, []).append(word)
        return {mark: sorted(words, key=len, reverse=True) for mark, words in found.items()}

    @cached_property
    def _printed(self) -> dict[tuple[str, str], list[tuple[int, str, list[str]]]]:
        """The first word of a full name in lower case, and the letters that begin the second one -> the names, longest
        first, with their places among all of them and their words.
        """
        found: dict[tuple[str, str], list[tuple[int, str, list[str]]]] = {}
        for place, name in enumerate(sorted(self.full, key=len, reverse=True)):
            first, second, *_ = words = name.split()
            found.setdefault((first.lower(), _letters_at(second, 0)), []).append((place, self.whole(name), words))
        return found

    def _that_may_stand(self, text: str, start: int, first: str) -> Iterable[tuple[str, list[str]]]:
        """The full names that begin with this word, longest first, of which the second word may stand behind it."""
        gap = _GAP.match(text, start + len(first))
        letters = _letters_at(text, gap.end()) if gap else ""
        second = {letters, letters.removesuffix("s"), ""}  # a genitive's s is none of the name
        found = sorted(each for other in second for each in self._printed.get((first, other), ()))
        return [(name, words) for _, name, words in found]

    def whole(self, name: str) -> str:
        """The full name of somebody who is called by one of his names, where only one may be meant."""
        if " " in name:
            return self._longer.get(name, name)
        names = self._by_word.get(name.lower(), set())
        return next(iter(names)) if len(names) == 1 else name

    def mentions(self, prose: Prose) -> Iterator[Named]:
        """Where the text names them, in printed order; a full name before a part of it."""
        if not self._marks:
            return
        position = 0
        for start, _ in prose.places(self._marks.keys()):
            if start < position or not prose.text[start].isupper() or not _is_free(prose.text, start):
                continue
            named = self._mention_at(prose, start)
            if named is not None:
                position = named.end
                yield named

    def _mention_at(self, prose: Prose, start: int) -> Named | None:
        text = prose.text
        run = _RUN.match(text, start)
        if run is None:
            return None
        words = self._marks.get(run.group().lower(), [])
        for word in words:
            for name, printed in self._that_may_stand(text, start, word):
                stop = _end_of(text, start, printed)
                if stop:
                    return Named(start, stop, name)
        for word in words:
            end = start + len(word)
            if text[start:end].lower() == word and _CLOSED.match(text, end) and self._is_alone(text, start, end):
                return Named(start, end, self.whole(text[start:end]))
        return None

    def _is_alone(self, text: str, start: int, end: int) -> bool:
        """A first name or surname alone: it fits one person, is no word, and is no part of another name."""
        word = text[start:end]
        names = self._by_word.get(word.lower(), set())
        if len(names) > 1 or word.lower() in name_words() or (not word[1:].islower() and "-" not in word):
            return False
        if self._is_common(text, word.lower()):
            return False
        after, before = _AFTER.match(text, end, end + REACH), _BEFORE.search(text, max(0, start - REACH), start)
        if after and after.group(1)[0].isupper() and not is_out_of_names(after.group(1)):
            return False
        if before and before.group(1)[0].isupper():
            return is_title(before.group(1)) or is_out_of_names(before.group(1))
        return True

    def _is_common(self, text: str, word: str) -> bool:
        """The text has it as a word in lower case too."""
        if word not in self._common:
            self._common[word] = any(True for _ in _words_at(text, word))
        return self._common[word]


def _longer(full: Sequence[str]) -> Iterator[tuple[str, str]]:
    """First names that were printed without the surname ("Jens Ole") and the one full name that begins with them."""
    for name in full:
        if all(map(is_given, name.split())):
            at = bisect_right(full, f"{name} ")
            found = [other for other in full[at : at + 2] if other.startswith(f"{name} ")]
            if len(found) == 1:
                yield name, found[0]


def _letters_at(text: str, position: int) -> str:
    run = _WORD.match(text, position)
    return run.group() if run else ""


def _is_free(text: str, start: int) -> bool:
    """No part of an address, of a longer word, or of a name with a hyphen."""
    return start == 0 or text[start - 1] not in "-_@./'’" or text[max(0, start - 2) : start - 1].isspace()


def _end_of(text: str, start: int, words: list[str]) -> int:
    """Where a name ends whose words stand at ``start``, over line ends too; 0 when it does not stand there."""
    position = start
    for number, word in enumerate(words):
        gap = _GAP.match(text, position) if number else None
        if number and gap is None:
            return 0
        position = gap.end() if gap else position
        if not text.startswith(word, position):
            return 0
        position += len(word)
    return position if _CLOSED.match(text, position) else 0


def _words_at(text: str, word: str) -> Iterator[int]:
    """Where the word stands as it is written here, as a whole."""
    at = text.find(word)
    while at >= 0:
        end = at + len(word)
        if not text[max(0, at - 1) : at].isalnum() and not text[end : end + 1].isalnum():
            yield at
        at = text.find(word, end)
