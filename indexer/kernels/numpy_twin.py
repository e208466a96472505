"""The inner loops in NumPy: what each of them is, and what they fall back to where nothing was compiled."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from indexer.kernels import types
from indexer.kernels.types import (
    SHIFT,
    Array,
    Asked,
    DamagedPostings,
    Documents,
    Floats,
    Lists,
    Mask,
    Numbers,
    Places,
    Posted,
    Side,
    Values,
)


def at_or_after(blob: Array, starts: Array, term: bytes) -> int:
    """The number of the first term that is not before `term`; terms ascend by byte."""
    low, high = 0, len(starts) - 1
    while low < high:
        middle = (low + high) // 2
        if blob[starts[middle] : starts[middle + 1]].tobytes() < term:
            low = middle + 1
        else:
            high = middle
    return max(low, 0)


def term_number(blob: Array, starts: Array, term: bytes) -> int:
    """The number of `term`, -1 where it does not occur."""
    number = at_or_after(blob, starts, term)
    there = number < len(starts) - 1 and blob[starts[number] : starts[number + 1]].tobytes() == term
    return number if there else -1


class Field:
    """See types.Field."""

    def __init__(
        self, counts: Array, occurrences: Array, gaps: Lists, frequencies: Lists, positions: Lists | None, limit: int, /
    ) -> None:
        self._counts, self._occurrences, self.limit = counts, occurrences, limit
        self._gaps, self._frequencies, self._positions = gaps, frequencies, positions

    def count(self, number: int, /) -> int:
        """In how many documents a term stands."""
        return int(self._counts[number])

    def occurrences(self, number: int, /) -> int:
        """How often a term stands."""
        return int(self._occurrences[number])

    def documents(self, number: int, base: int, live: Mask | None) -> tuple[Numbers, Array]:
        """A term's documents, counted from `base`, and how often it stands in each; deleted ones left out.

        Raises:
            DamagedPostings: a document is not below the limit, or a list shorter than it should be.
        """
        length = self.count(number)
        frequencies = self._frequencies.of(number, length)
        found = np.cumsum(self._gaps.of(number, length), dtype=np.int64)
        _check(not len(found) or found[-1] < self.limit)
        if live is not None:
            _check(len(live) >= self.limit)
            kept = live[found]
            found, frequencies = found[kept], frequencies[kept]
        return found + base, frequencies

    def places(self, number: int, base: int, live: Mask | None) -> Places:
        """A term's places; raises as `documents` does."""
        _check(self._positions is not None)
        assert self._positions is not None
        documents, frequencies = self.documents(number, base, None)
        owners = np.repeat(documents, frequencies)
        positions = self._positions.of(number, self.occurrences(number))
        _check(len(owners) <= len(positions))
        there = (owners << SHIFT) + positions[: len(owners)].astype(np.int64)
        return there if live is None else there[live[owners - base]]


def documents(posted: Sequence[Posted]) -> tuple[Documents, Documents]:
    """Posting lists unpacked, one after the other: the documents and their frequencies; deleted ones left out.

    Raises:
        ValueError: the numbers are damaged.
    """
    lists = [_field(one.field).documents(one.number, one.base, one.live) for one in posted]
    found = [np.concatenate([np.zeros(0, np.int32), *(pair[at].astype(np.int32) for pair in lists)]) for at in (0, 1)]
    return found[0], found[1]


def places_in(posted: Sequence[Posted], chosen: Documents) -> Places:
    """The places in the documents `chosen`, ascending and live, of all the posting lists together, ascending.

    Raises:
        ValueError: the numbers are damaged.
    """
    found = [np.zeros(0, np.int64)]
    for one in posted:
        there = _field(one.field).places(one.number, one.base, None)
        found.append(there[member((there >> SHIFT).astype(np.int32), chosen)])
    return np.sort(np.concatenate(found), kind="stable")


def gather(field: types.FieldLists, terms: range, base: int, live: Mask | None, counters: Documents) -> None:
    """Add the frequencies of these terms to the counters of their documents, counted from `base`."""
    for term in terms:
        some, often = _field(field).documents(term, base, live)
        counters[some] += often.astype(np.int32)


def _field(field: types.FieldLists) -> Field:
    assert isinstance(field, Field)
    return field


def harvest(counters: Documents) -> tuple[Documents, Documents]:
    """The documents whose counters are not zero, and the counters, which are zeroed again."""
    found = np.flatnonzero(counters).astype(np.int32)
    often = counters[found]
    counters[:] = 0
    return found, often


