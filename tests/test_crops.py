"""The place of a figure: what stands in its box on the page is what was read there, and a picture of it can be had."""

from __future__ import annotations

import io
import os
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from corpus.model import Document
from corpus.readers.pdf import read
from pipeline.cli.app import run
from pipeline.cli.exits import ExitCode
from pipeline.export.crops import Mark, UnpaintableError, pages_of
from pipeline.export.saving import save_picture
from pipeline.extract import extract_bytes
from pipeline.masking import mask_reading

CPR = "010190-1234"


def squeezed(text: str) -> str:
    """Without blanks, which printers set as they like, and with one sign for each minus and dash."""
    return (
        "".join(text.split()).replace("\u2212", "-").replace("\u2013", "-").replace("\xad", "").replace("\ufffe", "-")
    )


def places(document: Document) -> Iterator[tuple[str, int, tuple[float, float, float, float]]]:
    """Printed text, page and box of every figure of a document."""
    for table in document.tables:
        for line in table.lines:
            for value in line.values:
                if value.bbox is not None and value.page is not None:
                    yield value.raw, value.page, value.bbox
    for record in document.records:
        if record.bbox is not None and record.page is not None and "xxxx" not in record.text:
            yield record.text, record.page, record.bbox


@pytest.mark.parametrize(
    "name",
    [
        "katalog-fjordby-2026.pdf",
        "forslag-fjordby-BSU07.pdf",
        "forslag-lyngsoe-BL-07.pdf",
        "regnskab-fjordby-2024.pdf",
        "mail-udskrift.pdf",
    ],
)
def test_the_box_of_a_figure_read_back_holds_what_was_read(samples: Path, name: str) -> None:
    data = (samples / name).read_bytes()
    found = list(places(extract_bytes(data, name)))
    assert len(found) > 20
    document = pdfium.PdfDocument(data)
    try:
        pages = [document[number] for number in range(len(document))]
        missed = [each for each in found if squeezed(each[0]) not in squeezed(text_in(pages[each[1] - 1], each[2]))]
    finally:
        document.close()
    assert missed == []


def text_in(page: pdfium.PdfPage, box: tuple[float, float, float, float]) -> str:
    """What pdfium itself finds in a box of a page that is not turned; ``box`` is from the top, pdfium's from below."""
    height, (x0, top, x1, bottom) = page.get_height(), box
    text: str = page.get_textpage().get_text_bounded(x0 - 1, height - bottom - 1, x1 + 1, height - top + 1)
    return text


def page(*lines: str) -> bytes:
    held = io.BytesIO()
    canvas = Canvas(held, pagesize=(595, 842))
    for number, line in enumerate(lines):
        canvas.drawString(100, 700 - 40 * number, line)
    canvas.save()
    return held.getvalue()


def test_a_cpr_number_is_black_in_a_picture_and_the_rest_is_not() -> None:
    data = page(f"CPR-nr. {CPR}", "Udgiften er 500.000 kr.")
    reading = mask_reading(read(data, "brev.pdf"))
    words = {reading.text[word.start : word.end]: word for word in reading.pages[0].words}
    hidden, plain = words["010190-xxxx"], words["500.000"]

    def dark(picture: Image.Image, box: tuple[float, float, float, float]) -> float:
        cut = picture.crop(tuple(round(side * 3) for side in box)).convert("L")  # type: ignore[arg-type]
        return sum(cut.histogram()[:40]) / (cut.width * cut.height)

    with pages_of(data, reading) as pages:
        picture = Image.open(io.BytesIO(pages.picture(1, [], ["brev.pdf"], crop=False)))
    assert dark(picture, (hidden.x0, hidden.top, hidden.x1, hidden.bottom)) > 0.99
    assert 0 < dark(picture, (plain.x0, plain.top, plain.x1, plain.bottom)) < 0.6
    with pages_of(data, reading, show_identifiers=True) as pages:
        open_ = Image.open(io.BytesIO(pages.picture(1, [], [], crop=False)))
    assert dark(open_, (hidden.x0, hidden.top, hidden.x1, hidden.bottom)) < 0.6


def test_a_crop_is_around_its_strong_marks_and_a_page_that_is_not_there_is_told() -> None:
    data = page(*[f"Linje {number}: {number}00.000 kr." for number in range(15)])
    reading = read(data, "notat.pdf")
    with pages_of(data, reading) as pages:
        whole = Image.open(io.BytesIO(pages.picture(1, [], [], crop=False)))
        mark = Mark((100.0, 400.0, 180.0, 412.0), "#d00000", strong=True)
        crop = Image.open(io.BytesIO(pages.picture(1, [mark], ["Udgiften på Ærø"], crop=True)))
        with pytest.raises(UnpaintableError, match="no page 2"):
            pages.picture(2, [], [], crop=False)
    assert crop.width == whole.width
    assert crop.height < whole.height / 2
    colours = crop.convert("RGB").getcolors(1 << 20) or []
    assert any(colour == (0xD0, 0, 0) for _, colour in colours)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory, samples: Path) -> tuple[Path, Path]:
    """A workspace and the folder that it was made from, which a test may change by way of a copy."""
    folder = tmp_path_factory.mktemp("papers")
    for name in ("forslag-fjordby-KFU04-sumfejl.pdf", "mail-med-bilag.eml", "forslag-fjordby-SSU12.txt"):
        shutil.copy(samples / name, folder / name)
    place = tmp_path_factory.mktemp("workspace") / "ws"
    assert run(["--workspace", str(place), "ingest", str(folder)]) == ExitCode.DONE
    return place, folder


