"""PDF: forms and comments, passwords, and what the file says of itself."""

from __future__ import annotations

import io
from collections.abc import Callable

import msgspec
import pytest
from pdf_syntax import line, one_page, stream
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from corpus.options import PdfEngine, ReadOptions
from corpus.readers import read
from corpus.readers.pdf_metadata import iso_date
from corpus.reading import Reading
from corpus.store.packing import unpack_reading
from pipeline.extract import Options, extract_bytes

ENGINES: list[PdfEngine] = ["pdfium", "pdfplumber"]


def drawn(draw: Callable[[Canvas], None], **options: object) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, **options)
    draw(canvas)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def codes(reading: Reading) -> list[str]:
    return [problem.code for problem in reading.problems]


def widget(kind: bytes, rect: bytes, entries: bytes) -> bytes:
    return b"<</Type/Annot/Subtype/Widget/FT/%s/Rect[%s]/P 3 0 R/F 4/DA(/Helv 10 Tf 0 g)%s>>" % (kind, rect, entries)


def form(*annotations: bytes, needs: bytes = b"false") -> bytes:
    places = b" ".join(b"%d 0 R" % number for number in range(6, 6 + len(annotations)))
    return one_page(
        line("Ansøgning", 800),
        *annotations,
        page=b"/Annots[%s]" % places,
        catalogue=b"/AcroForm<</NeedAppearances %s/Fields[%s]/DR<</Font<</Helv 5 0 R>>>>>>" % (needs, places),
    )


FIELDS = (
    widget(b"Tx", b"150 690 350 710", b"/T(beloeb)/V(1.413.000)"),
    widget(b"Ch", b"150 650 350 670", b"/T(udvalg)/Ff 131072/Opt[(Skoleudvalget)(Kulturudvalget)]/V(Kulturudvalget)"),
    widget(b"Btn", b"150 600 165 615", b"/T(ja)/V/Yes/AS/Yes"),
    widget(b"Btn", b"150 570 165 585", b"/T(nej)/V/Off/AS/Off"),
    widget(b"Tx", b"150 500 350 520", b"/T(skjult)/V(hemmelig)/F 2").replace(b"/F 4", b""),
    widget(b"Tx", b"150 450 350 470", b"/T(kode)/Ff 8192/V(hemmelig)"),
    b"<</Type/Annot/Subtype/FreeText/Rect[150 400 350 420]/Contents(Skrevet til)/DA(/Helv 10 Tf 0 g)/F 4>>",
)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("needs", [b"true", b"false"])
def test_fields_without_an_appearance_are_read_where_they_stand(needs: bytes, engine: PdfEngine) -> None:
    reading = read(form(*FIELDS, needs=needs), "a.pdf", options=ReadOptions(pdf_engine=engine))

    lines = [each for each in reading.text.splitlines() if each]
    assert [each for each in lines if "*" not in each] == [
        "Ansøgning",
        "1.413.000",
        "Kulturudvalget",
        "☑",
        "☐",
        "Skrevet til",
    ]
    amount = next(w for w in reading.pages[0].words if reading.text[w.start : w.end] == "1.413.000")
    assert 148 <= amount.x0 < amount.x1 <= 352
    assert 842 - 712 <= amount.top < amount.bottom <= 842 - 688


def test_a_value_that_the_page_does_not_show_is_printed_and_a_shown_one_is_not_printed_twice() -> None:
    empty = stream(b"", b"/Type/XObject/Subtype/Form/BBox[0 0 200 20]")
    shown = stream(
        b"BT /F1 10 Tf 2 5 Td (1.500,00 kr.) Tj ET",
        b"/Type/XObject/Subtype/Form/BBox[0 0 200 20]/Resources<</Font<</F1 5 0 R>>>>",
    )
    fields = (
        widget(b"Tx", b"150 690 350 710", b"/T(a)/V(Havneskolen)/AP<</N 8 0 R>>"),
        widget(b"Tx", b"150 650 350 670", b"/T(b)/V(1500)/AP<</N 9 0 R>>"),
    )
    data = one_page(
        line("Skole", 800),
        *fields,
        empty,
        shown,
        page=b"/Annots[6 0 R 7 0 R]",
        catalogue=b"/AcroForm<</Fields[6 0 R 7 0 R]>>",
    )

    assert read(data, "a.pdf").text.split() == ["Skole", "Havneskolen", "1.500,00", "kr."]


