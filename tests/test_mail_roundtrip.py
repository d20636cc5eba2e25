"""Threads rendered from random messages, as mail programs in seven languages print them, give the messages back."""

from __future__ import annotations

import datetime as dt
import os
import tomllib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from corpus.model import Address, Message
from corpus.reading import Reading
from pipeline.mail.threads import split_thread

EXAMPLES = int(os.environ.get("MAIL_EXAMPLES", "0"))
"""``MAIL_EXAMPLES=1000 pytest tests/test_mail_roundtrip.py`` tries so many random threads, else the same sixty."""
tried = settings(max_examples=EXAMPLES or 60, deadline=None, derandomize=not EXAMPLES)

Pair = tuple[str | None, str | None]


class Mail(NamedTuple):
    """A message to be rendered."""

    sender: Pair
    moment: dt.datetime
    to: list[Pair]
    cc: list[Pair]
    subject: str
    body: list[str]


class Dialect(NamedTuple):
    """How a program prints what stands above a message: its lines, and whether the message is quoted below them."""

    lines: Callable[[Mail], list[str]]
    quoted: bool
    head_quoted: bool = False
    fields: frozenset[str] = frozenset(["to", "cc", "subject"])


LANGUAGES: dict[str, dict[str, list[str]]] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
WORDS = {language: words["labels"] for language, words in LANGUAGES.items()}
MONTHS = {language: words["months"] for language, words in LANGUAGES.items()}
DAYS = {language: words["days"] for language, words in LANGUAGES.items()}


def long_date(language: str, moment: dt.datetime) -> str:
    day, month = DAYS[language][moment.weekday()], MONTHS[language][moment.month - 1]
    if language == "en":
        return f"{day}, {month} {moment.day}, {moment.year} {moment:%I:%M %p}".replace(" 0", " ")
    dot = "" if language in ("sv", "fr") else "."
    joint = {"da": " den ", "de": ", "}.get(language, " ")
    return f"{day}{joint}{moment.day}{dot} {month} {moment.year} {moment:%H:%M}"


def person(pair: Pair) -> str:
    name, address = pair
    return f"{name} <{address}>" if name and address else name or address or ""


def outlook(language: str, *, rule: bool = False, dashes: bool = False, blank: bool = False) -> Dialect:
    sender, sent, _, to, cc, subject, _, original = WORDS[language]

    def lines(mail: Mail) -> list[str]:
        block = [
            f"{sender}: {person(mail.sender)}",
            f"{sent}: {long_date(language, mail.moment)}",
            f"{to}: {'; '.join(map(person, mail.to))}",
            *([f"{cc}: {'; '.join(map(person, mail.cc))}"] if mail.cc else []),
            f"{subject}: {mail.subject}",
        ]
        if blank:
            block = [line for each in block for line in (each, "")]
        above = ["_" * 32] if rule else [f"-----{original}-----"] if dashes else []
        return [*above, *block, ""]

    return Dialect(lines, quoted=False)


def wrapped_outlook(language: str) -> Dialect:
    """Recipients one to a line, as some programs wrap them."""
    sender, sent, _, to, cc, subject, _, _ = WORDS[language]

    def people(label: str, pairs: Sequence[Pair]) -> list[str]:
        first, *rest = [person(pair) + ";" for pair in pairs]
        return [f"{label}:\t{first}", *rest]

    def lines(mail: Mail) -> list[str]:
        return [
            f"{subject}:\t{mail.subject}",
            f"{sender}:\t{person(mail.sender)}",
            *people(to, mail.to),
            *(people(cc, mail.cc) if mail.cc else []),
            f"{sent}:\t{mail.moment:%d-%m-%Y %H:%M}",
            "",
        ]

    return Dialect(lines, quoted=False)


def apple(language: str) -> Dialect:
    sender, _, date, to, cc, subject, forwarded, _ = WORDS[language]

    def lines(mail: Mail) -> list[str]:
        clock = {"da": "kl. ", "no": "kl. ", "de": "um ", "en": "at ", "fi": "klo ", "fr": "à "}.get(language, "")
        dot = "" if language in ("sv", "fr", "en") else "."
        month = MONTHS[language][mail.moment.month - 1]
        return [
            f"{forwarded}:",
            "",
            f"{sender}: {person(mail.sender)}",
            f"{subject}: {mail.subject}",
            f"{date}: {mail.moment.day}{dot} {month} {mail.moment.year} {clock}{mail.moment:%H.%M}",
            f"{to}: {', '.join(map(person, mail.to))}",
            *([f"{cc}: {', '.join(map(person, mail.cc))}"] if mail.cc else []),
            "",
        ]

    return Dialect(lines, quoted=True, head_quoted=True)


def markdown(language: str) -> Dialect:
    sender, sent, _, to, cc, subject, _, _ = WORDS[language]

    def link(pair: Pair) -> str:
        name, address = pair
        return f"{name} <[{address}](mailto:{address})>" if name and address else person(pair)

    def lines(mail: Mail) -> list[str]:
        return [
            f"**{sender.strip()}:** {link(mail.sender)}  ",
            f"**{sent.strip()}:** {long_date(language, mail.moment)}  ",
            f"**{to.strip()}:** {'; '.join(map(link, mail.to))}  ",
            *([f"**{cc.strip()}:** {'; '.join(map(link, mail.cc))}  "] if mail.cc else []),
            f"**{subject.strip()}:** {mail.subject}",
            "",
        ]

    return Dialect(lines, quoted=False)


