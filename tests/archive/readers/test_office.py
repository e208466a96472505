"""PDF files and Word documents: their text, and what is refused with its reason."""

from __future__ import annotations

import re
import sys
import time
import zlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from office_files import changed, docx, encrypted, pdf

from archive.readers import read
from archive.release import Record, Skipped
from benchmarks.hard.office import OFFICE

LINES = ["Quay Opens", "PORT ANSON, March 5, 2010 - The quay is", "open, the board said."]
TEXT = "\n".join(LINES)
WORD = "word/document.xml"

GOOD = {"pdf": pdf(LINES, LINES), "docx": docx("The quay is open.", title="Quay", rows=[["a", "b"]])}


def one(content: bytes, path: str) -> Record | Skipped:
    (outcome,) = read(content, path)
    return outcome


def reason(content: bytes, path: str) -> str:
    outcome = one(content, path)
    assert isinstance(outcome, Skipped)
    return outcome.reason


@pytest.mark.parametrize("path", ["a.pdf", "a.PDF", "a", "a.txt", "a.docx"])
def test_a_pdf_is_read_whatever_its_name(path: str) -> None:
    record = one(pdf(LINES), path)
    assert isinstance(record, Record)
    assert (record.text, record.media_type) == (TEXT, "application/pdf")


def test_pages_follow_one_another() -> None:
    record = one(pdf(LINES[:2], LINES[2:]), "a.pdf")
    assert isinstance(record, Record)
    assert record.text == TEXT


@pytest.mark.parametrize("path", ["a.docx", "a", "a.zip.docx"])
def test_a_document_is_read_with_its_letterhead_title_and_tables(path: str) -> None:
    content = docx(
        "The quay is open.", title="Quay Opens", header="HARBOUR BOARD", rows=[["Quay", "open"], ["Pier", ""]]
    )
    record = one(content, path)
    assert isinstance(record, Record)
    assert record.text == "HARBOUR BOARD\n\nQuay Opens\n\nThe quay is open.\n\nQuay open\nPier"
    assert [(each.field, each.value) for each in record.stated] == [("title", "Quay Opens")]


def test_inserted_words_are_read_and_deleted_ones_are_not() -> None:
    run = b"<w:r><w:t>The quay is open.</w:t></w:r>"
    tracked = (
        b"<w:r><w:t>The quay </w:t></w:r><w:ins><w:r><w:t>is</w:t></w:r></w:ins>"
        b"<w:del><w:r><w:delText>was</w:delText></w:r></w:del><w:r><w:tab/><w:t>open.</w:t></w:r>"
    )
    record = one(changed(docx("The quay is open."), WORD, run, tracked), "a.docx")
    assert isinstance(record, Record)
    assert record.text == "The quay is open."


@pytest.mark.parametrize(
    ("path", "content", "said"),
    [
        ("a.pdf", b"%PDF-1.4\nnothing", "pdf: damaged (its end is missing); copy the file again"),
        ("a.pdf", pdf(LINES).rpartition(b"%%EOF")[0], "pdf: damaged (its end is missing); copy the file again"),
        ("a.pdf", b"Only text.", "pdf: no pdf inside"),
        ("a.docx", b"Only text.", "docx: no docx inside"),
        ("a.docx", b"PK\x03\x04 word/document.xml", "docx: damaged"),
        ("a.pdf", pdf([]), "pdf: no text in it"),
        ("a.pdf", pdf(*[["x"]] * 301), "pdf: 301 pages"),
        ("a.pdf", pdf(LINES, extra=b"0 0 m " * 400_000), "pdf: the page holds too much drawing"),
    ],
)
def test_what_is_refused(path: str, content: bytes, said: str) -> None:
    assert reason(content, path).startswith(said)


@pytest.mark.parametrize("end", [b"%%EO", b"%%E\n", b"%%", b"%\r\n"])
def test_a_pdf_that_breaks_off_within_its_last_mark_is_read(end: bytes) -> None:
    record = one(pdf(LINES).rpartition(b"%%EOF")[0] + end, "a.pdf")
    assert isinstance(record, Record)
    assert record.text == TEXT


def test_a_pdf_of_too_much_is_read_as_far_as_it_may_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("archive.readers.office.pdf._MAX_TEXT_PAGES_BYTES", 2_000)
    pages = [[f"Page {number}", "x" * 700] for number in range(1, 6)]
    skip, record = read(pdf(*pages), "a.pdf")
    assert skip == Skipped("pdf: too much in one file; split it into smaller ones", "page 3 and what follows")
    assert isinstance(record, Record)
    assert [line for line in record.text.splitlines() if line.startswith("Page")] == ["Page 1", "Page 2"]


