"""People: in headers, signatures, greetings and lists of attendance, and where the text names them again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

import msgspec

from corpus.model import Address, Committee, Person, Problem, Record
from pipeline.context import Context
from pipeline.facts.people_greetings import from_greetings, from_slashes
from pipeline.facts.people_known import Known
from pipeline.facts.people_lists import from_fields, from_labels
from pipeline.facts.people_names import Named, behind_titles, is_person
from pipeline.facts.spans import Spans
from pipeline.language import Prose
from pipeline.mail.addresses import display_name, parse_recipients, parse_senders
from pipeline.mail.answers import find_heads
from pipeline.mail.headers import read_block
from pipeline.mail.heads import all_heads
from pipeline.mail.labelled import LABEL_REACH, starts_block
from pipeline.mail.labels import Field, field_of, is_redacted, vocabulary
from pipeline.mail.lines import split_lines
from pipeline.mail.signatures import find_signers, is_untold

FIELDS: tuple[Field, ...] = ("from", "to", "cc")
_CLOSED = re.compile(r":[*_ \t\xa0]*(?:\n|$)")
LONGEST_INTRO = 400


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
    people = from_headers(prose) if has_header_marks(prose) else []
    people += [_person(text, named, context, method="header") for named in (*from_labels(prose), *from_fields(prose))]
    people += from_signatures(prose, context)
    people += [_person(text, named, context, method="salutation") for named in from_greetings(prose)]
    kept: list[Person] = []
    for person in people:
        if not any(person.start < other.end and other.start < person.end for other in kept):
            kept.append(person)
    return sorted(kept, key=lambda person: person.start)


def _person(text: str, named: Named, context: Context, *, method: str) -> Person:
    return Person(
        start=named.start,
        end=named.end,
        text=text[named.start : named.end],
        source=context.source,
        name=named.name,
        role=named.role,
        method=method,  # type: ignore[arg-type]
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


# --- headers --------------------------------------------------------------------------------------------------


@cache
def _verbs() -> frozenset[str]:
    """The last word of what introduces a quoted message: "skrev", "wrote"."""
    endings = (*vocabulary().verbs, *(second for _, second in vocabulary().halves), *vocabulary().entries)
    return frozenset(found[-1] for verb in endings if (found := re.findall(r"[a-zß-öø-ÿ]+", verb)))


def has_header_marks(prose: Prose) -> bool:
    """Whether a header may stand in the text, by what is cheap to see: to read its lines is dear."""
    text = prose.text
    if "@" in text or ">>>" in text:
        return True
    if any(_CLOSED.search(text, end, end + LONGEST_INTRO) for _, end in prose.places(_verbs())):
        return True
    if "|" in text or "\t" in text or "    " in text:
        senders = (word for word, field in vocabulary().labels.items() if field == "from" and word in prose.words)
        if any(_is_cell(text, end) for _, end in prose.places(set(senders))):
            return True
    return _has_sender_label(text)


def _is_cell(text: str, end: int) -> bool:
    return text[end : end + 3].strip(" *")[:1] in ("|", "\t") or text[end : end + 3] == "   "


def _has_sender_label(text: str) -> bool:
    colon = text.find(":")
    while colon >= 0:
        floor = max(0, colon - LABEL_REACH)
        start = max(floor, text.rfind("\n", floor, colon) + 1)
        label = text[start:colon].rpartition("  ")[2] if start == floor else text[start:colon]
        if field_of(label) == "from":
            return True
        colon = text.find(":", colon + 1)
    return False


def from_headers(prose: Prose) -> list[Person]:
    """The sender and recipients named in the first header block of a message's text, in printed order.

    ``name`` is without the parenthesised organisation; addresses alone, offices and redacted names are nobody.
    """
    text = prose.text
    lines = split_lines(text)
    for number, line in enumerate(lines):
        if not starts_block(text, line):
            continue
        block = read_block(text, lines, number)
        if block is not None:
            spans = [(field, span) for field in FIELDS for span in _joined(block.spans.get(field, []))]
            people = [person for field, (start, end) in spans for person in _in_value(text, field, start, end)]
            return sorted(people, key=lambda person: person.start)
    heads = find_heads(text, lines) or all_heads(text, lines)
    for head in heads[:1]:
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
        begin, role = behind_titles(name, 0, len(name))
        name = name[begin:]
        if is_untold(name) or not is_person(name):
            continue
        found = _printed(name).search(text, position, end)
        if found:
            position = found.end()
            yield Person(
                start=found.start(),
                end=found.end(),
                text=found.group(),
                source="header",
                name=name,
                role=role,
                method="header",
            )


def _printed(name: str) -> re.Pattern[str]:
    """The name as it may stand in the text: wrapped over lines, its punctuation escaped for Markdown."""
    return re.compile(r"[\s>]+".join(r"\\*".join(map(re.escape, _pieces(token))) for token in name.split()))


def _pieces(token: str) -> list[str]:
    return [piece for piece in re.split(r"(?=[^\w\s])", token) if piece]
