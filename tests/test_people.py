"""People in headers and signatures. Everybody here is invented."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.model import Person
from pipeline.context import Context
from pipeline.facts import people
from pipeline.language import Prose


def find(text: str) -> list[Person]:
    """The people of a text; every span is what it says."""
    records, problems = people.find(Prose(text), Context())
    assert problems == []
    found = [record for record in records if isinstance(record, Person)]
    assert len(found) == len(records)
    assert all(text[person.start : person.end] == person.text for person in found)
    return found


SIGNATURES: dict[str, list[tuple[str, str | None]]] = {
    "Med venlig hilsen\n\nBo Berg\nKontorchef\n\nFjordby Kommune": [("Bo Berg", "Kontorchef")],
    "Venlig hilsen\n\nBo Berg  \nBørne- og kulturborgmester\n": [("Bo Berg", "Børne- og kulturborgmester")],
    "Mvh. Bo Berg": [("Bo Berg", None)],
    "Ystävällisin terveisin\n\nAino Lehto\nSihteeri\n": [("Aino Lehto", "Sihteeri")],
    "Bien cordialement,\n\nLuc Morel\nDirecteur\n": [("Luc Morel", "Directeur")],
    "Med vänlig hälsning\nMaja Ek\nHandläggare\n": [("Maja Ek", "Handläggare")],
    "Mit freundlichen Grüßen\nUwe Brandt\nSachbearbeiter\n": [("Uwe Brandt", "Sachbearbeiter")],
    "Mvh\nBo": [("Bo", None)],
    "**Med venlig hilsen**\n\n**Bo Berg**\n*Specialkonsulent, cand.jur.*": [("Bo Berg", "Specialkonsulent, cand.jur")],
    "Venlig hilsen\nBo Berg, afdelingsleder\nTlf. 12 34 56 78": [("Bo Berg", "afdelingsleder")],
    "De bedste hilsner\n\nÅse Bøgh-Østergård\nFormand for Forældrerådet\n": [
        ("Åse Bøgh-Østergård", "Formand for Forældrerådet")
    ],
    "Kind regards,\n\nBo B. Berg\nChief Adviser\n": [("Bo B. Berg", None)],
    "Best regards\nBo Berg\nHead of Department": [("Bo Berg", "Head of Department")],
    "Med venlig hilsen\nKontorchef Bo Berg": [("Bo Berg", "Kontorchef")],
    "Venlig hilsen\nBo Berg og Anne Holm\n": [("Bo Berg", None), ("Anne Holm", None)],
    "Venlig hilsen\n\nBo Berg          Anne Holm\nBorgmester       Kommunaldirektør\n": [
        ("Bo Berg", "Borgmester"),
        ("Anne Holm", "Kommunaldirektør"),
    ],
    "Med venlig hilsen\nPå vegne af bestyrelsen\nBo Berg\nFormand\n": [("Bo Berg", "Formand")],
    "Med venlig hilsen\n\nFjordby Kommune\nBo Berg\n": [("Bo Berg", None)],
    "> Venlig hilsen\n> Bo Berg\n> Pædagogisk leder\n\nTak": [("Bo Berg", "Pædagogisk leder")],
    "Venlig hilsen\n\nBo Berg\n\nKontorchef\n\nFjordby Kommune\n": [("Bo Berg", "Kontorchef")],
    "Venlig hilsen\nBo von der Lippe\n": [("Bo von der Lippe", None)],
    "Venlig hilsen\nBo Berg\nStrandvejen 12": [("Bo Berg", None)],
    "Venlig hilsen\nBo Berg\nFjordby Kommune, Rådhuset": [("Bo Berg", None)],
    "Venlig hilsen\nBo Berg\nbo@fjordby.example": [("Bo Berg", None)],
    "Venlig hilsen\nBørn og Unge\nFjordby Kommune": [],
    "Venlig hilsen\nSocialforvaltningen": [],
    "Venlig hilsen\nTelefon 12 34 56 78": [],
    "Venlig hilsen\n[undtaget]\nKontorchef": [],
    "Med venlig hilsen\n\n--\n\nBo Berg": [],
    "Hilsen fra kommunen kom sent frem til de mange borgere.\nBo Berg var der.": [],
    "Bedste løsning er at vente.\nBo Berg": [],
    "": [],
}


@pytest.mark.parametrize(("text", "expected"), SIGNATURES.items())
def test_signature(text: str, expected: list[tuple[str, str | None]]) -> None:
    assert [(person.name, person.role) for person in find(text)] == expected


def test_header_names_are_people_with_their_place() -> None:
    text = (
        "Fra: Bo Berg <bo@fjordby.example>\nSendt: 3. marts 2021 14:05\n"
        "Til: Anna Maria\nHolm (Byrådet) <[a\\_h@x.example](mailto:a_h@x.example)>; per@x.dk; Per O'Dam; [undtaget]\n"
        "Cc: Skolens Kontor\nEmne: Takster til Bo Berg\n\nHej\n\nVenlig hilsen\nBo Berg\n"
    )

    assert [(person.name, person.text, person.source) for person in find(text)] == [
        ("Bo Berg", "Bo Berg", "header"),
        ("Anna Maria Holm", "Anna Maria\nHolm", "header"),
        ("Per O'Dam", "Per O'Dam", "header"),
        ("Bo Berg", "Bo Berg", "text"),
        ("Bo Berg", "Bo Berg", "text"),
    ]


def test_header_of_a_mail_file_gives_its_people() -> None:
    text = 'From: Bo Berg <bo@x.example>\nTo: "Holm, Anne" <a@x.example>\nDate: Wed, 3 Mar 2021 14:05:09 +0100\n\nHej\n'

    assert [person.name for person in find(text)] == ["Bo Berg", "Holm, Anne"]


def test_both_of_on_behalf_are_not_made_one() -> None:
    text = (
        "Fra: Lis Toft på vegne af Bo Berg <bo@x.example>\nSendt: 3. marts 2021 14:05\nTil: Anne Holm\nEmne: A\n\nHej\n"
    )

    assert [person.name for person in find(text)] == ["Lis Toft", "Bo Berg", "Anne Holm"]


@given(
    st.lists(
        st.sampled_from(["Venlig hilsen", "Bo Berg", "Chef", "", "> ", "Fra: ", "\t", "   ", ",", "og "]), max_size=20
    )
)
def test_spans_hold_on_any_text(pieces: list[str]) -> None:
    find("\n".join(pieces))
    find("".join(pieces))


def test_recipients_that_are_not_told_are_nobody() -> None:
    text = (
        "From: Bo Berg <bo@fjordby.example>\nTo: undisclosed-recipients\nDate: 3. marts 2021 14:05\nSubject: A\n\nHej\n"
    )

    assert [person.name for person in find(text)] == ["Bo Berg"]
