"""Sentences of Danish official prose, mails, forms and minutes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.language import Prose


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in Prose(text).sentences]


SPLITS = [
    "Det koster 11 mio. kr. | Hvert år afsættes 46 mio. kr. til formålet.",
    "Rammen er 300 t.kr. | Forvaltningen følger op.",
    "Vi sparer 2,5 pct. | Det er nok.",
    "Der er køkken, bad m.v. | Lejen er lav.",
    "Mødet er d. 18. december 2019. | Alle er velkomne.",
    "Sagen blev startet i 2019. | Forslaget kom senere.",
    "Se sagsnr. 2020-0012345 herom. | Den er lukket.",
    "Det sker jf. § 17, stk. 4. | Udvalget nedsættes nu.",
    "Vi mødes kl. 10.15 i Sankt Mikkels Gade. | Tag kaffe med.",
    "Se f.eks. Byrådets plan, bl.a. Bilag 2 og ca. 400 andre.",
    "Prisen er 12 mio. Kr. i alt.",
    "Tilskuddet på kr. 1.234,50 udbetales d. 1. maj.",
    "Det er ifølge H.C. Andersen og P. Holm en fejl.",
    "Udvalget valgte løsning A. | Merudgiften er 2 mio. kr.",
    "Forslaget kom fra Liste Ø. | Byrådet sagde nej.",
    "Brevet fra A. Hansen er kort. | Det er godt.",
    "Er det rigtigt? | Ja! | Det er det.",
    'Hun sagde: "Vi gør det." | Så gik hun.',
    "Det fremgår af udv. Teknik og nr. 7 på listen.",
    "Antallet faldt fra 10 til 8. | Herefter steg det.",
    "Den 3. Limfjordsforbindelse drøftes.",
    "Mødet var i uge 12, mandag den 4. Marts.",
    "Udgiften er 5 mio. kr. (2023-priser) i 2024.",
    "Der ydes 200 kr. pr. barn pr. måned. | Beløbet reguleres.",
    "Hans Kongelige Højhed Kronprins Frederik d. 10. kom forbi.",
]


@pytest.mark.parametrize("marked", SPLITS)
def test_sentences_end_where_the_bar_stands(marked: str) -> None:
    wanted = marked.split(" | ")

    assert sentences(" ".join(wanted)) == wanted


LINES = [
    "1. Resumé|Antallet af vejledere falder med to.",
    "Beslutning|Godkendt.",
    "Fra: Mette Skov|Sendt: 3. maj 2021|Emne: Støtte",
    "**Fra:** Mette Skov|**Til:** Byrådet",
    "Forslaget omfatter:|- lukning af en skole|- færre timer",
    "Punkter|1) køb af bus|2) salg af grund",
    "Kære udvalg|Tak for jeres brev.",
    "Indstilling:|at lokalplanen godkendes",
]


@pytest.mark.parametrize("marked", LINES)
def test_line_ends_that_separate(marked: str) -> None:
    wanted = marked.split("|")

    assert sentences("\n".join(wanted)) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "Forvaltningen har den 3. maj 2021 fået en henvendelse om forholdene i\nBørne- og Ungdomsudvalget om støtte.",
        "Midlerne går til Kultur-,\nFritids- og Idrætsudvalget i år.",
        "På mødet i foråret besluttede et bredt flertal i\nudvalget at lukke skolen.",
        "Der er i alt afsat et beløb, som skal dække driften i hele perioden frem til\n18. december næste år.",
    ],
)
def test_wrapped_lines_are_one_sentence(text: str) -> None:
    assert sentences(text) == [text]


def test_blank_lines_and_page_breaks_separate() -> None:
    assert sentences("uden punktum\n\nnæste afsnit\fny side") == ["uden punktum", "næste afsnit", "ny side"]


def test_sentence_at_gives_the_sentence_around_a_span() -> None:
    text = "Først dette. Så 11 mio. kr. i alt. Til sidst det."
    prose = Prose(text)
    start = text.index("11 mio")

    assert text[slice(*prose.sentence_at(start, start + 10))] == "Så 11 mio. kr. i alt."


def test_sentence_at_covers_a_span_over_two_sentences() -> None:
    text = "Først dette. Så det. Til sidst."

    assert text[slice(*Prose(text).sentence_at(3, 15))] == "Først dette. Så det."


@pytest.mark.parametrize("text", ["", " ", "\n\n\n", "\f", ".", "a"])
def test_little_texts(text: str) -> None:
    assert Prose(text).text == text
    assert Prose(text).sentence_at(0, len(text)) == (0, len(text.rstrip()) if text.strip() else len(text))


@given(st.text(alphabet="aÆ1 .\n\f-:()\u00a0\U0001f600", max_size=80))
def test_the_text_is_kept_and_sentences_cover_it(text: str) -> None:
    prose = Prose(text)

    assert prose.text == text
    assert "".join("".join(sentences(text)).split()) == "".join(text.split())


@pytest.mark.timeout(120)  # quadratic code does not get through
@pytest.mark.parametrize("piece", ["(", "( ", "\n", "a.", ". (", "1.\n", "\n A", ".)", "kr. A", "A:\n"])
def test_hostile_repetition_takes_linear_time(piece: str) -> None:
    """100,000 repetitions in seconds; quadratic code needs minutes."""
    text = piece * 100_000

    assert Prose(text).text == text
