"""The tokenizer: what a word is."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from archive.line_breaks import join_cut_words
from indexer.language import characters
from indexer.language.tokenizer import exact_terms, prepare_text, tokenize


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Missile defense", ["missile", "defense"]),
        ("9/11", ["9", "11"]),
        ("C-SPAN", ["c", "span"]),
        ("$700 billion", ["700", "billion"]),
        ("U.S. troops", ["u", "s", "troops"]),
        ("ended.The next", ["ended", "the", "next"]),
        ("rock 'n' roll", ["rock", "n", "roll"]),
        ("snake_case", ["snake", "case"]),
        ("Zürich ÉTÉ", ["zürich", "été"]),
        ("日本 2011年", ["日", "本", "2011", "年"]),
        ("हिन्दी में", ["हिन्दी", "में"]),
        ("–- can’t", ["can't"]),
        ("", []),
        ("…!?", []),
    ],
)
def test_runs_of_letters_and_digits_are_words(text: str, expected: list[str]) -> None:
    assert exact_terms(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("President Bush's plan", ["president", "bush", "'s", "plan"]),
        ("BUSH’S ＢＵＳＨ＇Ｓ", ["bush", "'s", "bush", "'s"]),
        ("Berg\x92s", ["berg", "'s"]),
        ("it's let's the 1990's", ["it", "'s", "let", "'s", "the", "1990", "'s"]),
        ("the senators' vote", ["the", "senators", "vote"]),
        ("O’Brien’s", ["o'brien", "'s"]),
        ("d's s's UN's", ["d", "'s", "s", "'s", "un", "'s"]),
        ("0's's o's'x 'sup", ["0", "'s", "'s", "o", "'s", "x", "sup"]),
    ],
)
def test_a_possessive_is_a_word_of_its_own(text: str, expected: list[str]) -> None:
    assert exact_terms(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("D'Amato d’Amato D'AMATO", ["d'", "amato"] * 3),
        ("l’accord qu'il Jusqu'à", ["l'", "accord", "qu'", "il", "jusqu'", "à"]),
        ("dell'11 settembre nell'aria", ["dell'", "11", "settembre", "nell'", "aria"]),
        ("c'qu'il d'O'Brien's", ["c'", "qu'", "il", "d'", "o'brien", "'s"]),
        ("O'Brien aujourd'hui rock'n'roll y'all", ["o'brien", "aujourd'hui", "rock'n'roll", "y'all"]),
        ("d' amato, l'", ["d", "amato", "l"]),
        ("Degl'Innocenti com'era quelqu'un", ["degl'", "innocenti", "com'", "era", "quelqu'", "un"]),
    ],
)
def test_an_elided_article_is_a_word_of_its_own(text: str, expected: list[str]) -> None:
    assert exact_terms(text) == expected


@pytest.mark.parametrize("apostrophe", "'`´‘’‛′ʻʼʽʾʿꞌ＇")
def test_all_apostrophes_are_one(apostrophe: str) -> None:
    assert exact_terms(f"Hawai{apostrophe}i, O{apostrophe}Brien") == ["hawai'i", "o'brien"]


@pytest.mark.parametrize(
    "unseen", ["\u00ad", "\u2060", "\ufeff", "\u200b", "\u200c", "\u200d", "\u200e", "\u202a", "\ufe0f"]
)
def test_what_no_reader_sees_cuts_no_word(unseen: str) -> None:
    assert exact_terms(f"{unseen}co{unseen}operation{unseen} tre{unseen}{unseen}aty") == ["cooperation", "treaty"]
    assert exact_terms(f"Москов{unseen}ский Αθή{unseen}να") == ["московский", "αθήνα"]
    assert exact_terms(f"ki{unseen}tap") == ["kitap"]


@pytest.mark.parametrize("unseen", ["\u00ad", "\u200b", "\u2060", "\ufeff", "\u200d"])
def test_nor_does_it_beside_an_apostrophe(unseen: str) -> None:
    assert exact_terms(f"Bush{unseen}’s plan, Hale’{unseen}s") == ["bush", "'s", "plan", "hale", "'s"]
    assert exact_terms(f"O{unseen}’Brien O’{unseen}Connor l’{unseen}eau") == ["o'brien", "o'connor", "l'", "eau"]
    text = f"of O{unseen}’Brien"
    _, starts, _ = tokenize(text)
    assert text[starts[1] :].startswith("O")


@pytest.mark.parametrize("word", ["ਪੰਜਾਬ", "ශ්‍රී", "ދިވެހި", "മലയാളം", "తెలుగు", "हिंदी", "বাংলা", "གངས"])
def test_vowel_signs_are_part_of_their_word(word: str) -> None:
    assert len(exact_terms(word)) == 1


def test_a_place_for_a_line_break_separates_in_scripts_without_spaces() -> None:
    assert exact_terms("\u0e01\u200b\u0e02") == ["\u0e01", "\u0e02"]
    assert exact_terms("\u0627\u0628\u200b\u062a\u062b") == ["\u0627\u0628", "\u062a\u062b"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ﬁnance oﬃce ﬂeet", ["finance", "office", "fleet"]),
        ("ＮＡＴＯ ２０１１", ["nato", "2011"]),
        ("𝐁𝐫𝐞𝐚𝐤𝐢𝐧𝐠 𝒩𝑒𝓌𝓈 𝟐𝟎𝟏𝟏", ["breaking", "news", "2011"]),
        ("Œuvre ŒUVRE Æther", ["oeuvre", "oeuvre", "aether"]),
        ("CO₂ tariff¹ km² 3½", ["co2", "tariff", "km", "3", "½"]),
        ("İSTANBUL", ["istanbul"]),
        ("ﻣﺼﺮ المــدرسة", ["مصر", "المدرسة"]),
    ],
)
def test_letters_of_other_forms_are_plain_letters(text: str, expected: list[str]) -> None:
    assert exact_terms(text) == expected


@pytest.mark.parametrize("text", ["กระทรวง", "ກະຊວງ", "ក្រសួង", "ဝန်ကြီး", "外務省", "がいむ"])
def test_scripts_without_spaces_are_cut_sign_by_sign(text: str) -> None:
    assert exact_terms(text) == list(text)


def test_digits_of_other_scripts_stay_together() -> None:
    assert exact_terms("ปี ๒๕๔๙ សម្រាប់ ២០១១")[-1] == "២០១១"
    assert "๒๕๔๙" in exact_terms("ปี ๒๕๔๙")


@given(st.text())
def test_terms_and_tokens_agree_and_offsets_slice_the_text(text: str) -> None:
    # Beside an unseen character and an apostrophe the offsets of a token may be one character off.
    assume(prepare_text(text) == join_cut_words(text))
    tokens = tokenize(text)
    assert tokens.terms == exact_terms(text)
    assert len(tokens.terms) == len(tokens.starts) == len(tokens.ends)
    for term, start, end in zip(*tokens, strict=True):
        # A possessive and an elision are such only beside their word.
        before, after = ("x" if term == "'s" else ""), ("x" if term.endswith("'") else "")
        assert term in exact_terms(before + text[start:end] + after)


@given(st.text(alphabet="abcdlnsquST'’-\u00ad\u200bé ", max_size=40))
def test_tokens_lie_one_after_the_other(text: str) -> None:
    _, starts, ends = tokenize(text)
    edges = [edge for pair in zip(starts, ends, strict=True) for edge in pair]
    assert edges == sorted(edges)
    assert all(start < end for start, end in zip(starts, ends, strict=True))


@given(st.text())
def test_an_exact_term_is_its_own_term(text: str) -> None:
    normal = unicodedata.normalize("NFC", text)
    for term in exact_terms(normal):
        before, after = ("x" if term == "'s" else ""), ("x" if term.endswith("'") else "")
        assert term in exact_terms(before + term + after)


@given(st.text(alphabet="abc dlS XYZ'’`-./9", max_size=40))
def test_what_stands_beside_a_text_does_not_change_its_tokens(text: str) -> None:
    # Plain and other text take different paths through the tokenizer; both must cut alike.
    assert exact_terms(text + " é") == [*exact_terms(text), "é"]


def test_a_character_is_of_one_class_only() -> None:
    # The compiled tokenizer takes the first class of a character, the pattern any.
    classes = characters.CLASSES[:-1]  # the last says where no word ends at a place for a line break
    found = [
        code for ranges in classes for first, last in characters.list_ranges(ranges) for code in range(first, last + 1)
    ]
    assert len(found) == len(set(found))
