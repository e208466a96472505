"""ISO-2022 and HZ, whose bytes are all ASCII: declared or shown, whole or broken, in every format that holds text."""

from base64 import b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.readers import read
from archive.readers.encoding import decode
from archive.readers.reparse import reparse_record
from archive.readers.seven_bit import NAMES, decode_seven_bit, find_seven_bit
from archive.release import Record

JAPANESE = "新しい港を開いた。横浜市は火曜日に発表した"
KOREAN = "새 항구가 화요일에 열렸다"
CHINESE = "新港口今天开放，市长说。"

JP = JAPANESE.encode("iso2022_jp")
KR = KOREAN.encode("iso2022_kr")
CN = b"\x1b$)A\x0e" + bytes(byte & 0x7F for byte in CHINESE.encode("gb2312")) + b"\x0f"
HZ_BYTES = CHINESE.encode("hz")
OPEN = JP[:-3]
"""Japanese without the sequence that ends it."""

KINDS = [
    (JAPANESE, JP, "iso-2022-jp"),
    (KOREAN, KR, "iso-2022-kr"),
    (CHINESE, CN, "iso-2022-cn"),
    (CHINESE, HZ_BYTES, "hz-gb-2312"),
]
by_kind = pytest.mark.parametrize(("text", "content", "name"), KINDS)


def the_record(content: bytes, name: str) -> Record:
    (record,) = read(content, name)
    assert isinstance(record, Record)
    return record


@by_kind
def test_bytes_are_told_by_what_is_declared_and_by_what_they_show(text: str, content: bytes, name: str) -> None:
    for declared in (name, "", "us-ascii", "utf-8", "iso-8859-1", "no-such-encoding"):
        decoded = decode(b"Quay: " + content, declared)
        assert (decoded.text, decoded.encoding, decoded.notes) == (f"Quay: {text}", name, ())


@pytest.mark.parametrize(
    "label",
    ["ISO-2022-JP", "iso-2022-jp-1", "ISO-2022-JP-2", "iso-2022-jp-ms", "csISO2022JP", "JIS", "cp50220", "CP50221"],
)
def test_labels_of_one_encoding(label: str) -> None:
    assert decode(b"(I" + b"\x1b(I6E\x1b(B", label).text == "(Iｶﾅ"


@pytest.mark.parametrize(
    ("content", "declared", "text"),
    [
        (b"plain words", "iso-2022-jp", "plain words"),
        ("Café".encode(), "iso-2022-jp", "Café"),
        (b"\x93Caf\xe9\x94", "hz-gb-2312", "“Café”"),
        ("見出し".encode() + b" \x1b[1mbold\x1b[0m", "", "見出し \x1b[1mbold\x1b[0m"),
        (b"the \x1b[31mred\x1b[0m quay", "", "the \x1b[31mred\x1b[0m quay"),
        (b"cost \x1b$5 only", "", "cost \x1b$5 only"),
        (b"a template ~{name~} and ~{another_name~} here", "", "a template ~{name~} and ~{another_name~} here"),
        (b"man\\~{n}ana ~{ab", "", "man\\~{n}ana ~{ab"),
        (HZ_BYTES + b" and ~{never closed", "", (HZ_BYTES + b" and ~{never closed").decode()),
        ("日本".encode("hz"), "", "~{HU1>~}"),  # too little to be sure of
        ("日本".encode("hz"), "hz-gb-2312", "日本"),
    ],
)
def test_what_only_looks_like_it_is_left_as_it_is(content: bytes, declared: str, text: str) -> None:
    assert decode(content, declared).text == text


@pytest.mark.parametrize(
    ("content", "text"),
    [
        # The sequence that ends the letters is lost: at the line end, before a blank, with the file.
        (OPEN + b"\nThe quay is open.\n" + JP, f"{JAPANESE}\nThe quay is open.\n{JAPANESE}"),
        (OPEN + b"\r\nThe quay is open.", f"{JAPANESE}\r\nThe quay is open."),
        (OPEN + b" The quay is open.", f"{JAPANESE} The quay is open."),
        (OPEN, JAPANESE),
        # Half a letter, an unknown letter, an unknown sequence, one that breaks off.
        (OPEN + b"$" + b"\x1b(B rest", f"{JAPANESE}\ufffd rest"),
        (b"\x1b$B}~\x1b(B rest " + JP, f"\ufffd rest {JAPANESE}"),
        (JP + b" \x1b%Z rest", f"{JAPANESE} \x1b%Z rest"),
        (JP + b" rest \x1b", f"{JAPANESE} rest \x1b"),
        (JP + b" rest \x1b$", f"{JAPANESE} rest \x1b$"),
        (JP + b" \xe9t\xc3\xa9 rest", f"{JAPANESE} \ufffdté rest"),
        # Letters that go on over a line end, or with blanks among them, and are ended.
        (OPEN[:11] + b"\n" + OPEN[11:] + b"\x1b(B", f"{JAPANESE[:4]}\n{JAPANESE[4:]}"),
        (OPEN[:11] + b" " + OPEN[11:] + b"\x1b(B", f"{JAPANESE[:4]} {JAPANESE[4:]}"),
        # Letters of other sets: half width, Windows, JIS X 0212, JIS X 0213, Roman, Chinese, Korean.
        (JP + "ｶﾅ".encode("iso2022_jp_ext"), f"{JAPANESE}ｶﾅ"),
        (b"\x1b$B-!|b\x1b(B", "①髙"),
        ("鱸丂".encode("iso2022_jp_1"), "鱸丂"),
        ("鷗𠮟".encode("iso2022_jp_2004"), "鷗𠮟"),
        (JP + b"\x1b(J\\5~\x1b(B \\~", f"{JAPANESE}¥5‾ \\~"),
        ("漢字与한글".encode("iso2022_jp_2"), "漢字与한글"),
        (b"\x1b$)G\x0eDe\x0f rest " + JP, f"\ufffd rest {JAPANESE}"),
    ],
)
def test_a_broken_sequence_does_not_lose_what_follows(content: bytes, text: str) -> None:
    decoded = decode(content, "iso-2022-jp")
    assert decoded.text == text
    lost = text.count("\ufffd")
    assert decoded.notes == ((f"{lost} undecodable byte{'s' if lost > 1 else ''} replaced",) if lost else ())


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (HZ_BYTES[:-2] + b"\nThe quay.", f"{CHINESE}\nThe quay."),
        (HZ_BYTES[:-2] + b" The quay.", f"{CHINESE} The quay."),
        (HZ_BYTES[:-3] + b"~} The quay.", f"{CHINESE[:-1]}\ufffd The quay."),
        (b"~~" + HZ_BYTES + b"~\nsame line ~ and ~x ~", f"~{CHINESE}same line ~ and ~x ~"),
        (b"~{~} none " + HZ_BYTES, f" none {CHINESE}"),
    ],
)
def test_broken_hz_does_not_lose_what_follows(content: bytes, text: str) -> None:
    assert decode(content, "HZ-GB-2312").text == text


