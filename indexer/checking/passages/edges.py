"""Where a quotation is cut so that its sense turns: what the same sentence says just beyond its edges."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from indexer.checking.passages.source_text import SourceText
from indexer.checking.passages.turning_words import Turn, TurningWord, turning_words

NEAR_WORDS = 4
"""Words beside an edge among which a negation cuts, whatever marks stand between."""

CLAUSE_WORDS = 8
"""Words before an edge among which one cuts that stands in the same clause."""

SENTENCE_WORDS = 80

_CLAUSE_MARK = re.compile(r"[,;:()\[\]—–]|\s-+\s")
_CLOSING_QUOTE = re.compile(r"\A[^\w\s“]*[”\"]")
_BEFORE = frozenset({Turn.NEGATION, Turn.LIMIT, Turn.POSSIBILITY, Turn.DENIAL})
_AFTER = frozenset({Turn.NEGATION, Turn.LIMIT, Turn.DENIAL})
_ONLY = frozenset({"only", "just", "merely", "simply"})


class Cut(NamedTuple):
    """Words of a release beyond an edge of a quotation that turn its sense, and the kinds of those that do."""

    is_before: bool
    words: str
    turns: tuple[Turn, ...]


class Shown(NamedTuple):
    """How many words of the release beyond each edge the draft shows outside the quotation."""

    before: int = 0
    after: int = 0


NOTHING_SHOWN = Shown()


def find_cuts(source: SourceText, first: int, end: int, shown: Shown = NOTHING_SHOWN) -> list[Cut]:
    """The edges of the words from `first` up to `end` that turn their sense."""
    cuts = []
    if before := [at for at in _turning_before(source, first) if at[1] < first - shown.before]:
        start = min(at for _, at in before)
        cuts.append(Cut(True, source.slice(start, first), _kinds(turn for turn, _ in before)))
    if after := [at for at in _turning_after(source, end) if at[1] >= end + shown.after]:
        last = max(at for _, at in after)
        cuts.append(Cut(False, source.slice(end, last + 1), _kinds(turn for turn, _ in after)))
    return cuts


def _kinds(turns: Iterator[Turn]) -> tuple[Turn, ...]:
    found = set(turns)
    return tuple(turn for turn in Turn if turn in found)


def _turning_before(source: SourceText, first: int) -> list[tuple[Turn, int]]:
    start, clause = first, first
    in_clause = True
    while start > 0 and first - start < SENTENCE_WORDS and not source.ends_sentence(start - 1):
        in_clause = in_clause and not _CLAUSE_MARK.search(source.gap_after(start - 1))
        start -= 1
        clause = start if in_clause else clause
    found = []
    for each in _words_that_turn(source, start, first):
        distance = first - each.at
        is_near = distance <= NEAR_WORDS or (each.at >= clause and distance <= CLAUSE_WORDS)
        if _is_condition(each, distance) or (each.turn in _BEFORE and is_near):
            found.append((each.turn, each.at))
    return found


def _turning_after(source: SourceText, end: int) -> list[tuple[Turn, int]]:
    last = end
    while last < len(source.words) and last - end < SENTENCE_WORDS:
        if source.ends_sentence(last - 1) or _CLOSING_QUOTE.search(source.gap_after(last - 1)):
            break
        last += 1
    found = []
    clause = next((at for at in range(end, last) if _begins_clause(source, at)), last)
    for each in _words_that_turn(source, end, last):
        distance = each.at - end + 1
        is_near = distance <= NEAR_WORDS and each.at < clause
        if _is_condition(each, distance) or (each.turn in _AFTER and is_near):
            found.append((each.turn, each.at))
    return found


def _begins_clause(source: SourceText, at: int) -> bool:
    """Whether a statement of its own begins with this word."""
    return source.keys[at] == "and" or ";" in source.gap_after(at - 1)


def _is_condition(word: TurningWord, distance: int) -> bool:
    return word.turn is Turn.CONDITION and (word.word != "when" or distance == 1)


def _words_that_turn(source: SourceText, first: int, end: int) -> Iterator[TurningWord]:
    """The words from `first` up to `end` that turn sense; `not only` and the month of May do not."""
    keys = source.keys[first:end]
    for each in turning_words(keys, with_numbers=False):
        at, following = first + each.at, source.keys[first + each.at + 1 : first + each.at + 2]
        if each.word == "not" and following and following[0] in _ONLY:
            continue
        if each.word in _ONLY and at > 0 and source.keys[at - 1] == "not":
            continue
        if each.word == "may" and source.slice(at, at + 1) == "May" and at > 0 and not source.ends_sentence(at - 1):
            continue
        yield TurningWord(each.turn, each.word, at)
