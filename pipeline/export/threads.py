"""A conversation for people: the timeline, and under each message where it stands and what its copies change."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from corpus.model import Address
from pipeline.conversations.elsewhere import is_of_quotations
from pipeline.conversations.model import Conversation, Difference, Message, SeenIn
from pipeline.conversations.people import printed
from pipeline.export.layout import INDENT, Style, counted, marked, place, wrapped
from pipeline.export.safety import on_one_line

_QUOTE_MARKS = re.compile(r"(?m)^[ \t]*(?:\\?>[ \t]*)+")
PREVIEW = 280  # characters
MOST_PLACES = 6
MOST_DIFFERENCES = 12
MOST_PEOPLE = 8
MOST_MISSING = 10
FURTHER = "`--format jsonl` has all"
DEEP, DEEPER = INDENT + "  ", INDENT + "    "
NAMED = {
    "figure": "figure",
    "date": "date",
    "name": "name",
    "negation": "negation",
    "redaction": "blacked out",
}


def thread_lines(found: Conversation, columns: int, bold: Style | None) -> Iterator[str]:
    """The whole conversation as text; ``bold`` marks what must be seen, where the terminal can."""
    strong: Style = bold or str
    yield strong(wrapped(on_one_line(found.subject or "(no subject)"), columns, "")) + "\n"
    yield "".join(f"{wrapped(line, columns, '')}\n" for line in _about(found))
    yield from (f"{line}\n" for line in _missing(found, columns))
    for note in found.notes:
        yield f"{wrapped(on_one_line(f'note: {note}'), columns, '')}\n"
    for number, message in enumerate(found.messages, start=1):
        yield from _message_lines(number, message, columns, strong, bold)


def _about(found: Conversation) -> Iterator[str]:
    when = " to ".join(dict.fromkeys(_time(sent) for sent in (found.first, found.last) if sent))
    what = f"{counted(len(found.messages), 'message')} in {counted(found.documents, 'document')}"
    yield f"{what}, {when}" if when else what
    quoted = sum(message.quoted for message in found.messages)
    if quoted:
        yield f"known from quotations only: {counted(quoted, 'message')}"
    if found.differing:
        differ = "copy differs" if found.differing == 1 else "copies differ"
        yield f"{found.differing} {differ} from the message as shown: see below"


def _missing(found: Conversation, columns: int) -> Iterator[str]:
    missing = found.not_in_workspace
    if not missing:
        return
    what = counted(len(missing), "message")
    yield wrapped(f"not in the workspace: {what} that these refer to", columns, "")
    for each in missing[:MOST_MISSING]:
        known = f", perhaps the one quoted as {each.quoted_as}" if each.quoted_as else ""
        line = on_one_line(f"{each.message_id}, named by {', '.join(each.wanted_by[:3])}{known}")
        yield wrapped(line, columns, "  ")
    if len(missing) > MOST_MISSING:
        yield wrapped(f"and {len(missing) - MOST_MISSING} more: {FURTHER}", columns, "  ")


def _message_lines(number: int, message: Message, columns: int, strong: Style, bold: Style | None) -> Iterator[str]:
    when = _time(message.sent) if message.sent else "undated"
    who = on_one_line(printed(message.sender)) or "(no sender)"
    yield f"\n{strong(wrapped(f'{number}. {when}  {who}  [{message.id}]', columns, ''))}\n"
    for label, people in (("to", message.to), ("cc", message.cc)):
        if people:
            yield f"{wrapped(f'{label} {_people(people)}', columns)}\n"
    if message.subject:
        yield f"{wrapped(on_one_line(message.subject), columns)}\n"
    for mark, preview in _previews(message):
        if not preview:
            continue
        yield f"{wrapped(preview, columns, DEEP + mark)}\n"
    if message.missing:
        missing = counted(len(message.missing), "message")
        yield f"{wrapped(f'refers to {missing} not in the workspace', columns)}\n"
    unsure = is_of_quotations(message)
    if unsure:
        yield f"{wrapped('quotations only, which differ: none is known to be the original', columns)}\n"
    yield from _places(message.seen_in, columns, bold, unsure=unsure)


def _previews(message: Message) -> Iterator[tuple[str, str]]:
    """The first words, without the marks of a quotation; of answers between quoted lines each stretch by itself.

    What is quoted there has "> " in front, so that nobody is made to say what somebody else wrote.
    """
    if not message.inline:
        yield "", _shortened(_QUOTE_MARKS.sub("", message.text[: 2 * PREVIEW]), more=len(message.text) > 2 * PREVIEW)
        return
    left = PREVIEW
    for mark, said in _stretches(message.text):
        if left <= 0:
            yield "", "…"
            return
        words = on_one_line(said)
        yield mark, words if len(words) <= left else _cut(words, left)
        left -= len(words)


def _stretches(text: str) -> Iterator[tuple[str, str]]:
    """The lines of a text gathered by whether they are quoted more deeply than the rest."""
    lines = [(_QUOTE_MARKS.match(line), line) for line in text.split("\n") if line.strip(" \t>\\")]
    told = [(mark[0].count(">") if mark else 0, line[mark.end() :] if mark else line) for mark, line in lines]
    outer = min((depth for depth, _ in told), default=0)
    for quoted, group in groupby(told, lambda each: each[0] > outer):
        yield "> " if quoted else "", "\n".join(line for _, line in group)


def _shortened(text: str, *, more: bool) -> str:
    words = on_one_line(text)
    return words if len(words) <= PREVIEW and not more else _cut(words, PREVIEW)


def _cut(words: str, room: int) -> str:
    return f"{words[:room].rpartition(' ')[0] or words[:room]} …"


def _places(seen: Sequence[SeenIn], columns: int, bold: Style | None, *, unsure: bool) -> Iterator[str]:
    """The best place and every copy that differs; of those that do not, a few. ``unsure``: none is the original."""
    plain = 0
    for copy in seen:
        plain += not copy.differences
        if copy.differences or plain <= MOST_PLACES:
            yield f"{wrapped(f'seen in {_place(copy)}', columns)}\n"
            yield from _difference_lines(copy.differences, columns, bold, unsure=unsure)
    if plain > MOST_PLACES:
        yield f"{wrapped(f'and in {plain - MOST_PLACES} more without a difference: {FURTHER}', columns)}\n"


def _place(copy: SeenIn) -> str:
    quoted = ", quoted in part" if copy.partial else ", quoted" if copy.quoted else ""
    also = f" (also {on_one_line(', '.join(copy.also_in))})" if copy.also_in else ""
    return f"{place(copy.path, copy.page)}{quoted}  [{copy.id}]{also}"


def _difference_lines(
    differences: Sequence[Difference], columns: int, bold: Style | None, *, unsure: bool
) -> Iterator[str]:
    """What touches a figure, a date, a name or a negation comes first, for it must be seen."""
    ordered = sorted(differences, key=lambda each: not each.touches)
    for each in ordered[:MOST_DIFFERENCES]:
        yield f"{_difference_line(each, columns, bold, unsure=unsure)}\n"
    if len(ordered) > MOST_DIFFERENCES:
        yield f"{wrapped(f'and {len(ordered) - MOST_DIFFERENCES} more differences: {FURTHER}', columns, DEEPER)}\n"


def _difference_line(each: Difference, columns: int, bold: Style | None, *, unsure: bool) -> str:
    touched = ", ".join(NAMED[touch] for touch in each.touches)
    kind = "differs in" if unsure and each.kind == "changes" else each.kind  # which one was changed is not known
    label = f"{kind} {each.where if each.where != 'text' else touched}".strip()
    if each.touches:
        label = label.upper()
    head = f"{label}: {each.before} " if each.before else f"{label}: "
    return _joined(head, each, columns, bold, " / " if unsure else " -> ")


def _joined(head: str, each: Difference, columns: int, bold: Style | None, between: str) -> str:
    """ "CHANGES FIGURE: bevilger «413.000» -> «900.000» kr. til" with the words of both sides marked."""
    text, spans = on_one_line(head) + " ", []
    for words, arrow in ((each.original, ""), (each.copy, between if each.original else "")):
        clean = on_one_line(words)
        if clean:
            text += arrow
            spans.append((len(text), len(text) + len(clean)))
            text += clean
    if each.after:
        text += f"{'' if each.after[0] in '.,;:!?)' else ' '}{on_one_line(each.after)}"
    body = marked(text, spans, max(columns - len(INDENT), 24), bold)
    return "\n".join(f"{INDENT}{line}" for line in body.split("\n"))


def _people(people: Sequence[Address]) -> str:
    named = [on_one_line(person.name or person.address or "") for person in people]
    more = f" and {len(named) - MOST_PEOPLE} more" if len(named) > MOST_PEOPLE else ""
    return f"{'; '.join(named[:MOST_PEOPLE])}{more}"


def _time(sent: str) -> str:
    """ "2024-03-18T08:12:00+01:00" as a person reads it; an offset other than the Danish ones stays."""
    local, offset = sent[:16].replace("T", " "), sent[19:] if len(sent) > 19 else sent[16:]
    return f"{local} {offset}" if offset and offset[:1] in "+-" and offset not in ("+01:00", "+02:00") else local
