"""A query evaluated on posting lists: matches, scores, top k and facets."""

from indexer.engine.arrays.evaluate.columns import Columns
from indexer.engine.arrays.evaluate.evaluator import Evaluator, text_fields
from indexer.engine.arrays.evaluate.history import HistoryEvaluator
from indexer.engine.arrays.evaluate.postings import PostingSource
from indexer.engine.arrays.evaluate.result_set import ArrayResultSet
from indexer.engine.arrays.evaluate.scoring import FUNCTION_WEIGHT, K1, TITLE_WEIGHT, B, is_function_stem

__all__ = [
    "FUNCTION_WEIGHT",
    "K1",
    "TITLE_WEIGHT",
    "ArrayResultSet",
    "B",
    "Columns",
    "Evaluator",
    "HistoryEvaluator",
    "PostingSource",
    "is_function_stem",
    "text_fields",
]
