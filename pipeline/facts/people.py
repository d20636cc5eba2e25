"""People: in headers, signatures, greetings and lists of attendance, and where the text names them again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

import msgspec

from corpus.model import Committee, Person, Problem, Record, Source
from pipeline.context import Context
from pipeline.facts.people_greetings import from_greetings, from_slashes
from pipeline.facts.people_headers import from_headers
from pipeline.facts.people_known import Known
from pipeline.facts.people_lists import from_fields, from_labels, labelled
from pipeline.facts.people_names import Named
from pipeline.facts.spans import Spans
from pipeline.language import Prose
from pipeline.mail.labels import is_redacted
from pipeline.mail.signatures import find_signers

Method = Literal["header", "signature", "salutation", "thread", "ner"]


def find(prose: Prose, context: Context) -> tuple[list[Record], list[Problem]]:
    """The people of a text. Never any problems.

    Names that the text itself or ``context.known_people`` introduced are found in running text too, and those that a
    trained model told (``context.named``) where no rule found anything.
    """
    own = introduced(prose, context)
    known = Known([*context.known_people, *(person.name for person in own)])
    people = [_with_name(person, known.whole(person.name)) for person in own]
    taken = Spans([*((person.start, person.end) for person in people), *context.taken])
    people += [
        _person(prose.text, named, context, method="thread")
        for named in known.mentions(prose)
        if not taken.overlap(named.start, named.end)
    ]
    people += _told(prose.text, people, context)
    return [*sorted(people, key=lambda person: person.start)], []


def names_of(proses: Sequence[Prose]) -> tuple[str, ...]:
    """The names that the parts of a document introduce, for ``Context.known_people``."""
    return tuple(sorted({person.name for prose in proses for person in introduced(prose, Context())}))


def introduced(prose: Prose, context: Context) -> list[Person]:
    """The people whom headers, signatures, greetings and lists name, in printed order; none overlap."""
    text = prose.text
    labels = list(labelled(text))
    people = [_person(text, named, context, method="header", source="header") for named in from_headers(prose, labels)]
    listed = (*from_labels(prose, labels), *from_fields(text, labels))
    people += [_person(text, named, context, method="header") for named in listed]
    people += from_signatures(prose, context)
    people += [_person(text, named, context, method="salutation") for named in from_greetings(prose)]
    kept: list[Person] = []
    for person in people:
        if not any(person.start < other.end and other.start < person.end for other in kept):
            kept.append(person)
    return sorted(kept, key=lambda person: person.start)


def _person(text: str, named: Named, context: Context, *, method: Method, source: Source | None = None) -> Person:
    return Person(
        start=named.start,
        end=named.end,
        text=text[named.start : named.end],
        source=source or context.source,
        name=named.name,
        role=named.role,
        method=method,
    )


def _with_name(person: Person, name: str) -> Person:
    return person if person.name == name else msgspec.structs.replace(person, name=name)


def _told(text: str, people: Iterable[Person], context: Context) -> Iterator[Person]:
    """Whom the trained model named, where neither a rule named somebody nor another fact stands."""
    others = (record for record in context.found if isinstance(record, Committee))
    taken = Spans([*((each.start, each.end) for each in (*people, *others)), *context.taken])
    for start, end in context.named:
        name = " ".join(text[start:end].split())
        if not taken.overlap(start, end) and any(map(str.isalpha, name)) and not is_redacted(name):
            yield Person(
                start=start,
                end=end,
                text=text[start:end],
                source="text",
                name=name,
                method="ner",
                model=context.model,
            )


def from_signatures(prose: Prose, context: Context) -> list[Person]:
    """Who signs below "Med venlig hilsen" and the like, with the title beside or below the name."""
    signers = [Named(signer.start, signer.end, signer.name, signer.role) for signer in find_signers(prose)]
    return [_person(prose.text, each, context, method="signature") for each in (*signers, *from_slashes(prose))]
