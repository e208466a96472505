"""Prechecks that spare a pattern its search hide no match of the pattern."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from archive.extract import cues, language, number_embargo
from archive.extract.dates import date_patterns, dateline
from archive.extract.structure import boilerplate_lines, sections

WORDS = (
    "said said, today today, told you pointed out, According according to by of from Statement statement attributable "
    "quoted the former that warned wrote, warden re-said, —said “said attorney engineer, fraud. and As X. 8 II"
).split()
befores = st.lists(st.sampled_from([*WORDS, *" ,.-\n\xa0"]), max_size=12).map(" ".join)


@given(befores, st.sampled_from(["", " ", "  ", "\n", "\xa0"]))
def test_speech_before_a_name(before: str, end: str) -> None:
    text = before + end
    last = (text.rsplit(None, 1) or [""])[-1].lstrip(',."”')
    looked_at = text[-1:].isspace() and last[:1].islower() and last not in cues._LINKS
    found = bool(cues._BEFORE_SAID.search(text[-70:]))
    assert cues._is_speech_before(text, len(text)) == (looked_at and found)


lines = st.lists(
    st.sampled_from(["A", "KABUL", "word", "-", "--", "–", "—", "―", "‒", " ", "\t", "\xa0", "é", "’", "B-C"])
)


@given(lines.map("".join), st.integers(0, 40), st.integers(0, 40))
def test_dashes_in_a_line_however_it_is_cut(line: str, start: int, length: int) -> None:
    if dateline._DASH.search(line[start : start + length], 1):
        assert dateline._may_hold_dash(line)


@given(
    st.text(max_size=30)
    | st.lists(st.sampled_from(["Contact", "ABOUT", "ends", "a", " ", ".", "9", "_", "²"])).map("".join)
)
def test_words_that_begin_a_block(line: str) -> None:
    first = sections._FIRST.match(line)
    word = first[1] if first else None
    assert sections._may_begin(line) == (not word or word.lower() in sections._FIRST_WORDS)


@given(st.lists(st.sampled_from("the of and Ann THE 8 “The quay open".split()), max_size=80))
def test_a_text_that_plainly_reads_as_english(words: list[str]) -> None:
    if language._is_plainly_english(words):
        share = language._english_share([word.lower() for word in words])
        assert share is not None
        assert share >= language._MIN_ENGLISH_SHARE


DATES = (
    "Wednesday. , Wed Sept. September. May january 3 03 12 1 3th of ' 2011 99 -"
    " 2011-05-06 2011-05 5/6/11 T10:00 Z word (May v1.2 ³ ٣٤"
).split()


@given(st.lists(st.sampled_from([*DATES, " ", "   ", ",", "."]), max_size=20).map("".join))
def test_dates_are_looked_for_where_they_can_stand(text: str) -> None:
    found = [(date.start, date.end) for date in date_patterns.find_dates(text, 2026)]
    assert found == [match.span() for match in date_patterns._DATE.finditer(text)]


HELD = (
    "embargoed EMBARGO until under strict for FOR Release release not NOT before publication hold delivery immediate "
    "on at published /publıſhed releaſe : 9 –"
).split()


@given(st.lists(st.sampled_from(HELD), max_size=8).map(" ".join))
def test_marks_of_a_line(line: str) -> None:
    assert bool(number_embargo._EMBARGO.search(line)) == number_embargo.is_embargo(line)
    assert bool(boilerplate_lines._RELEASE_WORDS.search(line)) == boilerplate_lines._has_release_words(line)


@given(
    st.lists(st.sampled_from("Air Force Administration news, Office (PAO) inc. Corp ) ( subgroup".split()), max_size=6)
)
def test_words_that_end_an_organisation(words: list[str]) -> None:
    for text in (" ".join(words), " ".join(words) + " \n"):
        assert boilerplate_lines._ends_like_organisation(text) == bool(boilerplate_lines._TAILED.search(text))


CONTACTS = (
    "for more further information İnformatıon contact contacts: contactſ: Media PRESS questıons to rsvp RſVP . : 9"
).split()


@given(st.lists(st.sampled_from(CONTACTS), max_size=8).map(" ".join))
def test_contacts_in_a_line(line: str) -> None:
    if sections._CONTACT_IN_LINE.search(line):
        assert sections._may_name_contact(line)


def test_the_words_that_begin_blocks_are_short() -> None:
    assert max(map(len, sections._FIRST_WORDS)) < sections._MAX_FIRST_WORD_CHARS
    assert not any(re.search(r"[A-Z]", word) for word in cues._PREPOSITIONS)
