"""The parameters of a ranking: what the engine has, what it had, and plain BM25."""

from __future__ import annotations

from dataclasses import dataclass

from indexer.engine.arrays.evaluate import FUNCTION_WEIGHT, K1, TITLE_WEIGHT, B
from indexer.engine.arrays.evaluate.scoring import PROXIMITY_WEIGHTS


@dataclass(frozen=True, slots=True)
class Shape:
    """The parameters that BM25 is not linear in.

    `title_idf`: whether a word weighs in a title by the number of titles that hold it, rather than of documents.
    `title_in_length`: whether a title counts into the length of the whole text. `across`: whether two content words
    with function words between them in the query are a pair. `reach`: the greatest distance of near words.
    """

    k1: float = 1.2
    b: float = 0.75
    title_idf: bool = False
    title_in_length: bool = True
    across: bool = True
    reach: int = 8


@dataclass(frozen=True, slots=True)
class Weights:
    """The weights of the parts of a score: the title's own, function words, adjacent pairs and near pairs."""

    title: float = 0.0
    function: float = 1.0
    adjacent: float = 0.0
    near: float = 0.0


@dataclass(frozen=True, slots=True)
class Setting:
    """A ranking."""

    shape: Shape = Shape()
    weights: Weights = Weights()


PLAIN = Setting()
"""BM25 of the whole text and nothing more."""

BEFORE = Setting(Shape(title_idf=True), Weights(0.4, 0.2, 0.05, 0.1))
"""The engine's, when it was chosen on the four collections at once."""

_ADJACENT, _NEAR = PROXIMITY_WEIGHTS

ENGINE = Setting(Shape(K1, B, reach=_NEAR[0]), Weights(TITLE_WEIGHT, FUNCTION_WEIGHT, _ADJACENT[2], _NEAR[2]))
"""The engine's."""
