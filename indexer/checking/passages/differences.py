"""What differs between a quotation and a passage: left out, put in, changed, and which of it turns the sense."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from indexer.checking.passages.number_words import normalise_numbers
from indexer.checking.passages.sameness import Wording, differ_in_marks
from indexer.checking.passages.turning_words import Turn, expand, find_turns
from indexer.results import Span

MAX_REPLACED = 6
"""Words of a release that a bracket may stand for."""

MAX_ASIDE = 15
"""Words with which a release may interrupt a speaker."""

SAME_NUMBER = "the same number, written otherwise"
SAME_WORDS = "the same words, written otherwise"


NOWHERE = Span(0, 0)


class Change(StrEnum):
    """What was done to the words of a release."""

    LEFT_OUT = "left out"
    PUT_IN = "put in"
    CHANGED = "changed"
    BRACKET = "bracket"  # openly, by the writer
    ASIDE = "interrupted"  # by the release, between two quotations of one speaker


@dataclass(frozen=True, slots=True)
class Difference:
    """Words that differ: as the release has them and as the draft has them, "" where a side has none.

    `first` and `end` are the words of the release by number, `at` and `until` those of the draft; `span` are the
    offsets of the former in headline and body together.
    """

    change: Change
    release: str
    draft: str
    turns: tuple[Turn, ...] = ()
    note: str = ""
    first: int = 0
    end: int = 0
    at: int = 0
    until: int = 0
    span: Span = NOWHERE

    @property
    def counts(self) -> bool:
        """Whether it alters the quotation; what the writer shows and turns nothing does not."""
        return self.change not in (Change.BRACKET, Change.ASIDE) or bool(self.turns)


def describe_change(
    release: Wording, draft: Wording, names: Sequence[str] = (), *, brackets: Sequence[str] | None = None
) -> Difference | None:
    """The difference of two wordings; None where only marks differ.

    Args:
        release: the words of the release; it may have none.
        draft: those of the draft without those in brackets.
        names: words of either that are names.
        brackets: those in brackets; None where there is no bracket.
    """
    if brackets is not None and not draft.keys and len(release.keys) <= MAX_REPLACED:
        turns = _serious(find_turns(release.keys, brackets), release.keys)
        return Difference(Change.BRACKET, release.text, f"[{' '.join(brackets)}]", turns)
    keys = [*draft.keys, *(brackets or ())]
    if brackets is None and differ_in_marks(release, draft):
        return None
    change = Change.CHANGED if release.keys and keys else Change.LEFT_OUT if release.keys else Change.PUT_IN
    note = _same_otherwise(release.keys, keys) if change is Change.CHANGED else ""
    turns = () if note else tuple(find_turns(release.keys, keys))
    if not note and names:
        turns = tuple(turn for turn in Turn if turn in turns or turn is Turn.NAME)
    return Difference(change, release.text, draft.text, turns, note)


def _serious(turns: Sequence[Turn], replaced: Sequence[str]) -> tuple[Turn, ...]:
    """The kinds that a writer's bracket may not touch."""
    return tuple(turn for turn in turns if turn is not Turn.QUANTITY or replaced)


def _same_otherwise(one: Sequence[str], other: Sequence[str]) -> str:
    """In which way two wordings say the same; "" where they do not."""
    long = expand(one), expand(other)
    if long[0] == long[1]:
        return SAME_WORDS
    return SAME_NUMBER if normalise_numbers(long[0]) == normalise_numbers(long[1]) else ""


def is_aside(before: str, text: str, after: str, words: int, said: re.Pattern[str]) -> bool:
    """Whether words stand between two quotations of a release and say who speaks.

    Args:
        before: what stands between them and the word before.
        text: the words.
        after: what stands between them and the word behind.
        words: how many they are.
        said: finds a verb of speech.
    """
    opens = re.match(r"[^\w“]*[”\"]", before)
    closes = re.search(r"[“\"]\W*$", after)
    return bool(opens and closes and words <= MAX_ASIDE and said.search(text))
