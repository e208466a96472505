"""What stands raised at a word is no part of it; the ending of an ordinal or an abbreviation is."""

from __future__ import annotations

import json
import time
from io import BytesIO

import pytest

from archive.readers import read
from archive.readers.raised_text import replace_raised, write_raised
from archive.release import Record

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
