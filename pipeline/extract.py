"""The order of the steps from a file to its records, and nothing else."""

from __future__ import annotations

import datetime as dt
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import PurePosixPath
from types import ModuleType
from typing import TypeVar

import msgspec

from corpus.identity import content_hash
from corpus.limits import DEFAULT_LIMITS, Budget, Limits
from corpus.model import (
    AgendaItem,
    AnyPart,
    AnyRecord,
    Body,
    Committee,
    Document,
    Message,
    Problem,
    Record,
    Table,
    UnclaimedNumber,
)
from corpus.naming import Names
from corpus.problems import Code, problem
from corpus.readers import opened, read
from corpus.readers.streams import Stream, container, holds_itself
from corpus.reading import Child, Reading
from pipeline.agreement_day import day_of_agreement
from pipeline.catalogues import compare
from pipeline.context import Context, Span
from pipeline.describe import Description, describe
from pipeline.facts import amounts, committees, dates, decisions, fte, identifiers, people, references
from pipeline.facts.calendar.refused import told_of_parts
from pipeline.facts.resolutions.agreed import is_agreement
from pipeline.flow import Flow, flows
from pipeline.gathering import TablesFound, find_all
from pipeline.language import Prose, prose_of
from pipeline.masking import mask_name, mask_names, mask_reading
from pipeline.ner import Model, load_nlp, with_model
from pipeline.options import DEFAULT_OPTIONS, EXTRACTOR_VERSION, Options
from pipeline.parts import split
from pipeline.placing import Placing
from pipeline.quoted_days import quoted_days
from pipeline.settling import settle
from pipeline.tables.budgets.ledger import Marked, unclaimed

__all__ = [
    "DEFAULT_OPTIONS",
    "EXTRACTOR_VERSION",
    "FACT_STAGES",
    "Options",
    "extract",
    "extract_bytes",
    "file_name",
    "find_facts",
    "member_names",
    "read_document",
]

T = TypeVar("T")
Parts = tuple[list[AnyPart], list[Problem]]
Facts = tuple[list[Record], list[Problem]]
FACTS_BEFORE_FIGURES = (identifiers, dates, references)
FIGURES = (amounts, fte)
FACTS_AFTER_FIGURES = (committees, decisions, people)
FACT_STAGES = (FACTS_BEFORE_FIGURES, FIGURES, FACTS_AFTER_FIGURES)


def extract_bytes(
    data: bytes,
    path: str,
    options: Options = DEFAULT_OPTIONS,
    limits: Limits = DEFAULT_LIMITS,
    *,
    depth: int = 0,
    budget: Budget | None = None,
    above: Sequence[str] = (),
) -> Document:
    """One file, read and extracted, with its attachments and members as ``children``.

    ``depth`` and ``budget`` are of the containers in which it lies, ``above`` their hashes. Never raises for what is
    wrong with the document: that is in ``problems``.
    """
    budget = budget or Budget(limits, len(data))
    above = (*above, content_hash(data))
    container_in = opened(data, file_name(path), limits, budget, depth)
    if container_in is not None:
        return _extract_members(*container_in, path, options, limits, depth, budget, above)
    reading = read_document(data, path, options, limits)
    document = extract(reading, path=path, name=None, sha256=above[-1], options=options)
    if not reading.children:
        return document
    if not options.show_identifiers:
        reading = mask_names(reading)
    if depth >= limits.depth:
        note = problem(
            Code.TOO_DEEP, f"Members that lie deeper than {limits.depth} containers: {len(reading.children)}, not read."
        )
        return msgspec.structs.replace(document, problems=[*document.problems, note])
    children = [
        msgspec.structs.replace(
            extract_bytes(child.data, f"{path}!{name}", options, limits, depth=depth + 1, budget=budget, above=above),
            name=child.name,
        )
        for name, child in zip(member_names(reading.children), reading.children, strict=True)
    ]
    return msgspec.structs.replace(document, children=children)


