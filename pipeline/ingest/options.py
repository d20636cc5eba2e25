"""How a run extracts: with the model that names people, if the workspace is kept with one."""

from __future__ import annotations

import sqlalchemy as sa
from msgspec.structs import replace

from corpus.store.settings import NER_MODEL, NER_TAG, put_setting, setting
from pipeline.extract import DEFAULT_OPTIONS, Options
from pipeline.ingest.versions import extract_version
from pipeline.ner import ModelError, load_nlp


def options_of(engine: sa.Engine, ner_model: str | None) -> Options:
    """The options of a run. ``ner_model``: None for the model that the workspace is kept with, "" for none.

    The model is loaded first (ModelError), then the workspace keeps its name and version.
    """
    with engine.connect() as connection:
        kept = setting(connection, NER_MODEL), setting(connection, NER_TAG)
    name = (kept[0] if ner_model is None else ner_model) or None
    try:
        tag = load_nlp(name).tag if name else None
    except ModelError as error:
        if ner_model is not None:
            raise
        raise ModelError(f"{error} The workspace is kept with it; `akt ingest --no-ner-model` drops it.") from error
    if (name, tag) != kept:
        with engine.begin() as connection:
            put_setting(connection, NER_MODEL, name)
            put_setting(connection, NER_TAG, tag)
    return replace(DEFAULT_OPTIONS, ner_model=name)


def version_of(options: Options) -> str:
    """The version of what these options extract."""
    return extract_version(load_nlp(options.ner_model).tag if options.ner_model else None)


def kept_version(connection: sa.Connection) -> str:
    """The version of the extraction that the workspace is kept with; the model is not loaded for it."""
    return extract_version(setting(connection, NER_TAG))
