"""Every reader keeps one contract: what a good file gives, what a broken one gives, and nothing ever raises."""

import json
import time
import unicodedata
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from archive.readers import SUFFIXES, choice, read
from archive.readers.reparse import reparse_record
from archive.release import Record, Skipped

BODY = "The agency said today that it will open an office in Riga."

MAIL = b"""From: Press Office <press@agency.example>
Subject: =?utf-8?q?Caf=C3=A9_opens?=
Date: Thu, 20 Jan 2011 10:00:00 -0500
Message-ID: <1@agency.example>
MIME-Version: 1.0
Content-Type: text/plain; charset=iso-8859-1
Content-Transfer-Encoding: 8bit

The agency said: \x93caf\xe9\x94.
"""

RSS = b"""<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Agency News</title>
<image><title>Logo</title></image><language>en-us</language>
<item><title>Office &amp; opening</title><link>https://agency.example/1</link><guid>g1</guid>
<pubDate>Thu, 20 Jan 2011 10:00:00 GMT</pubDate><dc:creator>Ann Lee</dc:creator>
<description>Short.</description><content:encoded><![CDATA[<p>The agency</p><script>x()</script><p>said.</p>]]>
</content:encoded></item>
<item><title>Second</title><guid>g1</guid><description>Also <![CDATA[</item>]]> said.</description></item>
</channel></rss>"""

ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Agency</title><entry><title>Opening</title>
<link rel="self" href="https://agency.example/self"/><link href="https://agency.example/1"/><id>urn:1</id>
<updated>2011-02-01T00:00:00Z</updated><published>2011-01-20T00:00:00Z</published><author><name>Ann Lee</name></author>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>One.</p><p>Two.</p></div></content></entry></feed>"""

MBOX = (
    b"From press@agency.example Thu Jan 20 10:00:00 2011\n" + MAIL + b">From here on, nothing.\n\n"
    b"From press@agency.example Fri Jan 21 10:00:00 2011\nSubject: Two\n\nSecond body.\n\n"
    b"From press@agency.example Fri Jan 21 10:00:00 2011\nSubject: Empty\n\n"
)

WIRE = b"""<DOC id="AFP_1" type="story"><HEADLINE>
Office opens
</HEADLINE><DATELINE>RIGA, Jan 20</DATELINE><TEXT><P>The agency said.</P><P>It &amp; others.</P></TEXT></DOC>
<DOC><DOCNO> AFP_2 </DOCNO><BYLINE>Ann Lee</BYLINE><TEXT>Second story.</TEXT>"""

# path, content, the text of each record, and values that the first record must state
GOOD = [
    ("a.txt", b"One\tline \r\nand\r\n\r\n\r\n\r\n\r\ntwo\0\0\0", ["One line\nand\n\n\ntwo"], {}),
    ("README", b"No suffix, still text.", ["No suffix, still text."], {}),
    ("a.xyz", b"Unknown suffix.", ["Unknown suffix."], {}),
    (
        "a.eml",
        b"Date: 2 Mar 2015555555555555555555555555 09:00\nSubject: Quay\n\nOpen.",
        ["Open."],
        {"title": ["Quay"]},
    ),
    ("a.txt", b"<!DOCTYPE html><title>T</title><p>Really a page</p>", ["Really a page"], {"title": ["T"]}),
    ("a.txt", MAIL, ["The agency said: “café”."], {"title": ["Café opens"]}),
    ("a.txt", b"FROM: Senator X\nDATE: May 1\nSUBJECT: Jobs\n\nText.", None, {}),
    (
        "a.md",
        b"---\ntitle: 'Office opens'\ndate: 2011-01-20\nauthor: Ann Lee\n---\n# The *office*\n\n"
        b"It is **open**, [they](http://x) said.\n\n## More\n\n- one_two_three",
        ["It is open, they said.\n\nMore\n\n- one_two_three"],
        {"title": ["Office opens", "The office"], "date": ["2011-01-20"], "byline": ["Ann Lee"]},
    ),
    (
        "a.md",
        b"# Learning C# ##\n\n***a*** **b *c* d** [e](f (g)) ![h](i) [j [k](l) **m **n**\n\n## ##\n<!-- o -->p <!-- q",
        ["a b c d e  [j k **m n\n\n\np <!-- q"],
        {"title": ["Learning C#"]},
    ),
    (
        "a.html",
        b"<html lang=en><title>Opening | Agency</title><nav>Home</nav><main><h1>Opening</h1><p>One<br>two</p>"
        b"<ul><li>a<li>b</ul><p>caf&eacute; <b>x</b>y</p></main><footer>Us</footer>",
        ["One\ntwo\n\na\nb\n\ncafé xy"],
        {"title": ["Opening", "Opening | Agency"], "language": ["en"]},
    ),
    (
        "a.xhtml",
        b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title/>'
        b'<meta name="DC.date" content="1990-01-03"/><meta name="DC.coverage" content="RIGA"/></head>'
        b"<body><p>A</p><p>B</p></body></html>",
        ["A\n\nB"],
        {"date": ["1990-01-03"], "place": ["RIGA"]},
    ),
    (
        "a.json",
        b'{"headline": "Opening", "datePublished": "2011-01-20", "author": [{"name": "Ann Lee"}], "body": "Text."}',
        ["Text."],
        {"title": ["Opening"], "date": ["2011-01-20"], "byline": ["Ann Lee"]},
    ),
    (
        "a.json",
        b'[{"title": "A", "content": "<p>x</p><p>y</p>"}, {"title": "B", "body": "None"}]',
        ["x\n\ny", ""],
        {},
    ),
    (
        "feed.json",
        b'{"version": "https://jsonfeed.org/version/1.1", "title": "Agency", "items": '
        b'[{"id": "1", "content_html": "<p>x</p>", "date_published": "2011-01-20"}]}',
        ["x"],
        {"source": ["Agency"], "date": ["2011-01-20"]},
    ),
    (
        "a.jsonl",
        b'{"title": "A\\nB", "date": "2011-01-20", "components": "Civil Rights Division;Tax Division;",'
        b' "pr_number": "12-1;", "source": "https://x", "member": {"name": "Andr\\u00e9 Carson"},'
        b' "collected_at": "2026", "text": "One."}\n\n{"title": "C", "text": null}\n',
        ["One.", ""],
        {
            "title": ["A B"],
            "date": ["2011-01-20"],
            "source": ["Civil Rights Division", "Tax Division", "André Carson"],
            "number": ["12-1"],
        },
    ),
    (
        "a.csv",
        b'Date,Country,Location,Text\r\n1/2/2011,Latvia,Riga,"One\r\ntwo, three"\r\n1/3/2011,Latvia\r\n,,,"a ""b"""',
        ["One\ntwo, three", 'a "b"'],
        {"date": ["1/2/2011"], "place": ["Riga, Latvia"]},
    ),
    ("a.tsv", b"id\ttitle\tnotes\n7\tOpening\tIt is open now\n", ["It is open now"], {"title": ["Opening"]}),
    (
        "a.csv",
        b"1,It opened its doors\n2,It closed its doors\n",
        ["It opened its doors", "It closed its doors"],
        {},
    ),
    ("a.csv", b'title,text\nA,"never closed\nB,fine\n', ['"never closed', "fine"], {"title": ["A"]}),
    (
        "a.rss",
        RSS,
        ["The agency\n\nsaid.", "Also said."],
        {
            "title": ["Office & opening"],
            "date": ["Thu, 20 Jan 2011 10:00:00 GMT"],
            "byline": ["Ann Lee"],
            "source": ["Agency News"],
            "language": ["en-us"],
            "url": ["https://agency.example/1"],
        },
    ),
    (
        "a.xml",
        ATOM,
        ["One.\n\nTwo."],
        {
            "date": ["2011-01-20T00:00:00Z", "2011-02-01T00:00:00Z"],
            "url": ["https://agency.example/1"],
            "byline": ["Ann Lee"],
        },
    ),
    (
        "a.xml",
        b'<release date="2011-01-20"><title>Opening</title><body><p>One <b>two</b>.</p><p>Three.</p></body></release>',
        ["One two.\n\nThree."],
        {"title": ["Opening"], "date": ["2011-01-20"]},
    ),
    (
        "a.xml",
        b"<all><release><id>1</id><title>A</title><text>x</text></release>"
        b"<release><id>2</id><title>B</title><text>y</text></release></all>",
        ["x", "y"],
        {"title": ["A"]},
    ),
    (
        "a.xml",
        b'<text title="Visa snags"><head>\nVisa\tN\tv\t1\t2\nsnags\tN\ts\t1\t2\n</head><p><s>\nIt\tP\ti\t1\t2\n'
        b"ended\tV\te\t1\t2\n.\t.\t.\t1\t2\n</s></p></text>",
        ["It ended."],
        {"title": ["Visa snags"]},
    ),
    (
        "a.sgml",
        WIRE,
        ["RIGA, Jan 20\n\nThe agency said.\n\nIt & others.", "Second story."],
        {"title": ["Office opens"]},
    ),
    (
        "a.eml",
        MAIL,
        ["The agency said: “café”."],
        {"title": ["Café opens"], "date": ["Thu, 20 Jan 2011 10:00:00 -0500"], "source": ["Press Office"]},
    ),
    (
        "a.eml",
        b"Subject: x\nMIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=b\n\n--b\n"
        b"Content-Type: text/plain\n\n \n--b\nContent-Type: text/html\n\n<p>One</p><p>Two</p>\n--b--\n",
        ["One\n\nTwo"],
        {"title": ["x"]},
    ),
    (
        "a.mbox",
        MBOX,
        ["The agency said: “café”.\nFrom here on, nothing.", "Second body."],
        {"title": ["Café opens"]},
    ),
]

