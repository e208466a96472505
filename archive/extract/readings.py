"""What a run of capitalised words says by itself: titles, then a name. Worked out once a stretch and remembered."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from archive.extract import lexicon
from archive.extract.name_words import followed_by_organisation, late_start, name_length, peel, skip_common
from archive.extract.names import fold_name, surname_of
from archive.extract.runs import runs_in
from archive.extract.words import Word, cut, word

_REMEMBERED = 1 << 15


@dataclass(slots=True)
class Name:
    """The name in a run, by its place in it; `score` and `rule` are what it speaks for itself.

    `vetoed` says that the run goes on as the name of something: "Ryan White Program".
    """

    words: tuple[str, ...]
    surname: str  # for comparison
    start: int
    end: int
    score: float
    rule: str
    vetoed: bool


@dataclass(slots=True)
class Reading:
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

    @property
    def tells(self) -> bool:
        """Whether it has a name that is one, or leads up to what follows."""
        if self.plural or not self.name:
            return bool(self.plural) or self.office >= 0
        return not self.dismissed

    @property
    def dismissed(self) -> bool:
        """Whether its name goes on as the name of something, and lost no apostrophe: "President Obamas Task Force"."""
        return bool(self.name and self.name.vetoed and not (self.titled and self.name.words[-1].endswith("s")))


@dataclass(slots=True)
class Piece:
    """A run in its stretch: its words, where each begins in the run, and what it says standing alone.

    `surname` is its word, for comparison, where it is a single one that may be a surname; `alone` is None where it
    says nothing but that, or nothing at all.
    """

    start: int
    length: int
    words: tuple[Word, ...]
    places: tuple[int, ...]
    surname: str
    alone: Reading | None
    _in_list: Reading | None = None
    _after_of: Reading | None = None
    _after_for: Reading | None = None

    def in_list(self) -> Reading:
        """What it says in a list of names, where a single word can be one."""
        self._in_list = self._in_list or self.alone or read(self.words, self.places)
        return self._in_list

    def after_office(self, by_for: bool) -> Reading:
        """What it says where the office before goes on in it: "Secretary of" State X; `by_for`: "Secretary for"."""
        if by_for:
            self._after_for = self._after_for or read(self.words, self.places, True, True)
            return self._after_for
        self._after_of = self._after_of or read(self.words, self.places, True)
        return self._after_of


@dataclass(slots=True)
class Pieces:
    """The runs of a stretch, and those of them that matter where no run before leads up to them."""

    every: tuple[Piece, ...]
    telling: tuple[Piece, ...]


@lexicon.remembered_most(_REMEMBERED)
def pieces(stretch: str) -> Pieces:
    """Cut a stretch into runs and read them."""
    every = tuple(_cut_exactly(stretch) if _ODD.search(stretch) else _cut_at_spaces(stretch))
    if len(every) == 1:
        return Pieces(every, every if every[0].surname or every[0].alone else ())
    leads = any(piece.alone and (piece.alone.office >= 0 or piece.alone.plural) for piece in every)
    return Pieces(every, every if leads else tuple(piece for piece in every if piece.surname or piece.alone))


_ODD = re.compile(r",| [\"“('‘]")
"""More than spaces between words: a comma before a suffix, a nickname in quotation marks."""


def _cut_exactly(stretch: str) -> list[Piece]:
    found = []
    for run in runs_in(stretch):
        tokens = run.tokens
        words, places = tuple(word(token.text) for token in tokens), tuple(token.start - run.start for token in tokens)
        found.append(_piece(run.start, len(run.text), words, places))
    return found


def _cut_at_spaces(stretch: str) -> list[Piece]:
    """The same for the many stretches that have nothing but spaces between their words."""
    found: list[Piece] = []
    words: list[Word] = []
    places: list[int] = []
    at = 0
    for text in stretch.split(" "):
        now = cut(text) if text else None
        if now and (words or not now.small):
            words.append(now)
            places.append(at)
        if words and text and not (now and now.goes_on):
            found.append(_piece_of(words, places))
            words, places = [], []
        at += len(text) + 1
    return [*found, _piece_of(words, places)] if words else found


def _piece_of(words: list[Word], places: list[int]) -> Piece:
    start = places[0]
    length = places[-1] + len(words[-1].text) - start
    return _piece(start, length, tuple(words), tuple([place - start for place in places]))


def _piece(start: int, length: int, words: tuple[Word, ...], places: tuple[int, ...]) -> Piece:
    first = words[0]
    if len(words) == 1 and first.kind != "titles":
        surname = fold_name(first.text) if not first.kind or first.surname else ""
        return Piece(start, length, words, places, surname, None)
    for each in words:
        if each.kind == "titles" or each.of_names:
            alone = read(words, places)
            return Piece(start, length, words, places, "", alone if alone.tells else None)
    return Piece(start, length, words, places, "", None)


def read(words: Sequence[Word], places: Sequence[int], inherits: bool = False, of_office: bool = False) -> Reading:
    """Read the words of a run.

    Args:
        words: the words.
        places: where each begins.
        inherits: an office whose name goes on here stands before it: "Secretary of" State X.
        of_office: what stands between is "for": "Attorney General for" Civil Matters.
    """
    first = skip_common(words)
    at = peel(words, first, inherits)
    length = name_length(words, at)
    ends_in_title = at > first and words[at - 1].kind == "titles"
    if length and of_office and not words[at].given and not ends_in_title:
        length = 0  # "Assistant Attorney General for Civil Matters Boast"
    titled = ends_in_title or (at > first and inherits)
    start = late_start(words, at, at + length)
    last = words[at - 1].text if at > first else ""
    return Reading(
        titled=titled,
        office=places[first] if _has_office(words[first:at], inherits) else -1,
        last=last,
        plural=lexicon.table("plural_titles").get(last, ""),
        name=_name(words, places, start, at + length, titled and start == at) if length else None,
    )


def _has_office(before: Sequence[Word], inherits: bool) -> bool:
    """Whether it has an office of its own, but for "Chief of" Staff Gen. X, "Special Agent in" Charge X."""
    for each in before:
        if each.kind == "titles":
            return not (inherits and before[0].text in ("Staff", "Charge"))
    return False


def _name(words: Sequence[Word], places: Sequence[int], start: int, end: int, titled: bool) -> Name:
    name = words[start:end]
    vetoed = followed_by_organisation(words, end, titled)
    texts = tuple([each.text for each in name])
    return Name(texts, surname_of(texts), places[start], places[end - 1] + len(texts[-1]), *_worth(name, texts), vetoed)


def _worth(name: Sequence[Word], texts: tuple[str, ...]) -> tuple[float, str]:
    """What the words of a name tell by themselves, and by what rule."""
    score, rule = _worth_of_given(name)
    for each in name[:-1]:
        if each.initial:
            score, rule = score + 1, rule or "initial"
            break
    if len(name) > 2 and any(each.quoted for each in name[1:-1]):
        score, rule = score + 2, rule or "nickname in quotation marks"
    if name[-1].suffix:
        score, rule = score + 1.5, rule or "Jr. or the like"
    eponyms = lexicon.words("eponyms")
    if (
        (len(name) > _MOST_WORDS and sum(not each.particle for each in name) > _MOST_WORDS)
        or _is_of_a_firm(name)
        or (len(name) > 1 and (" ".join(texts[:2]) in eponyms or " ".join(texts[:3]) in eponyms))
    ):
        score -= 6
    return score, rule


def _worth_of_given(name: Sequence[Word]) -> tuple[float, str]:
    first, more = name[0], name[1:]
    if first.plain:
        return 2.0, "given name"
    last = next((each for each in reversed(more) if not each.suffix), None)
    if last and len(more) > 1 and (first.given or first.initial) and more[0].plain:
        return 2.0, "given name"  # "Jordan Timothy Jones", "W. Stuart Symington"
    if last and first.text in lexicon.words("names_before_surnames") and not last.kind:
        return 2.0, "given name"
    if last and first.text in lexicon.words("surnames_that_come_first") and _TWO_SYLLABLES.fullmatch(last.text):
        return 2.0, "surname before a given name of two syllables"
    if len(name) == 3 and all(not each.kind and _SYLLABLE.fullmatch(each.text) for each in name):
        return 1.0, "name of three syllables"  # "Duk Mo Koo": with one cue beside it is enough
    if len(more) == 2 and not (first.kind or first.initial) and _ONE_INITIAL.fullmatch(more[0].text):
        return 1.0, "initial"  # "Neehar N. Garg": with the initial that is counted below it is enough
    return (1.0, "given name that is a word") if first.given else (0.0, "")


def _is_of_a_firm(name: Sequence[Word]) -> bool:
    """Whether what looks like a given name lost its apostrophe: "DuPonts Kevlar"."""
    return len(name) > 1 and not name[0].given and bool(_LOST_APOSTROPHE.fullmatch(name[0].text))


_MOST_WORDS = 6  # of a name, its particles ("de la", "van der") not counted
_LOST_APOSTROPHE = re.compile(r"[A-Z][a-z]+[A-Z][a-z]*[^aeious\W]s")
_TWO_SYLLABLES = re.compile(r"[A-Z][a-z]{1,5}-[A-Za-z][a-z]{1,5}")
_SYLLABLE = re.compile(r"[A-Z][^aeiouy\W]{0,2}[aeiouy]{1,3}[^aeiouy\W]{0,2}|[AEIOUY][a-z]{1,2}")
_ONE_INITIAL = re.compile(r"[A-Z]\.")
