"""The fields of the index by their names. Nothing of Whoosh is imported: searching needs none of it."""

from __future__ import annotations

from collections.abc import Callable

from indexer.engine.arrays.segments.rows import DocumentRow
from indexer.query import Attribute, NameField

NAMES_FIELD = {NameField.PERSON: "person_names", NameField.SOURCE: "source_names", NameField.PLACE: "place_names"}
"""The field in which the words of a name are searched; the whole values are in the field named like it."""

PATH_FIELDS = {Attribute.FOLDER: "folder_names", Attribute.FILE: "file_names"}
"""The fields in which the words of folders and of whole paths are searched, as in NAMES_FIELD."""

WHOLE_FIELDS = {Attribute.TYPE: "type", Attribute.LANGUAGE: "language"}
"""The fields of whole names: each name of a media type or of a language is one term."""

NUMBER_FIELDS: dict[str, Callable[[DocumentRow], int]] = {
    "published_first": lambda one: one.first,
    "published_last": lambda one: one.last,
    "added": lambda one: one.added,
}
"""The numeric fields, and their value in a row; 0 is not indexed."""

STORED_FIELD = "row"

BIGRAMS_FIELD = "body_pairs"
"""Common bigrams of the body (common_bigrams.py)."""


SHIFTS = range(0, 64, 4)
"""The precisions in which a number is indexed for range queries, in low bits dropped; Whoosh's default for 64 bits."""


def number_key(prefix: int, shift: int) -> bytes:
    """The term of a number without its `shift` low bits, as Whoosh's range queries look it up.

    The shift in a byte, then the number with an offset that makes it sort: what NUMERIC.index of a field of 64 bits
    yields.
    """
    return bytes((shift,)) + (prefix + (1 << 63 - shift)).to_bytes(8, "big")
