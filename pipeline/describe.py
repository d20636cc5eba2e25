"""What a document is as a whole: its kind, title, municipality, date and language."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice

import msgspec
import numpy as np

from corpus.model import AgendaItem, AnyPart, Body, DocumentKind, Message, Proposal
from corpus.reading import Reading
from pipeline.agreement_day import day_of_agreement
from pipeline.facts.municipalities import municipality_of
from pipeline.headings import TextLine, fold, text_lines, whole_names
from pipeline.language import folded_words, prose_of
from pipeline.letter_heads import day_of_letter
from pipeline.lexicon import rows
from pipeline.meeting_body import BODY_NAME, MEETING_DATE, meeting_body
from pipeline.meetings import approval, is_held, is_item_page, meeting_kind
from pipeline.note_heads import (
    CLOSING,
    LONGEST_TITLE,
    NOT_ITS_DATE,
    SAID_LATER,
    TELLS_OF_BEFORE,
    PaperHead,
    agreed_title,
    day_below,
    days_of,
    is_day_line,
    is_title,
    whole_title,
)

HEAD = 6_000
TAIL = 4_000
_HELD = 20_000  # characters in which minutes have come to a first decision
HEAD_LINES = 40
LETTER_HEAD = 20
LANGUAGE_SAMPLE = 50_000
CLEARLY = 1.3
FEWEST_WORDS = 10

_DEAR = re.compile(r"(?:kære|hej|goddag)\s+\S", re.IGNORECASE)
_DEAR_BEGINS = frozenset("kK\N{KELVIN SIGN}hHgG")
_ADDRESSEE = re.compile(r"(?:til ?: ?|til (?=[A-ZÆØÅ])|att\.? ?:? ?)\S[^.!?]{2,70}", re.IGNORECASE)
_CASED = re.compile(r"(?:(?:brev)?dato|sagsnr|sags?nummer|sag nr|journalnr|j\.nr|vores ref|sags-?id)\b", re.IGNORECASE)
_WRITTEN_BY = re.compile(r"(?:fra|afsender|emne|sendt|kopi|cc) ?:", re.IGNORECASE)
_YOU = re.compile(r"\b(?:[Dd](?:u|ig|in|it|ine)|[Jj]er(?:es)?|(?<=[a-zæøå,] )De(?:m|res)?(?! [A-ZÆØÅ]))\b")
_NO_LETTERS = frozenset({"notat", "memo", "referat", "dagsorden", "pressemeddelelse", "nyhed", "nyhedsbrev", "bilag"})
_SUBJECT = re.compile(
    r"(?:afslag|afgørelse|aktindsigt|svar|vedr|vedrørende|ang|angående|emne|klage|partshøring|høring|varsel|påbud"
    r"|tilladelse|bevilling|kvittering|anmodning|ansøgning|indkaldelse)\b",
    re.IGNORECASE,
)
"""What the subject of a letter begins with, where no blank line stands above it."""
_CATALOGUE = re.compile(
    r"\b(?:budget|spare|besparelses|effektiviserings|prioriterings|råderums|reduktions|omprioriterings|forslags)\w{0,20}"
    r"katalog\w{0,3}\b|\bkatalog\w{0,2} (?:over|med) \w{0,30}forslag",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
_LABELLED = re.compile(r"(?:brev|møde|svar)?dato\b|den\b|d\.", re.IGNORECASE)
_LABEL_GLUED = re.compile(r"Udvalg ?(?=[A-ZÆØÅ])")
_NO_NAME_OF_BODY = re.compile(
    r"(?:udvalg|råd|nævn)[\s:|]*$|\W*(?:pkt\.|punkt) ?\d|(?:møde)?(?:sted|lokale)\b|sagsnr|sags-?id|sagsbehandler"
    r"|kompetence|j\.?nr|journal",
    re.IGNORECASE,
)
"""A label, and lines of an item: "Udvalg:", "Mødested: Byrådssalen", "Sagsnr. 12 Teknisk Udvalg"."""
_VERSION = re.compile(
    r"(?:(?P<dated>dato|udarbejdet|udfyldt|oprettet)|revideret|rettet|opdateret"
    r"|revision|version|udgave|ny udgave)(?: (?:den|d\.|af|pr\.))*\s*:?\s*(?:den |d\. ?)?(?P<day>\d[^:;]{4,30})",
    re.IGNORECASE,
)
_TRAILING_DATE = re.compile(
    r"(?:,?(?: godkendt)?"
    r"(?:,? (?:[Mm]an|[Tt]irs|[Oo]ns|[Tt]ors|[Ff]re|[Ll]ør|[Ss]øn)dag)?"
    r"(?: (?:d\.|den))? \d{1,2}[./-] ?(?:\d{1,2}[./-] ?|[a-zæøå]{3,9} )\d{2,4}){1,2}(?:,? kl\.? ?\d{1,2}[.:]\d\d)?$"
)
_POOR_TITLE = re.compile(
    r"untitled|uden titel|dokument ?\d*|document ?\d*|microsoft|powerpoint|^[(\[<].*[)\]>]$|"
    r"^(?:ikke navngivet|uden navn|navnløs|no (?:title|name)|unnamed|anonym(?:ous)?|unspecified|unknown|ukendt|none|"
    r"null|titel|title|overskrift|skabelon|template|print|udskrift|layout|regneark|ark|mappe|slide|side|fil|file|doc|pdf|"
    r"job|scan(?:ning)?|test)[ _-]?\d*$|"
    r"\.(?:do[ct][xm]?|pdf|xls[xmb]?|pp[ts]x?|od[tsp]|rtf|txt|md|csv|html?|xml|indd|pub|eml|msg|png|jpe?g|tiff?)$|"
    r"^[\w-]*\d[\w-]*$",
    re.IGNORECASE,
)


class Description(msgspec.Struct, frozen=True, kw_only=True):
    """The document as a whole. ``date`` is an ISO day; what the document does not say is None.

    ``body``: of minutes and agendas, the one political body whose meeting it is.
    """

    kind: DocumentKind = "other"
    title: str | None = None
    municipality: str | None = None
    date: str | None = None
    language: str | None = None
    body: str | None = None


def describe(reading: Reading, parts: Sequence[AnyPart]) -> Description:
    """Describe a reading by its parts, its letterhead and its metadata."""
    if not reading.text.strip():
        return Description(title=_metadata_title(reading))
    lines = whole_names(islice(_printed(reading), HEAD_LINES))
    kind = _kind(reading, parts, lines)
    head = PaperHead(reading.text, lines)
    title = _title(kind, reading, parts, head)
    of_meeting = kind in {"minutes", "agenda"} and not is_item_page(lines)
    return Description(
        kind=kind,
        title=title,
        body=_meeting_body(reading.text, title, parts, lines) if of_meeting else None,
        municipality=municipality_of(prose_of(sample) for sample in _samples(reading.text)),
        date=_date(kind, parts, head),
        language=language_of(reading.text),
    )


def _meeting_body(text: str, title: str | None, parts: Sequence[AnyPart], lines: Sequence[TextLine]) -> str | None:
    return meeting_body(text, title, _above_items(parts, lines)) or meeting_body(text, None, approval(lines))


def _printed(reading: Reading) -> Iterator[TextLine]:
    """The lines of the text's beginning; of a paged document those that stand on a page, so no reader's comment."""
    pages = [page for page in reading.pages if page.start < HEAD]
    words = np.concatenate([page.spans[:, 0] for page in pages]) if pages else None
    for line in text_lines(reading.text[:HEAD]):
        if words is None or ((words >= line.start) & (words < line.end)).any():
            yield line


def _samples(text: str) -> list[str]:
    """Where a paper says whose it is: its first and its last page."""
    return [text] if len(text) <= HEAD + TAIL else [text[:HEAD], text[-TAIL:]]


# --- kind -----------------------------------------------------------------------------------------------------


def _kind(reading: Reading, parts: Sequence[AnyPart], lines: Sequence[TextLine]) -> DocumentKind:
    if reading.mail is not None or any(isinstance(part, Message) for part in parts):
        return "email"
    proposals = sum(isinstance(part, Proposal) for part in parts)
    if proposals > 1 or any(_is_catalogue(line.plain) for line in lines[:12]):
        return "budget-catalogue"
    if proposals:
        return "budget-proposal"
    items = [part for part in parts if isinstance(part, AgendaItem)]
    if items:
        decided = any(item.decision_start is not None for item in items) or meeting_kind(lines) == "minutes"
        return "minutes" if decided or is_held(text_lines(reading.text[:_HELD])) else "agenda"
    if reading.media_type.endswith(("spreadsheetml.sheet", "ms-excel", "csv")):
        return "spreadsheet"
    if _is_letter(reading.text, lines):
        return "letter"
    if kind := _meeting(lines):
        return kind
    return "minutes" if is_held(text_lines(reading.text[:_HELD])) else "agenda" if is_item_page(lines) else "other"


def _meeting(lines: Sequence[TextLine]) -> DocumentKind | None:
    """A paper of a meeting that prints no items of its own, by its first lines."""
    kind = meeting_kind(lines)
    return "minutes" if kind == "minutes" else "agenda" if kind == "agenda" else None


def _is_catalogue(plain: str) -> bool:
    if len(plain) > 100 or plain.endswith(".") or ". " in plain[:4]:
        return False  # no item "19. Sparekatalog"
    match = _CATALOGUE.search(plain) if "katalog" in plain.casefold() else None
    quoted = match is not None and plain[max(1, match.start()) - 1] in '"”“»«'  # 'Ude af "sparekataloget"'
    return match is not None and not quoted


def _is_letter(text: str, lines: Sequence[TextLine]) -> bool:
    """A greeting in the first lines, or whom it is to with its day or case and "du" in it, and a closing after it."""
    head = next((line for line in lines if _is_dear(line.plain) and len(line.plain) <= 80), None)
    if head is None:
        top = lines[:LETTER_HEAD]
        if any(_WRITTEN_BY.match(line.plain) or not _NO_LETTERS.isdisjoint(_words(line.plain)) for line in top):
            return False
        head = _addressed(top)
    if head is None:
        return _is_dated_letter(text, lines)
    rest = text_lines(text, max(head.end, len(text) - TAIL))
    closed = any(CLOSING.match(line.plain) for line in rest if len(line.plain) <= 60)
    return closed and (_is_dear(head.plain) or _YOU.search(text, head.end) is not None)


def _is_dear(plain: str) -> bool:
    """Whether a line greets somebody."""
    return plain[:1] in _DEAR_BEGINS and _DEAR.match(plain) is not None


def _is_dated_letter(text: str, lines: Sequence[TextLine]) -> bool:
    """Whom it is to and its day in lines of their own, then what it is about or "du", and a closing."""
    day = day_of_letter(text, lines)
    if day is None or not (_YOU.search(text, day.end) or any(_SUBJECT.match(line.plain) for line in lines)):
        return False
    rest = text_lines(text, max(day.end, len(text) - TAIL))
    return any(CLOSING.match(line.plain) for line in rest if len(line.plain) <= 60)


def _addressed(top: Sequence[TextLine]) -> TextLine | None:
    """The line that says whom a paper is to, where its day or case number stands in its head too."""
    told = any(is_day_line(line.plain) or _CASED.match(line.plain) for line in top)
    return next((line for line in top if _ADDRESSEE.fullmatch(line.plain)), None) if told else None


def _words(plain: str) -> list[str]:
    return fold(plain).replace(":", " ").split() if len(plain) <= 60 else []


# --- title ----------------------------------------------------------------------------------------------------


def _title(kind: DocumentKind, reading: Reading, parts: Sequence[AnyPart], head: PaperHead) -> str | None:
    lines = head.lines
    if kind == "email":
        outer = next((part for part in parts if isinstance(part, Message) and not part.quoted), None)
        subject = outer.subject if outer else None
        return subject or (reading.mail.subject if reading.mail else None)
    if kind == "budget-proposal":
        return next((part.title for part in parts if isinstance(part, Proposal)), None)
    if kind == "budget-catalogue":
        catalogue = next((at for at, line in enumerate(lines[:12]) if _is_catalogue(line.plain)), None)
        return (
            _first_heading(reading, head) if catalogue is None else _segment(whole_title(lines, catalogue), _CATALOGUE)
        )
    if kind in ("agenda", "minutes") and not is_item_page(lines):
        lines = _above_items(parts, lines)
        named = next((line.plain for line in lines[:15] if _names_body(line.plain)), None)
        named = _LABEL_GLUED.sub("", named) if named else None
        return _segment(named, BODY_NAME) if named else _named_meeting(lines) or _first_heading(reading, head)
    if kind == "letter":
        greeted = any(_is_dear(line.plain) for line in lines)
        return _subject_of_letter(lines) if greeted else _first_heading(reading, head)
    return _first_heading(reading, head)


def _above_items(parts: Sequence[AnyPart], lines: Sequence[TextLine]) -> Sequence[TextLine]:
    """The lines above the first item, where there are any: what an item is about is not whose meeting it is."""
    front = len(parts[0].text) if len(parts) > 1 and isinstance(parts[0], Body) else 0
    return [line for line in lines if line.start < front] or lines


def _named_meeting(lines: Sequence[TextLine]) -> str | None:
    """ "Referat af møde i BSU": the first line that says which paper this is, and of what."""
    said = (line.plain for line in lines[:15] if meeting_kind([line]) and len(line.plain.split()) > 1)
    return next((_TRAILING_DATE.sub("", plain) for plain in said if is_title(plain)), None)


def _names_body(plain: str) -> bool:
    return (
        len(plain) <= 120
        and BODY_NAME.search(plain) is not None
        and not plain.endswith((".", ","))
        and "pkt." not in plain
        and not _NO_NAME_OF_BODY.match(plain)
    )


def _segment(plain: str, wanted: re.Pattern[str]) -> str:
    """The piece of a running head ("X Kommune · Y-udvalget · Referat") that names what is wanted."""
    pieces = re.split(r"\s[-–—·|•/]\s|:\s", plain)
    named = (piece.strip() for piece in pieces if not _NO_NAME_OF_BODY.match(piece.strip()))
    chosen = next((piece for piece in named if wanted.search(piece)), plain)
    return _TRAILING_DATE.sub("", chosen)


def _subject_of_letter(lines: Sequence[TextLine]) -> str | None:
    """The line on its own just above the greeting, unless it belongs to the letterhead."""
    for at, line in enumerate(lines):
        if _is_dear(line.plain):
            above = lines[at - 1] if at else None
            alone = above is not None and above.blank_before and line.blank_before
            if above and (alone or _SUBJECT.match(above.plain)) and is_title(above.plain):
                return re.sub(r"^(?:vedr(?:ørende|\.)?|emne|ang(?:ående|\.)?)\s*:?\s*", "", above.plain, flags=re.I)
            return None
    return None


def _first_heading(reading: Reading, head: PaperHead) -> str | None:
    """A heading marked as one, else the title in the metadata, else the title printed above the text."""
    if head.marked:
        return head.marked.plain.rstrip(" :")
    said = _metadata_title(reading)
    if said:
        return said
    return agreed_title(head.lines) or (head.printed.plain if head.printed else None)


def _metadata_title(reading: Reading) -> str | None:
    """The file's own title, unless it is a file name or a program's default."""
    title = " ".join(reading.metadata.get("title", "").split())
    if len(title) < 4 or len(title) > LONGEST_TITLE or _POOR_TITLE.search(title):
        return None
    return title


# --- date -----------------------------------------------------------------------------------------------------


def _date(kind: DocumentKind, parts: Sequence[AnyPart], head: PaperHead) -> str | None:
    lines = head.lines
    if kind == "email":
        outer = next((part for part in parts if isinstance(part, Message) and not part.quoted), None)
        return outer.sent[:10] if outer and outer.sent else None
    if kind in ("agenda", "minutes"):
        return _meeting_date(parts, lines)
    if kind in ("budget-proposal", "budget-catalogue"):
        return _day_of_version(lines)
    if kind in ("letter", "other"):
        return _dateline(kind, lines) or (_day_of_note(head) if kind == "other" else None)
    return None


def _day_of_note(head: PaperHead) -> str | None:
    return day_below(head.lines[: head.stop], head.marked or head.printed) or day_of_agreement(head.text)


def _meeting_date(parts: Sequence[AnyPart], lines: Sequence[TextLine]) -> str | None:
    """The day named in front of the first item, best with a word of the meeting beside it."""
    front = parts[0].text if isinstance(parts[0], Body) else parts[0].text[: parts[0].body_start]
    heads = [_before_approval(line.plain) for line in lines if line.start < len(front)]
    heads = [plain for plain in heads if not (NOT_ITS_DATE.search(plain) or TELLS_OF_BEFORE.match(plain))]
    found = [(plain, days) for plain in heads if (days := days_of(plain))]
    said = [days for plain, days in found if MEETING_DATE.search(plain)]
    chosen = said or [days for _, days in found] or [days_of(line.plain) for line in approval(lines)]
    return chosen[0][0] if chosen else None


def _before_approval(plain: str) -> str:
    """ "Referat af mødet den 3. maj 2024, godkendt den 7. juni 2024" without the day on which it was approved."""
    said = SAID_LATER.search(plain)
    return plain[: said.start()] if said and days_of(plain[: said.start()]) else plain


def _day_of_version(lines: Sequence[TextLine]) -> str | None:
    """The day that a form is of, or the latest one that it was revised on, by which versions are told apart."""
    told: dict[bool, set[str]] = {True: set(), False: set()}
    for line in lines:
        match = _VERSION.fullmatch(line.plain.strip(" ()"))
        days = days_of(match["day"]) if match else []
        if match and len(days) == 1:
            told[match["dated"] is None].add(days[0])
    revised, dated = told[True], told[False]
    return max(revised) if revised else dated.pop() if len(dated) == 1 else None


def _dateline(kind: DocumentKind, lines: Sequence[TextLine]) -> str | None:
    """ "Dato: 27. juni 2024", "Fjordby, den 27. juni 2024" or the day alone on its line, above the greeting."""
    alone = None
    for line in lines:
        if _is_dear(line.plain):
            break
        if len(line.plain) > 80 or _DIGIT.search(line.plain) is None or NOT_ITS_DATE.search(line.plain):
            continue
        if len(days := days_of(line.plain)) != 1:
            continue
        if _LABELLED.match(line.plain) and line.plain.casefold().startswith(("dato", "brevdato")):
            return days[0]
        if kind == "letter" and alone is None and len(line.plain) <= 45 and not line.plain.endswith("."):
            alone = days[0]
    return alone


# --- language -------------------------------------------------------------------------------------------------


@cache
def _common_words() -> dict[str, list[str]]:
    table: dict[str, list[str]] = {}
    for row in rows("language_words"):
        table.setdefault(row["word"], []).append(row["language"])
    return table


def language_of(text: str) -> str:
    """ISO 639-1: "da" unless the common words of another language are clearly more."""
    votes: Counter[str] = Counter()
    common = _common_words()
    # In the order in which words come first: of languages with equal votes the first one counts.
    times = Counter(filter(common.__contains__, folded_words(text[:LANGUAGE_SAMPLE])))
    for word in times:
        for language in common[word]:
            votes[language] += times[word]
    best = max(votes, key=lambda language: votes[language], default="da")
    return best if votes[best] >= FEWEST_WORDS and votes[best] > CLEARLY * votes["da"] else "da"
