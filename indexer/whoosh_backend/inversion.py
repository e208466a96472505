"""Many texts turned into posting lists at once: words numbered through a dictionary, one sort for all."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from indexer.tokens import loose
from indexer.whoosh_backend.common import pair
from indexer.whoosh_backend.packing import FieldPostings, Numbers


class TextInverter:
    """Collects the texts of one field, document by document, and inverts them."""

    def __init__(self) -> None:
        self._numbers: defaultdict[str, int] = defaultdict()
        # A word seen for the first time gets the next number, without a line of Python for each word.
        self._numbers.default_factory = self._numbers.__len__
        self._tokens = array("I")
        self._positions: array[int] | None = None
        self.lengths = array("I")

    @property
    def size(self) -> int:
        """The tokens collected so far."""
        return len(self._tokens)

    def add(self, keys: list[str]) -> None:
        """The next document's keys, in order; an empty list where it has no such text."""
        self._tokens.extend(map(self._numbers.__getitem__, keys))
        self.lengths.append(len(keys))

    def add_at(self, placed: Iterable[tuple[int, str]]) -> None:
        """The next document's keys with positions of their own; for a field in which every document has them."""
        if self._positions is None:
            self._positions = array("I")
        positions = []
        for position, key in placed:
            positions.append(position)
            self._tokens.append(self._numbers[key])
        self._positions.extend(positions)
        self.lengths.append(len(positions))

    def verbatim(self, *, positions: bool = True) -> FieldPostings:
        """The postings of the keys as they are."""
        words = sorted(self._numbers)
        return self._inverted(words, _ranks(words, self._numbers), positions=positions)

    def pairs(self, common: Sequence[str]) -> tuple[FieldPostings, Numbers]:
        """The postings of neighbours that are both `common`, placed where the first stands; and each text's count."""
        numbers = np.full(len(self._numbers) + 1, -1, np.int64)
        for code, word in enumerate(sorted(common)):
            if word in self._numbers:
                numbers[self._numbers[word]] = code
        lengths, owners = self._owners()
        codes = numbers[np.frombuffer(self._tokens, np.uint32)] if self.size else np.zeros(0, np.int64)
        begins = np.flatnonzero((codes[:-1] >= 0) & (codes[1:] >= 0) & (owners[:-1] == owners[1:]))
        there, terms = np.unique(codes[begins] * len(common) + codes[begins + 1], return_inverse=True)
        words = sorted(common)
        texts = [pair(words[code // len(common)], words[code % len(common)]).encode() for code in there.tolist()]
        places = np.sort((terms.astype(np.uint64) << np.uint64(32)) | begins.astype(np.uint64))
        counts = np.bincount(owners[begins].astype(np.int64), minlength=len(lengths))
        return self._placed(texts, places, owners, lengths), counts

    def loose(self) -> tuple[FieldPostings, list[list[int]]]:
        """The postings of the loose keys, and for each of them its verbatim keys by their number in order.

        Each distinct word is stemmed once, however often it stands.
        """
        words = sorted(self._numbers)
        stems = [loose(word) for word in words]
        order = sorted(set(stems))
        place = {stem: number for number, stem in enumerate(order)}
        forms: list[list[int]] = [[] for _ in order]
        ranks = np.empty(len(words), np.int64)
        for number, (word, stem) in enumerate(zip(words, stems, strict=True)):
            forms[place[stem]].append(number)
            ranks[self._numbers[word]] = place[stem]
        return self._inverted(order, ranks, positions=False), forms

    def _inverted(self, words: list[str], ranks: Numbers, *, positions: bool) -> FieldPostings:
        terms = [word.encode() for word in words]
        if not len(self._tokens):
            none = np.zeros(0, np.int64)
            return FieldPostings(terms, none, none, none, none if positions else None)
        lengths, owners = self._owners()
        numbers = ranks[np.frombuffer(self._tokens, np.uint32)].astype(np.uint64)
        if not positions:
            return _counted(terms, np.sort((numbers << np.uint64(32)) | owners), None)
        # Term and place in the text as one number: sorting it puts documents and positions in order too.
        places = np.sort((numbers << np.uint64(32)) | np.arange(len(numbers), dtype=np.uint64))
        return self._placed(terms, places, owners, lengths)

    def _owners(self) -> tuple[Numbers, NDArray[np.uint64]]:
        """The length of each document, and the document of each token."""
        lengths = np.frombuffer(self.lengths, np.uint32).astype(np.int64)
        return lengths, np.repeat(np.arange(len(lengths), dtype=np.uint64), lengths)

    def _placed(
        self, terms: list[bytes], places: NDArray[np.uint64], owners: NDArray[np.uint64], lengths: Numbers
    ) -> FieldPostings:
        """Postings from sorted places: term << 32 | number of the token."""
        where = (places & np.uint64(0xFFFFFFFF)).astype(np.int64)
        pairs = (places & ~np.uint64(0xFFFFFFFF)) | owners[where]
        return _counted(terms, pairs, self._position_of(where, owners, lengths))

    def _position_of(self, where: Numbers, owners: NDArray[np.uint64], lengths: Numbers) -> Numbers:
        if self._positions is not None:
            return np.frombuffer(self._positions, np.uint32).astype(np.int64)[where]
        firsts = np.cumsum(lengths) - lengths
        return np.asarray(where - firsts[owners[where].astype(np.int64)])


def _ranks(words: list[str], numbers: dict[str, int]) -> Numbers:
    ranks = np.empty(len(words), np.int64)
    ranks[np.fromiter((numbers[word] for word in words), np.int64, len(words))] = np.arange(len(words))
    return ranks


def _counted(terms: list[bytes], pairs: NDArray[np.uint64], positions: Numbers | None) -> FieldPostings:
    """Postings from the sorted pairs (term << 32 | document), one a token."""
    first = np.ones(len(pairs), bool)
    first[1:] = pairs[1:] != pairs[:-1]
    begins = np.flatnonzero(first)
    frequencies = np.diff(begins, append=len(pairs))
    distinct = pairs[begins]
    counts = np.bincount((distinct >> np.uint64(32)).astype(np.int64), minlength=len(terms))
    documents = (distinct & np.uint64(0xFFFFFFFF)).astype(np.int64)
    return FieldPostings(terms, counts.astype(np.int64), documents, frequencies.astype(np.int64), positions)
