"""Akt's finders as components of a spaCy pipeline: ``nlp.add_pipe("akt_amounts")`` fills ``doc.spans["amounts"]``.

Registered by the entry points ``spacy_factories`` in setup.cfg; the only module that imports spaCy at the top. spaCy
imports it whenever it makes a pipeline, so the finders are imported when a component is made. What is kept with a
document (``doc.user_data["akt"]``) is plain data, so documents can be pickled and written to bytes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

import msgspec
from spacy.language import Language
from spacy.tokens import Doc, Span

if TYPE_CHECKING:
    from corpus.model import Record
    from pipeline.context import Context
    from pipeline.flow import Flow

KEPT = "akt"
"""The key in ``doc.user_data``: by the settings of the finders, how many stages were run and what they found."""
KINDS: dict[str, tuple[str, int]] = {
    "identifiers": ("identifier", 1),
    "dates": ("date", 1),
    "references": ("reference", 1),
    "amounts": ("amount", 2),
    "ftes": ("fte", 2),
    "committees": ("committee", 3),
    "decisions": ("decision", 3),
    "people": ("person", 3),
}
"""Key in ``doc.spans`` -> the type of its records, and how many stages of finders have run when they are known."""
SETTINGS: dict[str, Any] = {"reference_date": None, "municipality": None, "show_identifiers": False}

Component = Callable[[Doc], Doc]


class Settings(msgspec.Struct, frozen=True):
    """What the finders may know beside the text; ``reference_date`` is an ISO day or None."""

    reference_date: str | None = None
    municipality: str | None = None
    show_identifiers: bool = False

    def key(self) -> str:
        return msgspec.json.encode(self).decode()

    def context(self) -> Context:
        """Raises ValueError for a date that is none."""
        from pipeline.context import Context

        try:
            day = dt.date.fromisoformat(self.reference_date) if self.reference_date else None
        except ValueError:
            raise ValueError(f"reference_date is no day in ISO 8601: {self.reference_date!r}") from None
        return Context(
            reference_date=day, written=day, municipality=self.municipality, show_identifiers=self.show_identifiers
        )


class Facts:
    """Finds the records of some kinds; what an earlier component of the same settings found is not looked for again."""

    def __init__(self, kinds: Sequence[str], settings: Settings) -> None:
        self._kinds, self._settings = kinds, settings
        self._context = settings.context()
        self._stages = max(KINDS[kind][1] for kind in kinds)

    def __call__(self, doc: Doc) -> Doc:
        records = self._records(doc)
        for kind in self._kinds:
            wanted = [(at, record) for at, record in enumerate(records) if record["type"] == KINDS[kind][0]]
            doc.spans[kind] = [span for at, record in wanted if (span := self._span(doc, at, record))]
        return doc

    def _records(self, doc: Doc) -> list[dict[str, Any]]:
        """All records that the stages up to ours find, as plain data.

        A text with quote marks or pages is read without them, from the first stage on: what is found there has its
        place in what is read, and is kept with its printed one.
        """
        from pipeline.extract import FACT_STAGES, find_facts
        from pipeline.flow import flow_of
        from pipeline.language import Prose

        kept = doc.user_data.setdefault(KEPT, {}).setdefault(self._settings.key(), {"stages": 0, "records": []})
        flow = flow_of(doc.text) if kept["stages"] < self._stages else None
        if flow:
            found, _ = find_facts(Prose(flow.text), self._context, stages=FACT_STAGES[: self._stages])
            kept["records"] = msgspec.to_builtins([flow.printed_record(record) for record in found])
            kept["stages"] = self._stages
        elif kept["stages"] < self._stages:
            before: tuple[Record, ...] = tuple(map(_record, kept["records"]))
            taken = tuple((record.start, record.end) for record in before)
            context = msgspec.structs.replace(self._context, found=before, taken=taken)
            found, _ = find_facts(Prose(doc.text), context, stages=FACT_STAGES[kept["stages"] : self._stages])
            kept["records"] += msgspec.to_builtins(found)
            kept["stages"] = self._stages
        records: list[dict[str, Any]] = kept["records"]
        return records

    def _span(self, doc: Doc, at: int, record: dict[str, Any]) -> Span | None:
        return doc.char_span(
            record["start"],
            record["end"],
            label=record["type"],
            span_id=f"{at} {self._settings.key()}",
            alignment_mode="expand",
        )


def record_of(span: Span) -> Record | None:
    """What ``span._.akt`` gives: the record (:mod:`corpus.model`) that the span stands for; None for another span."""
    at, _, settings = span.id_.partition(" ")
    kept = span.doc.user_data.get(KEPT, {}).get(settings)
    return _record(kept["records"][int(at)]) if kept and at.isdigit() and int(at) < len(kept["records"]) else None


def _record(plain: dict[str, Any]) -> Record:
    from corpus.model import AnyRecord

    record: Record = msgspec.convert(plain, AnyRecord)
    return record


def sentences(doc: Doc) -> Doc:
    """Sets where sentences begin: at the first token at or behind each place."""
    from pipeline.flow import flow_of
    from pipeline.language import sentence_starts

    flow = flow_of(doc.text)
    starts = [0, *(_printed_starts(flow) if flow else sentence_starts(doc.text))]
    following = 0
    for token in doc:
        token.is_sent_start = following < len(starts) and starts[following] <= token.idx
        while following < len(starts) and starts[following] <= token.idx:
            following += 1
    return doc


def _printed_starts(flow: Flow) -> list[int]:
    """Where sentences begin in print; what stands amid one that goes on overleaf begins none."""
    from pipeline.language import sentence_starts

    starts = []
    for start in sentence_starts(flow.text):
        place, before = flow.printed_span(start, start)[0], flow.printed_span(start - 1, start)[0]
        if place > before:
            starts.append(place)
    return sorted(starts)


def _facts(kinds: Iterable[str]) -> Callable[..., Component]:
    kinds = tuple(kinds)

    def make(
        nlp: Language, name: str, reference_date: str | None, municipality: str | None, show_identifiers: bool
    ) -> Component:
        return Facts(kinds, Settings(reference_date, municipality, show_identifiers))

    return make


def _register(name: str, kinds: Iterable[str]) -> Callable[..., Component]:
    factory: Callable[..., Component] = Language.factory(
        name, default_config=SETTINGS, assigns=["doc.spans", "span._.akt"], func=_facts(kinds)
    )
    return factory


if not Span.has_extension("akt"):
    Span.set_extension("akt", getter=record_of)

akt_identifiers = _register("akt_identifiers", ["identifiers"])
akt_dates = _register("akt_dates", ["dates"])
akt_references = _register("akt_references", ["references"])
akt_amounts = _register("akt_amounts", ["amounts"])
akt_ftes = _register("akt_ftes", ["ftes"])
akt_committees = _register("akt_committees", ["committees"])
akt_decisions = _register("akt_decisions", ["decisions"])
akt_people = _register("akt_people", ["people"])
akt_facts = _register("akt_facts", KINDS)


@Language.factory("akt_sentences", assigns=["token.is_sent_start", "doc.sents"])
def akt_sentences(nlp: Language, name: str) -> Component:
    """Sentences as Akt cuts them: a final "kr." may end one, "sagsnr." does not."""
    return sentences
