"""How bytes become text: each way an encoding can be said, and the guess where it is not."""

import pytest

from archive.readers import read
from archive.readers.encoding import decode, find_declared_encoding
from archive.release import Record

TEXT = "“Café” – Łódź"
RUSSIAN = "Представитель агентства сообщил сегодня, что новое отделение откроется в Риге в январе. " * 4


@pytest.mark.parametrize(
    ("content", "declared", "text", "encoding", "notes"),
    [
        (TEXT.encode(), "", TEXT, "utf-8", ()),
        (b"\xef\xbb\xbf" + TEXT.encode(), "", TEXT, "utf-8", ()),
        (b"\xff\xfe" + TEXT.encode("utf-16-le"), "", TEXT, "utf-16-le", ()),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), "", TEXT, "utf-16-be", ()),
        (b"\xff\xfe\0\0" + TEXT.encode("utf-32-le"), "", TEXT, "utf-32-le", ()),
        ("plain words".encode("utf-16-le"), "", "plain words", "utf-16-le", ()),
        ("plain words".encode("utf-16-be"), "", "plain words", "utf-16-be", ()),
        (b"\x93Caf\xe9\x94", "ISO-8859-1", "“Café”", "windows-1252", ()),
        (b"\x93Caf\xe9\x94", "us-ascii", "“Café”", "windows-1252", ()),
        ("Łódź".encode("iso-8859-2"), "iso-8859-2", "Łódź", "iso8859-2", ()),
        (b"Caf\xe9", "no-such-encoding", "Café", "windows-1252", ("guessed windows-1252; not valid UTF-8",)),
        (
            b"He said \x93no\x94 to the plan",
            "",
            "He said “no” to the plan",
            "windows-1252",
            ("guessed windows-1252; not valid UTF-8",),
        ),
        (TEXT.encode(), "iso-8859-1", TEXT, "utf-8", ("declared iso-8859-1, but is UTF-8",)),
        (b"plain", "iso-8859-1", "plain", "utf-8", ()),
        (b"plain", "utf-16", "plain", "utf-8", ()),
        (b"plain", "rot13", "plain", "utf-8", ()),
        (TEXT.encode() + b"\xff!", "", TEXT + "\ufffd!", "utf-8", ("1 undecodable byte replaced",)),
        (b"the end\0\0\0", "", "the end", "utf-8", ()),
        (b"", "", "", "utf-8", ()),
    ],
)
def test_decode(content: bytes, declared: str, text: str, encoding: str, notes: tuple[str, ...]) -> None:
    decoded = decode(content, declared)
    assert decoded.text == text
    assert decoded.encoding == encoding
    assert decoded.notes == notes


def test_other_scripts_are_guessed_from_their_letters() -> None:
    decoded = decode(RUSSIAN.encode("windows-1251"))
    assert decoded.text == RUSSIAN
    assert decoded.notes[0].startswith("guessed ")


@pytest.mark.parametrize(
    ("content", "declared"),
    [
        (b'<?xml version="1.0" encoding="ISO-8859-1"?>', "ISO-8859-1"),
        (b"<meta charset=windows-1252>", "windows-1252"),
        (b'<META http-equiv="Content-Type" content="text/html; charset=koi8-r">', "koi8-r"),
        (b"charset=utf-8 in prose", ""),
    ],
)
def test_declared_in(content: bytes, declared: str) -> None:
    assert find_declared_encoding(content) == declared


def test_text_is_composed() -> None:
    (record,) = read("cafe\u0301".encode(), "a.txt")
    assert isinstance(record, Record)
    assert record.text == "café"
    assert record.original == "cafe\u0301".encode()


def test_a_declared_page() -> None:
    (record,) = read(b"<meta charset=iso-8859-1><p>\x93Caf\xe9\x94", "a.html")
    assert isinstance(record, Record)
    assert record.text == "“Café”"
    assert record.encoding == "windows-1252"


def test_every_byte_without_a_letter_is_counted_where_the_encoding_knows_no_sign_for_it() -> None:
    decoded = decode(("Die Häuser am Hafen sind wieder offen. " * 9 + "\x81 und \x8d").encode("latin-1"))
    assert (decoded.encoding, decoded.text.count("\ufffd")) == ("windows-1252", 2)
    assert decoded.notes[-1] == "2 undecodable bytes replaced"


def test_control_characters_in_xml_cost_nothing_and_are_no_complaint() -> None:
    (record,) = read(b"\x0c<?xml version='1.0'?><r><title>T</title><text>The\x0b quay\x01 is open.</text></r>", "a.xml")
    assert isinstance(record, Record)
    assert (record.text, record.notes) == ("The quay is open.", ())