def member(wanted: Array, among: Array) -> Mask:
    """Which of `wanted` stand in `among`; both ascend."""
    if not len(among):
        return np.zeros(len(wanted), bool)
    at = np.searchsorted(among, wanted)
    at[at == len(among)] = 0
    return np.asarray(among[at] == wanted)


def both(one: Array, other: Array) -> Array:
    """What stands in both sets: each of the shorter is looked up in the longer."""
    few, many = (one, other) if len(one) <= len(other) else (other, one)
    return few[member(few, many)]


def either(one: Array, other: Array) -> Array:
    """What stands in either set."""
    few, many = (one, other) if len(one) <= len(other) else (other, one)
    new = few[~member(few, many)]
    # Two ascending runs: a stable sort merges them in one pass.
    return np.sort(np.concatenate([many, new]), kind="stable") if len(new) else many


def without(these: Array, those: Array) -> Array:
    """What stands in the first set and not in the second."""
    return these[~member(these, those)]


def counted(there: Places) -> tuple[Documents, Documents]:
    """The documents that places stand in, and how many stand in each."""
    owners = there >> SHIFT
    begins = np.flatnonzero(np.diff(owners, prepend=-1))
    return owners[begins].astype(np.int32), np.diff(begins, append=len(owners)).astype(np.int32)


def partnered(few: Places, many: Places, windows: Sequence[tuple[int, int]]) -> Places:
    """The places of both lists that stand in a window around one of the other, windows being relative to `few`.

    A window that reaches out of its document lands between documents, where no place is.
    """
    met = np.zeros(len(few), bool)
    edges = np.zeros(len(many) + 1, np.int64)
    for low, high in windows:
        begins, ends = np.searchsorted(many, few + low), np.searchsorted(many, few + high, "right")
        met |= ends > begins
        edges += np.bincount(begins, minlength=len(edges)) - np.bincount(ends, minlength=len(edges))
    covered = np.cumsum(edges)[:-1] > 0
    return either(few[met], many[covered])


def standing(
    segments: list[Asked], windows: Sequence[tuple[int, int]], chosen: Documents | None, *, counting: bool
) -> tuple[Documents, ...]:
    """The documents in which a side stands, or two of them near each other, and, if `counting`, how often.

    Only `chosen` documents, if they are given. One side counts its places; two count the places of either that have
    a partner on the other in one of the `windows`: how many words after a place of the first side one of the second
    may stand, from and to. A segment after the other, in ascending order of documents.

    Raises:
        ValueError: the numbers are damaged.
    """
    found = [np.zeros(0, np.int64)]
    for base, live, sides in segments:
        places = [_places_of_side(side, base, live) for side in sides]
        found.append(places[0] if len(places) == 1 else partnered(places[0], places[1], windows))
    documents, often = counted(np.concatenate(found))
    if chosen is not None:
        kept = member(documents, chosen)
        documents, often = documents[kept], often[kept]
    return (documents, often) if counting else (documents,)


def _places_of_side(side: Side, base: int, live: Mask | None) -> Places:
    lists = [_field(field).places(number, base, live) - offset * side.joined for offset, field, number in side.lists]
    if not side.joined:
        return np.sort(np.concatenate(lists), kind="stable")
    begins = lists[0]
    for other in lists[1:]:
        begins = begins[member(begins, other)]
    return begins


def bm25(
    chosen: Documents,
    title: tuple[Documents, Documents],
    body: tuple[Documents, Documents],
    norms: tuple[Floats, Floats],
    weights: tuple[float, float],
) -> Floats:
    """The scores of `chosen`: weight x BM25 of title and body together, plus weight x BM25 of the title alone.

    `title` and `body` are documents with frequencies; `norms` and `weights` are those of the title and of the whole.
    """
    in_title, in_body = _frequencies(chosen, *title), _frequencies(chosen, *body)
    in_all = (in_title + in_body).astype(np.float64)
    scores = weights[1] * (in_all / (in_all + norms[1][chosen]))
    there = np.flatnonzero(in_title)
    titles = in_title[there].astype(np.float64)
    scores[there] += weights[0] * (titles / (titles + norms[0][chosen[there]]))
    return np.asarray(scores)