# path, content, and the beginning of each skip's reason with its place
DEEP_MAIL = b"".join(
    b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (number, number) for number in range(1_000)
)
BROKEN = [
    ("a.txt", b"", [("empty file", "")]),
    ("a.txt", b" \n\0\0", [("no text", "")]),
    ("a.txt", bytes(range(32)) * 50, [("binary, not text", "")]),
    ("a", b"%PDF-1.4 ...", [("pdf: damaged", "")]),
    ("a.pdf", b"%PDF-1.4 ...", [("pdf: damaged", "")]),
    ("a.JPG", b"anything", [("jpg: a picture", "")]),
    ("a.md", b"---\n---\n", [("no text", "")]),
    ("a.html", b"<nav>Home</nav>", [("no text", "")]),
    ("a.json", b"{not json", [("invalid JSON: Expecting property name", "")]),
    ("a.json", b"[" * 100_000, [("invalid JSON: nested too deeply", "")]),
    ("a.json", b"[]", [("empty JSON list", "")]),
    ("a.json", b"3", [("JSON without an object", "")]),
    ("a.json", b'[1, {"a": 2}]', [("not a JSON object", "element 1"), ("no text", "element 2")]),
    (
        "a.jsonl",
        b'{"title": "A"}\n{oops\n[1]\n{}',
        [("invalid JSON: Expecting", "line 2"), ("not a", "line 3"), ("no text", "line 4")],
    ),
    ("a.jsonl", b'{"a":' * 100_000, [("invalid JSON: nested too deeply", "line 1")]),
    ("a.jsonl", b"9" * 5000, [("invalid JSON: Exceeds the limit", "line 1")]),
    ("a.csv", b"title,text\n,\n", [("no text", "")]),
    ("a.tsv", b"#FORMAT=WebAnno TSV 3.2\n1-1\t0-5\tAfter\n", [("WebAnno annotation", "")]),
    ("a.rss", b"<rss><channel><title>x</title></channel></rss>", [("feed without items", "")]),
    ("a.rss", b"not a feed at all", [("not a feed", "")]),
    ("a.rss", b"<rss><item><title></title></item></rss>", [("no text", "item 1")]),
    ("a.xml", b"<>", [("malformed XML", "")]),
    ("a.sgml", b"nothing of the kind", [("no story in it", "")]),
    ("a.eml", b"Subject: x\n\n", [("a message without a body", "")]),
    ("a.mbox", b"no separator", [("not a mailbox", "")]),
    ("a.eml", DEEP_MAIL, [("a message with parts nested too deeply", "")]),
    (
        "a.mbox",
        b"From 1 00:00\nTo: x\n\nBefore.\n\nFrom 2 00:00\n" + DEEP_MAIL + b"\n\nFrom 3 00:00\nTo: x\n\nAfter.\n",
        [("a message with parts nested too deeply", "message 2")],
    ),
    ("a.mbox", MBOX, [("a message without a body", "message 3")]),
]


