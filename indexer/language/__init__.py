"""The query language: tokens, the query tree, lexer, parser and printer."""

from indexer.language import parser, tokenizer
from indexer.language.attributes import attribute_values, name_terms, whole_name
from indexer.language.function_words import FUNCTION_WORDS
from indexer.language.fuzzy import nearest_words, words_within_edits
from indexer.language.lexer import FIELDS
from indexer.language.parser import GRAMMAR_VERSION, ParsedQuery, parse_query
from indexer.language.printer import format_days, format_query
from indexer.language.tokenizer import create_token_encoder, exact_terms, fold_accents, stem, stem_terms, tokenize

__all__ = [
    "FIELDS",
    "FUNCTION_WORDS",
    "GRAMMAR_VERSION",
    "ParsedQuery",
    "attribute_values",
    "create_token_encoder",
    "exact_terms",
    "fold_accents",
    "format_days",
    "format_query",
    "name_terms",
    "nearest_words",
    "parse_query",
    "parser",
    "stem",
    "stem_terms",
    "tokenize",
    "tokenizer",
    "whole_name",
    "words_within_edits",
]