INTROS: dict[str, Callable[[str, dt.datetime, str], str]] = {
    "da": lambda who, at, month: f"Den {at.day}. {month} {at.year} kl. {at:%H.%M} skrev {who}:",
    "da-numeric": lambda who, at, _: f"Den {at:%d.%m.%Y %H.%M}, skrev {who} følgende:",
    "no": lambda who, at, month: f"{at.day}. {month} {at.year} kl. {at:%H:%M} skrev {who}:",
    "no-following": lambda who, at, _: f"{who} skrev følgende den {at:%d.%m.%Y %H:%M}:",
    "sv": lambda who, at, month: f"Den {at.day} {month} {at.year} kl. {at:%H:%M} skrev {who}:",
    "en": lambda who, at, month: f"On {month} {at.day}, {at.year}, at {at:%I:%M %p}, {who} wrote:",
    "de": lambda who, at, month: f"Am {at.day}. {month} {at.year} um {at:%H:%M} schrieb {who}:",
    "de-halves": lambda who, at, _: f"{who} hat am {at:%d.%m.%Y %H:%M} geschrieben:",
    "fi": lambda who, at, _: f"{who} kirjoitti {at.day}.{at.month}.{at.year} klo {at:%H.%M}:",
    "fr": lambda who, at, month: f"Le {at.day} {month} {at.year} à {at:%H:%M}, {who} a écrit :",
}


def intro(key: str, *, quoted: bool, wrapped: bool) -> Dialect:
    def lines(mail: Mail) -> list[str]:
        month = MONTHS[key[:2]][mail.moment.month - 1]
        line = INTROS[key](person(mail.sender), mail.moment, month)
        if wrapped and "<" in line:
            before, _, behind = line.partition("<")
            return [f"{before}<", behind, ""]
        return [line, ""]

    return Dialect(lines, quoted=quoted, fields=frozenset())


DIALECTS = [
    *(
        outlook(each, rule=rule, dashes=dashes)
        for each in WORDS
        for rule, dashes in ((False, False), (True, False), (False, True))
    ),
    *(outlook(each, blank=True) for each in WORDS),
    *(make(each) for each in WORDS for make in (wrapped_outlook, apple, markdown)),
    *(
        intro(key, quoted=quoted, wrapped=wrapped)
        for key in INTROS
        for quoted in (False, True)
        for wrapped in (False, True)
    ),
]

FIRST = ["Bo", "Anne", "Per", "Eva", "Åsa", "Jürgen", "Kari", "Élise", "Maija", "Søren"]
LAST = ["Berg", "Holm", "Dam", "Østergård", "Lind", "Maas-Krüger", "af Ugglas", "Mäkinen", "Lefèvre", "O'Neil"]
SENTENCES = [
    *("Kære alle", "Hej", "Vi har set på taksterne for klubben og vender tilbage i næste uge.", "Se bilaget.", ""),
    *("Sagen er på dagsordenen.", "Hvad koster det i 2022?", "- første punkt", "Tlf. 12 34 56 78", "Der er 3 klubber."),
    *(
        "Fra 1. august gælder nye priser: 413 kr. om måneden.",
        "Til orientering: mødet er flyttet.",
        "Med venlig hilsen",
    ),
]
SUBJECTS = ["Takster", "SV: Takster for klubber", "Re: Re: Fees", "Åbningstid: kl. 7.30", "AW: Gebühren 2021/22"]

names = st.tuples(st.sampled_from(FIRST), st.sampled_from(LAST)).map(" ".join)
addresses = st.tuples(
    st.sampled_from(["bo", "anne.holm", "per", "eva.l", "post", "a.b.c", "borger", "sek.jura"]),
    st.sampled_from(["fjordby", "lyngsoe", "post.fjordby"]),
).map(lambda pair: f"{pair[0]}@{pair[1]}.example")
pairs = st.tuples(names, addresses)
mails = st.builds(
    Mail,
    sender=pairs,
    moment=st.datetimes(min_value=dt.datetime(2001, 1, 1), max_value=dt.datetime(2029, 12, 31)).map(
        lambda moment: moment.replace(second=0, microsecond=0)
    ),
    to=st.lists(pairs, min_size=1, max_size=14),
    cc=st.lists(pairs, max_size=3),
    subject=st.sampled_from(SUBJECTS),
    body=st.lists(st.sampled_from(SENTENCES), max_size=5),
)


def last_line(mail: Mail) -> str:
    """A line no other message has, in letters: numbers at the feet of pages count as running."""
    return "slut " + f"{mail.moment:%Y%m%d%H%M}".translate(str.maketrans("0123456789", "abcdefghij"))


