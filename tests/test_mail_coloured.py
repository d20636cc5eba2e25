"""Answers that stand in another colour in the mail that is answered: the mail they stand in is told of."""

from __future__ import annotations

import pytest

from pipeline.extract import extract_bytes

MAIL = """Fra: Bo Strand <bo@fjordby.example>
Sendt: 4. maj 2026 10:20
Til: Ida Holm <ida@fjordby.example>
Emne: SV: Hallen

Hej Ida

{}

Fra: Ida Holm <ida@fjordby.example>
Sendt: 3. maj 2026 09:00
Til: Bo Strand <bo@fjordby.example>
Emne: Hallen

1. Hvad koster taget? 1,4 mio. kr.
2. Hvornår er det færdigt? I august.
"""


def told(said: str) -> list[tuple[str, int | None]]:
    document = extract_bytes(MAIL.format(said).encode(), "mail.txt")
    assert len(document.parts) == 2
    return [(each.code, each.part) for each in document.problems if each.code == "answers-in-colour"]


@pytest.mark.parametrize(
    "said",
    [
        "Mine svar med rødt nedenfor.",
        "Jeg har svaret med blåt i din mail.",
        "Se mine kommentarer i\nrød skrift herunder:",
        "Jeg har med grønt skrevet mine svar ind.",
        "Svarene er markeret med fed.",
        "My answers are in red below.",
    ],
)
def test_a_mail_with_answers_in_a_colour_is_told(said: str) -> None:
    assert told(said) == [("answers-in-colour", 1)]


@pytest.mark.parametrize(
    "said",
    [
        "Mine svar nedenfor.",
        "Her er vores svar. Byen er malet med rødt.",
        "Tak for svaret om parken i grøn omstilling.",
        "Huset er skrevet ind i rødt område.",
    ],
)
def test_other_colours_say_nothing(said: str) -> None:
    assert told(said) == []


def test_nothing_is_told_where_no_mail_is_quoted() -> None:
    document = extract_bytes(MAIL.format("Mine svar med rødt.").partition("Fra: Ida")[0].encode(), "mail.txt")
    assert [each for each in document.problems if each.code == "answers-in-colour"] == []
