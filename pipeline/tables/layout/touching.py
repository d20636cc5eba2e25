"""Figures that all but touch, cut where a sign or a bracket begins the next one: "1.200-350"."""

from __future__ import annotations

import re
from itertools import pairwise

from corpus.reading import Word
from pipeline.tables.content.cells import MINUS, NUMBER_KIND, REFUSED_KIND, TEXT_KIND
from pipeline.tables.layout.coded import cut, is_code
from pipeline.tables.layout.words import PageLine, Segment

_STEP = re.compile(r"(\d{1,4})\s?[-‐‑‒–—]\s?(\d{1,4})")
_SHORT_RANGE = re.compile(r"\d\d[-–/]\d\d")
_HOUSES = re.compile(r"\d{1,3}[-–]\d{1,3}[A-Za-z]?")
"""Numbers alone on a line, the end of a name: "Skolegade", "12-14"."""
SIGNED = re.compile(rf"[{MINUS}+(]\d")
FIGURES = re.compile(rf"[{MINUS}+()\d.,]+")
_TOUCHING = re.compile(rf"(?<=\d)(?=[{MINUS}+(]\d)|(?<=\d\))(?=[({MINUS}\d])")
"""Where a sign begins another figure in a word."""


def scale_named(lines: list[PageLine]) -> list[PageLine]:
    """The lines, in which the steps of a scale are the names of their rows: "0–4", "5–9", "10–14".

    Each goes up, and begins where the one above it has ended, or higher.
    """
    found = [(n, line) for n, line in enumerate(lines) if line.values > 1 and line.segments[0].kind is REFUSED_KIND]
    steps = [(n, step) for n, line in found if (step := _STEP.fullmatch(line.segments[0].text))]
    bounds = [int(bound) for _, step in steps for bound in step.groups()]
    if len(steps) < 2 or bounds != sorted(bounds) or any(int(step[1]) == int(step[2]) for _, step in steps):
        return lines
    named = lines[:]
    for n, _ in steps:
        lines[n].segments[0].count_name()
        named[n] = PageLine(lines[n].segments, lines[n].height)
    return named


def signs_cut(line: PageLine) -> PageLine:
    """A line with figures that all but touch cut where a sign, or a bracket, begins the next one.

    "2025-2027" beside years heads the column of their total, "24-25" that of a change; "402117-3305" before a name is
    one code.
    """
    for segment in line.segments:
        if segment.kind is REFUSED_KIND:
            break
    else:
        return line
    if len(line.segments) == 1 and _HOUSES.fullmatch(line.text):
        return line
    dated = line.years > 1
    whole = {id(each) for each in line.segments if dated and _is_period(each)}
    if len(line.segments) > 1 and line.segments[1].kind is TEXT_KIND and is_code(line.segments[0].text):
        whole.add(id(line.segments[0]))
    segments = [part for each in line.segments for part in ([each] if id(each) in whole else _at_signs(each))]
    return line if len(segments) == len(line.segments) else PageLine(tuple(segments))


def _is_period(segment: Segment) -> bool:
    return segment.is_heading or _SHORT_RANGE.fullmatch(segment.text) is not None


def _at_signs(segment: Segment) -> list[Segment]:
    if segment.kind is not REFUSED_KIND or not FIGURES.fullmatch(segment.text.replace(" ", "").replace("\u00a0", "")):
        return [segment]
    words, texts = _words_at_signs(segment)
    cuts = [n for n in range(1, len(words)) if SIGNED.match(texts[n])]
    parts = cut(segment, words, texts, cuts)
    return parts if len(parts) > 1 and any(part.kind is NUMBER_KIND for part in parts) else [segment]


def _words_at_signs(segment: Segment) -> tuple[list[Word], list[str]]:
    """The words and their texts, those of two figures cut where the sign stands; digits are of one width."""
    words: list[Word] = []
    texts: list[str] = []
    for word, text in zip(segment.words, segment.text.split(" "), strict=False):
        edges = [0, *(found.start() for found in _TOUCHING.finditer(text)), len(text)]
        if len(edges) == 2 or word.end - word.start != len(text):
            words.append(word)
            texts.append(text)
            continue
        wide = (word.x1 - word.x0) / len(text)
        for a, b in pairwise(edges):
            place = word._replace(x0=round(word.x0 + a * wide, 2), x1=round(word.x0 + b * wide, 2))
            words.append(place._replace(start=word.start + a, end=word.start + b))
            texts.append(text[a:b])
    return words, texts
