"""Figures of a relative clause, and what once led a reader of decisions astray: a comma in a number, "beskæres"."""

from __future__ import annotations

import pytest

from corpus.model import Amount, Decision, Fte
from pipeline.extract import extract_bytes

NOTE = "Notat\nFjordby Kommune\n22. maj 2026\n\nNotat om økonomien\n\n"
MINUTES = "Fjordby Kommune\nByrådet\nReferat\nMødedato: 14. april 2026\n\nPunkt 4. Sagen\n\nBeslutning\n"
LOOSE = "Referat af møde i Børne- og Skoleudvalget den 3. marts 2026\n\n4. Sommer\n"
AGREEMENT = "Budgetaftale 2027 i Fjordby Kommune\n\nPartierne vil styrke velfærden.\n\n"
RULING = (
    "Fjordby Kommune\n3. februar 2026\n\nAfgørelse\n\nKære Anne Holm\n\nDu har den 5. januar 2026 søgt om tilskud.\n\n"
)
Told = tuple[str, str, str | None, list[str]]  # verb, status with "-" where it is negated, day, figures


def told(head: str, text: str) -> list[Told]:
    records = extract_bytes(f"{head}{text}\n".encode(), "papir.txt").records
    return [
        (
            each.verb,
            each.status + "-" * each.negated,
            each.date,
            [link.text for link in each.links if link.type != "reference"],
        )
        for each in records
        if isinstance(each, Decision)
    ]


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("Af de 42 mio. kr., som Byrådet bevilgede, er 3 mio. kr. brugt.", ["42 mio. kr."]),
        ("Af de 42 mio. kr., der blev bevilget af Byrådet, er 3 mio. kr. brugt.", ["42 mio. kr."]),
        ("Vejen koster 90 mio. kr., mere end de 42 mio. kr., Byrådet bevilgede.", ["42 mio. kr."]),
        ("Vejen koster 90 mio. kr. mod de 42 mio. kr. byrådet bevilgede.", ["42 mio. kr."]),
        ("De 5 årsværk, som Byrådet bevilgede 2,5 mio. kr. til, er ansat.", ["5 årsværk", "2,5 mio. kr."]),
    ],
)
def test_a_relative_clause_decides_on_what_it_is_of(text: str, figures: list[str]) -> None:
    assert told(NOTE, text) == [("bevilge", "decided", None, figures)]


