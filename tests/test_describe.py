"""What a document is as a whole."""

from __future__ import annotations

import io

import pytest
from reportlab.pdfgen.canvas import Canvas

from corpus.model import Decision
from corpus.readers import read
from corpus.reading import Reading
from pipeline.describe import Description, describe, language_of
from pipeline.extract import extract_bytes
from pipeline.parts import split


def described(text: str, **metadata: str) -> Description:
    reading = Reading(media_type="text/plain", reader="text/1", text=text, metadata=metadata)
    return describe(reading, split(reading)[0])


LETTER = """Fjordby Kommune
Teknik og Miljø
Rådhuspladsen 3
4199 Fjordby

Karen Lysholm
Kajgade 44, 1. th.
4199 Fjordby

Fjordby, den 27. juni 2024
Sagsnr. 2024-1234

Afslag på byggetilladelse

Kære Karen Lysholm

Du søgte den 3. maj 2024 om tilladelse til en carport. Vi kan ikke give den.

Med venlig hilsen

Ib Strand
Byggesagsbehandler
"""
FORM = """Prioriteringsforslag

Nr. SKU17
Overskrift
Færre ture med skolebussen
Udvalg Skoleudvalget
Forslagsstiller MED

1. Resumé
Lyngsø Kommune sparer to ture.
2. Status
Fire ture i dag.
"""
MINUTES = """Fjordby Kommune
Referat

Kultur- og Fritidsudvalget
Mødedato: tirsdag den 4. juni 2024 kl. 16.00
Udskrevet den 1. juli 2024

Punkt 1: Godkendelse af dagsorden
Beslutning
Godkendt på mødet den 5. juni 2024.
"""
AGENDA = """Lyngsø Kommune · Udvalget for Børn og Læring · Dagsorden

Tirsdag den 25. februar 2025 kl. 15.30

Punkt 1. Godkendelse af dagsorden
Indstilling
At dagsordenen godkendes.
Punkt 2. Eventuelt
"""
MAIL = """Fra: Bo Holm <bo@fjordby.example>
Sendt: 3. maj 2024 10:12
Til: Ida Lund
Emne: SV: Skolebussen

Kære Ida

Ja.

Fra: Ida Lund
Sendt: 1. maj 2024 09:00
Til: Bo Holm
Emne: Skolebussen

Kører den?
"""
CATALOGUE = "Fjordby Kommune\nSparekatalog 2026-2029\n\n" + "".join(
    f"Forslag nr. {n}\nTitel: Sag {n}\nUdvalg: Skoleudvalget\nØkonomi: 1 mio. kr.\n\n" for n in (1, 2)
)


@pytest.mark.parametrize(
    ("text", "kind", "title", "municipality", "date"),
    [
        (LETTER, "letter", "Afslag på byggetilladelse", "Fjordby", "2024-06-27"),
        (FORM, "budget-proposal", "Færre ture med skolebussen", "Lyngsø", None),
        (MINUTES, "minutes", "Kultur- og Fritidsudvalget", "Fjordby", "2024-06-04"),
        (AGENDA, "agenda", "Udvalget for Børn og Læring", "Lyngsø", "2025-02-25"),
        (MAIL, "email", "SV: Skolebussen", None, "2024-05-03"),
        (CATALOGUE, "budget-catalogue", "Sparekatalog 2026-2029", "Fjordby", None),
        ("# Notat om sne\n\nDet sner i Fjordby Kommune.\n", "other", "Notat om sne", "Fjordby", None),
        ("Det sner. Det er koldt.\n", "other", None, None, None),
        ("Dagsorden\n\nByrådet 03-06-2024\n\n1. Velkomst\n2. Evt.\n", "agenda", "Byrådet", None, "2024-06-03"),
    ],
    ids=["letter", "proposal", "minutes", "agenda", "mail", "catalogue", "note", "line", "list"],
)
def test_kind_title_municipality_and_date(
    text: str, kind: str, title: str | None, municipality: str | None, date: str | None
) -> None:
    found = described(text)

    assert (found.kind, found.title, found.municipality, found.date) == (kind, title, municipality, date)
    assert found.language == "da"


