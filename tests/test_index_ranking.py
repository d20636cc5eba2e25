"""In what order hits come: each principle on small papers, on both engines, in whatever order they were indexed."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from hashlib import sha256
from itertools import permutations
from pathlib import Path

import pytest

from corpus.model import AgendaItem, Amount, AnyPart, AnyRecord, Body, Document, Fte, Message, Proposal, Section
from index.build import IndexWriter
from index.engines.base import EngineName
from index.search import Sort, search

ENGINES: tuple[EngineName, ...] = ("tantivy", "whoosh")
PLAIN = "Udvalget mødtes på rådhuset og talte om vejret. "


def paper(name: str, part: AnyPart | str, date: str | None = None, records: Sequence[AnyRecord] = ()) -> Document:
    if isinstance(part, str):
        part = Body(index=0, title=None, text=part)
    return Document(
        path=name,
        sha256=sha256(name.encode()).hexdigest(),
        media_type="text/plain",
        reader="text/1",
        extractor_version="1",
        parts=[part],
        date=date,
        records=list(records),
    )


def mail(title: str, text: str) -> Message:
    return Message(index=0, title=title, subject=title, text=text, fingerprint=sha256(text.encode()).hexdigest()[:16])


def ordered(
    folder: Path, engine: EngineName, papers: Sequence[Document], query: str, sort: Sort = "relevance"
) -> list[str]:
    with IndexWriter(folder, engine) as writer:
        for number, document in enumerate(papers):
            writer.replace(document, [document.path])
            if number == 1:
                writer.commit()
    return [hit.path for hit in search(folder, query, sort=sort).hits]


# Each: a query, and papers in the order in which they are to be found.
PRINCIPLES = {
    "all words before most words": (
        "gadelamper skolevej belysning",
        [
            paper("all", PLAIN * 4 + "En gadelampe på Skolevej. " + PLAIN * 4 + "God belysning."),
            paper("most", "Gadelamper på Skolevej, gadelamper på Skolevej, gadelamper på Skolevej."),
        ],
    ),
    "a title above a text": (
        "kystsikring",
        [
            paper("title", Body(index=0, title="Kystsikring", text=PLAIN * 3)),
            paper("body", Body(index=0, title="Referat", text="Kystsikring er kystsikring. Kystsikring. " + PLAIN)),
        ],
    ),
    "a subject above a text": (
        "kystsikring",
        [
            paper("subject", mail("Kystsikring", "Hej Bo. " + PLAIN * 3)),
            paper("body", mail("Mødet i går", "Hej Ib. Der var kystsikring på mødet. " + PLAIN * 2)),
        ],
    ),
    "the heading of an item above its text": (
        "kystsikring",
        [
            paper("heading", AgendaItem(index=0, title="Kystsikring", text=PLAIN * 3)),
            paper("body", AgendaItem(index=0, title="Eventuelt", text="Der var kystsikring på mødet. " + PLAIN * 2)),
        ],
    ),
    "a heading inside a proposal above its text": (
        "genhusning",
        [
            paper(
                "heading",
                Proposal(
                    index=0,
                    title="Salg",
                    text="Genhusning. " + PLAIN * 3,
                    sections=[Section(heading="Genhusning", start=0, end=100)],
                ),
            ),
            paper("body", Proposal(index=0, title="Køb", text="Vejret, genhusning. " + PLAIN * 3)),
        ],
    ),
    "a paper's own number above its mention": (
        "ISU42",
        [
            paper("own", Proposal(index=0, title="Salg", number="ISU42", text="ISU42 Salg. " + PLAIN * 4)),
            paper("mention", Proposal(index=0, title="Køb", number="ISU43", text="ISU43 Køb. Se ISU42. " + PLAIN * 2)),
        ],
    ),
    "a number as typed before another way to write it": (
        "1.000.000",
        [
            paper("typed", "Prisen er 1.000.000 kroner. " + PLAIN),
            paper("bare", "Prisen er 1000000 kroner. " + PLAIN),
        ],
    ),
    "a case number before one that has it in the middle": (
        "2020-12345",
        [
            paper("typed", "Sagen har nummer 2020-12345. " + PLAIN),
            paper("longer", "Sagen har nummer EMN-2020-12345. " + PLAIN),
        ],
    ),
    "the form as typed above its lemma above a part of a word": (
        "indsats",
        [
            paper("exact", "En indsats for alle. " + PLAIN),
            paper("lemma", "Den indsatsen for alle. " + PLAIN),
            paper("part", "En støtteindsats for alle. " + PLAIN),
        ],
    ),
    "a word above a compound that few have": (
        "pædagog",
        [
            *(paper(f"{number}", f"Nummer {number}: pædagoger er med. {PLAIN}") for number in range(8)),
            paper("part", "Støttepædagog er med. "),
        ],
    ),
    "a compound above its members far apart": (
        "støttekorps",
        [
            paper("compound", "Et støttekorps i byen. " + PLAIN),
            paper("apart", "En støtte i byen. " + PLAIN * 2 + "Et korps spillede. Mere støtte, mere korps."),
        ],
    ),
    "words next to each other above words apart": (
        "ekstra midler",
        [
            paper("together", "Byrådet gav ekstra midler til skolerne. " + PLAIN * 3),
            paper("apart", "Byrådet gav ekstra kage. " + PLAIN * 3 + "Til skolerne midler."),
        ],
    ),
    "nearer words above words further off": (
        "midler gadelamper",
        [
            paper("near", "Der er gode midler til nye gadelamper i år. " + PLAIN),
            paper("far", "Der er gode midler til nye stole. " + PLAIN + "Gadelamper i år."),
        ],
    ),
    "words typed apart that are one compound above words apart": (
        "støtte pædagog",
        [
            paper("compound", "Byens støttepædagoger er med i huset. " + PLAIN),
            paper("apart", "Byens støtte er med i huset. " + PLAIN + "Pædagog."),
        ],
    ),
    "words as they are typed above words close to each other": (
        "midler til gadelamper",
        [
            paper("typed", "Der er midler til gadelamper, og de er nye. " + PLAIN),
            paper("close", "Der er gadelamper, og de nye er til midler. " + PLAIN),
        ],
    ),
    "words with a small one between that are one compound the other way round above words apart": (
        "lukning af skoler",
        [
            paper("compound", "Byrådet drøftede en skolelukning af mange. " + PLAIN),
            paper("apart", "Byrådet drøftede lukning af vejen. " + PLAIN * 2 + "Skoler i år."),
        ],
    ),
    "small words do not part those around them": (
        "lukning af skoler",
        [
            paper("together", "Byrådet drøftede lukning af skoler her i år. " + PLAIN * 2),
            paper("apart", "Byrådet drøftede lukning af vejen her. " + PLAIN * 2 + "Skoler i år."),
        ],
    ),
    "of most words, those next to each other first": (
        "ekstra midler kystsikring",
        [
            paper("together", "Byrådet gav ekstra midler til skolerne. " + PLAIN * 3),
            paper("apart", "Byrådet gav ekstra kage. " + PLAIN * 3 + "Til skolerne midler."),
        ],
    ),
    "of most words, those that have more of them first": (
        "vikarer rengøring kystsikring gadelamper",
        [
            paper("three", "Der er vikarer her. Rengøring. Kystsikring."),
            paper("two", "Kystsikring, gadelamper, kystsikring, gadelamper, kystsikring, gadelamper."),
        ],
    ),
    "the newer when all else is equal": (
        "gadelamper",
        [
            paper("new", "Nye gadelamper. " + PLAIN, "2024-05-02"),
            paper("older", "Nye gadelamper. " + PLAIN, "2024-05-01"),
            paper("old", "Nye gadelamper. " + PLAIN, "1999-12-31"),
            paper("undated", "Nye gadelamper. " + PLAIN),
        ],
    ),
    "the newer among what is only filtered": (
        "kind:other",
        [
            paper("new", PLAIN, "2025-05-02"),
            paper("older", PLAIN * 3, "2019-05-01"),
            paper("undated", "Nye gadelamper."),
        ],
    ),
    "recency does not outweigh a better match": (
        "gadelamper",
        [
            paper("old", Body(index=0, title="Gadelamper", text="Nye gadelamper. " + PLAIN), "1999-01-01"),
            paper("new", Body(index=0, title="Vejret", text="Nye gadelamper. " + PLAIN), "2025-01-01"),
        ],
    ),
}


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("name", PRINCIPLES)
def test_hits_are_ranked_by(tmp_path: Path, engine: EngineName, name: str) -> None:
    query, papers = PRINCIPLES[name]
    wanted = [document.path for document in papers]
    reached = len(wanted) if len(wanted) < 5 else None

    for number, turned in enumerate((papers, papers[::-1], [*papers[1:], papers[0]])):
        found = ordered(tmp_path / str(number), engine, turned, query)

        assert found[:reached] == wanted if reached else found[-1] == wanted[-1]


@pytest.mark.parametrize("engine", ENGINES)
def test_the_order_of_equal_papers_is_the_same_however_they_were_indexed(tmp_path: Path, engine: EngineName) -> None:
    papers = [paper(f"{number}", "Nye gadelamper.", date) for number, date in enumerate((None, None, "2020-01-01"))]
    orders = {
        tuple(ordered(tmp_path / str(number), engine, turned, "gadelamper"))
        for number, turned in enumerate(permutations(papers))
    }

    assert len(orders) == 1
    assert orders.pop()[0] == "2"


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("sort", "wanted"),
    [
        ("date", ["a", "b", "c", "none"]),
        ("-date", ["c", "b", "a", "none"]),
        ("amount", ["c", "a", "b", "none"]),
        ("-amount", ["b", "a", "c", "none"]),
        ("fte", ["b", "c", "a", "none"]),
        ("-fte", ["a", "c", "b", "none"]),
    ],
)
def test_hits_are_sorted_by(tmp_path: Path, engine: EngineName, sort: Sort, wanted: list[str]) -> None:
    figures = {"a": ("2020-01-01", 200, 3), "b": ("2021-01-01", -300, 1), "c": ("2022-01-01", 100, -2)}
    papers = [paper("none", "Gadelamper, gadelamper, gadelamper.")]
    for name, (date, value, posts) in figures.items():
        records: list[AnyRecord] = [
            Amount(start=0, end=1, text="x", value=Decimal(value), currency="DKK"),
            Fte(start=0, end=1, text="x", value=Decimal(posts), unit="fte"),
        ]
        papers.append(paper(name, f"Nye gadelamper. {PLAIN}", date, records))

    assert ordered(tmp_path, engine, papers, "gadelamper", sort) == wanted
