"""The context that reparsing a slice of a file needs: a reader's name and a few values, as a JSON list."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from archive.release import Stated


def format_context(reader: str, *values: object) -> str:
    """The context of a reader's records: its name and its values for the file."""
    return json.dumps([reader, *values], ensure_ascii=False, separators=(",", ":"))


def parse_context(said: str) -> tuple[str, list[Any]]:
    """The reader's name and its values in a context."""
    reader, *values = json.loads(said)
    return reader, values


def stated_to_lists(stated: Iterable[Stated]) -> list[list[str]]:
    """Stated values as lists, for a context."""
    return [[each.field, each.value, each.rule] for each in stated]


def stated_from_lists(found: list[list[str]]) -> tuple[Stated, ...]:
    """Stated values from the lists in a context."""
    return tuple(Stated(*each) for each in found)
