"""Chooses the reader for a file by suffix and content, and reads its records.

`read` is total: a file or a part of one that cannot be read is a `Skipped` value with its reason, and
everything else goes on. A reader states what the format says; extracting titles, dates and names from
the text is the work of `archive.extract`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from archive.readers.feeds import feed
from archive.readers.html import page
from archive.readers.mail import mail, mailbox_file, saved_page
from archive.readers.markup import sgml, xml_document
from archive.readers.office import pdf, word
from archive.readers.records import NO_TEXT, make_keys_unique
from archive.readers.sniff import detect_kind, detect_magic, detect_office_kind, is_binary, may_be_saved_page
from archive.readers.tables import json_lines, json_objects, table
from archive.readers.text import markdown, plain_text
from archive.release import Record, Skipped

Reader = Callable[[bytes], Iterable[Record | Skipped]]

_READERS: dict[str, Reader] = {
    "txt": plain_text.read,
    "text": plain_text.read,
    "md": markdown.read,
    "markdown": markdown.read,
    "html": page.read,
    "htm": page.read,
    "xhtml": page.read,
    "json": json_objects.read,
    "jsonl": json_lines.read,
    "ndjson": json_lines.read,
    "csv": table.read,
    "tsv": table.read,
    "rss": feed.read,
    "atom": feed.read,
    "rdf": feed.read,
    "xml": xml_document.read,
    "sgml": sgml.read,
    "sgm": sgml.read,
    "eml": mail.read,
    "mbox": mailbox_file.read,
    "mht": saved_page.read,
    "mhtml": saved_page.read,
    "pdf": pdf.read,
    "docx": word.read,
}
SUFFIXES = tuple(f".{suffix}" for suffix in _READERS)
"""The suffixes read, for the documentation; a file without one is read by what its bytes are."""

# Suffixes that often do not tell the format: the content decides.
_SNIFFED = frozenset({"txt", "text", "xml", "rss", "atom", "rdf", "html", "htm", "eml", "mht", "mhtml"})
_MHTML = frozenset({"mht", "mhtml"})
_OFFICE_SUFFIXES = frozenset({"pdf", "docx"})
_BLANK = b"\0 \t\r\n\f\v"
_HEAD = 100
_PICTURE = "bmp gif heic ico jpeg jpg png psd svg tif tiff webp"
_SOUND = "aac aif avi flac m4a m4v mkv mov mp3 mp4 mpeg mpg ogg wav webm wma wmv"
_ARCHIVES = "7z bz2 gz iso jar rar tar tgz warc xz zip zst"
_OFFICE = "doc docm epub odp ods odt pages ppt pptx ps rtf xls xlsx"
_PROGRAM = "bin class css db dll eot exe js map o otf py pyc so sqlite sqlite3 ttf wasm woff woff2"
_UNREAD = {
    **dict.fromkeys(_PICTURE.split(), "a picture"),
    **dict.fromkeys(_SOUND.split(), "a sound or video file"),
    **dict.fromkeys(_ARCHIVES.split(), "an archive file; unpack it first"),
    **dict.fromkeys(_OFFICE.split(), "a format Dateline does not read"),
    **dict.fromkeys(_PROGRAM.split(), "a program or data file, not a text"),
}


def read(content: bytes, path: str) -> Iterator[Record | Skipped]:
    """Read a file.

    Args:
        content: its bytes.
        path: its path below the folder it was found in; only the suffix counts.

    Yields:
        A record for each release in the file, in their order, with keys that differ, and a
        `Skipped` for each part that could not be read. At least one of either.
    """
    suffix = _suffix(path)
    refusal = _refusal(content, suffix)
    if refusal:
        yield Skipped(refusal)
        return
    nothing = True
    for outcome in make_keys_unique(_outcomes(_choose_reader(content, suffix), content)):
        nothing = False
        yield outcome
    if nothing:
        yield Skipped(NO_TEXT)


def _suffix(path: str) -> str:
    """What a path ends with behind its last full stop, in lower case; a name that only begins with one has none."""
    stem, _, suffix = path.replace("\0", "").rpartition("/")[2].rpartition(".")
    return suffix.lower() if stem else ""


def _outcomes(reader: Reader, content: bytes) -> Iterator[Record | Skipped]:
    """The outcomes of a reader; an exception becomes a Skipped value: one file never ends a run."""
    try:
        yield from reader(content)
    except Exception as error:
        yield Skipped(f"could not be read: {type(error).__name__}: {str(error)[:200]}")


def _refusal(content: bytes, suffix: str) -> str:
    """Why a file is not read at all, or ""."""
    if suffix in _UNREAD:
        return f"{suffix}: {_UNREAD[suffix]}"
    if not content:
        return "empty file"
    if not (content[:_HEAD].strip(_BLANK) or content.strip(_BLANK)):
        return NO_TEXT
    office = detect_office_kind(content)
    if office or suffix in _OFFICE_SUFFIXES:
        return "" if office else f"{suffix}: no {suffix} inside"
    found = detect_magic(content)
    if found:
        return f"binary, not text ({found})"
    if suffix in _MHTML and may_be_saved_page(content):
        return ""  # its pictures may stand in it as they are
    return "binary, not text" if is_binary(content.rstrip(b"\0")) else ""


def _choose_reader(content: bytes, suffix: str) -> Reader:
    """The reader for a suffix; where it is unknown or often wrong, the one for what the bytes are."""
    office = detect_office_kind(content)
    if office:
        return _READERS[office]
    kind = detect_kind(content) if suffix in _SNIFFED or suffix not in _READERS else suffix
    if suffix in _MHTML:
        kind = "mht" if may_be_saved_page(content) else kind
    elif suffix == "eml" and kind != "mht":
        kind = "eml"
    elif suffix in {"html", "htm"} and kind not in {"rss", "mbox", "eml", "mht"}:
        kind = "html"
    elif suffix in {"rss", "atom", "rdf", "xml"} and kind in {"txt", "json", "jsonl"}:
        kind = "xml" if suffix == "xml" else "rss"
    elif suffix in {"txt", "text"} and kind in {"xml", "json", "jsonl"}:
        kind = "txt"
    return _READERS[kind]
