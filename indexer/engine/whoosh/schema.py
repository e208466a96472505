"""The Whoosh schema: which fields there are, and how a release fills them."""

from __future__ import annotations

from typing import Any

from whoosh import fields

from archive.release import IndexDocument
from indexer.engine.arrays.segments import (
    BIGRAMS_FIELD,
    NAMES_FIELD,
    NUMBER_FIELDS,
    PATH_FIELDS,
    STORED_FIELD,
    WHOLE_FIELDS,
    make_row,
)
from indexer.engine.whoosh.analysis import KeyAnalyzer
from indexer.language import attribute_values
from indexer.query import NameField


def make_schema() -> fields.Schema:
    """Title and body exact with positions and stemmed with frequencies; names by word and whole; dates as numbers.

    Paths by word, types and languages whole.
    """
    exact, stemmed = KeyAnalyzer("verbatim"), KeyAnalyzer("loose")
    names, lines = KeyAnalyzer("names"), KeyAnalyzer("lines")
    return fields.Schema(
        id=fields.ID(unique=True),
        title=fields.TEXT(analyzer=exact, phrase=True),
        body=fields.TEXT(analyzer=exact, phrase=True),
        title_loose=fields.TEXT(analyzer=stemmed, phrase=False),
        body_loose=fields.TEXT(analyzer=stemmed, phrase=False),
        **{BIGRAMS_FIELD: fields.TEXT(analyzer=KeyAnalyzer("pairs"), phrase=True)},
        **{field: fields.TEXT(analyzer=names, phrase=True) for field in (*NAMES_FIELD.values(), *PATH_FIELDS.values())},
        **{field: fields.KEYWORD(analyzer=lines) for field in (*map(str, NameField), *WHOLE_FIELDS.values())},
        **{field: fields.NUMERIC(int, bits=64) for field in NUMBER_FIELDS},
        **{STORED_FIELD: fields.STORED},
    )


def make_document(entry: IndexDocument) -> dict[str, Any]:
    """The fields of one release, for a Whoosh writer's `add_document`."""
    row = make_row(entry)
    attributes = attribute_values(entry.paths, entry.media_type, entry.language)
    values: dict[str, Any] = {
        "id": row.id,
        "title": entry.title,
        "body": entry.body,
        "title_loose": entry.title,
        "body_loose": entry.body,
        BIGRAMS_FIELD: entry.body,
        NAMES_FIELD[NameField.PERSON]: "\n".join(entry.names_of_people),
        NAMES_FIELD[NameField.SOURCE]: "\n".join(row.names(NameField.SOURCE)),
        NAMES_FIELD[NameField.PLACE]: row.place,
        **{name.value: "\n".join(row.names(name)) for name in NameField},
        **{
            field: "\n".join(attributes[attribute])
            for attribute, field in (*PATH_FIELDS.items(), *WHOLE_FIELDS.items())
        },
        **{field: value(row) or "" for field, value in NUMBER_FIELDS.items()},
        STORED_FIELD: row,
    }
    return {field: value for field, value in values.items() if value != ""}
