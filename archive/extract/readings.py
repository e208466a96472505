"""What a run of capitalised words says by itself: titles, then a name. Worked out once a run and remembered."""

from __future__ import annotations

from typing import NamedTuple

from archive.extract import lexicon
from archive.extract.name_words import followed_by_organisation, name_tokens, peel, skip_common
from archive.extract.names import is_given, is_initial, is_plain_given, is_suffix, word_classes
from archive.extract.runs import PARTICLES, Token, bare, runs_in, tokens_of

_REMEMBERED = 1 << 14


class Name(NamedTuple):
    """The name in a run, by its place in it; `score` and `rule` are what it speaks for itself.

    `vetoed` says that the run goes on as the name of something: "Ryan White Program".
    """

    words: tuple[str, ...]
    start: int
    end: int
    score: float
    rule: str
    vetoed: bool


class Reading(NamedTuple):
    """A run as titles and a name, by their places in it.

    `titled` says that a title or an office ends right before the name, `office` where an office begins that is
    whole in this run (-1: none does), `last` is the last word before the name, `plural` the singular it has if it
    is a plural title.
    """

    titled: bool
    office: int
    last: str
    plural: str
    name: Name | None


class Piece(NamedTuple):
    """A run in its stretch; `surname` is its word where it is a single one that may be a surname."""

    start: int
    text: str
    single: bool
    surname: str
    is_title: bool


@lexicon.remembered_most(_REMEMBERED)
def pieces(stretch: str) -> tuple[Piece, ...]:
    """The runs of a stretch, and which of them is a single word that may be somebody's surname."""
    return tuple(_piece(run.start, run.text) for run in runs_in(stretch))


def _piece(start: int, text: str) -> Piece:
    word, single = bare(text), " " not in text
    kind = word_classes().get(word)
    may_be = single and (kind is None or word in lexicon.words("surnames_that_are_words"))
    return Piece(start, text, single, word if may_be else "", single and kind == "titles")


@lexicon.remembered_most(_REMEMBERED)
def reading(text: str, inherits: bool, of_office: bool) -> Reading:
    """Read a run.

    Args:
        text: the run.
        inherits: an office whose name goes on here stands before it: "Secretary of" State X.
        of_office: what stands between is "for": "Attorney General for" Civil Matters.
    """
    tokens = tokens_of(text)
    first = skip_common(tokens)
    at = peel(tokens, first, inherits)
    before, name = tokens[first:at], name_tokens(tokens, at)
    ends_in_title = bool(before) and _is_title(before[-1].text)
    if name and of_office and not is_given(name[0].text) and not ends_in_title:
        name = []  # "Assistant Attorney General for Civil Matters Boast"
    return Reading(
        titled=ends_in_title or (bool(before) and inherits),
        office=before[0].start if _has_office(before, inherits) else -1,
        last=before[-1].text if before else "",
        plural=lexicon.table("plural_titles").get(before[-1].text, "") if before else "",
        name=_name(tokens, name, at, ends_in_title or (bool(before) and inherits)) if name else None,
    )


def _name(tokens: list[Token], name: list[Token], at: int, titled: bool) -> Name:
    words = tuple(token.text for token in name)
    vetoed = followed_by_organisation(tokens, at + len(name), titled)
    return Name(words, name[0].start, name[-1].end, *_worth(words), vetoed)


def _is_title(word: str) -> bool:
    return word_classes().get(word) == "titles"


def _has_office(before: list[Token], inherits: bool) -> bool:
    """Whether it has an office of its own, but for "Chief of" Staff Gen. X, "Special Agent in" Charge X."""
    return any(_is_title(token.text) for token in before) and not (inherits and before[0].text in ("Staff", "Charge"))


def _worth(words: tuple[str, ...]) -> tuple[float, str]:
    """What the words of a name tell by themselves, and by what rule."""
    score, rule = 0.0, ""
    if is_plain_given(words[0]):
        score, rule = 2.0, "given name"
    elif is_given(words[0]):
        score, rule = 1.0, "given name that is a word"
    if any(map(is_initial, words[:-1])) and any(not is_initial(word) and word not in PARTICLES for word in words):
        score, rule = score + 1, rule or "initial"
    if is_suffix(words[-1]):
        score, rule = score + 1.5, rule or "Jr. or the like"
    eponyms = lexicon.words("eponyms")
    if len(words) > 6 or " ".join(words[:3]) in eponyms or " ".join(words[:2]) in eponyms:
        score -= 6
    return score, rule
