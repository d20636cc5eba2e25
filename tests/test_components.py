"""Akt's finders as spaCy components, as a user of spaCy sees them. Everybody here is invented."""

from __future__ import annotations

import pickle
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc, DocBin

from corpus.model import Amount, Date, Person, Record
from pipeline.context import Context
from pipeline.extract import find_facts
from pipeline.language import Prose, sentence_starts

PAGE = Path(__file__).resolve().parents[1] / "docs" / "spacy.md"
TEXT = """Kære Bo Berg

Tlf. 22 34 56 78 er åben i 2024. Byrådet vedtog d. 3/5-2024 at spare 4-5 mio. kr. og 2,5 årsværk i 2025.
Se sagsnr. 24/1234. Bo Bergs forslag koster 300 t.kr. Det er alt.

Med venlig hilsen
Anne Holm
Kontorchef
"""
TYPES = {
    "identifiers": "identifier",
    "dates": "date",
    "references": "reference",
    "amounts": "amount",
    "ftes": "fte",
    "committees": "committee",
    "decisions": "decision",
    "people": "person",
}


@cache
def pipeline(*names: str, **config: object) -> Language:
    nlp = spacy.blank("da")
    for name in names:
        nlp.add_pipe(name, config=config)
    return nlp


def records(doc: Doc, kind: str) -> list[Record]:
    return [span._.akt for span in doc.spans[kind]]


def expected(text: str, kind: str, context: Context) -> list[Record]:
    found, _ = find_facts(Prose(text), context)
    return [record for record in found if type(record).__struct_config__.tag == TYPES[kind]]


@pytest.mark.parametrize("kind", TYPES)
def test_a_component_alone_finds_what_the_extraction_finds(kind: str) -> None:
    doc = pipeline(f"akt_{kind}")(TEXT)

    assert list(doc.spans) == [kind]
    assert records(doc, kind) == expected(TEXT, kind, Context())
    assert records(doc, kind)
    assert {span.label_ for span in doc.spans[kind]} == {TYPES[kind]}


def test_all_at_once() -> None:
    doc = pipeline("akt_facts")(TEXT)

    assert {kind: records(doc, kind) for kind in doc.spans} == {kind: expected(TEXT, kind, Context()) for kind in TYPES}


@pytest.mark.parametrize("order", [list(TYPES), list(reversed(TYPES)), sorted(TYPES), sorted(TYPES, reverse=True)])
def test_the_order_of_the_components_changes_nothing(order: list[str]) -> None:
    doc = pipeline(*(f"akt_{kind}" for kind in order))(TEXT)

    assert all(records(doc, kind) == expected(TEXT, kind, Context()) for kind in TYPES)


TORN = """> Byrådet vedtog at give 3,6
> mio. kr. til hallen.

Broen koster 4,5

Side 1 af 3

\fmio. kr. i 2027.
"""


@pytest.mark.parametrize("order", [list(TYPES), list(reversed(TYPES))])
def test_a_sentence_is_read_without_quote_marks_and_the_foot_of_a_page(order: list[str]) -> None:
    doc = pipeline(*(f"akt_{kind}" for kind in order))(TORN)

    told = [(record.text, str(record.value)) for record in records(doc, "amounts") if isinstance(record, Amount)]
    assert told == [("3,6\n> mio. kr.", "3600000"), ("4,5\n\nSide 1 af 3\n\n\fmio. kr.", "4500000")]
    assert [record.text for record in records(doc, "decisions")] == [
        "Byrådet vedtog at give 3,6\n> mio. kr. til hallen."
    ]
    assert all(TORN[each.start : each.end] == each.text for kind in TYPES for each in records(doc, kind))


def test_a_sentence_goes_on_overleaf() -> None:
    sentences = [each.text for each in pipeline("akt_sentences")(TORN).sents]

    assert any("4,5" in each and "2027" in each for each in sentences)


def test_amounts_alone_are_no_phone_numbers_and_no_years() -> None:
    doc = pipeline("akt_amounts")("Beløb ved tlf. 22 34 56 78, kr. 11 mio. for 2024, sagsnr. 24/1234.")

    (amount,) = records(doc, "amounts")
    assert isinstance(amount, Amount)
    assert (amount.text, str(amount.value)) == ("kr. 11 mio.", "11000000")


