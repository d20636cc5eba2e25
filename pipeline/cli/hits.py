"""Hits and their facets as people read them, and as rows of data."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from pipeline.cli.output import Output

if TYPE_CHECKING:
    from index.results import Counts, Hit, Results, Snippet

HIT_COLUMNS = (
    *("rank", "score", "match", "id", "path", "part", "kind", "title", "date", "committee", "municipality", "page"),
    *("snippet", "matches", "also_in", "part_kind", "snippets", "next"),
)
FACET_COLUMNS = ("facet", "value", "count")
COUNT_COLUMNS = ("total", "total_all", "parts", "exact")


def written(form: str, found: Results) -> Iterator[str]:
    """The hits as jsonl, json or csv, with their facets.

    JSON is one object with all there is; the lines of jsonl are hits, then one for each value of a facet. A CSV is one
    table: facets take the place of the hits. The last hit has the cursor of the next page. What is written otherwise
    is made of the sheets in pipeline/searches/hits.py.
    """
    from pipeline.export.formats import csv_lines, json_lines, pretty
    from pipeline.searches.hits import facet_rows

    if form == "json":
        yield f"{pretty(found)}\n"
    elif form == "jsonl":
        yield from json_lines(_rows(found))
        yield from json_lines(facet_rows(found))
    elif found.facets:
        yield from csv_lines(facet_rows(found), FACET_COLUMNS)
    else:
        cells = ({**row, "snippets": _in_one_cell(row["snippets"])} for row in _rows(found))
        yield from csv_lines(cells, HIT_COLUMNS)


def written_count(form: str, counts: Counts) -> Iterator[str]:
    """The number of hits; in formats for data with what it is made of."""
    import msgspec

    from pipeline.export.formats import csv_lines, json_lines, pretty

    if form == "table":
        yield f"{counts.total}\n"
    elif form == "csv":
        yield from csv_lines([msgspec.to_builtins(counts)], COUNT_COLUMNS)
    else:
        yield from json_lines([counts]) if form == "jsonl" else [f"{pretty(counts)}\n"]


def _rows(found: Results) -> Iterator[dict[str, Any]]:
    import msgspec

    for hit in found.hits:
        yield {**msgspec.to_builtins(hit), "next": found.next if hit is found.hits[-1] else None}


def _in_one_cell(snippets: list[dict[str, Any]]) -> list[str]:
    return [f"page {one['page']}: {one['text']}" if one["page"] is not None else one["text"] for one in snippets]


# --- for people -----------------------------------------------------------------------------------------------


def blocks(found: Results, out: Output) -> Iterator[str]:
    """A block of lines for each hit, then the facets."""
    for hit in found.hits:
        yield block(hit, out)
    if found.facets and found.hits:
        yield from _facet_lines(found, out)


def block(hit: Hit, out: Output) -> str:
    """One hit as lines for people."""
    from pipeline.export.layout import place, wrapped
    from pipeline.export.safety import on_one_line

    title = on_one_line(hit.title or "(no title)")
    some = "some of the words" if hit.match == "some" else None
    about = [hit.kind, hit.committee, hit.municipality, _day_and_time(hit.date), some]
    several = len(hit.snippets) > 1
    page = hit.page if several or hit.snippets[0].page is None else hit.snippets[0].page
    lines = [
        out.style(wrapped(f"{hit.rank}. {title}", out.width, ""), bold=True),
        wrapped(on_one_line(" · ".join(filter(None, about))), out.width),
        out.style(wrapped(f"{place(hit.path, page)}  [{hit.id}]", out.width), fg="cyan"),
        *(_snippet(snippet, out, with_page=several) for snippet in hit.snippets),
    ]
    if hit.also_in:
        lines.append(wrapped(f"also in: {on_one_line(', '.join(hit.also_in))}", out.width))
    return "\n".join(lines) + "\n\n"


def _snippet(snippet: Snippet, out: Output, *, with_page: bool) -> str:
    """The stretch with its matches marked; of several, each says its page."""
    from pipeline.export.layout import marked

    bold = (lambda text: out.style(text, bold=True)) if out.colour else None
    head = f"page {snippet.page}: " if with_page and snippet.page is not None else ""
    spans = [(start + len(head), end + len(head)) for start, end in snippet.matches]
    return marked(f"{head}{snippet.text}", spans, out.width, bold)


def _facet_lines(found: Results, out: Output) -> Iterator[str]:
    from pipeline.export.layout import aligned, counted, wrapped
    from pipeline.export.safety import on_one_line

    told = f"Of the {counted(found.parts, 'part')} found, every copy of a message counted:"
    yield f"{wrapped(told, out.width, '')}\n"
    for name, values in found.facets.items():
        yield f"\n{out.style(name, bold=True)}\n"
        rows = [(f"    {one.count:>{len(str(values[0].count))}}", on_one_line(one.value)) for one in values]
        yield aligned(rows, out.table_width) if rows else "    (none)\n"


def _day_and_time(date: str | None) -> str | None:
    """ "2024-03-18T08:12:00+01:00" as a person reads it: "2024-03-18 08:12"."""
    return date[:16].replace("T", " ") if date else None
