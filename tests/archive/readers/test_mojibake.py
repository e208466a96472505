"""Mojibake is put right where all of a text shows it, and a right text is never touched."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.readers import read
from archive.readers.mojibake import repair_mojibake
from archive.release import Record

WRONG = [
    ("CafÃ© in MÃ¡laga", "Café in Málaga"),
    ("Itâ€™s the boardâ€™s quay", "It’s the board’s quay"),
    ("Anson \u00e2\u0080\u0094 the quay", "Anson — the quay"),
    ("20Â°C", "20°C"),
    ("Â£5 million", "£5 million"),
    ("“quoted” â€™s", "“quoted” ’s"),
    ("\u00c2\u00a0Anson\u00c2\u00a0Quay", "\u00a0Anson\u00a0Quay"),
    ("Â Anson Â Quay", " Anson  Quay"),
    ("ÃƒÂ©tÃƒÂ©", "été"),
    ("å¤§è‡£", "大臣"),
]
RIGHT = [
    "NÃO É VERDADE",
    "AMANHÃ…",
    "«AMANHû",
    "voilà\u00a0»",
    "İstanbul’da",
    "Straße, Köln, naïve, côté",
    "Âge et Îles",
    "România și în Â",
    "Lone Â once",
    "naïve Ã©",
    "大臣は Ã©",
    "plain",
    "",
]


@pytest.mark.parametrize(("wrong", "right"), WRONG)
def test_mojibake_is_put_right(wrong: str, right: str) -> None:
    assert repair_mojibake(wrong) == (right, True)


@pytest.mark.parametrize("text", RIGHT)
def test_a_right_text_is_left_alone(text: str) -> None:
    assert repair_mojibake(text) == (text, False)


WORDS = "é Straße été NÃO «é» déjà naïve “Köln” âge São José Åse — … 20°C £5 È voilà".split()


@given(st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join))
def test_words_of_europe_as_they_are_written(text: str) -> None:
    assert repair_mojibake(text) == (text, False)


@given(st.lists(st.sampled_from(WORDS), min_size=3, max_size=8).map(" ".join))
def test_the_same_words_saved_in_a_wrong_encoding(text: str) -> None:
    wrong = text.encode().decode("latin-1")
    repaired, was_wrong = repair_mojibake(wrong)
    assert repaired == text or not was_wrong


def only(content: bytes, name: str) -> Record:
    (record,) = read(content, name)
    assert isinstance(record, Record)
    return record


def test_files_say_that_they_were_put_right() -> None:
    wrong = "Quay — opens at the café".encode().decode("latin-1")
    for name, content in (
        ("a.txt", wrong.encode()),
        ("a.html", f"<title>Quay</title><p>{wrong} for all of the town today.</p>".encode()),
        ("a.json", json.dumps([{"title": "Quay", "text": wrong}]).encode()),
        ("a.jsonl", json.dumps({"title": "Quay", "text": wrong}).encode()),
    ):
        record = only(content, name)
        assert "Quay — opens at the café" in record.text
        assert "garbled letters (wrong encoding) were corrected" in record.notes
    assert "Quay — opens at the café" in only(f"title,text\nQuay,{wrong}\n".encode(), "a.csv").text


def test_the_original_of_an_element_stays_as_it_was() -> None:
    wrong = "the café".encode().decode("latin-1")
    record = only(json.dumps([{"title": "Quay", "text": wrong}]).encode(), "a.json")
    assert json.loads(record.original)["text"] == wrong
