"""The query language: tokens, the query tree, lexer, parser and printer."""

from indexer.language import characters, parser, tokenizer
from indexer.language.attributes import attribute_values, name_terms, whole_name
from indexer.language.function_words import FUNCTION_WORDS
from indexer.language.fuzzy import likely_spellings, words_within_edits
from indexer.language.lexer import FIELDS, MAX_QUERY_BYTES, cut_query
from indexer.language.parser import GRAMMAR_VERSION, ParsedQuery, parse_query
from indexer.language.printer import format_days, format_query, format_words
from indexer.language.query_dates import parse_bound
from indexer.language.query_words import word_or_phrase
from indexer.language.term_forms import MAX_STEMS, drop_possessive, fold_accents, is_ignored, stem, stems, stems_of_all
from indexer.language.tokenizer import (
    KeyFinder,
    KeyTokens,
    count_tokens,
    create_token_encoder,
    exact_terms,
    prepare_text,
    split_tokens,
    tokenize,
    word_end,
    word_start,
)
from indexer.language.wildcards import fixed_prefix, matching_terms

__all__ = [
    "FIELDS",
    "FUNCTION_WORDS",
    "GRAMMAR_VERSION",
    "MAX_QUERY_BYTES",
    "MAX_STEMS",
    "KeyFinder",
    "KeyTokens",
    "ParsedQuery",
    "attribute_values",
    "characters",
    "count_tokens",
    "create_token_encoder",
    "cut_query",
    "drop_possessive",
    "exact_terms",
    "fixed_prefix",
    "fold_accents",
    "format_days",
    "format_query",
    "format_words",
    "is_ignored",
    "likely_spellings",
    "matching_terms",
    "name_terms",
    "parse_bound",
    "parse_query",
    "parser",
    "prepare_text",
    "split_tokens",
    "stem",
    "stems",
    "stems_of_all",
    "tokenize",
    "tokenizer",
    "whole_name",
    "word_end",
    "word_or_phrase",
    "word_start",
    "words_within_edits",
]
