"""Giants are read in chunks, with the same result as in one; their text is kept whole."""

import base64
import csv
import io
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.readers import chunks, read
from archive.readers.html import giant_pages
from archive.readers.mail import mail
from archive.readers.normalise import clean, tidy
from archive.readers.tables import table
from archive.release import Record, Skipped

WORDS = [f"word{number}" for number in range(300)]


def one(content: bytes, path: str) -> Record:
    (record,) = read(content, path)
    assert isinstance(record, Record)
    return record


@given(
    st.text(st.sampled_from(" \n\r\tab\u00e9e\u0301\u00a0\u2003\x85\x00\ud800\u1100\u1161\u2028\ufeff"), max_size=80)
)
def test_a_text_is_cleaned_alike_in_pieces(text: str) -> None:
    whole = clean(text), tidy(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(chunks, "CHUNK_CHARS", 7)
        assert "".join(chunks.split_chunks(text)) == text
        assert (clean(text), tidy(text)) == whole
    assert unicodedata.is_normalized("NFC", whole[0])


def test_a_text_that_needs_no_cleaning_is_not_copied(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chunks, "CHUNK_CHARS", 7)
    text = "\n".join(WORDS)
    assert tidy(text) is text


@given(st.lists(st.lists(st.text(st.sampled_from('ab,"\n \u00e9'), max_size=9), min_size=1, max_size=4), max_size=4))
def test_a_giant_row_is_read_as_any_other(rows: list[list[str]]) -> None:
    file = io.StringIO()
    csv.writer(file, lineterminator="\n").writerows(rows)
    content = file.getvalue().encode()
    whole = list(table._rows(content, "utf-8", ","))
    for largest in (1, 5, 12):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(table, "_MAX_ROW_BYTES", largest)
            assert list(table._rows(content, "utf-8", ",")) == whole


def test_a_quotation_open_in_a_giant_row_costs_no_row(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "_MAX_ROW_BYTES", 20)
    content = b'title,text\nHead,"one two three four\nHead 2,five six seven\nHead 3,eight nine ten\n'
    assert [each.text for each in read(content, "a.csv") if isinstance(each, Record)] == [
        '"one two three four', "five six seven", "eight nine ten"
    ]  # fmt: skip


@pytest.mark.parametrize("transfer", ["", "base64", "quoted-printable"])
@pytest.mark.parametrize("kind", ["text/plain", "text/html"])
def test_a_giant_message_is_read_as_any_other(transfer: str, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    body = "<p>" * (kind == "text/html") + "Die Häuser sind offen = ja. " * 20
    payload = {
        "": body.encode(),
        "base64": base64.encodebytes(body.encode()).replace(b"=", b""),
        "quoted-printable": body.encode().replace(b"=", b"=3D").replace(b"\xc3\xa4", b"=C3=A4"),
    }[transfer]
    head = f"Subject: Head\nContent-Type: {kind}; charset=utf-8\nContent-Transfer-Encoding: {transfer}\n\n"
    content = head.encode() + payload
    whole = one(content, "a.eml")
    monkeypatch.setattr(mail, "_GIANT_BYTES", 100)
    monkeypatch.setattr(mail, "_texts", None)  # the library is not asked
    assert one(content, "a.eml") == whole
    assert whole.text == body.removeprefix("<p>").strip()


@pytest.mark.parametrize(
    "content",
    [
        b"Subject: Head\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nThe text.\n--b--\n",
        b"Subject: Head\nNo header\nX: y\n\nThe text.",
        b"Subject: Head\nContent-Type: text/plain\nContent-Transfer-Encoding: uuencode\n\nThe text.",
    ],
)
def test_a_giant_message_of_another_form_is_left_to_the_library(
    content: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = one(content, "a.eml")
    monkeypatch.setattr(mail, "_GIANT_BYTES", 10)
    assert one(content, "a.eml") == whole


@pytest.fixture
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(giant_pages, "CHUNK_CHARS", 300)
    monkeypatch.setattr(giant_pages, "_CUT_WINDOW_CHARS", 50)


@pytest.mark.parametrize(
    ("form", "gap"),
    [
        ("<p>{}</p>", "\n\n"),
        ("<TD>{}", " "),
        ("{} ", " "),
        ("<b class=x>{}</b> ", " "),
        ("<i class=name>{}</i>", ""),
        ("{}", ""),
    ],
)
@pytest.mark.usefixtures("small_pieces")
def test_a_giant_page_keeps_its_words_and_their_places(form: str, gap: str) -> None:
    html = f"<title>Head</title><body>{'<table>' * ('<TD>' in form)}" + "".join(form.format(word) for word in WORDS)
    record = one(html.encode(), "a.html")
    assert record.text == gap.join(WORDS)
    assert [value.value for value in record.stated if value.field == "title"] == ["Head"]


@pytest.mark.parametrize(
    ("form", "gap"),
    [
        ("<tr><td>the row of</td><td><b>{}</b></td></tr>\n", "\n\n"),
        ("<li>the\titem&nbsp;of   {}\n", "\n\n"),
        ("<p>{}", "\n\n"),
        ("<div><b>", ""),
        ("<span></span>", ""),
    ],
)
@pytest.mark.usefixtures("small_pieces")
def test_a_giant_page_of_tags_keeps_its_paragraphs_apart(form: str, gap: str) -> None:
    shown = [" ".join(re.sub("<[^<>]*>", " ", form).replace("&nbsp;", " ").split()).format(word) for word in WORDS]
    table = "<table>" * form.lower().startswith(("<t", "<td"))
    html = f"<body>{table}{''.join(form.format(word) for word in WORDS)}</table><p>the end"
    apart = [part for part in one(html.encode(), "a.html").text.split("\n") if part]
    assert apart == ([*shown, "the end"] if gap else ["the end"])


def test_a_giant_page_of_tags_that_all_differ_keeps_its_words_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(giant_pages, "CHUNK_CHARS", 300)
    monkeypatch.setattr(giant_pages, "_MAX_DISTINCT_TAG_RUNS", 5)
    html = "".join(f"<span title='of {word} alone'>{word}</span> " for word in WORDS)
    assert one(f"<body>{html}".encode(), "a.html").text.split() == WORDS


def test_a_page_of_many_tags_is_a_giant_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(giant_pages, "_MAX_TAGS", 50)
    monkeypatch.setattr(giant_pages, "_CUT_WINDOW_CHARS", 50)
    html = "".join(f"<p>the <b>{word}</b></p><script>no()</script>" for word in WORDS)
    assert one(f"<body>{html}".encode(), "a.html").text == "\n\n".join(f"the {word}" for word in WORDS)


def test_what_a_giant_page_does_not_show_is_no_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(giant_pages, "CHUNK_CHARS", 300)
    picture = f"<img src='data:image/png;base64,{'A' * 500}=='>"
    hidden = f"<script>let a = '<p>no</p>'</script><style>b {{}}</style><!-- <p>no -->{picture}"
    shown = "".join(f"{hidden}<p>{word} &amp; &lt;b&gt;</p>" for word in WORDS)
    assert one(f"<body>{shown}".encode(), "a.html").text == "\n\n".join(f"{word} & <b>" for word in WORDS)
    assert one(f"<body>{hidden * 9}<nav><a>Home</a></nav><p>The text.".encode(), "a.html").text == "The text."


@pytest.mark.parametrize(
    "page", ["<" * 5_000, "<script>" * 500, "<!--" * 500 + "x", "&lt;" * 3_000, "<p " + "a " * 2_000]
)
def test_a_giant_of_scraps_is_read(page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(giant_pages, "CHUNK_CHARS", 300)
    assert list(read(page.encode(), "a.html"))


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("release.xml", "<release><title>Ferry</title><body>{}</body></release>"),
        ("feed.rss", "<rss><channel><item><title>Ferry</title><description>{}</description></item></channel></rss>"),
    ],
)
def test_one_text_of_more_than_ten_megabytes_is_kept_whole(path: str, form: str) -> None:
    body = "The ferry sails. " * 600_000
    record = one(form.format(body).encode(), path)
    assert record.text == body.strip()
    assert not any("malformed" in note for note in record.notes)


def test_a_giant_that_declares_what_could_grow_stays_within_the_parsers_limits() -> None:
    bomb = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    body = "x" * 10_000_001
    page = f'<!DOCTYPE r [<!ENTITY e0 "ha">{bomb}]><release><title a="&e11;">F</title><body>{body}</body></release>'
    (record,) = read(page.encode(), "bomb.xml")
    assert isinstance(record, Skipped) or any("malformed" in note for note in record.notes)


def test_a_giant_says_that_only_its_beginning_was_looked_through(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("archive.readers.records.MAX_ANALYSED_CHARS", 500)
    (note,) = one(" ".join(WORDS).encode(), "a.txt").notes
    assert "only its beginning was analysed" in note
    assert one(b"A short text.", "a.txt").notes == ()