def _extract_members(
    stream: Stream,
    found: Iterator[Child | Problem],
    path: str,
    options: Options,
    limits: Limits,
    depth: int,
    budget: Budget,
    above: Sequence[str],
) -> Document:
    """A container with its members, of which one at a time is unpacked.

    A mailbox is no bomb itself, so each of its mails has a budget of its own; not where it came out of an archive.
    """
    children, problems = [], []
    for member in found:
        if isinstance(member, Problem):
            problems.append(member)
            continue
        name = member.name if options.show_identifiers else mask_name(member.name)
        if content_hash(member.data) in above:
            problems.append(holds_itself(name))
            continue
        document = extract_bytes(
            member.data,
            f"{path}!{name}",
            options,
            limits,
            depth=depth + 1,
            budget=budget if stream.PACKED or depth else None,
            above=above,
        )
        children.append(msgspec.structs.replace(document, name=name))
    reading = container(stream, problems)
    reading = reading if options.show_identifiers else mask_reading(reading)
    itself = extract(reading, path=path, name=None, sha256=above[-1], options=options)
    return msgspec.structs.replace(itself, children=children)


def file_name(path: str) -> str:
    """The file's own name, without folders and the containers in which it lies."""
    return PurePosixPath(path.rpartition("!")[2]).name


def read_document(data: bytes, path: str, options: Options, limits: Limits = DEFAULT_LIMITS) -> Reading:
    """Read a file; CPR numbers are masked here, before anything else sees the text, unless they are asked for."""
    reading = read(data, file_name(path), limits, options.reading)
    return reading if options.show_identifiers else mask_reading(reading)


def member_names(children: Sequence[Child]) -> list[str]:
    """The children's names, made unique inside their container: a second "bilag.pdf" becomes "bilag (2).pdf"."""
    names = Names()
    return [names.give(child.name) for child in children]


def extract(
    reading: Reading, *, path: str, name: str | None, sha256: str, options: Options = DEFAULT_OPTIONS
) -> Document:
    """Parts, tables and facts of one reading. ``children`` are left to the caller, who may know them already.

    Raises ModelError when the model of the options cannot be used.
    """
    model = load_nlp(options.ner_model) if options.ner_model else None
    shown = str if options.show_identifiers else mask_name
    problems = list(reading.problems)
    parts, about = _described(reading, problems)
    placing = Placing(reading, parts)
    found = _all_tables(reading, placing, problems, options)
    tables = _compared(reading, parts, found.tables(), problems)
    records = _all_records(reading, parts, placing, about, found, model, problems, options)
    return Document(
        path=shown(path),
        name=None if name is None else shown(name),
        sha256=sha256,
        media_type=reading.media_type,
        kind=about.kind,
        title=about.title,
        language=about.language,
        municipality=about.municipality,
        date=about.date,
        pages=len(reading.pages) or None,
        page_labels=reading.page_labels,
        metadata=reading.metadata,
        outline=reading.outline,
        reader=reading.reader,
        extractor_version=with_model(EXTRACTOR_VERSION, model.tag if model else None),
        parts=parts,
        records=records,
        tables=tables,
        problems=[msgspec.structs.replace(told, message=shown(told.message)) for told in told_of_parts(problems)],
        unclaimed_numbers=_ledger(reading, placing, found.claimed),
    )


def _described(reading: Reading, problems: list[Problem]) -> tuple[list[AnyPart], Description]:
    """The parts, and what the document is as a whole."""
    whole: Parts = (_one_body(reading), [])
    parts, notes = _guard(problems, "parts", lambda: split(reading), whole)
    problems += notes
    about = _guard(problems, "description", lambda: describe(reading, parts), Description())
    return [_of_meeting(part, about) for part in parts], about


