"""A draft: its text, its quotations and whom it names as their speakers, and what its writer shows in them."""

from indexer.checking.drafts.quotations import Kind, Quoted, find_quoted, find_sentences
from indexer.checking.drafts.quoted_words import QuotedWord, QuotedWords, read_quoted_words
from indexer.checking.drafts.reading import DraftText, read_draft_text, read_typed_text
from indexer.checking.drafts.speakers import may_be_one

__all__ = [
    "DraftText",
    "Kind",
    "Quoted",
    "QuotedWord",
    "QuotedWords",
    "find_quoted",
    "find_sentences",
    "may_be_one",
    "read_draft_text",
    "read_quoted_words",
    "read_typed_text",
]
