"""Quotations found again: by their words, at their place, and never at a look-alike."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from indexer.comparison import Passage, QuotedText, find_passage, text_fragment
from indexer.comparison.words import split_words
from indexer.results import Span

TEXT = "The lamp is lit. It burns, he said. The lamp is lit again: it burns “well”."


def found(text: str, *passage: str | None) -> str | None:
    span = find_passage(text, Passage(*passage))  # type: ignore[arg-type]
    return None if span is None else f"{span.start}:{text[span.start : span.end]}"


@pytest.mark.parametrize(
    ("passage", "expected"),
    [
        (("It burns, he said",), "17:It burns, he said"),
        (("It burns he said.",), "17:It burns, he said"),
        (('  it\nburns — "well" ',), "59:it burns “well"),
        (("lit again",), "48:lit again"),
        (("IT BURNS",), None),  # the case of letters counts
        (("burn",), None),
        (("lamp is lit",), None),  # at two places, which cannot be told apart
        (("lamp is lit", "The"), None),
        (("lamp is lit", None, "It burns"), "4:lamp is lit"),
        (("lamp is lit", "he said. The"), "40:lamp is lit"),
        (("lamp is lit", "said The", "It burns"), None),  # each side says another place
        (("lamp is lit", "said The", "again"), "40:lamp is lit"),
        (("lamp is lit", "wrong words", "again"), "40:lamp is lit"),  # one side is enough
        (("lamp is lit", "wrong", "words"), None),  # and no side is no place
        (("It burns", "wrong", "words"), None),
        (("The lamp", ""), "0:The lamp"),  # the text begins with it
        (("It burns", ""), None),
        (("well", None, ""), "69:well"),
        (("he said", None, ""), None),
        (("",), None),
        (("…",), None),
    ],
)
def test_a_passage_is_found_at_its_place(passage: tuple[str | None, ...], expected: str | None) -> None:
    assert found(TEXT, *passage) == expected


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("It’s the Board's", "It's the Board’s"),
        ("soft\u00adly, so", "softly so"),
        ("a \u202ereversed\u202c word", "a ⟨U+202E⟩reversed⟨U+202C⟩ word"),  # as a page shows it
        ("one\x1btwo words", "one␛two words"),
        ("caf\u00e9 opens", "cafe\u0301 opens"),
        ("co\u2011operate", "co-operate"),
        ("one\n\ntwo", "one two"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("議会は開く", "会は"),
        ("at −5 now", "at -5"),
    ],
)
def test_what_nobody_sees_makes_no_difference(text: str, words: str) -> None:
    assert find_passage(text, Passage(words)) is not None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("cost $5", "cost €5"),
        ("3.5 m", "35 m"),
        ("5 percent", "5 % percent"),
        ("the Board", "the board"),
        ("a b", "a c"),
    ],
)
def test_what_says_something_does(text: str, words: str) -> None:
    assert find_passage(text, Passage(words)) is None


TEXTS = st.text(st.sampled_from("abc '-.,$5\n“漢"), min_size=1, max_size=40)


@given(TEXTS, st.integers(0, 20), st.integers(1, 6))
def test_a_cut_passage_is_found_where_it_was_cut(text: str, first: int, count: int) -> None:
    words = split_words(text)
    assume(first + count <= len(words))
    span = Span(words[first].start, words[first + count - 1].end)
    quoted = QuotedText(text)
    assert span in quoted.find(quoted.cut(span))
    if len(words) < 30:  # the neighbours reach both ends, and so tell any place
        assert quoted.find(quoted.cut(span)) == [span]


@given(TEXTS, TEXTS)
def test_every_place_has_the_words_and_every_place_is_found(text: str, other: str) -> None:
    keys = [word.key for word in split_words(other)]
    words = split_words(text)
    expected = [
        Span(words[at].start, words[at + len(keys) - 1].end)
        for at in range(len(words) - len(keys) + 1)
        if keys and [word.key for word in words[at : at + len(keys)]] == keys
    ]
    assert QuotedText(text).find(Passage(other)) == expected


def test_a_long_text_of_one_word_is_no_trouble() -> None:
    text = "the " * 100_000
    assert len(QuotedText(text).find(Passage("the the the"))) == 99_998
    assert len(QuotedText(text).find(Passage("the " * 300, "the " * 30, "the"))) == 100_000 - 331 + 1


def fragment(text: str, words: str) -> str:
    start = text.index(words)
    span = Span(start, start + len(words))
    return text_fragment(text, span, QuotedText(text).widen(span))


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("The lamp is lit, said he", "is lit", "#:~:text=The%20lamp-,is%20lit,-%2C%20said%20he"),
        ("only this", "only this", "#:~:text=only%20this"),
        ("a-b, c & d end", "b, c & d", "#:~:text=a%2D-,b%2C%20c%20%26%20d,-end"),
        ("first\n\nsecond here", "second", "#:~:text=second,-here"),
        ("one\n\ntwo\n\nthree", "one\n\ntwo\n\nthree", "#:~:text=one,three"),
        ("é “ß” x", "ß", "#:~:text=%C3%A9%20%E2%80%9C-,%C3%9F,-%E2%80%9D%20x"),
        ("a\nb c", "b", "#:~:text=a-,b,-c"),
    ],
)
def test_fragments(text: str, words: str, expected: str) -> None:
    assert fragment(text, words) == expected


def test_a_long_passage_is_given_by_its_ends() -> None:
    text = " ".join(f"w{each}" for each in range(100))
    assert fragment(text, text[text.index("w10") : text.index("w90") - 1]) == (
        "#:~:text=w6%20w7%20w8%20w9-,w10%20w11%20w12%20w13%20w14,w85%20w86%20w87%20w88%20w89,-w90%20w91%20w92%20w93"
    )
