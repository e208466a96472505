"""What a personal name looks like: capitalised spans, and the words names are made of."""

from archive.extract.names.capitalised_spans import PARTICLES, bare, find_spans
from archive.extract.names.name_spans import (
    fold_name,
    is_given,
    is_initial,
    is_plain_given,
    is_suffix,
    looks_like_name,
    name_in_line,
    surname_of,
    word_classes,
)
from archive.extract.names.name_vocabulary import Shape, Word, cut_exactly, known_words, word_of

__all__ = [
    "PARTICLES",
    "Shape",
    "Word",
    "bare",
    "cut_exactly",
    "find_spans",
    "fold_name",
    "is_given",
    "is_initial",
    "is_plain_given",
    "is_suffix",
    "known_words",
    "looks_like_name",
    "name_in_line",
    "surname_of",
    "word_classes",
    "word_of",
]
