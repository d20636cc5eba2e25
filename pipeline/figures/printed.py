"""Sums and what is to be said of them, as rows and as lines for people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence, Set

from corpus.model import exact
from pipeline.export.layout import Style, beside_or_below, counted, in_columns, place, wrapped
from pipeline.export.rows import Row, day
from pipeline.export.safety import on_one_line
from pipeline.export.tables import UNIT_WORDS, danish
from pipeline.figures.damaged import damaged_notes
from pipeline.figures.editions import contradictions
from pipeline.figures.model import REASON_MEANING, REFUSED, Figure, Reason
from pipeline.figures.refused import MEANING, refused_lines, refused_notes
from pipeline.figures.request import UNKNOWN, MixedError
from pipeline.figures.sheets import LEFT_OUT
from pipeline.figures.sums import Budget, Sum, reasons

MOST_COLUMNS = 8
MOST_DOCUMENTS = 4
NOT_TOLD = "(not told)"
ABOUT = ("unit", "stage", "price_level", "side")
OPTIONS = {"net": "--net", "gross": "--gross"}


def sum_rows(found: Budget) -> Iterator[Row]:
    """One row per sum, its key under the names that it was asked for by ("price-level" is ``price_level``)."""
    for each in found.sums:
        yield {**_key(found, each), **_about(each)}


def _key(found: Budget, each: Sum) -> Row:
    return {name.replace("-", "_"): value for name, value in zip(found.by, each.key, strict=True)}


def _about(each: Sum) -> Row:
    return {
        "year": each.year,
        "value": each.value,
        "unit": each.unit,
        "stage": each.stage,
        "price_level": each.price_level,
        "side": each.side,
        "figures": len(each.figures),
        "documents": each.documents,
        "unchecked": each.unchecked,
    }


def line_rows(found: Budget) -> Iterator[Row]:
    """The figures behind the sums, sum by sum."""
    return (figure_row(figure) for each in found.sums for figure in each.figures)


def left_out_rows(found: Budget) -> Iterator[Row]:
    """The figures that are in no sum, with the reason and what they repeat where that is it; then what was refused."""
    for figure in found.left_out:
        yield {"left_out": str(figure.left_out), "because": figure.told or None, **figure_row(figure)}
    yield from ({**dict.fromkeys(LEFT_OUT.names), **each.row} for each in found.refused)


def figure_row(figure: Figure) -> Row:
    return {
        "id": figure.id,
        "path": figure.path,
        "document": figure.document,
        "document_date": day(figure.date),
        "municipality": figure.municipality,
        "part": figure.part,
        "part_kind": figure.part_kind,
        "title": figure.part_title,
        "number": figure.shown_number,
        "committee": figure.committee,
        "label": figure.label,
        "group": figure.group,
        "role": figure.role,
        "level": figure.level.value,
        "year": figure.year,
        "column": figure.column,
        "value": exact(figure.value),
        "unit": figure.unit,
        "raw": figure.raw,
        "price_level": figure.price_level,
        "stage": figure.stage.value,
        "signs": figure.signs,
        "check": figure.check,
        "page": figure.page,
        "bbox": figure.bbox,
        "sha256": figure.sha256,
        "extractor_version": figure.extractor_version,
        "also_in": figure.also_in,
    }


# --- for people -------------------------------------------------------------------------------------------------


def sum_table(found: Budget, columns: int, bold: Style | None) -> Iterator[str]:
    """The sums with a column for each year; what all of them share stands over them."""
    if not found.sums:
        return
    shared, own = _shared(found.sums, {name.replace("-", "_") for name in found.by})
    heading = " · ".join(_said(name, getattr(found.sums[0], name)) for name in shared)
    yield f"{bold(heading) if bold else heading}\n"
    years = sorted({each.year for each in found.sums if each.year is not None})
    undated = any(each.year is None for each in found.sums)
    rows: dict[tuple[object, ...], dict[int | None, Sum]] = {}
    for each in found.sums:
        rows.setdefault((*each.key, *(getattr(each, name) for name in own)), {})[each.year] = each
    names = [*(name.replace("-", " ") for name in found.by), *(name.replace("_", " ") for name in own)]
    headed: list[int | None] = [*years, *([None] if undated else [])]
    printed = [[*names, *(str(year) if year else "no year" for year in headed)]]
    for key, sums in rows.items():
        said = [NOT_TOLD if value is None else on_one_line(str(value)) for value in key]
        printed.append([*said, *(_figure(sums.get(year)) for year in headed)])
    yield in_columns(printed, len(names), columns)


def _shared(sums: Sequence[Sum], keys: Set[str]) -> tuple[list[str], list[str]]:
    """The things that all sums have in common, and those in which they differ and that no key tells."""
    differ = [name for name in ABOUT if len({getattr(each, name) for each in sums}) > 1]
    return [name for name in ABOUT if name not in differ], [name for name in differ if name not in keys]


def _said(name: str, value: object) -> str:
    if name == "unit":
        return UNIT_WORDS.get(str(value), str(value))
    if name == "price_level":
        return f"price level {value}" if value is not None else "no price level"
    if name == "side":
        return str(value or "single rows")
    return f"{name} {value}"


def _figure(each: Sum | None) -> str:
    return "" if each is None else danish(format(each.value, "f"))


def line_table(found: Budget, columns: int, bold: Style | None) -> Iterator[str]:
    """Each sum and the lines behind it, with the place of each."""
    for each in found.sums:
        key = [NOT_TOLD if value is None else on_one_line(str(value)) for value in each.key]
        year = [str(each.year)] if each.year is not None else []
        about = [_said(name, getattr(each, name)) for name in ABOUT if name != "unit"]
        figure = f"{_figure(each)} {UNIT_WORDS.get(each.unit, each.unit)}"
        heading = wrapped(" · ".join([*key, *year, figure, *about]), columns, "")
        yield f"{bold(heading) if bold else heading}\n"
        yield beside_or_below([_line_cells(figure) for figure in each.figures], columns)
        yield "\n"


def left_out_table(found: Budget, columns: int, bold: Style | None) -> Iterator[str]:
    """The figures in no sum, under the reasons."""
    for reason, _, _ in reasons(found.left_out):
        heading = wrapped(f"{reason}: {REASON_MEANING[reason]}", columns, "")
        yield f"{bold(heading) if bold else heading}\n"
        lines = [_line_cells(figure) for figure in found.left_out if figure.left_out is reason]
        yield beside_or_below(lines, columns)
        yield "\n"
    if found.refused:
        heading = wrapped(f"{REFUSED}: {MEANING}", columns, "")
        yield f"{bold(heading) if bold else heading}\n"
        yield beside_or_below(refused_lines(found.refused), columns)
        yield "\n"


def _line_cells(figure: Figure) -> list[str]:
    amount = f"{danish(format(exact(figure.value), 'f'))} {UNIT_WORDS.get(figure.unit or '', figure.unit or '?')}"
    where = on_one_line(place(figure.path, figure.page))
    again = f"  (as in {on_one_line(figure.told)})" if figure.told else ""
    name = on_one_line(_row(figure))
    return [f"  {amount}", str(figure.year or figure.column or ""), name, f"{where}  [{figure.id}]{again}"]


def notes(found: Budget) -> Iterator[str]:
    """What a reader must know of the sums before they are quoted: on stderr."""
    figures = [figure for each in found.sums for figure in each.figures]
    documents = len({figure.sha256 for figure in figures})
    if not figures and not found.left_out:
        yield "No figure of a table is what is asked for."
        if found.columns:
            yield f"The columns are called {_named(found.columns)} (--column)."
        yield from refused_notes(found.refused)
        yield from _other_units(found)
        return
    yield f"{counted(len(found.sums), 'sum')} of {counted(len(figures), 'figure')} in {counted(documents, 'document')}."
    yield from damaged_notes(found.damaged, figures)
    yield from _together(found)
    unchecked = sum(figure.check == "none" for figure in figures)
    if unchecked:
        yield f"{unchecked} of the figures stand under no printed sum that could check them."
    failed = sum(figure.check == "mismatch" for figure in figures)
    if failed:
        yield f"{failed} of the figures are in a column whose sum does not hold (`akt check` shows it)."
    if found.copies:
        yield f"Counted once, though they lie in several places: {counted(found.copies, 'document')}."
    for reason, count, of in reasons([f for f in found.left_out if f.left_out is not Reason.SIGNS]):
        told = REASON_MEANING[reason]
        if reason is Reason.COLUMNS:
            columns = Counter(f.column or f.heading for f in found.left_out if f.left_out is reason)
            told += f" ({_named([name for name, _ in columns.most_common() if name])})"
        if reason is Reason.UNMATCHED:
            told += f" ({_named(list(dict.fromkeys(_row(f) for f in found.left_out if f.left_out is reason)))})"
        if reason is Reason.OLDER:
            newer = dict.fromkeys(f.told.rsplit(", page ", 1)[0] for f in found.left_out if f.left_out is reason)
            told += f" ({_some([on_one_line(path) for path in newer])})"
        yield f"Left out: {counted(count, 'figure')} in {counted(of, 'document')}: {told}."
    yield from _contradictions(found)
    yield from refused_notes(found.refused)
    yield from _signs(found)
    yield from _other_units(found)


def _together(found: Budget) -> Iterator[str]:
    """The municipalities whose figures are added to each other, where that is so."""
    mixed: set[str] = set()
    for each in found.sums:
        names = {figure.municipality for figure in each.figures if figure.municipality}
        mixed |= names if len(names) > 1 else set()
    if mixed:
        yield (
            f"Figures of {len(mixed)} municipalities ({_some(sorted(mixed))}) are added together; "
            "--by municipality keeps them apart."
        )


def _row(figure: Figure) -> str:
    return " ".join(filter(None, (figure.shown_number, figure.label)))


def _contradictions(found: Budget) -> Iterator[str]:
    """Rows that are added from several documents of one title, and may be one row in two versions."""
    pairs = [pair for each in found.sums for pair in contradictions(each.figures)]
    if pairs:
        said = [f'"{on_one_line(_row(a))}" {a.year} ({on_one_line(a.spot)}; {on_one_line(b.spot)})' for a, b in pairs]
        yield (
            f"Added up, though it may be one row in two versions: {counted(len(pairs), 'figure')} for which documents "
            f"with one title have different ones: {_some(said)}. --by document keeps them apart."
        )


def _some(names: Sequence[str]) -> str:
    """The first of many names."""
    more = f" and {len(names) - MOST_DOCUMENTS} more" if len(names) > MOST_DOCUMENTS else ""
    return f"{', '.join(names[:MOST_DOCUMENTS])}{more}"


def _signs(found: Budget) -> Iterator[str]:
    """What was not asked for as it prints savings otherwise; and that sums beside each other are of both ways."""
    others = Counter(f.signs for f in found.left_out if f.left_out is Reason.SIGNS)
    for way, count in others.items():
        yield f"Not asked for: {counted(count, 'figure')} of tables that print a saving with {way} (--signs {way})."
    ways = Counter(way for each in found.sums for way in {figure.signs for figure in each.figures} if way is not None)
    if len(ways) > 1 and "signs" not in found.by:
        told = ", ".join(f"{counted(count, 'sum')} with {way}" for way, count in sorted(ways.items()))
        yield f"Not all sums are of tables that print a saving alike: {told} (--by signs tells which)."


def _named(columns: Sequence[str]) -> str:
    """The names of columns as they are asked for, the first ones of many."""
    names = [f'"{on_one_line(" ".join(name.split()))}"' for name in columns[:MOST_COLUMNS]]
    return ", ".join(names) + (f" and {len(columns) - MOST_COLUMNS} more" if len(columns) > MOST_COLUMNS else "")


def _other_units(found: Budget) -> Iterator[str]:
    for unit, count in found.other_units.most_common():
        yield f"Not asked for: {counted(count, 'figure')} in {UNIT_WORDS.get(unit, unit)} (--unit {_typed(unit)})."
    for level, count in found.other_levels.most_common():
        one = count == 1
        said = f"print{'s' * one} no price level" if level == UNKNOWN else f"{'is' if one else 'are'} in {level} prices"
        yield f"Not asked for: {counted(count, 'figure')} that {said} (--price-level {level})."
    if found.so_far:
        are = "is" if found.so_far == 1 else "are"
        yield (
            f"Not asked for: {counted(found.so_far, 'figure')} that {are} of a part of a year only and no accounts "
            "(--stage unknown)."
        )
    if found.no_stage:
        documents = list(dict.fromkeys(on_one_line(figure.path) for figure in found.no_stage))
        yield (
            f"Not asked for: {counted(len(found.no_stage), 'figure')} of which nothing tells the stage, in "
            f"{_some(documents)} (--stage unknown)."
        )


def _typed(unit: str) -> str:
    return "kr" if unit == "DKK" else unit


def refusal(error: MixedError, asked: Sequence[str]) -> str:
    """Why the figures cannot be added, what there is to choose, and one command that would do.

    ``asked`` is what was typed behind `akt budget`, word by word, as a shell takes it.
    """
    lines = ["These figures cannot be added to each other. Choose one of each, or keep them apart:"]
    for mix in error.mixes:
        values = ", ".join(f"{_value(mix.option, value)} ({count})" for value, count in mix.counts.most_common())
        if mix.apart:
            how = "each sum has only one of them"
        elif mix.option == "side":
            how = "--gross for the rows, --net for the sums, or --by role"
        else:
            told = [value for value, _ in mix.counts.most_common() if value != UNKNOWN]
            how = f"--{mix.option} {_value(mix.option, error.example.get(mix.option, told[0]))}, or --by {mix.by}"
        lines.append(f"  {mix.what}: {values}: {how}")
    options = [OPTIONS.get(value, f"--{option} {_value(option, value)}") for option, value in error.example.items()]
    lines.append(f"For example: akt budget {' '.join([*asked, *options])}")
    return "\n".join(lines)


def _value(option: str, value: str) -> str:
    return _typed(value) if option == "unit" else {"gross": "rows", "net": "sums"}.get(value, value)
