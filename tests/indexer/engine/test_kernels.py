"""The compiled inner loops give what those in NumPy give, to the last bit, and refuse what is damaged."""

from __future__ import annotations

import time
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from indexer.kernels import numpy_twin
from indexer.kernels.types import POSITION_BITS, Operand, OperandTerm, PackedLists, PostingList, SegmentQuery
from indexer.language import tokenizer

native = pytest.importorskip("indexer.kernels.native", reason="nothing was compiled: no compiler at installation")

LIMIT = 400


def equal(one: Any, other: Any) -> None:
    """Equal in value, shape and type, through tuples and lists."""
    if isinstance(one, tuple | list):
        assert len(one) == len(other)
        for left, right in zip(one, other, strict=True):
            equal(left, right)
    elif isinstance(one, np.ndarray):
        assert one.dtype == other.dtype
        assert one.tobytes() == other.tobytes()
    else:
        assert one == other


def ascending(kind: Any = np.int32, most: int = LIMIT, size: int = 80) -> st.SearchStrategy[np.ndarray]:
    return st.sets(st.integers(0, most - 1), max_size=size).map(lambda s: np.array(sorted(s), kind))


def some(kind: Any, most: int, size: int) -> st.SearchStrategy[np.ndarray]:
    return arrays.arrays(kind, size, elements=st.integers(0, most))


packed_positions = st.sets(st.tuples(st.integers(0, 30), st.integers(0, 60)), max_size=120).map(
    lambda pairs: np.array(sorted((d << POSITION_BITS) + p for d, p in pairs), np.int64)
)


Term = dict[int, list[int]]
"""The positions of a term by document."""


def fields(terms: list[Term], limit: int = LIMIT) -> dict[Any, Any]:
    """The posting lists of these terms, packed as in a segment, for the loops of either kind."""
    counts = np.array([len(term) for term in terms], np.int64)
    gaps = [np.diff(sorted(term), prepend=0) for term in terms]
    often = [np.array([len(term[document]) for document in sorted(term)]) for term in terms]
    positions = [np.array([p for document in sorted(term) for p in term[document]]) for term in terms]
    occurrences = np.array([len(some) for some in positions], np.int64)
    packed = []
    for values, lengths in ((gaps, counts), (often, counts), (positions, occurrences)):
        flat = np.concatenate([np.zeros(0, np.uint32), *values]).astype(np.uint32)
        width, start, arrays_by_width = numpy_twin.pack_lists(flat, lengths)
        packed.append(PackedLists(width, start, *arrays_by_width))
        equal(packed[-1].unpack(lengths), flat)
    return {loops: loops.ArrayFieldIndex(counts, occurrences, *packed, limit) for loops in (native, numpy_twin)}


def terms(documents: int = LIMIT, spread: int = 1, size: int = 40) -> st.SearchStrategy[list[Term]]:
    """Terms that never occur at the same position, as words do not; the more `spread`, the larger the positions."""
    position = st.tuples(st.integers(0, documents - 1), st.integers(0, 9))

    def deal(positions: set[tuple[int, int]], owners: list[int]) -> list[Term]:
        dealt: list[Term] = [{} for _ in range(max(owners) + 1)]
        for (document, at), owner in zip(sorted(positions), owners * len(positions), strict=False):
            dealt[owner].setdefault(document, []).append(at * spread)
        return dealt

    return st.builds(deal, st.sets(position, max_size=size), st.lists(st.integers(0, 3), min_size=1, max_size=9))


live_masks = st.none() | arrays.arrays(np.bool_, LIMIT)


@given(st.sets(st.binary(min_size=1, max_size=4), max_size=30), st.binary(max_size=4))
def test_terms_are_looked_up_alike(terms: set[bytes], wanted: bytes) -> None:
    ordered = sorted(terms)
    blob = np.frombuffer(b"".join(ordered), np.uint8)
    starts = np.cumsum([0, *map(len, ordered)])
    for kind in (np.uint8, np.uint16, np.uint32, np.uint64):
        found = native.lower_bound(blob, starts.astype(kind), wanted)
        assert found == numpy_twin.lower_bound(blob, starts.astype(kind), wanted) == sum(t < wanted for t in ordered)
        found = native.find_term(blob, starts.astype(kind), wanted)
        assert found == numpy_twin.find_term(blob, starts.astype(kind), wanted)
        assert found == (ordered.index(wanted) if wanted in terms else -1)


