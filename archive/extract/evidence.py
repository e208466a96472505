"""Makes evidence and chooses among candidates, which come in order of rank."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from archive.release import Evidence, Part, Stated
from archive.rules import CHANGE, Rule


def stated_evidence(stated: Stated, field: str, value: str, confidence: float = 0.95) -> Evidence:
    """A candidate that a field of the record itself states."""
    return Evidence(field, value, stated.rule, stated.value, Part.STATED, -1, -1, confidence, False)


def slice_evidence(
    field: str, value: str, by: Rule, text: str, span: tuple[int, int], confidence: float, part: Part = Part.BODY
) -> Evidence:
    """A candidate whose words are a slice of one of the stored texts."""
    start, end = span
    return Evidence(field, value, by, text[start:end], part, start, end, confidence, False)


def as_chosen(candidate: Evidence) -> Evidence:
    """A candidate as the chosen one."""
    return Evidence(*candidate[:-1], True)  # faster than `_replace`


def choose(candidates: Iterable[Evidence], winner: Evidence | None) -> tuple[Evidence, ...]:
    """All candidates, the winner first and chosen."""
    if winner is None:
        return tuple(candidates)
    losers = [each for each in candidates if each is not winner]
    return (as_chosen(winner), *losers)


def choose_first(candidates: list[Evidence]) -> tuple[str, tuple[Evidence, ...]]:
    """The value of the first candidate, and all candidates with it chosen."""
    if not candidates:
        return "", ()
    return candidates[0].value, choose(candidates, candidates[0])


_OF_CHANGE = re.compile("updat|modif|revis|amend", re.IGNORECASE)


@lru_cache(1024)
def as_rule_of_change(by: Rule, words: str) -> Rule:
    """The rule of a date, marked where the words of its label say that it is one of change, not of issue."""
    return by.with_params(event=CHANGE) if _OF_CHANGE.search(words) else by
