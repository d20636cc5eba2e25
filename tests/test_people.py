"""People in headers, signatures, greetings and lists, and in running text. Everybody here is invented."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.model import Person
from pipeline.context import Context
from pipeline.extract import extract_bytes
from pipeline.facts import people
from pipeline.language import Prose

NOTHING = Context()


def find(text: str, context: Context = NOTHING) -> list[Person]:
    """The people of a text; every span is what it says."""
    records, problems = people.find(Prose(text), context)
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
    "Kind regards,\n\nBo B. Berg\nChief Adviser\n": [("Bo B. Berg", "Chief Adviser")],
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
    "Tak.\n\nVh. Lotte\n\nLotte Dahlgård\nSkolechef\n": [("Lotte Dahlgård", None), ("Lotte Dahlgård", "Skolechef")],
    "Tak.\n\nMvh\nLotte\n\nLotte Dahlgård, skolechef\n": [("Lotte Dahlgård", None), ("Lotte Dahlgård", "skolechef")],
    "Tak.\n\n/Ole\nOle Stenild, økonomichef\n": [("Ole Stenild", None), ("Ole Stenild", "økonomichef")],
    "Tak.\n\n/Ole\nOle synes, det er fint\n": [],
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


def told(text: str, context: Context = NOTHING) -> list[str]:
    """ "name (role)", with the text where it is another and the method where it is not the usual one of the case."""
    return [
        f"{person.method}: "
        + (person.name if person.text == person.name else f"{person.text} = {person.name}")
        + (f" ({person.role})" if person.role else "")
        for person in find(text, context)
    ]


LISTS: dict[str, list[str]] = {
    "Deltagere: Lise Toft (formand), Bo Bur, Anja Kvist-Lund\nAfbud: Ole Frand\nPunkt 1: Dagsorden": [
        "header: Lise Toft (formand)",
        "header: Bo Bur",
        "header: Anja Kvist-Lund",
        "header: Ole Frand",
    ],
    "Til stede:\nKarsten Vos (A)\n- Ingelise Brok (V)\n\nFraværende:\nIngen": [
        "header: Karsten Vos",
        "header: Ingelise Brok",
    ],
    "Deltagere: Hans Kjær, Bo Holm og Lise Skov samt borgmester Ulla Dam": [
        "header: Hans Kjær",
        "header: Bo Holm",
        "header: Lise Skov",
        "header: Ulla Dam (borgmester)",
    ],
    "Deltagere: Lise Toft, Søren Bang Andersen, Ulrik Vester, Morten\nBur, Tina Lyng,\nog Per Høj\nMødet blev holdt.": [
        "header: Lise Toft",
        "header: Søren Bang Andersen",
        "header: Ulrik Vester",
        "header: Morten\nBur = Morten Bur",
        "header: Tina Lyng",
        "header: Per Høj",
    ],
    "Mødedeltagere\nBo Berg, Fjordby Kommune\nAnne Holm, direktør\n\n1. Status": [
        "header: Bo Berg",
        "header: Anne Holm (direktør)",
    ],
    "Sagsnr.: 24/123   Sagsbehandler: Ove Lind   Dato: 3. maj 2024": ["header: Ove Lind (Sagsbehandler)"],
    "Sagsbehandler: Bodil Krog, tlf. 22 33 44 55": ["header: Bodil Krog (Sagsbehandler)"],
    "Afbud: Ole Frand (stedfortræder: Mie Torp)": ["header: Ole Frand", "header: Mie Torp"],
    "Fra forvaltningen: Stine Rømer\nFra Teknik og Miljø: Klaus Lind": ["header: Stine Rømer", "header: Klaus Lind"],
    "Formanden (Bo Berg):\nTak.\n\nAnne Holm (SF):\nJa.": ["header: Bo Berg (Formanden)", "header: Anne Holm"],
    "Fraværende: Gitte Skovlund deltog ikke i punkt 4": ["header: Gitte Skovlund"],
    "Fra: ██████\nTil: Claus Brohus\n\nSvar udbedes.": ["header: Claus Brohus"],
    "Fra: Rikke Dal (Børn og Unge)\nTil: 'Steen Brandt-Hviid'; Økonomi og Analyse\nEmne: Re: Tal": [
        "header: Rikke Dal",
        "header: Steen Brandt-Hviid",
    ],
    "Deltagere: Inger Marie Brok (A), borgmester, Lone Krag (B), direktør": [
        "header: Inger Marie Brok (borgmester)",
        "header: Lone Krag (direktør)",
    ],
    "Fjordby Kommune\nRådhustorvet 4\n\nFru Ellen Margrethe Krag\nMøllevej 17": ["header: Ellen Margrethe Krag"],
    "Hr. borgmester Lars Ib": ["header: Lars Ib (borgmester)"],
    "Hr. Formand\nFru Krag\nFru Ellen Krag gik.\nHerr og fru Hansen": [],
    "Fra: Helene Brok\nTil: Foreningerne i Fjordby; Venner af Havnen; Forældrene Engskolen": ["header: Helene Brok"],
    "Fra: Økonomi og Analyse\nTil: Alle ledere\nEmne: Løn": [],
    "Til: Skoleudvalget\nFra: Borgmesterens Afdeling\nDato: 3. maj 2024": [],
    "Fra: kl. 10\nTil: kl. 12": [],
    "Afbud: Ingen\nFraværende: -": [],
    "Deltagere: Repræsentanter fra Dansk Industri, FOA Fjordby og Fjordby Kommune": [],
    "Referent: KLM\nAnsøger: Hansen Byg ApS\nKontakt: Borgerservice": [],
    "Deltagere: [undtaget], Bo Berg": ["header: Bo Berg"],
    "Møde: Bo Berg Kommune": [],
}


@pytest.mark.parametrize(("text", "expected"), LISTS.items())
def test_who_stands_behind_a_label(text: str, expected: list[str]) -> None:
    assert told(text) == expected


GREETINGS: dict[str, list[str]] = {
    "Kære Birgit Thor\n\nTak.": ["salutation: Birgit Thor"],
    "Hej Hans Jørgen": ["salutation: Hans Jørgen"],
    "> Hej Mads-Emil!": ["salutation: Mads-Emil"],
    "Hej Peter og Lone,": ["salutation: Peter", "salutation: Lone"],
    "Kære Asger Munk, kære Lilian Friborg": ["salutation: Asger Munk", "salutation: Lilian Friborg"],
    "Kære borgmester Lars Ib": ["salutation: Lars Ib (borgmester)"],
    "Kære hr. Sørensen\n\nTak": ["salutation: Sørensen"],
    "Kære Kirsten Jeg skriver til dig": ["salutation: Kirsten"],
    "Hej Thorfinna\n\nTak": ["salutation: Thorfinna"],
    "Hej Jane. Kan du se på det?": ["salutation: Jane"],
    "Kære Fjordby Kommune\nKære Byråd\nKære Ældreråd\nKære udvalg\nKære Borgmester": [],
    "Hej alle\nHej Alle\nHej Team\nHej igen\nHej Kommune\nKære Naboer\nKære Venstre\nKære Holbæk": [],
    "Kære Maria Kirke\nKære Børne- og Ungdomsudvalg": [],
    "Han skrev kære Bo Berg og gik.": [],
    "Kære [undtaget]": [],
}


@pytest.mark.parametrize(("text", "expected"), GREETINGS.items())
def test_who_is_greeted(text: str, expected: list[str]) -> None:
    assert told(text) == expected


ENDINGS: dict[str, list[str]] = {
    "Tallet er forkert.\n\n/Bjarne": ["signature: Bjarne"],
    "Tallet er forkert.\n\n// Bo Berg\n": ["signature: Bo Berg"],
    "På Handicaprådets vegne\nVibeke Laue": ["signature: Vibeke Laue"],
    "På bestyrelsens vegne\nOve Krarup, kasserer": ["signature: Ove Krarup (kasserer)"],
    "P.b.v.\nHelle Toft\nFormand": ["signature: Helle Toft (Formand)"],
    "Dbh. Marianne": ["signature: Marianne"],
    "Er de med? Med venlig hilsen Ejvind Skår": ["signature: Ejvind Skår"],
    "Venlig hilsen\nBo Berg Borgmester": ["signature: Bo Berg (Borgmester)"],
    "Mvh Naboen\n\nHilsen Mormor\n\nMvh. KLM": [],
    "Se bilag\n/Bilag\n\na/b": [],
    "Det skete på vores vegne\nI går": [],
}


@pytest.mark.parametrize(("text", "expected"), ENDINGS.items())
def test_brief_endings(text: str, expected: list[str]) -> None:
    assert told(text) == expected


THREADS: dict[str, tuple[str, str]] = {
    "full names and their genitive": (
        "Til stede: Ingelise Brok|Ingelise Broks forslag. Ingelise Brok roste det.",
        "Ingelise Brok",
    ),
    "a surname alone": ("Til stede: Anne Thorup, Per Krog|Herefter spurgte Thorup til prisen.", "Thorup = Anne Thorup"),
    "a first name alone": ("Hej Astrid|Det er Astrids forslag.", "Astrid"),
    "two of a name": ("Til stede: Anne Thorup, Per Thorup|Thorup spurgte.", ""),
    "a surname that is a word": ("Til stede: Anne Holm|Holm roste det. Derfor mente Holm det.", ""),
    "a first name that is a word": ("Hej Bo|Vil Bo komme?", ""),
    "a word that the text has in lower case": ("Til stede: Anne Krone|En krone er lidt, sagde Krone.", ""),
    "somebody else of the name": ("Hej Peter|Jeg har spurgt Peter Madsen.", ""),
    "another first name": ("Til stede: Anne Thorup|Det sagde Per Thorup.", ""),
    "an address": ("Til stede: Anne Thorup|Skriv til anne.thorup@fjordby.example, Thorup-sagen.", ""),
    "a longer word": ("Til stede: Anne Thorup|Thorupgård er en gård.", ""),
}


@pytest.mark.parametrize(("text", "expected"), THREADS.values(), ids=THREADS.keys())
def test_running_text_by_what_the_text_introduced(text: str, expected: str) -> None:
    found = [each.removeprefix("thread: ") for each in told(text.replace("|", "\n\n")) if each.startswith("thread")]

    assert sorted(set(found)) == ([expected] if expected else [])


def test_a_name_alone_gets_the_full_name_that_the_document_knows() -> None:
    context = Context(known_people=("Holst, Susanne", "Kurt Bang"))

    assert told("Kære Susanne\n\nTak, Kurt.\n\nVh\nKurt", context) == [
        "salutation: Susanne = Susanne Holst",
        "thread: Kurt = Kurt Bang",
        "signature: Kurt = Kurt Bang",
    ]


FIRST_NAMES = {
    "one of these first names": (("Jens Ole Thrane",), "Jens Ole = Jens Ole Thrane"),
    "two of them": (("Jens Ole Thrane", "Jens Ole Bang"), "Jens Ole"),
    "others of the first of them": (("Jens Thrane",), "Jens Ole"),
}


@pytest.mark.parametrize("case", FIRST_NAMES)
def test_two_first_names_get_the_full_name(case: str) -> None:
    known, expected = FIRST_NAMES[case]

    assert told("Kære Jens Ole\n\nTak.", Context(known_people=known)) == [f"salutation: {expected}"]


def test_a_name_that_is_surname_too_gets_no_longer_one() -> None:
    context = Context(known_people=("Anne Holm Fjeld",))

    assert told("Kære Anne Holm\n\nTak.", context) == ["salutation: Anne Holm"]


TITLES = {
    "Tak.\n\nMikkel Damgård\nJournalist, Fjordby Avis\n": "Journalist, Fjordby Avis",
    "Tak.\n\nMikkel Damgård, journalist\n": "journalist",
    "I går sagde\nMikkel Damgård, lærer på skolen,\nat det er nok.": None,
    "Det sagde\nMikkel Damgård\nFormanden ventede.": None,
    "Mikkel Damgård\nMødet sluttede kl. 12": None,
}


@pytest.mark.parametrize("text", TITLES)
def test_a_known_name_above_its_title(text: str) -> None:
    (person,) = find(text, Context(known_people=("Mikkel Damgård",)))

    assert person.role == TITLES[text]


def test_names_of_one_message_are_known_in_the_others() -> None:
    text = (
        "Fra: Kurt Bang <kb@x.example>\nSendt: 3. maj 2024 10:00\nTil: Susanne Holst\nEmne: SV: Tal\n\n"
        "Grethe Ploug har tallene.\n\nVh\nKurt\n\n"
        "Fra: Susanne Holst\nSendt: 2. maj 2024 10:00\nTil: Kurt Bang; Grethe Ploug\nEmne: Tal\n\nHej begge\n"
    )
    document = extract_bytes(text.encode(), "a.txt")

    first = [each for each in document.records if isinstance(each, Person) and each.part == 0]
    assert [(each.name, each.method) for each in first] == [
        ("Kurt Bang", "header"),
        ("Susanne Holst", "header"),
        ("Grethe Ploug", "thread"),
        ("Kurt Bang", "signature"),
    ]


@pytest.mark.xfail(strict=True, reason="who is named in a sentence of minutes only, without a label, is not known")
def test_a_name_that_nothing_introduces() -> None:
    assert told("Byrådet udpegede Grethe Ploug til formand.") == ["thread: Grethe Ploug"]


@given(
    st.lists(
        st.sampled_from(
            [
                "Deltagere:",
                "Bo Berg",
                "Kære ",
                "Bo",
                "\n",
                " ",
                ", ",
                "(",
                ")",
                " og ",
                "/",
                "Til: ",
                "Fra: ",
                "vegne",
                "s",
                "-",
            ]
        ),
        max_size=25,
    )
)
def test_spans_hold_and_do_not_overlap(pieces: list[str]) -> None:
    found = find("".join(pieces), Context(known_people=("Bo Berg",)))

    assert all(one.end <= other.start for one, other in pairwise(found))


@pytest.mark.parametrize(
    "unit", ["Fra: Bo Berg\n", "Kære Bo Berg\n", "Deltagere: Bo Berg, ", "Med venlig hilsen\n", "skrev 1:\n"]
)
def test_time_is_linear(unit: str) -> None:
    def seconds(size: int) -> float:
        text = unit * (size // len(unit))
        begin = time.process_time()
        people.find(Prose(text), Context())
        return time.process_time() - begin

    assert seconds(80_000) < 8 * max(seconds(20_000), 0.05)
