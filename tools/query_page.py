"""docs/query-language.md, made from the tables that the parser reads, its own limits, and examples that a test runs.

The prose is ``query_page.md``.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from string import Template

from index import fields, finding, leaves, plan, query, values
from index.values import SCALES
from pipeline.cli.danish import IN_DANISH

EXAMPLES = Path(__file__).with_name("query_examples.csv")
PROSE = Path(__file__).with_name("query_page.md")
KINDS = {
    "name": 'a whole name; `Teknik*` for its beginning; `(A OR "B og C")` for one of several',
    "choice": "one of the list below, or several with commas",
    "person": 'address, domain (`fjordby.dk`), name or part of a name; `"Anna Holm"`',
    "code": "the number; case, blanks and the hyphen after letters do not count; `ISU*` for its beginning",
    "path": "a name or several levels, with / between; `fjordby*` for the beginning of a name; quotes around blanks",
    "words": 'a word in any form; `"several words"` side by side; `støtte*`, the beginning of a word or its base form',
    "date": "a day, month, quarter or year, see below",
    "year": "a year, a range, or several with commas",
    "amount": "a number in kroner, see below",
    "fte": "a number, see below",
}


def page() -> str:
    """The whole page."""
    return Template(PROSE.read_text(encoding="utf-8")).substitute(
        examples="\n".join(f"| `{cell(row['query'])}` | {cell(row['finds'])} |" for row in examples()),
        fields="\n".join(map(_field_row, dict.fromkeys(fields.fields().values()))),
        choices="\n".join(_choices()),
        danish="\n".join(_danish_options()),
        units=", ".join(filter(None, SCALES)),
        prefix=leaves.SHORTEST_PREFIX,
        first_year=values.FIRST_YEAR,
        last_year=values.LAST_YEAR,
        first_day=values.FIRST_DAY // 10_000,
        last_day=values.LAST_DAY // 10_000,
        longest=f"{query.LONGEST_QUERY:,}",
        things=query.MOST_THINGS,
        deepest=query.DEEPEST,
        similar=f"{plan.MOST_SIMILAR:,}",
        enough=finding.ENOUGH,
        most_apart=plan.MOST_APART,
        **{f"apart_{count}": leaves.most_apart(count) for count in (2, 3, 4)},
        **{f"slipped_{distance}": words for distance, words in plan.MOST_SLIPPED.items()},
        **{f"fuzzy_{distance}": letters for distance, letters in leaves.SHORTEST_FUZZY.items()},
    )


def _danish_options() -> Iterator[str]:
    for english in dict.fromkeys(IN_DANISH.values()):
        danish = ", ".join(f"`--{name}`" for name, meant in IN_DANISH.items() if meant == english)
        yield f"| {danish} | `--{english}` |"


def examples() -> list[dict[str, str]]:
    """What can be typed and what it finds."""
    with EXAMPLES.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def cell(text: str) -> str:
    """A text in a table of Markdown."""
    return text.replace("|", "\\|")


def _field_row(field: fields.Field) -> str:
    also = ", ".join(f"`{name}`" for name in field.synonyms)
    return f"| `{field.name}` | {also} | {cell(field.about)} | {cell(KINDS[field.kind])} |"


def _choices() -> Iterator[str]:
    """The closed lists, each value with its other names."""
    for field, synonyms in fields.spelled_choices().items():
        listed = "; ".join(
            f"`{value}`" + (f" ({', '.join(others)})" if others else "") for value, others in synonyms.items()
        )
        yield f"- `{field}:` {listed}"
