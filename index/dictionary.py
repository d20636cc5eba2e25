"""The dictionary of the analysis as a file that opens at once: forms to lemmas, and the splitter's lexicon.

Made from simplemma's data (MIT) the first time a language is met, kept in the user's cache folder for every index, and
made anew when the data or the rules differ: nothing derived is shipped, and loading simplemma (seconds, 130 MB) is paid
once on a machine. The file is a table by hash that is mapped into memory, so a look-up touches a page or two.
"""

from __future__ import annotations

import contextlib
import mmap
import struct
import time
import zlib
from array import array
from collections.abc import Mapping
from functools import cached_property, lru_cache
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import msgspec

from corpus.durable import write_whole
from index import lemmas, readings
from index.compounds import BEGINNINGS, SPLITTER_VERSION
from index.members import Members, learn, possible_firsts, possible_lasts
from index.told import told

if TYPE_CHECKING:
    from index._words import Words
    from index.stretches import Stretches

HEAD = struct.Struct("<8sIIIIII")
FORMAT = 7
MAGIC = b"AKTDICT%d" % FORMAT
# Of three slots two are free: a form that is not there is known by one or two looks.
ROOM = 3
# Stands in a record before each further lemma.
ANOTHER = b"\0"
LONGEST_KEY = 255
# Bits by hash of how words begin: some 350,000 beginnings in Danish.
BITS = 1 << 22
# Look-ups remembered: endings and short members come again and again.
REMEMBERED = 1 << 16
KEPT_FOR = 30 * 24 * 3600  # seconds
NOTHING = Members({}, {})


def encode(forms: Mapping[str, str], members: Members, several: Mapping[str, tuple[str, ...]]) -> bytes:
    """The file's bytes: head, slots, a record for each form, how words begin, what can be first and last members, the
    splitter's lexicon. ``several`` has the forms of more lemmas than one, with all of them.

    A slot is where a record begins. A record is three bytes (the length of the form, how many letters its lemma shares
    with it, the length of what follows the form), the form, the rest of the lemma and its further lemmas, whole.
    """
    slots = array("I", bytes(4 * (len(forms) * ROOM + 1)))
    size = len(slots)
    start = HEAD.size + 4 * size
    records = bytearray()
    for form, lemma in forms.items():
        shared = len(lemma) if form.startswith(lemma) else _shared(form, lemma)
        key, rest = form.encode(), lemma[shared:].encode()
        if form in several:
            rest = ANOTHER.join((rest, *(word.encode() for word in several[form][1:])))
        if len(key) > LONGEST_KEY or len(rest) > LONGEST_KEY:
            continue
        slot = zlib.crc32(key) % size
        while slots[slot]:
            slot = slot + 1 if slot + 1 < size else 0
        slots[slot] = start + len(records)
        records += bytes((len(key), shared, len(rest))) + key + rest
    from index.stretches import marks

    # One after the other: each kind is some hundred thousand words.
    kinds = (possible_firsts, possible_lasts) if members.firsts else ()
    tables = [marks(kind(forms, members)) for kind in kinds] or [marks(()), marks(())]
    ends = [_beginnings(forms, members), *tables, msgspec.msgpack.encode(members)]
    begins = list(accumulate(map(len, ends), initial=start + len(records)))
    return b"".join((HEAD.pack(MAGIC, size, *begins), slots.tobytes(), records, *ends))


