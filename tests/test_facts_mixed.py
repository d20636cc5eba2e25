"""Whatever stands beside what: no finder breaks, and every record is where it says it is."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from corpus.model import Quantity
from corpus.problems import Code
from pipeline.extract import extract_bytes

MARKS = [
    *("\n", "\n\n", "\f", "\t", ">", "> ", "*", "|", "_", "#", "•", "-", ":", " - "),
    *("Referat", "Dagsorden", "Punkt 3:", "Udvalg:", "Indstilling", "Beslutning", "Beslutning:", "Ad 1: Godkendt."),
    *("1. ", "1) at", " 2) at", "3.1 at", "at ", "Byrådet", "udvalget", "udvalget og ", "ud-\nvalget", "Rådet for "),
    *("(BSU)", "BSU", " for ", "§ ", "17, stk. 4", "nr. ", "sag ", "24/123", "BSU42", "Forslag", "godkendte", "Vedt."),
    *("kr.", " mio.", "1.000", "12", "½", "-206 -300 10", "Beløb i 1.000 kr.", "2025 2026 2027", "årsværk", "minus "),
    *("i 2024", "i 2024-2026", "og derefter", "den ", "1/5", "1. maj", "uge 51", "hvert år", "2023-priser", "pr. barn"),
    *(
        "Fra: ",
        "Til: ",
        "Sendt: 3. maj 2021",
        "Emne: Støtte",
        "Kære ",
        "Med venlig hilsen",
        "Bo Berg",
        "Vi har besluttet",
    ),
]
texts = st.lists(st.tuples(st.sampled_from(MARKS), st.sampled_from(["", " ", "\n"])), max_size=30).map(
    lambda pieces: "".join(mark + blank for mark, blank in pieces)
)


@settings(max_examples=300, deadline=None)
@example("Beslutning:>")
@given(texts)
def test_no_mix_of_marks_breaks_a_step(text: str) -> None:
    document = extract_bytes(text.encode(), "papir.txt")

    assert [problem.message for problem in document.problems if problem.code == Code.STAGE_FAILED] == []
    for record in document.records:
        part = document.parts[record.part].text
        assert part[record.start : record.end] == record.text
        for evidence in record.evidence if isinstance(record, Quantity) else ():
            if evidence.start is not None:
                assert part[evidence.start : evidence.end] == evidence.text