def test_check_boxes_and_radio_buttons_say_which_is_chosen() -> None:
    def draw(canvas: Canvas) -> None:
        for y, text, checked in ((700, "Ja", True), (670, "Nej", False)):
            canvas.acroForm.checkbox(x=72, y=y - 5, checked=checked, name=text, buttonStyle="check")
            canvas.drawString(110, y, text)
        for y, text, chosen in ((640, "Drift", False), (610, "Anlæg", True)):
            canvas.acroForm.radio(x=72, y=y - 5, value=text, selected=chosen, name="slags")
            canvas.drawString(110, y, text)

    lines = [each for each in read(drawn(draw), "a.pdf").text.splitlines() if each]

    assert lines == ["☑ Ja", "☐ Nej", "☐ Drift", "☑ Anlæg"]


MARKED = b"/Rect[72 698 200 712]/QuadPoints[72 712 200 712 72 698 200 698]/F 4"
ASIDE = b"/Subtype/Text/Rect[400 500 420 520]"
NOTES = (
    b"<</Type/Annot%s/Contents(Hvorfor 2 mio. kr.?\rSe bilag.)/T(Ane Falk)/F 4>>" % ASIDE,
    b"<</Type/Annot/Subtype/Highlight%s/Contents(Uenig)>>" % MARKED,
    b"<</Type/Annot/Subtype/Underline%s/Contents(Besparelse)>>" % MARKED,
    b"<</Type/Annot%s/Contents(Accepted set by Bo)/StateModel(Review)/State(Accepted)>>" % ASIDE,
    b"<</Type/Annot%s/Contents(hemmelig)/F 2>>" % ASIDE,
    b"<</Type/Annot/Subtype/Popup/Rect[400 300 420 320]/Contents(Uenig)>>",
)


@pytest.mark.parametrize("engine", ENGINES)
def test_comments_follow_the_text_of_their_page_and_disturb_no_figure(engine: PdfEngine) -> None:
    places = b" ".join(b"%d 0 R" % number for number in range(6, 6 + len(NOTES)))
    data = one_page(line("Besparelse -413", 700), *NOTES, page=b"/Annots[%s]" % places)
    reading = read(data, "a.pdf", options=ReadOptions(pdf_engine=engine))

    assert reading.text == ("Besparelse -413\n\nNote: Uenig\n\nNote (Ane Falk): Hvorfor 2 mio. kr.?\nSe bilag.\n")
    assert [reading.text[w.start : w.end] for w in reading.pages[0].words] == ["Besparelse", "-413"]
    document = extract_bytes(data, "a.pdf", Options(reading=ReadOptions(pdf_engine=engine)))
    (amount,) = [record for record in document.records if record.text == "2 mio. kr."]
    assert (amount.page, amount.bbox) == (1, None)


def test_a_file_pinned_to_a_page_is_a_child() -> None:
    data = one_page(
        line("Se bilag", 700),
        b"<</Type/Annot/Subtype/FileAttachment/Rect[400 500 420 520]/FS 7 0 R/Contents(Regneark)>>",
        b"<</Type/Filespec/F(tal.csv)/UF(tal.csv)/EF<</F 8 0 R>>>>",
        stream(b"a;1\n", b"/Type/EmbeddedFile"),
        page=b"/Annots[6 0 R]",
    )
    (child,) = read(data, "a.pdf").children

    assert (child.name, child.data) == ("tal.csv", b"a;1\n")


def attached(*objects: bytes) -> bytes:
    return one_page(line("Se bilag", 700), *objects, catalogue=b"/Names<</EmbeddedFiles<</Names[(bilag) 6 0 R]>>>>")


@pytest.mark.parametrize("engine", ENGINES)
def test_an_empty_file_in_a_pdf_is_a_child_that_is_empty(engine: PdfEngine) -> None:
    data = attached(
        b"<</Type/Filespec/F(tal.csv)/UF(tal.csv)/EF<</F 7 0 R>>>>",
        stream(b"", b"/Type/EmbeddedFile"),
    )
    reading = read(data, "a.pdf", options=ReadOptions(pdf_engine=engine))

    assert [(child.name, child.data) for child in reading.children] == [("tal.csv", b"")]
    assert reading.problems == []