def ids(workspace: Path, query: str, capfd: pytest.CaptureFixture[str]) -> list[str]:
    capfd.readouterr()
    run(["--workspace", str(workspace), "records", "amounts", query, "--format", "csv"])
    return [line.partition(",")[0] for line in capfd.readouterr().out.splitlines()[1:]]


def test_a_record_is_shown_on_its_page_also_from_an_attachment(
    workspace: tuple[Path, Path], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    place, _ = workspace
    picture = tmp_path / "bevis.png"
    for id in (ids(place, "number:KFU04", capfd)[0], ids(place, "number:BL-07", capfd)[0]):
        assert run(["--workspace", str(place), "show", id, "--image", str(picture)]) == ExitCode.DONE
        with Image.open(picture) as shown:
            assert shown.width > 1500
        picture.unlink()
    assert capfd.readouterr().out == ""


def test_what_has_no_page_or_is_not_named_is_told(
    workspace: tuple[Path, Path], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    place, _ = workspace
    document = ids(place, "number:KFU04", capfd)[0].partition(".")[0]
    text = ids(place, "number:SSU12", capfd)[0]
    picture = tmp_path / "bevis.png"

    def show(*arguments: str) -> tuple[int, str]:
        code = run(["--workspace", str(place), "show", *arguments])
        return code, capfd.readouterr().err

    for arguments, code, told in (
        ((document, "--image", str(picture)), ExitCode.USAGE, "Name the page"),
        ((document, "--page", "1"), ExitCode.USAGE, "--image FILE.png"),
        ((document, "--page", "9", "--image", str(picture)), ExitCode.ERROR, "no page 9"),
        ((document, "--page", "1", "--image", "bevis.jpg"), ExitCode.USAGE, ".png"),
        ((text.partition(".")[0], "--page", "1", "--image", str(picture)), ExitCode.ERROR, "only a PDF"),
        ((text.partition(".")[0], "--image", str(picture)), ExitCode.ERROR, "only a PDF"),
        ((document, "--image", "mit bevis.png"), ExitCode.USAGE, "--page 1 --image 'mit bevis.png'"),
    ):
        found, said = show(*arguments)
        assert (found, told in said) == (code, True), said
    assert not picture.exists()


def test_a_source_that_is_not_what_was_read_is_not_drawn(
    workspace: tuple[Path, Path], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    place, folder = workspace
    id = ids(place, "number:KFU04", capfd)[0]
    source = folder / "forslag-fjordby-KFU04-sumfejl.pdf"
    before = source.read_bytes()
    picture = tmp_path / "bevis.png"
    try:
        source.write_bytes(page("Et andet dokument"))
        assert run(["--workspace", str(place), "show", id, "--image", str(picture)]) == ExitCode.ERROR
        assert "not what it was" in capfd.readouterr().err
        source.unlink()
        assert run(["--workspace", str(place), "show", id, "--image", str(picture)]) == ExitCode.ERROR
        assert "cannot be opened" in capfd.readouterr().err
    finally:
        source.write_bytes(before)
    assert not picture.exists()


# --- files ------------------------------------------------------------------------------------------------------------


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no limits of file sizes and no pipes with names here")
def test_a_picture_is_whole_or_the_old_one_stays(tmp_path: Path) -> None:
    import resource

    place = tmp_path / "bevis.png"
    save_picture(place, b"old")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, before[1]))
    try:
        with pytest.raises(OSError, match="File too large"):
            save_picture(place, b"new" * 1000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)

    assert place.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [place]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_a_picture_goes_through_a_pipe_that_stays_one(tmp_path: Path) -> None:
    pipe = tmp_path / "rør.png"
    os.mkfifo(pipe)
    with ThreadPoolExecutor() as reader:
        read_back = reader.submit(pipe.read_bytes)
        save_picture(pipe, b"picture")
        assert read_back.result(timeout=20) == b"picture"
    assert pipe.is_fifo()


def test_oere_are_printed_with_two_digits(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    papers, room = tmp_path / "papirer", tmp_path / "rum"
    papers.mkdir()
    drawn = io.BytesIO()
    canvas = Canvas(drawn)
    canvas.drawString(60, 700, "Regningen er 742.318,50 kr. og renten 12,25 kr., og der er brug for 2,5 stillinger.")
    canvas.save()
    (papers / "regning.pdf").write_bytes(drawn.getvalue())
    assert run(["ingest", "--workers", "0", "--quiet", str(papers), "--workspace", str(room)]) == ExitCode.DONE
    assert run(["records", "amounts", "--workspace", str(room)]) == ExitCode.DONE
    assert run(["records", "ftes", "--workspace", str(room)]) == ExitCode.DONE

    printed = capfd.readouterr().out
    assert "742.318,50 kr." in printed
    assert "12,25 kr." in printed
    assert "2,5 stillinger" in printed
    record = next(word for word in printed.split() if ".amount." in word).strip("[]")
    assert run(["show", record, "--image", str(tmp_path / "a.png"), "--workspace", str(room)]) == ExitCode.DONE
    with Image.open(tmp_path / "a.png") as picture:
        assert picture.height > picture.width  # the page with the strip below it
