"""Write what is generated: the JSON Schema, the samples with their gold, the tables and references in docs/.

`python tools/generate.py` writes; with `--check` nothing is written and the exit code says whether all is current.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import msgspec

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))


def schema() -> dict[Path, bytes]:
    """The JSON Schema of `akt extract`, from the types."""
    from corpus.model import SCHEMA, Document

    generated = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": SCHEMA}
    generated |= msgspec.json.schema(Document)
    text = json.dumps(generated, indent=1, ensure_ascii=False) + "\n"
    return {ROOT / "corpus" / "akt-1.schema.json": text.encode()}


def problem_codes() -> dict[Path, bytes]:
    """docs/problems.md: every problem code, its meaning, and what to do about it."""
    from corpus.problems import ADVICE, MEANING

    rows = [f"| `{code}` | {meaning} | {ADVICE[code]} |" for code, meaning in MEANING.items()]
    head = [
        "# Problems",
        "",
        "What could not be read is a `problem` on the document, never silence and never a guess.",
        "`akt records problems` lists them with their places, `akt failures` the documents that could not be read.",
        "This page is generated from `corpus/problems.py`.",
        "",
        "| code | what it means | what to do |",
        "| --- | --- | --- |",
    ]
    return {ROOT / "docs" / "problems.md": ("\n".join([*head, *rows]) + "\n").encode()}


def samples() -> dict[Path, bytes]:
    """corpus/samples/ with gold and README, from the sources in tools/samples/."""
    from make_samples import generate

    return generate()


def commands() -> dict[Path, bytes]:
    """docs/cli.md: every command by its own help."""
    from pipeline.cli.reference import reference

    return {ROOT / "docs" / "cli.md": reference().encode()}


def query_language() -> dict[Path, bytes]:
    """docs/query-language.md, from the tables of the parser."""
    from query_page import page

    return {ROOT / "docs" / "query-language.md": page().encode()}


def data_dictionary() -> dict[Path, bytes]:
    """docs/data-dictionary.md: every column of every export."""
    from pipeline.export.dictionary import page

    return {ROOT / "docs" / "data-dictionary.md": page().encode()}


def store() -> dict[Path, bytes]:
    """docs/store.md: the views that other programs read."""
    from store_page import page

    return {ROOT / "docs" / "store.md": page().encode()}


GENERATORS: list[Callable[[], dict[Path, bytes]]] = [
    schema,
    problem_codes,
    commands,
    query_language,
    data_dictionary,
    store,
    samples,
]


def main() -> int:
    """Write every generated file, or with --check name those that differ."""
    check = "--check" in sys.argv[1:]
    stale = []
    for generator in GENERATORS:
        for path, content in generator().items():
            if path.exists() and path.read_bytes() == content:
                continue
            stale.append(path)
            if not check:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
    verb = "is not current: run `make generate`" if check else "written"
    for path in stale:
        sys.stderr.write(f"{path.relative_to(ROOT)} {verb}\n")
    return int(check and bool(stale))


if __name__ == "__main__":
    sys.exit(main())
