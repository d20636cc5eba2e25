"""docs/store.md, made from the views themselves. The prose is ``store_page.md``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from string import Template

from corpus.store.views import VIEWS, View

PROSE = Path(__file__).with_name("store_page.md")


def page() -> str:
    """The whole page as Markdown."""
    views = "\n".join(line for view in VIEWS for line in _view(view)).rstrip()
    return Template(PROSE.read_text(encoding="utf-8")).substitute(views=views)


def _view(view: View) -> Iterator[str]:
    yield f"### {view.name}"
    yield ""
    yield view.row
    yield ""
    yield "| column | meaning |"
    yield "| --- | --- |"
    for column in view.columns:
        yield f"| `{column.name}` | {column.meaning} |"
    yield ""