def outcomes(path: str, content: bytes) -> list[Record | Skipped]:
    found = list(read(content, path))
    assert found, "a file gives a record or a reason"
    keys = [outcome.key for outcome in found if isinstance(outcome, Record)]
    assert len(keys) == len(set(keys))
    for outcome in found:
        if isinstance(outcome, Record):
            check_record(outcome)
        else:
            assert outcome.reason
            assert not outcome.reason.startswith("could not be read"), "the reader's own words"
    return found


def check_record(record: Record) -> None:
    title = any(value.field == "title" for value in record.stated)
    assert record.text or title
    assert all((record.original, record.media_type, record.encoding))
    assert not record.text or record.text == record.text.strip()
    for text in (record.text, record.key, *(word for s in record.stated for word in (s.value, s.rule.sentence))):
        assert unicodedata.is_normalized("NFC", text)
        assert not any(c in text for c in "\0\r\v\f\u2028\ufeff")
        text.encode()  # lone surrogates cannot be
    for value in record.stated:
        assert value.value == " ".join(value.value.split())
        assert value.value
        assert value.rule


def records(path: str, content: bytes) -> list[Record]:
    return [outcome for outcome in outcomes(path, content) if isinstance(outcome, Record)]


def again(record: Record, path: str) -> Record:
    outcome = reparse_record(record.original, path, record.context)
    assert isinstance(outcome, Record)
    return outcome


