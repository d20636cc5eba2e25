"""Headers without "Fra:": how Gmail, Outlook on the web, the new Outlook and Lotus Notes print a message.

Bo Berg <bo@fjordby.example>          3. mar. 2021 kl. 14.05          Fra Bo Berg <bo@fjordby.example>
Til: Anne Holm <anne@lyngsoe.example>                                 Dato on 03-03-2021 14:05
                                                                      Til Anne Holm <anne@lyngsoe.example>
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from corpus.model import Address
from pipeline.mail.addresses import clean_value, parse_address
from pipeline.mail.dates import parse_sent
from pipeline.mail.inner import merged
from pipeline.mail.intros import is_rule
from pipeline.mail.labelled import is_greeting
from pipeline.mail.labels import Field, field_of, vocabulary
from pipeline.mail.lines import Line, next_inked
from pipeline.mail.subjects import is_answer

LONGEST = 300
_CLOCK = re.compile(r"(?:kl\.?\s?)?\d{1,2}[.:]\d\d")
LONGEST_NAME = 80
LONGEST_TIME = 40
MOST_LINES = 60
LONGEST_SUBJECT = 200
MOST_ABOVE = 3
MOST_WORDS = 5
LONGEST_INITIALS = 3
LONGEST_LABEL = 12
_WANTED: frozenset[Field] = frozenset(["sent", "date", "to", "cc", "bcc", "subject", "attachments"])
_PEOPLE: frozenset[Field] = frozenset(["to", "cc", "bcc"])


class Printed(msgspec.Struct, frozen=True, kw_only=True):
    """A printed header, lines ``first`` to ``last`` (inclusive)."""

    first: int
    last: int
    sender: Address
    sent: str
    values: dict[Field, str]


def read_print(lines: Sequence[Line], first: int) -> Printed | None:
    """The header that begins in line ``first``: name with address, time of day, and at least one recipient below.

    All three are asked for, in this order: a list of contacts or a log is no header.
    """
    content = lines[first].content
    if ">" not in content or not 6 < len(content) <= LONGEST or content.count("@") != 1:
        return (_read_stacked(lines, first) or _read_wrapped(lines, first)) if " " in content else None
    field, value = _labelled(content)
    if field not in (None, "from"):
        return None
    head, _, behind = clean_value(value if field else content).partition(">")
    sender = parse_address(f"{head}>") if "<" in head else None
    if sender is None or not sender.name or not sender.address:
        return None
    sent, last = _time(lines, first, behind)
    values, last = _fields(lines, last)
    sent = sent or parse_sent(values.get("sent", ""))
    if sent is None and values:
        sent, last = _time(lines, last, "")
    if sent is None or "T" not in sent or "to" not in values:
        return None
    return Printed(first=first, last=last, sender=sender, sent=sent, values=values)


def _read_stacked(lines: Sequence[Line], first: int) -> Printed | None:
    """Lotus Notes and webmail: a name, the time below it, then each label alone above its value, or "Til: Bo Berg"."""
    name = lines[first].content
    below = next_inked(lines, first, 0) if len(name) <= LONGEST_NAME else None
    if below is None or not may_be_time(lines[below].content):
        return None
    if _labelled(name)[0] is not None:
        return None
    sent, sender = parse_sent(lines[below].content), parse_address(name)
    if sent is None or "T" not in sent or sender is None or parse_sent(name) is not None:
        return None
    values, last = _stacked_fields(lines, below)
    if {"to", "subject"} <= values.keys():
        return Printed(first=first, last=last, sender=sender, sent=sent, values=values)
    if not _is_name(name):
        return None
    if "@" not in values.get("to", ""):
        values, last = _fields(lines, below)
        labelled = below + 1 < len(lines) and ":" in lines[below + 1].content
        if not labelled or not values.get("to", "")[:1].isupper():
            return None
    return Printed(first=first, last=last, sender=sender, sent=sent, values=values)


def _read_wrapped(lines: Sequence[Line], first: int) -> Printed | None:
    """Gmail's two columns, each wrapped: name and address left, the time right of them.

    Bo Berg <bo.berg@fjordby- 3. marts 2021 kl.
    kommune.example> 14.05
    """
    below = next_inked(lines, first, 0)
    if below is None or len(lines[first].content) > LONGEST or lines[below].content.count(">") != 1:
        return None
    left, _, right = lines[below].content.partition(">")
    upper = lines[first].content
    opened = upper.find("<")
    if opened < 0 and not left.startswith("<"):
        return None
    joint = "" if opened >= 0 else " "
    for at in range(max(opened, 1), len(upper) + 1):
        if at < len(upper) and not (upper[at] == " " and _opens_time(upper[at + 1 :])):
            continue
        sent = parse_sent(f"{upper[at:]} {right}")
        sender = parse_address(f"{upper[:at]}{joint}{left}>") if sent and "T" in sent else None
        if sent is None or sender is None or not sender.name or not sender.address or " " in sender.address:
            continue
        values, last = _fields(lines, below)
        named = not any(map(str.isdigit, sender.name))
        return (
            Printed(first=first, last=last, sender=sender, sent=sent, values=values)
            if named and "to" in values
            else None
        )
    return None


def _opens_time(printed: str) -> bool:
    """Whether a word begins a time: a number or a weekday."""
    word = printed.partition(" ")[0].strip(".,").casefold()
    return word[:1].isdigit() or word in vocabulary().weekdays


def may_be_time(content: str) -> bool:
    """A short line with a digit that begins as a time does."""
    return len(content) <= LONGEST_TIME and content[:1].isalnum() and any(map(str.isdigit, content))


def _is_name(printed: str) -> bool:
    """ "Bo Berg", "Teknik og Miljø": a few words, the first and the last with a capital."""
    words = printed.split()
    return 2 <= len(words) <= MOST_WORDS and words[0][0].isupper() and words[-1][0].isupper() and printed[-1].isalpha()


def _stacked_fields(lines: Sequence[Line], last: int) -> tuple[dict[Field, str], int]:
    values: dict[Field, str] = {}
    current: Field | None = None
    number = next_inked(lines, last, 3)
    while number is not None and number - last < MOST_LINES:
        content = lines[number].content
        field = field_of(content.rstrip(":"))
        if field in _WANTED and field not in values:
            current, values[field] = field, ""
        elif current is None or (values[current] and not values[current].endswith((",", ";"))):
            break
        else:
            values[current] = f"{values[current]} {content}".strip()
        last = number
        number = next_inked(lines, number, 3)
    return values, last


def _time(lines: Sequence[Line], first: int, behind: str) -> tuple[str | None, int]:
    """The time behind the address, or alone in the next line; None where it may stand behind a label further down."""
    if behind.strip():
        sent = parse_sent(behind)
        torn = next_inked(lines, first, 0) if sent and "T" not in sent else None
        clock = lines[torn].content if torn is not None else ""
        if torn is not None and _CLOCK.fullmatch(clock):  # "3. marts 2021 kl.", and on the next line "14.05"
            return parse_sent(f"{behind} {clock}"), torn
        return sent, first
    below = next_inked(lines, first, 1)
    if below is None or len(lines[below].content) > 80 or "@" in lines[below].content:
        return None, first
    sent = parse_sent(lines[below].content)
    return sent, below if sent else first


def _fields(lines: Sequence[Line], last: int) -> tuple[dict[Field, str], int]:
    values: dict[Field, str] = {}
    current: Field | None = None
    for number in range(last + 1, min(len(lines), last + MOST_LINES)):
        content = lines[number].content
        if lines[number].noise:
            continue
        field, value = _labelled(content)
        field = merged(field) if field else None
        if field in _WANTED and field not in values and _is_value(field, content, value, values):
            current = field
            values[current] = value
        elif current in _PEOPLE and content and (values[current].endswith((";", ",")) or _is_addressed(content)):
            values[current] += " " + content
        elif content or values:
            break
        else:
            continue
        last = number
    return values, last


def _is_value(field: Field, content: str, value: str, values: dict[Field, str]) -> bool:
    """Is this a labelled value? Behind a colon it is; else an address or a time shows it, and the subject is below."""
    if ":" in content[: len(content) - len(value)]:
        return True
    if field == "sent":
        return parse_sent(value) is not None
    return "@" in value or (field == "subject" and {"to", "sent"} <= values.keys())


def _labelled(content: str) -> tuple[Field | None, str]:
    """The label that begins a line, with a colon or only a blank behind it, and the rest."""
    bare = content.lstrip("*_ ")
    colon = bare[:40].find(":")
    if colon > 0:
        field = field_of(bare[:colon])
        if field:
            return field, bare[colon + 1 :].strip("*_ ")
    first, _, rest = bare.partition(" ") if "\t" not in bare[:20] else bare.partition("\t")
    return field_of(first), rest.strip("*_ \t")


def _is_addressed(content: str) -> bool:
    return "<" in content and "@" in content


def is_printed(lines: Sequence[Line], first: int) -> bool:
    """True for a header whose first line is a name or an address without a label and a colon."""
    content = lines[first].content
    return _labelled(content)[0] is None or ":" not in content[:LONGEST_LABEL]


def subject_above(lines: Sequence[Line], first: int, floor: int) -> int | None:
    """The line with the subject above a printed header without one; None where there is none.

    It stands right above, or above "2 meddelelser". An answer's subject shows itself; another one is believed only
    where nothing but the print's own head is above it, at the beginning of the text or of a page.
    """
    above = _above(lines, first, floor)
    if above is not None and (_counts_messages(lines[above].content) or _is_initials(lines[above].content)):
        above = _above(lines, above, floor)
    if above is None or not _may_be_subject(lines[above].content):
        return None
    if is_answer(lines[above].content):
        return above
    more = [number for number in range(floor, above) if not lines[number].blank]
    begins = floor == 0 and len(more) <= MOST_ABOVE and all(_may_be_title(lines[number].content) for number in more)
    return above if begins or (above > floor and lines[above - 1].noise) else None


def _above(lines: Sequence[Line], number: int, floor: int) -> int | None:
    for above in range(number - 1, max(number - 4, floor - 1), -1):
        if not lines[above].blank:
            return above
    return None


def _may_be_subject(content: str) -> bool:
    apart = "  " in content or "\t" in content
    return (
        not apart
        and _may_be_title(content)
        and "@" not in content
        and not is_rule(content)
        and any(map(str.isalpha, content))
    )


def _may_be_title(content: str) -> bool:
    """No label, no greeting and no sentence of a reply."""
    ended = content.endswith((".", "!", ":", ",")) and not is_answer(content)
    return len(content) <= LONGEST_SUBJECT and not ended and not is_greeting(content) and _labelled(content)[0] is None


def _is_initials(content: str) -> bool:
    """ "BB", the picture of a sender who has none."""
    return len(content) <= LONGEST_INITIALS and content.isalpha() and content.isupper()


def _counts_messages(content: str) -> bool:
    number, _, word = content.partition(" ")
    return number.isdigit() and word.strip(" .()").casefold() in vocabulary().message_words
