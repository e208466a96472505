"""The query language: tokens, the query tree, lexer, parser and printer."""

from indexer.language import parser, tokenizer
from indexer.language.function_words import FUNCTION_WORDS
from indexer.language.fuzzy import nearest, within_edits
from indexer.language.lexer import FIELDS
from indexer.language.parser import VERSION, Reading, parse
from indexer.language.printer import days, printed
from indexer.language.tokenizer import fold, keys, loose, loose_keys, numbered, tokens

__all__ = [
    "FIELDS",
    "FUNCTION_WORDS",
    "VERSION",
    "Reading",
    "days",
    "fold",
    "keys",
    "loose",
    "loose_keys",
    "nearest",
    "numbered",
    "parse",
    "parser",
    "printed",
    "tokenizer",
    "tokens",
    "within_edits",
]