def said(record: Record, field: str) -> list[str]:
    return [value.value for value in record.stated if value.field == field]


def test_what_the_library_refuses_of_a_table_costs_no_other_row() -> None:
    page = "The board of the harbor has opened the quay again,\nand the lamp of the pier is lit for all the ships."
    found = records("a.csv", page.encode("cp037"))
    assert found[0].encoding == "cp037"
    assert " ".join(record.text for record in found).split() == page.replace(",", " ").split()


@pytest.mark.parametrize("content", [b"%n\x80", b"\x80", b"caf\x82 d\x82j\x85", bytes(range(0x80, 0xB0))])
def test_a_few_bytes_are_not_taken_for_a_mainframes(content: bytes) -> None:
    for name in ("a.txt", "a.csv"):
        assert all(
            not record.encoding.startswith(("cp0", "cp5", "cp1026", "cp1140")) for record in records(name, content)
        )
    page = "The board of the harbor has opened the quay again, and the lamp of the pier is lit for all ships."
    (record,) = records("a.txt", page.encode("cp037"))
    assert record.text == page


def test_a_prefix_that_is_declared_nowhere_is_part_of_a_name() -> None:
    item = b"<item><title>Quay</title><dc:creator>Ann Low</dc:creator><description>The quay opens.</description></item>"
    (record,) = records("f.rss", b"<rss><channel>" + item + b"</channel></rss>")
    assert said(record, "byline") == ["Ann Low"]
    assert outcomes("f.xml", b"<a:b><c:d>The quay opens.</c:d></a:b>")


