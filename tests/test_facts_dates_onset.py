"""Years that something begins in ("ansættes 4 årsværk i klubben fra 2026"), and years that a thing is of."""

from __future__ import annotations

import datetime as dt

import pytest
from dates_read import read

MAY = dt.date(2026, 5, 4)


@pytest.mark.parametrize(
    "text",
    [
        "Udgiften foreslås indarbejdet i budgettet fra 2026.",
        "Beløbet optages på investeringsoversigten fra 2026.",
        "Der ansættes 5 årsværk i klubben fra 2026.",
        "Der oprettes 12 pladser på plejecentret Lunden fra 2026.",
        "Der afsættes to millioner kroner til stier i Vesterby fra 2026.",
        "Gevinsten falder, mens den fra 2026 udgør 84.000 kr.",
        "Vi håber, at den sociale tilbudsvifte fra 2026 tilføres 510.000 kr.",
        "Vi håber, at korskolen fra 2026 tilføres 510.000 kr.",
        "Der afsættes kr. 2.400.000 fra 2026 til borgerservice.",
        "Der afsættes 5 mio. kr. årligt fra 2026 og frem til den lokale klub.",
    ],
)
def test_something_begins(text: str) -> None:
    assert read(text, MAY) == ["2026 = 2026-01-01..+ year"]


@pytest.mark.parametrize(
    "text",
    [
        "Vi har set på tallene fra 2026.",
        "Budgettet fra 2026 er vedtaget.",
        "Der er brugt 4 årsværk på sagen fra 2026.",
        "Lokalplanen fra 2026 ophæves.",
        "Han betalte 300 kr. for rapporten fra 2026.",
        "Den fra 2026 er bedre.",
        "Pengene gives til en undersøgelse af data fra 2026.",
        "Der bruges 300 kr. på fotos fra 2026.",
        "Der afsættes 5 mio. kr. årligt fra 2026 og frem til det nye år.",
        "Der afsættes 5 mio. kr. årligt fra 2026 og frem til den nye skole åbner.",
        "Der afsættes 5 mio. kr. årligt fra 2026 og frem til den endelige vedtagelse.",
    ],
)
def test_nothing_begins_for_sure(text: str) -> None:
    assert read(text, MAY) == ["2026 = 2026-01-01..2026-12-31 year"]


def test_a_year_to_come_behind_a_verb_is_when_it_begins() -> None:
    assert read("Kommunen lukker biblioteket fra 2028.", MAY) == ["2028 = 2028-01-01..+ year"]
    assert read("Der flyttes 5 mio. kr. til vejene fra 2028.", MAY) == ["2028 = 2028-01-01..2028-12-31 year"]
    assert read("Kommunen lukker for budgettet fra 2028.", MAY) == ["2028 = 2028-01-01..2028-12-31 year"]


def test_the_day_behind_frem_til_is_an_end() -> None:
    text = "Der afsættes 5 mio. kr. årligt fra 2026 og frem til den 1. maj 2029."
    assert read(text, MAY) == ["2026 = 2026-01-01..2026-12-31 year", "1. maj 2029 = 2029-05-01 day"]
