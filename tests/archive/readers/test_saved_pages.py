"""Pages saved in one file, as browsers and offices write them: the date, text and address are those of the page."""

import datetime
import quopri
from base64 import b64encode

import pytest

from archive.extract import read_release
from archive.readers import read
from archive.readers.reparse import reparse_record
from archive.release import PublishedDate, Record, Release, Skipped

URL = "https://agency.example/news/quay.html"
TEXT = "The quay in Lisbon was opened today by the flamingo committee – “at last”, it said."
HTML = (
    "<!DOCTYPE html><html><head><title>Quay opens</title></head><body><nav><a href=x>Home</a></nav><h1>Quay opens</h1>"
    f"<p>March 8, 2005</p><p>{TEXT}</p></body></html>"
)
PICTURE = (
    b"Content-Type: image/png\nContent-Transfer-Encoding: base64\nContent-Location: https://agency.example/p.png\n\n"
)
PICTURE += b64encode(bytes(range(256)) * 4) + b"\n"


def part(
    html: str = HTML, location: str = URL, charset: str = "utf-8", transfer: str = "quoted-printable", more: str = ""
) -> bytes:
    """A part that is a page."""
    encoded = html.encode(charset or "utf-8")
    if transfer == "quoted-printable":
        encoded = quopri.encodestring(encoded)
    elif transfer == "base64":
        encoded = b64encode(encoded)
    head = (
        f"Content-Type: text/html{f'; charset={charset}' if charset else ''}\nContent-Transfer-Encoding: {transfer}\n"
    )
    head += more + (f"Content-Location: {location}\n" if location else "")
    return head.encode() + b"\n" + encoded + b"\n"


def mht(head: str, *parts: bytes, boundary: str = "----MultipartBoundary--x9----", end: bool = True) -> bytes:
    """A saved page: its head with `{boundary}` in it, and its parts."""
    sign = b"\n--" + boundary.encode()
    return head.format(boundary=boundary).encode() + b"\n" + sign.join([b"", *(b"\n" + each for each in parts)]) + (
        sign + b"--\n" if end else b""
    )  # fmt: skip


RELATED = 'MIME-Version: 1.0\nContent-Type: multipart/related;\n\ttype="text/html";\n\tboundary="{boundary}"\n\n'
SAVED = "Subject: Quay opens\nDate: Thu, 2 Jan 2020 10:00:00 -0000\n" + RELATED
CHROMIUM = f"From: <Saved by Blink>\nSnapshot-Content-Location: {URL}\n{SAVED}"
EXPLORER = f"From: <Saved by Windows Internet Explorer 8>\n{SAVED}This is a multi-part message in MIME format.\n"
GERMAN = f"From: =?iso-8859-1?Q?<Gespeichert_von_Windows_Internet_Explorer_8>?=\n{SAVED}"
OPERA = f"Content-Type: multipart/related; start=<op.1@x>; boundary={{boundary}}\nContent-Location: {URL}\n"
OPERA += "Subject: =?utf-8?Q?Quay_opens?=\nMIME-Version: 1.0\n"
WORD = 'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="{boundary}"\n\n'
WORD += "This document is a Single File Web Page, also known as a Web Archive file.\n"
ALONE = "From: <Saved by Microsoft Internet Explorer 5>\nSubject: Quay opens\nDate: Thu, 2 Jan 2020 10:00:00 -0000\n"
ALONE += "MIME-Version: 1.0\n"
OF_OPERA = part(transfer="8bit", more="Content-Disposition: inline; filename=q.html\nContent-ID: <op.1@x>\n")
MAIN = part()
FRAME = part(HTML.replace("flamingo", "jackal"), "https://ads.example/")

