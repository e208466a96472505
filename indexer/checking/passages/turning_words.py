"""Words that turn the sense of a sentence, by kind, and which of them two wordings do not have in common."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from indexer.checking.passages.number_words import is_number_word, list_numbers
from indexer.checking.passages.words import QUESTION


class Turn(StrEnum):
    """The kinds of words that turn sense."""

    NEGATION = "negation"
    LIMIT = "limit"
    QUANTITY = "quantity"
    CONDITION = "condition"
    POSSIBILITY = "possibility"
    DUTY = "duty"
    DENIAL = "denial"
    NUMBER = "number"
    NAME = "name"
    QUESTION = "question"


class TurningWord(NamedTuple):
    """A word that turns sense, as it was compared, and its kind; `at` is its number among the words looked at."""

    turn: Turn
    word: str
    at: int


_WORDS = {
    Turn.NEGATION: (
        "not no never none nobody nothing nowhere nor neither without unable unwilling impossible illegal unlawful"
    ),
    Turn.LIMIT: "only merely few little hardly barely scarcely rarely seldom almost nearly except",
    Turn.QUANTITY: "all every some any many more most less least fewer both half about just but",
    Turn.CONDITION: "if unless until except provided providing whether when assuming",
    Turn.POSSIBILITY: "may might could would perhaps possibly probably likely unlikely allegedly",
    Turn.DUTY: "can must will shall should",
    Turn.DENIAL: (
        "deny denies denied denying false falsely untrue wrong wrongly incorrect doubt doubts doubted doubting "
        "doubtful refuse refuses refused refusing fail fails failed failing oppose opposes opposed opposing "
        "reject rejects rejected rejecting myth myths alleged prohibit prohibits prohibited prohibiting forbid forbids "
        "forbade forbidden forbidding prevent prevents prevented preventing ban bans banned banning lack lacks lacked "
        "lacking"
    ),
}
_PAIRS = {
    ("subject", "to"): Turn.CONDITION,
    ("in", "case"): Turn.CONDITION,
    ("long", "as"): Turn.CONDITION,
    ("rather", "than"): Turn.DENIAL,
    ("instead", "of"): Turn.DENIAL,
    ("far", "from"): Turn.DENIAL,
}
_TURNS: dict[str, tuple[Turn, ...]] = {}
for _turn, _line in _WORDS.items():
    for _word in _line.split():
        _TURNS[_word] = (*_TURNS.get(_word, ()), _turn)

_LONG_FORMS = {
    "cannot": ("can", "not"),
    "can't": ("can", "not"),
    "won't": ("will", "not"),
    "shan't": ("shall", "not"),
    "ain't": ("is", "not"),
    "let's": ("let", "us"),
}
_ENDINGS = {"'ll": "will", "'re": "are", "'ve": "have", "'m": "am", "'d": "would"}
_WITH_IS = frozenset(f"{word}'s" for word in "it he she that there what who here where how this".split())
_NEGATING = ("un", "in", "im", "il", "ir", "dis", "non", "mis")


def expand(keys: Iterable[str]) -> list[str]:
    """Folded words with short forms written out: `don't` is `do` and `not`."""
    return [word for key in keys for word in _expand(key)]


def _expand(key: str) -> tuple[str, ...]:
    if "'" not in key:
        return _LONG_FORMS.get(key, (key,))
    if key in _LONG_FORMS:
        return _LONG_FORMS[key]
    if key.endswith("n't"):
        return key[:-3], "not"
    if key in _WITH_IS:
        return key[:-2], "is"
    for ending, word in _ENDINGS.items():
        if key.endswith(ending):
            return key[: -len(ending)], word
    return (key,)


def turning_words(keys: Sequence[str], *, with_numbers: bool = True) -> Iterator[TurningWord]:
    """The words of a text that turn sense, in order, names aside."""
    for at, key in enumerate(keys):
        for word in _expand(key):
            for turn in _TURNS.get(word, ()):
                yield TurningWord(turn, word, at)
        pair = (key, keys[at + 1]) if at + 1 < len(keys) else (key, "")
        if pair in _PAIRS:
            yield TurningWord(_PAIRS[pair], " ".join(pair), at)
        if key == QUESTION:
            yield TurningWord(Turn.QUESTION, key, at)
        elif with_numbers and is_number_word(key):
            yield TurningWord(Turn.NUMBER, key, at)


def find_turns(one: Sequence[str], other: Sequence[str]) -> list[Turn]:
    """The kinds of words that turn sense and that two wordings do not have alike, names aside; each kind once."""
    counts = [
        Counter((each.turn, each.word) for each in turning_words(keys, with_numbers=False)) for keys in (one, other)
    ]
    uncommon = (counts[0] - counts[1]) + (counts[1] - counts[0])
    found = {turn for turn, _ in uncommon}
    if list_numbers(one) != list_numbers(other):
        found.add(Turn.NUMBER)
    if Turn.NEGATION not in found and _is_negated(one, other):
        found.add(Turn.NEGATION)
    return [turn for turn in Turn if turn in found]


def _is_negated(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether a word of one wording stands in the other with a prefix or an ending that negates it."""
    words = set(one) ^ set(other)
    others = {"".join(each) for each in words}
    for word in words:
        if any(f"{prefix}{word}" in others for prefix in _NEGATING) and len(word) > 2:
            return True
        if word.endswith("less") and (word[:-4] in others or f"{word[:-4]}ful" in others):
            return True
    return False
