"""Parses a capitalised span into titles and name by the shapes of its words; cached by shapes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from archive.extract import lexicon
from archive.extract.names import WordShape
from archive.extract.people.name_words import (
    find_later_title,
    is_doubtful_surname,
    is_followed_by_organisation,
    name_length,
    skip_common,
    skip_titles,
    start_after_occupation,
)

_CACHE_SIZE = 1 << 15
_DOUBTFUL_SURNAME = 0.5
"""The score of a given name before a word of the lists that is seldom a surname: cues beside it must tell."""

_CALLED_AFTER = 2.0
"""What is taken off the score of a name that ends as a thing's does; cues beside it may outweigh it."""

_MAX_NAME_WORDS = 6  # of a name, its particles ("de la", "van der") not counted


@dataclass(slots=True)
class NameParse:
    """A span parsed into titles and name, as numbers of its words.

    `is_relevant` is whether the span alone has a name or leads up to what follows. `titles_start` and `titles_end` are
    where its titles begin and end, `start` and `end` the same of its name (equal where it has none).
    """

    is_relevant: bool
    titles_start: int
    titles_end: int
    start: int
    end: int
    has_title: bool  # a title or an office ends at `titles_end`
    has_office: bool  # an office begins at `titles_start` and is complete in this span
    has_plural_title: bool  # the last word before the name is a plural title
    is_vetoed: bool  # the span continues as the name of something: "Ryan White Program"
    is_unlikely: bool  # the name is hardly a person's
    score: float
    code: str  # with the score: the evidence in the name itself


WordShapes = tuple[WordShape, ...]


@lexicon.lru_cached(_CACHE_SIZE)
def parse_name(words: WordShapes) -> NameParse:
    """Parse a span that stands alone, by the shapes of its words."""
    return _parse(words, inherits=False, of_office=False)


@lexicon.lru_cached(_CACHE_SIZE)
def parse_name_after_office(words: WordShapes, by_for: bool) -> NameParse:
    """The same where an office before continues in the span: "Secretary of" State X; `by_for`: "Secretary for"."""
    return _parse(words, inherits=True, of_office=by_for)


def _parse(words: WordShapes, inherits: bool, of_office: bool) -> NameParse:
    first = skip_common(words)
    at = skip_titles(words, first, inherits)
    length = name_length(words, at)
    if not inherits and not _names_somebody(words, first, at, at + length):
        first, at = find_later_title(words, first, at + max(1, length)) or (first, at)
        length = name_length(words, at)
    ends_in_title = at > first and words[at - 1].kind == "titles"
    if length and of_office and not words[at].given and not ends_in_title:
        length = 0  # "Assistant Attorney General for Civil Matters Boast"
    end = at + length
    start = start_after_occupation(words, at, end)
    name = words[start:end]
    has_title = ends_in_title or (at > first and inherits)
    has_office = _has_office(words[first:at], inherits)
    has_plural_title = at > first and words[at - 1].plural
    is_vetoed = bool(name) and is_followed_by_organisation(words, end, has_title and start == at)
    score, code = _score_name(name) if name else (0.0, "")
    if name and _is_called_after_somebody(name, has_title):
        score -= _CALLED_AFTER if not has_title else 2 * _CALLED_AFTER
    leads = has_plural_title or (has_office and not name)
    says = any(each.kind == "titles" or each.may_be_name for each in words)
    return NameParse(
        # A name that goes on may have lost its apostrophe where a title stands before it.
        is_relevant=says and (leads or (bool(name) and (has_title or not is_vetoed))),
        titles_start=first,
        titles_end=at,
        start=start,
        end=end,
        has_title=has_title,
        has_office=has_office,
        has_plural_title=has_plural_title,
        is_vetoed=is_vetoed,
        is_unlikely=bool(name) and _is_unlikely(name),
        score=score,
        code=code,
    )


def _names_somebody(words: WordShapes, first: int, at: int, end: int) -> bool:
    """Whether what a span begins with is somebody's name, so that a title further on is no title of the same name."""
    if end - at < 2 or is_followed_by_organisation(words, end, at > first):
        return False
    return words[at].only_given or (at > first and words[at - 1].kind == "titles")


def _has_office(before: Sequence[WordShape], inherits: bool) -> bool:
    """Whether it has an office of its own, but for "Chief of" Staff Gen. X, "Special Agent in" Charge X."""
    for each in before:
        if each.kind == "titles":
            return not (inherits and before[0].charge)
    return False


def _score_name(name: Sequence[WordShape]) -> tuple[float, str]:
    """The score of a name's own words, and the rule that gave it."""
    score, code = _score_given_name(name)
    if any(each.initial for each in name[:-1]):
        score, code = score + 1, code or "initial"
    if len(name) > 2 and any(each.quoted for each in name[1:-1]):
        score, code = score + 2, code or "nickname"
    if name[-1].suffix:
        score, code = score + 1.5, code or "suffix"
    return score, code


def _score_given_name(name: Sequence[WordShape]) -> tuple[float, str]:
    first, more = name[0], name[1:]
    if first.only_given and more and not more[0].initial and is_doubtful_surname(name[-1]):
        return _DOUBTFUL_SURNAME, "given name before a word that is seldom a surname"
    if first.only_given:
        return 2.0, "given-name"
    last = next((each for each in reversed(more) if not each.suffix), None)
    if last and len(more) > 1 and (first.given or first.initial) and more[0].only_given:
        return 2.0, "given-name"  # "Jordan Timothy Jones", "W. Stuart Symington"
    if last and first.before_surnames and not last.kind:
        return 2.0, "given-name"
    if last and first.comes_first and last.two_syllables:
        return 2.0, "surname-first"
    if len(name) == 3 and all(not each.kind and each.syllable for each in name):
        return 1.0, "three-syllables"  # "Duk Mo Koo": with one cue beside it is enough
    if len(more) == 2 and not (first.kind or first.initial) and more[0].one_initial:
        return 1.0, "initial"  # "Neehar N. Garg": with the initial that is counted below it is enough
    return (1.0, "given-name-word") if first.given else (0.0, "")


def _is_called_after_somebody(name: Sequence[WordShape], has_title: bool) -> bool:
    """Whether it ends as a thing does that is called after somebody: "Henry Clark Park", "Clintons White House"."""
    words = [word for word in name if not word.suffix]
    if len(words) < 3 or words[-1].kind != "organisations":
        return False
    before = words[-2]
    if all(word.syllable for word in words):
        return False  # "Mi Yung Park"
    named = before.given or before.initial or before.particle or before.quoted or words[0].initial
    return not named and not (has_title and words[0].given)


def _is_unlikely(name: Sequence[WordShape]) -> bool:
    """Whether it is too long for a name, or opens with what is a firm's and lost its apostrophe: "DuPonts Kevlar"."""
    long = len(name) > _MAX_NAME_WORDS and sum(not each.particle for each in name) > _MAX_NAME_WORDS
    return long or (len(name) > 1 and name[0].lost_apostrophe and not name[0].given)
