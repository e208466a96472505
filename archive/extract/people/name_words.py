"""Tells the titles and places before a name from the name, by the shapes of the words of a span."""

from __future__ import annotations

from collections.abc import Sequence

from archive.extract.names import WordShape

_MAX_OFFICE_WORDS = 8
"""Words of an office at most, with what it is of."""


def skip_common(words: Sequence[WordShape]) -> int:
    """How many words at the head of a span only begin its sentence: "Meanwhile President Obama"."""
    at = 0
    while at < len(words) and _begins_sentence(words, at):
        at += 1
    return at


def _begins_sentence(words: Sequence[WordShape], at: int) -> bool:
    word = words[at]
    if word.kind not in ("common", "months") and not word.particle:
        return False
    if at + 1 == len(words):
        return True
    following = words[at + 1]
    if word.direction and following.kind == "places":
        return False  # "New Jersey Governor Jon Corzine"
    return not word.given or bool(following.kind)  # "April Ryan"


def skip_titles(words: Sequence[WordShape], at: int, inherits: bool) -> int:
    """Where the name begins: after titles, organisations, places and abbreviations.

    `inherits` is whether an office before the span continues in it: "Secretary of" State X.
    """
    while at < len(words) and _is_before_name(words, at, inherits):
        at += 2 if at + 1 < len(words) and _is_place_prefix(words[at], words[at + 1]) else 1
    return min(at, len(words))


def _is_place_prefix(word: WordShape, following: WordShape) -> bool:
    """Whether the next word belongs to the same place: "San Jose", "East Timor", but not "Middle East Tobias"."""
    return word.place_prefix or (word.direction and not following.only_given)


def _is_before_name(words: Sequence[WordShape], at: int, inherits: bool) -> bool:
    word, more = words[at], at + 2 < len(words)
    if at + 1 < len(words):
        following = words[at + 1]
        if word.given and not (inherits and word.kind == "places" and more):
            return bool(word.kind) and not _is_given_before(word.kind, following)
        if not word.kind and more and following.only_given and not word.given:
            # "Auctioneer Dunstan Pike", and "Secretary for the Western" Hemisphere Tom Shannon
            return inherits or word.trade or word.is_never_name
        if not word.kind and not word.given and more and inherits and following.kind == "organisations":
            return True  # "Assistant Secretary for Educational and Cultural Affairs Dina Powell"
        if not word.kind and not word.given and more and following.kind == "titles":
            return True  # "Trial Attorney Andrew McCormack"
    return bool(word.kind) or word.is_never_name


def _is_given_before(kind: str, following: WordShape) -> bool:
    """Whether a given name that is also a place or a title is a name here.

    "Virginia Foxx" is one and "Virginia Beach" is none; "Dean Holloway" is one and "Dean John Smith" has a title.
    """
    if following.surname or following.initial:
        return True
    return not following.kind and not (kind == "titles" and following.only_given)


def name_length(words: Sequence[WordShape], at: int) -> int:
    """How many words from `at` on can all be of one name."""
    end = at
    while end < len(words) and (
        _may_follow(words[end], words[end - 1] if end > at else None) or (end > at and _is_part_of_name(words, at, end))
    ):
        end += 1
    while end > at and _cannot_end(words[end - 1]):
        end -= 1
    for word in words[at:end]:
        if not word.initial:
            return end - at
    return 0


def _is_part_of_name(words: Sequence[WordShape], at: int, end: int) -> bool:
    """Whether a word of the lists is of the name that began: "Anne Venice Jalos", "James M. Steel"."""
    word, before = words[end], words[end - 1]
    if word.saint:
        following = words[end + 1] if end + 1 < len(words) else None
        return bool(following and before.only_given and (following.given or not following.kind))  # "Karen St. Pierre"
    if before.initial:
        return end - at > 1 and words[end - 2].given and word.kind not in ("common", "titles")
    if is_doubtful_surname(word) and end - at <= 2 and words[at].only_given and _is_last(words, end):
        return before.only_given or before.initial  # "Nicholas Durham": cues beside it must tell
    if word.kind != "places" or end + 1 == len(words) or not before.only_given:
        return False
    following = words[end + 1]
    return not (following.kind or following.is_never_name or following.initial or following.suffix)


def is_doubtful_surname(word: WordShape) -> bool:
    """Whether it is a word of the lists that somebody may be called, although that is rare."""
    return word.kind == "places" and not (word.surname or word.given)


def _is_last(words: Sequence[WordShape], at: int) -> bool:
    return at + 1 == len(words) or (at + 2 == len(words) and words[at + 1].suffix)


def find_later_title(words: Sequence[WordShape], first: int, start: int) -> tuple[int, int] | None:
    """Where an office that ends in a title inside a span begins, and where the name after it does.

    No list has the words before the title: "Civil Rights Division Trial Attorney", "Oak County Sheriff". The office
    begins with the span's word `first`; the title stands at `start` or later.
    """
    for at in range(len(words) - 2, start - 1, -1):
        title, before = words[at], words[at - 1]
        is_surname = title.given or before.only_given or (title.surname and (before.given or before.initial))
        if title.kind == "titles" and not is_surname:
            name = skip_titles(words, at, False)
            length = name_length(words, name)
            if length and not is_followed_by_organisation(words, name + length, True):
                return first if name - first <= _MAX_OFFICE_WORDS else at, name
    return None


def start_after_occupation(words: Sequence[WordShape], at: int, end: int) -> int:
    """Where the name begins if an occupation stands before its given name: "Doolittle Raider Richard Cole"."""
    if end - at < 3 or words[at].given or words[at].initial:
        return at
    for start in range(at + 1, end - 1):
        before = words[start - 1]
        if words[start].only_given and before.calling and not before.given and not words[start + 1].suffix:
            return start
    return at


def _cannot_end(word: WordShape) -> bool:
    return word.particle or word.quoted or word.initial


def _may_follow(word: WordShape, before: WordShape | None) -> bool:
    if before and before.suffix:
        return False  # "... Bobby Lee Jr. Lee was charged"
    if word.initial:
        return not word.acronym  # "Memphis U.S. Immigration"
    if word.particle or word.suffix or word.quoted:
        return before is not None
    if word.acronym:
        return before is not None and before.particle
    if word.kind:
        return _may_be_name(word, before)
    return not word.small  # "al-Nadeem" and "d'Estaing" begin small


def _may_be_name(word: WordShape, before: WordShape | None) -> bool:
    """Whether a word of the lists can be part of a name here: "van der Hall", "Anita Hill", "Paul Jordan Smith"."""
    if before and before.particle and word.kind == "months" and not word.given:
        return False  # "what the board had Ann Lee do Monday"
    if before and (before.particle or word.surname):
        return True
    return word.given and (not before or word.kind != "titles")


def is_followed_by_organisation(words: Sequence[WordShape], after: int, titled: bool) -> bool:
    """Whether the span continues as the name of something: "Ryan White Program"."""
    if after >= len(words):
        return False
    word = words[after]
    if word.kind == "organisations" or word.acronym:
        return True
    return word.kind in ("common", "places") and not titled
