"""Two texts word by word: what changed from one version of a release to another, and where a quotation stands."""

from indexer.comparison.comparison import Comparison, FieldChange, compare_versions
from indexer.comparison.excerpts import Excerpt, first_changes
from indexer.comparison.json_serializer import comparison_to_json, counts_to_json, pieces_to_json
from indexer.comparison.matching_runs import MatchingRun
from indexer.comparison.matching_runs import matching_runs as find_matching_runs
from indexer.comparison.passages import Passage, QuotedText, find_passage
from indexer.comparison.pieces import Piece, PieceKind, compare_texts, without_marks
from indexer.comparison.quotable_text import GAP, quotable_text
from indexer.comparison.text_fragments import text_fragment
from indexer.comparison.words import Word, split_words

__all__ = [
    "GAP",
    "Comparison",
    "Excerpt",
    "FieldChange",
    "MatchingRun",
    "Passage",
    "Piece",
    "PieceKind",
    "QuotedText",
    "Word",
    "compare_texts",
    "compare_versions",
    "comparison_to_json",
    "counts_to_json",
    "find_matching_runs",
    "find_passage",
    "first_changes",
    "pieces_to_json",
    "quotable_text",
    "split_words",
    "text_fragment",
    "without_marks",
]
