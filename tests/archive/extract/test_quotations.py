"""Quotations with their speakers, where the words prove who spoke."""

from __future__ import annotations

import datetime

import pytest

from archive.extract import read_release
from archive.release import Kind, Quotation, Record, Release, Stated
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


@pytest.mark.parametrize(
    "text",
    [
        "Gen. Mark Welsh came in May.\n\n“It holds for all of us,” Welsh said. “It is so.”",
        "Gen. Mark Welsh III came in May.\n\n“It holds for all of us,” said Welsh, a runner.",
        "Gen. Mark Welsh came in May. Then Welsh asked, “Does it hold for all of us?”",
    ],
)
def test_a_surname_that_is_another_word_is_a_name_beside_the_verb(text: str) -> None:
    assert {speaker for _, speaker in said(text)} <= {"Mark Welsh", "Mark Welsh III"}


@pytest.mark.parametrize(
    "text",
    [
        "Gen. Mark Welsh and Maj. Ada Welsh came in May.\n\n“It holds for all of us,” Welsh said.",
        "Gen. Mark Welsh came in May.\n\n“It holds for all of us,” Welsh’s office said.",
    ],
)
def test_a_surname_that_may_be_another_word_or_of_two_is_nobodys(text: str) -> None:
    assert {speaker for _, speaker in said(text)} == {""}


@pytest.mark.parametrize(
    "text",
    [
        "Upon passage of the bill, Sen. Ann Lee (OH-04) noted:\n\n“It holds for all of us.”",
        "The quay opens.\n\nSen. Ann Lee:\n\n“It holds for all of us.”",
        "Ann Lee came in May. “It holds for all of us.” Lee said, adding, “It is so for good.”",
        "Maj. Ann Lee, the chief, was glad of Ben Marsh’s work.\n\n“It holds for all of us,” she said.",
        "Ann Lee came.\n\n“It holds for all of us,” Sen. Lee’s letter states.",
    ],
)
def test_words_announced_in_the_paragraph_before(text: str) -> None:
    found = said(text)
    assert found
    assert {speaker for _, speaker in found} == {"Ann Lee"}


@pytest.mark.parametrize(
    "text",
    [
        "Ann Lee came.\n\nThe report noted:\n\n“It holds for all of us.”",
        "Ann Lee came.\n\n“It holds for all of us,” Lee’s office statement said.",
    ],
)
def test_words_announced_of_nobody(text: str) -> None:
    assert [speaker for _, speaker in said(text)] == [""]


def signers(text: str) -> list[str]:
    release = read_release(Record(text, b"", "text/plain"), "a.txt", datetime.date(2016, 1, 1))
    return ["; ".join(each.speakers) for each in release.quotations]


TITLE = "SENATORS ASK FOR A QUAY\n\n"
BOTH = "Ann Lee; Ben Marsh"
WORDS = "\n\n“The quay holds for all of us,”"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (f"Sens. Ann Lee and Ben Marsh today sent a letter to the board.{WORDS} the Senators wrote.", BOTH),
        (f"Sen. Ann Lee (D-OH) and Sen. Ben Marsh (R-OH) have written the board.{WORDS} the letter states.", BOTH),
        (f"Sen. Ann Lee today sent a letter to the board.{WORDS} the letter read.", "Ann Lee"),
        (f"Sen. Ann Lee today sent a letter to the board.{WORDS} the senators wrote.", ""),
        (f"Sen. Ann Lee and a bipartisan group of senators sent a letter to the board.{WORDS} the letter read.", ""),
        (f"Sen. Ann Lee today sent a letter to Ben Marsh.{WORDS} the letter read.", ""),
        (f"The board today received a letter.{WORDS} the letter read.", ""),
    ],
)  # fmt: skip
def test_a_letter_is_of_those_who_signed_it_where_all_are_named(text: str, names: str) -> None:
    assert signers(TITLE + text) == [names]


def test_whoever_speaks_is_a_speaker() -> None:
    release = release_of("Ann Lee came in May.\n\n“It holds for all of us,” she said.\n\nContact: Ann Lee, 555-0100")
    (person,) = [each for each in release.people if each.name == "Ann Lee"]
    assert release.quotations[0].speakers == ("Ann Lee",)
    assert person.kind is Kind.SPEAKER


def test_remarks_that_are_below_are_of_whom_they_are() -> None:
    found = said("Rep. Ann Lee came in May. Rep. Lee’s prepared remarks are below.\n\n“It holds for all of us.”")
    assert found == [("“It holds for all of us.”", "Ann Lee")]
