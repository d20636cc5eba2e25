"""What an answer quotes between its own lines is a copy of the message it answers, and is compared with it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from letters import ANNE, ANSWER, BO, GRANT, KAREN, ORIGINAL, Letter, Room, changes, eml, gmail, outlook, pdf, seen
from msgspec.structs import replace

EDITED = GRANT.replace("413.000", "900.000")
FIGURE = [("changes", "text", "413.000", "900.000")]


def below(quoted: str, answer: str = "Det er for lidt.\n\nBo\n") -> str:
    """An answer that stands below what it quotes."""
    return f"{quoted}\n{answer}"


def between(quoted: str) -> str:
    """An answer whose words stand between the quoted lines."""
    intro, *lines = quoted.splitlines()
    return "\n".join(
        [
            intro,
            *lines[:3],
            "",
            "Kan vi ikke vente med hegnet?",
            "",
            *lines[3:],
            "",
            "Jeg ringer i morgen.",
            "",
            "Bo",
            "",
        ]
    )


def the_original(room: Room, name: str = "a.eml") -> dict[str, Any]:
    found: dict[str, Any] = room.thread(name)["messages"][0]
    return found


def partial(message: dict[str, Any]) -> list[str]:
    return [copy["path"] for copy in message["seen_in"] if copy["partial"]]


# --- an altered figure is found wherever the answer stands --------------------------------------------------------


@pytest.mark.parametrize("mixed", [below, between])
@pytest.mark.parametrize("ids", [True, False])
def test_an_altered_figure_in_an_answer_with_its_quotation(room: Room, mixed: Any, ids: bool) -> None:
    answer = replace(ANSWER, body=mixed(gmail(ORIGINAL, EDITED)))
    room.put("a.eml", eml(ORIGINAL))
    room.put("b.eml" if ids else "b.txt", eml(answer) if ids else outlook(answer))
    room.ingest()
    name = "b.eml" if ids else "b.txt"

    message = the_original(room)

    assert partial(message) == [name]
    assert changes(message, name) == FIGURE
    (copy,) = (copy for copy in message["seen_in"] if copy["partial"])
    assert copy["quoted"]
    assert copy["known_by"].startswith("quoted-between")
    assert [seen(each) for each in room.thread(name)["messages"]] == [["a.eml#0", f"{name}#0"], [f"{name}#0"]]


def test_offsets_are_those_of_the_answer(room: Room) -> None:
    room.put("a.eml", eml(ORIGINAL))
    room.put("b.eml", eml(replace(ANSWER, body=between(gmail(ORIGINAL, EDITED)))))
    room.ingest()
    from pipeline.export.shown import find

    text = find(room.workspace, room.id("b.eml")).parts[0].text
    (found,) = (each for copy in the_original(room)["seen_in"] for each in copy["differences"])

    assert text[found["copy_start"] : found["copy_end"]] == "900.000"


def test_what_is_left_out_between_the_quoted_stretches_is_no_difference(room: Room) -> None:
    quoted = (
        "> Udvalget bevilger 413.000 kr. til legepladsen ved Havneskolen i 2024.\n\nTak.\n\n"
        "> Resten af puljen overføres til næste år.\n\nGodt.\n\nBo\n"
    )
    intro = gmail(ORIGINAL).splitlines()[0]
    room.put("a.eml", eml(ORIGINAL))
    room.put("b.eml", eml(replace(ANSWER, body=f"{intro}\n{quoted}")))
    room.ingest()

    message = the_original(room)

    assert partial(message) == ["b.eml"]
    assert changes(message, "b.eml") == []


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("er færdigt den", "ikke er færdigt den", ("adds", "text", "", "ikke")),
        ("bevilger 413.000 kr. til", "bevilger til", ("lacks", "text", "413.000 kr", "")),
        ("næste år.", "næste måned.", ("changes", "text", "år", "måned")),
    ],
)
def test_what_is_changed_inside_a_quoted_stretch_is_shown(
    room: Room, old: str, new: str, shown: tuple[str, str, str, str]
) -> None:
    assert old in GRANT
    room.put("a.eml", eml(ORIGINAL))
    room.put("b.eml", eml(replace(ANSWER, body=below(gmail(ORIGINAL, GRANT.replace(old, new))))))
    room.ingest()

    assert changes(the_original(room), "b.eml") == [shown]


def test_the_last_figure_of_a_stretch_is_compared_though_more_follows_in_the_original(room: Room) -> None:
    intro = gmail(ORIGINAL).splitlines()[0]
    quoted = (
        "> Kære Bo\n>\n> Udvalget bevilger 900.000\n\nHvor meget?\n\n> Resten af puljen overføres til næste år.\n\nBo\n"
    )
    room.put("a.eml", eml(ORIGINAL))
    room.put("b.eml", eml(replace(ANSWER, body=f"{intro}\n{quoted}")))
    room.ingest()

    assert changes(the_original(room), "b.eml") == FIGURE


def test_an_html_answer_below_its_quotation(room: Room) -> None:
    quoted = "".join(f"<div>{line or '&nbsp;'}</div>" for line in EDITED.splitlines())
    html = (
        f"<div>Den 4. mar. 2024 kl. 08.12 skrev Karen Holm &lt;karen.holm@fjordby.example&gt;:</div>"
        f"<blockquote>{quoted}</blockquote><div>Det er for lidt.</div><div>Bo</div>"
    )
    mail = eml(ANSWER).decode().replace("text/plain", "text/html").replace(ANSWER.body.replace("\n", "\r\n"), html)
    head, _, _ = mail.partition("\n\n")
    room.put("a.eml", eml(ORIGINAL))
    room.put("b.eml", f"{head.replace('quoted-printable', '8bit').replace('base64', '8bit')}\n\n{html}\n")
    room.ingest()

    assert changes(the_original(room), "b.eml") == FIGURE


# --- which message it is of ---------------------------------------------------------------------------------------


def test_sender_and_time_of_the_introduction_join_two_papers_under_other_subjects(room: Room) -> None:
    answer = replace(ANSWER, subject="Penge", body=below(gmail(ORIGINAL, EDITED)))
    room.put("a.txt", outlook(ORIGINAL))
    room.put("b.txt", outlook(answer))
    room.ingest()

    for name in ("a.txt", "b.txt"):
        found = room.thread(name)
        assert [seen(message) for message in found["messages"]] == [["a.txt#0", "b.txt#0"], ["b.txt#0"]]
        assert changes(found["messages"][0], "b.txt") == FIGURE


def test_an_answer_without_a_header_of_its_own(room: Room) -> None:
    room.put("a.txt", outlook(ORIGINAL))
    room.put("b.txt", between(gmail(ORIGINAL, EDITED)))
    room.ingest()

    for name in ("a.txt", "b.txt"):
        assert changes(the_original_of(room, name), "b.txt") == FIGURE


def the_original_of(room: Room, name: str) -> dict[str, Any]:
    found: dict[str, Any] = next(each for each in room.thread(name)["messages"] if each["path"] == "a.txt")
    return found


def test_lines_without_an_introduction_are_of_what_the_answer_names(room: Room) -> None:
    quoted = gmail(ORIGINAL, EDITED).partition("\n")[2]
    room.put("a.eml", eml(ORIGINAL))
    room.put("b.eml", eml(replace(ANSWER, body=below(quoted))))
    room.ingest()

    assert changes(the_original(room), "b.eml") == FIGURE


def test_each_message_that_is_quoted_has_its_own_lines(room: Room) -> None:
    answer = replace(ANSWER, body="Kære Karen\n\nBeløbet på 413.000 kr. rækker ikke til hegn og gynger i år.\n\nBo\n")
    deeper = "".join(f">{line}" for line in gmail(ORIGINAL, EDITED).splitlines(keepends=True)[1:])
    intro = gmail(ORIGINAL).splitlines()[0]
    body = gmail(answer, answer.body.replace("413.000", "300.000") + "\n" + intro)
    third = Letter(
        sender=KAREN,
        to=BO,
        sent=ANSWER.sent + dt.timedelta(days=1),
        subject="SV: Legepladsen ved Havneskolen",
        id="tredje",
        answers="svar",
        body=f"{body}{deeper}\nSå må vi finde flere.\n\nKaren\n",
    )
    room.put("a.eml", eml(ORIGINAL))
    room.put("b.eml", eml(answer))
    room.put("c.eml", eml(third))
    room.ingest()

    first, second, _ = room.thread("a.eml")["messages"]

    assert changes(first, "c.eml") == FIGURE
    assert changes(second, "c.eml") == [("changes", "text", "413.000", "300.000")]


def test_an_introduction_that_names_another_sender_is_a_changed_sender(room: Room) -> None:
    quoted = gmail(replace(ORIGINAL, sender=ANNE))
    room.put("a.eml", eml(ORIGINAL))
    room.put("b.eml", eml(replace(ANSWER, body=below(quoted))))
    room.ingest()

    assert changes(the_original(room), "b.eml") == [("changes", "from", KAREN, ANNE)]


# --- and of which it is not -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "other",
    [
        replace(ORIGINAL, id=None, sender=ANNE, subject="Regning"),
        replace(ORIGINAL, id=None, sent=ORIGINAL.sent + dt.timedelta(hours=2), subject="Regning"),
        replace(
            ORIGINAL, id=None, body="Kære Bo\n\nVi ses på mandag til frokost i kantinen.\n\nKaren\n", subject="Regning"
        ),
    ],
    ids=["another sender", "another time", "other words"],
)
def test_another_message_is_not_what_is_quoted(room: Room, other: Letter) -> None:
    room.put("a.txt", outlook(other))
    room.put("b.txt", outlook(replace(ANSWER, body=below(gmail(ORIGINAL)))))
    room.ingest()

    assert [seen(message) for message in room.thread("a.txt")["messages"]] == [["a.txt#0"]]
    assert [seen(message) for message in room.thread("b.txt")["messages"]] == [["b.txt#0"]]


SHIFTS = {"påsken": "Vagt i påsken", "pinsen": "Vagt i pinsen"}


def shifts(room: Room) -> None:
    """Two mails of one minute that say nearly the same."""
    for number, (name, subject) in enumerate(SHIFTS.items()):
        body = f"Kære Bo\n\nKan du tage vagten i {name} på skolen? Vi giver 3.000 kr. for den.\n\nKaren\n"
        room.put(f"{name}.eml", eml(replace(ORIGINAL, id=f"vagt{number}", subject=subject, body=body)))


@pytest.mark.parametrize("name", SHIFTS)
def test_of_two_that_fit_the_one_with_the_subject_is_meant(room: Room, name: str) -> None:
    shifts(room)
    body = f"Kære Bo\n\nKan du tage vagten i {name} på skolen? Vi giver 9.000 kr. for den.\n\nKaren\n"
    answer = replace(ANSWER, subject=f"SV: {SHIFTS[name]}", answers=None, body=below(gmail(ORIGINAL, body)))
    room.put("b.eml", eml(answer))
    room.ingest()

    message = the_original(room, "b.eml")

    assert message["path"] == f"{name}.eml"
    assert changes(message, "b.eml") == [("changes", "text", "3.000", "9.000")]


def test_what_fits_two_messages_is_compared_with_neither_and_that_is_said(room: Room) -> None:
    shifts(room)
    body = "Kære Bo\n\nKan du tage vagten i julen på skolen? Vi giver 9.000 kr. for den.\n\nKaren\n"
    room.put("b.eml", eml(replace(ANSWER, subject="Nej", answers=None, body=below(gmail(ORIGINAL, body)))))
    room.ingest()

    found = room.thread("b.eml")

    assert [seen(message) for message in found["messages"]] == [["b.eml#0"]]
    assert any(f"What {room.id('b.eml')} quotes between its lines fits 2 messages" in note for note in found["notes"])


def test_a_quotation_above_which_nothing_is_answered_is_a_message_of_its_own(room: Room) -> None:
    room.put("a.eml", eml(ORIGINAL))
    room.put("b.eml", eml(replace(ANSWER, body=f"Tak.\n\nBo\n\n{gmail(ORIGINAL)}")))
    room.ingest()

    assert partial(the_original(room)) == []
    assert seen(the_original(room)) == ["a.eml#0", "b.eml#1"]


# --- prints ------------------------------------------------------------------------------------------------------


def test_the_head_of_a_print_is_not_added_and_hides_nothing(room: Room) -> None:
    head = "Sagsakter – Legepladsen ved Havneskolen – j.nr. 24/1180\n"
    long = GRANT.replace("Det er aftalt", "Vi mødes igen i maj. Det er aftalt")
    first, second = EDITED.split("\n\nDet er aftalt")
    room.put("a.eml", eml(ORIGINAL))
    pages = [
        head + outlook(ORIGINAL, first),
        f"{head}Det er aftalt{second}",
        head + outlook(replace(ANSWER, body=long)),
    ]
    room.put("b.pdf", pdf(*pages, footer="Fjordby"))
    room.ingest()

    assert changes(the_original(room), "b.pdf") == FIGURE


def test_figures_at_the_feet_of_two_pages_are_text(room: Room) -> None:
    def paper(day: int, kroner: int) -> Letter:
        body = (
            f"Stilladset bliver stående ved skolen i uge {day}, og det kan ikke ændres.\nDet koster {kroner}.000 kr.\n"
        )
        return Letter(sent=dt.datetime(2024, 5, day, 9), subject="Stillads", body=body, id=None)

    room.put("a.txt", outlook(paper(2, 900)))
    room.put("b.pdf", pdf(outlook(paper(3, 200)), outlook(paper(2, 100))))
    room.ingest()

    assert changes(room.thread("a.txt")["messages"][0], "b.pdf") == [("changes", "text", "900.000", "100.000")]


ROW = "Bygningsafdelingen har gennemgået ejendommen og finder ikke grundlag for at ændre det."


def test_a_figure_between_a_header_and_the_page_s_end_is_of_the_body(room: Room) -> None:
    def paper(day: int, kroner: int) -> Letter:
        rows = "".join(f"{number}. {ROW}\n" for number in range(1, 7))
        body = f"Svar nummer {day} i rækken: udgiften er nu {kroner}.000 kr.\n{rows}"
        return Letter(sent=dt.datetime(2024, 5, day, 9), subject="SV: Stillads", body=body, id=None)

    head, room_for = "Sagsakter - Stillads - j.nr. 24/1180", (3, 2, 1, 0)
    pages, left = [head], ""
    for day, rows in zip((5, 4, 3, 2), room_for, strict=True):
        lines = outlook(paper(day, day * 100)).splitlines(keepends=True)
        cut = len(lines) - 6 + rows
        pages[-1] += f"\n{left}\n{''.join(lines[:cut])}"
        pages.append(head)
        left = "".join(lines[cut:])
    pages[-1] += f"\n{left}"
    room.put("a.txt", outlook(paper(2, 900)))
    room.put("b.pdf", pdf(*pages, footer="Fjordby"))
    room.ingest()

    first = next(each for each in room.thread("a.txt")["messages"] if each["path"] == "a.txt")

    assert changes(first, "b.pdf") == [("changes", "text", "900.000", "200.000")]


def test_what_the_answer_names_goes_before_a_printed_time(room: Room) -> None:
    again = replace(ORIGINAL, id="rykker", sent=ORIGINAL.sent + dt.timedelta(hours=3))
    room.put("a.eml", eml(ORIGINAL))
    room.put("b.eml", eml(again))
    room.put("c.eml", eml(replace(ANSWER, body=below(gmail(again)))))
    room.ingest()

    message = the_original(room)

    assert message["path"] == "a.eml"
    assert [each[1] for each in changes(message, "c.eml")] == ["sent"]
