"""A query evaluated on posting lists: matches, scores, top k and facets.

`Evaluator` goes down a query tree. Each kind of leaf is matched in a module of its own: words (`text_matcher`), phrases
and their patterns (`phrases`), NEAR and BEFORE (`near`), what is known besides the text and the filters (`facts`). They
read posting lists (`postings`), the terms that a clause stands for (`dictionary`, `expansion`) and the rows of all
documents (`columns`). `scoring` and `proximity` score what matches (`matches`); `ArrayResultSet` puts it in order.
"""

from indexer.engine.arrays.evaluate.columns import Columns
from indexer.engine.arrays.evaluate.dictionary import text_fields
from indexer.engine.arrays.evaluate.evaluator import Evaluator
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
