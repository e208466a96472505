"""Parses a capitalised span into titles and name by the shapes of its words; cached by shapes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from archive.extract import lexicon
from archive.extract.names import WordShape
from archive.extract.people.name_words import (
    is_followed_by_organisation,
    name_length,
    skip_common,
    skip_titles,
    start_after_occupation,
)

_CACHE_SIZE = 1 << 15
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
    rule: str  # with the score: the evidence in the name itself


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
    score, rule = _score_name(name) if name else (0.0, "")
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
        rule=rule,
    )


def _has_office(before: Sequence[WordShape], inherits: bool) -> bool:
    """Whether it has an office of its own, but for "Chief of" Staff Gen. X, "Special Agent in" Charge X."""
    for each in before:
        if each.kind == "titles":
            return not (inherits and before[0].charge)
    return False


def _score_name(name: Sequence[WordShape]) -> tuple[float, str]:
    """The score of a name's own words, and the rule that gave it."""
    score, rule = _score_given_name(name)
    if any(each.initial for each in name[:-1]):
        score, rule = score + 1, rule or "initial"
    if len(name) > 2 and any(each.quoted for each in name[1:-1]):
        score, rule = score + 2, rule or "nickname in quotation marks"
    if name[-1].suffix:
        score, rule = score + 1.5, rule or "Jr. or the like"
    return score, rule


def _score_given_name(name: Sequence[WordShape]) -> tuple[float, str]:
    first, more = name[0], name[1:]
    if first.only_given:
        return 2.0, "given name"
    last = next((each for each in reversed(more) if not each.suffix), None)
    if last and len(more) > 1 and (first.given or first.initial) and more[0].only_given:
        return 2.0, "given name"  # "Jordan Timothy Jones", "W. Stuart Symington"
    if last and first.before_surnames and not last.kind:
        return 2.0, "given name"
    if last and first.comes_first and last.two_syllables:
        return 2.0, "surname before a given name of two syllables"
    if len(name) == 3 and all(not each.kind and each.syllable for each in name):
        return 1.0, "name of three syllables"  # "Duk Mo Koo": with one cue beside it is enough
    if len(more) == 2 and not (first.kind or first.initial) and more[0].one_initial:
        return 1.0, "initial"  # "Neehar N. Garg": with the initial that is counted below it is enough
    return (1.0, "given name that is a word") if first.given else (0.0, "")


def _is_unlikely(name: Sequence[WordShape]) -> bool:
    """Whether it is too long for a name, or opens with what is a firm's and lost its apostrophe: "DuPonts Kevlar"."""
    long = len(name) > _MAX_NAME_WORDS and sum(not each.particle for each in name) > _MAX_NAME_WORDS
    return long or (len(name) > 1 and name[0].lost_apostrophe and not name[0].given)
