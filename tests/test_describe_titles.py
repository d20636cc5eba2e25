"""Titles that name who sends the paper, stand below a company's name, or go on in the next line."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.cli.app import run
from pipeline.cli.exits import ExitCode
from pipeline.extract import extract_bytes

PROPOSALS = "\n".join(
    f"Nummer: BSU0{at}\nTitel: {title}\nUdvalg: Skoleudvalget\n\nBesparelsen er på {at}00.000 kr.\n"
    for at, title in enumerate(("Færre vikarer", "Senere åbning"), 1)
)


@pytest.mark.parametrize(
    ("name", "text", "title"),
    [
        pytest.param(
            "a.md",
            "# Budgetaftale 2026, Fjordby Kommune\n\nPartierne er enige om følgende ændringer (1.000 kr.):\n\n"
            "| Initiativ | 2026 |\n|---|---|\n| Skolemælk | 650 |\n",
            "Budgetaftale 2026, Fjordby Kommune",
            id="a marked title with the sender",
        ),
        pytest.param(
            "b.md", "# Fjordby Kommune\n\n## Notat om haller\n\nDet er nyt.\n", "Notat om haller", id="sender"
        ),
        pytest.param(
            "c.md", "# Center for Skole, Fjordby Kommune\n\n## Haller i byen\n\nNyt.\n", "Haller i byen", id="office"
        ),
        pytest.param(
            "a.txt",
            "Aftale om budget 2027 for Fjordby Kommune\n\nIndgået den 9. september 2026 mellem Venstre og SF.\n",
            "Aftale om budget 2027 for Fjordby Kommune",
            id="an agreement of a municipality",
        ),
        pytest.param(
            "a2.txt",
            "Budgetforlig 2027-2030 for\nFjordby Kommune\n\n9. september 2026\n\nDer spares 2 mio. kr. i 2027.\n",
            "Budgetforlig 2027-2030 for Fjordby Kommune",
            id="an agreement whose name goes on",
        ),
        pytest.param(
            "a3.txt",
            "Budgetaftale 2027\nFjordby Kommune\n9. september 2026\n\nVenstre og SF har indgået en aftale.\n",
            "Budgetaftale 2027",
            id="an agreement over whose it is and its day",
        ),
        pytest.param(
            "k.txt",
            "Fjordby Kommune Effektiviserings- og\nbesparelseskatalog, budget 2027\n\n" + PROPOSALS,
            "Effektiviserings- og besparelseskatalog, budget 2027",
            id="a catalogue whose name begins on the line above",
        ),
        pytest.param(
            "k2.txt",
            "Forvaltningen arbejder med\nBesparelseskatalog 2027\n\n" + PROPOSALS.replace("Færre", "Flere"),
            "Besparelseskatalog 2027",
            id="running text above a catalogue",
        ),
        pytest.param(
            "d.txt", "Partierne er enige om følgende ændringer:\n\nMere mælk.\n", None, id="what leads in is no title"
        ),
        pytest.param(
            "e.txt",
            "Fjordby Forsyning A/S\nÅrsrapport 2024\n\nResultatopgørelse 1. januar - 31. december\n\nDet gik.\n",
            "Årsrapport 2024",
            id="below a company",
        ),
        pytest.param(
            "f.txt",
            f"Fjordby Kommune: Katalog over forslag til\nbudget 2026-2029\n\n{PROPOSALS}",
            "Katalog over forslag til budget 2026-2029",
            id="a title over two lines",
        ),
        pytest.param(
            "g.txt",
            f"Katalog over besparelsesforslag\nvedtaget i byrådet\n\n{PROPOSALS}",
            "Katalog over besparelsesforslag",
            id="a title that is whole",
        ),
    ],
)
def test_the_title_of_a_paper(name: str, text: str, title: str | None) -> None:
    assert extract_bytes(text.encode(), name).title == title


@pytest.mark.parametrize(
    ("title", "stage"),
    [("Forslag til besparelser, Teknisk Udvalg", "proposal"), ("Vedtagne forslag til besparelser", "adopted")],
)
def test_a_list_of_savings_is_at_the_stage_that_its_title_tells(
    title: str, stage: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    rows = "| Nr. | Forslag | 2026 |\n|---|---|---|\n| TU-1 | Færre spande | 150 |\n| TU-2 | Færre veje | 300 |\n"
    (tmp_path / "liste.md").write_text(f"# {title}\n\nBeløb i 1.000 kr.\n\n{rows}", encoding="utf-8")
    place = ["--workspace", str(tmp_path / "ws")]
    assert run([*place, "ingest", str(tmp_path / "liste.md")]) == ExitCode.DONE
    capfd.readouterr()
    assert run([*place, "budget", "--by", "stage", "--format", "csv"]) == ExitCode.DONE
    head, *found = capfd.readouterr().out.splitlines()
    assert [row.split(",")[0] for row in found] == [stage]
    assert ",450000," in found[0]
    assert head.startswith("stage,")
