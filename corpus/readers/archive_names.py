"""The names of what lies in an archive: shown safely, unique, and never a place on a disk."""

from __future__ import annotations

import re

from corpus import naming
from corpus.cpr import mask_in_name
from corpus.normalise import composed

LONGEST_COMPONENT = 200
LONGEST_PATH = 1_000
DOS = "cp850"
"""What Windows packs names in, in Western Europe: cp437 but for "ø", whose places hold signs of currencies there."""
_UNSHOWN = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]")
"""Control characters, and what turns the direction of writing or is not seen."""
_DRIVE = re.compile(r"[A-Za-z]:(?=/|[^/])")


def decoded(raw: bytes, otherwise: str) -> str:
    """The bytes of a name as UTF-8, as ``otherwise`` ("cp850", "cp1252") where they are none, else as ``DOS``.

    cp1252 has no letter for five bytes, of which DOS writes "Ø" with one; cp850 has one for every byte.
    """
    for encoding in ("utf-8", otherwise):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode(DOS)


class Names:
    """The names of one archive, in its order."""

    def __init__(self) -> None:
        self._names = naming.Names(mask_in_name)
        self._nameless = 0

    def give(self, raw: str) -> tuple[str, str]:
        """The name to show for a member, and what was wrong with its own ("" for nothing).

        Unique also when CPR numbers in it are masked, which is how it is kept.
        """
        name, wrong = safe_name(raw)
        if not name:
            self._nameless += 1
            name, wrong = f"uden-navn-{self._nameless}", "is empty"
        given = self._names.give(name)
        if given.count(naming.MARK) < name.count(naming.MARK):
            wrong = " and ".join(filter(None, (wrong, f"reads as a place in another member ({naming.MARK})")))
        return given, wrong


def safe_name(raw: str) -> tuple[str, str]:
    """A path of folders and a name with "/", composed (NFC), without what leads out of it or is not seen."""
    wrong = []
    name = composed(raw)
    if _UNSHOWN.search(name):
        wrong.append("holds control characters")
        name = _UNSHOWN.sub("", name)
    name = name.encode("utf-8", "backslashreplace").decode("utf-8").replace("\\", "/")
    rest = _DRIVE.sub("", name, count=1) if _DRIVE.match(name) else name
    components = [each.strip() for each in rest.split("/")]
    if rest != name or name.startswith("/") or ".." in components:
        wrong.append("leads out of the archive")
    kept = [_short(each) for each in components if each not in ("", ".", "..")]
    if any(len(each) > LONGEST_COMPONENT for each in components):
        wrong.append("is very long")
    while len(kept) > 1 and sum(map(len, kept)) + len(kept) > LONGEST_PATH:
        del kept[0]
        wrong.append("is very long")
    return "/".join(kept), " and ".join(dict.fromkeys(wrong))


def told(name: str) -> str:
    """A member's path as a sentence quotes it: of a very long one the end, which tells it from its neighbours."""
    return name if len(name) <= LONGEST_COMPONENT else f"…{name[1 - LONGEST_COMPONENT :]}"


def _short(name: str) -> str:
    if len(name) <= LONGEST_COMPONENT:
        return name
    stem, dot, extension = name.rpartition(".")
    if not dot or len(extension) > 10:
        return name[:LONGEST_COMPONENT]
    return stem[: LONGEST_COMPONENT - len(extension) - 1] + dot + extension
