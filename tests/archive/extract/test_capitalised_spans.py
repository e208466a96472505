"""Candidate spans, capitalised spans and lines of a text, compared with slow implementations by character."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.extract.names.capitalised_spans import find_candidate_spans
from archive.extract.people.candidates import find_candidates
from archive.extract.text import split_lines

PARTICLES = (
    "al af bin binti bint das da della del den der de di dos do du el ibn las la le los lo san ten ter van von y zur zu"
).split()
PREFIXES = ("al-", "ad-", "an-", "ar-", "az-", "as-", "ash-", "el-", "d'", "d’", "l'", "l’")
SUFFIXES = ("Jr.", "Sr.", "Jr", "Sr", "III", "II", "IV")


def is_upper(text: str, at: int) -> bool:
    character = text[at : at + 1]
    return character.isupper() and (character < "\u0250" or "\u1e00" <= character < "\u1f00")


def is_word(character: str) -> bool:
    return character.isalnum() or character == "_"


def while_in(text: str, at: int, others: str, most: int = 1 << 30) -> int:
    end = at
    while end < len(text) and end < at + most and (is_word(text[end]) or text[end] in others):
        end += 1
    return end


def after_blanks(text: str, at: int) -> int:
    end = at
    while end < at + 9 and text[end : end + 1] == " ":
        end += 1
    return end


def word_end(text: str, at: int) -> int:
    short = while_in(text, at + 1, "'’-", 6)
    return while_in(text, short + 1, ".-") if text[short : short + 1] == "." else while_in(text, short, "'’-")


def nickname_end(text: str, at: int) -> int:
    """Where the nickname in marks and the word behind it end; -1 for none."""
    if text[at : at + 1] not in tuple("\"“('‘") or not is_upper(text, at + 1):
        return -1
    for end in range(at + 22, at + 2, -1):
        within = text[at + 2 : end]
        if len(within) == end - at - 2 and all(is_word(each) or each in " .'’" for each in within):
            start = after_blanks(text, end + 1)
            if text[end : end + 1] in tuple("\"”)’'") and start > end + 1 and is_upper(text, start):
                return word_end(text, start)
    return -1


def next_end(text: str, at: int) -> int:
    """Where what may follow a word ends; -1 for nothing."""
    if (end := nickname_end(text, at)) >= 0:
        return end
    for _ in range(3):
        particle = next((each for each in PARTICLES if text.startswith(each + " ", at)), "")
        at = after_blanks(text, at + len(particle)) if particle else at
    at += len(next((each for each in PREFIXES if text.startswith(each, at)), ""))
    return word_end(text, at) if is_upper(text, at) else -1


def suffix_end(text: str, at: int) -> int:
    comma = at + (text[at : at + 1] == ",")
    start = after_blanks(text, comma)
    for suffix in SUFFIXES if start > comma else ():
        end = start + len(suffix)
        if text.startswith(suffix, start) and (suffix[-1] == "." or not is_word(text[end : end + 1] or " ")):
            return end
    return at


def may_begin(text: str, at: int) -> bool:
    if not is_upper(text, at) or (at and (is_word(text[at - 1]) or text[at - 1] in "@#/’'.")):
        return False
    if at == 0 or text[at - 1] != "-":
        return True
    article = text[max(0, at - 3) : at - 1]
    return article in ("al", "el", "as", "ad", "an", "ar", "az") and not (at > 3 and is_word(text[at - 4]))


def spans_by_character(text: str, start: int) -> list[tuple[int, str]]:
    found, at = [], start
    while at < len(text):
        if not may_begin(text, at):
            at += 1
            continue
        end = word_end(text, at)
        for _ in range(23):
            blanks = after_blanks(text, end)
            following = next_end(text, blanks) if blanks > end else -1
            if following < 0:
                break
            end = following
        end = suffix_end(text, end)
        found.append((at, text[at:end]))
        at = end
    return found


SIGNS = "abdelnrstyzABIJMSVÀÉßǅẞ'’‘“”\"().,-@#/_19٣ \n\t\u2028\ud800\U00010400"
PIECES = (
    "al- el- ash- d' l’ de la los do della van von der bint binti y zu zur Jr. Sr III II IV , U.S. Sen. Smith "
    "O’Neil McCain “Bob” (Dr.) al-Nadeem Marr-Ortega"
).split()
texts = st.lists(st.sampled_from([*SIGNS, *PIECES, " ", "  ", " " * 9, " " * 10])).map("".join) | st.text()


@given(texts, st.integers(0, 9))
def test_candidate_spans_are_those_found_by_character(text: str, start: int) -> None:
    assert list(find_candidate_spans(text, start)) == spans_by_character(text, start)


@given(st.sampled_from([*PIECES, "A", " “A b” ", "A."]), st.integers(1, 60), st.sampled_from(["", " ", "  ", "-"]))
def test_candidate_spans_of_what_is_repeated(piece: str, times: int, between: str) -> None:
    text = between.join([piece] * times)
    assert list(find_candidate_spans(text)) == spans_by_character(text, 0)


@pytest.mark.corpora
def test_candidate_spans_of_real_texts(corpora: Path) -> None:
    for path in sorted((corpora / "senate_txt").rglob("*.txt"))[::40]:
        text = path.read_bytes().decode("utf-8", "replace").replace("\n", " ")
        assert list(find_candidate_spans(text)) == spans_by_character(text, 0)


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("", []),
        ("ann lee met ben", []),
        ("Ann Lee, Jr. met Ben IV, Carl II and Sr. Dora", ["Ann Lee, Jr.", "Ben IV", "Carl II", "Sr. Dora"]),
        ("Ann van der Lee and von Stein", ["Ann van der Lee", "Stein"]),
        ("Ana do Vale, Juan de los Rios and do Vale", ["Ana do Vale", "Juan de los Rios", "Vale"]),
        ("Ann" + " " * 9 + "Lee", ["Ann" + " " * 9 + "Lee"]),
        ("Ann" + " " * 10 + "Lee", ["Ann", "Lee"]),
        ("Ann de la van der Lee", ["Ann", "Lee"]),  # more particles than any name has
        ("Ann “Bob” Lee, Ann “Bob", ["Ann “Bob” Lee", "Ann", "Bob"]),
        ("Ann “" + "B" * 22 + "” Lee", ["Ann", "B" * 22, "Lee"]),  # too long for a nickname
        ("It ended. Ann left.Ben", ["It", "Ann"]),
        ("Sen. Lee of the U.S. Senate", ["Sen. Lee", "U.S. Senate"]),
        ("Washington. Ann Lee", ["Washington", "Ann Lee"]),
        ("#Ann @Ben /Carl O'Dell x-Dora", ["O'Dell"]),
        ("al-Nadeem pal-Nadeem", ["Nadeem"]),
        ("A " * 25, [("A " * 24)[:-1], "A"]),
    ],
)
def test_candidate_spans(text: str, spans: list[str]) -> None:
    assert [span for _, span in find_candidate_spans(text)] == spans
    assert all(text.startswith(span, at) for at, span in find_candidate_spans(text))


def test_what_stands_before_the_start_is_seen() -> None:
    assert list(find_candidate_spans("McCain Lee", 2)) == [(7, "Lee")]
    assert list(find_candidate_spans("al-Lee", 3)) == [(3, "Lee")]


WORDS = (
    "The Secretary of State Senators Ann Roe Jr. and Chuck von Stein , for Attorney General Smith's O’Neil Obamas Task "
    "Force “Bob” (Dr.) al-Nadeem Marr-Ortega New York U.S. Sen. B10 NATO J. with DuPonts St. de la Cruz"
).split()


@given(st.lists(st.sampled_from([*WORDS, " ", "  ", ". ", " " * 61])).map(" ".join) | texts)
def test_candidates_stand_where_they_say(text: str) -> None:
    found = find_candidates(text)
    for name in (*found.names, *found.vetoed):
        assert text.startswith(name.words[0], name.start)
        assert text[: name.end].endswith(name.words[-1])
    for surname, start, end in found.single_words:
        assert text[start:end].replace("’", "'").rstrip(".").casefold() == surname
    assert [start for _, start, _ in found.single_words] == sorted(start for _, start, _ in found.single_words)


def test_the_same_spans_are_read_alike_in_the_next_text() -> None:
    first, second = find_candidates("Sen. Ann Lee met Roe."), find_candidates("He said Sen. Ann Lee met Roe.")
    assert [name.words for name in first.names] == [name.words for name in second.names] == [("Ann", "Lee")]
    assert [name.start for name in second.names] == [13]
    assert first.single_words == [("roe", 17, 20)]
    assert second.single_words == [("roe", 25, 28)]


def test_a_run_goes_on_with_the_office_before_it_or_with_a_list() -> None:
    far = "of much that came before " * 3
    found = find_candidates(f"In Boston the Housing Agency told Senators Roe and Smith {far}Ann Lee met Hale.")
    assert [" ".join(name.words) for name in found.names] == ["Roe", "Smith", "Ann Lee"]
    assert [surname for surname, _, _ in found.single_words] == ["hale"]


@given(st.lists(st.sampled_from([*SIGNS, *"\r\v\f\x1c\x1e\x85\u2029\xa0", "\r\n", "\n\n"])).map("".join) | st.text())
def test_lines_are_the_slices_between_line_ends(text: str) -> None:
    raw = text.splitlines()
    every = split_lines(text)
    assert [line.text for line in every] == [line.strip() for line in raw if line.strip()]
    assert all(text[line.start : line.end] == line.text for line in every)
    assert [line.after_blank for line in every] == [
        not (number and raw[number - 1].strip()) for number, line in enumerate(raw) if line.strip()
    ]
    for limit in (1, 3):
        assert split_lines(text, limit) == every[:limit]


def test_a_few_lines_of_a_giant_text_are_those_of_its_head() -> None:
    assert [line.text for line in split_lines("Ann\n\n" * 1_000_000, 2)] == ["Ann", "Ann"]