@pytest.mark.parametrize(("path", "content", "texts", "fields"), GOOD)
def test_a_good_file(path: str, content: bytes, texts: list[str] | None, fields: dict[str, list[str]]) -> None:
    found = records(path, content)
    if texts is not None:
        assert [record.text for record in found] == texts
    for field, values in fields.items():
        assert said(found[0], field) == values


@pytest.mark.parametrize(("path", "content", "skips"), BROKEN)
def test_a_broken_file(path: str, content: bytes, skips: list[tuple[str, str]]) -> None:
    found = [outcome for outcome in outcomes(path, content) if isinstance(outcome, Skipped)]
    assert [skip.where for skip in found] == [where for _, where in skips]
    for skip, (reason, _) in zip(found, skips, strict=True):
        assert skip.reason.startswith(reason)


@pytest.mark.parametrize(
    ("path", "content", "keys"),
    [
        (
            "a.jsonl",
            b'{"url": "u", "text": "x"}\n{"url": "u", "text": "y"}\n{"url": "u#2", "text": "z"}',
            ["u", "u#2", "u#2#2"],
        ),
        ("a.jsonl", b'{"title": "A", "date": "2011", "text": "x"}\n{"text": "y"}', ["A|2011", ""]),
        ("a.json", b'{"id": "1", "text": "the whole file is one record"}', [""]),
        ("a.json", b'[{"id": 7, "text": "x"}, {"slug": "s", "text": "y"}]', ["7", "s"]),
        ("a.rss", RSS, ["g1", "g1#2"]),
        ("a.xml", ATOM, ["urn:1"]),
        ("a.mbox", MBOX, ["<1@agency.example>", "Two|"]),
        ("a.sgml", WIRE, ["AFP_1", "AFP_2"]),
        ("a.txt", b"text", [""]),
        ("a.eml", MAIL, [""]),
    ],
)
def test_keys(path: str, content: bytes, keys: list[str]) -> None:
    assert [record.key for record in records(path, content)] == keys


@pytest.mark.parametrize(
    ("path", "content", "originals"),
    [
        ("a.jsonl", b'{"text": "x"}\r\n{"text": "y"}', [b'{"text": "x"}', b'{"text": "y"}']),
        ("a.csv", b'id,text\n1,"a\nb"\n2,c\n', [b'1,"a\nb"', b"2,c"]),
        ("a.json", b'[{"text": "x", "id": "\xc3\xa9"}]', ['{"id": "é", "text": "x"}'.encode()]),
        ("a.txt", b"whole\r\nfile\n", [b"whole\r\nfile\n"]),
        ("a.sgml", b"x<DOC>a</DOC>y<DOC>b", [b"<DOC>a</DOC>", b"<DOC>b"]),
    ],
)
def test_originals_are_the_records_own_bytes(path: str, content: bytes, originals: list[bytes]) -> None:
    assert [record.original for record in records(path, content)] == originals


FROM = b"From press@agency.example Thu Jan 20 10:00:00 2011\n"
INSIDE = b"Body.\n\nFrom press@agency.example Thu Jan 20 09:00:00 2011\n>From me.\n"


