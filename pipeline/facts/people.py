"""People named in a mail's header and in signatures, as printed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.model import Address, Person, Problem, Record
from pipeline.context import Context
from pipeline.language import Prose
from pipeline.mail.addresses import display_name, parse_recipients, parse_senders
from pipeline.mail.answers import find_heads
from pipeline.mail.headers import read_block
from pipeline.mail.labelled import starts_block
from pipeline.mail.labels import Field, is_redacted
from pipeline.mail.lines import split_lines
from pipeline.mail.signatures import find_signers, is_untold

FIELDS: tuple[Field, ...] = ("from", "to", "cc")


def find(prose: Prose, context: Context) -> tuple[list[Record], list[Problem]]:
    """The people in a part's header (``source`` is "header") and in its signatures. Never any problems."""
    people = {person.start: person for person in from_signatures(prose.text, context)}
    people |= {person.start: person for person in from_headers(prose.text)}
    return [people[start] for start in sorted(people)], []


def from_signatures(text: str, context: Context) -> list[Person]:
    """Who signs below "Med venlig hilsen" and the like, with the title beside or below the name."""
    return [
        Person(
            start=signer.start,
            end=signer.end,
            text=text[signer.start : signer.end],
            source=context.source,
            name=signer.name,
            role=signer.role,
        )
        for signer in find_signers(text)
    ]


def from_headers(text: str) -> list[Person]:
    """The sender and recipients named in the first header block of a message's text, in printed order.

    ``name`` is without the parenthesised organisation; addresses alone and redacted names are nobody.
    """
    lines = split_lines(text)
    for number, line in enumerate(lines):
        if not starts_block(text, line):
            continue
        block = read_block(text, lines, number)
        if block is not None:
            spans = [(field, span) for field in FIELDS for span in _joined(block.spans.get(field, []))]
            people = [person for field, (start, end) in spans for person in _in_value(text, field, start, end)]
            return sorted(people, key=lambda person: person.start)
    for head in find_heads(text, lines)[:1]:
        stretch = lines[head.first].start, lines[head.last].end
        named = [*([head.sender] if head.sender else []), *head.to, *head.cc]
        return list(_printed_names(text, named, *stretch))
    return []


def _joined(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The lines of a value as one stretch of text."""
    return [(spans[0][0], spans[-1][1])] if spans else []


def _in_value(text: str, field: Field, start: int, end: int) -> Iterator[Person]:
    value = text[start:end]
    unquoted = re.sub(r"\n[ \t>]*", "\n", value)
    named = parse_senders(unquoted) if field == "from" else parse_recipients(unquoted)
    yield from _printed_names(text, named, start, end)


def _printed_names(text: str, addresses: list[Address], position: int, end: int) -> Iterator[Person]:
    """The names of these participants where they stand in ``text[position:end]``, one behind the other."""
    for address in addresses:
        name = display_name(address.name or "")
        if not any(character.isalpha() for character in name) or is_redacted(name) or "@" in name or is_untold(name):
            continue
        found = _printed(name).search(text, position, end)
        if found:
            position = found.end()
            yield Person(start=found.start(), end=found.end(), text=found.group(), source="header", name=name)


def _printed(name: str) -> re.Pattern[str]:
    """The name as it may stand in the text: wrapped over lines, its punctuation escaped for Markdown."""
    return re.compile(r"[\s>]+".join(r"\\*".join(map(re.escape, _pieces(token))) for token in name.split()))


def _pieces(token: str) -> list[str]:
    return [piece for piece in re.split(r"(?=[^\w\s])", token) if piece]
