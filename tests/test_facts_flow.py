"""Quote marks and what a printer puts between pages are no words of a sentence: its facts stay what they are."""

from __future__ import annotations

import textwrap

import msgspec
import pytest
from letters import pdf

from corpus.model import Amount, Date, Decision, Document
from pipeline.extract import extract_bytes

HEAD = (
    "Fra: Ida Krog <ida@engby.example>\nSendt: 3. marts 2026 10:15\nTil: Per Holt <per@engby.example>\nEmne: Svar\n\n"
)
PLACES = {"start", "end", "evidence", "bbox", "page", "part", "links", "text"}
SENTENCES = [
    "Anlægget koster cirka 3,6 millioner kr. i 2027, og driften 75.000 kr. pr. år.",
    "Miljøudvalget afviste den 28/11 2025 at bruge 1,5 mio. kr. på diget ved Engby Havn.",
    "Social- og Sundhedsudvalget godkendte den 3. februar 2026 en halv stilling og halvanden million kroner.",
    "Vi mødes igen den 14. april 2026, og i skoleåret 2027/28 er der godt 2 årsværk til det.",
]


def facts(document: Document) -> list[dict[str, object]]:
    """The records below the header, without their places; every one of them is where it says."""
    for record in document.records:
        assert document.parts[record.part].text[record.start : record.end] == record.text
    found = [record for record in document.records if record.source == "text"]
    return [
        {name: value for name, value in msgspec.to_builtins(record).items() if name not in PLACES} for record in found
    ]


def words(sentence: str) -> list[int]:
    return [at for at, sign in enumerate(sentence) if sign == " "]


@pytest.mark.parametrize("sentence", SENTENCES, ids=lambda sentence: sentence.split(None, 1)[0])
@pytest.mark.parametrize("mark", ["> ", ">> ", "> > "])
def test_a_quotation_says_what_the_sentence_says(sentence: str, mark: str) -> None:
    whole = facts(extract_bytes(f"Hej Per\n\n{sentence}\n".encode(), "brev.txt"))

    assert len(whole) >= 2
    for width in range(40, 90, 7):
        lines = textwrap.wrap(sentence, width, break_on_hyphens=False)
        quoted = "".join(f"{mark}{line}\n" for line in lines)
        assert facts(extract_bytes(f"Hej Per\n\n{quoted}".encode(), "brev.txt")) == whole


@pytest.mark.parametrize("sentence", SENTENCES, ids=lambda sentence: sentence.split(None, 1)[0])
def test_the_foot_of_a_page_is_no_word_of_the_sentence(sentence: str) -> None:
    whole = facts(extract_bytes(f"{HEAD}{sentence}\n".encode(), "brev.txt"))

    for at in words(sentence):
        above, below = sentence[:at], sentence[at + 1 :]
        if below[0].islower():
            printed = f"{HEAD}{above}\n\nSide 1 af 2\n{below}\n"
            assert facts(extract_bytes(printed.encode(), "brev.txt")) == whole


@pytest.mark.parametrize(
    ("above", "below", "figures"),
    [
        ("Det koster cirka 3,6", "millioner kr. at bygge.", ["3600000"]),
        ("Prisen er steget til 75.000", "kr. om året.", ["75000"]),
        ("Prisen er kr.", "1.250.000,- for det hele.", ["1250000"]),
        ("Det koster 3 mio. kr.", "4 mio. kr. er brugt.", ["3000000", "4000000"]),
    ],
)
@pytest.mark.parametrize("foot", ["Side {} af 2", "{}", "- {} -", "Engby Kommune - side {} af 2"])
def test_a_number_of_a_page_is_no_figure(above: str, below: str, figures: list[str], foot: str) -> None:
    filling = "\n".join(["Vi har set på sagen sammen med skolerne og de frivillige i foreningerne."] * 5)
    pages = (f"{HEAD}{filling}\n{above}\n\n{foot.format(1)}", f"{below}\n{filling}\n\n{foot.format(2)}")

    found = extract_bytes(pdf(*pages), "udskrift.pdf").records

    assert [str(record.value) for record in found if isinstance(record, Amount)] == figures


def test_a_decision_goes_on_overleaf_with_its_day() -> None:
    pages = (
        f"{HEAD}Miljøudvalget\n\nSide 1 af 2",
        "afviste ansøgningen den 4. februar\n\nSide 2 af 2",
    )
    decisions = [each for each in extract_bytes(pdf(*pages), "svar.pdf").records if isinstance(each, Decision)]

    assert [(each.body, each.status) for each in decisions] == [("Miljøudvalget", "rejected")]


def test_a_year_overleaf_is_that_of_the_day() -> None:
    found = extract_bytes(f"{HEAD}Mødet er den 3. juni i\n\nSide 1 af 2\n2027 er der valg.\n".encode(), "svar.txt")

    days = [
        (str(msgspec.to_builtins(each)["from"]), each.precision) for each in found.records if isinstance(each, Date)
    ]
    assert days[1:] == [("2026-06-03", "day"), ("2027-01-01", "year")]


@pytest.mark.parametrize("above", ["Kulturudvalget så på sagen.", "Hvad siger Byrådet?", "Udgifterne er:"])
def test_a_sentence_that_has_ended_does_not_go_on_overleaf(above: str) -> None:
    pages = (f"{HEAD}{above}\n\nSide 1 af 2", "Godkendt den 5. marts 2026 blev intet.\n\nSide 2 af 2")
    found = extract_bytes(pdf(*pages), "svar.pdf")

    assert not [each for each in found.records if isinstance(each, Decision) and each.body]


def test_an_answer_below_a_quoted_line_is_a_sentence_of_its_own() -> None:
    text = f"{HEAD}> Hvad koster hallen? Vi har kun\n5 mio. kr. er vores bud\n\n> Er der flere?\nnej, ingen\n"
    found = extract_bytes(text.encode(), "svar.txt")

    assert [str(each.value) for each in found.records if isinstance(each, Amount)] == ["5000000"]


@pytest.mark.parametrize(
    ("above", "below", "decided"),
    [
        (
            "Beslutning i Skoleudvalget den 4. februar 2026:",
            "Godkendt.",
            [("Skoleudvalget", "2026-02-04", "Godkendt.")],
        ),
        (
            "Sagen er på dagsordenen igen. På mødet den 4. februar 2026 besluttede",
            "Kulturudvalget at lukke hallen.",
            [("Kulturudvalget", "2026-02-04", None)],
        ),
        ("Kulturudvalgets møder", "Byrådet besluttede at lukke hallen.", [("Byrådet", None, None)]),
    ],
)
def test_what_goes_on_overleaf(above: str, below: str, decided: list[tuple[str, str | None, str | None]]) -> None:
    pages = (f"{HEAD}{above}\n\nSide 1 af 2", f"{below}\n\nSide 2 af 2")
    found = [each for each in extract_bytes(pdf(*pages), "svar.pdf").records if isinstance(each, Decision)]

    assert [(each.body, each.date) for each in found] == [told[:2] for told in decided]
    assert all(told[2] in (None, each.text) for each, told in zip(found, decided, strict=True))


def test_an_amount_overleaf_has_the_year_in_front_of_it() -> None:
    above = "Sidste år var det mere, men i 2026 er der 940.000 kr. og i 2027"
    pages = (f"{HEAD}{above}\n\nSide 1 af 2", "80.000 kr. til hallen.\n\nSide 2 af 2")
    found = [each for each in extract_bytes(pdf(*pages), "svar.pdf").records if isinstance(each, Amount)]

    assert [(str(each.value), each.year) for each in found] == [("940000", 2026), ("80000", 2027)]
