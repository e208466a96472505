"""Inversion: texts into posting lists; words are numbered as they come, then one counting sort inverts all tokens."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from functools import cached_property
from typing import TypeVar

import numpy as np

from indexer import kernels
from indexer.engine.arrays.files import list_bounds
from indexer.engine.arrays.segments import SHIFTS, FieldPostings, StemForms, bigram_term, group_forms, number_key
from indexer.engine.whoosh import NAME_GAP, fold_name
from indexer.kernels import Array, Numbers, Values
from indexer.language import MAX_STEMS, create_token_encoder, stems_of_all

Key = TypeVar("Key", str, bytes)


class TextInverter:
    """Collects the texts of one field, document by document, and inverts them together."""

    def __init__(self) -> None:
        self._encoder = create_token_encoder()
        self._lengths = array("I")

    @property
    def size(self) -> int:
        """The tokens collected so far."""
        return len(self._encoder)

    @property
    def lengths(self) -> Values:
        """The tokens of each document."""
        return np.frombuffer(self._lengths, np.uint32)

    def add(self, text: str) -> int:
        """Add the next document's text, empty where it has none; return how many tokens it has."""
        self._lengths.append(count := self._encoder.add(text))
        return count

    def invert_exact(self) -> FieldPostings:
        """The postings of the exact terms."""
        ranks = np.empty(len(self._order), np.uint32)
        ranks[self._order] = np.arange(len(ranks))
        postings = kernels.invert(self._tokens, ranks, self.lengths, None, len(ranks), with_positions=True)
        return FieldPostings([self._words[number] for number in self._order], *postings)

    @property
    def stem_lengths(self) -> Values:
        """The stemmed terms of each document."""
        ends = np.concatenate([np.zeros(1, np.uint32), np.cumsum(self._stem_counts[self._tokens], dtype=np.uint32)])
        return np.diff(ends[list_bounds(self.lengths)])

    def invert_stems(self) -> tuple[FieldPostings, StemForms]:
        """The postings of the stems, and the exact terms of each.

        Each distinct word is stemmed once, however often it occurs.
        """
        words, stems = zip(*self._word_stems(), strict=True)
        ordered, ranks = _rank(stems)
        postings = kernels.invert(
            self._stem_tokens(), ranks, self.stem_lengths, None, len(ordered), with_positions=False
        )
        exact = np.empty(len(self._order), np.int64)
        exact[self._order] = np.arange(len(exact))
        return FieldPostings(ordered, *postings), group_forms(ranks, exact[list(words)], len(ordered))

    def _word_stems(self) -> list[tuple[int, bytes]]:
        """The number of each word and its stem, for each stem that it has: the first stems of all, then the second."""
        return [
            (number, stems[at].encode())
            for at in range(MAX_STEMS)
            for number, stems in enumerate(self._stems)
            if len(stems) > at
        ]

    def _stem_tokens(self) -> Values:
        """The tokens as indices into `_word_stems`: none of a word without a stem, two of one with two."""
        counts = self._stem_counts
        firsts = (np.cumsum(counts > 0) - 1).astype(np.uint32)
        seconds = (np.cumsum(counts > 1) - 1 + np.count_nonzero(counts)).astype(np.uint32)
        of_tokens = counts[self._tokens]
        tokens = np.repeat(firsts[self._tokens], of_tokens)
        doubled = of_tokens > 1
        if doubled.any():
            tokens[np.cumsum(of_tokens, dtype=np.uint32)[doubled] - 1] = seconds[self._tokens[doubled]]
        return tokens

    def invert_bigrams(self, common: Sequence[str]) -> tuple[FieldPostings, Values]:
        """The postings of the bigrams of `common` words, at the position of the first, and how many each text has."""
        ordered = sorted(common)
        code_of = {word.encode(): code for code, word in enumerate(ordered)}
        codes = np.array([code_of.get(word, -1) for word in self._words] or [-1], np.int16)[self._tokens]
        ends = np.cumsum(self.lengths, dtype=np.int64)
        are_common = (codes[:-1] >= 0) & (codes[1:] >= 0)
        are_common[ends[(ends > 0) & (ends < len(codes))] - 1] = False  # the last word of a text has none after it
        begins = np.flatnonzero(are_common)
        owners = np.searchsorted(ends, begins, "right")
        positions = (begins - (ends - self.lengths)[owners]).astype(np.uint32)
        counts = np.bincount(owners, minlength=len(ends)).astype(np.uint32)
        distinct, tokens = np.unique(
            codes[begins].astype(np.int32) * len(ordered) + codes[begins + 1], return_inverse=True
        )
        terms = [
            bigram_term(ordered[code // len(ordered)], ordered[code % len(ordered)]).encode()
            for code in distinct.tolist()
        ]
        postings = kernels.invert(
            tokens.astype(np.uint32),
            np.arange(len(terms), dtype=np.uint32),
            counts,
            positions,
            len(terms),
            with_positions=True,
        )
        return FieldPostings(terms, *postings), counts

    @property
    def _tokens(self) -> Values:
        return np.frombuffer(self._encoder.tokens(), np.uint32)

    @cached_property
    def _stems(self) -> list[tuple[str, ...]]:
        """The stems of each word."""
        return stems_of_all(word.decode() for word in self._words)

    @cached_property
    def _stem_counts(self) -> Array:
        """How many stems each word has."""
        return np.fromiter(map(len, self._stems), np.uint8, len(self._stems))

    @cached_property
    def _words(self) -> list[bytes]:
        return self._encoder.words()

    @cached_property
    def _order(self) -> list[int]:
        """The numbers of the words, in alphabetical order of the words."""
        return sorted(range(len(self._words)), key=self._words.__getitem__)


def invert_keys(documents: Sequence[Sequence[str]]) -> FieldPostings:
    """The postings of whole values (ids, names), of which each document has distinct ones: with frequency 1."""
    ordered, tokens = _rank([key.encode() for keys in documents for key in keys])
    lengths = np.array([len(keys) for keys in documents], np.uint32)
    return _invert_once(ordered, tokens, lengths)


def invert_names(documents: Sequence[Sequence[str]]) -> tuple[FieldPostings, Values]:
    """The postings of the words of names without accents, NAME_GAP positions from name to name, and their number.

    Each distinct name is analyzed once, however often it occurs.
    """
    lines = [[line for name in names for line in name.split("\n")] for names in documents]
    names, which = _rank([line for some in lines for line in some])
    keys = [[key.encode() for key in fold_name(name)] for name in names]
    ordered, tokens = _rank([key for some in keys for key in some])
    sizes = np.array([len(some) for some in keys], np.int64)
    # From here on arrays are by occurrence: the names in order of document, then the keys of each.
    counts = np.array([len(some) for some in lines], np.int64)
    size, begin = sizes[which], list_bounds(sizes)[which]
    offset = _count_up(size)
    positions = (np.repeat(_count_up(counts) * NAME_GAP, size) + offset).astype(np.uint32)
    lengths = np.diff(list_bounds(size)[list_bounds(counts)]).astype(np.uint32)
    ranks = np.arange(len(ordered), dtype=np.uint32)
    occurring = tokens[np.repeat(begin, size) + offset]
    postings = kernels.invert(occurring, ranks, lengths, positions, len(ordered), with_positions=True)
    return FieldPostings(ordered, *postings), lengths


def invert_numbers(documents: Sequence[int]) -> FieldPostings:
    """The postings of one number for each document (0 is none), with the terms of `fields.number_key`."""
    values = np.array(documents, np.int64)
    has_number, columns = values != 0, []
    terms: list[bytes] = []
    for shift in SHIFTS:
        # A term begins with its shift, so the terms of ascending shifts are in order already.
        numbers, which = np.unique(values[has_number] >> shift, return_inverse=True)
        columns.append(which.astype(np.uint32) + len(terms))
        terms += [number_key(number, shift) for number in numbers.tolist()]
    tokens = np.stack(columns, axis=1).ravel()
    return _invert_once(terms, tokens, has_number.astype(np.uint32) * len(SHIFTS))


def _invert_once(terms: list[bytes], tokens: Values, lengths: Values) -> FieldPostings:
    ranks = np.arange(len(terms), dtype=np.uint32)
    return FieldPostings(terms, *kernels.invert(tokens, ranks, lengths, None, len(terms), with_positions=False))


def _rank(words: Sequence[Key]) -> tuple[list[Key], Values]:
    """The distinct words in order, and the rank of each word among them."""
    ordered = sorted(set(words))
    rank: dict[Key, int] = {word: number for number, word in enumerate(ordered)}
    return ordered, np.fromiter(map(rank.__getitem__, words), np.uint32, len(words))


def _count_up(sizes: Array) -> Numbers:
    """For each size the numbers from 0 up to, not including, it; concatenated."""
    bounds = list_bounds(sizes)
    return np.arange(bounds[-1]) - np.repeat(bounds[:-1], sizes)