@given(terms(), live_masks, st.integers(0, 1000))
def test_posting_lists_are_unpacked_alike(some_terms: list[Term], live: np.ndarray | None, base: int) -> None:
    of = fields(some_terms)

    def lists(loops: Any) -> list[PostingList]:
        return [PostingList(base + LIMIT * at, live, of[loops], at) for at in range(len(some_terms))]

    equal(native.decode_postings(lists(native)), numpy_twin.decode_postings(lists(numpy_twin)))
    for at, term in enumerate(some_terms):
        for field in of.values():
            assert (field.count(at), field.occurrences(at)) == (len(term), sum(map(len, term.values())))


@given(st.sampled_from([1, 300, 70_000]).flatmap(lambda spread: terms(60, spread)), ascending(most=150))
def test_positions_in_candidates_are_decoded_alike(some_terms: list[Term], chosen: np.ndarray) -> None:
    of = fields(some_terms, 60)

    def lists(loops: Any) -> list[PostingList]:
        return [PostingList(20 + 60 * (at % 2), None, of[loops], at) for at in range(len(some_terms))]

    equal(native.decode_positions(lists(native), chosen), numpy_twin.decode_positions(lists(numpy_twin), chosen))
    assert set((numpy_twin.decode_positions(lists(numpy_twin), chosen) >> POSITION_BITS).tolist()) <= set(
        chosen.tolist()
    )


@given(terms(), live_masks, st.data())
def test_many_lists_are_accumulated_alike(some_terms: list[Term], live: np.ndarray | None, data: st.DataObject) -> None:
    of = fields(some_terms)
    first = data.draw(st.integers(0, len(some_terms)))
    chosen = range(first, data.draw(st.integers(first, len(some_terms))))
    ours, theirs = (np.zeros(LIMIT + 20, np.int32) for _ in range(2))
    for loops, accumulator in ((native, ours), (numpy_twin, theirs)):
        loops.accumulate(of[loops], chosen, 20, live, accumulator)
    equal(ours, theirs)
    equal(native.drain_accumulator(ours), numpy_twin.drain_accumulator(theirs))
    assert not ours.any()


SMALL_LIMIT = 13
"""Documents of a segment for positional queries: so few that terms share some."""


@given(
    st.lists(st.tuples(st.booleans(), terms(SMALL_LIMIT, size=90)), min_size=1, max_size=2),
    st.lists(st.tuples(st.integers(-6, 6), st.integers(0, 4)), max_size=2),
    st.none() | ascending(most=60), st.none() | arrays.arrays(np.bool_, SMALL_LIMIT), st.booleans(),
)  # fmt: skip
def test_positional_queries_match_alike(
    wanted: list[tuple[bool, list[Term]]],
    windows: list[tuple[int, int]],
    chosen: np.ndarray | None,
    live: np.ndarray | None,
    with_frequencies: bool,
) -> None:
    spans = sorted((low, low + reach) for low, reach in windows)
    spans = spans if len(spans) < 2 or spans[0][1] < spans[1][0] else spans[:1]
    of = [fields(some_terms, SMALL_LIMIT) for _, some_terms in wanted]

    def queries(loops: Any) -> list[SegmentQuery]:
        sides = [
            Operand(joined, [OperandTerm(number, field[loops], number) for number in range(len(some_terms))])
            for (joined, some_terms), field in zip(wanted, of, strict=True)
        ]
        return [SegmentQuery(base, live, sides) for base in (20, 20 + SMALL_LIMIT)]

    found = native.match_positions(queries(native), spans, chosen, with_frequencies=with_frequencies)
    equal(found, numpy_twin.match_positions(queries(numpy_twin), spans, chosen, with_frequencies=with_frequencies))
    assert len(found) == 1 + with_frequencies
    for loops in (native, numpy_twin):
        in_time = loops.match_positions(
            queries(loops), spans, chosen, with_frequencies=with_frequencies, ends_at=time.thread_time_ns() + 10**12
        )
        equal(in_time, found)
        late = loops.match_positions(queries(loops), spans, chosen, with_frequencies=with_frequencies, ends_at=1)
        assert [len(each) for each in late] == [0] * (1 + with_frequencies)


