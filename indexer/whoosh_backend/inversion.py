"""Many texts turned into posting lists at once: words numbered as they come, then one counting sort for all."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from indexer import kernels
from indexer.kernels.types import Values
from indexer.tokens import loose, numbered
from indexer.whoosh_backend.analysis import placed_names
from indexer.whoosh_backend.common import pair
from indexer.whoosh_backend.fields import number_keys
from indexer.whoosh_backend.packing import FieldPostings


class TextInverter:
    """Collects the texts of one field, document by document, and inverts them."""

    def __init__(self) -> None:
        self._numbered = numbered()
        self._positions: array[int] | None = None
        self._lengths = array("I")

    @property
    def size(self) -> int:
        """The tokens collected so far."""
        return len(self._numbered)

    @property
    def lengths(self) -> Values:
        """The tokens of each document."""
        return np.frombuffer(self._lengths, np.uint32)

    def add(self, text: str) -> None:
        """The next document's text; an empty one where it has none."""
        self._lengths.append(self._numbered.add(text))

    def add_names(self, names: Sequence[str]) -> None:
        """The next document's names, in a field of nothing else: their folded keys, the names far apart."""
        if self._positions is None:
            self._positions = array("I")
        before = self.size
        for start, keys in placed_names(names):
            self._positions.extend(range(start, start + len(keys)))
            for key in keys:
                self._numbered.add_key(key)
        self._lengths.append(self.size - before)

    def verbatim(self) -> FieldPostings:
        """The postings of the keys as they are."""
        words = self._numbered.words()
        positions = None if self._positions is None else np.frombuffer(self._positions, np.uint32)
        ordered = sorted(words)
        inverted = kernels.inverted(
            self._tokens, _places(words, ordered), self.lengths, positions, len(words), placed=True
        )
        return FieldPostings(ordered, *inverted)

    def loose(self) -> tuple[FieldPostings, list[list[int]]]:
        """The postings of the loose keys, and for each of them its verbatim keys by their number in order.

        Each distinct word is stemmed once, however often it stands.
        """
        words = self._numbered.words()
        stems = [loose(word.decode()).encode() for word in words]
        ordered = sorted(set(stems))
        ranks = _places(stems, ordered)
        forms: list[list[int]] = [[] for _ in ordered]
        rank_of = dict(zip(words, ranks.tolist(), strict=True))
        for number, word in enumerate(sorted(words)):
            forms[rank_of[word]].append(number)
        inverted = kernels.inverted(self._tokens, ranks, self.lengths, None, len(ordered), placed=False)
        return FieldPostings(ordered, *inverted), forms

    def pairs(self, common: Sequence[str]) -> tuple[FieldPostings, Values]:
        """The postings of neighbours that are both `common`, placed where the first stands; and each text's count."""
        ordered = sorted(common)
        code_of = {word.encode(): code for code, word in enumerate(ordered)}
        codes = np.array([code_of.get(word, -1) for word in self._numbered.words()] or [-1], np.int16)[self._tokens]
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


class KeyInverter:
    """Collects the exact keys (ids, names) of each document, and inverts them."""

    def __init__(self) -> None:
        self._numbers: defaultdict[str, int] = defaultdict()
        self._numbers.default_factory = self._numbers.__len__
        self._keys, self._lengths = array("I"), array("I")

    def add(self, keys: Sequence[str]) -> None:
        """The next document's keys, each once."""
        self._keys.extend(map(self._numbers.__getitem__, keys))
        self._lengths.append(len(keys))

    def postings(self) -> FieldPostings:
        """The postings, each of frequency one."""
        terms = [key.encode() for key in self._numbers]
        ordered = sorted(terms)
        tokens, lengths = np.frombuffer(self._keys, np.uint32), np.frombuffer(self._lengths, np.uint32)
        inverted = kernels.inverted(tokens, _places(terms, ordered), lengths, None, len(ordered), placed=False)
        return FieldPostings(ordered, *inverted)


class NumberInverter:
    """Collects a number a document, and inverts the keys by which Whoosh finds it: itself, and cut short for ranges."""

    def __init__(self) -> None:
        self._values = array("q")

    def add(self, value: int) -> None:
        """The next document's number; 0 where it has none, which is not indexed."""
        self._values.append(value)

    def postings(self) -> FieldPostings:
        """The postings, each of frequency one. The keys of a value are worked out once, however often it occurs."""
        values, which = np.unique(np.frombuffer(self._values, np.int64), return_inverse=True)
        keys = [number_keys(value) if value else () for value in values.tolist()]
        ordered = sorted({key for some in keys for key in some})
        place = {key: number for number, key in enumerate(ordered)}
        most = max(map(len, keys), default=0)
        table = np.zeros((len(keys), most), np.uint32)
        for row, some in zip(table, keys, strict=True):
            row[: len(some)] = [place[key] for key in some]
        sizes = np.array([len(some) for some in keys], np.uint32)
        lengths = sizes[which] if len(which) else np.zeros(0, np.uint32)
        tokens = table[which][np.arange(most) < lengths[:, None]] if most else np.zeros(0, np.uint32)
        ranks = np.arange(len(ordered), dtype=np.uint32)
        return FieldPostings(ordered, *kernels.inverted(tokens, ranks, lengths, None, len(ordered), placed=False))


def _places(words: Sequence[bytes], ordered: Sequence[bytes]) -> Values:
    """The place of each word among the ordered ones."""
    place: dict[bytes, int] = {word: number for number, word in enumerate(ordered)}
    return np.fromiter((place[word] for word in words), np.uint32, len(words))
