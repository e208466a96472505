"""What of a text is kept: what a reader sees, and what stands raised apart from the word before it."""

from __future__ import annotations

import datetime
import json
import time
import unicodedata
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.extract import read_release
from archive.readers import read
from archive.readers.raised_text import replace_raised, write_raised
from archive.readers.reparse import reparse_record
from archive.readers.unseen import drop_unseen
from archive.release import Part, Record, Release, Skipped

MAIL_HEAD = "Subject: Quay Opens\nContent-Type: text/plain; charset=utf-8\n\n"
STORY = 'The new quay was opened by Director Anna Berg on Tuesday. "We are ready," said Berg.'


def release(path: str, content: str) -> Release:
    (record,) = read(content.encode(), path)
    assert isinstance(record, Record)
    assert reparse_record(record.original, path, record.context) == record
    return read_release(record, path, datetime.date(2016, 1, 1))


def iso(found: Release) -> str:
    return found.published.iso if found.published else ""


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("WASH\u00adINGTON", "WASHINGTON"),
        ("Ber\u200bg \u200bSean", "Berg Sean"),
        ("a\u2060b\u2061c\ufeffd", "abcd"),
        ("\u200eMarch 3, 2005\u200f", "March 3, 2005"),
        ("\u202aAnna\u202c \u2068Berg\u2069", "Anna Berg"),
        ("Se\u200dan \u200cBerg", "Sean Berg"),
        ("Μα\u200dρία, Ма\u200cрия", "Μαρία, Мария"),
        ("WASH\u034fINGTON\ufe0f, \u206aMarch\ufff9", "WASHINGTON, March"),
        ("2005年\u200b3月8日", "2005年3月8日"),
        ("foo\u00ad, bar\u00ad", "foo, bar"),
        ("10\u00ad\nfoo", "10\nfoo"),
    ],
)
def test_what_nobody_sees_goes(text: str, kept: str) -> None:
    assert drop_unseen(text) == kept


@pytest.mark.parametrize(
    "text",
    [
        "ไทย\u200bแลนด์ ລາວ\u200bລາວ ភាសា\u200bខ្មែរ မြန်\u200bမာ",
        "می\u200cخواهم",
        "क\u094d\u200dष",
        "\U0001f469\u200d\U0001f680 \u2764\ufe0f\u200d\U0001f525",
        "שלום \u200eNATO\u200f שלום",
        "葛\ufe00 1\ufe0f\u20e3 ᠮ\u180bᠣ",
        "Cooper\u00ad\nation, Cooper\u00ad \n  ation",
        "plain",
        "café – “naïve”",
    ],
)
def test_what_a_script_or_a_cut_word_needs_stays(text: str) -> None:
    assert drop_unseen(text) is text or drop_unseen(text) == text


def test_several_in_a_row_are_as_one() -> None:
    assert drop_unseen("ก\u200b\u200bข") == "ก\u200bข"
    assert drop_unseen("Cooper\u200b\u00ad\u00ad\nation") == "Cooper\u00ad\nation"
    assert drop_unseen("B\u200b\u200c\u200d\u2060\u00aderg") == "Berg"


def test_marks_of_direction_go_from_lines_without_letters_that_need_them() -> None:
    assert drop_unseen("שלום\u200f!\n\u200eWASHINGTON, March 8, 2005") == "שלום\u200f!\nWASHINGTON, March 8, 2005"


@given(
    st.text(
        st.sampled_from(
            "aΩяกข\u05d0\u0645中1\u2764 \n\u00ad\u180e\u200b\u200c\u200d\u200e\u202a\u2060\ufeff\ufe0f\u034f"
        )
    )
)
def test_it_only_takes_away_and_a_second_time_nothing(text: str) -> None:
    kept = drop_unseen(text)
    assert drop_unseen(kept) == kept
    unseen = "\ufe0f\u034f"
    seen = [[c for c in each if unicodedata.category(c) != "Cf" and c not in unseen] for each in (kept, text)]
    assert seen[0] == seen[1]


def test_a_giant_text_is_read_in_chunks_as_a_whole() -> None:
    assert drop_unseen("Ber\u200bg Cooper\u00ad\nation\n" * 90_000) == "Berg Cooper\u00ad\nation\n" * 90_000
    assert drop_unseen("Ber\u200bg" * 400_000) == "Berg" * 400_000


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("a.txt", f"Quay Opens\n\nWASH\u00adINGTON, Mar\u00adch 8, 2005 -- {STORY}"),
        ("a.txt", f"\u200b\n\nQuay\u2060 Opens\n\n\u200bWASHINGTON, March 8, 2005 -- {STORY}"),
        ("a.html", f"<h1>Quay Opens</h1><p>&#8203;</p><p>&lrm;WASHINGTON, March 8, 2005 -- {STORY}</p>"),
        ("a.html", f"<h1>Quay &shy;Opens</h1><p>&#8203; WASHINGTON, March 8&zwnj;, 2005 -- {STORY}</p>"),
        ("a.md", f"# Quay&#8203; Opens\n\nWASH&shy;INGTON, March 8, 2005 -- {STORY}"),
        ("a.eml", f"{MAIL_HEAD}\u200eWASHINGTON, March 8, 2005 -- {STORY}"),
    ],
)
def test_facts_are_found_whatever_stands_unseen_in_them(path: str, content: str) -> None:
    found = release(path, content.replace("Berg", "Ber\u200bg"))
    assert (found.title, iso(found), found.place) == ("Quay Opens", "2005-03-08", "Washington")
    assert [person.name for person in found.people] == ["Anna Berg"]
    words = [(each.words, each.start, each.end) for each in found.evidence if each.part is Part.BODY]
    assert words
    assert all(found.body[start:end] == said for said, start, end in words)


