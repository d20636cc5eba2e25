"""A query narrows what is read for sums and checks, and changes nothing of what is said of the parts that it finds."""

from __future__ import annotations

import shutil
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from corpus.identity import document_id
from corpus.store.database import open_store, sqlite_url
from corpus.store.schema import contents, parts
from corpus.workspace import Workspace
from pipeline.cli.app import run
from pipeline.cli.exits import ExitCode
from pipeline.figures.checking import verdicts
from pipeline.figures.collect import figures_of
from pipeline.figures.needed import documents_needed
from pipeline.figures.verdicts import Verdict

MAIL = """Fra: Mona Birk <mona@fjordby.example>
Sendt: 3. marts 2025 10:00
Til: Ole Holm <ole@fjordby.example>
Emne: BSU07

Kære Ole

Forslag BSU07 giver en besparelse på 1,2 mio. kr. i 2026.
"""

LIST = """Fjordby Kommune
Oversigt over forslag

Beløb i 1.000 kr., 2026-priser

| Nr. | Forslag | 2026 | 2027 |
|---|---|---|---|
| SSU12 | Digital tilmelding til madservice og færre manuelle ordrer | -380 | -390 |
| BSU01 | Senere åbning i daginstitutionerne i ydertimerne | -360 | -840 |
"""


@pytest.fixture(scope="module")
def workspace(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Proposals, a catalogue that lists some, another version of one, and a mail that names one."""
    folder, place = tmp_path_factory.mktemp("papers"), tmp_path_factory.mktemp("rum")
    for name in ("katalog-fjordby-2026.pdf", "forslag-fjordby-BSU07.pdf", "forslag-fjordby-SSU12.txt"):
        shutil.copy(samples / name, folder / name)
    text = (samples / "forslag-fjordby-SSU12.txt").read_text(encoding="utf-8")
    (folder / "SSU12-ny.txt").write_text(text.replace(" -380 -380 -380", " -380 -400 -400"), encoding="utf-8")
    (folder / "oversigt.txt").write_text(LIST, encoding="utf-8")
    (folder / "mail.txt").write_text(MAIL, encoding="utf-8")
    shutil.copy(samples / "regnskab-fjordby-2024.pdf", folder / "regnskab.pdf")
    assert run(["--workspace", str(place), "ingest", str(folder)]) == ExitCode.DONE
    return place


@pytest.fixture
def connection(workspace: Path) -> Iterator[sa.Connection]:
    with open_store(sqlite_url(Workspace(workspace).store_file)) as engine, engine.connect() as opened:
        yield opened
        opened.rollback()


def all_parts(connection: sa.Connection) -> list[tuple[str, int]]:
    rows = connection.execute(sa.select(parts.c.sha256, parts.c.part))
    return [(document_id(row.sha256), row.part) for row in rows]


def said(found: Iterator[Verdict]) -> list[tuple[object, ...]]:
    return sorted((v.rule, v.status, v.spot.id, v.found, v.expected, str(v.year), v.others[0].id) for v in found)


def test_what_is_said_of_a_part_is_the_same_however_much_is_read(
    connection: sa.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    every = all_parts(connection)
    narrowed = {part: said(verdicts(connection, frozenset([part]))) for part in every}
    monkeypatch.setattr("pipeline.figures.checking.documents_needed", lambda *_: None)
    for part in every:
        assert narrowed[part] == said(verdicts(connection, frozenset([part])))
    rules = {verdict[0] for found in narrowed.values() for verdict in found}
    assert {"net", "copy = proposal", "mail = proposal", "summary = proposal", "list = proposal"} <= rules


def test_figures_of_a_part_are_those_of_all_that_stand_in_it(connection: sa.Connection) -> None:
    every = list(figures_of(connection))
    for document, part in all_parts(connection):
        own = [(f.id, f.value) for f in every if (document_id(f.sha256), f.part) == (document, part)]
        assert [(f.id, f.value) for f in figures_of(connection, frozenset([(document, part)]))] == own


def test_a_paper_that_has_nothing_to_do_with_it_is_not_read(connection: sa.Connection) -> None:
    """It is damaged, so that whoever reads it must fail."""
    rows = connection.execute(sa.text("select sha256, path from occurrences")).all()
    ids = {row.path: row.sha256 for row in rows}
    connection.execute(
        sa.update(contents).where(contents.c.sha256 == ids["regnskab.pdf"]).values(document=b"not a document")
    )
    proposal = frozenset(part for part in all_parts(connection) if part[0] == document_id(ids["SSU12-ny.txt"]))
    needed = documents_needed(connection, proposal)
    assert needed is not None
    assert document_id(ids["forslag-fjordby-SSU12.txt"]) in needed
    assert document_id(ids["regnskab.pdf"]) not in needed
    assert list(verdicts(connection, proposal))
    assert list(figures_of(connection, proposal))
    with pytest.raises(zlib.error):
        list(verdicts(connection))
    with pytest.raises(zlib.error):
        list(figures_of(connection))
