"""`fa*`: a star stands for whole letters. å, æ and ø are kept as two, and are none that go on after a or o."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.model import Address, Body, Document, Message
from index.beginnings import begins, spellings
from index.build import IndexWriter
from index.engines.base import EngineName
from index.search import Searcher
from index.text import fold

LONG = "fa" + "e" * 70
WRITTEN = {
    "far": "Far er her.", "får": "Fårene går.", "færre": "Færre kom.", "israel": "Rejsen til Israel.",
    "israelsk": "En israelsk by.", "poesi": "Poesi og prosa.", "pølse": "Pølser til alle.",
    "mail": "Skriv til mae2020@fjord.example.",
    "måne": "Månen er fuld.", "lang": f"Navnet er {LONG}.", "coëfficient": "En coëfficient.",
    "Aabenraa": "Aabenraa ved vandet.", "ål": "Ål i åen.", "titel": "Intet.",
}  # fmt: skip
TITLES = {"titel": "Maegleren", "får": "Fårehold", "far": "Farvel", "poesi": "Poesien lever", "færre": "Mændene gik"}


SENDERS = {
    "haagen": "Haagen Holm", "hakon": "Hakon Dam", "haakon": "Håkon Ek",
    "bo": "Bo Åbo", "ea": "Ea Abel", "per": "Per Mo",
}  # fmt: skip


def mail(name: str, sender: str) -> Document:
    part = Message(
        index=0, title=None, text=f"Fra: {sender}\n\nHej", body_start=0, sender=Address(name=sender), fingerprint=name
    )
    return Document(
        path=name, sha256=sha256(name.encode()).hexdigest(), media_type="text/plain", reader="text/1",
        extractor_version="1", parts=[part],
    )  # fmt: skip


def paper(name: str, text: str) -> Document:
    return Document(
        path=name, sha256=sha256(name.encode()).hexdigest(), media_type="text/plain", reader="text/1",
        extractor_version="1", parts=[Body(index=0, title=TITLES.get(name), text=text)],
    )  # fmt: skip


@pytest.fixture(scope="module", params=get_args(EngineName))
def searcher(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Searcher]:
    folder = tmp_path_factory.mktemp("index") / "index"
    with IndexWriter(folder, engine=request.param) as writer:
        for name, text in WRITTEN.items():
            writer.replace(paper(name, text), [name])
    opened = Searcher(folder)
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("fa*", {"far", "lang"}),  # what is longer than the forms that are listed is found rather than lost
        ("få*", {"får"}),
        ("faa*", {"får"}),
        ("fæ*", {"færre", "lang"}),
        ("isra*", {"israel", "israelsk"}),
        ("po*", {"poesi"}),
        ("pø*", {"poesi", "pølse"}),
        ("poe*", {"poesi", "pølse"}),
        ("ma*", {"mail", "titel"}),
        ("mæ*", {"mail", "titel", "færre"}),
        ("må*", {"måne"}),
        ("co*", {"coëfficient"}),
        ("aa*", {"Aabenraa", "ål"}),
    ],
)
def test_a_star_goes_on_after_whole_letters(searcher: Searcher, query: str, names: set[str]) -> None:
    assert {hit.path for hit in searcher.search(query, limit=50).hits} == names


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("title:fa*", {"far"}),
        ("title:få*", {"får"}),
        ("titel:faa*", {"får"}),
        ("title:po*", {"poesi"}),
        ("title:poesien*", {"poesi"}),
        ("title:ma*", {"titel", "færre"}),  # Maegleren as printed; the base form of mændene
        ("title:mand*", {"færre"}),
        ("title:mænd*", {"færre"}),
        ('title:"poesien lev*"', {"poesi"}),
    ],
)
def test_so_does_one_in_a_title_whose_base_forms_count_too(searcher: Searcher, query: str, names: set[str]) -> None:
    assert {hit.path for hit in searcher.search(query, limit=50).hits} == names


def test_what_a_star_finds_is_marked_and_its_neighbour_is_not(searcher: Searcher) -> None:
    (hit,) = searcher.search("isra* -israelsk").hits

    assert [hit.snippet[start:end] for start, end in hit.matches] == ["Israel"]
    assert "israel" in searcher.explain("isra*").text


@given(st.text("afoegråæøsä", max_size=7), st.text("aoeråæø", max_size=3))
def test_a_word_is_begun_by_all_its_spellings_and_by_nothing_else(start: str, rest: str) -> None:
    assert begins(start + rest, fold(start))
    assert start in (spellings(fold(start)) or [start])
    assert all(fold(way) == fold(start) for way in spellings(fold(start)) or ())
    if rest[:1] in ("å", "æ", "ø"):
        assert not begins(start + rest, fold(start) + fold(rest)[0])


@pytest.fixture(scope="module", params=get_args(EngineName))
def senders(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Searcher]:
    folder = tmp_path_factory.mktemp("senders") / "index"
    with IndexWriter(folder, engine=request.param) as writer:
        for name, sender in SENDERS.items():
            writer.replace(mail(name, sender), [name])
    opened = Searcher(folder)
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("fra:ha*", {"haagen", "hakon"}),
        ("fra:hå*", {"haagen", "haakon"}),
        ("fra:haa*", {"haagen", "haakon"}),
        ('fra:"bo a*"', set()),
        ('fra:"bo å*"', {"bo"}),
        ("fra:ab*", {"ea"}),
        ("fra:åb*", {"bo"}),
        ("fra:m*", {"per"}),
    ],
)
def test_a_star_in_a_name_does_not_take_å_for_a(senders: Searcher, query: str, names: set[str]) -> None:
    assert {hit.path for hit in senders.search(query).hits} == names