def render(thread: Sequence[tuple[Mail, Dialect]]) -> list[str]:
    """The lines of a thread, each message below the one that answers it."""
    if not thread:
        return []
    (mail, dialect), *older = thread
    head = dialect.lines(mail)
    rest = [*mail.body, last_line(mail), "", *render(older)]
    if dialect.head_quoted:
        return _quoted([*head, *rest])
    return [*head, *(_quoted(rest) if dialect.quoted else rest)]


def _quoted(lines: Sequence[str]) -> list[str]:
    return [(">" if line.startswith(">") else "> " if line else ">") + line for line in lines]


Furniture = Callable[[int, int], tuple[str, str]]
FURNITURE: dict[str, Furniture] = {
    "running-head": lambda page, of: ("Fjordby Kommune, aktindsigt 2021-0012345\n\n", f"\nSide {page} af {of}\n\f"),
    "browser": lambda page, of: (
        "04/03/2021 14.05    Mail - Anne Holm - Outlook\n",
        f"https://post.fjordby.example/mail/inbox/id/AAQkADA    {page}/{of}\n\f",
    ),
    "no-form-feed": lambda page, of: ("\n", f"\nAktindsigt i sag 2021-0012345          Side {page} af {of}\n\n"),
    "lone-number": lambda page, of: ("", f"\n\n- {page} -\n\f"),
}


def printed(lines: Sequence[str], cuts: Sequence[int], furniture: Furniture) -> str:
    """The lines as a printed PDF gives them: a running foot and head at every page break."""
    pages: list[list[str]] = [[]]
    places = {cut % len(lines) for cut in cuts} - {0}
    for number, line in enumerate(lines):
        if number in places:
            pages.append([])
        pages[-1].append(line)
    if len(pages) == 1:
        return "".join(f"{line}\n" for line in lines)
    edges = [furniture(number, len(pages)) for number in range(1, len(pages) + 1)]
    return "".join(
        head + "".join(f"{line}\n" for line in page) + foot for page, (head, foot) in zip(pages, edges, strict=True)
    )


def read(text: str) -> list[Message]:
    messages = split_thread(Reading(media_type="text/plain", reader="text/1", text=text))
    assert messages is not None
    assert "".join(message.text for message in messages) == text
    return messages


def check(thread: Sequence[tuple[Mail, Dialect]], messages: Sequence[Message]) -> None:
    assume(len({mail.moment for mail, _ in thread}) == len(thread))
    assert [said(message) for message in messages] == [expected(mail, dialect) for mail, dialect in thread]
    assert not any(message.inline for message in messages)
    for (mail, _), message in zip(thread, messages, strict=True):
        assert message.text.count(last_line(mail)) == 1


def said(message: Message) -> tuple[object, ...]:
    return (_pair(message.sender), message.sent, _pairs(message.to), _pairs(message.cc), message.subject)


def expected(mail: Mail, dialect: Dialect) -> tuple[object, ...]:
    sent = mail.moment.isoformat(timespec="minutes")
    if not dialect.fields:
        return (mail.sender, sent, [], [], None)
    return (mail.sender, sent, mail.to, mail.cc, mail.subject)


def _pair(address: Address | None) -> Pair:
    return (address.name, address.address) if address else (None, None)


def _pairs(addresses: Sequence[Address]) -> list[Pair]:
    return [(each.name, each.address) for each in addresses]


threads = st.lists(st.tuples(mails, st.sampled_from(DIALECTS)), min_size=1, max_size=5)


@tried
@given(threads)
def test_a_thread_gives_its_messages_back(thread: list[tuple[Mail, Dialect]]) -> None:
    check(thread, read("\n".join(render(thread)) + "\n"))


@tried
@given(threads, st.lists(st.integers(0, 1000), min_size=1, max_size=4), st.sampled_from([*FURNITURE.values()]))
def test_a_printed_thread_gives_its_messages_back(
    thread: list[tuple[Mail, Dialect]], cuts: list[int], furniture: Furniture
) -> None:
    """Pages break anywhere, in the middle of headers too."""
    check(thread, read(printed(render(thread), cuts, furniture)))


@tried
@given(st.lists(threads, min_size=2, max_size=3))
def test_a_bundle_of_threads_gives_all_messages_back(bundle: list[list[tuple[Mail, Dialect]]]) -> None:
    text = "\f".join("\n".join(render(thread)) + "\n" for thread in bundle)
    check([each for thread in bundle for each in thread], read(text))


stretches = st.lists(st.sampled_from([each for each in SENTENCES if each]), min_size=1, max_size=3)


@tried
@given(mails, mails, st.sampled_from(sorted(INTROS)), st.lists(st.tuples(stretches, stretches), min_size=2, max_size=4))
def test_answers_between_quoted_lines_stay_in_one_flagged_message(
    mail: Mail, asked: Mail, key: str, turns: list[tuple[list[str], list[str]]]
) -> None:
    lines = [*outlook("da").lines(mail), *intro(key, quoted=True, wrapped=False).lines(asked)]
    for quoted, answer in turns:
        lines += [*_quoted(quoted), "", *answer, ""]
    (message,) = read("\n".join(lines) + "\n")

    assert message.inline
    assert said(message) == expected(mail, outlook("da"))
