"""The compiled inner loops give what those in NumPy give, to the last bit, and refuse what is damaged."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from indexer import tokens
from indexer.kernels import plain
from indexer.kernels.types import SHIFT, Lists, Side, Walk

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


places = st.sets(st.tuples(st.integers(0, 30), st.integers(0, 60)), max_size=120).map(
    lambda pairs: np.array(sorted((d << SHIFT) + p for d, p in pairs), np.int64)
)


@st.composite
def lists(draw: st.DrawFn) -> dict[str, Any]:
    """A posting list as a segment holds it, in any widths, with a mask of what is live."""
    found = draw(ascending(np.int64))
    frequencies = draw(some(draw(st.sampled_from([np.uint8, np.uint16, np.uint32])), 3, len(found))) + 1
    return {
        "gaps": np.diff(found, prepend=0).astype(draw(st.sampled_from([np.uint16, np.uint32]))),
        "frequencies": frequencies.astype(draw(st.sampled_from([np.uint8, np.uint16, np.uint32]))),
        "base": draw(st.integers(0, 1000)),
        "limit": LIMIT,
        "live": draw(st.none() | arrays.arrays(np.bool_, LIMIT)),
    }


@given(st.sets(st.binary(min_size=1, max_size=4), max_size=30), st.binary(max_size=4))
def test_terms_are_looked_up_alike(terms: set[bytes], wanted: bytes) -> None:
    ordered = sorted(terms)
    blob = np.frombuffer(b"".join(ordered), np.uint8)
    starts = np.cumsum([0, *map(len, ordered)])
    for kind in (np.uint8, np.uint16, np.uint32, np.uint64):
        found = native.at_or_after(blob, starts.astype(kind), wanted)
        assert found == plain.at_or_after(blob, starts.astype(kind), wanted) == sum(t < wanted for t in ordered)
        found = native.term_number(blob, starts.astype(kind), wanted)
        assert found == plain.term_number(blob, starts.astype(kind), wanted)
        assert found == (ordered.index(wanted) if wanted in terms else -1)


@given(lists())
def test_posting_lists_are_unpacked_alike(packed: dict[str, Any]) -> None:
    equal(native.documents(**packed), plain.documents(**packed))


@st.composite
def walks(draw: st.DrawFn, there: list[int], lists: int) -> list[Walk]:
    """Posting lists, in any widths, that have these places between them."""
    owners = draw(some(np.int64, lists - 1, len(there)))
    found = []
    for number in range(lists):
        own = np.array([place for place, owner in zip(there, owners, strict=True) if owner == number], np.int64)
        documents, often = plain.counted(own)
        kinds = draw(st.tuples(*[st.sampled_from([np.uint8, np.uint16, np.uint32])] * 3))
        values = (np.diff(documents, prepend=0), often, own & 0xFF)
        offset = draw(st.integers(0, 3))
        found.append(Walk(offset, *(value.astype(kind) for value, kind in zip(values, kinds, strict=True))))
    return found


@st.composite
def sides(draw: st.DrawFn) -> Side:
    """A phrase, or words any of which will do: few documents and positions, so that they meet."""
    joined, lists = draw(st.booleans()), draw(st.integers(1, 3))
    place = st.tuples(st.integers(0, 12), st.integers(0, 9)).map(lambda pair: (pair[0] << SHIFT) + pair[1])
    if not joined:
        return Side(False, draw(walks(sorted(draw(st.sets(place, max_size=60))), lists)))
    each = [draw(walks(sorted(draw(st.sets(place, max_size=60))), 1))[0] for _ in range(lists)]
    return Side(True, [each[0]._replace(offset=0), *each[1:]])


@given(
    st.lists(sides(), min_size=1, max_size=2), st.lists(st.tuples(st.integers(-6, 6), st.integers(0, 4)), max_size=2),
    st.none() | ascending(most=40), st.none() | arrays.arrays(np.bool_, 13), st.booleans(),
)  # fmt: skip
def test_where_things_stand_is_found_alike(
    asked: list[Side],
    windows: list[tuple[int, int]],
    chosen: np.ndarray | None,
    live: np.ndarray | None,
    counting: bool,
) -> None:
    spans = sorted((low, low + reach) for low, reach in windows)
    spans = spans if len(spans) < 2 or spans[0][1] < spans[1][0] else spans[:1]
    given = (asked, spans, 20, 13, live, chosen)
    equal(native.standing(*given, counting=counting), plain.standing(*given, counting=counting))


@given(st.lists(st.lists(st.tuples(st.integers(1, 90), st.integers(1, 9)), max_size=4), max_size=6), st.data())
def test_places_in_chosen_documents_are_found_alike(terms: list[list[tuple[int, int]]], data: st.DataObject) -> None:
    counts = np.array([len(term) for term in terms], np.int64)
    gaps, often = (np.array([pair[at] for term in terms for pair in term], np.uint32) for at in (0, 1))
    occurrences = np.array([sum(often for _, often in term) for term in terms], np.int64)
    positions = np.arange(occurrences.sum(), dtype=np.uint32) * data.draw(st.sampled_from([1, 300, 70_000]))
    opened = []
    for values, lengths in ((gaps, counts), (often, counts), (positions, occurrences)):
        width, start, arrays_by_width = plain.packed(values, lengths)
        opened.append(Lists(width, start, *arrays_by_width))
    asked = data.draw(st.lists(st.integers(0, len(terms) - 1), unique=True) if terms else st.just([]))
    chosen = np.array(sorted(data.draw(st.sets(st.integers(0, LIMIT + 40)))), np.int32)
    given = (np.array(asked, np.int64), counts, occurrences, *opened, 20, LIMIT, chosen)
    equal(native.places_in(*given), plain.places_in(*given))
    assert set((plain.places_in(*given) >> 32).tolist()) <= set(chosen.tolist())


@given(st.lists(st.lists(st.tuples(st.integers(1, 90), st.integers(1, 70_000)), max_size=4), max_size=6), st.data())
def test_many_lists_are_gathered_alike(terms: list[list[tuple[int, int]]], data: st.DataObject) -> None:
    counts = np.array([len(term) for term in terms], np.int64)
    gaps, often = (np.array([pair[at] for term in terms for pair in term], np.uint32) for at in (0, 1))
    opened = []
    for values in (gaps, often):
        width, start, arrays_by_width = plain.packed(values, counts)
        opened.append(Lists(width, start, *arrays_by_width))
        equal(opened[-1].flat(counts), values)
    first = data.draw(st.integers(0, len(terms)))
    chosen = range(first, data.draw(st.integers(first, len(terms))))
    live = data.draw(st.none() | arrays.arrays(np.bool_, LIMIT))
    ours, theirs = (np.zeros(LIMIT + 20, np.int32) for _ in range(2))
    for loops, counters in ((native, ours), (plain, theirs)):
        loops.gather(chosen, counts, *opened, 20, LIMIT, live, counters)
    equal(ours, theirs)
    equal(native.harvest(ours), plain.harvest(theirs))
    assert not ours.any()


@given(st.sampled_from([np.int32, np.int64]).flatmap(lambda kind: st.tuples(ascending(kind), ascending(kind))))
def test_sets_are_joined_alike(pair: tuple[np.ndarray, np.ndarray]) -> None:
    one, other = pair
    for ours, theirs in ((one, other), (one[:2], other), (one, other[:1])):
        for name in ("both", "either", "without"):
            equal(getattr(native, name)(ours, theirs), getattr(plain, name)(ours, theirs))


@given(places)
def test_places_are_counted_alike(there: np.ndarray) -> None:
    equal(native.counted(there), plain.counted(there))


@given(places, places, st.lists(st.tuples(st.integers(-12, 12), st.integers(0, 12)), max_size=2))
def test_partners_are_found_alike(few: np.ndarray, many: np.ndarray, windows: list[tuple[int, int]]) -> None:
    # Two windows lie apart, as those before and after a word do.
    spans = sorted((low, low + reach) for low, reach in windows)
    spans = spans if len(spans) < 2 or spans[0][1] < spans[1][0] else spans[:1]
    equal(native.partnered(few, many, spans), plain.partnered(few, many, spans))


@given(st.data())
def test_scores_and_their_order_are_alike(data: st.DataObject) -> None:
    chosen, title, body = (data.draw(ascending()) for _ in range(3))
    title_often, body_often = (data.draw(some(np.int32, 9, len(one))) + 1 for one in (title, body))
    norms = tuple(data.draw(arrays.arrays(np.float64, LIMIT, elements=st.floats(0.1, 9))) for _ in range(2))
    given = (chosen, (title, title_often), (body, body_often), norms, (0.3, 1.7))
    scores = native.bm25(*given)
    equal(scores, plain.bm25(*given))
    date = data.draw(some(np.int32, 3, LIMIT))
    rank = np.array(data.draw(st.permutations(range(LIMIT))), np.int32)
    for count in (0, 1, 3, 10, len(chosen), len(chosen) + 5):
        equal(native.best(scores.round(1), chosen, date, rank, count),
              plain.best(scores.round(1), chosen, date, rank, count))  # fmt: skip


@given(st.data())
def test_facets_are_counted_alike(data: st.DataObject) -> None:
    lengths = data.draw(some(np.int32, 3, LIMIT))
    starts = np.cumsum([0, *lengths]).astype(np.int32)
    codes = data.draw(some(np.int32, 6, int(starts[-1])))
    chosen = data.draw(ascending())
    equal(native.tally(chosen, starts, codes, 7), plain.tally(chosen, starts, codes, 7))


@given(st.lists(st.lists(st.integers(0, 9), max_size=12), max_size=12), st.booleans(), st.booleans())
def test_tokens_are_inverted_and_packed_alike(texts: list[list[int]], placed: bool, given: bool) -> None:
    tokens = np.array([token for text in texts for token in text], np.uint32)
    lengths = np.array([len(text) for text in texts], np.uint32)
    ranks = np.array([3, 1, 4, 1, 5, 0, 2, 0, 5, 3], np.uint32)
    positions = (np.arange(len(tokens)) * 40_000 % 70_001).astype(np.uint32) if given else None
    ours = native.inverted(tokens, ranks, lengths, positions, 6, placed=placed)
    equal(ours, plain.inverted(tokens, ranks, lengths, positions, 6, placed=placed))
    for values in ours[1:]:
        if values is not None:
            of_each = ours[0] if len(values) == ours[0].sum() else np.array([len(values), 0])
            equal(native.packed(values, of_each), plain.packed(values, of_each))


SIGNS = st.sampled_from([*"aZ9'’＇_-. \n\u0301\u0e34\u4e00\u3042éİßΣ½²٣ªـ\u200b\U0001f600", "\U00020001", "\ud800"])


@given(st.text(SIGNS, max_size=40) | st.text(max_size=40))
def test_texts_are_cut_alike(text: str) -> None:
    assert tokens.tokens(text) == tokens.tokens_by_pattern(text)
    assert tokens.keys(text) == tokens.keys_by_pattern(text) == tokens.tokens_by_pattern(text).keys


@given(st.lists(st.text(SIGNS, max_size=40), max_size=8))
def test_words_are_numbered_by_first_sight(texts: list[str]) -> None:
    assert tokens._compiled
    numbered = tokens._compiled.Numbered()
    lengths = [numbered.add(text) for text in texts]
    words = [word.decode() for word in numbered.words()]
    cut = [tokens.keys_by_pattern(text) for text in texts]
    assert lengths == [len(one) for one in cut]
    assert [words[number] for number in np.frombuffer(numbered.tokens(), np.uint32).tolist()] == [
        k for one in cut for k in one
    ]
    assert words == list(dict.fromkeys(k for one in cut for k in one))


def test_many_and_long_words_are_numbered() -> None:
    assert tokens._compiled
    numbered = tokens._compiled.Numbered()
    words = [f"w{number}" for number in range(100_000)]
    assert numbered.add(" ".join(words)) == len(words)
    assert numbered.add("x" * 100_000) == 1
    assert [word.decode() for word in numbered.words()] == [*words, "x" * 100_000]
    view = numbered.tokens()
    with pytest.raises(BufferError):
        numbered.add("more")
    del view


@pytest.mark.parametrize("loops", [native, plain], ids=["native", "plain"])
def test_damaged_numbers_are_refused_not_followed(loops: Any) -> None:
    gaps, often, live = np.array([3, 9], np.uint8), np.array([1, 1], np.uint8), np.ones(20, bool)
    one = np.array([0, 1], np.int32)

    def walk(gaps: np.ndarray, often: np.ndarray) -> Side:
        return Side(True, [Walk(0, gaps, often, np.zeros(1, np.uint8))])

    for bad in (
        lambda: loops.documents(gaps, often, 0, 12, None),
        lambda: loops.documents(gaps, often[:1], 0, 20, live),
        lambda: loops.standing([walk(gaps, often)], [], 0, 20, None, None, counting=True),
        lambda: loops.standing([walk(gaps[1:], often)], [], 0, 20, None, None, counting=True),
        lambda: loops.standing([walk(gaps + 17, often)], [], 0, 20, None, None, counting=True),
        lambda: loops.tally(one[:1], one, np.array([7], np.int32), 3),
    ):
        with pytest.raises(ValueError, match="damaged"):
            bad()


def test_arrays_of_another_width_are_refused() -> None:
    with pytest.raises(TypeError, match="numbers of 4 bytes"):
        native.bm25(np.zeros(1), *[(np.zeros(1, np.int32),) * 2] * 2, (np.zeros(1),) * 2, (1.0, 1.0))
