"""Quotations with their speakers, where the words prove who spoke."""

from __future__ import annotations

import datetime

import pytest

from archive.extract import read_release
from archive.release import Quotation, Record, Release, Stated
from archive.rules import rule

PAD = "The board said that it is to be opened by the end of the year and that all of it will hold for us."


def release_of(text: str) -> Release:
    record = Record(
        f"{PAD}\n\n{text}", b"", "text/plain", stated=(Stated("title", "Quay Opens", rule("json-key", name="field")),)
    )
    return read_release(record, "a.txt", datetime.date(2016, 1, 1))


def said(text: str) -> list[tuple[str, str]]:
    release = release_of(text)
    return [(release.body[each.start : each.end], "; ".join(each.speakers)) for each in release.quotations]


ONE = [
    "“It holds,” said Ann Lee.",
    "“It holds,” Ann Lee said.",
    "“It holds,” said Lt. Gen. Ann Lee, the deputy chief.",
    "“It holds,” said U.S. Attorney for the Eastern District of Ohio Ann Lee.",
    "At the quay today, Sen. Ann Lee said, “It holds.”",
    "Sen. Ann Lee (R-AZ), a member of the board, today issued the following statement after it met:\n\n“It holds.”",
    "Ann Lee came in May. “It holds,” she said.",
    "“It holds for all of us,” said Ann Lee, a doctor.",
    "“It holds,” Sen. Ann Lee, who met the board in May, said.",
    "“It holds,” Sen. Ann Lee (D-OH) told the board.",
    "“It holds,” Ann Lee of the Harbor Board said.",
    "According to Ann Lee, “it holds for all of us.”",
    "Ann Lee praised the board, saying “it holds for all of us.”",
    "Ann Lee said the quay was “larger than life.”",
    "Ann Lee: “It holds for all of us.”",
    "Ann Lee said that it was good.\n\n“It holds for all of us.”",
    "Sen. Ann Lee came in May.\n\n“It holds,” the senator said.",
    "“It holds,” Ann Lee said today.",
    "“Does it hold?” asked Ann Lee.",
    "In her letter, Ann Lee wrote: “It holds for all of us.”",
]


@pytest.mark.parametrize("text", ONE)
def test_whose_words_they_are(text: str) -> None:
    assert [speaker for _, speaker in said(text)] == ["Ann Lee"]


MARKS = [
    ("„Der Kai hält,“ said Ann Lee.", "„Der Kai hält,“"),
    ("«Le quai tient bon,» said Ann Lee.", "«Le quai tient bon,»"),
    ("``It holds for us,'' said Ann Lee.", "``It holds for us,''"),
    ("‘It holds for all of us,’ said Ann Lee.", "‘It holds for all of us,’"),
    ("'It holds for all of us,' said Ann Lee.", "'It holds for all of us,'"),
    ("“It ‘holds’ for “all” of us,” said Ann Lee.", "“It ‘holds’ for “all” of us,”"),
    ('"It holds for us," said Ann Lee.', '"It holds for us,"'),
]


@pytest.mark.parametrize(("text", "words"), MARKS)
def test_marks_of_several_languages_and_what_stands_within_them(text: str, words: str) -> None:
    assert said(text) == [(words, "Ann Lee")]


def test_apostrophes_are_no_marks() -> None:
    assert said("The members' board and the boats' crews met, and 'twas good, said Ann Lee.") == []


NOBODY = [
    "Ann Lee said it was good. Zork said, “It holds.”",
    "“It holds,” said Zork, a friend of Ann Lee.",
    "Ann Lee came in May. Zork said it was bad. “It holds,” she said.",
    "Ann Lee came with Ben Marsh. “It holds,” she said.",
    "“It holds,” said a spokesman for Ann Lee.",
    "“It holds,” said Ann Lee’s spokesman.",
    "Ann Lee met the board. The Harbor Board said, “It holds for all of us.”",
    "Ann Lee read the report. The report said, “It holds for all of us.”",
    "Ann Lee came in May. “It holds,” the report stated.",
    "“It holds,” they said. Ann Lee was there.",
    "“It holds for all of us.” Ann Lee said that the board met.",
    "The board wrote a letter to Ann Lee. “It holds for all of us,” the letter said.",
    "Ann Lee was there when all met at the quay, and “it holds for all of us” stood on a board.",
]


@pytest.mark.parametrize("text", NOBODY)
def test_words_that_prove_nothing(text: str) -> None:
    assert [speaker for _, speaker in said(text)] == [""]


TERMS = [
    "Ann Lee led the “quiet” board.",
    "Ann Lee wrote “Quays of Ohio” in May.",
    "Ann Lee met Ben “Bud” Marsh.",
    "Ann Lee is known for her “open quay” plan.",
    "The plan, generally referred to as the “quay exchange,” was good, said Ann Lee.",
]


@pytest.mark.parametrize("text", TERMS)
def test_terms_nicknames_and_titles_are_no_quotations(text: str) -> None:
    assert said(text) == []


def test_few_words_are_a_quotation_beside_a_verb_of_speech() -> None:
    assert said("Ann Lee called the quay “sound.” “No,” said Ben Marsh.") == [
        ("“sound.”", "Ann Lee"),
        ("“No,”", "Ben Marsh"),
    ]


