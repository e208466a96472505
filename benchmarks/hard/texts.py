"""Hard files of text: their names say what is hard about them, their suffixes which reader gets them."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Iterator

_GIVEN = ("Mara", "Tomas", "Ilse", "Bennet", "Oda", "Rufus", "Celia", "Anders", "Willa", "Hugo", "Petra", "Simon")
_BEGIN = ("Bel", "Har", "Rid", "Tor", "Wen", "Kel", "Mor", "Dun", "Fal", "Gar", "Hol", "Lan", "Nor", "Pel", "Sel")
_MIDDLE = ("a", "e", "i", "o", "u", "an", "en", "in", "on", "un", "ar", "er", "ir", "or", "ur", "al", "el", "il")
_END = ("ber", "dale", "ford", "gate", "ham", "kin", "ley", "man", "ner", "sen", "son", "ton", "ville", "ward", "wick")


def names(count: int) -> Iterator[str]:
    """So many names of people, made up, all different."""
    surnames = ("".join(parts) for parts in itertools.product(_BEGIN, _MIDDLE, _END))
    initials = (f" {chr(65 + first)}. {chr(65 + second)}. " for first in range(26) for second in range(26))
    full = (
        f"{given}{initial}{surname}" for initial, surname, given in itertools.product(initials, list(surnames), _GIVEN)
    )
    return itertools.islice(full, count)


def paragraphs() -> Iterator[str]:
    """Paragraphs of a release without end, no two alike."""
    for number, name in enumerate(itertools.cycle(list(names(5_000)))):
        yield (
            f'The quay at pier {number} is open again, Harbour Master {name} said on Tuesday. "We have waited for this '
            f'for {number % 90 + 2} months," {name.split()[-1]} said. The board of the Port of Anson paid '
            f"${number % 700 + 1}.{number % 9} million for the work, which began on March {number % 28 + 1}, 2009."
        )


def prose(size: int, between: str = "\n\n", wrap: Callable[[str], str] = str) -> str:
    """About `size` characters of paragraphs."""
    written, kept = 0, []
    for paragraph in paragraphs():
        kept.append(wrap(paragraph))
        written += len(kept[-1]) + len(between)
        if written >= size:
            return between.join(kept)
    raise AssertionError("paragraphs have no end")


def _records(size: int, write: Callable[[int, str, str], str]) -> Iterator[bytes]:
    """Releases of two paragraphs, each written by `write` from its number, title and text."""
    written, source = 0, paragraphs()
    for number in itertools.count(1):
        text = f"PORT ANSON, March {number % 28 + 1}, 2010 - {next(source)}\n\n{next(source)}"
        record = write(number, f"Pier {number} Opens", text).encode()
        yield record
        written += len(record)
        if written >= size:
            return


def _repeat(size: int, head: str, write: Callable[[int, str, str], str], end: str = "", between: str = "") -> bytes:
    return head.encode() + between.encode().join(_records(size, write)) + end.encode()


def _mail(number: int, title: str, text: str) -> str:
    return (
        f"From press@example.org Tue Mar 02 09:00:00 2010\nFrom: Press Office <press@example.org>\nSubject: {title}\n"
        f"Date: Tue, 2 Mar 2010 09:00:00 +0000\nMessage-ID: <{number}@example.org>\n\n{text}\n\n"
    )


def _item(number: int, title: str, text: str) -> str:
    return f"<item><title>{title}</title><guid>{number}</guid><description>{text}</description></item>\n"


def _object(number: int, title: str, text: str) -> str:
    return json.dumps({"id": number, "title": title, "date": "2010-03-02", "text": text})


def _wire(number: int, title: str, text: str) -> str:
    return f"<DOC><DOCNO>{number}</DOCNO><TITLE>{title}</TITLE><TEXT>{text}</TEXT></DOC>\n"


_MAIL = "From: Press Office <press@example.org>\nSubject: Quay Opens\nDate: Tue, 2 Mar 2010 09:00:00 +0000\n"
_PARTS = f"{_MAIL}MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=part\n\n--part\n"
_ATTACHED = (
    "\n--part\nContent-Type: application/pdf\nContent-Disposition: attachment\nContent-Transfer-Encoding: base64\n\n"
)
_PAGE = "<!doctype html><html><head><title>Quay Opens</title></head><body><h1>Quay Opens</h1>"
_FEED = "<rss version='2.0'><channel><title>Port of Anson</title>"
_FEED_END = "</channel></rss>"


def _html(size: int) -> str:
    return f"{_PAGE}<div>{prose(size, chr(10), '<p>{}</p>'.format)}</div></body></html>"


def _entities(size: int) -> bytes:
    declared = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    body = "<p>&e9; and &e8;</p>" * (size // 20)
    return f'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY e0 "lol">{declared}]><r><title>T</title>{body}</r>'.encode()


def _accents(size: int) -> str:
    return prose(
        size, "\n", lambda paragraph: paragraph.replace("again", "à nouveau, « déjà »").replace("paid", "zahlte für")
    )


def _listed(size: int) -> str:
    """A million names, or as many as the size holds."""
    return ", ".join(names(min(1_000_000, size // 20)))


TEXTS: dict[str, Callable[[int], bytes]] = {
    "one release.txt": lambda size: prose(size).encode(),
    "one release.md": lambda size: (
        "# Quay Opens\n\n" + prose(size, "\n\n", "*So it is:* **{}** [more](x)".format)
    ).encode(),
    "one release.html": lambda size: _html(size).encode(),
    "one release.eml": lambda size: f"{_MAIL}\n{prose(size)}".encode(),
    "text in parts.eml": lambda size: (
        f"{_PARTS}Content-Type: text/plain\n\n{prose(size * 4 // 5)}{_ATTACHED}QUJD\n--part--\n".encode()
    ),
    "attachment.eml": lambda size: (
        f"{_PARTS}Content-Type: text/plain\n\n{prose(4_000)}{_ATTACHED}".encode()
        + (b"QUJD" * 19 + b"\n") * (size * 4 // 5 // 77)
        + b"--part--\n"
    ),
    "one message.mbox": lambda size: _mail(1, "Quay Opens", prose(size)).encode(),
    "one page.eml": lambda size: f"{_MAIL}Content-Type: text/html; charset=utf-8\n\n{_html(size)}".encode(),
    "one release.json": lambda size: _object(1, "Quay Opens", prose(size)).encode(),
    "one release.csv": lambda size: f'title,text\nQuay Opens,"{prose(size).replace(chr(34), chr(34) * 2)}"\n'.encode(),
    "one release.xml": lambda size: (
        f"<r><title>T</title><text>{prose(size, '', '<p>{}</p>'.format)}</text></r>".encode()
    ),
    "one release.rss": lambda size: f"{_FEED}{_item(1, 'Quay Opens', prose(size))}{_FEED_END}".encode(),
    "one release.sgml": lambda size: _wire(1, "Quay Opens", prose(size)).encode(),
    "one emoji.html": lambda size: _html(size).replace("again", "again \U0001f6a2", 1).encode(),
    "one emoji.txt": lambda size: prose(size).replace("again", "again \U0001f6a2", 1).encode(),
    "table.html": lambda size: (
        _PAGE + "<table>" + "<tr><td>12</td><td>Mara Bel</td></tr>\n" * (size // 40) + "</table>"
    ).encode(),
    "many records.jsonl": lambda size: _repeat(size, "", _object, "\n", "\n"),
    "many records.json": lambda size: _repeat(size, "[", _object, "]", ","),
    "many records.csv": lambda size: _repeat(
        size, "id,title,text\n", lambda *row: '{},{},"{}"\n'.format(*row[:2], row[2].replace('"', '""'))
    ),
    "many records.xml": lambda size: _repeat(
        size, "<all>", lambda *row: "<r><id>{}</id><title>{}</title><text>{}</text></r>".format(*row), "</all>"
    ),
    "many records.rss": lambda size: _repeat(size, _FEED, _item, _FEED_END),
    "many records.mbox": lambda size: _repeat(size, "", _mail),
    "many records.sgml": lambda size: _repeat(size, "", _wire),
    "empty records.jsonl": lambda size: b'{"title":"x"}\n' * (size // 14),
    "deep.html": lambda size: b"<div><b>" * (size // 8) + b"the end",
    "deep.xml": lambda size: b"<?xml version='1.0'?>" + b"<p>" * (size // 7) + b"x" + b"</p>" * (size // 7),
    "deep.json": lambda size: b'[{"text":' * (size // 9),
    "deep lists.json": lambda size: b"[" * (size // 2) + b"]" * (size // 2),
    "deep.md": lambda size: b"> " * (size // 2) + b"the end",
    "deep parts.eml": lambda size: b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(size // 60)
    ),
    "one line.txt": lambda size: prose(size, " ").encode(),
    "one word.txt": lambda size: b"x" * size,
    "one line.html": lambda size: (_PAGE + prose(size, " ")).encode(),
    "one line.csv": lambda size: ("title,text\n" + prose(size, ",")).encode(),
    "one line.md": lambda size: prose(size, " ", "**{}".format).encode(),
    "open quotation.csv": lambda size: ('title,text\n"' + prose(size, "\n")).encode(),
    "blank lines.txt": lambda size: b"Quay Opens\n" + b" \n" * (size // 2) + b"the end",
    "capitals.txt": lambda size: prose(size).upper().encode(),
    "a million names.txt": lambda size: _listed(size).encode(),
    "a million names.html": lambda size: f"{_PAGE}<p>{_listed(size)}</p>".encode(),
    "a million names, a line each.txt": lambda size: _listed(size).replace(", ", "\n").encode(),
    "opening marks.txt": lambda size: "“a “b ".encode() * (size // 10),
    "verbs beside quotations.txt": lambda size: "“a,” she said that said the ".encode() * (size // 32),
    "entities.xml": _entities,
    "entities.html": lambda size: _PAGE.encode() + b"<p>" + b"&lt;&amp;&NotEqualTilde;&#x41;" * (size // 28),
    "unknown elements.html": lambda size: _PAGE.encode() + b"".join(b"<x%d>a " % n for n in range(size // 12)),
    "attributes.html": lambda size: b"<p " + b"".join(b"a%d=b " % n for n in range(size // 10)) + b">the end",
    "open tags.html": lambda size: _PAGE.encode() + b"<" * size,
    "declared wrongly, is Latin-1.html": lambda size: f"<meta charset=utf-8><p>{_accents(size)}".encode("latin-1"),
    "declared wrongly, is UTF-8.html": lambda size: f"<meta charset=gb2312><p>{_accents(size)}".encode(),
    "declared wrongly, is UTF-8.xml": lambda size: (
        f"<?xml version='1.0' encoding='utf-16'?><r><title>T</title><p>{_accents(size)}</p></r>".encode()
    ),
    "undeclared Latin-1.txt": lambda size: _accents(size).encode("latin-1"),
    "undeclared UTF-16.txt": lambda size: _accents(size // 2).encode("utf-16-le"),
    "no encoding.txt": lambda size: bytes(range(128, 256)) * (size // 128),
    "no encoding.eml": lambda size: (
        f"{_MAIL}Content-Type: text/plain; charset=unknown-8bit\nContent-Transfer-Encoding: base64\n\n".encode()
        + b"4oCe/w" * (size // 6)
    ),
}
"""Name of a file -> what makes its bytes, about so many."""
