"""What a copy lacks, adds or changes: every edit is shown with its words and its place, and nothing else is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from letters import ANNE, ANSWER, BO, GRANT, KAREN, ORIGINAL, Room, changes, eml, gmail, outlook, pdf
from msgspec.structs import replace

from pipeline.conversations.differences import Side, differences
from pipeline.conversations.model import Difference
from pipeline.conversations.words import tokens

COPY = "kopi.txt"


@pytest.fixture
def room(tmp_path: Path) -> Room:
    made = Room(tmp_path)
    made.put("a.eml", eml(replace(ORIGINAL, cc=ANNE)))
    return made


def quoted(room: Room, body: str, **changed: str) -> list[tuple[str, str, str, str]]:
    """The differences of a copy of the original that is quoted in a text file."""
    room.put(COPY, outlook(ANSWER) + "\n" + outlook(replace(ORIGINAL, cc=ANNE), body, **changed))
    room.ingest()
    return changes(first(room), COPY)


def first(room: Room) -> dict[str, Any]:
    found: dict[str, Any] = room.thread("a.eml")["messages"][0]
    return found


def compared(one: str, other: str) -> list[Difference]:
    return differences(*(Side(text, tokens(text), 0) for text in (one, other)))


def short(one: str, other: str) -> list[tuple[str, str, str]]:
    return [(each.kind, each.original, each.copy) for each in compared(one, other)]


# --- edited quotations ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "shown", "touches"),
    [
        ("413.000", "900.000", ("changes", "413.000", "900.000"), ["figure"]),
        ("Lise Lund", "Per Dahl", ("changes", "Lise Lund", "Per Dahl"), ["name"]),
        ("3. maj", "3. juni", ("changes", "maj", "juni"), ["date"]),
        ("Lise Lund", "████████", ("changes", "Lise Lund", "████████"), ["name", "redaction"]),
        ("Lise Lund", "[undtaget]", ("changes", "Lise Lund", "[undtaget]"), ["name", "redaction"]),
        (" Beløbet dækker gynger, sand og hegn.", "", ("lacks", "Beløbet dækker gynger, sand og hegn", ""), []),
        ("i 2024", "i 2024 efter borgmesterens ønske", ("adds", "", "efter borgmesterens ønske"), []),
        ("er færdigt", "ikke er færdigt", ("adds", "", "ikke"), ["negation"]),
    ],
)
def test_an_edit_is_shown_with_its_words(
    room: Room, old: str, new: str, shown: tuple[str, str, str], touches: list[str]
) -> None:
    assert old in GRANT
    kind, original, copy = shown

    assert quoted(room, GRANT.replace(old, new)) == [(kind, "text", original, copy)]
    (difference,) = first(room)["seen_in"][1]["differences"]
    assert difference["touches"] == touches


def test_the_words_around_an_edit_are_given(room: Room) -> None:
    quoted(room, GRANT.replace("413.000", "900.000"))

    (difference,) = first(room)["seen_in"][1]["differences"]

    assert difference["before"].endswith("Udvalget bevilger")
    assert difference["after"].startswith("kr. til legepladsen")


def test_offsets_are_those_of_the_two_parts(room: Room) -> None:
    quoted(room, GRANT.replace("413.000", "900.000").replace("Lise Lund", "Per Dahl"))
    message = first(room)
    texts = {"a.eml": part_text(room, "a.eml", 0), COPY: part_text(room, COPY, 1)}

    found = [each for copy in message["seen_in"] for each in copy["differences"]]

    assert [texts["a.eml"][each["original_start"] : each["original_end"]] for each in found] == ["413.000", "Lise Lund"]
    assert [texts[COPY][each["copy_start"] : each["copy_end"]] for each in found] == ["900.000", "Per Dahl"]


def part_text(room: Room, name: str, part: int) -> str:
    from pipeline.export.shown import find

    return find(room.workspace, room.id(name, part)).parts[0].text


def test_a_quotation_that_is_cut_short_lacks_the_rest(room: Room) -> None:
    (found,) = quoted(room, GRANT[: GRANT.index("Det er aftalt")])

    assert found[:2] == ("lacks", "text")
    assert found[2].startswith("Det er aftalt")
    assert found[2].endswith("Karen Holm Kontorchef")


def test_a_dropped_signature_is_lacking(room: Room) -> None:
    assert quoted(room, GRANT.replace("Karen Holm\nKontorchef\n", "")) == [
        ("lacks", "text", "Karen Holm Kontorchef", "")
    ]


def test_two_edits_far_apart_are_two_differences(room: Room) -> None:
    found = quoted(room, GRANT.replace("413.000", "900.000").replace("overføres", "tilbageføres"))

    assert [each[2:] for each in found] == [("413.000", "900.000"), ("overføres", "tilbageføres")]


@pytest.mark.parametrize(
    ("one", "other", "shown"),
    [
        ("Der spares -5 mio. kr. i år", "Der spares 5 mio. kr. i år", ("changes", "-5", "5")),
        ("Der spares 1.000 kr. i år", "Der spares 1,000 kr. i år", ("changes", "1.000", "1,000")),
        ("Beløb 12 50 i alt", "Beløb 1 250 i alt", ("changes", "12 50", "1 250")),
        ("Det koster 5 %", "Det koster 5", ("lacks", "%", "")),
        ("Vi gør det.", "Vi gør det?", ("adds", "", "?")),
        (
            "Skriv til bo@fjordby.example i dag",
            "Skriv til per@fjordby.example i dag",
            ("changes", "bo@fjordby.example", "per@fjordby.example"),
        ),
    ],
)
def test_small_marks_that_change_the_sense_are_differences(one: str, other: str, shown: tuple[str, str, str]) -> None:
    assert short(one, other) == [shown]


# --- what is no difference --------------------------------------------------------------------------------------

PROGRAMS = {
    "quote marks and other line ends": (GRANT, "> Kære Bo\n>\n> " + " ".join(GRANT.split()[2:])),
    "line ends within words": ("kommunens legepladser", "kommu-\nnens lege-\npladser"),
    "blanks": ("413.000 kr. til  sand", "413.000\u00a0kr.\ttil sand"),
    "quotation marks": ("Hun sagde \"nej\" til 'det'", "Hun sagde ”nej” til ‘det’"),
    "dashes": ("gynger - og sand", "gynger – og sand"),
    "minus signs": ("der mangler -5 kr.", "der mangler −5 kr."),
    "bullets": ("* sand\n* hegn", "• sand\n- hegn"),
    "links": ("Se siden <https://fjordby.example/a?b=1> i dag", "Se [siden](https://fjordby.example/andet) i dag"),
    "addresses": ("Skriv til bo@fjordby.example", "Skriv til bo@fjordby.example<mailto:bo@fjordby.example>"),
    "addresses in Markdown": (
        "Skriv til bo_b@fjordby.example",
        "Skriv til [bo_b@fjordby.example](mailto:bo_b@fjordby.example)",
    ),
    "links written anew": (
        "Se https://fjordby.example/x",
        "Se https://fjordby.example/x/",
    ),
    "pictures": ("Hilsen\nBo", "Hilsen\n[cid:image001.png@01DA.6E]\nBo ![](logo.png)"),
    "bold": ("Husk mødet", "**Husk** _mødet_"),
    "escaped": ("a_b og c", r"a\_b og c"),
    "capitals": ("Kære Bo", "KÆRE BO"),
    "thousands with a blank": ("1000 kr.", "1 000 kr."),
    "rules": ("Hilsen Bo", "Hilsen Bo\n________________________________\n"),
    "table marks": ("| a | b |", "a b"),
}


@pytest.mark.parametrize(("one", "other"), PROGRAMS.values(), ids=PROGRAMS.keys())
def test_what_mail_programs_change_is_no_difference(one: str, other: str) -> None:
    assert short(one, other) == []
    assert short(other, one) == []


def test_a_print_of_many_pages_does_not_differ_by_what_stands_at_their_edges(room: Room) -> None:
    lines = GRANT.splitlines()
    pages = [outlook(replace(ORIGINAL, cc=ANNE), "\n".join(lines[:3])), "\n".join(lines[3:6]), "\n".join(lines[6:])]
    room.put("print.pdf", pdf(*pages, footer="Fjordby Kommune"))
    room.ingest()

    message = first(room)

    assert [copy["path"] for copy in message["seen_in"]] == ["a.eml", "print.pdf"]
    assert changes(message, "print.pdf") == []


def test_page_numbers_of_a_pasted_print_are_no_difference(room: Room) -> None:
    half = GRANT.index("Det er aftalt")
    assert quoted(room, f"{GRANT[:half]}\nSide 1 af 2\n\f\n{GRANT[half:]}\nSide 2 af 2\n") == []
    assert len(first(room)["seen_in"]) == 2


def test_a_quotation_by_webmail_has_no_differences(room: Room) -> None:
    room.put(COPY, outlook(ANSWER) + "\n" + gmail(ORIGINAL))
    room.ingest()

    assert changes(first(room), COPY) == []
    assert len(first(room)["seen_in"]) == 2


# --- headers ----------------------------------------------------------------------------------------------------

PER = "Per Dahl <per.dahl@fjordby.example>"
HEADERS: dict[str, tuple[dict[str, str], list[tuple[str, str, str, str]]]] = {
    "a recipient dropped": ({"Cc": ""}, [("lacks", "cc", ANNE, "")]),
    "a recipient added": ({"Til": f"{BO}; {PER}"}, [("adds", "to", "", PER)]),
    "a recipient changed": ({"Til": PER}, [("lacks", "to", BO, ""), ("adds", "to", "", PER)]),
    "a recipient blacked out": ({"Til": "█████"}, [("changes", "to", BO, "█████")]),
    "names only": ({"Til": "Bo Berg", "Cc": "Kjær, Anne", "Fra": "Karen Holm"}, []),
    "addresses only": ({"Til": "bo.berg@fjordby.example", "Cc": "anne.kjaer@lyngsoe.example"}, []),
    "the sender blacked out": ({"Fra": "█████"}, [("changes", "from", KAREN, "█████")]),
    "the sender renamed": (
        {"Fra": "Per Dahl <karen.holm@fjordby.example>"},
        [("changes", "from", KAREN, "Per Dahl <karen.holm@fjordby.example>")],
    ),
    "another subject": ({"Emne": "Budget 2024"}, [("changes", "subject", ORIGINAL.subject, "Budget 2024")]),
    "an answer's subject": ({"Emne": f"SV: VS: [EKSTERN] {ORIGINAL.subject}"}, []),
    "another hour": (
        {"Sendt": "4. marts 2024 07:12"},
        [("changes", "sent", "2024-03-04T08:12:00+01:00", "2024-03-04T07:12")],
    ),
    "the day alone": ({"Sendt": "4. marts 2024"}, []),
}


@pytest.mark.parametrize(("changed", "shown"), HEADERS.values(), ids=HEADERS.keys())
def test_differences_in_the_header(room: Room, changed: dict[str, str], shown: list[tuple[str, str, str, str]]) -> None:
    assert quoted(room, GRANT, **changed) == shown
    assert len(first(room)["seen_in"]) == 2


def test_an_introduction_drops_no_recipients(room: Room) -> None:
    room.put(COPY, outlook(ANSWER) + "\n" + gmail(ORIGINAL, GRANT.replace("413.000", "900.000")))
    room.ingest()

    assert changes(first(room), COPY) == [("changes", "text", "413.000", "900.000")]


# --- properties -------------------------------------------------------------------------------------------------

WORDS = st.lists(
    st.sampled_from(
        ["kr.", "413.000", "og", "Bo", "hegn", "-5", "sand,", "████", "\n>", "[a](b)", "2024", "er", "det", "?"]
    ),
    max_size=60,
).map(" ".join)


@given(st.text(max_size=400))
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert compared(text, text) == []


@given(st.one_of(WORDS, st.text(max_size=200)), st.one_of(WORDS, st.text(max_size=200)))
def test_offsets_fit_and_the_differences_make_the_one_text_of_the_other(one: str, other: str) -> None:
    found = compared(one, other)

    rebuilt, position = "", 0
    for each in found:
        start, end, copy_start, copy_end = places(each)
        assert position <= start <= end <= len(one)
        assert 0 <= copy_start <= copy_end <= len(other)
        assert (each.kind == "lacks") == (not each.copy and bool(each.original))
        assert (each.kind == "adds") == (not each.original and bool(each.copy))
        rebuilt += f"{one[position:start]} {other[copy_start:copy_end]} "
        position = end
    rebuilt += one[position:]
    assert letters(rebuilt) == letters(other)


def places(each: Difference) -> tuple[int, int, int, int]:
    found = (each.original_start, each.original_end, each.copy_start, each.copy_end)
    return tuple(-1 if place is None else place for place in found)  # type: ignore[return-value]


def letters(text: str) -> str:
    return "".join(token.key for token in tokens(text))


@given(WORDS, WORDS)
def test_differences_are_mirrored(one: str, other: str) -> None:
    assert bool(compared(one, other)) == bool(compared(other, one))


@pytest.mark.timeout(20)
def test_long_texts_are_compared_at_once() -> None:
    rows = [f"Linje {number} om sagen koster {number * 7} kr. og er ens" for number in range(6_000)]
    edited = [row for row in rows if not row.endswith("13 kr. og er ens")]
    edited[3_000] = edited[3_000].replace("koster", "kostede")

    found = compared("\n".join(rows), "\n".join(edited))

    assert any(each.copy == "kostede" for each in found)
    assert compared("tak " * 30_000, "nej tak " * 20_000)
    assert compared("a b " * 20_000, "b a " * 20_000)
