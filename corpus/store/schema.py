"""The tables of the store. No column type and no constraint here belongs to one database only.

A *content* is known by its SHA-256 and worked on once. An *occurrence* is a place where it lies: a file under a root,
or a member of one (an attachment, a file in an archive). *Members* say which contents a container holds.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

SCHEMA_VERSION = 2

metadata = MetaData()
ROW_ID = BigInteger().with_variant(Integer, "sqlite")  # only a plain INTEGER counts up by itself in SQLite

meta = Table("meta", metadata, Column("key", String, primary_key=True), Column("value", String, nullable=False))

runs = Table(
    "runs",
    metadata,
    Column("id", ROW_ID, primary_key=True),
    Column("started", String, nullable=False),  # ISO 8601 with offset, as every time in the store
    Column("finished", String),
    Column("status", String, nullable=False),  # running, done, interrupted
    Column("counts", Text),  # the report as JSON
)

roots = Table(
    "roots",
    metadata,
    Column("id", ROW_ID, primary_key=True),
    Column("path", String, nullable=False, unique=True),  # absolute
    Column("whole", Boolean, nullable=False),  # false: only single files of this folder were named
)

contents = Table(
    "contents",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("size", BigInteger, nullable=False),
    Column("media_type", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("title", String),
    Column("municipality", String),
    Column("date", String),
    Column("pages", Integer),
    Column("reading", LargeBinary, nullable=False),  # corpus.reading.Reading without its children, packed
    Column("document", LargeBinary, nullable=False),  # corpus.model.Document without its children, packed
)

members = Table(
    "members",
    metadata,
    Column("parent", String(64), ForeignKey("contents.sha256"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("name", String, nullable=False),  # unique inside the container: corpus.store.entries.Member
    Column("sha256", String(64), ForeignKey("contents.sha256"), nullable=False, index=True),
)

occurrences = Table(
    "occurrences",
    metadata,
    Column("id", ROW_ID, primary_key=True),
    Column("root", ROW_ID, ForeignKey("roots.id"), nullable=False),
    Column("path", String, nullable=False),  # relative to the root, "!" between a container and its member
    Column("file", ROW_ID, ForeignKey("occurrences.id"), index=True),  # of a member: the file on disk it lies in
    Column("sha256", String(64), ForeignKey("contents.sha256"), index=True),  # null: never could be opened
    Column("parent", String(64)),  # the content of the container
    Column("mtime_ns", BigInteger),
    Column("size", BigInteger),
    Column("seen_run", ROW_ID, nullable=False),  # the run that wrote the row last
    Column("deleted", Boolean, nullable=False),
    Column("failure", String),  # why the file could not be opened in the last run
    Column("tries", Integer, nullable=False),
    Column("at", String, nullable=False),
)
Index("occurrences_path", occurrences.c.root, occurrences.c.path)

file_stamps = Table(  # a table of its own: a store of an older Akt has none, and then each file is looked into once
    "file_stamps",
    metadata,
    Column("file", ROW_ID, ForeignKey("occurrences.id"), primary_key=True),
    Column("inode", String, nullable=False),  # digits: some file systems count beyond 63 bits
    Column("ctime_ns", BigInteger, nullable=False),
)

ahead = Table(  # contents that were written before the files in front of theirs were done: corpus.store.ahead
    "ahead",
    metadata,
    Column("sha256", String(64), ForeignKey("contents.sha256"), primary_key=True),
)

untold_files = Table(  # files on disk that runs have changed which told nothing: corpus.store.untold
    "untold_files",
    metadata,
    Column("file", ROW_ID, primary_key=True, autoincrement=False),  # of occurrences
    Column("known", Boolean, nullable=False),  # false: no report has told of it
    Column("sha256", String(64)),  # as the last report has told it
    Column("deleted", Boolean, nullable=False),
    Column("run", ROW_ID, nullable=False),  # the first that changed it
)

told_failures = Table(  # what has failed, as the last reports of it have told
    "told_failures",
    metadata,
    Column("place", ROW_ID, primary_key=True, autoincrement=False),  # of occurrences
    Column("code", String, primary_key=True),
    Column("root", ROW_ID, nullable=False),
    Column("path", String, nullable=False),
    Column("sha256", String(64), nullable=False),  # "" where that could never be told
)

parts = Table(
    "parts",
    metadata,
    Column("sha256", String(64), ForeignKey("contents.sha256"), primary_key=True),
    Column("part", Integer, primary_key=True),
    Column("kind", String, nullable=False),
    Column("title", String),
    Column("page_first", Integer),
    Column("page_last", Integer),
    Column("fingerprint", String, index=True),
)

part_contents = Table(  # what other programs read of a part: corpus.store.views makes it easy
    "part_contents",
    metadata,
    Column("sha256", String(64), ForeignKey("contents.sha256"), primary_key=True),
    Column("part", Integer, primary_key=True),
    Column("text", Text, nullable=False),
    Column("payload", Text, nullable=False),  # its other fields as JSON: corpus.store.open_rows
)

table_values = Table(  # the figures of budget tables, one a row, likewise
    "table_values",
    metadata,
    Column("sha256", String(64), ForeignKey("contents.sha256"), primary_key=True),
    Column("ordinal", Integer, primary_key=True),
    Column("table_number", Integer, nullable=False),  # from 1, in print order
    Column("part", Integer, nullable=False),
    Column("start", Integer),  # in the part's text, where the figure stands in it
    Column("page", Integer),
    Column("bbox", String),  # JSON: [x0, top, x1, bottom] in points
    Column("caption", Text),
    Column("label", Text, nullable=False),
    Column("line_group", Text),
    Column("role", String),
    Column("unit", String),  # a currency, or fte
    Column("year", Integer),
    Column("column_label", Text),
    Column("value", String, nullable=False),  # exact, plain notation
    Column("raw", String, nullable=False),  # as printed
    Column("price_level", Integer),
    Column("unit_text", Text),  # what says the unit
    Column("sign_note", Text),
    Column("check_status", String, nullable=False),  # ok, mismatch, none
)

table_value_owners = Table(  # of figures whose rows print a number or a committee of their own; an older store has none
    "table_value_owners",
    metadata,
    Column("sha256", String(64), ForeignKey("contents.sha256"), primary_key=True),
    Column("ordinal", Integer, primary_key=True),  # that of the figure in table_values
    Column("number", String),
    Column("committee", String),
)

messages = Table(  # the messages among the parts, by the keys that join them: corpus.store.messages
    "message_keys",  # not "messages": that is a view
    metadata,
    Column("sha256", String(64), ForeignKey("contents.sha256"), primary_key=True),
    Column("part", Integer, primary_key=True),
    Column("quoted", Boolean, nullable=False),
    Column("inline", Boolean, nullable=False),
    Column("fingerprint", String, nullable=False, index=True),
    Column("message_id", String, index=True),
    Column("subject_key", String),
    Column("minute", Integer, index=True),  # since year 1 in UTC
    Column("clock", Boolean, nullable=False),  # false: only the day was printed
    Column("sender_name", String),
    Column("sender_address", String),
)
Index("message_keys_subject", messages.c.subject_key, messages.c.minute)

message_references = Table(
    "message_references",
    metadata,
    Column("sha256", String(64), ForeignKey("contents.sha256"), primary_key=True),
    Column("part", Integer, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("reference", String, nullable=False, index=True),  # the Message-ID of another message
    Column("answer", Boolean, nullable=False),  # named in In-Reply-To, not only in References
)

message_words = Table(  # messages of some length by their words alone, whoever sent them and when
    "message_words",
    metadata,
    Column("sha256", String(64), ForeignKey("contents.sha256"), primary_key=True),
    Column("part", Integer, primary_key=True),
    Column("words", String, nullable=False, index=True),
)

message_quotations = Table(  # the times that a message prints above what it quotes between its own lines
    "message_quotations",
    metadata,
    Column("sha256", String(64), ForeignKey("contents.sha256"), primary_key=True),
    Column("part", Integer, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("minute", Integer, nullable=False, index=True),  # as in messages
    Column("clock", Boolean, nullable=False),
)

link_papers = Table(  # the parts that other papers point to, with what tells them apart: corpus.store.links
    "link_papers",
    metadata,
    Column("sha256", String(64), ForeignKey("contents.sha256"), primary_key=True),
    Column("part", Integer, primary_key=True),
    Column("kind", String, nullable=False),  # proposal, agenda-item, agreement, catalogue, paper
    Column("title", String),
    Column("body", String),  # the political body, as printed
    Column("body_key", String),
    Column("day", String),  # of the meeting or the paper, ISO
    Column("year", Integer),  # the first budget year
    Column("status", String),  # of the decision in it
    Column("decision", Integer),  # where the record of that decision begins in the part
)

link_numbers = Table(  # the numbers under which a paper is filed
    "link_numbers",
    metadata,
    Column("sha256", String(64), ForeignKey("contents.sha256"), primary_key=True),
    Column("part", Integer, primary_key=True),
    Column("kind", String, primary_key=True),
    Column("key", String, primary_key=True),
    Column("text", String, nullable=False),  # as printed
)
Index("link_numbers_key", link_numbers.c.kind, link_numbers.c.key)

link_words = Table(  # the words of a paper's title, without their endings
    "link_words",
    metadata,
    Column("sha256", String(64), ForeignKey("contents.sha256"), primary_key=True),
    Column("part", Integer, primary_key=True),
    Column("word", String, primary_key=True),
)
Index("link_words_word", link_words.c.word, link_words.c.sha256, link_words.c.part)

link_word_counts = Table(  # in how many titles a word stands, of all contents
    "link_word_counts",
    metadata,
    Column("word", String, primary_key=True),
    Column("papers", Integer, nullable=False),
)

link_amounts = Table(  # the amounts of a paper that are not round
    "link_amounts",
    metadata,
    Column("sha256", String(64), ForeignKey("contents.sha256"), primary_key=True),
    Column("part", Integer, primary_key=True),
    Column("value", String, primary_key=True),  # without sign, plain notation; "low-high" of a range
    Column("currency", String, primary_key=True),
    Column("text", String, nullable=False),  # as printed
)
Index("link_amounts_value", link_amounts.c.value, link_amounts.c.currency)

link_pointers = Table(  # the records of type reference by what they point to; laws are left out
    "link_pointers",
    metadata,
    Column("sha256", String(64), ForeignKey("contents.sha256"), primary_key=True),
    Column("ordinal", Integer, primary_key=True),  # that of the record
    Column("part", Integer, nullable=False),
    Column("start", Integer, nullable=False),
    Column("kind", String, nullable=False),  # case, proposal, agenda-item, agreement, catalogue, budget
    Column("key", String, nullable=False),
    Column("title", String),  # of a proposal, where it is printed beside its number
    Column("year", Integer),  # the budget year that is named with it
    Column("body_key", String),
    Column("day", String),  # the meeting's day that is named with it, ISO
)
Index("link_pointers_key", link_pointers.c.kind, link_pointers.c.key)

records = Table(
    "records",
    metadata,
    Column("sha256", String(64), ForeignKey("contents.sha256"), primary_key=True),
    Column("ordinal", Integer, primary_key=True),
    Column("type", String, nullable=False),
    Column("part", Integer, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("page", Integer),
    Column("text", Text, nullable=False),
    Column("quote", Text, nullable=False),
    Column("quote_start", Integer, nullable=False),  # the record is there in the quote
    Column("quote_end", Integer, nullable=False),
    Column("payload", Text, nullable=False),  # the whole record as JSON
)
Index("records_type", records.c.type, records.c.sha256)

problems = Table(
    "problems",
    metadata,
    Column("sha256", String(64), ForeignKey("contents.sha256"), primary_key=True),
    Column("ordinal", Integer, primary_key=True),
    Column("code", String, nullable=False, index=True),
    Column("message", Text, nullable=False),
    Column("part", Integer),
    Column("page", Integer),
)

coverage = Table(  # what of a content is not accounted for and stands in no other table: corpus.store.coverage
    "coverage",
    metadata,
    Column("sha256", String(64), ForeignKey("contents.sha256"), primary_key=True),
    Column("unclaimed_numbers", Integer, nullable=False),  # printed, and in no cell and no record
)

stages = Table(
    "stages",
    metadata,
    Column("sha256", String(64), ForeignKey("contents.sha256"), nullable=False),
    Column("stage", String, nullable=False),  # read, extract, index
    Column("version", String, nullable=False),
    Column("status", String, nullable=False),  # done, failed
    Column("code", String),
    Column("reason", Text),
    Column("tries", Integer, nullable=False),
    Column("at", String, nullable=False),
    UniqueConstraint("sha256", "stage"),
    Index("stages_by_stage", "stage", "version"),
)