def _beginnings(forms: Mapping[str, str], members: Members) -> bytes:
    """A bit for each way in which a form, a lemma or a first member begins; others may share it."""
    words = {word for words in (forms, forms.values(), members.firsts) for word in words}
    bits = bytearray(BITS // 8)
    for size in BEGINNINGS:
        for beginning in {word[:size] for word in words if len(word) >= size}:
            number = zlib.crc32(beginning.encode()) % BITS
            bits[number >> 3] |= 1 << (number & 7)
    return bytes(bits)


def _shared(form: str, lemma: str) -> int:
    """How many letters both begin with."""
    at = 0
    for one, other in zip(form, lemma, strict=False):
        if one != other:
            break
        at += 1
    return at


class Dictionary:
    """The dictionary of one language, opened from its file; ``members`` is the splitter's lexicon (Danish only)."""

    def __init__(self, file: BinaryIO) -> None:
        """Raises ValueError for a file that is none, or not whole."""
        self._data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        magic, self._size, *self._begins, length = (
            HEAD.unpack_from(self._data) if len(self._data) >= HEAD.size else (b"", 0, 0)
        )
        if magic != MAGIC or length != len(self._data):
            raise ValueError("this is no dictionary of Akt, or half of one")
        self._slots = memoryview(self._data)[HEAD.size : HEAD.size + 4 * self._size].cast("I")
        self.lemma = lru_cache(maxsize=REMEMBERED)(self._lemma)

    @cached_property
    def members(self) -> Members:
        """The splitter's lexicon."""
        return msgspec.msgpack.decode(memoryview(self._data)[self._begins[3] :], type=Members)

    @cached_property
    def stretches(self) -> Stretches:
        """What looks for members in many words at once. Loads numpy."""
        from index.stretches import Stretches

        firsts, lasts, end = self._begins[1:]
        data = memoryview(self._data)
        return Stretches(data[firsts:lasts], data[lasts:end])

    @cached_property
    def quick(self) -> Words | None:
        """What analyses plain words, where it was compiled (Danish only)."""
        from index import quick

        if not quick.USED or not self.members.firsts:
            return None
        firsts, lasts, end = self._begins[1:]
        return quick.words(self._data, (HEAD.size, self._size, firsts, lasts, end), self.members)

    def begins(self, letters: str) -> bool:
        """False when no form and no lemma begins with these letters, whose number is one of
        :data:`index.compounds.BEGINNINGS`; True when one does, or may."""
        number = zlib.crc32(letters.encode()) % BITS
        return bool(self._data[self._begins[0] + (number >> 3)] >> (number & 7) & 1)

    def _lemma(self, form: str) -> str | None:
        """The likeliest lemma of a lower-case form, in lower case; None for a form that is in no dictionary."""
        found = self.lemmas(form)
        return found[0] if found else None

    def lemmas(self, form: str) -> tuple[str, ...]:
        """All lemmas of a lower-case form, in lower case, the likeliest first; none for one in no dictionary."""
        key = form.encode()
        slot = zlib.crc32(key) % self._size
        while place := self._slots[slot]:
            begin = place + 3
            end = begin + len(key)
            data = self._data
            if data[begin:end] == key and data[place] == len(key):
                first, *further = data[end : end + data[place + 2]].decode().split("\0")
                return (form[: data[place + 1]] + first, *further)
            slot = slot + 1 if slot + 1 < self._size else 0
        return ()


@lru_cache(maxsize=8)
def dictionary(language: str) -> Dictionary:
    """The dictionary of a language (a code of :data:`index.lemmas.LANGUAGES`), made where there is none yet."""
    path = _cache(language)
    if path is not None:
        with contextlib.suppress(OSError, ValueError), path.open("rb") as file:
            return Dictionary(file)
    data = _made(language)
    if path is not None and _kept(path, data):
        with path.open("rb") as file:
            return Dictionary(file)
    from tempfile import TemporaryFile  # seldom needed, and not to hold up a search

    with TemporaryFile() as file:
        file.write(data)
        file.flush()
        return Dictionary(file)


def sources(language: str) -> tuple[dict[str, str], dict[str, tuple[str, ...]]]:
    """All forms of a language with the likeliest lemma of each, and all lemmas of those that have several."""
    forms = lemmas.forms(language)
    if language != lemmas.DANISH:
        return forms, {}
    forms.update(readings.mended(forms, lemmas.corrections()))
    forms.update((form, verbs[0]) for form, verbs in readings.strong().items() if form not in forms)
    several = readings.readings(forms) | lemmas.corrections()
    forms.update((form, first) for form, (first, *_) in several.items())
    return forms, several


def _made(language: str) -> bytes:
    forms, several = sources(language)
    return encode(forms, lexicon(forms) if language == lemmas.DANISH else NOTHING, several)


def lexicon(forms: Mapping[str, str]) -> Members:
    """The splitter's lexicon, learned from a dictionary."""
    members = learn(forms)
    return msgspec.structs.replace(members, told=told(frozenset(forms.values()), forms, members))


def _cache(language: str) -> Path | None:
    """Where the dictionary is kept, by the hash of what it is made of; None where there is no folder of one's own."""
    from platformdirs import user_cache_path

    folder = user_cache_path("akt", appauthor=False)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError:
        return None
    return folder / f"dictionary-{language}-{FORMAT}.{SPLITTER_VERSION}-{lemmas.lexicon_hash()}"


def _kept(path: Path, data: bytes) -> bool:
    """Puts the file in place whole, and takes away those of the language that were made long ago; False where that
    cannot be. (A newer one of other rules may be in use by another version.)"""
    try:
        write_whole(path, data)
    except OSError:
        return False
    with contextlib.suppress(OSError):
        for other in path.parent.glob(path.name.rsplit("-", 2)[0] + "-*"):
            if other != path and time.time() - other.stat().st_mtime > KEPT_FOR:
                other.unlink()
    return True
