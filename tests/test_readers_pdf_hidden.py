"""PDF: text that a person does not see is left out and counted, and no other."""

from __future__ import annotations

import io

import msgspec
import pypdfium2 as pdfium
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pdf_syntax import line, objects_of, one_page, packed, stream
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from corpus.options import PdfEngine, ReadOptions
from corpus.readers import read
from corpus.reading import Reading

PICTURE = stream(
    bytes([250, 20, 240, 100]), b"/Type/XObject/Subtype/Image/Width 2/Height 2/ColorSpace/DeviceGray/BitsPerComponent 8"
)
BLANK = stream(
    bytes(4), b"/Type/XObject/Subtype/Image/Width 2/Height 2/ColorSpace/DeviceGray/BitsPerComponent 8/Decode[1 0]"
)
WITH_PICTURE = b"/XObject<</Im0 6 0 R>>"
SCAN = b"q 595 0 0 842 0 0 cm /Im0 Do Q "
LAYER = b"<</Type/OCG/Name(Lag)>>"


BOX = b"0 g %.2f 690 %.2f 24 re f" % (
    72 + stringWidth("Sagen om", "Helvetica", 12) + 1,
    stringWidth(" Jens Hansen ", "Helvetica", 12) - 2,
)
"""Over the name in "Sagen om Jens Hansen er afsluttet"."""


def codes(reading: Reading) -> list[str]:
    return [problem.code for problem in reading.problems]


HIDDEN = {
    "white on paper": one_page(line("hemmelig", 700, "1 g") + line("Synlig", 600)),
    "nearly white on paper": one_page(line("hemmelig", 700, "0.99 g") + line("Synlig", 600)),
    "white on paper, bold by a white outline": one_page(
        line("hemmelig", 700, "1 g 1 G .3 w 2 Tr") + line("Synlig", 600, "0 g 0 Tr")
    ),
    "blue on blue": one_page(
        b"0 0 .5 rg 60 690 300 30 re f\n" + line("hemmelig", 700, "0 0 .5 rg") + line("Synlig", 600, "0 0 .5 rg")
    ),
    "white on white on blue": one_page(
        b"0 0 .5 rg 0 0 595 842 re f 1 g 60 590 300 200 re f\n"
        + line("hemmelig", 700, "1 g")
        + line("Synlig", 600, "0 g")
    ),
    "under a black box": one_page(line("hemmelig", 700) + b"60 690 300 30 re f\n" + line("Synlig", 600)),
    "under a white box": one_page(line("hemmelig", 700) + b"1 g 60 690 300 30 re f 0 g\n" + line("Synlig", 600)),
    "under a picture": one_page(
        line("hemmelig", 700) + b"q 200 0 0 40 60 690 cm /Im0 Do Q\n" + line("Synlig", 600),
        PICTURE,
        resources=WITH_PICTURE,
    ),
    "under a blank picture as large as the page": one_page(
        line("hemmelig", 700) + SCAN + line("Synlig", 600), BLANK, resources=WITH_PICTURE
    ),
    "without ink": one_page(line("hemmelig", 700, "3 Tr") + line("Synlig", 600)),
    "clear": one_page(line("hemmelig", 700, "/G gs") + line("Synlig", 600), resources=b"/ExtGState<</G<</ca 0>>>>"),
    "far too small": one_page(b"BT /F1 .4 Tf 72 700 Td (hemmelig) Tj ET\n" + line("Synlig", 600)),
    "in a layer that is off": one_page(
        b"/OC /L BDC\n" + line("hemmelig", 700) + b"EMC\n" + line("Synlig", 600),
        LAYER,
        resources=b"/Properties<</L 6 0 R>>",
        catalogue=b"/OCProperties<</OCGs[6 0 R]/D<</OFF[6 0 R]>>>>",
    ),
    "in a layer that a packed catalogue switches off": packed(
        objects_of(
            b"/OC /L BDC\n" + line("hemmelig", 700) + b"EMC\n" + line("Synlig", 600),
            LAYER,
            resources=b"/Properties<</L 6 0 R>>",
            catalogue=b"/OCProperties<</OCGs[6 0 R]/D<</OFF[6 0 R]>>>>",
        )
    ),
    "under a drawn annotation": one_page(
        line("hemmelig", 700) + line("Synlig", 600),
        b"<</Type/Annot/Subtype/Square/Rect[60 690 300 720]/C[0 0 0]/IC[0 0 0]/F 4>>",
        page=b"/Annots[6 0 R]",
    ),
    "in a form": one_page(
        b"/Fm Do\n" + line("Synlig", 600),
        stream(
            line("hemmelig", 300) + b"60 290 300 30 re f\n",
            b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Matrix[1 0 0 1 0 400]/Resources<</Font<</F1 5 0 R>>>>",
        ),
        resources=b"/XObject<</Fm 6 0 R>>",
    ),
}

