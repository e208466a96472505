"""SQL `IN (...)` conditions for many values: chunks and placeholders."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

Value = TypeVar("Value")

CHUNK = 500
"""Values in one statement; SQLite's limit of variables was 999 for long."""


def in_chunks(values: Sequence[Value]) -> Iterator[Sequence[Value]]:
    """The values, CHUNK at a time."""
    for start in range(0, len(values), CHUNK):
        yield values[start : start + CHUNK]


def placeholders(values: Sequence[object]) -> str:
    """The placeholders of an SQL `IN (...)` for these values: `?, ?, ?`."""
    return ", ".join("?" * len(values))
