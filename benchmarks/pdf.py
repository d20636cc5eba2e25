"""What words and tables of PDFs cost, and how many figures are right: Akt beside the libraries, as ratios in one run.

    python benchmarks/pdf.py [--papers 20] [--rounds 3] [--mixed DIR] [--plot docs/benchmarks.svg]

Two sets: *budgets* are invented proposals from ``tests/budget_papers.py`` and the samples in ``corpus/samples``;
*mixed* are the PDFs of a folder of your own. Every tool reads the same bytes in this process, one after another per
file, and the best of the rounds counts; processor time, so that other work on the machine disturbs little. camelot and
matplotlib are not needed by Akt: ``pip install -e '.[bench]'``; without them their rows are left out.

The figures that are right: (label, year, value as printed) of the generated papers, read from each tool's cells by the
same plain reader: years in a heading row, the first cell with letters is a row's label (before it stand note numbers).
"""

from __future__ import annotations

import argparse
import io
import math
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pdfplumber
import pypdfium2 as pdfium

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tools")]

from budget_papers import Paper, papers, wording  # noqa: E402
from budget_press import printed  # noqa: E402

from corpus.readers import pdf as reader  # noqa: E402
from pipeline.tables import find_tables, grids  # noqa: E402

SEED = 20260301
YEAR = re.compile(r"(?:19|20)\d\d")
Rows = list[list[str]]
Figure = tuple[str, str, str]
Tool = Callable[[bytes], object]


def akt_words(data: bytes) -> object:
    return reader.read(data, "paper.pdf")


def akt_tables(data: bytes) -> object:
    return grids(reader.read(data, "paper.pdf"))


def akt_budget_lines(data: bytes) -> object:
    return find_tables(reader.read(data, "paper.pdf"))


def plumber_words(data: bytes) -> object:
    with pdfplumber.open(io.BytesIO(data)) as document:
        return [page.extract_text() for page in document.pages]


def plumber_tables(data: bytes) -> object:
    with pdfplumber.open(io.BytesIO(data)) as document:
        return [(page.extract_text(), page.extract_tables()) for page in document.pages]


def pdfium_text(data: bytes) -> object:
    document = pdfium.PdfDocument(data)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


def camelot_tables(data: bytes) -> object:
    import camelot

    return camelot.read_pdf(data, pages="all", flavor="hybrid", suppress_stdout=True)


def has_camelot() -> bool:
    try:
        import camelot  # noqa: F401
    except ImportError:
        return False
    return True


WORDS: dict[str, Tool] = {"Akt": akt_words, "pypdfium2 text": pdfium_text, "pdfplumber": plumber_words}
TABLES: dict[str, Tool] = {
    "Akt": akt_tables,
    "Akt, read as budget lines": akt_budget_lines,
    "camelot (hybrid)": camelot_tables,
    "pdfplumber": plumber_tables,
}


def measured(tools: dict[str, Tool], files: Sequence[bytes], rounds: int) -> dict[str, float]:
    """Processor seconds for all files, of each tool; nan for one that breaks on a file."""
    totals = dict.fromkeys(tools, 0.0)
    for data in files:
        best = dict.fromkeys(tools, math.inf)
        for _ in range(rounds):
            for name, tool in tools.items():
                start = time.process_time()
                try:
                    tool(data)
                except Exception as error:  # a tool that breaks has no time
                    sys.stderr.write(f"{name} broke: {type(error).__name__}: {error}\n")
                    totals[name] = math.nan
                best[name] = min(best[name], time.process_time() - start)
        for name in tools:
            totals[name] += best[name]
    return totals


def figures_of(rows: Rows) -> Iterator[Figure]:
    """Label, year and printed figure of each cell under a year, read as anybody would."""
    years: dict[int, str] = {}
    for row in rows:
        found = {n: match[0] for n, text in enumerate(row) if n and (match := YEAR.search(text))}
        if len(found) > 1:
            years = found
            continue
        label = next((" ".join(text.split()) for text in row if re.search(r"[^\W\d_]", text)), "")
        for column, year in years.items():
            if column < len(row) and (text := "".join(row[column].split())):
                yield label, year, text


def akt_rows(data: bytes) -> list[Rows]:
    found = []
    for grid in grids(reader.read(data, "paper.pdf")):
        rows = [[""] * grid.width for _ in grid.rows]
        for cell in grid.cells():
            rows[cell.row][cell.column] = cell.text
        found.append(rows)
    return found


def plumber_rows(data: bytes) -> list[Rows]:
    with pdfplumber.open(io.BytesIO(data)) as document:
        return [
            [[cell or "" for cell in row] for row in table]
            for page in document.pages
            for table in page.extract_tables()
        ]


