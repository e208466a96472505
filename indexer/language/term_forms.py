"""The stemmed terms of an exact one: the stem, and of some words that of a second form as well.

A possessive `'s` and an elided article have none: in the stemmed fields they are ignored.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from threading import local
from typing import Protocol, TypeVar, cast

import Stemmer

from archive.accents import strip_accents
from indexer.language.tokenizer import is_sign

# Hebrew and Arabic points, and the signs of the Koran.
_POINTS = dict.fromkeys(
    (
        *range(0x591, 0x5BE), 0x5BF, 0x5C1, 0x5C2, 0x5C4, 0x5C5, 0x5C7, *range(0x610, 0x61B),
        *range(0x64B, 0x660), 0x670, *range(0x6D6, 0x6DD), *range(0x6DF, 0x6E5), 0x6E7, 0x6E8, *range(0x6EA, 0x6EE),
    )
)  # fmt: skip

KOREAN_PARTICLES = tuple(
    sorted(
        """은 는 이 가 을 를 의 에 와 과 도 만 로 으로 에서 에게 에는 에도 에서는 에서도 에게는 에게서 께서
        께서는 부터 까지 까지는 보다 처럼 마다 조차 밖에 이나 이라 이라는 라는 이라고 라고 으로는 으로도
        로는 로도 으로서 로서 으로써 로써 으로부터 로부터 와의 과의 에의 와는 과는 만이 만은 만을 이며 하고
        한테 대로 이다 께 마저 까지도 까지의 에서만 에서의 부터의 으로의 로의 에게만 들 들이 들은 들을 들의
        들도 들에게 뿐 뿐만 라며 이라며 란 이란 보다는 보다도 와도 과도 만으로 이고 이자 입니다 로부터는
        으로부터는""".split(),
        key=lambda particle: (-len(particle), particle),
    )
)
"""Korean particles, which are written together with the word before them: the longest first."""

_CLEAR_PARTICLES = frozenset("은는이을를")

Item = TypeVar("Item")

_CONTRACTED_NOT = "n't"

MAX_STEMS = 2
"""The most stemmed terms that a term has."""


class _SnowballStemmer(Protocol):
    def stemWord(self, word: str) -> str: ...  # noqa: N802 (PyStemmer's names)
    def stemWords(self, words: list[str]) -> list[str]: ...  # noqa: N802


_thread = local()


def _stemmer() -> _SnowballStemmer:
    # A PyStemmer object keeps scratch memory, so each thread has its own.
    if not hasattr(_thread, "stemmer"):
        # Without PyStemmer's cache: `stem` has its own, and a vocabulary has each word once.
        _thread.stemmer = Stemmer.Stemmer("english", 0)
    return cast(_SnowballStemmer, _thread.stemmer)


@lru_cache(maxsize=200_000)
def stem(term: str) -> str:
    """The stem of an exact term: without accents and points, then Porter2 (Snowball's `english`).

    It is what a query looks a word up by, and the first of `stems`.
    """
    return _stemmer().stemWord(fold_accents(term))


@lru_cache(maxsize=200_000)
def stems(term: str) -> tuple[str, ...]:
    """All stemmed terms of an exact one, each once: none of a possessive or an elided article, two of some words."""
    if is_ignored(term):
        return ()
    second = second_form(term)
    return tuple(dict.fromkeys((stem(term), stem(second)))) if second else (stem(term),)


def stems_of_all(terms: Iterable[str]) -> list[tuple[str, ...]]:
    """`stems` of each term, past the caches: a whole vocabulary would empty them."""
    terms = list(terms)
    firsts = _stemmer().stemWords([fold_accents(term) for term in terms])
    found: list[tuple[str, ...]] = [(first,) for first in firsts]
    for number, term in enumerate(terms):
        if "'" in term or _is_korean(term):
            found[number] = stems(term)
    return found


def is_ignored(term: str) -> bool:
    """Whether the stemmed fields leave this exact term out: `'s`, `l'`."""
    return term[0] == "'" or term[-1] == "'"


def drop_possessive(terms: Sequence[Item]) -> Sequence[Item]:
    """The exact terms of a word or a name, or slots of a pattern, without a possessive at the end of them."""
    end = len(terms)
    while end and terms[end - 1] == "'s":
        end -= 1
    return terms[:end]


def second_form(term: str) -> str:
    """Another word by which an exact term is found, "" for none.

    The name after an Irish O', the word before any other apostrophe (`istanbul'da`), a Korean word without particle.
    """
    if "'" in term:
        first, _, rest = term.partition("'")
        form = rest.partition("'")[0] if first == "o" else first
        return form if len(form) > 1 and not term.endswith(_CONTRACTED_NOT) else ""
    if _is_korean(term):
        return _strip_particle(term)
    return ""


def _is_korean(term: str) -> bool:
    return "\uac00" <= term[-1] <= "\ud7a3"


def _strip_particle(term: str) -> str:
    """A Korean word without its particle, "" where it has none.

    Of a word of one syllable only the commonest particles are taken off: other words end in the letters of the rest.
    """
    for particle in KOREAN_PARTICLES:
        word = term.removesuffix(particle)
        if len(word) < len(term) and (len(word) > 1 or (word and (len(particle) > 1 or particle in _CLEAR_PARTICLES))):
            return word
    return ""


def fold_accents(term: str) -> str:
    """`term` without accents and points; a term of nothing else stays as it is."""
    if term.isascii() or is_sign(term):  # the NFKD of a fraction is no term
        return term
    folded = strip_accents(term).translate(_POINTS)
    return folded if folded.strip("'") and folded[0] != "'" else term