@pytest.mark.parametrize(
    ("head", "text", "expected"),
    [
        (
            MINUTES,
            "Byrådet besluttede, at rammen på 2,4 mio. kr. ikke udmøntes.",
            [("beslutte", "decided-", "2026-04-14", ["2,4 mio. kr."])],
        ),
        (
            NOTE,
            "Det indstilles, at rammen på 2,4 mio. kr. ikke udmøntes.",
            [("indstille", "recommended-", None, ["2,4 mio. kr."])],
        ),
        (NOTE, "Hvis tilskuddet på 2,4 mio. kr. blev vedtaget af Byrådet, gik vi i gang.", []),
        (
            AGREEMENT,
            "Musikskolens tilskud beskæres ikke. Hallen sælges for 4 mio. kr. Festen aflyses.",
            [
                ("beskære", "decided-", None, []),
                ("sælge", "decided", None, ["4 mio. kr."]),
                ("aflyse", "decided-", None, []),
            ],
        ),
        (
            RULING,
            "Vi har den 28. januar 2026 truffet afgørelse om at standse udbetalingen på 6.230 kr.",
            [("træffe afgørelse", "decided-", "2026-01-28", ["6.230 kr."])],
        ),
        (
            NOTE,
            "Efter to timers debat faldt forslaget om at lukke skolen.",
            [("falde", "rejected", None, [])],
        ),
        (NOTE, "Til alles overraskelse faldt forslaget i god jord.", []),
        (
            NOTE,
            "Til orientering har Byrådet den 14. april 2026 sagt ja til hallen.",
            [("sige ja", "decided", "2026-04-14", [])],
        ),
        (
            LOOSE,
            "Godkendt. Der afsættes 95.000 kr. af egen pulje.",
            [("godkende", "decided", "2026-03-03", []), ("afsætte", "decided", "2026-03-03", ["95.000 kr."])],
        ),
        (LOOSE, "Der afsættes 95.000 kr. af egen pulje.", []),
        (
            LOOSE,
            "Udvalget imødekommer ansøgningen om 95.000 kr., så projektet nu andrager 200.000 kr.",
            [("imødekomme", "decided", "2026-03-03", ["95.000 kr."])],
        ),
        (
            LOOSE,
            "I den oprindelige sag bevilgede Børne- og Skoleudvalget 95.000 kr. til telte.",
            [("bevilge", "decided", None, ["95.000 kr."])],
        ),
        (
            MINUTES,
            "Byrådet har tidligere bevilget 3 mio. kr. til broen.",
            [("bevilge", "decided", None, ["3 mio. kr."])],
        ),
        (
            LOOSE,
            "Udvalget besluttede at fjerne forslag 2 (800.000 kr.) og sende resten i høring.",
            [("beslutte", "decided-", "2026-03-03", ["800.000 kr."]), ("beslutte", "decided", "2026-03-03", [])],
        ),
    ],
)
def test_what_a_sentence_decides(head: str, text: str, expected: list[Told]) -> None:
    assert told(head, text) == expected


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("Da puljen kun var på 170.000 kr., besluttede Byrådet at støtte tre klubber med 140.000 kr.", ["140.000 kr."]),
        ("Fordi hallen koster 9 mio. kr., har Byrådet besluttet at afsætte 3 mio. kr.", ["3 mio. kr."]),
        ("Da klubben har søgt om 2 mio. kr., besluttede Byrådet at imødekomme ansøgningen.", ["2 mio. kr."]),
        ("Byrådet besluttede at bevilge 2 mio. kr., således at broen nu andrager 8 mio. kr.", ["2 mio. kr."]),
        ("Byrådet besluttede at give en bevilling svarende til et merforbrug på 2 mio. kr.", ["2 mio. kr."]),
        ("Byrådet besluttede at sænke skatten svarende til et provenutab på 2 mio. kr.", []),
        ("Foruden de 2 mio. kr. besluttede Byrådet at afsætte 3 mio. kr. til broen.", ["3 mio. kr."]),
    ],
)
def test_a_reason_in_front_and_a_sum_in_all_are_not_decided(text: str, figures: list[str]) -> None:
    assert told(NOTE, text) == [("beslutte", "decided", None, figures)]


MAIL = (
    "Fra: Anne Holm <ah@fjordby.dk>\nTil: Per Lund <pl@fjordby.dk>\nSendt: 16. april 2026 10:12\nEmne: Status\n\n"
    "Hej Per\n\n"
)


