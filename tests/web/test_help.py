"""The help page teaches what the grammar does: every example needs no repair, and every field is named."""

from __future__ import annotations

import datetime as dt

import pytest

from indexer.language.lexer import FIELDS
from indexer.language.parser import parse_query
from indexer.query import Everything, leaves
from web.parts.help_table import TOPICS, Example, field_names

EXAMPLES = [example for topic in TOPICS for example in topic.examples]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.query)
def test_an_example_needs_no_repair(example: Example) -> None:
    reading = parse_query(example.query, dt.date(2011, 1, 20))
    assert not any(notice.is_repair for notice in reading.notices)
    assert not isinstance(reading.clause, Everything)


def test_every_kind_of_clause_has_an_example() -> None:
    kinds = {type(leaf).__name__ for example in EXAMPLES for leaf in leaves(parse_query(example.query).clause)}
    assert kinds == {
        "Word",
        "Phrase",
        "Prefix",
        "Fuzzy",
        "Near",
        "Named",
        "Published",
        "Added",
        "Undated",
        "WithId",
        "Described",
        "Edited",
        "Versions",
        "Withdrawn",
        "Wildcard",
        "PhrasePattern",
        "AnyNamed",
    }


def test_every_field_and_its_other_names_are_listed() -> None:
    assert {name for _, names in field_names() for name in names} == set(FIELDS)
    shown = " ".join(example.query for example in EXAMPLES)
    assert all(f"{field}:" in shown for field in set(FIELDS.values()))
