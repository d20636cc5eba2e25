"""The search engines beside Akt in benchmarks/search.py, each used plainly and fed with Akt's own terms.

Each takes entries as Akt's engines get them and answers a question of a kind with the number found, having made the
first ten. None but tantivy and Akt knows all kinds: what is missing is left out of the table.
"""

from __future__ import annotations

import sqlite3
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import tantivy

from index.engines.base import Entry

TEN = 10
MILLION = 100_000_000  # øre
YEAR = (20200101, 20201231)


class Question(NamedTuple):
    """``words`` are lemmas, or exact forms for phrases, prefixes and fuzzy words."""

    kind: str
    words: tuple[str, ...]


class Rival(Protocol):
    """An engine used plainly."""

    name: str

    def add(self, entries: list[Entry]) -> None:
        """Indexes entries."""

    def finish(self) -> None:
        """Commits and opens for searching."""

    def ask(self, question: Question) -> int | None:
        """How many are found; None for a kind that it does not know."""


class Tantivy:
    """tantivy without Akt."""

    name = "tantivy"

    def __init__(self, folder: Path) -> None:
        builder = tantivy.SchemaBuilder()
        for field in ("body", "exact"):
            builder.add_text_field(field, tokenizer_name="whitespace", index_option="position")
        builder.add_text_field("parts", tokenizer_name="whitespace", index_option="freq")
        builder.add_text_field("committee", tokenizer_name="raw", fast=True)
        builder.add_text_field("text", tokenizer_name="whitespace", stored=True)
        builder.add_integer_field("date", fast=True)
        builder.add_integer_field("amount", fast=True)
        self._schema = builder.build()
        folder.mkdir()
        self._folder = folder
        self._writer = tantivy.Index(self._schema, path=str(folder)).writer(64_000_000, 1)

    def add(self, entries: list[Entry]) -> None:
        for entry in entries:
            document = tantivy.Document()
            document.add_text("body", entry.texts["body"])
            document.add_text("exact", entry.texts["exact"])
            document.add_text("parts", entry.parts)
            document.add_text("text", entry.texts["exact"])
            for name in entry.facets.get("committee", []):
                document.add_text("committee", name)
            for field in ("date", "amount"):
                for number in entry.numbers.get(field, []):
                    document.add_integer(field, number)
            self._writer.add_document(document)

    def finish(self) -> None:
        self._writer.commit()
        self._writer.wait_merging_threads()
        self._open()

    def _open(self) -> None:
        self._searcher = tantivy.Index.open(str(self._folder)).searcher()

    @classmethod
    def made_before(cls, folder: Path) -> Tantivy:
        """The index that is there, for questions only."""
        found = cls.__new__(cls)
        found._folder, found._schema = folder, tantivy.Index.open(str(folder)).schema
        found._open()
        return found

    def ask(self, question: Question) -> int | None:
        query = self._query(question)
        if question.kind == "facet":
            self._searcher.aggregate(query, {"c": {"terms": {"field": "committee", "size": TEN}}})
        if question.kind == "sort by date":
            return self._found(self._searcher.search(query, TEN, order_by_field="date"))
        result = self._searcher.search(query, TEN)
        if question.kind == "snippets":
            cutter = tantivy.SnippetGenerator.create(self._searcher, query, self._schema, "text")
            for _, address in result.hits:
                cutter.snippet_from_doc(self._searcher.doc(address)).to_html()
        return self._found(result)

    def _found(self, result: Any) -> int:
        return int(result.count)

    def _query(self, question: Question) -> tantivy.Query:
        kind, words = question
        if kind == "phrase":
            return tantivy.Query.phrase_query(self._schema, "exact", list(words))
        if kind == "prefix":
            return tantivy.Query.regex_query(self._schema, "exact", f"{words[0]}.*")
        if kind == "fuzzy":
            return tantivy.Query.fuzzy_term_query(self._schema, "exact", words[0], 1)
        field = "text" if kind == "snippets" else "body"
        clauses = [(tantivy.Occur.Must, tantivy.Query.term_query(self._schema, field, word)) for word in words]
        number = tantivy.FieldType.Integer
        if kind == "amount":
            clauses.append((tantivy.Occur.Must, tantivy.Query.range_query(self._schema, "amount", number, MILLION)))
        if kind == "date":
            clauses.append((tantivy.Occur.Must, tantivy.Query.range_query(self._schema, "date", number, *YEAR)))
        return tantivy.Query.boolean_query(clauses)


