"""What a user installs: the wheel, away from the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
RUN = """
import sys
import corpus
from pipeline.cli import main
assert corpus.__file__.startswith(sys.argv[1]), corpus.__file__
del sys.argv[1]
main()
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from a copy of what git tracks, so that no leftover file can hide a missing one."""
    source, out = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("dist")
    tracked = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if tracked.returncode:
        pytest.skip("not a git checkout: the wheel is built from the tracked files")
    for name in filter(None, tracked.stdout.decode().split("\0")):
        if (ROOT / name).is_file():
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            (source / name).write_bytes((ROOT / name).read_bytes())
    done = subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--outdir", str(out), str(source)],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode and "Failed to establish a new connection" in done.stdout + done.stderr:
        pytest.skip("building a wheel fetches setuptools: no network")
    assert done.returncode == 0, done.stdout + done.stderr
    return next(out.glob("akt-*.whl"))


def test_data_travels_with_the_code(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()

    assert "corpus/akt-1.schema.json" in names
    assert "index/query.lark" in names
    assert "pipeline/lexicon/municipalities.csv" in names
    assert any(name.startswith("corpus/samples/") and name.endswith(".pdf") for name in names)
    packages = {name.split("/")[0] for name in names if not name.startswith("akt-")}
    assert packages == {"akt", "corpus", "index", "pipeline"}


def test_the_installed_wheel_runs_the_demo(wheel: Path, tmp_path: Path) -> None:
    target = tmp_path / "site"
    subprocess.run(
        [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", str(target), str(wheel)],
        check=True,
    )
    done = subprocess.run(
        [sys.executable, "-c", RUN, str(target), "--workspace", str(tmp_path / "workspace"), "demo"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(target)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert "kr." in done.stdout
