"""Copies of a message are one hit, in whatever order they came into the index, went out of it and came again."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.model import Document, Message
from index.build import IndexWriter
from index.engines.base import EngineName
from index.engines.base import engine as engine_named
from index.finding import has_copies
from index.manifest import read
from index.search import count, search

ENGINES: tuple[EngineName, ...] = ("tantivy", "whoosh")
TEXTS = 3
STEP = st.tuples(st.sampled_from(["put", "delete", "commit"]), st.integers(0, 7))


def mail(number: int) -> Document:
    """Every third mail has the same words; each is in a document of its own."""
    text = f"Lampen ved havnen er nummer {number % TEXTS}. " + "Vejen er lang. " * (number % TEXTS)
    name = f"{number}.eml"
    part = Message(
        index=0, title=None, text=text, fingerprint=sha256(text.encode()).hexdigest()[:16], quoted=number > 3
    )
    return Document(
        path=name, sha256=sha256(name.encode()).hexdigest(), media_type="message/rfc822", reader="mail/1",
        extractor_version="1", parts=[part],
    )  # fmt: skip


@pytest.mark.parametrize("engine", ENGINES)
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEP, min_size=3, max_size=10))
def test_copies_are_one_hit_whatever_came_and_went(
    tmp_path: Path, engine: EngineName, steps: list[tuple[str, int]]
) -> None:
    there: set[int] = set()
    with TemporaryDirectory(dir=tmp_path) as folder:
        with IndexWriter(Path(folder), engine) as writer:
            for step, number in steps:
                match step:
                    case "put":
                        writer.replace(mail(number), [f"{number}.eml"])
                        there.add(number)
                    case "delete":
                        writer.delete(mail(number).sha256)
                        there.discard(number)
                    case "commit":
                        writer.commit()
        for query in ("lampe", "lampe vej gadelys"):
            wanted = {number % TEXTS for number in there if query == "lampe" or number % TEXTS}

            results, counts = search(Path(folder), query, limit=1), count(Path(folder), query)

            assert results.total == counts.total == len(wanted)
            assert results.parts == counts.parts == sum(number % TEXTS in wanted for number in there)


@pytest.mark.parametrize("engine", ENGINES)
def test_what_is_put_in_the_place_of_itself_is_no_copy(tmp_path: Path, engine: EngineName) -> None:
    """Else a run that reads all mails anew would make every search look for copies."""

    def there_are_copies_after(*numbers: int) -> bool:
        with IndexWriter(tmp_path, engine) as writer:
            for number in numbers:
                writer.replace(mail(number), [f"{number}.eml"])
        reader = engine_named(engine).reader(tmp_path / read(tmp_path).folder)
        try:
            return has_copies(reader)
        finally:
            reader.close()

    assert not there_are_copies_after(0, 1)
    assert not there_are_copies_after(0)
    assert there_are_copies_after(TEXTS)
    assert there_are_copies_after(TEXTS, 0)