def test_a_file_in_a_pdf_that_cannot_be_read_is_named() -> None:
    nowhere = b"<</Type/Filespec/F(tal.csv)/UF(tal.csv)/EF<</F 9 0 R>>>>"
    pinned = b"<</Type/Annot/Subtype/FileAttachment/Rect[400 500 420 520]/FS 7 0 R/Contents(Regneark)>>"
    whole = read(attached(nowhere), "a.pdf")
    page = read(one_page(line("Se bilag", 700), pinned, nowhere, page=b"/Annots[6 0 R]"), "a.pdf")

    for reading in (whole, page):
        assert (reading.children, codes(reading)) == ([], ["unreadable"])
        assert "tal.csv" in reading.problems[0].message


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("strength", [40, 128])
def test_an_empty_password_opens_and_another_one_is_a_problem(strength: int, engine: PdfEngine) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(72, 700, "Fortroligt notat")

    def lock(password: str) -> StandardEncryption:
        return StandardEncryption(password, ownerPassword="ejer", strength=strength)

    options = ReadOptions(pdf_engine=engine)
    opened = read(drawn(draw, encrypt=lock("")), "a.pdf", options=options)
    closed = read(drawn(draw, encrypt=lock("kodeord")), "a.pdf", options=options)

    assert (opened.text, opened.problems) == ("Fortroligt notat\n", [])
    assert (closed.text, codes(closed)) == ("", ["encrypted-pdf"])


def described() -> bytes:
    def draw(canvas: Canvas) -> None:
        canvas.setTitle("Budget 2026 på skoleområdet")
        canvas.setAuthor("Økonomiafdelingen")
        canvas.setKeywords("budget, skole")
        canvas.setCreator("Tekstprogram")
        for number, (title, level) in enumerate([("Indledning", 0), ("Forslag", 0), ("BSU07 Færre timer", 1)]):
            canvas.bookmarkPage(f"p{number}")
            canvas.addOutlineEntry(title, f"p{number}", level)
            canvas.addPageLabel(number, "ROMAN_LOWER" if number < 2 else "ARABIC", 1, None if number < 2 else "A-")
            canvas.drawString(72, 700, f"Side {number}")
            if number < 2:
                canvas.showPage()

    return drawn(draw, initialFontName="Helvetica")


@pytest.mark.parametrize("engine", ENGINES)
def test_title_dates_bookmarks_and_labels_are_kept(engine: PdfEngine) -> None:
    data = described()
    reading = read(data, "a.pdf", options=ReadOptions(pdf_engine=engine))
    document = extract_bytes(data, "a.pdf", Options(reading=ReadOptions(pdf_engine=engine)))

    said = reading.metadata
    assert (said["title"], said["author"]) == ("Budget 2026 på skoleområdet", "Økonomiafdelingen")
    assert (said["keywords"], said["creator"]) == ("budget, skole", "Tekstprogram")
    assert len(said["created"]) >= len("2026-01-01T00:00:00")
    assert said["created"][4] == "-"
    assert "ReportLab" in said["producer"]
    assert [(each.title, each.page, each.level) for each in reading.outline] == [
        ("Indledning", 1, 0),
        ("Forslag", 2, 0),
        ("BSU07 Færre timer", 3, 1),
    ]
    assert reading.page_labels == ["i", "i", "A-1"]
    assert (document.metadata, document.outline, document.page_labels) == (said, reading.outline, reading.page_labels)


def test_pages_that_count_from_one_have_no_labels() -> None:
    reading = read(drawn(lambda canvas: canvas.drawString(72, 700, "Side")), "a.pdf")

    assert (reading.page_labels, reading.outline) == ([], [])


def test_a_cpr_number_in_a_bookmark_is_masked() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.bookmarkPage("a")
        canvas.addOutlineEntry("Sag 010190-1234", "a")
        canvas.drawString(72, 700, "Tekst")

    document = extract_bytes(drawn(draw), "a.pdf")

    assert [each.title for each in document.outline] == ["Sag 010190-xxxx"]


@pytest.mark.parametrize(
    ("printed", "iso"),
    [
        ("D:20240305141500+01'00'", "2024-03-05T14:15:00+01:00"),
        ("D:20240305141500-05'30", "2024-03-05T14:15:00-05:30"),
        ("D:20240305141500Z00'00'", "2024-03-05T14:15:00+00:00"),
        ("D:202403051415", "2024-03-05T14:15:00"),
        ("20240305", "2024-03-05"),
        ("D:202403", "2024-03"),
        ("D:2024", "2024"),
        ("D:20240231", None),
        ("5. marts 2024", None),
        ("", None),
    ],
)
def test_dates_are_iso_dates(printed: str, iso: str | None) -> None:
    assert iso_date(printed) == iso


def test_a_reading_stored_without_the_new_fields_can_still_be_read() -> None:
    import zlib

    old = {"media_type": "application/pdf", "reader": "pdf/2", "text": "Tekst\n", "metadata": {"title": "Titel"}}

    reading = unpack_reading(zlib.compress(msgspec.msgpack.encode(old)))

    assert (reading.metadata, reading.outline, reading.page_labels) == ({"title": "Titel"}, [], [])