def test_a_pdf_of_too_many_objects_is_not_opened() -> None:
    content = b"%PDF-1.5\n" + b"".join(b"%d 0 obj\n" % number for number in range(200_001))
    assert reason(content, "a.pdf") == "pdf: more than 200,000 objects; split it into smaller files"


def test_a_stream_that_unpacks_to_too_much_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    content = pdf(LINES).replace(b"/Length", b"/Filter /FlateDecode /Length")
    drawn = re.search(rb"stream\n(.*?)\nendstream", content, re.DOTALL)
    assert drawn
    packed = content.replace(drawn[1], zlib.compress(drawn[1] + b" " * 2_000))
    monkeypatch.setattr("archive.readers.office.pdf._MAX_STREAM_BYTES", 1_000)
    assert reason(packed, "a.pdf").startswith("pdf: the page cannot be read (LimitReachedError")
    monkeypatch.setattr("archive.readers.office.pdf._MAX_STREAM_BYTES", 100_000)
    assert isinstance(one(packed, "a.pdf"), Record)


def test_an_encrypted_pdf_is_refused() -> None:
    assert reason(encrypted(pdf(LINES)), "a.pdf") == "pdf: protected by a password; save it without one"


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = changed(docx("x"), WORD, b"<w:body>", b"<w:body>" + b" " * 30_000_000)
    assert len(bomb) < 200_000
    start = time.process_time()
    assert re.match(
        r"docx: too large when unpacked: 30,\d{3},\d{3} bytes of text, the limit is", reason(bomb, "a.docx")
    )
    assert time.process_time() - start < 1


def test_entities_in_a_document_are_not_expanded() -> None:
    head = b"<?xml version='1.0' encoding='UTF-8' standalone='yes'?>"
    bomb = head + b'<!DOCTYPE l [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;">]>'
    content = changed(changed(docx("Quay"), WORD, head, bomb), WORD, b"Quay", b"Quay &b;")
    outcome = one(content, "a.docx")
    assert isinstance(outcome, Skipped) or "lol" not in outcome.text


@pytest.mark.parametrize(("path", "module"), [("a.pdf", "pypdf"), ("a.docx", "docx")])
def test_without_the_extra_a_file_says_what_to_install(path: str, module: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    assert "pip install 'dateline[office]'" in reason(GOOD[path[2:]], path)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(sorted(GOOD)), st.data())
def test_damaged_files(suffix: str, data: st.DataObject) -> None:
    """A good file with a piece cut out of it or put in: text or a reason, never an exception."""
    seed = GOOD[suffix]
    start = data.draw(st.integers(0, len(seed)))
    end = data.draw(st.integers(start, min(len(seed), start + 60)))
    content = seed[:start] + data.draw(st.binary(max_size=20)) + seed[end:]
    found = list(read(content, f"a.{suffix}"))
    assert found
    assert not any(isinstance(each, Skipped) and each.reason.startswith("could not be read") for each in found)


@pytest.mark.parametrize(
    ("broken", "where"),
    [
        (b'<w:headerReference w:type="default"/>', "header"),  # no part is named: found by fuzzing
        (b'<w:headerReference w:type="default" r:id="none"/>', "header"),
    ],
)
def test_a_damaged_part_of_a_document_costs_no_other(broken: bytes, where: str) -> None:
    content = changed(docx("The quay is open.", title="Quay Opens"), WORD, b"<w:pgSz", broken + b"<w:pgSz")
    skip, record = read(content, "a.docx")
    assert isinstance(skip, Skipped)
    assert (skip.where, skip.reason[:15]) == (where, "docx: damaged (")
    assert isinstance(record, Record)
    assert record.text == "Quay Opens\n\nThe quay is open."


def test_forms_drawn_one_in_another_are_drawn_in_good_time() -> None:
    """The library draws five thousand of them a page and sets up their fonts each time: found by fuzzing."""
    started = time.process_time()
    assert reason(OFFICE["forms.pdf"](0), "a.pdf") == "pdf: no text in it; scanned pages are not read"
    assert time.process_time() - started < 4


def test_no_page_is_begun_after_all_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("archive.readers.office.pdf._TIMEOUT_S", -1.0)
    skip = "pdf: too much in one file; split it into smaller ones"
    assert one(pdf(LINES), "a.pdf") == Skipped(skip, "page 1 and what follows")