@pytest.mark.parametrize(
    ("head", "title", "body"),
    [
        ("Referat Børne- og Skoleudvalget 5. marts 2024", "Referat Børne- og Skoleudvalget", "Børne- og Skoleudvalget"),
        (
            "Åbent referat fra mødet i Kultur- og Fritidsudvalget den 5. marts 2024",
            "Åbent referat fra mødet i Kultur- og Fritidsudvalget",
            "Kultur- og Fritidsudvalget",
        ),
        ("Kommunalbestyrelsen i Lyngsø: Referat 5. marts 2024", "Kommunalbestyrelsen i Lyngsø", "Kommunalbestyrelsen"),
        (
            "Referat af møde i BSU den 5. marts 2024\n\nBørne- og Skoleudvalget (BSU) mødtes på rådhuset.",
            "Referat af møde i BSU",
            "Børne- og Skoleudvalget",
        ),
        ("Referat af møde i BSU den 5. marts 2024", "Referat af møde i BSU", None),
    ],
)
def test_whose_meeting_it_is(head: str, title: str, body: str | None) -> None:
    found = described(f"{head}\n\n1. Budget\nBeslutning\nGodkendt.\n\n2. Salg af grund\nBeslutning\nVedtaget.\n")

    assert (found.kind, found.title, found.body, found.date) == ("minutes", title, body, "2024-03-05")


def test_two_municipalities_named_alike_are_none() -> None:
    assert described("Fjordby Kommune og Lyngsø Kommune har indgået en aftale.\n").municipality is None


def test_an_empty_text_is_described_as_nothing() -> None:
    assert described("") == Description()


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Årsrapport for dagplejen", "Årsrapport for dagplejen"),
        ("Microsoft Word - notat.docx", None),
        ("2024_0012-3", None),
        ("05_to_sider.html", None),
        ("forslag til budget.odt", None),
        ("Microsoft Word - x.doc", None),
        ("Dokument1", None),
        ("(anonymous)", None),
        ("Untitled", None),
        ("Navnløs 2", None),
        ("[Titel]", None),
        ("Slide 1", None),
        ("Printpolitik i Fjordby", "Printpolitik i Fjordby"),
        ("(Udkast) Budget for skolerne", "(Udkast) Budget for skolerne"),
        ("x", None),
    ],
)
def test_the_title_in_the_metadata_counts_when_a_person_wrote_it(title: str, expected: str | None) -> None:
    assert described("det sner, og det er koldt.\n", title=title).title == expected


@pytest.mark.parametrize(
    "dateline",
    ["Dato: 27. juni 2024", "27-06-2024", "Den 27. juni 2024", "Fjordby, d. 27.6.2024", "27. juni 2024"],
)
def test_datelines_of_letters(dateline: str) -> None:
    assert described(LETTER.replace("Fjordby, den 27. juni 2024", dateline)).date == "2024-06-27"


def test_a_date_in_the_prose_is_no_dateline() -> None:
    assert described(LETTER.replace("Fjordby, den 27. juni 2024\n", "")).date is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Vi har modtaget din mail, og vi vender tilbage, når vi har set på den.", "da"),
        ("We have received your letter and will get back to you when we have looked at it.", "en"),
        ("Vi har tagit emot ditt brev och återkommer när vi har sett på det och inte innan vi kan.", "sv"),
        ("Wir haben den Brief erhalten und melden uns, wenn wir ihn gelesen haben und es nicht zu spät ist.", "de"),
        (
            "Vi har mottatt brevet og ser på det av hensyn til deg. Hva skal du si om noe blir til av det?",
            "no",
        ),
        ("206 413", "da"),
    ],
)
def test_language(text: str, expected: str) -> None:
    assert language_of(text * 3) == expected


def test_a_mail_file_is_an_email() -> None:
    data = (
        b"Message-ID: <1@fjordby.example>\nDate: Fri, 3 May 2024 10:12:00 +0200\nFrom: Bo <bo@fjordby.example>\n"
        b"MIME-Version: 1.0\nSubject: Budget\nTo: ida@fjordby.example\n\nHej Ida\n"
    )
    reading = read(data, "a.eml")
    found = describe(reading, split(reading)[0])

    assert (found.kind, found.title, found.date) == ("email", "Budget", "2024-05-03")


