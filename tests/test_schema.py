"""The contract: generated files are current, and what is extracted fits the schema."""

from __future__ import annotations

import json
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema
import msgspec
import pytest

from corpus.model import Amount, Document, exact
from pipeline.extract import extract_bytes

ROOT = Path(__file__).resolve().parents[1]
SCHEMA = json.loads((ROOT / "corpus" / "akt-1.schema.json").read_text(encoding="utf-8"))
DOCUMENTS = sorted(
    path
    for path in (ROOT / "corpus" / "samples").iterdir()
    if path.suffix in {".pdf", ".eml", ".md", ".txt"} and path.name != "README.md"
)


def test_generated_files_are_current() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "tools" / "generate.py"), "--check"], capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_sample_fits_the_schema_and_comes_back(path: Path) -> None:
    document = extract_bytes(path.read_bytes(), path.name)
    encoded = msgspec.json.encode(document)

    jsonschema.validate(json.loads(encoded), SCHEMA)
    assert msgspec.json.decode(encoded, type=Document) == document


@pytest.mark.parametrize(
    ("value", "plain"),
    [("11E6", "11000000"), ("1000", "1000"), ("-0.50", "-0.5"), ("-0", "0"), ("0.000", "0"), ("1E+30", "1" + "0" * 30)],
)
def test_decimals_are_written_plainly(value: str, plain: str) -> None:
    assert str(exact(Decimal(value))) == plain


def test_decimals_keep_every_printed_digit() -> None:
    digits = "123456789012345678901234567890.123456789"

    assert str(exact(digits)) == digits


@pytest.mark.parametrize("value", [0.1, Decimal("NaN"), Decimal("Infinity")])
def test_what_is_not_exact_is_no_figure(value: Decimal) -> None:
    with pytest.raises(ValueError, match="not"):
        exact(value)


@pytest.mark.parametrize(
    "figures",
    [
        {},
        {"value": Decimal(1), "low": Decimal(1), "high": Decimal(2)},
        {"low": Decimal(1)},
        {"low": Decimal(2), "high": Decimal(1)},
    ],
)
def test_an_amount_is_a_value_or_a_range(figures: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"quantity|low"):
        Amount(start=0, end=1, text="1", currency="DKK", **figures)
