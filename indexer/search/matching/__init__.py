"""What of a text matches a query, and the passages of it that are shown.

`match` is the rule for one text; the engine's for an index are held equal to it. A text comes to it tokenized
(`IndexedText`) or, where the exact terms of the query are known from an index, scanned for those alone (`QueryTerms`).
"""

from indexer.search.matching.facts import Facts
from indexer.search.matching.matching import Match, ReleaseText, match
from indexer.search.matching.quotations import ReleaseQuotation
from indexer.search.matching.release_text import release_text
from indexer.search.matching.scanned_text import QueryTerms, ScannedText, word_clauses
from indexer.search.matching.sections import IndexedText, Section
from indexer.search.matching.snippets import extract_snippets, merge_spans

__all__ = [
    "Facts",
    "IndexedText",
    "Match",
    "QueryTerms",
    "ReleaseQuotation",
    "ReleaseText",
    "ScannedText",
    "Section",
    "extract_snippets",
    "match",
    "merge_spans",
    "release_text",
    "word_clauses",
]