def _all_tables(reading: Reading, placing: Placing, problems: list[Problem], options: Options) -> TablesFound:
    find = partial(find_all, reading, placing, in_blocks=options.in_blocks, on_page=options.on_page)
    found = _guard(problems, "tables", find, TablesFound(reading, placing, in_blocks=options.in_blocks))
    problems += placing.place_problems(found.findings.problems, found.findings.problem_starts)
    return found


def _all_records(
    reading: Reading,
    parts: Sequence[AnyPart],
    placing: Placing,
    about: Description,
    tables: TablesFound,
    model: Model | None,
    problems: list[Problem],
    options: Options,
) -> Sequence[AnyRecord]:
    """The records of tables and parts in print order, claimed; what the parts share is gathered before all."""
    as_printed: list[Flow | None] = [None] * len(parts)
    flowing = _guard(problems, "flow", lambda: flows(reading, parts), as_printed)
    proses = deque(prose_of(flow.text if flow else part.text) for part, flow in zip(parts, flowing, strict=True))
    shared = _shared(proses, about, problems, options)
    for part, flow in zip(parts, flowing, strict=True):
        prose, zones = proses.popleft(), placing.local_spans(tables.findings.zones, part.index)
        shift = placing.starts[part.index]
        cells = tables.verdict_cells(shift, shift + len(part.text)) if shared.in_minutes else []
        local = msgspec.structs.replace(
            shared,
            reference_date=_reference_date(part, about, options),
            written=_day_of_writing(part, about, options),
            quoted=quoted_days(part, flow),
            in_mail=isinstance(part, Message),
            taken=tuple(flow.read_spans(zones) if flow else zones),
            verdict_cells=tuple(flow.read_spans(cells) if flow else cells),
        )
        facts = _facts(part, prose, flow, _with_named(local, prose, model, problems), problems)
        facts, notes = tables.of_cells([placing.place(record, part.index) for record in facts], shift)
        problems += [msgspec.structs.replace(note, part=part.index) for note in notes]
        tables.records.add(facts)
        tables.claimed.mark((shift + record.start, shift + record.end) for record in facts)
    return tables.records.all()  # type: ignore[return-value]


def _shared(proses: Sequence[Prose], about: Description, problems: list[Problem], options: Options) -> Context:
    """What is the same for all parts of the document."""
    minutes = about.kind == "minutes"
    shared = Context(
        municipality=about.municipality,
        show_identifiers=options.show_identifiers,
        meeting_body=about.body if minutes else None,
        meeting_date=about.date if minutes else None,
        in_minutes=minutes,
        agreed_on=day_of_agreement(proses[0].text, proses[-1].text) if about.kind == "other" and proses else None,
    )
    if len(proses) < 2:
        return shared
    agreed = about.kind == "other" and _guard(problems, "decisions", lambda: is_agreement(proses), otherwise=False)
    no_bodies: tuple[Committee, ...] = ()
    no_names: tuple[str, ...] = ()
    bodies = _guard(problems, "committees", lambda: committees.bodies_of(proses, shared), no_bodies)
    names = _guard(problems, "people", lambda: people.names_of(proses), no_names)
    return msgspec.structs.replace(shared, known_bodies=bodies, known_people=names, in_agreement=agreed)


def _with_named(context: Context, prose: Prose, model: Model | None, problems: list[Problem]) -> Context:
    """With the people that the model sees in the text."""
    if model is None:
        return context
    nobody: tuple[Span, ...] = ()
    named = _guard(problems, "people by model", lambda: model.people(prose.text), nobody)
    return msgspec.structs.replace(context, named=named, model=model.label)


def _facts(part: AnyPart, prose: Prose, flow: Flow | None, context: Context, problems: list[Problem]) -> list[Record]:
    """The facts of one part. Figures are not read where a table, a date or an identifier already stands."""
    as_read = msgspec.structs.replace(part, text=flow.text) if flow else part
    records, notes = find_facts(prose, context, as_read)
    problems += [msgspec.structs.replace(note, part=part.index) for note in notes]
    return [flow.printed_record(record) for record in records] if flow else records