@pytest.mark.parametrize(
    ("head", "text", "expected"),
    [
        (
            MINUTES,
            "Byrådet gav en anlægsbevilling på 5 mio. kr., der frigives med 2 mio. kr. i 2026 og 3 mio. kr. i 2027.",
            [("give", "decided", "2026-04-14", ["5 mio. kr."])],
        ),
        (
            MINUTES,
            "Godkendt, der afsættes 95.000 kr. til hallen.",
            [("godkende", "decided", "2026-04-14", []), ("afsætte", "decided", "2026-04-14", ["95.000 kr."])],
        ),
        (
            MINUTES,
            "Byrådet gav tilskud på 1,1 mio. kr. til Kulturhuset mod 0,9 mio. kr. i 2025.",
            [("give", "decided", "2026-04-14", ["1,1 mio. kr."])],
        ),
        (
            MAIL,
            "Byrådet har godkendt planen, men pengene (1,2 mio. kr.) skal først frigives den 26. maj.",
            [("godkende", "decided", None, [])],
        ),
        (
            AGREEMENT,
            "Aftalen indebærer, at grundskylden ikke hæves, og at der spares 2 mio. kr.",
            [("hæve", "decided-", None, []), ("spare", "decided", None, ["2 mio. kr."])],
        ),
        (
            AGREEMENT,
            "Partierne afsætter 2 mio. kr. til veje, og vi fjerner betalingen for parkering.",
            [("afsætte", "decided", None, ["2 mio. kr."]), ("fjerne", "decided", None, [])],
        ),
        (
            NOTE,
            "Byrådet godkendte et budget på 54 mio. kr., men regningen er nu på 81 mio. kr.",
            [("godkende", "decided", None, ["54 mio. kr."])],
        ),
        (
            NOTE,
            "Byrådet har sagt nej til 2 mio. kr., men denne gang beder vi kun om 900.000 kr.",
            [("sige nej", "rejected", None, ["2 mio. kr."])],
        ),
        (
            NOTE,
            "Byrådet godkendte bevillingen på 11 mio. kr., og licitationen gav en pris på 10 mio. kr.",
            [("godkende", "decided", None, ["11 mio. kr."])],
        ),
        (
            NOTE,
            "Byrådet ophævede beslutningen af 6. maj 2025 om at spare 700.000 kr.",
            [("ophæve", "decided-", None, ["700.000 kr."])],
        ),
        (
            NOTE,
            "Byrådet godkendte rapporten med bemærkning om, at der mangler 2 årsværk.",
            [("godkende", "decided", None, [])],
        ),
        (
            RULING,
            "Vi imødekommer din ansøgning og giver dig 3.850 kr. til briller.",
            [("imødekomme", "decided", None, ["3.850 kr."])],
        ),
        (
            LOOSE,
            "Der blev bevilget 380.000 kr. til testlicenser.",
            [("bevilge", "decided", "2026-03-03", ["380.000 kr."])],
        ),
        (
            LOOSE,
            "Udvalget oversender forslag for 6,1 mio. kr. til den videre budgetproces.",
            [("oversende", "decided", "2026-03-03", [])],
        ),
        (
            NOTE,
            "Vi har fået bevilget 1,2 mio. kr. af Økonomiudvalget til systemet.",
            [("bevilge", "decided", None, ["1,2 mio. kr."])],
        ),
        (NOTE, "Vi har fået bevilget 1,2 mio. kr. til systemet.", []),
        (NOTE, "Økonomiudvalget har fået godkendt sin ansøgning.", []),
        (AGREEMENT, "Planerne om et nyt rådhus skrinlægges.", [("skrinlægge", "decided-", None, [])]),
        (
            NOTE,
            "Politikerne i Teknisk Udvalg valgte at udskyde broen til 12 mio. kr.",
            [("vælge", "postponed", None, ["12 mio. kr."])],
        ),
        (
            LOOSE,
            "Udvalget ønskede ikke at anbefale projektet til 240 mio. kr.",
            [("ønske ikke", "rejected", "2026-03-03", ["240 mio. kr."])],
        ),
        (
            AGREEMENT,
            "Forslag T12 om at fjerne lyset gennemføres ikke, mens forslag T13 gennemføres med 150.000 kr.",
            [("gennemføre ikke", "rejected", None, []), ("gennemføre", "decided", None, ["150.000 kr."])],
        ),
        (
            AGREEMENT,
            "Parterne er enige om følgende:\n- Der afsættes en reserve på 10 mio. kr.\n- Hallerne får ikke nye gulve",
            [("være enig", "decided", None, ["10 mio. kr."]), ("være enig", "decided-", None, [])],
        ),
        (LOOSE, "Anbefales godkendt.", [("anbefale", "recommended", "2026-03-03", [])]),
        (
            NOTE,
            "Byrådet bevilgede ikke 4 mio. kr., men kun 3,4 mio. kr.",
            [("bevilge", "decided", None, ["3,4 mio. kr."])],
        ),
        (NOTE, "Byrådet bevilgede ikke 4 mio. kr. til hallen.", [("bevilge", "rejected", None, ["4 mio. kr."])]),
        (
            NOTE,
            "Forvaltningen indstiller, at Byrådet bevilger 40.000 kr. til arkivet og afslår ansøgningen om 75.000 kr.",
            [("indstille", "recommended", None, ["40.000 kr."])],
        ),
        (
            NOTE,
            "Byrådet godkendte salget af Bredgade 4 til 2.950.000 kr.",
            [("godkende", "decided", None, ["2.950.000 kr."])],
        ),
        (LOOSE, "Til efterretning.", [("tage til efterretning", "decided", "2026-03-03", [])]),
        (LOOSE, "Forslag 7 blev taget ud.", [("tage ud", "rejected", "2026-03-03", [])]),
        (LOOSE, "Eleverne blev taget ud.", []),
        (LOOSE, "19. Sparekatalog\nUdvalget vedtog planen.", [("vedtage", "decided", "2026-03-03", [])]),
    ],
)
def test_what_is_told_beside_a_decision(head: str, text: str, expected: list[Told]) -> None:
    assert told(head, text) == expected


