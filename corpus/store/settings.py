"""What a workspace remembers beside its documents: a few words by key."""

from __future__ import annotations

import sqlalchemy as sa

from corpus.store.schema import meta

NER_MODEL = "ner-model"  # the name by which it was asked for
PDF_ENGINE = "pdf-engine"
INDEX_ENGINE = "index-engine"
FAILURES_TOLD = "failures-told"  # that corpus.store.untold keeps which failures a report has told
PRUNED_UNTOLD = "pruned-untold"  # what was dropped, until a report has told it
NER_TAG = "ner-tag"  # its name and version in the last run: corpus.store.schema.stages has it in the version


def setting(connection: sa.Connection, key: str) -> str | None:
    """The value kept under a key, or None."""
    value = connection.scalar(sa.select(meta.c.value).where(meta.c.key == key))
    return None if value is None else str(value)


def put_setting(connection: sa.Connection, key: str, value: str | None) -> None:
    """Keep a value; None forgets it."""
    connection.execute(meta.delete().where(meta.c.key == key))
    if value is not None:
        connection.execute(meta.insert().values(key=key, value=value))
