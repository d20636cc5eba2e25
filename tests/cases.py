"""Tables of cases: texts, and what is read in each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

import pytest

T = TypeVar("T")


def reads(read: Callable[[str], T], cases: Sequence[tuple[str, T]]) -> Callable[[str, T], None]:
    """A test for each text of ``cases``: ``read`` gives what stands beside it."""

    @pytest.mark.parametrize(("text", "expected"), cases)
    def test(text: str, expected: T) -> None:
        assert read(text) == expected

    return test
