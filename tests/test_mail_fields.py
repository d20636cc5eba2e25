"""The fields of a printed header: times of sending and recipients."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.mail.addresses import display_name, parse_recipients, parse_sender
from pipeline.mail.dates import parse_sent
from pipeline.mail.fingerprints import danish_time

TIMES = {
    "21. februar 2020 08:29": "2020-02-21T08:29",
    "fredag den 21. februar 2020 08:29:12": "2020-02-21T08:29:12",
    "den 21 februari 2020 08:29": "2020-02-21T08:29",
    "fredag 21. februar 2020 08.29": "2020-02-21T08:29",
    "21-02-2020 08:29": "2020-02-21T08:29",
    "21.02.2020 kl. 8.29": "2020-02-21T08:29",
    "21/2 2020 kl. 08.29": "2020-02-21T08:29",
    "21/2-2020 08:29": "2020-02-21T08:29",
    "21/2-20 kl. 8:29": "2020-02-21T08:29",
    "21/02/2020 08:29": "2020-02-21T08:29",
    "2020-02-21 08:29": "2020-02-21T08:29",
    "2020-02-21T08:29:12+01:00": "2020-02-21T08:29:12+01:00",
    "Fri, 21 Feb 2020 08:29:12 +0100": "2020-02-21T08:29:12+01:00",
    "Fri, 21 Feb 2020 08:29:12 +0100 (CET)": "2020-02-21T08:29:12+01:00",
    "21. februar 2020 kl. 08.29.12 CET": "2020-02-21T08:29:12+01:00",
    "21. juli 2020 08.29.12 CEST": "2020-07-21T08:29:12+02:00",
    "2020-02-21 8:29 GMT+01:00": "2020-02-21T08:29+01:00",
    "Friday, February 21, 2020 8:29 AM": "2020-02-21T08:29",
    "Friday, 21 February 2020 20:29": "2020-02-21T20:29",
    "Feb 21, 2020, at 8:29 PM": "2020-02-21T20:29",
    "Freitag, 21. Februar 2020 um 08:29 Uhr": "2020-02-21T08:29",
    "fr 21-02-2020 08:29": "2020-02-21T08:29",
    "kl. 08.29 den 21. februar 2020": "2020-02-21T08:29",
    "21. feb. 2020": "2020-02-21",
    "12/31/2020 12:05 AM": "2020-12-31T00:05",
    "3/2/2020 12:05 PM": "2020-03-02T12:05",
    "Wed 3/4/2020 14:05": "2020-03-04T14:05",
    "ons 04/03/2020 14:05": "2020-03-04T14:05",
    "Mon 3/2/2020 2:05 PM": "2020-03-02T14:05",
    "3/2/2020 14:05": "2020-02-03T14:05",
    "21/02/2020 8:29 am": "2020-02-21T08:29",
    "perjantaina 21. helmikuuta 2020 klo 8.29.12 UTC+2": "2020-02-21T08:29:12+02:00",
    "pe 21. helmik. 2020 klo 8.29": "2020-02-21T08:29",
    "pe 21.2.2020 8.29 ip.": "2020-02-21T20:29",
    "vendredi 21 février 2020 à 08:29:12 UTC+1": "2020-02-21T08:29:12+01:00",
    "ven. 21 févr. 2020 à 8 h 29": "2020-02-21T08:29",
    "1er mars 2020 20h29": "2020-03-01T20:29",
    "fredagen den 21:e februari 2020 8:29 em": "2020-02-21T20:29",
    "21. Februar 2020 um 08:29:12 OEZ": "2020-02-21T08:29:12+02:00",
    "Fr., 21. Feb. 2020 08:29 Uhr CET": "2020-02-21T08:29+01:00",
    "21 February 2020 at 08:29:12 EET": "2020-02-21T08:29:12+02:00",
    "02/10/2020 4:52 PM EST": "2020-02-10T16:52-05:00",
    "Fri Feb 21 08:29:12 CET 2020": "2020-02-21T08:29:12+01:00",
    "Fri Feb 21 08:29:12 2020": "2020-02-21T08:29:12",
    "2/21/20, 8:29\u202fPM": "2020-02-21T20:29",
    "21.02.2020 08.29 (GMT+01:00)": "2020-02-21T08:29+01:00",
    "\u200efredag\u200e den \u200e21\u200e. \u200efebruar\u200e \u200e2020 \u200e08\u200e:\u200e29": "2020-02-21T08:29",
    "man kan læse det den 21/2-2020 kl. 8:29": "2020-02-21T08:29",
}


@pytest.mark.parametrize(("printed", "iso"), TIMES.items())
def test_time_of_sending(printed: str, iso: str) -> None:
    assert parse_sent(printed) == iso


@pytest.mark.parametrize(
    "printed",
    [
        "",
        "i går",
        "31. februar 2020",
        "2/21/2020 08:29",
        "onsdag 3/2/2020 14:05",
        "21. februar 2020 25:29",
        "12345",
    ],
)
def test_what_is_no_time_is_refused(printed: str) -> None:
    assert parse_sent(printed) is None


@given(st.datetimes(min_value=dt.datetime(1990, 1, 1), max_value=dt.datetime(2069, 12, 31)))
def test_numeric_days_come_before_months(moment: dt.datetime) -> None:
    expected = moment.isoformat(timespec="minutes")

    assert parse_sent(f"{moment:%d-%m-%Y %H:%M}") == expected
    assert parse_sent(f"{moment.day}.{moment.month}.{moment.year} kl. {moment:%H.%M}") == expected


@given(st.text(max_size=80))
def test_a_time_is_iso_or_none(printed: str) -> None:
    sent = parse_sent(printed)
    assert sent is None or dt.datetime.fromisoformat(sent)


@pytest.mark.parametrize(
    ("sent", "danish"),
    [
        ("2020-02-21T07:29:12+00:00", "2020-02-21T08:29"),
        ("2020-07-21T06:29:12+00:00", "2020-07-21T08:29"),
        ("2020-03-29T00:59:00+00:00", "2020-03-29T01:59"),
        ("2020-03-29T01:00:00+00:00", "2020-03-29T03:00"),
        ("2020-10-25T00:59:00+00:00", "2020-10-25T02:59"),
        ("2020-10-25T01:00:00+00:00", "2020-10-25T02:00"),
        ("2020-02-21T08:29:12+01:00", "2020-02-21T08:29"),
        ("2020-02-21T08:29:12", "2020-02-21T08:29"),
        ("2020-02-21", "2020-02-21"),
    ],
)
def test_the_minute_on_a_danish_clock(sent: str, danish: str) -> None:
    assert danish_time(sent) == danish


Pair = tuple[str | None, str | None]

RECIPIENTS: dict[str, list[Pair]] = {
    "Bo Berg <bo@x.example>; Anne Holm <a@y.example>": [("Bo Berg", "bo@x.example"), ("Anne Holm", "a@y.example")],
    "Bo Berg <bo@x.example>, Anne Holm <a@y.example>": [("Bo Berg", "bo@x.example"), ("Anne Holm", "a@y.example")],
    "Berg, Bo <bo@x.example>; Holm, Anne": [("Berg, Bo", "bo@x.example"), ("Holm, Anne", None)],
    "Berg, Bo <bo@x.example>, Holm, Anne <a@y.example>": [("Berg, Bo", "bo@x.example"), ("Holm, Anne", "a@y.example")],
    '"Berg, Bo" <bo@x.example>': [("Berg, Bo", "bo@x.example")],
    "'Bo Berg' <bo@x.example>": [("Bo Berg", "bo@x.example")],
    "'bo@x.example'": [(None, "bo@x.example")],
    "bo@x.example <bo@x.example>": [(None, "bo@x.example")],
    "bo@x.example, a@y.example": [(None, "bo@x.example"), (None, "a@y.example")],
    "Bo Berg (Byrådet) <bo@x.example>": [("Bo Berg (Byrådet)", "bo@x.example")],
    "Bo Berg (Børne- og Ungeudvalget; Byrådet)": [("Bo Berg (Børne- og Ungeudvalget; Byrådet)", None)],
    "Bo Berg (bo@x.example)": [("Bo Berg", "bo@x.example")],
    "Bo Berg [mailto:bo@x.example]": [("Bo Berg", "bo@x.example")],
    "Bo Berg<mailto:bo@x.example>": [("Bo Berg", "bo@x.example")],
    "Bo Berg <bo@x.example<mailto:bo@x.example>>": [("Bo Berg", "bo@x.example")],
    "<[b\\_b@x.example](mailto:b_b@x.example)>": [(None, "b_b@x.example")],
    "Bo Berg <[b\\\\_b@x.example](mailto:b_b@x.example)>": [("Bo Berg", "b_b@x.example")],
    "[Bo Berg](mailto:bo@x.example)": [("Bo Berg", "bo@x.example")],
    "Bo Berg \\<bo@x.example\\>": [("Bo Berg", "bo@x.example")],
    "Bo Berg <bo.berg@\nx.example>": [("Bo Berg", "bo.berg@x.example")],
    "Bo Berg <bo@x.example> Anne Holm <a@y.example>": [("Bo Berg", "bo@x.example"), ("Anne Holm", "a@y.example")],
    "Bo Berg, Anne Holm, Per Dam": [("Bo Berg", None), ("Anne Holm", None), ("Per Dam", None)],
    "Bo Berg </O=FJORDBY/OU=EXCHANGE/CN=BOB>": [("Bo Berg", None)],
    "Skolen;; ": [("Skolen", None)],
    "Bo Berg/FJORDBY@FJORDBY, Anne Holm/FJORDBY@FJORDBY": [
        ("Bo Berg/FJORDBY@FJORDBY", None),
        ("Anne Holm/FJORDBY@FJORDBY", None),
    ],
    "undisclosed-recipients:;": [("undisclosed-recipients", None)],
    "Udvalget: bo@x.example, a@y.example;, Per Dam <p@x.example>": [
        (None, "bo@x.example"),
        (None, "a@y.example"),
        ("Per Dam", "p@x.example"),
    ],
    "Bo Berg (Økonomi; HR), Anne Holm <a@y.example>": [
        ("Bo Berg (Økonomi; HR)", None),
        ("Anne Holm", "a@y.example"),
    ],
    "Skolen; Økonomi, Fjordby Kommune <o@x.example>": [("Skolen", None), ("Økonomi, Fjordby Kommune", "o@x.example")],
    "Økonomi, Skolen, Jura": [("Økonomi", None), ("Skolen", None), ("Jura", None)],
    "Bo Berg <bo@x.example>Anne Holm <a@y.example>": [("Bo Berg", "bo@x.example"), ("Anne Holm", "a@y.example")],
    "bo@x.example a@y.example": [(None, "bo@x.example"), (None, "a@y.example")],
    "\"'Berg, Bo'\" <bo@x.example>": [("Berg, Bo", "bo@x.example")],
    "« Bo Berg » <bo@x.example>": [("Bo Berg", "bo@x.example")],
    "'Bo Berg' via Liste <l@x.example>": [("'Bo Berg' via Liste", "l@x.example")],
    "Bo Berg <[bo@x.example]>": [("Bo Berg", "bo@x.example")],
    "[undtaget]; ████": [("[undtaget]", None), ("████", None)],
    "": [],
    " ; , ": [],
}


@pytest.mark.parametrize(("printed", "pairs"), RECIPIENTS.items())
def test_recipients(printed: str, pairs: list[Pair]) -> None:
    assert [(found.name, found.address) for found in parse_recipients(printed)] == pairs


@pytest.mark.parametrize(
    ("printed", "pair"),
    [
        ("Bo Berg", ("Bo Berg", None)),
        ("Berg, Bo", ("Berg, Bo", None)),
        ("Sekretær Lis <lis@x.example> på vegne af Bo Berg <bo@x.example>", ("Bo Berg", "bo@x.example")),
        ("noreply@x.example on behalf of Bo Berg", ("Bo Berg", None)),
        ("Krog, Lis [mailto:lis@x.example] På vegne af Berg, Bo", ("Berg, Bo", None)),
        ("Lis Krog <lis@x.example> Im Auftrag von Bo Berg", ("Bo Berg", None)),
        ("Lis Krog de la part de Bo Berg <bo@x.example>", ("Bo Berg", "bo@x.example")),
        ("Bo Berg <bo@x.example>;", ("Bo Berg", "bo@x.example")),
    ],
)
def test_sender(printed: str, pair: Pair) -> None:
    sender = parse_sender(printed)

    assert sender is not None
    assert (sender.name, sender.address) == pair


def test_display_name_is_without_the_organisation() -> None:
    assert display_name("Bo Berg (Byrådet)") == "Bo Berg"
    assert display_name("(intern)") == "(intern)"


@given(st.text(max_size=200))
def test_every_recipient_has_a_name_or_an_address(printed: str) -> None:
    for found in parse_recipients(printed):
        assert found.name or found.address
