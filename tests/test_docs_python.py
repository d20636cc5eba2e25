"""docs/python.md and docs/store.md: what they show runs, on the samples."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

DOCS = Path(__file__).resolve().parents[1] / "docs"
BLOCK = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def test_the_page_of_the_python_face_runs_from_top_to_bottom(
    tmp_path: Path, samples: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "papirer").mkdir()
    shutil.copy(samples / "forslag-fjordby-BSU07.pdf", tmp_path)
    for name in ("forslag-fjordby-BSU07.pdf", "referat-fjordby-KFU-2024-06-04.pdf"):
        shutil.copy(samples / name, tmp_path / "papirer")
    blocks = BLOCK.findall((DOCS / "python.md").read_text(encoding="utf-8"))
    assert len(blocks) == 4
    names: dict[str, object] = {}
    for block in blocks:
        exec(compile(block, "docs/python.md", "exec"), names)
    assert "vikarkorps" in capsys.readouterr().out
    lines = names["lines"]
    assert len(lines) > 3  # type: ignore[arg-type]


def test_what_the_page_of_the_store_tells_pandas_works(
    tmp_path: Path, samples: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import akt

    monkeypatch.chdir(tmp_path)
    akt.Workspace(tmp_path).ingest(samples / "forslag-fjordby-BSU07.pdf")
    names: dict[str, object] = {}
    (block,) = BLOCK.findall((DOCS / "store.md").read_text(encoding="utf-8"))
    exec(compile(block, "docs/store.md", "exec"), names)
    amounts = names["amounts"]
    assert len(amounts) > 3  # type: ignore[arg-type]
