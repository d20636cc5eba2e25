"""The forms in which numbers and names are compared: the same on the side that cites and on the side that is cited."""

from __future__ import annotations

import re

from corpus.cpr import mask, mask_digits

LONGEST_KEY = 60
FEWEST_DIGITS = 4
"""A case number of fewer digits ("sag 12") is a running number of one meeting."""

_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))
_BLANKS = re.compile(r"\s+")
_NOUGHTS = re.compile(r"(?<!\d)0+(?=\d)")
_INNER_DASH = re.compile(r"(?<=[a-zæøå])-(?=\d)")
_SUBJECT_CODE = re.compile(r"\d{2}\.\d{2}\.\d{2}(?:[a-zæøå]\d{2})?")
_NO_LETTER = re.compile(r"[\W_]+")


def case_key(value: str) -> str | None:
    """A case number as it is looked up: case, kinds of dashes and blanks do not count, noughts do.

    None for what is no number of one case: a KLE subject ("82.02.00G10") is that of many, and a CPR number is a person.
    """
    key = _BLANKS.sub("", value).translate(_DASHES).casefold().strip(".-/")
    digits = sum(character.isdigit() for character in key)
    if digits < FEWEST_DIGITS or len(key) > LONGEST_KEY or _SUBJECT_CODE.fullmatch(key) or _is_personal(key):
        return None
    return key


def _is_personal(key: str) -> bool:
    """Whether a number is, or may be, a CPR number; in the text it is masked already."""
    return "xxxx" in key or mask(key) != key or mask_digits(key) != key


def proposal_key(value: str) -> str | None:
    """A proposal's number as it is looked up: "BL-07" and "BL 7" are "bl7"."""
    key = _BLANKS.sub("", value).translate(_DASHES).casefold()
    key = _NOUGHTS.sub("", _INNER_DASH.sub("", key))
    return key if len(key) <= LONGEST_KEY and any(map(str.isdigit, key)) else None


def body_key(name: str | None) -> str | None:
    """A political body's name as it is compared."""
    return _NO_LETTER.sub("", name or "").casefold() or None


def item_key(number: str, meeting: str | None) -> str:
    """An agenda item: its number and the day or the body of the meeting ("" where neither is known)."""
    return f"{_NOUGHTS.sub('', number.strip().casefold())}@{meeting or ''}"
