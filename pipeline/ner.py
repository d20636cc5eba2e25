"""Names of people in running text, by a trained spaCy pipeline that the user has installed (``--ner-model NAME``).

spaCy is imported only when a model is asked for; nothing is ever downloaded.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language

PERSON_LABELS = frozenset(["PER", "PERSON"])
NOT_FOR_NAMES = frozenset(["tagger", "morphologizer", "parser", "senter", "lemmatizer", "attribute_ruler"])
"""Trained components that the finding of names does not need."""
LONGEST = 100_000
"""Characters that are given to the model at once; the text is cut at line ends."""
_MARKS = ' \t\n\xa0*_#|>,;:"”»“«()[]'


class ModelError(Exception):
    """The model cannot be used; the message says why and what to do next."""


class Model:
    """A loaded pipeline. ``name`` is as it was asked for, ``label`` stands in records, ``tag`` in stage versions."""

    def __init__(self, name: str, nlp: Language) -> None:
        called, version = f"{nlp.meta['lang']}_{nlp.meta['name']}", str(nlp.meta["version"])
        self.name = name
        self.label = f"{called} {version}"
        self.tag = f"{called}-{version}"
        self._nlp = nlp

    def people(self, text: str) -> tuple[tuple[int, int], ...]:
        """The spans in which the model sees a person, in order, without the blanks and marks around them."""
        return tuple(
            span
            for start, piece in _pieces(text)
            for entity in self._nlp(piece).ents
            if entity.label_ in PERSON_LABELS
            and (span := _bare(text, start + entity.start_char, start + entity.end_char))
        )


def with_model(version: str, tag: str | None) -> str:
    """The version of an extraction that a model took part in: "akt-extract/16+da_core_news_lg-3.8.0"."""
    return f"{version}+{tag}" if tag else version


@cache
def load_nlp(name: str) -> Model:
    """The installed pipeline of that name, or the one saved in that folder. Raises ModelError; never downloads."""
    import spacy
    from spacy.util import is_package

    if not is_package(name) and not Path(name).is_dir():
        if "/" in name or "\\" in name:
            raise ModelError(f"There is no spaCy pipeline in the folder {name}: give the folder it was saved in.")
        raise ModelError(
            f"The spaCy pipeline {name} is not installed: run `python -m spacy download {name}` "
            "(or `pip install` its wheel) in the environment of akt, and try again."
        )
    try:
        nlp = spacy.load(name)
    except Exception as error:  # whatever a foreign package raises, the user is told which one
        raise ModelError(f"The spaCy pipeline {name} cannot be loaded ({type(error).__name__}: {error}).") from error
    if "ner" in nlp.pipe_names and "entity_linker" not in nlp.pipe_names:
        nlp.disable_pipes(*(pipe for pipe in nlp.pipe_names if pipe in NOT_FOR_NAMES))
    return Model(name, nlp)


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    while start < len(text):
        end = len(text)
        if end - start > LONGEST:
            end = max(text.rfind("\n", start, start + LONGEST), text.rfind(" ", start, start + LONGEST)) + 1
            end = end if end > start else start + LONGEST
        yield start, text[start:end]
        start = end


def _bare(text: str, start: int, end: int) -> tuple[int, int] | None:
    while start < end and text[start] in _MARKS:
        start += 1
    while end > start and text[end - 1] in _MARKS:
        end -= 1
    return (start, end) if start < end else None