@pytest.mark.parametrize(
    ("head", "day"),
    [
        ("Byrådet / Ekstraordinært møde den 14. april 2026", "2026-04-14"),
        ("Byrådet\nOrdinært møde den 14. april 2026", "2026-04-14"),
        ("Byrådet, dagsorden til ordinært møde den 14. april 2026", None),
    ],
)
def test_an_ordinary_meeting_has_its_day(head: str, day: str | None) -> None:
    assert told(f"{head}\n\n", "1. Hallen\nByrådet bevilgede 2 mio. kr.\n\n2. Broen\nUdsat.")[:1] == [
        ("bevilge", "decided", day, ["2 mio. kr."])
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Der bruges 2 mio. kr. i 2026 og herefter 1,2 mio. kr. årligt.", ["2026", "2027+"]),
        ("Der bruges 2 mio. kr. og herefter 1,2 mio. kr. årligt.", ["", ""]),
        ("Der tilføres 12 årsværk svarende til 6,2 mio. kr. årligt fra 2027.", ["2027+", "2027+"]),
        ("Der spares 8 årsværk, svarende til en besparelse på 4,4 mio. kr. årligt fra 2028.", ["2028+", "2028+"]),
        ("Egenbetalingen hæves til 350 kr. pr. måned fra august 2026.", ["2026+"]),
        ("Der nedlægges 3-4 årsværk i løbet af 2027.", ["2027"]),
        ("Vi fik 150.000 kr. i tilskud fra puljen i 2024.", ["2024"]),
        ("Der er 4 mio. kr. af de 7 mio. kr., der er afsat i 2026 til veje.", ["", "2026"]),
        ("2,8 mia. kr. er i 2022 blevet brugt på veje.", ["2022"]),
        ("Beløbet er 125 mio. kr. i overgangsåret 2021.", ["2021"]),
        ("Øget holddeling: 500.000 kr. i 2018 (1,2 mio. kr. per år fra 2019)", ["2018", "2019+"]),
        ("Puljen rummer:\n\n • 2025: 1 mio. kr.\n • 2026: 2 mio. kr.\n", ["2025", "2026"]),
        ("Der er 7 mio. kr. til stier i 2023 og 23 mio. kr. til veje i 2024.", ["2023", "2024"]),
        ("Der er 7 mio. kr. i puljen i 2023 jf. bilag 4 og 3 mio. kr. i puljen i 2024 jf. bilag 5.", ["2023", "2024"]),
        (
            "Der er 2 mio. kr. til stier i 2023, 3 mio. kr. til veje i 2024 og 4 årsværk i 2025.",
            ["2023", "2024", "2025"],
        ),
        ("Vi bruger 5 mio. kr. i 2023 og 3 mio. kr. til skolen bygget i 1975.", ["2023", ""]),
        ("Der er brugt 2 mio. kr. i 2023 og 3 mio. kr. til bogføringen for 2022.", ["2023", ""]),
    ],
)
def test_the_years_of_figures(text: str, expected: list[str]) -> None:
    records = extract_bytes(f"{NOTE}{text}\n".encode(), "notat.txt").records
    figures = sorted((each for each in records if isinstance(each, Amount | Fte)), key=lambda each: each.start)

    assert [f"{each.year or ''}{'+' * each.open_end}" for each in figures] == expected


@pytest.mark.parametrize(
    ("point", "status", "figures"),
    [
        (
            "at udvalget giver afslag til Lunde Teater på ansøgningen om 50.000 kr. til stykket.",
            "recommended-",
            ["50.000 kr."],
        ),
        ("at udvalget giver afslag på ansøgningen om 20.000 kr. til koret.", "recommended-", ["20.000 kr."]),
        ("at udvalget giver tilsagn til Lunde Kor om 30.000 kr. til koncerten.", "recommended", ["30.000 kr."]),
    ],
)
def test_what_somebody_who_is_named_is_to_be_refused_is_recommended_as_a_no(
    point: str, status: str, figures: list[str]
) -> None:
    assert told("", f"Forvaltningen indstiller,\n1. {point}\n") == [("indstille", status, None, figures)]
