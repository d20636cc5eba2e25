"""Header blocks in running text: "Fra: … Sendt: … Til: … Emne: …" in any order, wrapped, quoted or on one line."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from pipeline.mail.addresses import clean_value
from pipeline.mail.dates import find_sent, parse_sent
from pipeline.mail.labelled import ASIDES
from pipeline.mail.labels import Field, is_redacted, vocabulary
from pipeline.mail.lines import Line
from pipeline.mail.subjects import is_answer
from pipeline.mail.surroundings import is_memo, is_of_mail, is_told
from pipeline.mail.walk import CORE, Span, Walk, named_fields

LONGEST_SENDER = 1000
LONGEST_DATED = 200
LONGEST_RECIPIENT = 70
MOST_NAMES = 4
_CLOCK = re.compile(r"(?:kl\.? )?\d{1,2}[.:]\d\d(?:[.:]\d\d)?")


class Block(msgspec.Struct, frozen=True, kw_only=True):
    """A header block: the lines ``first`` to ``last`` (inclusive); the stretches of the text that make each value.

    ``doubtful``: it may as well be a memo's; a mail's when somebody of another mail in the text takes part in it.
    """

    first: int
    last: int
    start: int
    spans: dict[Field, list[Span]]
    values: dict[Field, str]
    doubtful: bool = False

    @property
    def sent(self) -> str | None:
        """The time of sending in ISO 8601, None where none is printed or it cannot be read.

        A time on a line of its own belongs to it; the time of arrival stands in where no other is printed.
        """
        sent = parse_sent(self.values.get("sent") or self.values.get("received", ""))
        clock = self.values.get("clock", "")
        return parse_sent(f"{sent} {clock}") if sent and "T" not in sent and _CLOCK.fullmatch(clock) else sent


def read_block(text: str, lines: Sequence[Line], first: int, *, introduced: bool = False) -> Block | None:
    """The header block that begins in line ``first``, or None: a form, a timetable or a memo is none.

    ``introduced``: the line before it says that a message follows.
    """
    block = find_block(text, lines, first, introduced=introduced)
    return None if block is None or block.doubtful else block


def read_unsigned(text: str, lines: Sequence[Line], first: int, sender: str) -> Block | None:
    """A header without "Fra:" below a line that names its sender: a readable time, and a recipient or a subject."""
    walk = Walk(text, lines, first)
    walk.run()
    if "from" in walk.spans:
        return None
    values = {field: _value_of(walk, field, spans) for field, spans in walk.spans.items()}
    timed = parse_sent(values.get("sent") or values.get("received", "")) is not None
    if not timed or not (values.get("to") or values.get("subject")):
        return None
    values["from"] = sender
    return Block(first=first, last=walk.last, start=lines[first].start, spans=walk.spans, values=values)


def find_block(text: str, lines: Sequence[Line], first: int, *, introduced: bool = False) -> Block | None:
    """The header block that begins in line ``first``, a doubtful one too."""
    walk = Walk(text, lines, first)
    walk.run()
    if not walk.spans.get("from"):
        return None
    values = {field: _value_of(walk, field, spans) for field, spans in walk.spans.items()}
    _divide_sender(values)
    mail = _is_mail(values, mail_only="sent" in walk.named, introduced=introduced)
    if mail and not introduced and "@" not in _people(values):
        mail = "sent" in walk.named or not (is_memo(lines, first) or is_told(lines, first))
    doubtful = not mail
    if doubtful:
        if not _may_be_mail(values, mail_only="sent" in walk.named) or is_told(lines, first):
            return None
        if is_answer(values.get("subject") or values.get("title", "")):
            doubtful = False
        elif is_memo(lines, first):
            return None
        else:
            doubtful = not is_of_mail(lines, first, walk.printed)
    return Block(
        first=first, last=walk.last, start=lines[first].start, spans=walk.spans, values=values, doubtful=doubtful
    )


def _divide_sender(values: dict[Field, str]) -> None:
    """ "Fra: Bo Berg, 3. marts 2021 kl. 14.05": the time behind the sender is the time of sending."""
    if "sent" in values or not values.get("to") or "subject" not in named_fields(set(values)):
        return
    moment = find_sent(values["from"][:LONGEST_DATED])
    if moment and "T" in moment.iso and moment.end == len(values["from"]):
        name = values["from"][: moment.start].rstrip(" ,;-–|/")
        words = name.split()
        while words and words[-1].casefold().strip(".,") in (vocabulary().openers | vocabulary().weekdays.keys()):
            words.pop()
        if words:
            values["from"], values["sent"] = " ".join(words).rstrip(" ,;-–|/("), moment.iso


def _value_of(walk: Walk, field: Field, spans: Sequence[Span]) -> str:
    """The lines of a value put together; recipients that stand one a line are divided."""
    pieces = [_unquoted(walk.text[start:end]) for start, end in spans]
    if field in ("to", "cc", "bcc") and _is_one_a_line(pieces):
        return clean_value("; ".join(piece for piece in pieces if piece))
    return clean_value("".join(_joint(walk, span) + piece for span, piece in zip(spans, pieces, strict=True)))


def _is_one_a_line(pieces: Sequence[str]) -> bool:
    """Names or addresses, each on a line of its own and none divided from the next by a mark.

    Below a label that stands alone any short line is one; beside the label only full names are.
    """
    inked = [piece.strip(" *_|\t") for piece in pieces if piece.strip(" *_|\t")]
    if len(inked) < 2 or any(";" in piece or piece[-1] == "," or len(piece) > LONGEST_RECIPIENT for piece in inked):
        return False
    if not all((piece[0].isalnum() or is_redacted(piece)) and piece.count("<") == piece.count(">") for piece in inked):
        return False
    alone = not pieces[0].strip(" *_|\t")
    return all(_is_named(piece) or "@" in piece for piece in inked) if alone else all(map(_is_full_name, inked))


def _is_full_name(piece: str) -> bool:
    words = piece.partition("<")[0].split()
    return 2 <= len(words) <= MOST_NAMES and all(word[0].isupper() and word[-1].isalpha() for word in words)


def _joint(walk: Walk, span: Span) -> str:
    """A label that is printed again, "Til: … Til: …", begins a new recipient."""
    return "; " if span in walk.again else " "


def _unquoted(value: str) -> str:
    """A line of a value without the quote marks before it."""
    return value.lstrip(" \t>\\").rstrip(" \t\\")


def _people(values: dict[Field, str]) -> str:
    return " ".join(values.get(field, "") for field in ("from", "to", "cc"))


def _is_mail(values: dict[Field, str], *, mail_only: bool, introduced: bool) -> bool:
    """Is this block of labels a mail's header?

    It has a sender and two other labels (one where a line introduces it), and an address, a time of day, or a date
    behind a label that only mails carry. A memo ("Til: … Fra: … Dato: 3. marts 2020") has none of these. A sender who
    was whited out leaves a label without a value: then all four main labels and a time must be there.
    """
    sender = values["from"]
    fields = named_fields(set(values))
    others = len(values.keys() - ASIDES - {"from"})
    if others < (1 if introduced else 2) or len(sender) > LONGEST_SENDER:
        return False
    printed = parse_sent(values.get("sent") or values.get("received", ""))
    if not sender and not introduced:
        return mail_only and fields >= CORE and printed is not None
    people = _people(values)
    if "@" in people:
        return "subject" in fields or printed is not None or introduced
    if parse_sent(sender) or sender[:1].isdigit():
        return False
    if is_redacted(people) or is_redacted(values.get("sent", "")):
        return CORE - {"sent"} <= fields or introduced or printed is not None
    if printed is None:
        return introduced and others >= 2
    timed = "T" in printed
    return introduced or ("subject" in fields and (mail_only or timed)) or ("to" in values and mail_only and timed)


def _may_be_mail(values: dict[Field, str], *, mail_only: bool) -> bool:
    """Sender, recipient and subject with a date alone, or with the time of sending whited out."""
    sender = values["from"]
    if not named_fields(set(values)) >= CORE or not sender or len(sender) > LONGEST_SENDER:
        return False
    if parse_sent(sender) or not all(_is_named(values[field]) for field in ("from", "to")):
        return False
    return parse_sent(values["sent"]) is not None or (mail_only and not values["sent"])


def _is_named(value: str) -> bool:
    """People and offices have capitals; "kl. 17.00" and "alle" have none."""
    return value.strip(" '\"*")[:1].isupper() or is_redacted(value)
