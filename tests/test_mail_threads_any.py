"""Texts that are no thread and only look like one, and any text at all: nothing is lost, and it takes linear time."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from threads_read import INTRO, VARIANTS, reading_of, thread

from pipeline.mail.threads import split_thread

NO_THREADS = {
    "memo": "Til: Økonomiudvalget\nFra: Økonomiforvaltningen\nDato: 3. marts 2021\nEmne: Budget 2022\n\nNotat.\n",
    "period": "Lukket\nFra: 1. august til 31. december\nTil: alle brugere\nEmne: ferie\n",
    "travel": "Fra: Fjordby St.\nTil: Lyngsø H\nDato: 4. marts 2021 kl. 08:15\nPris: 49 kr.\n",
    "prose": "Den 1. marts 2021 skrev vi til jer:\nTiderne ændres. Fra: 8 til 12.\n",
    "minutes": "Referat\nTil stede: Bo Berg\nEmne: Budget\nFra: kl. 10.00\nTil: kl. 11.00\nDato: 3. marts 2021\n",
    "agenda-quote": "Den 3. marts 2021 kl. 10.00 skrev Fjordby Kommune til ministeriet:\nTeksten.\n",
    "empty": "",
    "table-memo": "| Fra | Skolen |\n| --- | --- |\n| Til | Udvalget |\n| Dato | 3. marts 2021 |\n| Emne | A |\n",
    "memo-and-receipt": (
        "Afsender: Bo Berg\nModtager: Anne Holm\nDato: 3. marts 2021\nEmne: Pakke\n\n"
        "Fra: butik@x.example\nTil: kunde@x.example\nPris: 100 kr.\n"
    ),
    "how-to": "Skriv sådan:\nFra: dit navn\nSendt: i dag\nTil: modtagerens navn\nEmne: det, det handler om\n",
    "whited-out-form": "Fra:\nSendt:\nTil:\nEmne:\n\nUdfyldes af skolen.\n",
    "prose-english": "On Monday, 1 March 2021 at 10:00 we wrote:\nmore money is needed.\n",
    "prose-verbs": "I brev af 1. marts 2021 kl. 10.00 skrev Anne Holm til os:\nVi mangler penge.\n",
    "telephone-note": (
        "TELEFONNOTAT\n\nFra: Ole Bak, Skovvej 12\nTil: Byggesag\nDato: 3. februar 2023  kl. 10.15\nTlf.: 70 00 00 44\n"
        "Vedr.: Hegn\n\nOle Bak ringer om sit hegn.\n"
    ),
    "telephone-note-two-lines": (
        "Fjordby Kommune\nTelefonnotat\n\nFra: Ole Bak\nTil: Omstillingen\nDato: 5. juni 2020\nKl.: 9.40\nEmne: Tøm\n\n"
        "Han ringede.\n"
    ),
    "swedish-note": (
        "Tjänsteanteckning\n\nFrån: Åsa Ek\nTill: Akten\nDatum: 2021-03-03 10:15\nÄrende: Samtal\n\nHon ringde.\n"
    ),
    "memo-with-case": (
        "NOTAT\nSagsnr.: 2021-0012345\nDokumentnr.: 7\n\nTil: Økonomiudvalget\nFra: Økonomiforvaltningen\n"
        "Dato: 3. marts 2021\nEmne: Budget\n\nNotat om budgettet.\n"
    ),
    "memo-with-time": "NOTAT\nTil: Udvalget\nFra: Forvaltningen\nDato: 3. marts 2021 kl. 10.00\nEmne: Budget\n\nTo.\n",
    "booking": (
        "LÅN AF SAL\n\nNavn: Eva Lund\nE-mail: eva@lund.example\nEmne: Spisning\nDato: 17. juni 2021\nFra: kl. 17.00\n"
        "Til: kl. 22.00\nAntal deltagere: 80\n"
    ),
    "one-entry-below-a-rule": "Vedtaget på mødet.\n\n--------------------\nBo Berg, 3. marts 2021 kl. 10.15\n",
    "two-memos": (
        "Til: Udvalget\nFra: Forvaltningen\nDato: 3. marts 2021\nEmne: Budget\n\nTekst.\n\n"
        "Til: Byrådet\nFra: Borgmesteren\nDato: 4. marts 2021\nEmne: Skat\n\nTekst.\n"
    ),
    "letter-with-case": (
        "Brev\n\nAfsender: Fjordby Kommune\nModtager: Bo Berg\nDato: 3. marts 2021\nSagsnr.: 21/4711\nEmne: Svar\n\n"
        "Kære Bo.\n"
    ),
    "travel-report": ("Rejse\n\nFra: Fjordby\nTil: Lyngsø\nDato: 3. marts 2021 kl. 08.15\nFormål: Møde\n\nTog.\n"),
    "register": "Fra: Bo Berg\nTil: Teknik\nEmne: Hul\nSagsnr.: 21/1\n\nFra: Eva Lund\nTil: Byrådet\nEmne: Klage\n",
    "minutes-cite": "Referat af samtale\n\nDen 3. marts 2021 kl. 14.05 skrev Bo Berg:\nVi kommer.\n\nSå svarede vi.\n",
    "birthdays": "Kontaktliste\n\nBo Berg\n12. marts 1970 10.10\nTil: fest\n",
    "log-heading": "# Log\n\n## Bo Berg, 3. marts 2021 kl. 14.05\n\nBesøgte pladsen.\n",
    "form-of-a-meeting": (
        "Emne: Budget\nSted: Rådhuset\n\nStart: kl. 10.00\n\nFra: kl. 10.00\nTil: kl. 11.00\nDato: 3. marts 2021\n"
    ),
    "timetable-in-columns": "Fra:\tFjordby\tTil:\tLyngsø\nDato:\t3. marts 2021\tPris:\t49 kr.\n",
    "memo-in-columns": ("Til:\tØkonomiudvalget\tFra:\tForvaltningen\nDato:\t3. marts 2021\tEmne:\tBudget\n\nTekst.\n"),
    "memos-of-offices": (
        "Til: Byrådet\nFra: Teknisk Udvalg\nDato: 4. marts 2021\nEmne: Skat\n\nTekst.\n\n"
        "Til: Teknisk Udvalg\nFra: Vej og Park\nDato: 3. marts 2021\nEmne: Budget\n\nTekst.\n"
    ),
    "report-with-a-citation": (
        "# Redegørelse\n\nSagen begyndte i marts.\n\n> Den 3. marts 2021 kl. 10:00 skrev Udvalget:\n> Taksten sænkes.\n"
    ),
    "letter-above-a-memo": (
        "Kære Anne\n\nHermed svar.\n\nFra: Skolen\nTil: Bo Berg\nDato: 3. marts 2021\nEmne: Svar\n\nTekst.\n"
    ),
    "stacked-form": "Fra:\nFjordby\nTil:\nLyngsø\nOdde\nDato:\n03-03-2021\nEmne:\nKørsel\n",
    "timetable": "| Fra | Til | Sendt |\n| --- | --- | --- |\n| Fjordby | Lyngsø | 10:12 |\n| Emne | Tog | 2 |\n",
}


@pytest.mark.parametrize("text", NO_THREADS.values(), ids=NO_THREADS.keys())
def test_what_is_no_thread_is_left_alone(text: str) -> None:
    assert split_thread(reading_of(text)) is None


def test_a_report_that_quotes_a_mail_far_down_is_no_thread() -> None:
    report = "Kapitel om takster i kommunen.\n" * 500

    assert split_thread(reading_of(report + VARIANTS["outlook-danish-plain"].text)) is None


def test_what_somebody_else_once_wrote_is_cited_and_no_message() -> None:
    header = "Fra: Bo Berg\nSendt: 3. marts 2021 14:05\nTil: Byggesag\nEmne: Hegn\n\nHej\n\n"

    assert len(thread(header + "Den 2. marts 2021 kl. 10.00 skrev Naboen:\n\nHegnet skal væk.\n\nBo\n")) == 1


def test_a_report_that_quotes_a_mail_and_goes_on_is_no_thread() -> None:
    assert split_thread(reading_of("Kapitel 1\n\n" + INTRO + "> Hej Per\n\nSådan begyndte sagen.\n")) is None


LINES = st.sampled_from(
    """Fra: Bo <bo@x.example>|Sendt: 3. marts 2021 14:05|Til: Anne;|Emne: A||> |> Fra: B <b@x.dk>|Hej|\f|Side 1 af 2