def test_a_span_covers_whole_tokens_and_the_record_its_own_characters() -> None:
    doc = pipeline("akt_amounts")("Vi sparer (11 mio. kr.)i alt.")

    (span,) = doc.spans["amounts"]
    assert span._.akt.text == doc.text[span._.akt.start : span._.akt.end] == "11 mio. kr."
    assert span._.akt.text in span.text


def test_settings_reach_the_finders() -> None:
    doc = pipeline("akt_dates", "akt_identifiers", reference_date="2021-05-01", show_identifiers=True)(
        "Mødet d. 3/5 om 010190-1234."
    )

    (date,), (cpr,) = records(doc, "dates"), records(doc, "identifiers")
    assert isinstance(date, Date)
    assert date.first.isoformat() == "2021-05-03"
    assert cpr.text == "010190-1234"
    assert records(pipeline("akt_identifiers")("CPR 010190-1234"), "identifiers")[0].text == "010190-xxxx"


def test_a_wrong_date_is_told_when_the_component_is_made() -> None:
    with pytest.raises(ValueError, match="2021-13-01"):
        pipeline("akt_dates", reference_date="2021-13-01")


def test_the_pipeline_can_be_saved_and_run_over_many(tmp_path: Path) -> None:
    pipeline("akt_people", "akt_amounts", reference_date="2021-05-01").to_disk(tmp_path / "nlp")
    nlp = spacy.load(tmp_path / "nlp")

    first, second = nlp.pipe([TEXT, "Hej Mette\n\nDet koster 5 kr."])

    assert nlp.get_pipe_meta("akt_people").factory == "akt_people"
    assert nlp.config["components"]["akt_amounts"]["reference_date"] == "2021-05-01"
    assert len(first.spans["amounts"]) == 2
    assert [person.name for person in records(second, "people") if isinstance(person, Person)] == ["Mette"]


def test_documents_travel() -> None:
    doc = pipeline("akt_facts")(TEXT)
    kept = {kind: records(doc, kind) for kind in TYPES}
    box = DocBin(store_user_data=True)
    box.add(doc)

    copies = [
        pickle.loads(pickle.dumps(doc)),
        Doc(spacy.blank("da").vocab).from_bytes(doc.to_bytes()),
        *DocBin().from_bytes(box.to_bytes()).get_docs(spacy.blank("da").vocab),
    ]

    assert all({kind: records(copy, kind) for kind in TYPES} == kept for copy in copies)


def test_other_spans_have_no_record() -> None:
    doc = pipeline("akt_facts")(TEXT)

    assert doc[0:2]._.akt is None


def test_sentences_begin_where_the_finders_see_them() -> None:
    doc = pipeline("akt_sentences")(TEXT)

    assert [sentence.text.strip() for sentence in doc.sents][1:3] == [
        "Tlf. 22 34 56 78 er åben i 2024.",
        "Byrådet vedtog d. 3/5-2024 at spare 4-5 mio. kr. og 2,5 årsværk i 2025.",
    ]


@given(
    st.lists(st.sampled_from(["Det ", "kr.", "kr. ", "\n", "\n\n", "3.", " Maj", "sagsnr. ", "a.b", "- ", ";", " "]))
)
def test_a_sentence_begins_at_the_first_token_from_its_place_on(pieces: list[str]) -> None:
    doc = pipeline("akt_sentences")("".join(pieces))

    begins = {token.idx for token in doc if token.is_sent_start}
    starts = [0, *sentence_starts(doc.text)]
    assert begins == {next((token.idx for token in doc if token.idx >= start), 0) for start in starts if len(doc)}


def test_the_page_does_what_it_says() -> None:
    example, printed = re.findall(r"```(?:python)?\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)

    run = subprocess.run([sys.executable, "-c", example], capture_output=True, text=True, check=False)

    assert (run.stdout, run.stderr) == (printed, "")


def test_no_spacy_without_a_model() -> None:
    script = (
        "import sys; from pipeline.extract import extract_bytes; "
        "import pipeline.ingest.run, pipeline.cli.extract, pipeline.cli.ingest; "
        "document = extract_bytes('Byrådet vedtog 11 mio. kr. Hilsen Bo Berg'.encode(), 'a.txt'); "
        "print(len(document.records) > 0, 'spacy' in sys.modules, document.extractor_version)"
    )

    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)

    assert run.stdout.split()[:2] == ["True", "False"], run.stderr
    assert run.stdout.split()[2] == "akt-extract/16"