SAVED_PAGES = {
    "chromium": (mht(CHROMIUM, MAIN, PICTURE), URL),
    "chromium, lines of Windows": (mht(CHROMIUM, MAIN, PICTURE).replace(b"\n", b"\r\n"), URL),
    "explorer": (mht(EXPLORER, MAIN, PICTURE, boundary="----=_NextPart_000_0000_01C5"), URL),
    "explorer in German": (mht(GERMAN, MAIN, PICTURE), URL),
    "explorer, no pictures": (ALONE.encode() + MAIN, URL),
    "opera": (mht(OPERA, OF_OPERA, PICTURE, boundary="----------abc"), URL),
    "word": (mht(WORD, part(location="file:///C:/A/quay.htm"), boundary="----=_NextPart_01C"), ""),
    "base64": (mht(CHROMIUM, part(transfer="base64")), URL),
    "eight bits": (mht(CHROMIUM, part(transfer="8bit")), URL),
    "binary": (mht(CHROMIUM, part(transfer="binary")), URL),
    "transfer encoding with quotes": (mht(CHROMIUM, part().replace(b"quoted-printable", b'"quoted-printable"')), URL),
    "charset of the part": (mht(CHROMIUM, part(charset="windows-1252")), URL),
    "charset of the page": (
        mht(CHROMIUM, part(HTML.replace("<head>", "<head><meta charset=cp1252>"), charset="windows-1252")
            .replace(b"; charset=windows-1252", b"")),
        URL,
    ),
    "charset of the page, where that of the part is none": (
        mht(CHROMIUM, part(HTML.replace("<head>", "<head><meta charset=macintosh>"), charset="mac_roman")
            .replace(b"mac_roman", b"_autodetect_all")),
        URL,
    ),
    "utf-16, called unicode": (mht(CHROMIUM, part(charset="utf-16", transfer="base64").replace(b"utf-16", b"unicode")),
                               URL),
    "picture first, as it is": (
        mht(CHROMIUM, b"Content-Type: image/png\nContent-Transfer-Encoding: binary\n\n" + bytes(range(99)) * 70, MAIN),
        URL,
    ),
    "picture first": (mht(CHROMIUM, PICTURE, MAIN), URL),
    "a frame of another site": (mht(CHROMIUM, MAIN, FRAME), URL),
    "a frame first, start says so": (
        mht(CHROMIUM.replace("type=", "start=\"<main>\"; type="), FRAME, part(more="Content-ID: <main>\n")), URL
    ),
    "a frame first, its address says so": (mht(CHROMIUM, FRAME, MAIN), URL),
    "parts in parts": (
        mht(CHROMIUM, mht('Content-Type: multipart/mixed; boundary="{boundary}"\n', MAIN, boundary="in"), PICTURE),
        URL,
    ),
    "no address of the file": (mht("From: <Saved by Blink>\n" + SAVED, MAIN), URL),
    "an address in two lines": (mht(CHROMIUM.replace("/quay", "/\n quay"), part(location="")), URL),
    "an address from a base": (
        mht(f"Content-Base: https://agency.example/news/\n{EXPLORER}", part(location="quay.html")), URL
    ),
    "a paragraph of the page": (mht(CHROMIUM.replace(URL, URL + "#p2"), MAIN), URL + "#p2"),
    "no address at all": (mht(EXPLORER, part(location="")), ""),
    "an address of no web": (mht(EXPLORER, part(location="cid:frame-1@mhtml.blink")), ""),
    "an address that is none": (mht(EXPLORER, part(location="http://[agency/")), ""),
    "cut off": (mht(CHROMIUM, MAIN, PICTURE, end=False)[:-500], URL),
    "cut off in the page": (mht(CHROMIUM, MAIN, end=False)[:-40], URL),
    "boundary not declared": (mht(CHROMIUM.replace(';\n\tboundary="{boundary}"', ""), MAIN, PICTURE), URL),
    "boundary of another name": (mht(CHROMIUM.replace("{boundary}", "another"), MAIN, PICTURE), URL),
    "boundary in single quotes": (mht(CHROMIUM.replace('"{boundary}"', "'{boundary}'"), MAIN, PICTURE), URL),
    "boundary with blanks behind": (mht(CHROMIUM, MAIN, PICTURE).replace(b"x9----\n", b"x9---- \n"), URL),
    "empty lines before": (b"\xef\xbb\xbf\n\n" + mht(CHROMIUM, MAIN), URL),
}  # fmt: skip


def release_of(content: bytes, path: str) -> tuple[Record, Release]:
    (record,) = read(content, path)
    assert isinstance(record, Record)
    return record, read_release(record, path, datetime.date(2026, 1, 1))


@pytest.mark.parametrize(("content", "url"), SAVED_PAGES.values(), ids=SAVED_PAGES)
def test_a_saved_page_is_a_page(content: bytes, url: str) -> None:
    for name in ("a.mht", "a.MHTML"):
        record, release = release_of(content, name)
        assert release.title == "Quay opens"
        assert TEXT[:40] in release.body
        assert "jackal" not in release.body
        assert release.published == PublishedDate(2005, 3, 8)
        assert not [each for each in record.stated if "2020" in each.value]
        assert (release.url, record.key) == (url, f"capture:{url.partition('#')[0]}" if url else "")
        assert (record.media_type, record.original) == ("multipart/related", content)
        assert reparse_record(content, name, record.context) == record


@pytest.mark.parametrize(
    "kind", ["chromium", "explorer", "explorer, no pictures", "opera", "word", "explorer in German"]
)
def test_a_saved_page_is_told_by_its_content(kind: str) -> None:
    content = SAVED_PAGES[kind][0]
    for name in ("a.eml", "a.txt", "a.html", "a", "a.unknown"):
        record, release = release_of(content, name)
        assert record.media_type == "multipart/related", name
        assert release.published == PublishedDate(2005, 3, 8)


