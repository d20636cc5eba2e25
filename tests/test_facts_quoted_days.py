"""Days that are counted from the day of writing, in mails that are answered between their lines."""

from __future__ import annotations

from corpus.model import Date
from pipeline.extract import extract_bytes

HEAD = (
    "Fra: Ida Lund <ida@elmeby.example>\nSendt: 14. maj 2026 09:10\nTil: Bo Berg <bo@elmeby.example>\nEmne: Taget\n\n"
)
INTRO = "Den 11. maj 2026 kl. 16.30 skrev Bo Berg <bo@elmeby.example>:\n"


def days(body: str) -> list[tuple[str, str]]:
    document = extract_bytes((HEAD + body).encode(), "mail.txt")
    found = [each for each in document.records if isinstance(each, Date) and each.start >= len(HEAD)]
    return [(each.text, str(each.first)) for each in found if each.text[0].islower()]


def test_a_quoted_line_is_counted_from_its_own_day() -> None:
    body = (
        f"{INTRO}> Hej Ida\n\nHej Bo\n\n> Mødet blev holdt i går, og taget er dags dato lagt på\n> sagen.\n\n"
        "Vi så på det i går.\n\n> Jeg ringer i morgen.\n\nDet gør jeg også i morgen.\n\nHilsen Ida\n"
    )
    assert days(body) == [
        ("i går", "2026-05-10"),
        ("dags dato", "2026-05-11"),
        ("i går", "2026-05-13"),
        ("i morgen", "2026-05-12"),
        ("i morgen", "2026-05-15"),
    ]


def test_a_quotation_within_one_has_the_day_of_its_own_introduction() -> None:
    body = (
        f"Hej Bo\n\nVi så på det i går.\n\n{INTRO}> Ja.\n>\n"
        "> Den 4. maj 2026 kl. 08.00 skrev Ane Krogh <ane@elmeby.example>:\n"
        ">> Taget faldt ned i går.\n>\n> Det så jeg i går.\n"
    )
    assert days(body) == [("i går", "2026-05-13"), ("i går", "2026-05-03"), ("i går", "2026-05-10")]


def test_a_quotation_without_an_introduction_has_no_day() -> None:
    assert days("Hej Bo\n\n> Mødet blev holdt i går.\n\nVi så på det i går.\n\nHilsen Ida\n") == [
        ("i går", "2026-05-13")
    ]


def test_a_mail_that_is_quoted_as_a_whole_has_the_day_of_its_header() -> None:
    body = (
        "Se nedenfor.\n\nHilsen Ida\n\n-----Oprindelig meddelelse-----\nFra: Bo Berg <bo@elmeby.example>\n"
        "Sendt: 11. maj 2026 16:30\nTil: Ida Lund\nEmne: Taget\n\n> Mødet blev holdt i går.\n> Hilsen Bo\n"
    )
    assert days(body) == [("i går", "2026-05-10")]
