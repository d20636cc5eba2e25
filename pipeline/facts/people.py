"""People: in headers, signatures, greetings and lists of attendance, and where the text names them again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

import msgspec

from corpus.model import Committee, Person, Problem, Record, Source
from pipeline.context import Context
from pipeline.facts.persons.greetings import from_greetings, from_letter_heads, from_slashes, may_sign_alone
from pipeline.facts.persons.headers import from_headers
from pipeline.facts.persons.known import Known
from pipeline.facts.persons.lists import from_fields, from_labels, labelled
from pipeline.facts.persons.names import Named
from pipeline.facts.spans import Spans
from pipeline.language import Prose
from pipeline.mail.labels import is_redacted
from pipeline.mail.signatures import find_signers, title_beside

_ENDS_NAME = frozenset("\n,*_")  # what may follow a name that has its title beside it
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
        _person(prose.text, _titled(prose.text, named), "thread", context.source)
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
    people: list[Person] = []
    for number, (method, named) in enumerate(prose.once(_named)):
        source = context.source if number else "header"
        taken = Spans((person.start, person.end) for person in people)
        end = 0
        for each in sorted(named, key=lambda each: each.start):
            if each.start >= end and not taken.overlap(each.start, each.end):
                people.append(_person(text, each, method, source))
                end = each.end
    return sorted(people, key=lambda person: person.start)


def _named(prose: Prose) -> list[tuple[Method, Sequence[Named]]]:
    """All who are named, those in headers first; the same one may be named in more than one way."""
    labels = list(labelled(prose.text))
    return [
        ("header", from_headers(prose, labels)),
        ("header", [*from_labels(prose, labels), *from_fields(prose.text, labels)]),
        ("signature", _signers(prose)),
        ("salutation", from_greetings(prose)),
        ("header", from_letter_heads(prose)),
    ]


def _titled(text: str, named: Named) -> Named:
    """With the title, where the name in full begins a line as in a signature."""
    if text[named.end : named.end + 1] not in _ENDS_NAME or " " not in named.name:
        return named
    return msgspec.structs.replace(named, role=title_beside(text, named.start, named.end))


def _signers(prose: Prose) -> list[Named]:
    signers = [Named(signer.start, signer.end, signer.name, signer.role) for signer in find_signers(prose)]
    signers = [each for each in signers if " " in each.name or may_sign_alone(each.name)]
    return [*signers, *from_slashes(prose)]


def _person(text: str, named: Named, method: Method, source: Source) -> Person:
    """The title beside the name, where there is one, is its ``role``."""
    return Person(
        start=named.start,
        end=named.end,
        text=text[named.start : named.end],
        source=source,
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
