"""Many texts turned into posting lists at once: words numbered through a dictionary, one sort for all."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable

import numpy as np

from indexer.tokens import loose
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
        lengths = np.frombuffer(self.lengths, np.uint32).astype(np.int64)
        owners = np.repeat(np.arange(len(lengths), dtype=np.uint64), lengths)
        numbers = ranks[np.frombuffer(self._tokens, np.uint32)].astype(np.uint64)
        if not positions:
            return _counted(terms, np.sort((numbers << np.uint64(32)) | owners), None)
        # Term and place in the text as one number: sorting it puts documents and positions in order too.
        places = np.sort((numbers << np.uint64(32)) | np.arange(len(numbers), dtype=np.uint64))
        where = (places & np.uint64(0xFFFFFFFF)).astype(np.int64)
        return _counted(
            terms, (places & ~np.uint64(0xFFFFFFFF)) | owners[where], self._position_of(where, owners, lengths)
        )

    def _position_of(self, where: Numbers, owners: np.ndarray, lengths: Numbers) -> Numbers:
        if self._positions is not None:
            return np.frombuffer(self._positions, np.uint32).astype(np.int64)[where]
        firsts = np.cumsum(lengths) - lengths
        return np.asarray(where - firsts[owners[where].astype(np.int64)])


def _ranks(words: list[str], numbers: dict[str, int]) -> Numbers:
    ranks = np.empty(len(words), np.int64)
    ranks[np.fromiter((numbers[word] for word in words), np.int64, len(words))] = np.arange(len(words))
    return ranks


def _counted(terms: list[bytes], pairs: np.ndarray, positions: Numbers | None) -> FieldPostings:
    """Postings from the sorted pairs (term << 32 | document), one a token."""
    begins = np.flatnonzero(np.concatenate([[True], pairs[1:] != pairs[:-1]]))
    frequencies = np.diff(begins, append=len(pairs))
    distinct = pairs[begins]
    counts = np.bincount((distinct >> np.uint64(32)).astype(np.int64), minlength=len(terms))
    documents = (distinct & np.uint64(0xFFFFFFFF)).astype(np.int64)
    return FieldPostings(terms, counts.astype(np.int64), documents, frequencies.astype(np.int64), positions)