@given(st.binary(max_size=60) | st.lists(st.sampled_from([b"\x1b", b"$B", b"(B", b"\x0e", b"~{", b"~}", b"?7", b"\n"])))
def test_any_bytes_are_some_text(content: bytes | list[bytes]) -> None:
    content = content if isinstance(content, bytes) else b"".join(content)
    find_seven_bit(content)
    for name in NAMES:
        plain = content.translate(None, b"\x1b\x0e\x0f~")
        assert decode_seven_bit(plain, name) == plain.decode("utf-8", "replace")
        assert isinstance(decode_seven_bit(content, name), str)


@by_kind
@pytest.mark.parametrize("encoding", ["7bit", "base64"])
@pytest.mark.parametrize("declared", [True, False])
def test_in_mail(text: str, content: bytes, name: str, encoding: str, declared: bool) -> None:
    word = b"=?%s?B?%s?=" % (name.encode(), b64encode(content))
    half = len(content) // 2
    halves = b"\n ".join(b"=?%s?B?%s?=" % (name.encode(), b64encode(part)) for part in (content[:half], content[half:]))
    kind = f"text/plain; charset={name}" if declared else "text/plain"
    body = b64encode(content) if encoding == "base64" else content
    for subject in (word, halves, content):
        head = b"Subject: %s\nFrom: %s <a@x.example>\nMIME-Version: 1.0\nContent-Type: %s\n" % (
            subject, word, kind.encode()
        )  # fmt: skip
        record = the_record(head + b"Content-Transfer-Encoding: %s\n\n" % encoding.encode() + body, "a.eml")
        assert (record.text, record.encoding) == (text, name)
        stated = {value.field: value.value for value in record.stated}
        assert (stated["title"], stated["source"]) == (text, text)


def test_in_a_mailbox_and_read_again() -> None:
    head = (
        b"From a@x.example Tue Mar  8 09:30:00 2005\nSubject: Quay\nContent-Type: text/plain; charset=ISO-2022-JP\n\n"
    )
    outcomes = list(read((head + JP + b"\n\n") * 2, "a.mbox"))
    for record in outcomes:
        assert isinstance(record, Record)
        again = reparse_record(record.original, "a.mbox", record.context)
        assert isinstance(again, Record)
        assert record.text == again.text == JAPANESE


@by_kind
def test_in_files_of_text_and_of_markup(text: str, content: bytes, name: str) -> None:
    label = name.encode()
    files = {
        "a.txt": content,
        "b.txt": b"Headline\n\n" + content,
        "a.md": b"# Headline\n\n" + content,
        "a.html": b"<meta charset=%s><title>T</title><p>%s</p>" % (label, content),
        "b.html": b"<title>T</title><p>" + content + b"</p>",
        "a.xml": b'<?xml version="1.0" encoding="%s"?><r><title>T</title><text>%s</text></r>' % (label, content),
        "a.rss": b"<rss><item><title>T</title><description>" + content + b"</description></item></rss>",
        "a.json": b'{"title": "T", "body": "' + content.replace(b"\x1b", b"\x1b") + b'"}',
        "a.sgml": b"<DOC><TEXT>" + content + b"</TEXT></DOC>",
    }
    for path, whole in files.items():
        record = the_record(whole, path)
        assert text in record.text, path
        assert record.encoding == name
        again = reparse_record(record.original, path, record.context)
        assert isinstance(again, Record)
        assert again.text == record.text


def test_in_a_table_a_byte_of_a_letter_is_no_quotation_mark() -> None:
    square = "◆".encode("iso2022_jp")
    assert b'"' in square
    table = b"title,text\r\nA," + JP + b'\r\nB,"' + square + b'\r\nc"\r\n'
    records = [each for each in read(table, "a.csv") if isinstance(each, Record)]
    assert [each.text for each in records] == [JAPANESE, "◆\nc"]
    for record in records:
        again = reparse_record(record.original, "a.csv", record.context)
        assert isinstance(again, Record)
        assert again.text == record.text


def test_korean_is_no_binary_file_for_its_many_shifts() -> None:
    words = "항 구 가 열 렸 다 " * 200
    assert the_record(words.encode("iso2022_kr"), "a.txt").text == words.strip()
