"""Many texts turned into posting lists at once: words numbered as they come, then one counting sort for all."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from functools import cached_property
from typing import TypeVar

import numpy as np

from indexer import kernels
from indexer.kernels import Array, Numbers, Values
from indexer.language import stem_terms, create_term_numbering
from indexer.engine.whoosh import NAME_GAP, folded
from indexer.engine.arrays.files import edges
from indexer.engine.arrays.segments import pair
from indexer.engine.arrays.segments import SHIFTS, number_key
from indexer.engine.arrays.segments import FieldPostings
from indexer.engine.arrays.segments import Forms, grouped

Key = TypeVar("Key", str, bytes)


class TextInverter:
    """Collects the texts of one field, document by document, and inverts them when all are there."""

    def __init__(self) -> None:
        self._numbered = create_term_numbering()
        self._lengths = array("I")

    @property
    def size(self) -> int:
        """The tokens collected so far."""
        return len(self._numbered)

    @property
    def lengths(self) -> Values:
        """The tokens of each document."""
        return np.frombuffer(self._lengths, np.uint32)

    def add(self, text: str) -> int:
        """The next document's text, an empty one where it has none; how many tokens it has."""
        self._lengths.append(count := self._numbered.add(text))
        return count

    def verbatim(self) -> FieldPostings:
        """The postings of the keys as they are."""
        ranks = np.empty(len(self._order), np.uint32)
        ranks[self._order] = np.arange(len(ranks))
        inverted = kernels.inverted(self._tokens, ranks, self.lengths, None, len(ranks), placed=True)
        return FieldPostings([self._words[number] for number in self._order], *inverted)

    def loose(self) -> tuple[FieldPostings, Forms]:
        """The postings of the loose keys, and of which verbatim keys each of them is the loose one.

        Each distinct word is stemmed once, however often it stands.
        """
        stems = stem_terms([word.decode() for word in self._words])
        ordered, ranks = _ranked([stem.encode() for stem in stems])
        inverted = kernels.inverted(self._tokens, ranks, self.lengths, None, len(ordered), placed=False)
        return FieldPostings(ordered, *inverted), grouped(ranks[self._order], len(ordered))

    def pairs(self, common: Sequence[str]) -> tuple[FieldPostings, Values]:
        """The postings of neighbours that are both `common`, placed where the first stands; and each text's count."""
        ordered = sorted(common)
        code_of = {word.encode(): code for code, word in enumerate(ordered)}
        codes = np.array([code_of.get(word, -1) for word in self._words] or [-1], np.int16)[self._tokens]
        ends = np.cumsum(self.lengths, dtype=np.int64)
        neighbours = (codes[:-1] >= 0) & (codes[1:] >= 0)
        neighbours[ends[(ends > 0) & (ends < len(codes))] - 1] = False  # the last word of a text has none after it
        begins = np.flatnonzero(neighbours)
        owners = np.searchsorted(ends, begins, "right")
        positions = (begins - (ends - self.lengths)[owners]).astype(np.uint32)
        counts = np.bincount(owners, minlength=len(ends)).astype(np.uint32)
        there, tokens = np.unique(
            codes[begins].astype(np.int32) * len(ordered) + codes[begins + 1], return_inverse=True
        )
        terms = [pair(ordered[code // len(ordered)], ordered[code % len(ordered)]).encode() for code in there.tolist()]
        inverted = kernels.inverted(
            tokens.astype(np.uint32), np.arange(len(terms), dtype=np.uint32), counts, positions, len(terms), placed=True
        )
        return FieldPostings(terms, *inverted), counts

    @property
    def _tokens(self) -> Values:
        return np.frombuffer(self._numbered.tokens(), np.uint32)

    @cached_property
    def _words(self) -> list[bytes]:
        return self._numbered.words()

    @cached_property
    def _order(self) -> list[int]:
        """The numbers of the words, in order of the words."""
        return sorted(range(len(self._words)), key=self._words.__getitem__)


def keys_inverted(documents: Sequence[Sequence[str]]) -> FieldPostings:
    """The postings of exact keys (ids, names), those of each document given once: of frequency one."""
    ordered, tokens = _ranked([key.encode() for keys in documents for key in keys])
    lengths = np.array([len(keys) for keys in documents], np.uint32)
    return _of_frequency_one(ordered, tokens, lengths)


def names_inverted(documents: Sequence[Sequence[str]]) -> tuple[FieldPostings, Values]:
    """The postings of the folded keys of names, the names of a document far apart; and how many keys each document has.

    The keys of a name are worked out once, however often it stands.
    """
    lines = [[line for name in names for line in name.split("\n")] for names in documents]
    names, which = _ranked([line for some in lines for line in some])
    keys = [[key.encode() for key in folded(name)] for name in names]
    ordered, tokens = _ranked([key for some in keys for key in some])
    sizes = np.array([len(some) for some in keys], np.int64)
    # From here on by occurrence: the names in order of document, then the keys of each.
    counts = np.array([len(some) for some in lines], np.int64)
    size, begin = sizes[which], edges(sizes)[which]
    offset = _counted_up(size)
    positions = (np.repeat(_counted_up(counts) * NAME_GAP, size) + offset).astype(np.uint32)
    lengths = np.diff(edges(size)[edges(counts)]).astype(np.uint32)
    ranks = np.arange(len(ordered), dtype=np.uint32)
    occurring = tokens[np.repeat(begin, size) + offset]
    inverted = kernels.inverted(occurring, ranks, lengths, positions, len(ordered), placed=True)
    return FieldPostings(ordered, *inverted), lengths


def numbers_inverted(documents: Sequence[int]) -> FieldPostings:
    """The postings of a number a document (0 is none) by the keys of `fields.number_key`: of frequency one."""
    values = np.array(documents, np.int64)
    there, columns = values != 0, []
    terms: list[bytes] = []
    for shift in SHIFTS:
        # The shift stands first in a key, so that keys of ever larger shifts are in order already.
        numbers, which = np.unique(values[there] >> shift, return_inverse=True)
        columns.append(which.astype(np.uint32) + len(terms))
        terms += [number_key(number, shift) for number in numbers.tolist()]
    tokens = np.stack(columns, axis=1).ravel()
    return _of_frequency_one(terms, tokens, there.astype(np.uint32) * len(SHIFTS))


def _of_frequency_one(terms: list[bytes], tokens: Values, lengths: Values) -> FieldPostings:
    ranks = np.arange(len(terms), dtype=np.uint32)
    return FieldPostings(terms, *kernels.inverted(tokens, ranks, lengths, None, len(terms), placed=False))


def _ranked(words: Sequence[Key]) -> tuple[list[Key], Values]:
    """The different words in order, and the place of each word among them."""
    ordered = sorted(set(words))
    place: dict[Key, int] = {word: number for number, word in enumerate(ordered)}
    return ordered, np.fromiter(map(place.__getitem__, words), np.uint32, len(words))


def _counted_up(sizes: Array) -> Numbers:
    """For each size the numbers from 0 up to it, one after the other."""
    found = edges(sizes)
    return np.arange(found[-1]) - np.repeat(found[:-1], sizes)