def test_words_are_not_carried_past_a_new_name() -> None:
    text = "“It holds,” said Ann Lee. “No,” said Ranking Member Zorkan. “So,” said Quonk. “And more,” he said."
    assert [speaker for _, speaker in said(text)] == ["Ann Lee", "Zorkan", "", ""]
    text = "“It holds,” said Ann Lee. “No,” the Harbor Board said. “And more,” Lee said."
    assert [speaker for _, speaker in said(text)] == ["Ann Lee", "", "Ann Lee"]


def test_a_quotation_goes_on() -> None:
    text = "“It holds,” said Ann Lee. “It will.\n\n“And more,” she added. “No,” said Ben Marsh."
    assert said(text) == [
        ("“It holds,”", "Ann Lee"),
        ("“It will.", "Ann Lee"),
        ("“And more,”", "Ann Lee"),
        ("“No,”", "Ben Marsh"),
    ]


def test_paragraphs_without_a_closing_mark_are_their_speakers_who_is_named_at_the_end() -> None:
    text = "The board met.\n\n“It holds for us.\n\n“It will for long,” said Ann Lee."
    assert said(text) == [("“It holds for us.", "Ann Lee"), ("“It will for long,”", "Ann Lee")]


def test_several_speak_together() -> None:
    assert said("“It holds,” said Ann Lee and Ben Marsh.") == [("“It holds,”", "Ann Lee; Ben Marsh")]
    text = "Sens. Ann Lee (D-OH) and Ben Marsh (R-OH) issued the following statement:\n\n“It holds for us.”"
    assert said(text) == [("“It holds for us.”", "Ann Lee; Ben Marsh")]
    text = (
        "Sens. Ann Lee (D-OH), Ben Marsh (R-OH) and Carl Hays (D-MN) issued this joint statement:\n\n“It holds for us.”"
    )
    assert said(text) == [("“It holds for us.”", "Ann Lee; Ben Marsh; Carl Hays")]


def test_who_is_named_with_the_verb_is_a_person_of_the_release_where_no_list_knows_the_name() -> None:
    text = "“It holds for us,” said Zorkan Quillfeather Brask of the harbor. “And more,” he said."
    assert {speaker for _, speaker in said(text)} == {"Zorkan Quillfeather Brask"}


STATEMENT = "Attorney General Ann Lee today issued the following statement:\n\n"


def test_paragraphs_of_a_statement_are_quotations() -> None:
    text = f"{STATEMENT}I am glad that it holds.\n\nWe will see to it that it does.\n\n###\n\nThe harbor is old."
    assert said(text) == [
        ("I am glad that it holds.", "Ann Lee"),
        ("We will see to it that it does.", "Ann Lee"),
    ]


ENDS = [
    "Lee was elected in May.",
    "“It does not hold for us,” said Ben Marsh.",
    "Contact: Carl Hays, 202-555-0100",
    "Background",
    "For more information, see our page.",
    "The harbor is old.",
]


@pytest.mark.parametrize("after", ENDS)
def test_a_statement_ends_where_the_voice_of_the_release_begins(after: str) -> None:
    found = said(f"{STATEMENT}I am glad that it holds.\n\n{after}")
    assert [words for words, speaker in found if speaker == "Ann Lee"] == ["I am glad that it holds."]


def test_a_statement_that_was_only_issued_announces_nothing() -> None:
    text = "Attorney General Ann Lee issued a statement in May.\n\nI am glad that it holds, one reads on the quay."
    assert said(text) == []


def test_a_statement_in_marks_goes_on_to_where_they_close() -> None:
    text = f"{STATEMENT}“I am glad that it holds.\n\nIt was long in coming.\n\nIt will hold.”\n\nThe harbor is old."
    assert [words for words, _ in said(text)] == [
        "“I am glad that it holds.",
        "It was long in coming.",
        "It will hold.”",
    ]


def test_turns_of_a_transcript() -> None:
    text = (
        "Press Secretary Ann Lee met reporters, Ann Lee’s office said.\n\nMS. LEE: Good morning. It holds.\n\n"
        "Q: Does it hold for long?\n\nMS. LEE: It does.\n\nIt will.\n\nQ: Thank you."
    )
    assert said(text) == [
        ("Good morning. It holds.", "Ann Lee"),
        ("It does.", "Ann Lee"),
        ("It will.", "Ann Lee"),
    ]


def test_a_label_that_only_one_has_makes_no_transcript() -> None:
    text = "Ann Lee came.\n\nLee: It is open\n\nLee: “It holds for us.”\n\nLee: It is good\n\nThe quay is old."
    assert "The quay is old." not in [words for words, _ in said(text)]


def read(text: str) -> Quotation:
    (quotation,) = release_of(text).quotations
    return quotation


def test_office_rule_and_proof() -> None:
    text = "“It holds for us,” said Attorney General Ann Lee."
    quotation, body = read(text), release_of(text).body
    assert (quotation.office, quotation.rule.code) == ("Attorney General", "speaker-after")
    assert body[quotation.proof_start : quotation.proof_end] == "said Attorney General Ann Lee"
    assert read("“It holds for us,” said Ann Lee, director of the museum.").office == "director of the museum"
    assert read("Ann Lee came in May. “It holds,” she said.").rule == rule("speaker-pronoun", words="she said")
    nobody = read("“It holds for all of us” stood on a board.")
    assert nobody == Quotation(nobody.start, nobody.end)
