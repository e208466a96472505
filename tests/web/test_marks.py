"""Highlights and paragraphs: text is escaped first and marked second, and no letter is lost or moved."""

from __future__ import annotations

from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape
from page_reader import read

from archive.release import PublishedDate
from indexer.output.plurals import format_count
from indexer.results import Snippet, Span
from web.parts import filters
from web.parts.reading.paragraphs import Layout, layout, split_paragraphs, title_marks

texts = st.text(st.sampled_from("ab <>&\"'\n é"), max_size=80)


@st.composite
def marked_texts(draw: st.DrawFn) -> tuple[str, list[Span]]:
    text = draw(texts)
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=8)))
    return text, [Span(a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=False)]


@given(marked_texts())
def test_marked_text_is_the_text_with_marks(case: tuple[str, list[Span]]) -> None:
    text, spans = case
    page = read(filters.mark_text(text, spans))
    assert (page.text, page.marks) == (text, [text[a:b] for a, b in spans])
    assert page.mistakes == []


def test_markup_in_a_passage_is_text() -> None:
    shown = filters.mark_snippet(Snippet("<b>a</b> & <script>", (Span(3, 4),)))
    assert shown == "&lt;b&gt;<mark>a</mark>&lt;/b&gt; &amp; &lt;script&gt;"


@given(marked_texts())
def test_paragraphs_are_slices_of_the_body_and_hold_every_mark_once(case: tuple[str, list[Span]]) -> None:
    body, spans = case
    found = split_paragraphs(body, spans, numbered_from=3)
    assert all(body[p.start : p.start + len(p.text)] == p.text for p in found)
    kept = " ".join(p.text for p in found)
    assert kept.split() == body.split()
    marked = {p.start + at for p in found for m in p.marks for at in range(m.start, m.end)}
    wanted = {at for a, b in spans for at in range(a, b)}
    inside = {p.start + at for p in found for at in range(len(p.text))}
    assert marked == wanted & inside
    assert all(3 <= m.number < 3 + len(spans) for p in found for m in p.marks)


def test_a_caption_is_laid_out_as_one() -> None:
    assert [each.layout for each in split_paragraphs("one\n\ntwo", captions={5})] == [Layout.FLOW, Layout.CAPTION]


def test_a_match_over_two_paragraphs_has_one_number_and_one_anchor() -> None:
    body = "the coast\n\nauthority said"
    first, second = split_paragraphs(body, [Span(4, 20)])
    assert (first.marks[0].number, second.marks[0].number) == (1, 1)
    html = filters.mark_numbered(first.text, first.marks, 1) + filters.mark_numbered(second.text, second.marks, 1)
    assert html == 'the <mark id="m1">coast</mark><mark>authority</mark> said'


def test_each_match_leads_to_the_one_before_and_after_round_the_ends() -> None:
    html = filters.mark_numbered("a b c", title_marks([Span(0, 1), Span(2, 3), Span(4, 5)]), 3)
    assert read(html).links == ["#m3", "#m2", "#m1", "#m3", "#m2", "#m1"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One line, however long it may be, flows.", Layout.FLOW),
        (
            "The Norland Coast Authority will put the Gannet Head lighthouse\n"
            "on an electric timer this autumn and retire the post of keeper,\n"
            "which has been filled.",
            Layout.FLOW,
        ),
        ("Office of Public Information\nPort Elsinore\n(555) 014-2200", Layout.LINES),
        ("Port Elsinore      12\nGannet Head       140\nKestrel Point       3", Layout.TABLE),
        ("- a first point that is long enough to have been wrapped by hand\n- a second point", Layout.LINES),
        (
            "A row of a list that goes on and on for longer than any hand would wrap it, " * 3 + "\nand another",
            Layout.LINES,
        ),
    ],
)
def test_lines_are_kept_where_they_mean_something(text: str, expected: Layout) -> None:
    assert layout(text) is expected


@pytest.mark.parametrize(
    ("date", "words"),
    [
        (None, "No date"),
        (PublishedDate(2011), "2011"),
        (PublishedDate(2011, 1), "January 2011"),
        (PublishedDate(2011, 1, 2), "2 January 2011"),
    ],
)
def test_dates_in_words(date: PublishedDate | None, words: str) -> None:
    assert filters.date_words(date) == words


@pytest.mark.parametrize(
    ("number", "words"), [(0, "0 matches"), (1, "1 match"), (2, "2 matches"), (1204, "1,204 matches")]
)
def test_counts_in_words(number: int, words: str) -> None:
    assert format_count(number, "match", "matches") == words


@pytest.mark.parametrize(("part", "whole", "share"), [(0, 5, "0%"), (5, 5, "100%"), (1, 100000, "1%"), (1, 3, "33.3%")])
def test_a_bar_is_as_long_as_its_count(part: int, whole: int, share: str) -> None:
    assert filters.share(part, whole) == share


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://coast.example/1", True),
        ("HTTP://coast.example", True),
        ("javascript:alert(1)", False),
        (" javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("//coast.example", False),
        ("", False),
    ],
)
def test_only_web_addresses_become_links(url: str, safe: bool) -> None:
    assert bool(filters.web_address(url)) is safe


def test_escaping_is_that_of_the_templates() -> None:
    assert unescape(filters.mark_text("<&\"'>", [])) == unescape(escape("<&\"'>")) == "<&\"'>"
