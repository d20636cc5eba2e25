"""The title behind a proposal's number in a row of a table ends where its figures begin."""

from __future__ import annotations

import io

import pytest
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

from corpus.model import Document, Reference
from pipeline.extract import extract_bytes


def titles(document: Document) -> dict[str, str | None]:
    return {
        record.value: record.title
        for record in document.records
        if isinstance(record, Reference) and record.kind == "proposal"
    }


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("BSU01 Færre møder i forvaltningen -100 -200", "Færre møder i forvaltningen"),
        ("BSU01 Færre møder i forvaltningen    100    200", "Færre møder i forvaltningen"),
        ("BSU01\tFærre møder\tBørn og Unge\t-100", "Færre møder"),
        ("BSU01: Færre timer 1.250 - 1.300", "Færre timer"),
        ("BSU01 Lukning af hal 3 -100 -200", "Lukning af hal 3"),
        # Figures that belong to the name.
        ("BSU01 Lukning af hal 3", "Lukning af hal 3"),
        ("BSU01 Ny pulje i budget 2026", "Ny pulje i budget 2026"),
        ("BSU01 Færre kørsler på 3 ruter", "Færre kørsler på 3 ruter"),
        ("BSU01 Pulje på 2 mio. kr.", "Pulje på 2 mio. kr"),
    ],
)
def test_a_line_of_text(line: str, title: str) -> None:
    text = f"Forvaltningen har sendt forslagene til byrådet.\n\n{line}\n"
    assert titles(extract_bytes(text.encode(), "notat.txt")) == {"BSU01": title}


@pytest.mark.parametrize("own", [True, False])
def test_the_row_of_a_summary_on_a_page(own: bool) -> None:
    names = [("BSU01", "Færre møder i hal 3"), ("BSU02", "Lavere varme på skolerne")]
    figures = [["100", "200"], ["50", "60"]]
    rows = [[*(name if own else (" ".join(name),)), *row] for name, row in zip(names, figures, strict=True)]
    head = [*(("Nr.", "Forslag") if own else ("Forslag",)), "2026", "2027"]
    table = Table([head, *rows], style=[("ALIGN", (-2, 0), (-1, -1), "RIGHT")])
    buffer = io.BytesIO()
    said = Paragraph("Oversigt over forslag (1.000 kr.)", getSampleStyleSheet()["Heading2"])
    SimpleDocTemplate(buffer, invariant=1).build([said, table])
    assert titles(extract_bytes(buffer.getvalue(), "oversigt.pdf")) == dict(names)
