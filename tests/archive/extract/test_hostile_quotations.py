"""Texts made to be slow to read for quotations: the work grows as the text does, and what is found stands in it.

Work is counted in calls, not in seconds; `python -m benchmarks hard` measures the time.
"""

from __future__ import annotations

import re
import sys
from typing import Any

import pytest

from archive.extract.quotations import read_quotations
from archive.extract.structure import map_sections
from archive.extract.text import split_lines
from archive.release import Kind, Mention, Part, Person, Release
from archive.rules import rule

KB = 1024
MAX_CALLS_A_CHARACTER = 60
"""Far more than any of these texts takes, and far less than a quadratic one would."""

PIECES = {
    "opening marks": "“",
    "straight marks": '"',
    "opened, never closed": "“a b ",
    "opened in each line": "“a b\n",
    "nested": "“a “b” ",
    "nested, never closed": "“a “b ‘c ",
    "marks of teletypes": "``a ",
    "german marks": "„a ",
    "angled marks": "«a ",
    "angled marks the other way": "»a ",
    "corners": "「a ",
    "single marks": "‘a b c d e f g h, ",
    "apostrophes": " 'Ab'c it's",
    "verbs": "said said said ",
    "verbs beside a quotation": "“It is so, we say,” said ",
    "commas": ", ",
    "capitals": "Alpha Beta ",
    "capitals beside a quotation": "“It is so,” Alpha Beta ",
    "titles beside a quotation": "“It is so,” Senator ",
    "a name again and again": "“It is so and so,” Ann Lee said. ",
    "a pronoun again and again": "“It is so and so,” he said. ",
    "a pronoun in each line": "“It is so and so,” he said.\n",
    "names joined": "Ann Lee, Ann Lee and ",
    "an office without end": "Ann Lee, a b c d e f, ",
    "verbs that lead on": "“a”, she said that ",
    "statements": "Ann Lee issued the following statement:\n",
    "statements in one line": "Ann Lee issued a statement ",
    "labels": "MR. LEE: \n",
    "turns": "Q: a b\nMR. LEE: c d\n",
    "letters": "Ann Lee wrote in a letter: ",
    "the letter": "“It is so,” the letter read. ",
    "a letter again and again": "Ann Lee sent a letter. “It is so and so,” the letter read. ",
    "senators": "“It is so,” the senators wrote. ",
    "according": "according to Ann Lee, ",
    "full stops": ". ",
    "parentheses": "(",
    "lines": "\n",
    "a mark in each line": "“\n",
    "spaces": "“It is so,”" + " " * 500,
    "dashes": "“It is so,” - - ",
    "possessives": "Ann Lee’s ",
    "colons": "Ann Lee: ",
}


def release(text: str) -> Release:
    spans = [match.span() for match in re.finditer("Ann Lee", text)]
    mentions = tuple(Mention("Ann Lee", Part.BODY, *span, Kind.SPEAKER, rule("said")) for span in spans)
    person = Person("Ann Lee", Kind.SPEAKER, "", 0.9, mentions)
    return Release("Title", text, None, "", "", "", "", "en", (person,), ())


def read(text: str) -> tuple[Release, int]:
    """The release with its quotations, and the calls that reading them took."""
    lines = split_lines(text)
    sections = map_sections(lines, [])
    calls = 0

    def count(frame: Any, event: str, argument: Any) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        found = read_quotations(release(text), lines, sections)
    finally:
        sys.setprofile(None)
    return found, calls


@pytest.mark.parametrize("name", PIECES)
def test_work_grows_as_the_text_does(name: str) -> None:
    piece = PIECES[name]
    text = piece * (64 * KB // len(piece))
    found, calls = read(text)
    assert calls < MAX_CALLS_A_CHARACTER * len(text) + 100_000
    at = 0
    for each in found.quotations:
        assert at <= each.start < each.end <= len(text)
        assert each.proof_start < each.proof_end <= len(text) or each.proof_end == -1
        at = each.end


@pytest.mark.parametrize("name", ["opening marks", "nested, never closed", "capitals", "a name again and again"])
def test_a_text_of_the_greatest_length_is_read(name: str) -> None:
    piece = PIECES[name]
    text = piece * (1000 * KB // len(piece))
    lines = split_lines(text)
    assert len(read_quotations(release(text), lines, map_sections(lines, [])).quotations) <= 5_000
