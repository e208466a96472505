"""The fields of the index by their names. Nothing of Whoosh is imported: to open an index and to ask it needs none."""

from __future__ import annotations

from collections.abc import Callable

from indexer.engine.arrays.segments.rows import Row
from indexer.query import NameField

NAMES_FIELD = {NameField.PERSON: "person_names", NameField.SOURCE: "source_names", NameField.PLACE: "place_names"}
"""The field in which the words of a name are looked for; the exact keys are in the field named like it."""

NUMBER_FIELDS: dict[str, Callable[[Row], int]] = {
    "published_first": lambda one: one.first,
    "published_last": lambda one: one.last,
    "added": lambda one: one.added,
}
"""The numeric fields, and what they hold of a row; 0 is not indexed."""

STORED_FIELD = "row"

PAIRS_FIELD = "body_pairs"
"""Neighbours in the body that are both among the commonest words (common.py), as one term."""


SHIFTS = range(0, 64, 4)
"""By how many bits a number is cut short for ranges; Whoosh's default for 64 bits."""


def number_key(cut: int, shift: int) -> bytes:
    """A term by which Whoosh finds a number, cut short by `shift` of its low bits for ranges.

    The shift in a byte, then the number, so moved that it sorts: what NUMERIC.index of a field of 64 bits yields.
    """
    return bytes((shift,)) + (cut + (1 << 63 - shift)).to_bytes(8, "big")
