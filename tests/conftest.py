"""Where the samples and the optional real documents are."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from letters import Room

from corpus.workspace import Workspace

pytest.register_assert_rewrite("cases")

# How long a machine takes to draw examples says nothing of Akt: it may be doing other work.
settings.register_profile("akt", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("akt")

# A worker's start is most of a small run, so commands read in the process itself; test_ingest_workers.py has workers.
os.environ.setdefault("AKT_WORKERS", "0")
os.environ.pop("COLUMNS", None)  # pytest-xdist sets it, and output in a pipe is as wide as it says

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = ROOT / "corpus" / "samples"


@pytest.fixture(scope="session")
def samples() -> Path:
    """The folder of invented documents."""
    return SAMPLES


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """A workspace in which nothing was made yet."""
    return Workspace(tmp_path / "rum")


@pytest.fixture
def room(tmp_path: Path) -> Room:
    """A workspace of letters that a test writes."""
    return Room(tmp_path)