def test_a_date_line_and_what_a_file_states() -> None:
    assert iso(release("a.txt", f"Quay Opens\n\n\u200bMarch 3, 2005\u200e\n\n{STORY}")) == "2005-03-03"
    stated = {
        "title": "Quay \u200bOpens",
        "source": "Harbor Bo\u00adard",
        "date": "\u200b2005-03-08",
        "body": STORY,
    }
    found = release("a.json", json.dumps(stated))
    assert (found.title, found.source, iso(found)) == ("Quay Opens", "Harbor Board", "2005-03-08")


def test_a_text_of_nothing_that_is_seen_is_no_text() -> None:
    assert [type(each) for each in read("\u200b\u200e\n\u2060".encode(), "a.txt")] == [Skipped]


def test_letters_read_in_a_wrong_encoding_are_put_right_first() -> None:
    # The second byte of í in UTF-8 is the soft hyphen of Latin-1.
    assert release("a.txt", f"Quay of Mar\u00c3\u00ada Opens\n\n{STORY}").title == "Quay of María Opens"


CASES = [
    ("levy<sup>a</sup>", "levy a"),
    ("rate<sup>3–5</sup>", "rate³–⁵"),
    ("cess<sup>ii</sup>", "cess ii"),
    ("pavage<sup>1.</sup>", "pavage¹."),
    ("toll<sup>1;2</sup>", "toll¹;²"),
    ("wharfage<sup>note 6</sup>", "wharfage note 6"),
    ("keelage<sup>١</sup>", "keelage¹"),
    ("Zorbex<sup>TM</sup>", "Zorbex™"),
    ("Quill<sup>SM</sup>", "Quill℠"),
    ("duty<sup><a href='#n'>b</a></sup>", "duty b"),
    ("tariff<sup>¹</sup>", "tariff¹"),
    ("tariff<sup>[1]</sup>", "tariff[1]"),
    ("m<sup>2</sup>", "m²"),
]
WHOLE = [
    ("1", "st"),
    ("21", "e"),
    ("XX", "e"),
    ("M", "me"),
    ("M", "lle"),
    ("n", "o"),
    ("1", "a"),
    ("D", "r"),
    ("C", "ie"),
]
CASES += [(f"{word}<sup>{end}</sup>", word + end) for word, end in WHOLE]


def text(path: str, content: str | bytes) -> str:
    (record,) = read(content if isinstance(content, bytes) else content.encode(), path)
    assert isinstance(record, Record)
    return record.text


@pytest.mark.parametrize(("markup", "written"), CASES)
def test_raised_text_of_every_format(markup: str, written: str) -> None:
    story = f"The old {markup} of the board was kept."
    expected = f"The old {written} of the board was kept."
    assert text("a.html", f"<p>{story}</p>") == expected
    assert text("a.md", story) == expected
    assert text("a.json", json.dumps({"title": "Quay", "body": story})) == expected
    assert text("a.xml", f"<article><title>Quay</title><body><p>{story}</p></body></article>") == expected
    assert text("a.sgml", f"<DOC><DOCNO>1</DOCNO><TEXT>{story}</TEXT></DOC>") == expected


def test_a_link_that_stands_raised_in_markdown() -> None:
    assert text("a.md", "The duty<sup>[2](#n2)</sup> and the levy<sup>[a](#n)</sup>.") == "The duty² and the levy a."


def test_entities_of_markdown() -> None:
    found = text("a.md", "The coop&shy;eration, wa&#8203;ter &amp; R&D, AT&T; &copy 5, &lt;p&gt; &#x41;.")
    assert found == "The cooperation, water & R&D, AT&T; &copy 5, <p> A."


def test_the_rest_of_a_giant_page() -> None:
    page = f"<p>{'word ' * 1_000_000}</p><p>The tariff<sup>1</sup> and the levy<sup>a</sup>.</p>"
    assert text("a.html", page).endswith("The tariff¹ and the levy a.")


def test_a_word_document() -> None:
    from docx import Document

    document = Document()
    document.add_paragraph("Quay Opens")
    paragraph = document.add_paragraph("The tariff")
    for words, raised in (("1", True), (" and the 21", False), ("st", True), (" levy", False), ("a", True)):
        paragraph.add_run(words).font.superscript = raised
    out = BytesIO()
    document.save(out)
    assert text("a.docx", out.getvalue()).endswith("The tariff¹ and the 21st levy a")


@pytest.mark.parametrize("markup", ["<sup>", "<sup><a>", "x<sup>1", "<sup>" + "x" * 5_000, "a<sup><b></b>", "<sup <a>"])
def test_markup_that_is_never_closed_takes_no_longer(markup: str) -> None:
    giant = markup * (1_000_000 // len(markup))
    start = time.process_time()
    assert replace_raised(giant) == giant
    assert time.process_time() - start < 5


def test_a_giant_that_stands_raised() -> None:
    start = time.process_time()
    assert write_raised("duty", "1, " * 100_000 + "x").startswith(" 1, ")
    assert time.process_time() - start < 5
