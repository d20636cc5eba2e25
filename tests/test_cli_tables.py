"""`akt tables`: the tables of files as text, JSON and CSV, and the pictures of what was read."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pytest
from PIL import Image, ImageDraw, ImageFont
from reportlab.pdfgen.canvas import Canvas

from corpus.model import Table, Unit
from corpus.readers.pdf import read
from pipeline.cli.app import run
from pipeline.cli.exits import ExitCode
from pipeline.export.drawing import BLACK, CELL, RULING, SCALE, VALUE
from pipeline.export.grids import said

CPR = "010190-1234"
ROWS = [
    ["Beløb i 1.000 kr.", "2025", "2026", "2027"],
    ["Besparelse", "-250", "-500", "-500"],
    ["Investering", "100", "", "50"],
]


def budget(*, below: str = "", pages: int = 1, rows: list[list[str]] = ROWS) -> bytes:
    """A4 with a drawn table of up to three rows on its first page, and a sentence below it."""
    data = io.BytesIO()
    canvas = Canvas(data, pagesize=(595, 842))
    for page in range(pages):
        canvas.setFont("Helvetica", 10)
        for number, row in enumerate(rows if page == 0 else []):
            for column, text in enumerate(row):
                canvas.drawString(104 + 100 * column, 724 - 20 * number, text)
        for number in range(5 if page == 0 else 0):
            canvas.line(100 + 100 * number, 680, 100 + 100 * number, 740)
            canvas.line(100, 740 - 20 * min(number, 3), 500, 740 - 20 * min(number, 3))
        canvas.drawString(
            100, 600, below or "Byrådet tager stilling til forslaget ved budgettets vedtagelse i oktober."
        )
        canvas.showPage()
    canvas.save()
    return data.getvalue()


def turned(data: bytes, rotation: int, crop: tuple[float, float, float, float] | None = None) -> bytes:
    document = pdfium.PdfDocument(data)
    document[0].set_rotation(rotation)
    if crop:
        document[0].set_cropbox(*crop)
    held = io.BytesIO()
    document.save(held)
    document.close()
    return held.getvalue()


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    path = tmp_path / "forslag.pdf"
    path.write_bytes(budget())
    return path


def tables(*arguments: str | Path) -> int:
    return run(["tables", *map(str, arguments)])


def test_a_table_is_printed_as_it_stands_and_as_it_was_read(paper: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert tables(paper) == ExitCode.DONE
    out, err = capfd.readouterr()
    assert out.splitlines() == [
        f"{paper}, page 1 · table 1",
        "  unit: Beløb i 1.000 kr.",
        "  Beløb i 1.000 kr.  2025  2026  2027",
        "  Besparelse         -250  -500  -500",
        "  Investering         100          50",
        "  read as               2025      2026      2027",
        "  Besparelse   kr.  -250.000  -500.000  -500.000",
        "  Investering  kr.   100.000              50.000",
        "",
    ]
    assert err == "1 table\n"


def test_columns_of_one_year_are_shown_by_their_headings(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "traek.txt"
    path.write_text("Beløb i kr.\n\nOmråde\tBudget 2026\tForbrug 2026\nVej\t400\t500\nHavn\t700\t600\n")
    assert tables(path) == ExitCode.DONE
    shown = capfd.readouterr().out.splitlines()
    heading = next(line for line in shown if "read as" in line)
    assert heading.split() == ["read", "as", "Budget", "2026", "Forbrug", "2026"]


def test_json_is_the_table_of_the_contract_with_its_place(paper: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert tables(paper, "--format", "json") == ExitCode.DONE
    [table] = json.loads(capfd.readouterr().out)
    assert (table["path"], table["number"], table["page"]) == (str(paper), 1, 1)
    assert [[cell["text"] for cell in row] for row in table["cells"]] == ROWS
    assert [line["label"] for line in table["lines"]] == ["Besparelse", "Investering"]


def test_csv_has_a_row_for_each_cell_and_what_was_read_from_it(paper: Path, tmp_path: Path) -> None:
    target = tmp_path / "celler.csv"
    assert tables(paper, "--format", "csv", "-o", target) == ExitCode.DONE
    rows = list(csv.DictReader(io.StringIO(target.read_text())))
    assert [row["text"] for row in rows] == [text for row in ROWS for text in row]
    read = {(row["label"], row["year"]): row["value"] for row in rows if row["value"]}
    assert read == {
        ("Besparelse", "2025"): "-250000",
        ("Besparelse", "2026"): "-500000",
        ("Besparelse", "2027"): "-500000",
        ("Investering", "2025"): "100000",
        ("Investering", "2027"): "50000",
    }


def test_the_other_engine_reads_the_tables_when_asked_for(
    paper: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    printed, drawn = [], []
    for engine in ("pdfium", "pdfplumber"):
        assert tables(paper, "--pdf-engine", engine, "--draw", tmp_path / engine) == ExitCode.DONE
        printed.append(capfd.readouterr().out)
        drawn.append((tmp_path / engine / "forslag-p001.png").read_bytes())
    assert printed[0] == printed[1]
    assert drawn[0] != drawn[1]  # each has its own boxes of the words


def test_a_wide_table_is_broken_in_its_columns(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    label = "Effektivisering af den samlede kørsel til skoler og dagtilbud i hele kommunen, herunder specialkørsel"
    path = tmp_path / "forslag.md"
    path.write_text(f"Beløb i 1.000 kr.\n\n| | 2025 | 2026 |\n| --- | --- | --- |\n| {label} | -250 | -500 |\n")
    assert tables(path) == ExitCode.DONE
    lines = capfd.readouterr().out.splitlines()
    assert max(map(len, lines[2:5])) <= 100
    assert lines[3].split()[-2:] == ["-250", "-500"]
    assert lines[4] == "  herunder specialkørsel"


def test_tables_inside_a_mail_are_found_and_drawn(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "a@fjordby.example", "b@fjordby.example", "Forslag"
    mail.set_content("Se bilaget.")
    mail.add_attachment(budget(), maintype="application", subtype="pdf", filename="bilag.pdf")
    path = tmp_path / "brev.eml"
    path.write_bytes(bytes(mail))
    assert tables(path, "--draw", tmp_path / "ud") == ExitCode.DONE
    assert "brev.eml!bilag.pdf, page 1 · table 1" in capfd.readouterr().out
    assert [drawn.name for drawn in (tmp_path / "ud").iterdir()] == ["brev.eml!bilag-p001.png"]


def test_two_files_of_one_name_have_pictures_of_their_own(paper: Path, tmp_path: Path) -> None:
    (tmp_path / "andet").mkdir()
    other = tmp_path / "andet" / "forslag.pdf"
    other.write_bytes(budget())
    assert tables(paper, other, "--draw", tmp_path / "ud") == ExitCode.DONE
    assert sorted(p.name for p in (tmp_path / "ud").iterdir()) == ["forslag (2)-p001.png", "forslag-p001.png"]


def test_pages_without_a_table_are_drawn_when_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "forslag.pdf"
    path.write_bytes(budget(pages=3))
    assert tables(path, "--draw", tmp_path / "ud", "--all-pages") == ExitCode.DONE
    assert len(list((tmp_path / "ud").iterdir())) == 3


# --- what is drawn --------------------------------------------------------------------------------------------------


def picture(data: bytes, tmp_path: Path, *options: str) -> Image.Image:
    path = tmp_path / "side.pdf"
    path.write_bytes(data)
    assert tables(path, "--draw", tmp_path / "ud", "--all-pages", *options) in (ExitCode.DONE, ExitCode.NOTHING_FOUND)
    return Image.open(tmp_path / "ud" / "side-p001.png").convert("RGB")


def colours(image: Image.Image, box: tuple[float, float, float, float]) -> set[str]:
    """The colours of the pixels in a box of the page, in points."""
    x0, top, x1, bottom = (round(place * SCALE) for place in box)
    found = image.crop((x0, top, x1, bottom)).getcolors(1 << 24)
    assert found is not None
    return {"#{:02x}{:02x}{:02x}".format(*colour) for _, colour in found if isinstance(colour, tuple)}


@pytest.mark.parametrize(("rotation", "crop"), [(0, None), (90, None), (180, None), (270, (50, 560, 560, 800))])
def test_boxes_lie_on_the_page_as_it_is_shown(
    rotation: int, crop: tuple[float, float, float, float] | None, tmp_path: Path
) -> None:
    data = turned(budget(), rotation, crop)
    image = picture(data, tmp_path)
    page = read(data, "side.pdf").pages[0]
    assert image.size == (round(page.width * SCALE), round(page.height * SCALE))
    for word in page.words:
        assert any(colour < "#505050" for colour in colours(image, (word.x0, word.top, word.x1, word.bottom)))
    for x0, top, x1, bottom in page.rulings:
        assert RULING in colours(image, (x0 - 1, top - 1, x1 + 1, bottom + 1))


def test_cells_and_values_are_drawn(tmp_path: Path) -> None:
    seen = colours(picture(budget(), tmp_path), (100, 100, 500, 170))
    assert {CELL, VALUE} <= seen


def test_what_is_written_has_only_letters_that_the_font_has(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[str] = []
    draw_text = ImageDraw.ImageDraw.text

    def noted(self: ImageDraw.ImageDraw, place: tuple[float, float], text: str, **how: Any) -> None:
        written.append(text)
        draw_text(self, place, text, **how)

    monkeypatch.setattr(ImageDraw.ImageDraw, "text", noted)
    path = tmp_path / "side.pdf"
    path.write_bytes(budget(rows=[["Årsværk", "2025", "2026", "2027"], ["Lærere", "-2,5", "1", "1"]]))
    assert tables(path, "--draw", tmp_path / "ud") == ExitCode.DONE
    assert "2025: -2,5 FTE" in written
    font = ImageFont.load_default(12)
    missing = bytes(font.getmask("\u0378"))
    assert not [letter for letter in set("".join(written)) if bytes(font.getmask(letter)) == missing]


@pytest.mark.parametrize("rotation", [0, 90])
def test_cpr_numbers_are_blacked_out_unless_asked_for(rotation: int, tmp_path: Path) -> None:
    data = turned(budget(below=f"Borger {CPR} har klaget."), rotation)
    reading = read(data, "side.pdf")
    [box] = [(w.x0, w.top, w.x1, w.bottom) for w in reading.pages[0].words if reading.text[w.start : w.end] == CPR]
    assert colours(picture(data, tmp_path), box) == {BLACK}
    assert colours(picture(data, tmp_path, "--show-identifiers"), box) != {BLACK}


def test_a_number_over_two_words_is_blacked_out_whole(tmp_path: Path) -> None:
    data = budget(below="Cpr-nr. 010190 1234 har klaget.")
    reading = read(data, "side.pdf")
    image = picture(data, tmp_path)
    for word in reading.pages[0].words:
        if reading.text[word.start : word.end] in {"010190", "1234"}:
            assert colours(image, (word.x0, word.top, word.x1, word.bottom)) == {BLACK}


def test_filled_form_fields_are_in_the_picture_and_blacked_out(tmp_path: Path) -> None:
    data = io.BytesIO()
    canvas = Canvas(data, pagesize=(595, 842))
    canvas.drawString(100, 700, "Oplysninger om borgeren")
    canvas.acroForm.textfield(name="cpr", value=CPR, x=100, y=600, width=200, height=24)
    canvas.save()
    reading = read(data.getvalue(), "side.pdf")
    found = [(w.x0, w.top, w.x1, w.bottom) for w in reading.pages[0].words if reading.text[w.start : w.end] == CPR]
    assert found
    assert colours(picture(data.getvalue(), tmp_path), found[0]) == {BLACK}


# --- what goes wrong ------------------------------------------------------------------------------------------------


def test_a_file_without_a_table_is_nothing_found(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "notat.txt"
    path.write_text("Notat om legepladser\n\nUdvalget bevilger 2 mio. kr. til legepladser i 2025.\n")
    assert tables(path, "--draw", tmp_path / "ud") == ExitCode.NOTHING_FOUND
    out, err = capfd.readouterr()
    assert out == ""
    assert err.splitlines() == [
        "0 tables",
        "No page was drawn: only PDF pages with a table are, or with --all-pages all.",
    ]


def test_files_that_cannot_be_read_are_told_and_the_others_read(
    paper: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    broken = tmp_path / "brudt.pdf"
    broken.write_bytes(b"%PDF-1.7 broken")
    assert tables(broken, tmp_path / "mangler.pdf", paper) == ExitCode.SOME_FAILED
    out, err = capfd.readouterr()
    assert "forslag.pdf, page 1" in out
    assert "brudt.pdf: " in err
    assert "mangler.pdf: The file cannot be opened" in err


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["mangler.pdf"], "does not exist"),
        (["."], "is a folder"),
        (["forslag.pdf", "--all-pages"], "--all-pages is for --draw DIR"),
        ([], "Missing argument"),
    ],
)
def test_wrong_command_lines(
    arguments: list[str], told: str, paper: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(paper.parent)
    assert tables(*arguments) == ExitCode.USAGE
    assert told in capfd.readouterr().err


def test_a_page_that_cannot_be_painted_costs_its_picture_only(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    odd, fine = tmp_path / "skæv.pdf", tmp_path / "hel.pdf"
    odd.write_bytes(turned(budget(), 0, crop=(2000, 2000, 2100, 2100)))
    fine.write_bytes(budget())
    code = run(["tables", str(odd), str(fine), "--all-pages", "--draw", str(tmp_path / "billeder")])
    assert code == ExitCode.SOME_FAILED
    assert [path.name for path in (tmp_path / "billeder").iterdir()] == ["hel-p001.png"]
    assert "skæv.pdf: Page 1 cannot be painted" in capfd.readouterr().err


def test_a_folder_that_cannot_be_made(paper: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert tables(paper, "--draw", paper / "ud") == ExitCode.ERROR
    assert "cannot be written" in capfd.readouterr().err


def test_cpr_numbers_are_masked_in_the_text_and_in_names(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / f"sag {CPR}.pdf"
    path.write_bytes(budget(below=f"Borger {CPR} har klaget."))
    assert tables(path, "--draw", tmp_path / "ud") == ExitCode.DONE
    out, err = capfd.readouterr()
    assert CPR not in out + err + "".join(drawn.name for drawn in (tmp_path / "ud").iterdir())


def test_the_unit_of_a_caption_is_printed_without_the_rest_of_it() -> None:
    unit = Unit(factor=Decimal(1000), currency="DKK", text="Tabel 4. Forventet regnskab, tkr.")
    assert [*said(Table(caption=unit.text, unit=unit))] == ["Tabel 4. Forventet regnskab, tkr.", "unit: tkr."]