def find_facts(
    prose: Prose, context: Context, part: AnyPart | None = None, stages: Sequence[Sequence[ModuleType]] = FACT_STAGES
) -> Facts:
    """All facts of a text, each kind by its finder in the fixed order. ``part``: what is known of the text as a part.

    A finder that breaks costs its own records: a problem says which. ``stages``: those to run; what earlier ones found
    is then in ``context.found``, and its spans in ``context.taken``.
    """
    records: list[Record] = []
    problems: list[Problem] = []
    zones = context.taken
    for finders in stages:
        found: list[Record] = []
        for finder in finders:
            known = msgspec.structs.replace(context, found=(*context.found, *records, *found))
            step = finder.__name__.rpartition(".")[2]
            nothing: Facts = ([], [])
            facts, notes = _guard(problems, step, partial(finder.find, prose, known), nothing)
            found += facts
            problems += notes
        found = settle(found, part, zones)
        context = msgspec.structs.replace(context, taken=context.taken + tuple((r.start, r.end) for r in found))
        records += found
    return records, problems


def _of_meeting(part: AnyPart, about: Description) -> AnyPart:
    """An agenda item belongs to the body whose meeting the paper is of."""
    return msgspec.structs.replace(part, committee=about.body) if isinstance(part, AgendaItem) else part


def _reference_date(part: AnyPart, about: Description, options: Options) -> dt.date | None:
    return _day(part.sent if isinstance(part, Message) else None) or _day(about.date) or options.document_date


def _day_of_writing(part: AnyPart, about: Description, options: Options) -> dt.date | None:
    """The day that "i går" is counted from: minutes are written after their meeting, quoted mails before the mail."""
    if isinstance(part, Message):
        return _day(part.sent) or (None if part.quoted else options.document_date)
    if about.kind not in ("letter", "other"):
        return None
    return _day(about.date) or options.document_date


def _day(printed: str | None) -> dt.date | None:
    return dt.date.fromisoformat(printed[:10]) if printed and len(printed) >= len("2020-01-31") else None


def _compared(
    reading: Reading, parts: Sequence[AnyPart], tables: Sequence[Table], problems: list[Problem]
) -> Sequence[Table]:
    """The tables, the summaries of a catalogue with checks against its proposals."""
    nothing: tuple[Sequence[Table], list[Problem]] = (tables, [])
    checked, notes = _guard(problems, "catalogue", lambda: compare(reading, parts, tables), nothing)
    problems += notes
    return checked


def _ledger(reading: Reading, placing: Placing, claimed: Marked) -> list[UnclaimedNumber]:
    """The numbers of the text that are in no cell and no record."""
    left = []
    for start, end in unclaimed(reading, claimed):
        part = placing.part_at(start)
        shift = placing.starts[part]
        page = placing.page_at(start)
        left.append(
            UnclaimedNumber(
                text=reading.text[start:end],
                part=part,
                start=start - shift,
                end=end - shift,
                page=page.number if page else None,
            )
        )
    return left


def _one_body(reading: Reading) -> list[AnyPart]:
    pages = reading.pages
    first, last = (pages[0].number, pages[-1].number) if pages else (None, None)
    breaks = [page.start for page in pages[1:]]
    whole = Body(index=0, title=None, text=reading.text, page_first=first, page_last=last, page_breaks=breaks)
    return [whole] if reading.text else []


def _guard(problems: list[Problem], step: str, run: Callable[[], T], otherwise: T) -> T:
    """Run a step; if it breaks, keep what the other steps find and say so in the document's problems.

    Raises MemoryError: what is wrong then is not the step, and more room, or nothing beside it, may be enough.
    """
    try:
        return run()
    except MemoryError:
        raise
    except Exception as error:  # a fault of ours must cost this step of this document, not the run
        problems.append(problem(Code.STAGE_FAILED, f"The step '{step}' broke ({type(error).__name__}: {error})."))
        return otherwise
