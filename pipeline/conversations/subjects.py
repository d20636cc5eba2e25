"""The base subject: what is left of a subject without the marks of answers, forwards and gateways."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources

import msgspec

_COUNT = r"(?:\s?[\[(^]\d{1,3}[\])]?)?"
_BLANKS = re.compile(r"[\W_]+")


class _Words(msgspec.Struct, frozen=True):
    prefixes: list[str]
    tags: list[str]


@cache
def _mark() -> re.Pattern[str]:
    raw = tomllib.loads(resources.files("pipeline.lexicon").joinpath("mail_subjects.toml").read_text("utf-8"))
    words = msgspec.convert(raw, _Words)
    prefixes, tags = (
        "|".join(map(re.escape, sorted(some, key=len, reverse=True))) for some in (words.prefixes, words.tags)
    )
    return re.compile(rf"\s*(?:(?P<prefix>(?:{prefixes}){_COUNT}\s?[:：])|[\[(](?:{tags})[\])]:?)", re.IGNORECASE)


def base_subject(subject: str | None) -> str:
    """ "SV: [EXTERN] VS: Busdrift – rute 16" -> "busdrift rute 16"; "" for none. Casefolded, words alone."""
    rest, _ = _stripped(subject or "")
    return _BLANKS.sub(" ", rest).strip().casefold()


def is_answer(subject: str | None) -> bool:
    """Whether the subject says that the message answers or forwards another."""
    return _stripped(subject or "")[1]


def _stripped(subject: str) -> tuple[str, bool]:
    """The subject without its marks, and whether one of them was that of an answer or a forward."""
    position, answer = 0, False
    while found := _mark().match(subject, position):
        position, answer = found.end(), answer or found["prefix"] is not None
    return subject[position:], answer
