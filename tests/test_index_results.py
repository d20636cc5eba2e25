"""What a search gives beside the order of its hits, on every engine: places, counts, copies, likeness, slips."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from corpus.identity import part_id
from corpus.model import Address, AgendaItem, Amount, AnyPart, AnyRecord, Body, Document, DocumentKind, Message
from index.alike import NoSuchPartError
from index.build import IndexWriter
from index.engines.base import EngineName
from index.search import FACETS, Searcher, search
from pipeline.cli import search as cli_search

ENGINES: tuple[EngineName, ...] = ("tantivy", "whoosh")
CHILDREN, ROADS = "Børne- og Skoleudvalget", "Teknik- og Miljøudvalget"


def document(
    name: str,
    *parts: AnyPart,
    records: list[AnyRecord] | None = None,
    kind: DocumentKind = "other",
    date: str | None = None,
    municipality: str | None = None,
) -> Document:
    return Document(
        path=name,
        sha256=digest(name),
        media_type="text/plain",
        reader="text/1",
        extractor_version="1",
        kind=kind,
        date=date,
        municipality=municipality,
        parts=list(parts),
        records=records or [],
    )


def digest(name: str) -> str:
    return sha256(name.encode()).hexdigest()


def mail(text: str, fingerprint: str, *, id: str | None = None, quoted: bool = False, index: int = 0) -> Message:
    sender = Address(name="Karen Holm", address="kh@fjordby.example")
    return Message(
        index=index,
        title="Lamper",
        text=text,
        fingerprint=fingerprint,
        message_id=id,
        quoted=quoted,
        sender=sender,
        sent="2024-03-05T10:12",
    )


def item(number: int, text: str, committee: str) -> AgendaItem:
    return AgendaItem(index=number, title=f"Punkt {number}", number=str(number), text=text, committee=committee)


FIRST_PAGE = "Forvaltningen har set på sagen og gør rede for den her. " * 12
PAGED = (
    f"Legepladsen skal have nye gynger. {FIRST_PAGE}"
    f"På næste side står, at legepladserne lukkes om vinteren. {FIRST_PAGE}"
    "Til sidst bliver legepladsens hegn malet."
)
BREAKS = [PAGED.index("På næste"), PAGED.index("Til sidst")]
LAMPS = "Gadelamperne ved skolen er slukket, og elektrikeren kommer onsdag."
SCHOOL_ROAD = "Skolevejen er mørk: gadelamperne er slukket, og elektrikeren er bestilt til skolen."
PAPERS = [
    document(
        "sider.pdf", Body(index=0, title="Legepladser", text=PAGED, page_first=4, page_last=6, page_breaks=BREAKS)
    ),
    document("gammel.pdf", Body(index=0, title="Gammel", text="Skøjtebanen lukker.", page_first=2, page_last=3)),
    document(
        "referat.txt",
        item(0, f"{SCHOOL_ROAD} Udvalget drøftede svømmehallen.", CHILDREN),
        item(1, "Udvalget drøftede svømmehallen og bassinet.", CHILDREN),
        item(2, "Svømmehallen får ny asfalt foran døren.", ROADS),
        records=[
            Amount(part=0, start=0, end=1, text="x", value=2_000_000, currency="DKK", role="saving", year=2025),  # type: ignore[arg-type]
            Amount(part=2, start=0, end=1, text="x", value=9_000_000, currency="DKK", role="grant", year=2026),  # type: ignore[arg-type]
        ],
        kind="minutes",
        date="2024-05-01",
        municipality="Fjordby Kommune",
    ),
    document("lampe.eml", mail(LAMPS, "f1", id="<1@fjordby.example>"), kind="email"),
    document(
        "svar.eml",
        mail("Tak for beskeden.", "f2", id="<2@fjordby.example>"),
        mail(LAMPS, "f1", quoted=True, index=1),
        kind="email",
    ),
    document("igen.eml", mail(LAMPS, "f1", id="<1@fjordby.example>", index=0), kind="email"),
    *(
        document(f"{number}.txt", Body(index=0, title=None, text=f"Kommunen skriver om cykelstien nummer {number}."))
        for number in range(40)
    ),
]


@pytest.fixture(scope="module", params=ENGINES)
def searcher(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Searcher]:
    folder: Path = tmp_path_factory.mktemp("results") / "index"
    with IndexWriter(folder, engine=request.param) as writer:
        for paper in PAPERS:
            writer.replace(paper, [paper.path])
    opened = Searcher(folder)
    yield opened
    opened.close()


# --- snippets -------------------------------------------------------------------------------------------------


def test_several_snippets_differ_stand_in_order_and_say_their_page(searcher: Searcher) -> None:
    (hit,) = searcher.search("legeplads", snippets=5).hits

    assert [snippet.page for snippet in hit.snippets] == [4, 5, 6]
    marked = [[one.text[start:end] for start, end in one.matches] for one in hit.snippets]
    assert marked == [["Legepladsen"], ["legepladserne"], ["legepladsens"]]
    assert hit.snippet in [snippet.text for snippet in hit.snippets]
    assert hit.page == 4


@pytest.mark.parametrize("most", [1, 2, 20])
def test_no_more_snippets_than_asked_for(searcher: Searcher, most: int) -> None:
    (hit,) = searcher.search("legeplads", snippets=most).hits

    assert len(hit.snippets) == min(most, 3)


def test_hits_without_snippets_are_the_same_hits(searcher: Searcher) -> None:
    bare = searcher.search("legeplads skole", snippets=0)
    full = searcher.search("legeplads skole")

    assert [(hit.id, hit.score, hit.also_in, hit.page) for hit in bare.hits] == [
        (hit.id, hit.score, hit.also_in, hit.page) for hit in full.hits
    ]
    assert {(hit.snippet, *hit.matches, *hit.snippets) for hit in bare.hits} == {("",)}
    assert all(hit.snippet for hit in full.hits)


def test_a_page_that_is_not_known_is_not_guessed(searcher: Searcher) -> None:
    (hit,) = searcher.search("skøjtebane").hits

    assert (hit.page, hit.snippets[0].page) == (2, None)


# --- counts ---------------------------------------------------------------------------------------------------


def test_facets_count_parts_by_printed_names(searcher: Searcher) -> None:
    found = searcher.search("svømmehal", facets=FACETS)
    counts = {name: {one.value: one.count for one in values} for name, values in found.facets.items()}

    assert set(counts) == {"kind", "municipality", "committee", "year", "role", "sender"}
    assert counts["committee"] == {CHILDREN: 2, ROADS: 1}
    assert counts["role"] == {"saving": 1, "grant": 1}
    assert counts["kind"]["minutes"] == 3
    assert counts["sender"] == {}
    assert [one.count for one in found.facets["committee"]] == [2, 1]


def test_facets_count_every_copy_and_what_has_only_most_of_the_words(searcher: Searcher) -> None:
    found = searcher.search("gadelampe svømmehal", facets=["kind", "sender"], facet_values=1)
    strict = searcher.search("gadelampe svømmehal", facets=["kind"], all_words=True)

    assert (found.total, found.total_all, found.parts) == (4, 1, 6)
    assert [one.count for one in found.facets["sender"]] == [3]
    assert len(found.facets["kind"]) == 1
    assert {one.count for one in strict.facets["kind"]} == {1}


def test_facets_are_the_same_on_every_page(searcher: Searcher) -> None:
    pages = [searcher.search("cykelsti", facets=["kind"], limit=3, offset=offset).facets for offset in (0, 30, 300)]

    assert pages[0] == pages[1] == pages[2]
    assert pages[0]["kind"][0].count == 40


def test_the_command_knows_the_facets_of_the_index() -> None:
    assert cli_search.FACETS == FACETS


def test_a_count_takes_copies_once(searcher: Searcher) -> None:
    counts = searcher.count("gadelampe kind:email")

    assert (counts.total, counts.total_all, counts.parts, counts.exact) == (1, 1, 3, True)
    assert searcher.count("gadelampe svømmehal").total == searcher.search("gadelampe svømmehal").total


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("limit", [1, 30, 100])
def test_a_copy_with_fewer_of_the_words_is_not_counted_again_however_little_is_shown(
    tmp_path: Path, engine: EngineName, limit: int
) -> None:
    with IndexWriter(tmp_path, engine) as writer:
        for number in range(60):
            lamp = mail(f"Lampen ved skolen {number}.", f"a{number}", id=f"<{number}@fjordby.example>")
            writer.replace(document(f"{number}.eml", lamp, kind="email"), [f"{number}.eml"])
        for number in (7, 50, 51):
            answer = mail(f"Lampen {number}.", f"a{number}", quoted=True)
            writer.replace(document(f"svar {number}.eml", answer, kind="email"), [f"svar {number}.eml"])
        lone = mail("Lampen alene.", "b", quoted=True)
        writer.replace(document("alene.eml", lone, kind="email"), ["alene.eml"])
    opened = Searcher(tmp_path)
    found = opened.search("lampe skole", limit=limit)
    counts = opened.count("lampe skole")
    opened.close()

    assert (found.total, found.total_all, found.parts, found.exact) == (61, 60, 64, True)
    assert (counts.total, counts.total_all, counts.parts, counts.exact) == (61, 60, 64, True)
    assert len({hit.id for hit in found.hits}) == len(found.hits) == min(limit, 61)
    assert [hit.match for hit in found.hits][60:] == ["some"][: limit - 60 if limit > 60 else 0]


def test_copies_are_one_hit_that_names_the_others(searcher: Searcher) -> None:
    (hit,) = searcher.search("gadelampe kind:email").hits

    assert {hit.path, *hit.also_in} == {"lampe.eml", "igen.eml", "svar.eml"}
    assert hit.path != "svar.eml"


# --- more like this -------------------------------------------------------------------------------------------


def test_like_finds_the_subject_and_neither_itself_nor_its_copies(searcher: Searcher) -> None:
    found = searcher.search("", like=part_id(digest("lampe.eml"), 0))

    assert [(hit.path, hit.part) for hit in found.hits][:1] == [("referat.txt", 0)]
    assert not {"lampe.eml", "igen.eml", "svar.eml"} & {hit.path for hit in found.hits}
    assert found.hits[0].matches


def test_like_takes_a_query_and_filters(searcher: Searcher) -> None:
    id = part_id(digest("lampe.eml"), 0)

    assert [hit.path for hit in searcher.search("kind:minutes svømmehal", like=id).hits] == ["referat.txt"]
    assert searcher.search("cykelsti", like=id).hits == []
    assert searcher.count("kind:minutes", like=id).total == 1


@pytest.mark.parametrize("engine", ENGINES)
def test_a_proposal_is_like_what_is_said_of_it_and_not_like_its_figures(engine: EngineName, tmp_path: Path) -> None:
    head = "KFU07 Lukning af hallen i Sandby\nUdvalg: Kulturudvalget\n"
    asked = f"{head}Hallen har 14.200 gæster.\nHusleje -210 -420\nLøn -330 -660\nSum -540 -1.080\n"
    papers = [
        document("forslag.txt", Body(index=0, title="Lukning af hallen i Sandby", text=asked, body_start=len(head))),
        document("referat.txt", item(0, "Punkt 4. Sandby\nKFU07 behandles.\nBeslutning\nAfvist.", CHILDREN)),
        document("brev.txt", Body(index=0, title=None, text="Vi bruger hallen i Sandby hver uge.")),
        document("tal.txt", Body(index=0, title=None, text="Asfalt -210 -420\nGrus -330 -660\nI alt -540 -1.080\n")),
        *(document(f"{number}.txt", Body(index=0, title=None, text=f"Sti {number}.")) for number in range(30)),
    ]
    with IndexWriter(tmp_path / "index", engine=engine) as writer:
        for paper in papers:
            writer.replace(paper, [paper.path])

    found = search(tmp_path / "index", "", like=part_id(digest("forslag.txt"), 0)).hits

    assert {hit.path for hit in found} == {"referat.txt", "brev.txt"}


@pytest.mark.parametrize("engine", ENGINES)
def test_a_short_text_is_like_others_by_the_members_of_its_words(engine: EngineName, tmp_path: Path) -> None:
    texts = {
        "hal.txt": "Solcelleanlægget sidder på taget.",
        "skole.txt": "Et nyt anlæg med solceller på skolens tag.",
        "møde.txt": "Sagen blev taget til efterretning.",
        "flere.txt": "Rapporten blev taget til efterretning.",
        **{f"{number}.txt": f"Sti {number}." for number in range(30)},
    }
    with IndexWriter(tmp_path / "index", engine=engine) as writer:
        for name, text in texts.items():
            writer.replace(document(name, Body(index=0, title=None, text=text)), [name])

    found = search(tmp_path / "index", "", like=part_id(digest("hal.txt"), 0)).hits

    assert [hit.path for hit in found] == ["skole.txt"]


def test_likeness_is_explained_by_the_words_that_stand_for_the_part(searcher: Searcher) -> None:
    id = part_id(digest("lampe.eml"), 0)
    told = searcher.explain("kind:minutes", like=id)

    assert told.like["id"] == id
    assert "gadelampe" in told.like["words"]
    assert told.like["least"] == 2
    assert "gadelampe" in told.text
    assert "kind: minutes" in told.text
    assert searcher.explain("", like=id).query is None


@pytest.mark.parametrize("ending", ["", ".0", ".0.amount.118"])
def test_like_takes_the_id_of_a_document_a_part_or_a_record(searcher: Searcher, ending: str) -> None:
    id = part_id(digest("lampe.eml"), 0).partition(".")[0] + ending

    assert searcher.search("", like=id).hits[0].path == "referat.txt"


@pytest.mark.parametrize(
    ("id", "told"), [("ffffffffffff.0", "nothing"), ("x", "nothing"), ("lampe.eml", "nothing"), ("", "several")]
)
def test_like_of_nothing_or_of_several_is_said(searcher: Searcher, id: str, told: str) -> None:
    with pytest.raises(NoSuchPartError, match=told):
        searcher.search("", like=id)


# --- did you mean ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "meant"),
    [
        ("svømehal", "svømmehal"),
        ("gadelamprene", "gadelamperne"),
        ("cyklestien nummer 7", "cykelstien nummer 7"),
        ('"kommunen skrivre"', '"kommunen skriver"'),
        ('"svømme hal"', "svømmehal"),
        ('"cykel stien nummer 7"', '"cykelstien nummer 7"'),
        ('"gade lamper" -havnen', "gadelamper -havnen"),
        ('svømmehal -"gade lamper"', None),
        ('"kommunen lamper"', None),
        ("cykelsti -svømmehallne", None),
        ("committee:Teknik-og-Miljøudvlaget", f'committee:"{ROADS}"'),
        ('svømmehal udvalg:"Børne og Skoleudvalget"', None),
        ('svømmehal udvalg:"Borne og Skoleudvalget"', f'svømmehal udvalg:"{CHILDREN}"'),
        ("kommune:Fjordbyy", 'kommune:"Fjordby Kommune"'),
        ("udvalg:skoleudvalget", f'udvalg:"{CHILDREN}"'),
        ("udvalg:Borneudvalget", f'udvalg:"{CHILDREN}"'),
        ("udvalg:miljo", f'udvalg:"{ROADS}"'),
        ("udvalg:udvalget", None),
        ("svømmehal", None),
        ("qqxqqxqqx", None),
        ("cyk", "cyk*"),
        ('"en cyk"', None),
        ("2024", None),
    ],
)
def test_a_slip_is_put_right_by_the_words_of_the_index(searcher: Searcher, query: str, meant: str | None) -> None:
    found = searcher.search(query, suggest=True)

    assert found.did_you_mean == meant
    assert meant is None or searcher.search(meant).total_all > found.total_all


def test_nothing_is_suggested_unless_asked_for(searcher: Searcher) -> None:
    assert searcher.search("svømehal").did_you_mean is None


@pytest.mark.parametrize(
    "options", [{"snippets": -1}, {"snippets": 21}, {"facets": ["farve"]}, {"facet_values": 0}, {"sort": "title"}]
)
def test_senseless_options_are_refused(searcher: Searcher, options: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"snippets|facets|sort"):
        searcher.search("cykelsti", **options)  # type: ignore[arg-type]