@given(st.sampled_from([np.int32, np.int64]).flatmap(lambda kind: st.tuples(ascending(kind), ascending(kind))))
def test_set_operations_are_alike(pair: tuple[np.ndarray, np.ndarray]) -> None:
    one, other = pair
    for ours, theirs in ((one, other), (one[:2], other), (one, other[:1])):
        for name in ("intersect", "union", "difference"):
            equal(getattr(native, name)(ours, theirs), getattr(numpy_twin, name)(ours, theirs))


@given(packed_positions)
def test_positions_are_counted_alike(positions: np.ndarray) -> None:
    equal(native.count_by_document(positions), numpy_twin.count_by_document(positions))


@given(packed_positions, packed_positions, st.lists(st.tuples(st.integers(-12, 12), st.integers(0, 12)), max_size=2))
def test_near_positions_are_found_alike(
    shorter: np.ndarray, longer: np.ndarray, windows: list[tuple[int, int]]
) -> None:
    # Two windows lie apart, as those before and after a word do.
    spans = sorted((low, low + reach) for low, reach in windows)
    spans = spans if len(spans) < 2 or spans[0][1] < spans[1][0] else spans[:1]
    equal(native.near_positions(shorter, longer, spans), numpy_twin.near_positions(shorter, longer, spans))


@given(st.data())
def test_scores_and_their_order_are_alike(data: st.DataObject) -> None:
    chosen, title, body = (data.draw(ascending()) for _ in range(3))
    title_often, body_often = (data.draw(some(np.int32, 9, len(one))) + 1 for one in (title, body))
    norms = arrays.arrays(np.float64, LIMIT, elements=st.floats(0.1, 9))
    both = data.draw(norms), data.draw(norms)
    given = (chosen, (title, title_often), (body, body_often), both, (0.3, 1.7))
    scores = native.bm25(*given)
    equal(scores, numpy_twin.bm25(*given))
    date = data.draw(some(np.int32, 3, LIMIT))
    rank = np.array(data.draw(st.permutations(range(LIMIT))), np.int32)
    for count in (0, 1, 3, 10, len(chosen), len(chosen) + 5):
        equal(native.top_k(scores.round(1), chosen, date, rank, count),
              numpy_twin.top_k(scores.round(1), chosen, date, rank, count))  # fmt: skip


@given(st.data())
def test_facets_are_counted_alike(data: st.DataObject) -> None:
    lengths = data.draw(some(np.int32, 3, LIMIT))
    starts = np.cumsum([0, *lengths]).astype(np.int32)
    codes = data.draw(some(np.int32, 6, int(starts[-1])))
    chosen = data.draw(ascending())
    equal(native.facet_counts(chosen, starts, codes, 7), numpy_twin.facet_counts(chosen, starts, codes, 7))
    single = data.draw(some(np.int32, 7, LIMIT)) - np.int32(1)
    equal(native.facet_counts(chosen, None, single, 7), numpy_twin.facet_counts(chosen, None, single, 7))


@given(st.lists(st.lists(st.integers(0, 9), max_size=12), max_size=12), st.booleans(), st.booleans())
def test_tokens_are_inverted_and_lists_packed_alike(
    texts: list[list[int]], with_positions: bool, positions_given: bool
) -> None:
    tokenizer = np.array([token for text in texts for token in text], np.uint32)
    lengths = np.array([len(text) for text in texts], np.uint32)
    ranks = np.array([3, 1, 4, 1, 5, 0, 2, 0, 5, 3], np.uint32)
    positions = (np.arange(len(tokenizer)) * 40_000 % 70_001).astype(np.uint32) if positions_given else None
    ours = native.invert(tokenizer, ranks, lengths, positions, 6, with_positions=with_positions)
    equal(ours, numpy_twin.invert(tokenizer, ranks, lengths, positions, 6, with_positions=with_positions))
    for values in ours[1:]:
        if values is not None:
            of_each = ours[0] if len(values) == ours[0].sum() else np.array([len(values), 0])
            equal(native.pack_lists(values, of_each), numpy_twin.pack_lists(values, of_each))