SEEN = {
    "white on a dark box": one_page(b"0 0 .5 rg 60 690 300 30 re f\n" + line("Vises", 700, "1 g")),
    "white on a picture": one_page(SCAN + line("Vises", 700, "1 g"), PICTURE, resources=WITH_PICTURE),
    "pale grey": one_page(line("Vises", 700, "0.85 g")),
    "an outline in another colour": one_page(line("Vises", 700, "1 g 0 G 2 Tr .3 w")),
    "under a highlighter": one_page(
        line("Vises", 700) + b"/G gs 1 1 0 rg 60 690 300 30 re f", resources=b"/ExtGState<</G<</ca .4>>>>"
    ),
    "under a highlighter that multiplies": one_page(
        line("Vises", 700) + b"/G gs 1 1 0 rg 60 690 300 30 re f", resources=b"/ExtGState<</G<</BM/Multiply>>>>"
    ),
    "under a box that is clipped away": one_page(line("Vises", 700) + b"q 0 0 10 10 re W n 60 690 300 30 re f Q"),
    "on a box of its colour under another": one_page(
        b"0 g 60 690 300 30 re f .8 g 65 692 290 26 re f\n" + line("Vises", 700, "0 g")
    ),
    "read off a scan": one_page(SCAN + line("Vises", 700, "3 Tr"), PICTURE, resources=WITH_PICTURE),
    "read off a scan painted over it": one_page(line("Vises", 700) + SCAN, PICTURE, resources=WITH_PICTURE),
    "letters cut out of a picture": one_page(
        b"q BT 7 Tr /F1 80 Tf 72 600 Td (Vises) Tj ET " + SCAN + b"Q", PICTURE, resources=WITH_PICTURE
    ),
    "in a layer that is on": one_page(
        b"/OC /L BDC\n" + line("Vises", 700) + b"EMC",
        LAYER,
        resources=b"/Properties<</L 6 0 R>>",
        catalogue=b"/OCProperties<</OCGs[6 0 R]/D<</ON[6 0 R]>>>>",
    ),
    "a page that is shown enlarged": one_page(b"BT /F1 .6 Tf 7 70 Td (Vises) Tj ET", page=b"/UserUnit 20"),
    "white on a shading": one_page(
        b"q 60 690 300 30 re W n /Sh sh Q " + line("Vises", 700, "1 g"),
        b"<</ShadingType 2/ColorSpace/DeviceRGB/Coords[0 0 600 0]/Function 7 0 R/Extend[true true]>>",
        b"<</FunctionType 2/Domain[0 1]/C0[0 0 .5]/C1[0 .5 0]/N 1>>",
        resources=b"/Shading<</Sh 6 0 R>>",
    ),
    "struck through with a thick bar": one_page(line("Vises", 700) + b"60 702 160 3.2 re f"),
    "small print": one_page(b"BT /F1 2 Tf 72 700 Td (Vises) Tj ET"),
    "a unit font made large": one_page(b"BT /F1 .5 Tf 24 0 0 24 72 700 Tm (Vises) Tj ET"),
    "a table cell painted before its text": one_page(line("Vises", 700) + b"1 g 60 650 300 30 re f\n", resources=b""),
}


@pytest.mark.parametrize("case", HIDDEN)
def test_text_that_is_not_seen_is_left_out_and_counted(case: str) -> None:
    reading = read(HIDDEN[case], "a.pdf")

    assert reading.text.split() == ["Synlig"]
    (problem,) = reading.problems
    assert (problem.code, problem.page) == ("hidden-text", 1)
    assert problem.message.startswith("8 characters")
    assert "hemmelig" not in problem.message


@pytest.mark.parametrize("case", SEEN)
def test_text_that_is_seen_is_never_left_out(case: str) -> None:
    reading = read(SEEN[case], "a.pdf")

    assert reading.text.split() == ["Vises"]
    assert reading.problems == []


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_box_over_a_name_hides_the_name_and_not_its_line(turn: int) -> None:
    content = line("Sagen om Jens Hansen er afsluttet", 700) + BOX
    reading = read(one_page(content, page=b"/Rotate %d/CropBox[20 30 580 800]" % turn), "a.pdf")

    assert sorted(reading.text.split()) == sorted(["Sagen", "om", "er", "afsluttet"])
    assert codes(reading) == ["hidden-text"]


def test_a_name_blackened_on_a_scan_is_not_read_from_the_layer_below() -> None:
    content = SCAN + line("Sagen om Jens Hansen er afsluttet", 700, "3 Tr") + BOX
    reading = read(one_page(content, PICTURE, resources=WITH_PICTURE), "a.pdf")

    assert reading.text.split() == ["Sagen", "om", "er", "afsluttet"]


@given(
    shade=st.integers(0, 255),
    behind=st.integers(0, 255),
    size=st.integers(4, 30),
)
def test_what_differs_from_its_background_is_read(shade: int, behind: int, size: int) -> None:
    content = f"{behind / 255:.3f} g 0 0 595 842 re f {shade / 255:.3f} g BT /F1 {size} Tf 72 700 Td (Tekst) Tj ET"
    reading = read(one_page(content.encode()), "a.pdf")

    if abs(shade - behind) > 12:
        assert reading.text == "Tekst\n"
    elif shade == behind:
        assert reading.text == ""


@pytest.mark.parametrize("engine", ["pdfium", "pdfplumber"])
def test_what_is_left_out_is_one_problem_that_names_the_pages(engine: PdfEngine) -> None:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(400, 400))
    for number in range(1, 13):
        canvas.drawString(72, 300, "Synlig")
        if number in (3, 4, 5, 12):
            canvas.drawString(72, 500, "hemmelig")
        canvas.showPage()
    canvas.save()
    (problem,) = read(buffer.getvalue(), "a.pdf", options=ReadOptions(pdf_engine=engine)).problems

    assert (problem.code, problem.page) == ("hidden-text", 3)
    assert problem.message == ("32 characters stand outside the visible part of pages 3-5, 12; they are left out.")


def test_the_page_of_another_document_stays_as_it_is() -> None:
    """Looking at a page leaves nothing behind: a second reading gives the same."""
    first = read(HIDDEN["under a black box"], "a.pdf")

    assert msgspec.msgpack.encode(read(HIDDEN["under a black box"], "a.pdf")) == msgspec.msgpack.encode(first)
    assert pdfium.PdfDocument(HIDDEN["under a black box"])[0].get_textpage().get_text_bounded().split() == [
        "hemmelig",
        "Synlig",
    ]
