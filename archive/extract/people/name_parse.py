"""Where titles and name of a run are, told by what its words can be: worked out once for words of these shapes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from archive.extract import lexicon
from archive.extract.names import Shape
from archive.extract.people.name_words import followed_by_organisation, late_start, name_length, peel, skip_common

_REMEMBERED = 1 << 15
_MOST_WORDS = 6  # of a name, its particles ("de la", "van der") not counted


@dataclass(slots=True)
class Plan:
    """A run as numbers of its words.

    `tells` is whether the run alone has a name or leads up to what follows.
    `first` and `at` are where its titles begin and end, `start` and `end` the same of its name (both are the same
    where it has none).
    """

    tells: bool
    first: int
    at: int
    start: int
    end: int
    titled: bool  # a title or an office ends at `at`
    office: bool  # an office begins at `first` that is whole in this run
    plural: bool  # the last word before the name is a plural title
    vetoed: bool  # the run goes on as the name of something: "Ryan White Program"
    doubted: bool  # the name is hardly a person's
    score: float
    rule: str  # it and the score are what the name speaks for itself


Shapes = tuple[Shape, ...]


@lexicon.remembered_most(_REMEMBERED)
def plan_of(words: Shapes) -> Plan:
    """Tell titles and name of a run apart that stands alone, by the shapes of its words."""
    return _plan(words, inherits=False, of_office=False)


@lexicon.remembered_most(_REMEMBERED)
def plan_after_office(words: Shapes, by_for: bool) -> Plan:
    """The same where the office before goes on in the run: "Secretary of" State X; `by_for`: "Secretary for"."""
    return _plan(words, inherits=True, of_office=by_for)


def _plan(words: Shapes, inherits: bool, of_office: bool) -> Plan:
    first = skip_common(words)
    at = peel(words, first, inherits)
    length = name_length(words, at)
    ends_in_title = at > first and words[at - 1].kind == "titles"
    if length and of_office and not words[at].given and not ends_in_title:
        length = 0  # "Assistant Attorney General for Civil Matters Boast"
    end = at + length
    start = late_start(words, at, end)
    name = words[start:end]
    titled = ends_in_title or (at > first and inherits)
    office = _has_office(words[first:at], inherits)
    plural = at > first and words[at - 1].plural
    vetoed = bool(name) and followed_by_organisation(words, end, titled and start == at)
    score, rule = _worth(name) if name else (0.0, "")
    leads = plural or (office and not name)
    says = any(each.kind == "titles" or each.of_names for each in words)
    return Plan(
        # A name that goes on may have lost its apostrophe where a title stands before it.
        tells=says and (leads or (bool(name) and (titled or not vetoed))),
        first=first,
        at=at,
        start=start,
        end=end,
        titled=titled,
        office=office,
        plural=plural,
        vetoed=vetoed,
        doubted=bool(name) and _is_doubted(name),
        score=score,
        rule=rule,
    )


def _has_office(before: Sequence[Shape], inherits: bool) -> bool:
    """Whether it has an office of its own, but for "Chief of" Staff Gen. X, "Special Agent in" Charge X."""
    for each in before:
        if each.kind == "titles":
            return not (inherits and before[0].charge)
    return False


def _worth(name: Sequence[Shape]) -> tuple[float, str]:
    """What the words of a name tell by themselves, and by what rule."""
    score, rule = _worth_of_given(name)
    if any(each.initial for each in name[:-1]):
        score, rule = score + 1, rule or "initial"
    if len(name) > 2 and any(each.quoted for each in name[1:-1]):
        score, rule = score + 2, rule or "nickname in quotation marks"
    if name[-1].suffix:
        score, rule = score + 1.5, rule or "Jr. or the like"
    return score, rule


def _worth_of_given(name: Sequence[Shape]) -> tuple[float, str]:
    first, more = name[0], name[1:]
    if first.plain:
        return 2.0, "given name"
    last = next((each for each in reversed(more) if not each.suffix), None)
    if last and len(more) > 1 and (first.given or first.initial) and more[0].plain:
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


def _is_doubted(name: Sequence[Shape]) -> bool:
    """Whether it is too long for a name, or opens with what is a firm's and lost its apostrophe: "DuPonts Kevlar"."""
    long = len(name) > _MOST_WORDS and sum(not each.particle for each in name) > _MOST_WORDS
    return long or (len(name) > 1 and name[0].lost_apostrophe and not name[0].given)
