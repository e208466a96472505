"""Texts compared word by word: tables, exact joins, an exact difference as oracle, and inputs made to be slow."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.comparison import matching_runs as runs_module
from indexer.comparison.matching_runs import matching_runs
from indexer.comparison.pieces import Piece, PieceKind, compare_texts
from indexer.comparison.words import split_words

Row = list[tuple[str, ...]]


def row(old: str, new: str) -> Row:
    """The pieces as tuples: (same,), (-removed, +added) or (~old, ~new)."""
    found: Row = []
    for piece in compare_texts(old, new):
        match piece.kind:
            case PieceKind.SAME:
                found.append((piece.new,))
            case PieceKind.CHANGED:
                found.append((f"-{piece.old}", f"+{piece.new}"))
            case PieceKind.MARKS:
                found.append((f"~{piece.old}", f"~{piece.new}"))
    return found


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("", "", []),
        ("a b", "a b", [("a b",)]),
        ("", "a b", [("-", "+a b")]),
        ("a b", "", [("-a b", "+")]),
        ("The lamp is lit.", "The lamp is not lit.", [("The lamp is ",), ("-", "+not "), ("lit.",)]),
        ("It burns.", "It burns no more.", [("It burns",), ("-", "+ no more"), (".",)]),
        ("It burns no more.", "It burns.", [("It burns",), ("- no more", "+"), (".",)]),
        ("a testing b", "a tested b", [("a ",), ("-testing", "+tested"), (" b",)]),
        ("One. Two.", "One, and two.", [("One",), ("-. Two", "+, and two"), (".",)]),
        # The case of a letter is a change of a word.
        ("the Board", "the board", [("the ",), ("-Board", "+board")]),
        # What stands between words, and how an apostrophe is written, is not.
        ('So "yes" - ok', "So “yes” — ok", [("So ",), ('~"', "~“"), ("yes",), ('~" -', "~” —"), (" ok",)]),
        ("It's on", "It’s on", [("~It's", "~It’s"), (" on",)]),
        ("one\ntwo", "one two", [("one",), ("~\n", "~ "), ("two",)]),
        ("end!", "end?", [("end",), ("~!", "~?")]),
        ("soft\u00adly so", "softly so", [("~soft\u00adly", "~softly"), (" so",)]),
        # What only looks like a mark and says something.
        ("cost $5", "cost €5", [("cost ",), ("-$", "+€"), ("5",)]),
        ("cost 5%", "cost 5", [("cost 5",), ("-%", "+")]),
        ("at -5 now", "at 5 now", [("at ",), ("--5", "+5"), (" now",)]),
        ("was 3.5 m", "was 35 m", [("was ",), ("-3.5", "+35"), (" m",)]),
        ("1,000 men", "1000 men", [("-1,000", "+1000"), (" men",)]),
        ("5 m² of", "5 m³ of", [("5 m",), ("-²", "+³"), (" of",)]),
        ("yes 🗞️ no", "yes no", [("yes ",), ("-🗞️ ", "+"), ("no",)]),
        ("2004-2005", "2004–2005", [("2004",), ("~-", "~–"), ("2005",)]),
        # Without spaces, a word a sign.
        ("議会は開く", "議会が開く", [("議会",), ("-は", "+が"), ("開く",)]),
        ("<b>a</b>", "<i>a</i>", [("<",), ("-b", "+i"), (">a</",), ("-b", "+i"), (">",)]),
    ],
)  # fmt: skip
def test_pieces(old: str, new: str, expected: Row) -> None:
    assert row(old, new) == expected


def assert_joined(old: str, new: str) -> tuple[Piece, ...]:
    pieces = compare_texts(old, new)
    assert "".join(each.old for each in pieces) == old
    assert "".join(each.new for each in pieces) == new
    assert sum(each.old_words for each in pieces) == len(split_words(old))
    assert sum(each.new_words for each in pieces) == len(split_words(new))
    for each in pieces:
        assert each.old or each.new
        match each.kind:
            case PieceKind.SAME:
                assert (each.old, each.old_words) == (each.new, each.new_words)
            case PieceKind.MARKS:
                assert each.old != each.new
                assert [w.key for w in split_words(each.old)] == [w.key for w in split_words(each.new)]
            case PieceKind.CHANGED:
                assert each.old_words or each.new_words
    assert all(one.kind is not other.kind for one, other in pairwise(pieces))
    return pieces


TEXTS = st.text(st.sampled_from("ab' -.,$%5’\n\u00ad\u200b²🗞️漢\0<>\"é\u202e"), max_size=40)


@given(TEXTS, TEXTS)
def test_joined_they_are_the_texts(old: str, new: str) -> None:
    assert_joined(old, new)


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_texts_are_compared(old: str, new: str) -> None:
    assert_joined(old, new)


@given(st.text(max_size=80))
def test_words_do_not_overlap_and_hold_a_letter_or_sign(text: str) -> None:
    at = 0
    for word in split_words(text):
        assert word.start >= at
        assert word.end > word.start
        assert word.key
        at = word.end


def longest_common(a: list[str], b: list[str]) -> int:
    """The length of a longest common subsequence, by the textbook."""
    before = [0] * (len(b) + 1)
    for word in a:
        row = [0]
        for at, other in enumerate(b):
            row.append(before[at] + 1 if word == other else max(before[at + 1], row[-1]))
        before = row
    return before[-1]


WORD_LISTS = st.lists(st.sampled_from("abcde"), max_size=30)


@given(WORD_LISTS, WORD_LISTS)
def test_a_small_difference_is_the_smallest_there_is(old: list[str], new: list[str]) -> None:
    assert sum(run.length for run in matching_runs(old, new)) == longest_common(old, new)


@given(WORD_LISTS, WORD_LISTS, st.sampled_from([2, 6, 14]))
def test_runs_are_in_order_and_equal_however_regions_are_cut(old: list[str], new: list[str], exact: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(runs_module, "MAX_EXACT", exact)
        runs = matching_runs(old, new)
    i = j = -1
    for run in runs:
        assert run.length
        assert old[run.old : run.old + run.length] == new[run.new : run.new + run.length]
        assert run.old > i
        assert run.new > j
        i, j = run.old + run.length - 1, run.new + run.length - 1


def numbered(count: int) -> list[str]:
    return [f"w{number}" for number in range(count)]


def shuffled(words: list[str]) -> list[str]:
    return random.Random(7).sample(words, len(words))


def drawn(letters: str, count: int, seed: int) -> list[str]:
    return random.Random(seed).choices(letters, k=count)


MEGABYTE = 150_000
"""Words of a text of about a megabyte."""


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (["x"] * MEGABYTE, ["x"] * (MEGABYTE - 1000)),
        (numbered(MEGABYTE), numbered(MEGABYTE)[::-1]),
        (numbered(MEGABYTE), shuffled(numbered(MEGABYTE))),
        (drawn("ab", MEGABYTE, 1), drawn("ab", MEGABYTE, 2)),
        (["a", "b"] * (MEGABYTE // 2), ["a", "b", "b", "a", "c"] * (MEGABYTE // 5)),
        (numbered(MEGABYTE), drawn("abc", MEGABYTE, 3)),
    ],
    ids=["one word", "reversed", "shuffled", "two letters", "periodic", "nothing in common"],
)
def test_no_input_is_quadratic(old: list[str], new: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """What is compared exactly stays small, and is no more than the words there are."""
    exact: list[int] = []
    compare = runs_module._compare_exactly

    def counted(a: list[int], b: list[int], region: runs_module._Region) -> object:
        exact.append((region.old_end - region.old) + (region.new_end - region.new))
        return compare(a, b, region)

    monkeypatch.setattr(runs_module, "_compare_exactly", counted)
    assert_joined(" ".join(old), " ".join(new))
    assert max(exact, default=0) <= 2000
    assert sum(exact) <= len(old) + len(new)


def test_few_edits_in_a_long_text_are_found_as_they_were_made() -> None:
    chosen = random.Random(5)
    old = [f"w{chosen.randrange(5000)}" for _ in range(MEGABYTE)]
    new = list(old)
    for at in chosen.sample(range(MEGABYTE), 500):
        new[at] = "edited"
    changed = [each for each in assert_joined(" ".join(old), " ".join(new)) if each.kind is PieceKind.CHANGED]
    assert sum(each.new_words for each in changed) == new.count("edited")
    assert all(set(each.new.split()) == {"edited"} for each in changed)


def test_few_edits_among_few_words_are_found() -> None:
    """No word occurs once here: runs of words do."""
    old = drawn("abcdefgh", 40_000, 9)
    new = list(old)
    for at in range(100, 40_000, 400):
        new[at] = "z"
    changed = [each for each in assert_joined(" ".join(old), " ".join(new)) if each.kind is PieceKind.CHANGED]
    assert sum(each.new_words for each in changed) <= 1.1 * new.count("z")
