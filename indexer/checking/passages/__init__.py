"""A quotation beside the text of a release: where its words stand, what differs, and which of that turns the sense."""

from indexer.checking.passages.alignment import Alignment, align, find_whole, gaps, weigh
from indexer.checking.passages.differences import Change, Difference, describe_change, is_aside
from indexer.checking.passages.edges import Cut, Shown, find_cuts
from indexer.checking.passages.number_words import is_number_word
from indexer.checking.passages.sameness import Wording, is_other_word
from indexer.checking.passages.source_text import SourceText, source_text
from indexer.checking.passages.turning_words import Turn, find_turns, turning_words
from indexer.checking.passages.words import QUESTION, folded_words

__all__ = [
    "QUESTION",
    "Alignment",
    "Change",
    "Cut",
    "Difference",
    "Shown",
    "SourceText",
    "Turn",
    "Wording",
    "align",
    "describe_change",
    "find_cuts",
    "find_turns",
    "find_whole",
    "folded_words",
    "gaps",
    "is_aside",
    "is_number_word",
    "is_other_word",
    "source_text",
    "turning_words",
    "weigh",
]
