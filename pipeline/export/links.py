"""Links for people: what is shown points to, what points to it, and the decisions a message may be about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.export.layout import INDENT, Style, place, wrapped
from pipeline.export.safety import on_one_line
from pipeline.links.model import About, LinkFrom, Links, LinkTo, Target

MOST_TARGETS = 5
QUOTE_LETTERS = 200
STATES = {
    "ambiguous": "one of these",
    "possible": "possible",
    "dangling": "not in the workspace",
    "unclear": "not looked up",
}


def link_lines(links: Links, columns: int, bold: Style | None) -> Iterator[str]:
    """The links under a heading for each direction.

    Laws, a paper's own number and the budget as such are left to the JSON.
    """
    told = [link for link in links.to if link.state not in ("external", "itself") and not _is_vague(link)]
    for heading, blocks in (
        ("Points to", list(_to_lines(told, columns))),
        ("Referred to by", [_from_lines(link, columns) for link in links.back]),
        ("About", [_about_lines(each, columns) for each in links.about]),
        ("Links", [f"{wrapped(note, columns, '  ')}\n" for note in links.notes]),
    ):
        if blocks:
            yield f"\n{bold(heading) if bold else heading}\n"
            yield from blocks


def _to_lines(links: Sequence[LinkTo], columns: int) -> Iterator[str]:
    """Each paper that is named once, however often it is named."""
    seen: dict[tuple[str, str, str, tuple[str, ...]], list[LinkTo]] = {}
    for link in links:
        ids = tuple(target.id for target in link.targets)
        seen.setdefault((link.kind, link.value.casefold(), link.state, ids), []).append(link)
    for same in seen.values():
        link = same[0]
        times = f" ({len(same)} times)" if len(same) > 1 else ""
        said = " · ".join(filter(None, [f"{link.kind} {link.text}{times}", STATES.get(_state(link)), _why(link)]))
        yield f"{wrapped(on_one_line(said), columns, '  ')}\n"
        for target in link.targets[:MOST_TARGETS]:
            yield f"{wrapped(_target(target), columns)}\n"
        left = len(link.targets) - MOST_TARGETS
        if left > 0 or link.more:
            yield f"{INDENT}… and {max(left, 1)}{' or' if link.more else ''} more\n"


def _is_vague(link: LinkTo) -> bool:
    """ "Budget 2025" in general stands in every paper of that year."""
    return link.kind == "budget" and link.state == "unclear"


def _state(link: LinkTo) -> str:
    """One paper alone is no choice: it is a possible one, and the reason says what is not known."""
    alone = link.state == "ambiguous" and len(link.targets) == 1 and not link.more
    return "possible" if alone else link.state


def _why(link: LinkTo) -> str | None:
    return None if link.reason and link.reason == STATES.get(link.state) else link.reason or link.by


def _target(target: Target) -> str:
    title = on_one_line(target.title or target.kind)
    return f"{title}  ({place(target.path, target.page)})  [{target.id}]"


def _from_lines(link: LinkFrom, columns: int) -> str:
    sure = "" if link.state == "resolved" else " · perhaps"
    quote = on_one_line(link.quote)
    cut = quote if len(quote) <= QUOTE_LETTERS else f"{quote[:QUOTE_LETTERS]} …"
    head = wrapped(f"{on_one_line(link.path)}{sure}  [{link.id}]", columns, "  ")
    return f"{head}\n{wrapped(cut, columns)}\n"


def _about_lines(each: About, columns: int) -> str:
    said = [
        ", ".join(each.statuses) or each.status,
        "something is not to be done" if each.negated else None,
        each.body,
        each.date or (f"budget {each.year}" if each.year else None),
    ]
    head = f"{each.score:.2f}  {each.title or each.kind}  ({place(each.path, each.page)})  [{each.id}]"
    lines = [wrapped(on_one_line(head), columns, "  ")]
    if any(said):
        lines.append(wrapped(on_one_line(" · ".join(filter(None, said))), columns))
    lines += [
        wrapped(on_one_line(f"{found.kind} +{found.weight}: “{found.message}” – “{found.target}”"), columns)
        for found in each.evidence
    ]
    return "".join(f"{line}\n" for line in lines)
