"""``--ner-model``: people in running text by a trained pipeline. The one here is a stub that knows one name."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span

from corpus.model import Document, Person
from corpus.workspace import Workspace
from pipeline.cli.app import run
from pipeline.cli.exits import ExitCode
from pipeline.extract import Options, extract_bytes
from pipeline.ingest.options import RunOptions
from pipeline.ingest.run import ingest
from pipeline.ingest.status import status
from pipeline.ner import ModelError, load_nlp

TEXT = "Det sagde Grethe Ploug i går, og CPR 010190-1234 blev nævnt.\nVenlig hilsen\nBo Berg\n"
TOLD = ("Grethe Ploug", "010190-xxxx", "Bo Berg\n", "Venlig")
LABELS = {"Venlig": "ORG"}


@Language.component("akt_test_names")
def names(doc: Doc) -> Doc:
    """Every word of ``TOLD`` is a person, masked numbers and line ends too, as a careless model may say."""
    found = [(at, at + len(name), LABELS.get(name, "PER")) for name in TOLD if (at := doc.text.find(name)) >= 0]
    spans = [doc.char_span(start, end, label, alignment_mode="expand") for start, end, label in found]
    doc.ents = tuple(span for span in spans if isinstance(span, Span))
    return doc


def saved(folder: Path, version: str) -> str:
    nlp = spacy.blank("da")
    nlp.add_pipe("akt_test_names")
    nlp.meta["name"], nlp.meta["version"] = "stub", version
    nlp.to_disk(folder)
    return str(folder)


@pytest.fixture
def model(tmp_path: Path) -> str:
    return saved(tmp_path / "stub-1", "1.2.0")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "papers"
    place.mkdir()
    (place / "a.txt").write_text(TEXT, encoding="utf-8")
    return place


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path / "workspace")


def people(document: Document) -> list[tuple[str, str | None, str | None]]:
    return [(each.name, each.method, each.model) for each in document.records if isinstance(each, Person)]


def test_the_model_tells_whom_no_rule_found(model: str) -> None:
    document = extract_bytes(TEXT.encode(), "a.txt", Options(ner_model=model))

    assert people(document) == [
        ("Grethe Ploug", "ner", "da_stub 1.2.0"),
        ("Bo Berg", "signature", None),
    ]
    assert document.extractor_version == "akt-extract/16+da_stub-1.2.0"
    person = next(each for each in document.records if isinstance(each, Person))
    assert (person.source, document.parts[0].text[person.start : person.end]) == ("text", "Grethe Ploug")
    assert "010190-1234" not in document.parts[0].text


def test_without_the_option_nothing_changes(model: str) -> None:
    document = extract_bytes(TEXT.encode(), "a.txt")

    assert people(document) == [("Bo Berg", "signature", None)]
    assert document.extractor_version == "akt-extract/16"


def test_a_long_text_is_read_in_pieces(model: str) -> None:
    text = "Ord i en lang linje.\n" * 6000 + "Det sagde Grethe Ploug.\n"

    (span,) = load_nlp(model).people(text)

    assert text[slice(*span)] == "Grethe Ploug"


def test_a_model_that_breaks_costs_its_own_people(model: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(text: str) -> object:
        raise ZeroDivisionError(text[:3])

    monkeypatch.setattr(load_nlp(model), "people", breaks)
    document = extract_bytes(TEXT.encode(), "a.txt", Options(ner_model=model))

    assert people(document) == [("Bo Berg", "signature", None)]
    assert [problem.code for problem in document.problems if "ZeroDivisionError" in problem.message] == ["stage-failed"]


def test_one_that_is_not_installed_is_told_with_the_next_step(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="python -m spacy download da_core_news_xx"):
        load_nlp("da_core_news_xx")
    (tmp_path / "broken").mkdir()
    with pytest.raises(ModelError, match="cannot be loaded"):
        load_nlp(str(tmp_path / "broken"))


@pytest.mark.parametrize("arguments", [["extract"], ["ingest"]])
def test_the_commands_refuse_it_before_any_work(
    arguments: list[str], folder: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    place = tmp_path / "none-yet"

    code = run(["--workspace", str(place), *arguments, str(folder / "a.txt"), "--ner-model", "da_core_news_xx"])

    said = capfd.readouterr()
    assert code == ExitCode.USAGE
    assert "python -m spacy download da_core_news_xx" in said.err
    assert said.out == ""
    assert not place.exists()


def test_extract_takes_the_option(model: str, folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["extract", str(folder / "a.txt"), "--ner-model", model]) == ExitCode.DONE

    told = json.loads(capfd.readouterr().out)
    assert [each["model"] for each in told["records"] if each["type"] == "person"] == ["da_stub 1.2.0", None]


def names_in(workspace: Workspace, capfd: pytest.CaptureFixture[str]) -> list[str]:
    capfd.readouterr()
    run(["--workspace", str(workspace.root), "records", "people", "--format", "jsonl"])
    return sorted(json.loads(line)["name"] for line in capfd.readouterr().out.splitlines())


def test_the_workspace_is_kept_with_its_model(
    model: str, folder: Path, workspace: Workspace, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    def at(*options: str) -> list[str]:
        assert run(["--workspace", str(workspace.root), "ingest", *options]) == ExitCode.DONE
        return names_in(workspace, capfd)

    both = ["Bo Berg", "Grethe Ploug"]
    assert at(str(folder)) == ["Bo Berg"]
    assert status(workspace).ner_model is None
    assert at("--ner-model", model) == both
    (folder / "b.txt").write_text("Her er Grethe Ploug igen.\n", encoding="utf-8")
    assert at(str(folder)) == ["Bo Berg", "Grethe Ploug", "Grethe Ploug"]
    now = status(workspace)
    assert (now.ner_model, now.extractor, now.files.stale) == (model, "akt-extract/16+da_stub-1.2.0", 0)
    assert at("--no-ner-model") == ["Bo Berg"]
    assert status(workspace).extractor == "akt-extract/16"


def test_a_new_version_of_the_model_makes_the_old_ones_people_stale(
    model: str, folder: Path, workspace: Workspace, tmp_path: Path
) -> None:
    assert ingest(workspace, [folder], RunOptions(ner_model=model)).documents == 1
    assert ingest(workspace, [folder]).documents == 0

    newer = saved(tmp_path / "stub-2", "1.3.0")

    assert ingest(workspace, [], RunOptions(ner_model=newer)).again == 1
    assert ingest(workspace, []).again == 0
    assert ingest(workspace, [], RunOptions(ner_model="")).again == 1


def test_a_kept_model_that_is_gone_is_told(
    model: str, folder: Path, workspace: Workspace, capfd: pytest.CaptureFixture[str]
) -> None:
    ingest(workspace, [folder], RunOptions(ner_model=model))
    load_nlp.cache_clear()
    Path(model).rename(Path(model).with_name("moved"))

    code = run(["--workspace", str(workspace.root), "ingest", str(folder)])

    assert code == ExitCode.USAGE
    assert "--no-ner-model" in capfd.readouterr().err
    assert run(["--workspace", str(workspace.root), "status"]) == ExitCode.DONE
    assert "akt-extract/16+da_stub-1.2.0" in capfd.readouterr().out


def test_naming_and_dropping_a_model_exclude_each_other(model: str, workspace: Workspace) -> None:
    assert run(["--workspace", str(workspace.root), "ingest", "--ner-model", model, "--no-ner-model"]) == ExitCode.USAGE