@pytest.mark.parametrize(
    ("text", "kind", "date"),
    [
        ("Havneudvalget\n4. maj 2022\n\nKajplads 7\nBeslutning\nGodkendt.\n", "minutes", "2022-05-04"),
        ("Havneudvalget\n04-05-2022\n\nKajplads 7\nBeslutning: Ikke godkendt.\n", "minutes", "2022-05-04"),
        ("Møde i Ældrerådet d. 3/5 2023\n\nTil stede: Ole.\n\nForslaget blev udsat.\n", "minutes", "2023-05-03"),
        ("Havneudvalget\n4. maj 2022\n\nKajplads 7\nBeslutning\n\nFraværende:\n", "other", None),
        (
            "Havneudvalget\n4. maj 2022\n\nKajplads 7\nBeslutning i Økonomiudvalget den 2. maj\nGodkendt.\n",
            "other",
            None,
        ),
        ("Notat\nHavneudvalget 4. maj 2022\n\nKajplads 7\nBeslutning\nGodkendt.\n", "other", None),
        ("Møde i Ældrerådet d. 3/5 2023\n\nTil stede: Ole.\n\nVi drak kaffe.\n", "other", None),
        ("Møde i Ældrerådet d. 3/5 2023\n\nForslaget blev udsat sidste gang.\n", "other", None),
        ("Havnen i Lyngsø 4. maj 2022\n\nKajplads 7\nBeslutning\nGodkendt.\n", "other", None),
        ("Der var møde i Byrådet den 4. maj 2022.\n\nBeslutning\nGodkendt.\n", "other", None),
    ],
)
def test_minutes_are_told_by_a_meeting_on_top_and_what_came_of_it(text: str, kind: str, date: str | None) -> None:
    found = described(text)

    assert (found.kind, found.date if kind == "minutes" else None) == (kind, date)


def noted(heading: str | None, title: str = "") -> bytes:
    """A page with a form's lines, a sticky note, and a title in the metadata."""
    data = io.BytesIO()
    canvas = Canvas(data, pagesize=(595, 842))
    canvas.setTitle(title)
    for top, text in ((780, heading or ""), (700, "Ansøgt beløb: 475.000 kr."), (686, "Formål: en ny bro.")):
        canvas.drawString(100, top, text)
    canvas.textAnnotation("Hvorfor ikke 250.000 kr. som sidste år?", Rect=(400, 700, 420, 720))
    canvas.save()
    return data.getvalue()


@pytest.mark.parametrize("heading", [None, "Ansøgning om tilskud"])
def test_a_note_on_the_page_is_no_title_and_no_file_name_is(heading: str | None) -> None:
    document = extract_bytes(noted(heading, "05_ansøgning.html"), "a.pdf")

    assert document.title == heading
    assert "Hvorfor ikke" in document.parts[0].text


SAID = "Der er brugt 12.000 kr. til bænke.\n"