LETTERS = st.sampled_from(
    [*"aZsSdL9'’＇`ʻ_-. \n\u0301\u0e34\u4e00\u3042éİßΣ½²٣ªـ\u200b\u00adæﬁＡ\U0001f600", "\U00020001", "\ud800"]
)


@given(st.text(LETTERS, max_size=40) | st.text(max_size=40))
def test_texts_are_tokenized_alike(text: str) -> None:
    assert tokenizer.tokenize(text) == tokenizer.tokenize_by_pattern(text)
    assert (
        tokenizer.exact_terms(text)
        == tokenizer.exact_terms_by_pattern(text)
        == tokenizer.tokenize_by_pattern(text).terms
    )


@given(st.lists(st.text(LETTERS, max_size=40), max_size=8))
def test_words_are_numbered_by_first_sight(texts: list[str]) -> None:
    encoder = tokenizer.create_token_encoder()
    lengths = [encoder.add(text) for text in texts]
    words = [word.decode() for word in encoder.words()]
    cut = [tokenizer.exact_terms_by_pattern(text) for text in texts]
    assert lengths == [len(one) for one in cut]
    assert [words[number] for number in np.frombuffer(encoder.tokens(), np.uint32).tolist()] == [
        k for one in cut for k in one
    ]
    assert words == list(dict.fromkeys(k for one in cut for k in one))


def test_many_and_long_words_are_numbered() -> None:
    encoder = tokenizer.create_token_encoder()
    words = [f"w{number}" for number in range(100_000)]
    assert encoder.add(" ".join(words)) == len(words)
    assert encoder.add("x" * 100_000) == 1
    assert [word.decode() for word in encoder.words()] == [*words, "x" * 100_000]
    view = encoder.tokens()
    with pytest.raises(BufferError):
        encoder.add("more")
    del view


@pytest.mark.parametrize("loops", [native, numpy_twin], ids=["native", "plain"])
def test_damaged_numbers_are_refused_not_followed(loops: Any) -> None:
    one = np.array([0, 1], np.int32)

    def field(gaps: list[int], frequencies: list[int], occurrences: int, *, start: int = 0, limit: int = 20) -> Any:
        """A field of one term of two documents, its numbers as given."""

        def lists(values: list[int]) -> PackedLists:
            small, empty = np.array(values, np.uint8), np.zeros(0, np.uint8)
            kinds = (small, empty.astype(np.uint16), empty.astype(np.uint32))
            return PackedLists(np.zeros(1, np.uint8), np.array([start], np.uint8), *kinds)

        totals = np.array([2]), np.array([occurrences])
        positions = lists([3] * occurrences)
        return loops.ArrayFieldIndex(*totals, lists(gaps), lists(frequencies), positions, limit)

    def read(damaged: Any) -> None:
        one_list, live = PostingList(0, np.ones(20, bool), damaged, 0), np.ones(20, bool)
        loops.match_positions(
            [SegmentQuery(0, live, [Operand(True, [OperandTerm(0, damaged, 0)])])], [], None, with_frequencies=True
        )
        loops.decode_postings([one_list])
        loops.decode_positions([one_list], np.arange(20, dtype=np.int32))
        loops.accumulate(damaged, range(1), 0, live, np.zeros(20, np.int32))

    read(field([3, 9], [1, 1], 2))
    for damaged in (
        field([3, 19], [1, 1], 2),
        field([3, 9], [1, 9], 2),
        field([3], [1, 1], 2),
        field([3, 9], [1], 2),
        field([3, 9], [1, 1], 2, start=1),
        field([3, 9], [1, 1], 2, limit=12),
    ):
        with pytest.raises(ValueError, match="damaged"):
            read(damaged)
    with pytest.raises(ValueError, match="damaged"):
        loops.facet_counts(one[:1], one, np.array([7], np.int32), 3)
    for code in (-2, 3):
        with pytest.raises(ValueError, match="damaged"):
            loops.facet_counts(one[:1], None, np.array([code], np.int32), 3)


def test_arrays_of_another_width_are_refused() -> None:
    with pytest.raises(TypeError, match="numbers of 4 bytes"):
        native.bm25(np.zeros(1), *[(np.zeros(1, np.int32),) * 2] * 2, (np.zeros(1),) * 2, (1.0, 1.0))
