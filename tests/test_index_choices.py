"""Words of a closed list: how a decision may end, in Danish, and what is never taken for its opposite."""

from __future__ import annotations

import pytest

from index.query import parse
from index.tree import Filter, Group, Name, QueryError


def value(query: str) -> str:
    tree = parse(query)
    found = tree.items[0] if isinstance(tree, Group) else tree
    assert isinstance(found, Filter)
    assert isinstance(found.value, Name)
    return found.value.text


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("nedstemt", "rejected"),
        ("forkastet", "rejected"),
        ("afslået", "rejected"),
        ("bortfaldet", "rejected"),
        ("godkendt", "decided"),
        ("bevilget", "decided"),
        ('"taget til efterretning"', "decided"),
        ("taget-til-efterretning", "decided"),
        ("Drøftet", "decided"),
        ("udskudt", "postponed"),
        ("hjemvist", "postponed"),
        ("anbefales", "recommended"),
    ],
)
def test_danish_words_of_a_status(word: str, expected: str) -> None:
    assert value(f"status:{word}") == expected


@pytest.mark.parametrize(
    ("query", "suggestion"),
    [
        ("kind:dragon", None),
        ("kind:dagsordn", "kind:dagsorden"),
        ("kind:dags", "kind:dagsorden"),
        ("status:godkent", "status:godkendt"),
        ("status:nedsemt", "status:nedstemt"),
        ("status:vedtagne", "status:vedtaget"),
        ("status:nedlagt", None),
        ("status:ugodkendt", None),
        ('status:"ikke vedtaget"', None),
        ("status:ikke-godkendt", None),
        ("status:nej", None),
        ("type:avis", None),
        ("type:mial", "type:mail"),
        ("type:refarat", "type:referat"),
        ("status:besparelse", "role:saving"),
    ],
)
def test_no_opposite_is_suggested(query: str, suggestion: str | None) -> None:
    with pytest.raises(QueryError) as refused:
        parse(query)
    assert refused.value.suggestion == suggestion
