"""Invented minutes, proposals and catalogues, to be pointed to."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from letters import MONTHS, Letter, Room, eml

from corpus.store.schema import (
    link_amounts,
    link_numbers,
    link_papers,
    link_pointers,
    link_word_counts,
    link_words,
)
from pipeline.export.records import found_rows
from pipeline.export.shown import find


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """An item of minutes, or of an agenda where ``decided`` is empty."""

    title: str
    case: str = ""
    text: str = "Forvaltningen har undersøgt sagen og fremlægger den for udvalget."
    decided: str = "Godkendt."


def danish_day(day: str) -> str:
    """ "2024-03-05" as "5. marts 2024"."""
    year, month, number = day.split("-")
    return f"{int(number)}. {MONTHS[int(month) - 1]} {year}"


def minutes(*items: Item, day: str = "2024-04-09", body: str = "Børne- og Skoleudvalget", town: str = "Fjordby") -> str:
    lines = [f"{town} Kommune", f"Referat fra møde i {body}", "", f"Mødedato: {danish_day(day)}", "Mødested: Rådhuset"]
    for number, item in enumerate(items, 1):
        lines += ["", "", f"Punkt {number}: {item.title}", ""]
        lines += [f"Sagsnr.: {item.case}", ""] if item.case else []
        lines += ["Sagsfremstilling", item.text, ""]
        lines += ["Beslutning", item.decided, ""] if item.decided else []
    return "\n".join(lines)


def proposal(number: str, title: str, *, year: int = 2024, town: str = "Fjordby", text: str = "") -> str:
    years = " ".join(str(year + more) for more in range(4))
    return "\n".join(
        [
            *(f"{town} Kommune", f"Budget {year}-{year + 3}", "", "Budgetforslag", "", f"Nr. {number}", ""),
            *("Overskrift", title, "", "Udvalg Børne- og Skoleudvalget", "Forslagsstiller Forvaltningen", ""),
            *("Beløb i 1.000 kr.", f"{year}-priser", "", years, "", "Besparelse -95 -380 -380 -380", ""),
            *("1. Resumé", text or "Ordningen omlægges over et år, så den kræver færre timer.", ""),
        ]
    )


def links(room: Room, name: str, part: int | None = 0, record: str = "") -> dict[str, Any]:
    """``links`` of ``akt show --format json`` for a part, a record of it, or (part None) the document."""
    wanted = room.id(name, part or 0)
    wanted = wanted.partition(".")[0] if part is None else f"{wanted}{record}"
    decoded: dict[str, Any] = json.loads(msgspec.json.encode(find(room.workspace, wanted)))["links"]
    return decoded


def targets(found: Mapping[str, Any], kind: str) -> list[tuple[str, str, list[str]]]:
    """Value, state and targets (path and part) of the references of one kind."""
    return [
        (link["value"], link["state"], [placed(target) for target in link["targets"]])
        for link in found["to"]
        if link["kind"] == kind
    ]


def placed(named: Mapping[str, Any]) -> str:
    """Path and part: "referat.txt#2"; a whole document by its path."""
    return "#".join([named["path"], *named["id"].split(".")[1:]])


def backwards(found: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Path and text of the references that point to what is shown."""
    return [(link["path"], link["text"]) for link in found["from"]]


def about(found: Mapping[str, Any]) -> list[tuple[str, list[str]]]:
    """The decisions that a message may be about, each with the kinds of its evidence."""
    return [(placed(each), [why["kind"] for why in each["evidence"]]) for each in found["about"]]


def references(room: Room, *, dangling: bool = False) -> list[dict[str, Any]]:
    """The rows of ``akt records references``."""
    with found_rows(room.workspace, "reference", dangling=dangling) as found:
        return [dict(row) for row, _ in found]


def by_value(rows: Sequence[Mapping[str, Any]]) -> dict[str, tuple[object, object]]:
    return {str(row["value"]): (row["resolved"], row["resolution"]) for row in rows}


TABLES = [link_papers, link_numbers, link_words, link_amounts, link_pointers, link_word_counts]


def mail(body: str, *, sent: str = "2024-04-22", subject: str = "Spørgsmål fra en borger", id: str = "brev") -> bytes:
    day = dt.datetime.fromisoformat(f"{sent}T09:30")
    return eml(Letter(body=f"Hej Bo\n\n{body}\n\nVenlig hilsen\nKaren Holm\n", sent=day, subject=subject, id=id))


AGREEMENT = "Fjordby Kommune\nBudgetaftale 2024\n\nPartierne er enige om at styrke daginstitutionerne.\n"