@pytest.mark.parametrize(
    ("content", "texts"),
    [
        (FROM + b"Subject: A\n\n>From 1\n>>From 2\n>>>From 3\n> From 4\n>Front\n",
         ["From 1\n>From 2\n>>From 3\n> From 4\n>Front"]),
        (FROM + b"Subject: A\nContent-Transfer-Encoding: base64\n\nPkZyb20gaGVyZSBvbg==\n", [">From here on"]),
        (FROM + b"To: x\n\nIt opens.\n\nFrom 9:30 on it is closed.\n", ["It opens.\n\nFrom 9:30 on it is closed."]),
        (FROM + b"Subject: A\n\nOne.\n\nFrom b Thu Jan 20 10:00:00 2011\n\nTwo.\n", ["One.", "Two."]),
        (FROM + b"Content-Length: %d\n\n%s\n" % (len(INSIDE), INSIDE) + FROM + b"To: x\n\nTwo.\n",
         [INSIDE.decode().strip(), "Two."]),
        (FROM + b"Content-Length: 17\n\n>From me, a word.\n\n" + FROM + b"To: x\n\nTwo.\n",
         ["From me, a word.", "Two."]),
        (FROM + b"Content-Length: 3\n\nA lie.\n\n" + FROM + b"To: x\n\nTwo.\n", ["A lie.", "Two."]),
    ],
)  # fmt: skip
def test_mailboxes_of_every_kind(content: bytes, texts: list[str]) -> None:
    found = records("a.mbox", content)
    assert [record.text for record in found] == texts
    assert [again(record, "a.mbox").text for record in found] == texts


def test_feed_items_keep_their_slices() -> None:
    first, second = records("a.rss", RSS)
    assert first.original.startswith(b"<item><title>Office")
    assert first.original.endswith(b"</content:encoded></item>")
    assert second.original.endswith(b"said.</description></item>")


def test_a_malformed_feed_gives_its_items() -> None:
    feed = RSS.replace(b"Ann Lee", b"Space & Missile <b>Center&nbsp;X").replace(
        b"</channel></rss>", b"<item><title>Cut</title>"
    )
    found = records("a.xml", feed)
    assert [said(record, "title")[0] for record in found] == ["Office & opening", "Second", "Cut"]
    assert "repaired" in found[0].notes[0]
    assert "breaks off" in found[2].notes[0]


def test_a_utf16_feed() -> None:
    (record, _) = records("a.rss", RSS.decode().encode("utf-16"))
    assert said(record, "title") == ["Office & opening"]


def test_entities_are_not_expanded() -> None:
    bomb = b'<!DOCTYPE l [<!ENTITY a "lol">' + b"".join(
        b'<!ENTITY %c "%s">' % (98 + i, b"&%c;" % (97 + i) * 10) for i in range(9)
    )
    content = bomb + b"]><l><title>T</title><p>before &j; after</p></l>"
    (outcome,) = outcomes("a.xml", b"<?xml version='1.0'?>" + content)
    assert isinstance(outcome, Skipped) or "lol" not in outcome.text
    secret = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY s SYSTEM "file:///etc/passwd">]><l><p>a &s; b</p></l>'
    (record,) = records("a.xml", secret)
    assert record.text == "a b"


@pytest.mark.parametrize("tag", [b"<div>", b"<div></p>", b"<b>", b"<table><tr><td>", b"<svg>", b"<a href=x>"])
def test_deep_pages_are_read_in_good_time(tag: bytes) -> None:
    (record,) = records("a.html", tag * 100_000 + b"the end")
    assert "the end" in record.text


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("a.rss", b"<rss>" + b"<item><![CDATA[" * 5_000),
        ("a.xml", b"<?xml?>" * 10_000 + b"x"),
        ("a.txt", b"<!-- -->" * 1000 + b"x"),
        ("a.xhtml", b"<?xml version='1.0'?><p" + b" " * 100_000 + b"x"),
        ("a.md", b"[" * 20_000),
        ("a.md", b"<!--" * 500_000),
        ("a.md", b"**a " * 100_000),
        ("a.md", b"[a](" * 100_000),
        ("a.md", b"# " + b" " * 100_000 + b"x"),
        ("a.md", b"x" + b" " * 100_000 + b"x"),
        ("a.html", b"<p " + b"".join(b"a%d=b " % n for n in range(200_000)) + b">x"),
        ("a.html", b"".join(b"<body a%d=b>" % n for n in range(200_000)) + b"x"),
        ("a.sgml", b"<DOC>" + b"<TEXT><TITLE>" * 50_000),
        ("a.html", b"<div class=nav>" * 1500 + b"word " * 50_000),
        ("a.csv", b'title,text\n"' + b"a,b\n" * 5_000),
        ("a.mbox", b"From 1 00:00\n\n" * 5_000),
        ("a.jsonl", b"{}\n" * 20_000),
    ],
)
def test_hostile_files_are_read_in_good_time(path: str, content: bytes) -> None:
    start = time.process_time()
    outcomes(path, content)
    assert time.process_time() - start < 10