@pytest.mark.parametrize(
    ("text", "title", "date"),
    [
        (f"Notat om parken\n7. marts 2022\n\n{SAID}\nKonsulent Bo Holm Lund\n", "Notat om parken", "2022-03-07"),
        (f"Fjordby Kommune\nNotat om parken\nDen 7. marts 2022\n\n{SAID}", "Notat om parken", "2022-03-07"),
        (f"# Notat om parken\nFjordby, d. 7.3.2022\n\n{SAID}", "Notat om parken", "2022-03-07"),
        (
            f"Fjordby Kommune\nTeknik og Miljø\n\n7. marts 2022\n\nNotat om parken\n\n{SAID}",
            "Notat om parken",
            "2022-03-07",
        ),
        (f"Fjordby Kommune\nParken\n\n{SAID}\nSpørg Bo Holm\n", "Parken", None),
        (f"Fjordby Kommune\nTeknik og Miljø\n\n{SAID}", None, None),
        (f"{SAID}\nBo Holm Lund\n", None, None),
        (f"{SAID}\nKonsulent Bo Holm Lund\n\nBilag: kort\n", None, None),
        (f"{SAID}\n**Konsulent Bo Holm Lund**\n", None, None),
        (f"NOTAT\nBænke i parken\n7/3-2022\n\n{SAID}", "Bænke i parken", "2022-03-07"),
        ("Parken\nBænke 12\n\nVenlig hilsen\n\nBo Holm Lund\n\nParkvej\n", None, None),
        ("Parken\nBænke 12\n\nMvh. Bo\n\nBo Holm Lund\n\nParkvej\n", None, None),
        (f"Notat om parken\n\nFrist\n7. marts 2022\n\n{SAID}", "Notat om parken", None),
        (f"Notat om parken\n\nIndvielse\n7. marts 2022\n\n{SAID}", "Notat om parken", None),
        (f"Notat om parken\n7. marts 2022\n8. marts 2022\n\n{SAID}", "Notat om parken", "2022-03-07"),
        (f"Fjordby Kommune\n7. marts 2022\n\nNotat om parken\n8. marts 2022\n\n{SAID}", "Notat om parken", None),
        (f"Notat om parken\n\n{SAID}\n7. marts 2022\n", "Notat om parken", None),
        (f"Notat om parken\n32. marts 2022\n\n{SAID}", None, None),
        (f"Notat om parken\nSagsnr. 25/1046\n\n{SAID}\nØkonomi\n\n{SAID}", "Notat om parken", None),
        (f"Notat om parken\nDato: 7. marts 2022\n\n{SAID}\nBo Holm\n", "Notat om parken", "2022-03-07"),
        (f"NOTAT\nDato: 7. marts 2022\n\nBænke i parken\n\n{SAID}", "Bænke i parken", "2022-03-07"),
        (f"Karen Holm\nKajgade 44\n\n{SAID}", None, None),
        ("Bænke: 12\n\nTræer\nBirk\n", None, None),
        ("Notat om parken\n\nHer står 12 bænke\n", "Notat om parken", None),
        ("Notat om parken", "Notat om parken", None),
    ],
)
def test_a_note_has_its_title_and_its_day_above_its_text(text: str, title: str | None, date: str | None) -> None:
    found = described(text)

    assert (found.kind, found.title, found.date) == ("other", title, date)


FORM = """Fjordby Kommune
Budgetforslag 2026

Nummer: BSU07
Titel: Senere åbning i klubberne
Udvalg: Børne- og Skoleudvalget
{}

Forslaget træder i kraft den 1. januar 2026.
"""


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("Dato: 12. maj 2025", "2025-05-12"),
        ("Dato: 12. maj 2025\nRevideret den 2. juni 2025", "2025-06-02"),
        ("Version af 2-6-2025", "2025-06-02"),
        ("Dato for ikrafttræden: 1. januar 2026", None),
        ("Udskrevet: 3. juni 2025", None),
        ("Dato: 12. maj 2025\nDato: 13. maj 2025", None),
        ("Version 2.1", None),
    ],
)
def test_a_form_is_of_the_day_that_it_says(line: str, date: str | None) -> None:
    found = extract_bytes(FORM.format(line).encode(), "forslag.txt")
    assert (found.kind, found.date) == ("budget-proposal", date)


ITEMS = """

1. Tved Skole

Sagsnr.: 2026-0040961

Resume
Forslaget indebærer en besparelse på 2 mio. kr. i 2027.

Sagsfremstilling
Skolen har 90 elever.

Økonomi
Der spares 2 mio. kr. i 2027.

Beslutning
Udsat.

2. Molen

Sagsnr.: 2026-0040962

Resume
Forslaget indebærer en besparelse på 3 mio. kr. i 2027.

Sagsfremstilling
Molen er gammel.

Økonomi
Der spares 3 mio. kr. i 2027.

Beslutning
Godkendt.
"""


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        ("Børne- og Skoleudvalget – referat, mandag den 3. maj 2027", "minutes"),
        ("Børne- og Skoleudvalget –\nreferat, mandag den 3. maj 2027", "minutes"),
        ("Børne- og Skoleudvalget – referat, mandag den 3.\nmaj 2027", "minutes"),
        ("", "other"),
    ],
)
def test_items_of_a_meeting_are_no_catalogue_of_proposals(head: str, kind: str) -> None:
    document = extract_bytes((head + ITEMS).encode(), "papir.txt")

    assert document.kind == kind
    if head:
        bodies = [record.body for record in document.records if isinstance(record, Decision)]
        assert bodies == ["Børne- og Skoleudvalget", "Børne- og Skoleudvalget"]