def camelot_rows(data: bytes) -> list[Rows]:
    import camelot

    tables = camelot.read_pdf(data, pages="all", flavor="hybrid", suppress_stdout=True)
    return [[[str(cell) for cell in row] for row in table.df.values.tolist()] for table in tables]


def truth(paper: Paper) -> Counter[Figure]:
    rows = [row for row in paper.rows if row.values]
    return Counter(
        (row.label, str(year), "".join(wording(value, paper.look).split()))
        for row in rows
        for year, value in zip(paper.years, row.values, strict=True)
        if value is not None
    )


def right(sets: Sequence[tuple[Paper, bytes]], read: Callable[[bytes], list[Rows]]) -> tuple[float, float, float]:
    """Recall and precision of the figures, and the share of papers in which every one is right."""
    hit = meant = found = whole = 0
    for paper, data in sets:
        expected = truth(paper)
        got = Counter(figure for rows in read(data) for figure in figures_of(rows))
        hit += (expected & got).total()
        meant += expected.total()
        found += got.total()
        whole += expected == got
    return hit / max(meant, 1), hit / max(found, 1), whole / max(len(sets), 1)


def show(title: str, totals: dict[str, float], pages: int) -> dict[str, float]:
    """Print times a page and speed against pdfplumber; the latter is given."""
    base = totals["pdfplumber"]
    sys.stdout.write(f"\n{title} ({pages} pages)\n")
    ratios = {name: base / seconds for name, seconds in totals.items()}
    for name, seconds in totals.items():
        sys.stdout.write(f"  {name:<28}{seconds / pages * 1000:>9.2f} ms a page{ratios[name]:>9.1f} x pdfplumber\n")
    return ratios


def plot(ratios: dict[str, dict[str, float]], path: Path) -> None:
    """Bars of the speeds, one group for each set; logarithmic, for they lie far apart."""
    import matplotlib as mpl

    mpl.use("svg")
    mpl.rcParams.update({"svg.hashsalt": "akt", "svg.fonttype": "none"})
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(1, len(ratios), figsize=(4 * len(ratios), 2.6), squeeze=False)
    for axis, (title, found) in zip(axes[0], ratios.items(), strict=True):
        names = list(found)[::-1]
        bars = axis.barh(names, [found[name] for name in names], color="#2b6cb0")
        axis.bar_label(bars, [f"{found[name]:.1f}" for name in names], padding=3, fontsize=8)
        axis.set_xscale("log")
        axis.set_xlim(right=max(found.values()) * 3)
        axis.set_title(f"{title}\n(times pdfplumber)", fontsize=9)
        axis.tick_params(labelsize=8)
    figure.tight_layout()
    figure.savefig(path, metadata={"Date": None})


def main() -> None:
    parser = argparse.ArgumentParser(description="PDF: words and tables against the libraries.")
    parser.add_argument("--papers", type=int, default=20)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--mixed", type=Path, default=ROOT.parent / "shared" / "data" / "pdf")
    parser.add_argument("--plot", type=Path)
    options = parser.parse_args()
    generated = [(paper, printed(paper)[0]) for paper in papers(options.papers, SEED)]
    samples = [path.read_bytes() for path in sorted((ROOT / "corpus" / "samples").glob("*.pdf"))]
    mixed = [path.read_bytes() for path in sorted(options.mixed.glob("*.pdf")) if path.stat().st_size < 3_000_000]
    tables = {name: tool for name, tool in TABLES.items() if "camelot" not in name or has_camelot()}
    ratios = {}
    for title, files in {"budgets": [data for _, data in generated] + samples, "mixed papers": mixed}.items():
        if not files:
            continue
        pages = sum(len(pdfium.PdfDocument(data)) for data in files)
        ratios[f"words, {title}"] = show(f"words, {title}", measured(WORDS, files, options.rounds), pages)
        chosen = tables if title == "budgets" else {n: t for n, t in tables.items() if "camelot" not in n}
        ratios[f"text and tables, {title}"] = show(
            f"text and tables, {title}", measured(chosen, files, options.rounds), pages
        )
    sys.stdout.write(
        f"\nfigures of the {len(generated)} generated papers: found, right among the found, papers all right\n"
    )
    readers = {"Akt": akt_rows, "pdfplumber": plumber_rows} | (
        {"camelot (hybrid)": camelot_rows} if has_camelot() else {}
    )
    for name, read in readers.items():
        found, precise, whole = right(generated, read)
        sys.stdout.write(f"  {name:<28}{found:>9.3f}{precise:>9.3f}{whole:>9.2f}\n")
    if options.plot:
        plot(ratios, options.plot)


if __name__ == "__main__":
    main()