def test_xml_of_too_many_elements_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("archive.readers.markup.xml_document._MAX_ELEMENTS", 9)
    item = "<r><title>T</title><p>x</p></r>"
    bad = f"<r><title>T</title>{'<p>x</p>' * 8}</r>"
    found = outcomes("a.xml", f"<?xml version='1.0'?><all>{item}{bad}{item}</all>".encode())
    assert [type(each) for each in found] == [Record, Skipped, Record]
    assert found[1] == Skipped("10 elements in one release, more than the limit of 9", "r 2")
    monkeypatch.setattr("archive.readers.markup.xml_document._MAX_TAGS", 20)
    (refused,) = outcomes("a.xml", f"<?xml version='1.0'?>{bad}".encode())
    assert refused == Skipped("21 tags, more than the limit of 20; split it into smaller files")


def test_a_prefix_that_nothing_declares_costs_no_record() -> None:
    rows = b"".join(b"<b:r><title>%s</title><text>The quay is open.</text></b:r>" % title for title in (b"A", b"B"))
    for record in records("a.xml", b'<?xml version="1.0"?><a:list>' + rows + b"</a:list>"):
        reread = again(record, "a.xml")
        assert record.text == reread.text == "The quay is open."
        assert record.stated == reread.stated


def test_a_reader_that_breaks_is_a_skip(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_content: bytes) -> Iterator[Record | Skipped]:
        yield Skipped("first")
        raise KeyError("what")

    monkeypatch.setitem(choice._READERS, "md", broken)
    assert list(read(b"x", "a.md")) == [Skipped("first"), Skipped("could not be read: KeyError: 'what'")]


def test_awkward_json_values() -> None:
    thing = {
        "title": ["x", {"name": "y"}, None, 3.5, True],
        "date": 1295500800,
        "source": {"deep": {"deeper": []}},
        "author": [[["nested"]]],
        "place": float("nan"),
        "text": {"rendered": "<p>A\ud800\u0000 e\u0301</p>"},
    }
    (record,) = records("a.jsonl", json.dumps(thing).encode())
    assert record.text == "A\ufffd é"
    assert said(record, "date") == ["1295500800"]
    assert said(record, "title") == ["x", "y", "3.5"]


FUZZED = [suffix[1:] for suffix in SUFFIXES] + ["", "xyz"]
SEEDS = [content for _, content, *_ in GOOD]


@settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(FUZZED), st.binary(max_size=300))
@example("eml", b"From: =?utf-8?q?=?= <\n\nx")
@example("eml", b"Content-Type: text/plain; charset*=x''\n\nx")
@example("html", b'<script type=\'application/ld+json\'>{"headline": 1, "author": [[]]}</script>x')
def test_any_bytes(suffix: str, content: bytes) -> None:
    outcomes(f"a.{suffix}", content)


@settings(max_examples=600, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(FUZZED), st.sampled_from(SEEDS), st.data())
def test_damaged_files(suffix: str, seed: bytes, data: st.DataObject) -> None:
    """A good file with a piece cut out of it, or put in, under any suffix."""
    start = data.draw(st.integers(0, len(seed)))
    end = data.draw(st.integers(start, min(len(seed), start + 40)))
    content = seed[:start] + data.draw(st.binary(max_size=12)) + seed[end:]
    outcomes(f"a.{suffix}", content)