class Fts5:
    """SQLite's full-text search, with a table beside it for what is no text."""

    name = "SQLite FTS5"

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self._db = sqlite3.connect(folder / "fts.sqlite")
        self._db.execute("create virtual table texts using fts5(body, tokenize='unicode61 remove_diacritics 0')")
        self._db.execute("create table meta (n integer primary key, date int, amount int, committee text)")
        self._count = 0

    def add(self, entries: list[Entry]) -> None:
        for entry in entries:
            self._count += 1
            amount, date = (max(entry.numbers.get(field, [0])) for field in ("amount", "date"))
            committee = next(iter(entry.facets.get("committee", [])), None)
            self._db.execute("insert into texts (rowid, body) values (?, ?)", (self._count, entry.texts["exact"]))
            self._db.execute("insert into meta values (?, ?, ?, ?)", (self._count, date, amount, committee))
        self._db.commit()

    def finish(self) -> None:
        self._db.execute("insert into texts (texts) values ('optimize')")
        self._db.commit()

    def ask(self, question: Question) -> int | None:
        kind, words = question
        if kind == "fuzzy":
            return None
        asked = f'"{" ".join(words)}"' if kind == "phrase" else " AND ".join(f'"{word}"' for word in words)
        asked += "*" if kind == "prefix" else ""
        among = "texts where texts match ?"
        wheres = {"amount": f"amount >= {MILLION}", "date": "date between {} and {}".format(*YEAR)}
        if kind in (*wheres, "sort by date"):
            among = f"texts join meta on n = texts.rowid where texts match ? and {wheres.get(kind, '1')}"
        shown = "snippet(texts, 0, '[', ']', '…', 30)" if kind == "snippets" else "texts.rowid"
        order = "date desc" if kind == "sort by date" else "rank"
        self._db.execute(f"select {shown} from {among} order by {order} limit {TEN}", (asked,)).fetchall()
        if kind == "facet":
            joined = "texts join meta on n = texts.rowid where texts match ? group by committee"
            self._db.execute(f"select committee, count(*) from {joined}", (asked,)).fetchall()
        return int(self._db.execute(f"select count(*) from {among}", (asked,)).fetchone()[0])


class Whoosh:
    """Whoosh as its documentation shows it."""

    name = "Whoosh"

    def __init__(self, folder: Path) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from whoosh import fields, index
            from whoosh.analysis import RegexTokenizer
        folder.mkdir()
        text = fields.TEXT(analyzer=RegexTokenizer(r"\S+"), stored=True)
        number = fields.NUMERIC(int, bits=64, sortable=True)
        schema = fields.Schema(body=text, exact=text, amount=number, date=number, committee=fields.ID(sortable=True))
        self._index = index.create_in(str(folder), schema)
        self._writer = self._index.writer(limitmb=128)

    def add(self, entries: list[Entry]) -> None:
        for entry in entries:
            self._writer.add_document(
                body=entry.texts["body"],
                exact=entry.texts["exact"],
                amount=max(entry.numbers.get("amount", [0])),
                date=max(entry.numbers.get("date", [0])),
                committee=next(iter(entry.facets.get("committee", [])), ""),
            )

    def finish(self) -> None:
        self._writer.commit()
        self._searcher = self._index.searcher()

    def ask(self, question: Question) -> int | None:
        from whoosh import query

        kind, words = question
        plain: dict[str, Callable[[], Any]] = {
            "phrase": lambda: query.Phrase("exact", list(words)),
            "prefix": lambda: query.Prefix("exact", words[0]),
            "fuzzy": lambda: query.FuzzyTerm("exact", words[0]),
        }
        terms = [query.Term("exact" if kind == "snippets" else "body", word) for word in words]
        if kind == "amount":
            terms.append(query.NumericRange("amount", MILLION, None))
        if kind == "date":
            terms.append(query.NumericRange("date", *YEAR))
        asked = plain[kind]() if kind in plain else query.And(terms)
        options: dict[str, Any] = {"facet": {"groupedby": "committee"}, "sort by date": {"sortedby": "date"}}
        results = self._searcher.search(asked, limit=TEN, **options.get(kind, {}))
        if kind == "snippets":
            for hit in results:
                hit.highlights("exact")
        return len(results)