def test_every_letter_of_the_page_is_read_whatever_its_encoding() -> None:
    kinds = [kind for kind in SAVED_PAGES if kind.startswith("charset")]
    for kind in (*kinds, "utf-16, called unicode", "base64", "opera"):
        assert TEXT in release_of(SAVED_PAGES[kind][0], "a.mht")[1].body, kind


MAIL = "From: Press Office <press@agency.example>\nTo: <all@x.example>\nMessage-ID: <1@agency.example>\n" + SAVED


@pytest.mark.parametrize("name", ["a.eml", "a.mht", "a.txt", "a"])
def test_a_newsletter_made_of_the_same_parts_is_mail(name: str) -> None:
    record, release = release_of(mht(MAIL, MAIN, PICTURE), name)
    assert (record.media_type, record.key) == ("message/rfc822", "")
    assert PublishedDate(2020, 1, 2) == release.published


def test_a_release_with_a_line_from_somebody_is_no_saved_page() -> None:
    for head in ("From: Saved by the bell", "Snapshot-Content-Location: x", "Content-Location: the quay"):
        record, _ = release_of(f"{head}\nSubject: Quay\n\nThe quay is open.".encode(), "a.txt")
        assert record.media_type == "text/plain"


def test_what_is_only_called_a_saved_page_is_read_as_what_it_is() -> None:
    assert release_of(HTML.encode(), "a.mht")[0].media_type == "text/html"
    record, _ = release_of(b"Plain words of a release.", "a.mht")
    assert record.text == "Plain words of a release."


FRAMESET = part(
    "<html><head><title>Harbor Board</title></head><frameset cols='1,2'><frame src=a><frame src=b></frameset>"
    "<noframes><body>Your browser shows no frames.</body></noframes></html>"
)


def test_of_a_page_of_frames_the_text_is_what_stands_in_them() -> None:
    menu = part("<html><body><ul><li><a href=x>Home</a><li><a href=y>News</a></ul></body></html>", URL + "/menu")
    second = part(f"<html><body><p>{TEXT.replace('flamingo', 'heron')}</p></body></html>", URL + "/c")
    record, release = release_of(mht(CHROMIUM, FRAMESET, menu, part(location=URL + "/b"), second), "a.mht")
    assert release.title == "Quay opens"
    assert [word in record.text for word in ("flamingo", "heron", "Home", "no frames")] == [True, True, False, False]
    assert release.url == URL


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (mht(CHROMIUM, PICTURE), "a saved page (.mht) with no page in it"),
        (mht(CHROMIUM), "a saved page (.mht) with no page in it"),
        (CHROMIUM.encode(), "a saved page (.mht) with no page in it"),
        (mht(CHROMIUM, part().replace(b"text/html", b'text/html; name="q.html"\nContent-Disposition: attachment')),
         "a saved page (.mht) with no page in it"),
        (b"\x01\x02\x03\xff" * 99, "binary, not text"),
        (mht(EXPLORER.replace("Subject: Quay opens\n", ""), part("<html></html>")), "no text"),
    ],
)  # fmt: skip
def test_a_file_without_a_page(content: bytes, reason: str) -> None:
    assert list(read(content, "a.mht")) == [Skipped(reason)]


def test_a_file_with_nothing_but_plain_text_is_read() -> None:
    plain = b"Content-Type: text/plain; charset=windows-1252\n\nThe caf\xe9 is open.\n"
    record, release = release_of(mht(CHROMIUM, PICTURE, plain), "a.mht")
    assert (record.text, release.url, record.key) == ("The café is open.", URL, f"capture:{URL}")


def test_long_addresses_that_begin_alike_are_two_places() -> None:
    keys = set()
    for end in ("1", "2"):
        url = f"{URL}?{'q' * 600}{end}"
        keys.add(release_of(mht(CHROMIUM.replace(URL, url), part(location="")), "a.mht")[0].key)
    assert len(keys) == 2
    assert all(key.startswith(f"capture:{URL}") and len(key) == 400 for key in keys)


def test_parts_nested_without_end_are_no_error() -> None:
    head = 'Content-Type: multipart/mixed; boundary="{boundary}"\n'
    content = MAIN
    for number in range(300):
        content = mht(head, content, boundary=f"b{number}")
    assert list(read(content, "a.mht")) == [Skipped("a saved page (.mht) with no page in it")]


@pytest.mark.parametrize(
    "content",
    [
        mht(CHROMIUM, b"-" * 2_000_000, boundary="-"),
        mht(CHROMIUM.replace("{boundary}", "other"), b"", boundary="x" + " " * 2_000_000 + "y"),
        mht(CHROMIUM, *[b"x: y\n\n"] * 50_000),
        CHROMIUM.encode() + b"x" * 2_000_000,
    ],
    ids=["a boundary of one sign", "a long boundary", "many parts", "no end of the headers"],
)
def test_hostile_files_are_read_in_good_time(content: bytes) -> None:
    assert len(list(read(content, "a.mht"))) == 1  # quadratic time would be an hour
