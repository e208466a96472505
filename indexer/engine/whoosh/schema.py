"""The Whoosh schema: which fields there are, and how a release fills them."""

from __future__ import annotations

from typing import Any

from whoosh import fields

from archive.release import Entry
from indexer.engine.arrays.segments import NAMES_FIELD, NUMBER_FIELDS, PAIRS_FIELD, STORED_FIELD, row
from indexer.engine.whoosh.analysis import KeyAnalyzer
from indexer.query import NameField


def make_schema() -> fields.Schema:
    """Title and body verbatim with positions and loose with frequencies; names by word and exact; dates by number."""
    verbatim, loose = KeyAnalyzer("verbatim"), KeyAnalyzer("loose")
    names, lines = KeyAnalyzer("names"), KeyAnalyzer("lines")
    return fields.Schema(
        id=fields.ID(unique=True),
        title=fields.TEXT(analyzer=verbatim, phrase=True),
        body=fields.TEXT(analyzer=verbatim, phrase=True),
        title_loose=fields.TEXT(analyzer=loose, phrase=False),
        body_loose=fields.TEXT(analyzer=loose, phrase=False),
        **{PAIRS_FIELD: fields.TEXT(analyzer=KeyAnalyzer("pairs"), phrase=True)},
        **{field: fields.TEXT(analyzer=names, phrase=True) for field in NAMES_FIELD.values()},
        **{name.value: fields.KEYWORD(analyzer=lines) for name in NameField},
        **{field: fields.NUMERIC(int, bits=64) for field in NUMBER_FIELDS},
        **{STORED_FIELD: fields.STORED},
    )


def document(entry: Entry) -> dict[str, Any]:
    """The fields of one release, for a Whoosh writer's `add_document`."""
    one = row(entry)
    spelt = [name for _, names in entry.people for name in names]
    filled: dict[str, Any] = {
        "id": one.id,
        "title": entry.title,
        "body": entry.body,
        "title_loose": entry.title,
        "body_loose": entry.body,
        PAIRS_FIELD: entry.body,
        NAMES_FIELD[NameField.PERSON]: "\n".join(spelt),
        NAMES_FIELD[NameField.SOURCE]: one.source,
        NAMES_FIELD[NameField.PLACE]: one.place,
        **{name.value: "\n".join(one.names(name)) for name in NameField},
        **{field: value(one) or "" for field, value in NUMBER_FIELDS.items()},
        STORED_FIELD: one,
    }
    return {field: value for field, value in filled.items() if value != ""}
