"""Where the samples and the optional real documents are."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = ROOT / "corpus" / "samples"


@pytest.fixture(scope="session")
def samples() -> Path:
    """The folder of invented documents."""
    return SAMPLES
