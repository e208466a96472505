"""The context that reparsing a slice of a file needs: a reader's name and a few values, as a JSON list."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from archive.release import Stated
from archive.rules import decode_rule, encode_params, parse_sentence


def format_context(reader: str, *values: object) -> str:
    """The context of a reader's records: its name and its values for the file."""
    return json.dumps([reader, *values], ensure_ascii=False, separators=(",", ":"))


def parse_context(said: str) -> tuple[str, list[Any]]:
    """The reader's name and its values in a context."""
    reader, *values = json.loads(said)
    return reader, values


def stated_to_lists(stated: Iterable[Stated]) -> list[list[str]]:
    """Stated values as lists, for a context."""
    return [[each.field, each.value, each.rule.code, encode_params(each.rule.params)] for each in stated]


def stated_from_lists(found: list[list[str]]) -> tuple[Stated, ...]:
    """Stated values from the lists in a context; earlier versions kept the sentence of the rule alone."""
    return tuple(
        Stated(field, value, decode_rule(*by) if len(by) > 1 else parse_sentence(by[0])) for field, value, *by in found
    )
