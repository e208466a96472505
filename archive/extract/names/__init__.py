"""Tokenises possible names: capitalised spans, and the classes of the words in them."""

from archive.extract.names.capitalised_spans import PARTICLES, UPPER, find_candidate_spans, strip_possessive
from archive.extract.names.name_spans import (
    fold_name,
    is_given_name,
    is_initial,
    is_only_given_name,
    is_suffix,
    looks_like_name,
    name_in_line,
    surname_of,
    word_classes,
)
from archive.extract.names.name_vocabulary import (
    POST_NOMINALS,
    Word,
    WordShape,
    look_up_word,
    split_exactly,
    word_cache,
)

__all__ = [
    "PARTICLES",
    "POST_NOMINALS",
    "UPPER",
    "Word",
    "WordShape",
    "find_candidate_spans",
    "fold_name",
    "is_given_name",
    "is_initial",
    "is_only_given_name",
    "is_suffix",
    "look_up_word",
    "looks_like_name",
    "name_in_line",
    "split_exactly",
    "strip_possessive",
    "surname_of",
    "word_cache",
    "word_classes",
]
