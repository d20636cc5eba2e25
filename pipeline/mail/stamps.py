"""What stands above a first header: a reply that lacks its own, or a journal's stamp."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.mail.answers import is_footer
from pipeline.mail.heads import Head
from pipeline.mail.intros import is_rule, is_separator
from pipeline.mail.labelled import is_greeting
from pipeline.mail.labels import field_of, is_redacted, vocabulary
from pipeline.mail.lines import Line
from pipeline.mail.signatures import closing_at
from pipeline.mail.subjects import bare_subject, is_answer
from pipeline.mail.surroundings import is_title

PROSE_WORDS = 40
LONGEST_ACRONYM = 3
LONGEST_NOTE = 200
LONGEST_NAME = 36
"""A blacked out line that is longer was no name."""
_SENTENCE_END = re.compile(r"[^\W\d_]{2}[.!?][)\"”]?$")
_WORD = re.compile(r"[\w'-]+")
_STAMP_MARKS = " *_#|>-–—"
_PROSE = re.compile(r"[^\W\d_]{2,}[ ,]")
_SERVICE = "##-"
"""How a case system begins the line above which it wants the answer."""
_MAILBOX = re.compile(r"From \S+@\S+")


def is_reply(lines: Sequence[Line], head: Head) -> bool:
    """Is the text above the first header a message that lacks its own, or only a stamp?

    A quotation mark, an introduction or a separator says that somebody quotes or forwards; a stamp has no sentences.
    Where both may be, it is a message without sender: a reply must never be put into the mouth of the one it answers.
    """
    preamble = [line.content for line in lines[: head.first] if not line.blank]
    if not preamble or preamble[0].startswith(_SERVICE):
        return False
    if is_answer(preamble[-1]) and head.subject and not _is_subject(preamble[-1], head.subject):
        return True
    opening = lines[head.first : head.last + 1]
    if (
        head.kind not in ("block", "entry")
        or opening[-1].depth > 0
        or any(is_separator(line.content) for line in opening)
    ):
        return True
    if any(_is_taken_out(content) for content in preamble):
        return True
    dated = any(any(map(str.isdigit, content)) for content in preamble)
    if any(_is_written(content, dated=dated) for content in preamble):
        return True
    if sum(len(_PROSE.findall(content)) for content in preamble) > PROSE_WORDS:
        return True
    return 2 * sum(_is_stamp(content, head.subject or "") for content in preamble) < len(preamble)


def _is_taken_out(content: str) -> bool:
    """ "[Overstreget: 4 linjer]", a whole line: what was written there was taken out. A name taken out is no text."""
    bare = content.strip(" *_#|")
    if len(bare) >= LONGEST_NAME and not any(map(str.isalnum, bare)) and is_redacted(bare):
        return True
    if not 2 < len(bare) <= LONGEST_NOTE or bare[0] not in "[(<{" or bare[-1] not in "])>}":
        return False
    words = set(_WORD.findall(bare.casefold()))
    return not vocabulary().redaction.isdisjoint(words) and not words & {"navn", "name"}


def _is_stamp(content: str, subject: str) -> bool:
    """What a journal or a print puts above a mail: numbers, names, headings, labels, the subject once more."""
    bare = content.strip(_STAMP_MARKS)
    folded = bare.casefold()
    words = bare.split()
    if (
        content[:1] in "#|"
        or is_rule(content)
        or any(map(str.isdigit, bare))
        or (folded and folded in subject.casefold())
        or _is_subject(bare, subject)
        or _MAILBOX.fullmatch(bare)
    ):
        return True
    titled = all(word[:1].isupper() or not word[:1].isalpha() for word in words)
    return titled or any(part in folded for part in vocabulary().stamps) or field_of(bare.partition(":")[0]) is not None


def _is_subject(content: str, subject: str) -> bool:
    bare = bare_subject(content).casefold()
    return bool(bare) and bare in " ".join(subject.casefold().split())


def _is_written(content: str, *, dated: bool) -> bool:
    """Words that a person puts into a mail: a greeting, a closing, a sentence, "Vil du svare", "Til orientering"."""
    folded = content[:60].strip(" *_#.,!").casefold()
    marked = (content.isupper() and len(folded) > LONGEST_ACRONYM) or (dated and _is_stamped(folded))
    answer = not marked and any(
        folded == words or folded.startswith((words + " ", words + ",")) for words in vocabulary().answers
    )
    spoken = not vocabulary().spoken.isdisjoint(_WORD.findall(content[:200].casefold()))
    ended = _SENTENCE_END.search(content) is not None
    return answer or spoken or ended or is_greeting(content) or bool(closing_at(content)) or is_footer(content)


def _is_stamped(folded: str) -> bool:
    """ "Modtaget", "Godkendt" beside a date or a number: an office's stamp, not its answer."""
    return folded.partition(" ")[0] in vocabulary().stamped


def own_body(lines: Sequence[Line], end: int) -> int:
    """Where the body of a first message without header begins: behind the paragraphs that are all stamps."""
    begins = 0
    held = False
    for line in lines[:end]:
        if line.noise and not held:
            continue
        if not line.content:
            held = False
            continue
        if not held:
            begins = line.start
        held = True
        if not _is_journals(line.content):
            return begins
    return next((line.start for line in lines[:end] if not line.blank), 0)


def _is_journals(content: str) -> bool:
    """A line that no person writes into a mail: "Sagsnr. 2021-0012345", "Bilag 4", "# Akt 2", a rule."""
    label = field_of(content.partition(":")[0]) if ":" in content else None
    if is_rule(content) or is_separator(content) or is_title(content) or label == "journal":
        return True
    folded = content.strip(_STAMP_MARKS).casefold()
    return any(map(str.isdigit, folded)) and folded.startswith(vocabulary().stamp_openings)
