"""What else could be asked: the same words read otherwise, spelt otherwise, or fewer of them.

Here variants of a query are made, and chosen by their hits once these are counted (`indexer.search.page`).
"""

from indexer.search.suggestions.query_suggestions import (
    Variant,
    is_short,
    list_interpretations,
    read_as_words,
    select_alternatives,
    suggest_alternatives,
)
from indexer.search.suggestions.relaxation import (
    FULL_PAGE,
    MIN_WORD_SHARE,
    Counted,
    choose_fallback,
    fallbacks,
    may_fill,
)
from indexer.search.suggestions.spelling import respell, select_spellings

__all__ = [
    "FULL_PAGE",
    "MIN_WORD_SHARE",
    "Counted",
    "Variant",
    "choose_fallback",
    "fallbacks",
    "is_short",
    "list_interpretations",
    "may_fill",
    "read_as_words",
    "respell",
    "select_alternatives",
    "select_spellings",
    "suggest_alternatives",
]