-----Oprindelig meddelelse-----|Den 3. mar. 2021 kl. 14.05 skrev B <b@x.example>:|> > tekst|________|Fra: 1. maj|Cc:|(|<
>>> Bo <b@x.example> 03-03-2021 14:05 >>>|Bo Berg|03-03-2021 14:05|Til|Emne|1/2|2/2|> B hat am|1.1.2020 geschrieben:
**Til:** [a@b.example](mailto:a@b.example)|\\_|**Fra** x|Sagsnr.: 21/4|Titel: SV: A|Dato: 3. marts 2021|Flagstatus: x
Modtaget: 3. marts 2021 14:05|Kl.: 14.05|Bo Berg, 3. marts 2021 14:05|-----B <b@x.example> skrev: -----|### Mail 2
2 beskeder|Fra: <navn udeladt>|Fra: ***** *****|TELEFONNOTAT
Fra: B <b@x.example> Sendt: 3. marts 2021 14:05 Til: A Emne: B
""".replace("\n", "|").split("|")
)


@settings(max_examples=300, deadline=None)
@given(st.lists(LINES | st.text(max_size=20), max_size=40), st.sampled_from(["\n", "\n\n", " "]))
def test_every_character_is_in_exactly_one_part(lines: list[str], joint: str) -> None:
    reading = reading_of(joint.join(lines))
    messages = split_thread(reading)

    if messages is not None:
        assert "".join(message.text for message in messages) == reading.text
        assert all(0 <= message.body_start <= len(message.text) for message in messages)
        assert not any(message.sender and not (message.sender.name or message.sender.address) for message in messages)


HOSTILE = [
    "> Fra: a@b.example\n> Sendt: 3. marts 2021 14:05\n> Til: c\n> Emne: d\n\nb\n",
    "Side 1 af 2\n",
    "\f1/2\n",
    "Emne: a b c d e f g h i j k l m n o p q r s t u v w x y z a b c d e f g h i\n",
    "Bo Berg\n03-03-2021 14:05\nTil\n",
    "hat a geschrieben ",
    "a: ,",
    "Den 12.03.2024 kl. 10.12 skrev Lone Juhl:\n> a\n\nb\n",
    "Fra: x\n",
    "Til: a;\n",
    "> > > a\n",
    "<",
    "Fra:Til:",
    "-- \n",
    "Fra: A Berg\nTil: C Dam\nDato: 3. marts 2021\nEmne: x\n\n",
    "----------\nBo Berg, 3. marts 2021 14:05\n",
    "Bo Berg\n3. marts 2021 14:05\nTil: A\n",
    "Fra: A Sendt: 3. marts 2021 14:05\nTil: b Cc: c\n",
    "Sag 1   1/2\n\fx\n",
    "Den 1. skrev a\n",
    "Fra: a@b Sendt: ",
]


@pytest.mark.parametrize(
    "line", [*HOSTILE, '"', "((", "[a](", "a@", "\n>", "_", " ", "a:b ", "| Fra | x |\n", "|-", "Fra\t", "|"]
)
@pytest.mark.timeout(60)
def test_hostile_repetition_takes_linear_time(line: str) -> None:
    split_thread(reading_of(line * (200_000 // len(line))))
    header = "Fra: a@b.example\nSendt: 3. marts 2021 14:05\nTil: "
    split_thread(reading_of(header + line * (200_000 // len(line))))