MARKUP = """
<p> </p> <div class=nav> </div> <article> <main> <h1> </h1> <table> <td> <li> <br> <item> </item> <rss> <entry>
<![CDATA[ ]]> <!-- --> &amp; & <title> <DOC> </DOC> <TEXT> word words. { } [ ] " : , text title From: Subject: é
"""
PIECES = st.lists(st.sampled_from([*MARKUP.split(), "\n", "\n\n", "\t", "\0", "\ud800"]), max_size=40)


@settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(FUZZED), PIECES)
def test_any_markup(suffix: str, pieces: list[str]) -> None:
    outcomes(f"a.{suffix}", " ".join(pieces).encode("utf-8", "surrogatepass"))


HEADERS = "Subject From Date Message-ID Content-Type Content-Transfer-Encoding Content-Disposition Content-Language"
VALUES = """
=?utf-8?q?=?= =?x?b?// 2 Mar 2010 09:00 +0000 99999999999999999999999 -1 ( " < > ; = : , @ \\ [ multipart/mixed
text/html boundary=b charset*0*=x'' charset=utf-7 base64 quoted-printable attachment a@example.org é
"""
LINES = st.tuples(st.sampled_from(HEADERS.split()), st.lists(st.sampled_from(VALUES.split()), max_size=12))


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(["eml", "mbox"]), st.lists(LINES, max_size=8), st.sampled_from(["", " "]))
def test_any_headers(suffix: str, lines: list[tuple[str, list[str]]], gap: str) -> None:
    written = "".join(f"{name}: {gap.join(values)}\n" for name, values in lines)
    start = "From 1 00:00\n" if suffix == "mbox" else ""
    outcomes(f"a.{suffix}", f"{start}{written}\n--b\n\nText.\n".encode())


CUT = "Harbor Cooper-\nation Treaty Signed"


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("a.json", json.dumps({"title": CUT, "text": BODY})),
        ("a.json", json.dumps({"title": f"<b>{CUT}</b>", "text": BODY})),
        ("a.csv", f'title,text\n"{CUT}",{BODY}\n'),
        ("a.xml", f"<article><title>{CUT}</title><body><p>{BODY}</p></body></article>"),
        ("a.sgml", f"<DOC><DOCNO>1</DOCNO><HEAD>{CUT}</HEAD><TEXT>{BODY}</TEXT></DOC>"),
        ("a.rss", f"<rss><channel><item><title>{CUT}</title><guid>1</guid><description>{BODY}</description></item>"),
        ("a.html", f"<title>{CUT}</title><p>{BODY}</p>"),
        ("a.html", f"<title>x</title><h1>{CUT}</h1><p>{BODY}</p>".replace("\n", "<br>")),
        ("a.html", f"<title>x</title><h1>{CUT}</h1><p>{BODY}</p>".replace("-\n", "&shy;<br/>\n")),
        ("a.eml", f"Subject: {CUT}\nFrom: a@b.example\n\n{BODY}".replace("-\n", "-\r\n ")),
        ("a.eml", f"Subject: =?utf-8?q?Caf=C3=A9?= {CUT}\n\n{BODY}".replace("-\n", "-\n ")),
    ],
)
def test_a_stated_title_has_no_word_cut_in_two(path: str, content: str) -> None:
    (record,) = read(content.encode(), path)
    assert isinstance(record, Record)
    titles = [value.value for value in record.stated if value.field == "title"]
    assert any(title.removeprefix("Café ") == "Harbor Cooperation Treaty Signed" for title in titles)
    assert not any("Cooper-" in title for title in titles)


def test_an_address_keeps_its_hyphens() -> None:
    address = "https://agency.example/long-\nname"
    (record,) = read(json.dumps({"title": "A", "text": BODY, "url": address}).encode(), "a.json")
    assert isinstance(record, Record)
    assert [value.value for value in record.stated if value.field == "url"] == ["https://agency.example/long- name"]
