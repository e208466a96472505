"""What a record that is a slice of a file needs to be read again: a few values of its reader's, as one line of text."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from archive.release import Stated


def format_context(reader: str, *values: object) -> str:
    """The context of a reader's records: its name, and what it told itself of the file."""
    return json.dumps([reader, *values], ensure_ascii=False, separators=(",", ":"))


def parse_context(said: str) -> tuple[str, list[Any]]:
    """A context taken apart: the reader's name and its values."""
    reader, *values = json.loads(said)
    return reader, values


def stated_to_lists(stated: Iterable[Stated]) -> list[list[str]]:
    """Stated values as a context can hold them."""
    return [[each.field, each.value, each.rule] for each in stated]


def stated_from_lists(found: list[list[str]]) -> tuple[Stated, ...]:
    """Stated values out of a context."""
    return tuple(Stated(*each) for each in found)