def _frequencies(chosen: Documents, documents: Documents, frequencies: Documents) -> Documents:
    """The frequency in each of the documents `chosen`, 0 where there is none."""
    if not len(documents):
        return np.zeros(len(chosen), np.int32)
    at = np.searchsorted(documents, chosen)
    at[at == len(documents)] = 0
    return np.where(documents[at] == chosen, frequencies[at], 0).astype(np.int32)


def best(first: Floats, documents: Documents, date: Documents, rank: Documents, count: int) -> Numbers:
    """The places of the first `count` documents: by `first`, then by date (both largest first), then by rank."""
    chosen = np.arange(len(documents))
    if count < len(documents) // 2:  # only those that can be among them are sorted
        least = np.partition(first, len(first) - count)[len(first) - count] if count else np.inf
        chosen = np.flatnonzero(first >= least)
    those = documents[chosen]
    return np.asarray(chosen[np.lexsort((rank[those], -date[those], -first[chosen]))[:count]])


def tally(documents: Documents, starts: Documents | None, codes: Documents, values: int) -> tuple[Documents, int]:
    """How often each of `values` codes stands among the documents, and how many documents have none.

    Document `d` has `codes[starts[d]:starts[d + 1]]`; without `starts` it has `codes[d]`, -1 for none.
    """
    if starts is None:
        found = codes[documents]
        there = found[found != -1]
        _check(not len(there) or bool(there.min() >= 0 and there.max() < values))
        return np.bincount(there, minlength=values).astype(np.int32), len(found) - len(there)
    lengths = starts[documents + 1] - starts[documents]
    ends = np.cumsum(lengths)
    places = np.repeat(starts[documents] - ends + lengths, lengths) + np.arange(ends[-1] if len(ends) else 0)
    counts = np.bincount(codes[places], minlength=values).astype(np.int32)
    _check(len(counts) == values)
    return counts, int(np.count_nonzero(lengths == 0))


def inverted(
    tokens: Values, ranks: Values, lengths: Values, positions: Values | None, count: int, *, placed: bool
) -> tuple[Numbers, Values, Values, Values | None]:
    """Tokens in order of document and position, turned into the postings of `count` terms.

    `ranks` gives the term of a token's number, `lengths` how many tokens each document has. A token's position is
    the one given, or its number in its document. Returns how many documents each term has, and, in order of term,
    the documents, their frequencies, and (where `placed`) the positions.
    """
    terms = ranks[tokens]
    owners = np.repeat(np.arange(len(lengths), dtype=np.uint64), lengths)
    order = np.argsort(terms, kind="stable")
    pairs = (terms[order].astype(np.uint64) << np.uint64(32)) | owners[order]
    first = np.ones(len(pairs), bool)
    first[1:] = pairs[1:] != pairs[:-1]
    begins = np.flatnonzero(first)
    distinct = pairs[begins]
    counts = np.bincount((distinct >> np.uint64(32)).astype(np.int64), minlength=count).astype(np.int64)
    documents = (distinct & np.uint64(0xFFFFFFFF)).astype(np.uint32)
    frequencies = np.diff(begins, append=len(pairs)).astype(np.uint32)
    if not placed:
        return counts, documents, frequencies, None
    if positions is None:
        begun = np.cumsum(lengths, dtype=np.int64) - lengths
        positions = (np.arange(len(tokens)) - np.repeat(begun, lengths)).astype(np.uint32)
    return counts, documents, frequencies, positions[order]


WIDTHS = (np.uint8, np.uint16, np.uint32)
"""The widths a packed list may have; a list's is the narrowest that its largest number fits."""


def packed(values: Values, lengths: Numbers) -> tuple[Array, Numbers, list[Array]]:
    """Lists packed by width: the width of each (a place in WIDTHS), where it starts, and an array a width."""
    begins = np.cumsum(lengths) - lengths
    largest = np.zeros(len(lengths), np.uint32)
    full = lengths > 0
    if len(values):
        largest[full] = np.maximum.reduceat(values, begins[full])
    width = (largest > 0xFF).astype(np.uint8) + (largest > 0xFFFF).astype(np.uint8)
    starts = np.zeros(len(lengths), np.int64)
    arrays = []
    for number, kind in enumerate(WIDTHS):
        chosen = width == number
        starts[chosen] = np.cumsum(lengths[chosen]) - lengths[chosen]
        arrays.append(values[np.repeat(chosen, lengths)].astype(kind))
    return width, starts, arrays


def _check(fine: bool) -> None:
    if not fine:
        raise DamagedPostings
