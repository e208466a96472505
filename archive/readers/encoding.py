"""Detects encodings and decodes bytes: BOM, escape sequences, UTF-8, declared encoding, and last a guess, reported."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

import charset_normalizer

from archive.readers.mojibake import NOTE, repair_mojibake
from archive.readers.seven_bit import NAMES, decode_seven_bit, find_seven_bit

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its BOM begins with the same two bytes
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_BOM_BYTES = tuple(mark for mark, _ in _BOMS)
# The HTML encoding standard (encoding.spec.whatwg.org, 4.2) reads these labels as windows-1252:
# pages that declare Latin-1 hold curly quotes at 0x91-0x94.
_LATIN = {"ascii", "iso8859-1", "latin-1", "cp1252"}
_DECLARED = re.compile(
    rb"""<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w.:-]+)|<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]+)""",
    re.IGNORECASE,
)
_WINDOW = 4096
_GUESS_WINDOW = 32_768
_CHUNK_BYTES = 1_000_000  # bytes decoded at once where only whether they can be decoded is asked
_HIGH = bytes(range(0x80, 0x100))


@dataclass(frozen=True, slots=True)
class Decoded:
    """A decoded text, its encoding, and notes on how that was detected."""

    text: str
    encoding: str
    notes: tuple[str, ...] = ()


def decode(content: bytes, declared: str = "", *, repaired: bool = True) -> Decoded:
    """Read bytes as text; `declared` is the encoding a header declares, "" for none.

    Mojibake is put right unless what the text holds is kept as the original: then it is not `repaired`.

    Never fails: bytes that cannot be read become U+FFFD, and a note says how many. NULs are dropped
    (some copying programs pad files with them).
    """
    text = _decode_utf8(content, declared)
    if text is None:
        encoding, notes = find_encoding(content, declared)
        return decode_as(content, encoding, notes, repaired=repaired)
    return _repair(repaired, strip_nuls(text, content), "utf-8", _declaration_note(content, declared))


def decode_as(content: bytes, encoding: str, notes: tuple[str, ...] = (), *, repaired: bool = True) -> Decoded:
    """Read bytes as text in an encoding already found."""
    text, lost = _decode_and_count_lost(content, encoding)
    if lost:
        notes = (*notes, f"{lost} undecodable byte{'s' if lost > 1 else ''} replaced")
    return _repair(repaired, strip_nuls(text.removeprefix("\ufeff"), content), encoding, notes)


def _repair(wanted: bool, text: str, encoding: str, notes: tuple[str, ...]) -> Decoded:
    """A decoded text, put right where its letters had been saved in a wrong encoding before."""
    text, was_wrong = repair_mojibake(text) if wanted else (text, False)
    return Decoded(text, encoding, (*notes, NOTE) if was_wrong else notes)


def decode_bytes(content: bytes, encoding: str) -> str:
    """Bytes as text in an encoding that `find_encoding` gave, with U+FFFD for those that cannot be read."""
    return decode_seven_bit(content, encoding) if encoding in NAMES else content.decode(encoding, "replace")


def _decode_and_count_lost(content: bytes, encoding: str) -> tuple[str, int]:
    """Bytes as text, and how many of them could not be read."""
    if encoding in NAMES:
        text = decode_seven_bit(content, encoding)
        return text, text.count("\ufffd")
    try:
        return content.decode(encoding), 0
    except UnicodeError:
        text = content.decode(encoding, "replace")
        return text, text.count("\ufffd") - _count_replacement_characters(content, encoding)


def strip_nuls(text: str, content: bytes) -> str:
    """A text without NULs; searched only where the bytes it was decoded from have any, which is fast to tell."""
    return text.replace("\0", "") if b"\0" in content else text


def _count_replacement_characters(content: bytes, encoding: str) -> int:
    """How many U+FFFD the bytes themselves hold."""
    if encoding == "utf-8":
        return content.count(b"\xef\xbf\xbd")  # no part of another character, so nothing need be decoded
    try:
        "\ufffd".encode(encoding)
    except UnicodeError:
        return 0  # a national encoding has no such character
    return content.decode(encoding, "ignore").count("\ufffd")


def find_encoding(content: bytes, declared: str = "") -> tuple[str, tuple[str, ...]]:
    """Detect the encoding of bytes, with notes on how it was detected."""
    marked = _bom_encoding(content) or _detect_utf16(content)
    if marked:
        return marked, ()
    if seven_bit := find_seven_bit(content, declared):
        return seven_bit, ()
    if _can_decode(content, "utf-8"):
        return "utf-8", _declaration_note(content, declared)
    named = _codec(declared)
    if named and named != "utf-8" and _can_decode(content, named):
        return named, ()
    guess = _guess(content)
    return guess, (f"guessed {guess}; not valid UTF-8",) if guess != "utf-8" else ()


def _decode_utf8(content: bytes, declared: str) -> str | None:
    """The text of bytes that are UTF-8 without BOM and not giant, so that they are decoded once; None for others."""
    if (
        len(content) > _CHUNK_BYTES
        or _bom_encoding(content)
        or _detect_utf16(content)
        or find_seven_bit(content, declared)
    ):
        return None
    try:
        return content.decode()
    except UnicodeDecodeError:
        return None


def _declaration_note(content: bytes, declared: str) -> tuple[str, ...]:
    """The note on UTF-8 that is declared to be something else."""
    if content.isascii() or _codec(declared) in {"", "utf-8"}:
        return ()
    return (f"declared {declared}, but is UTF-8",)


def _bom_encoding(content: bytes) -> str:
    """The encoding of a byte order mark, or ""."""
    if not content.startswith(_BOM_BYTES):
        return ""
    return next(name for mark, name in _BOMS if content.startswith(mark))


def find_declared_encoding(content: bytes) -> str:
    """The encoding that a page's meta element or an XML declaration names, or ""."""
    found = _DECLARED.search(content[:_WINDOW])
    return (found[1] or found[2]).decode("ascii") if found else ""


def is_known_encoding(declared: str) -> bool:
    """Whether a declared encoding is one that can be read; mail and browsers write names of their own."""
    return bool(_codec(declared))


def _codec(declared: str) -> str:
    """Python's name of a declared encoding; "" if there is none or it is no text encoding."""
    if not declared:
        return ""  # a failing look-up is slow
    try:
        name = codecs.lookup(declared.strip()).name
        "".encode(name)
    except (LookupError, ValueError):
        return ""
    if name.startswith(("utf-16", "utf-32", "utf_8_sig")) or name in {"idna", "punycode", "utf-7"}:
        return ""  # bytes that hold an ASCII declaration are not UTF-16; the others are not for documents
    return "windows-1252" if name in _LATIN else name


def _can_decode(content: bytes, encoding: str) -> bool:
    if encoding == "utf-8" and content.isascii():
        return True
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for start in range(0, len(content), _CHUNK_BYTES):
            decoder.decode(content[start : start + _CHUNK_BYTES])
        decoder.decode(b"", final=True)
    except (UnicodeError, ValueError):
        return False
    return True


def _detect_utf16(content: bytes) -> str:
    """UTF-16 without a BOM shows itself by NULs in every other byte of its ASCII part."""
    window = content[:_WINDOW]
    if b"\0" not in window:
        return ""
    even, odd, pairs = window[::2].count(0), window[1::2].count(0), len(window) // 2
    if pairs < 4:
        return ""
    if odd > 0.4 * pairs and even < 0.02 * pairs:
        return "utf-16-le"
    return "utf-16-be" if even > 0.4 * pairs and odd < 0.02 * pairs else ""


def _guess(content: bytes) -> str:
    """Guess an encoding of bytes that are not valid UTF-8."""
    window = content[:_GUESS_WINDOW]
    high = len(window) - len(window.translate(None, _HIGH))
    if _is_damaged_utf8(content):
        return "utf-8"
    if high < 0.15 * len(window):
        return "windows-1252"  # a few accents and quotes: statistics do worse than this on short texts
    best = charset_normalizer.from_bytes(window, steps=3).best()
    encoding = (best and _codec(best.encoding)) or "windows-1252"
    return "windows-1252" if encoding in _EBCDIC and not _is_likely_ebcdic(window) else encoding


_EBCDIC = frozenset({"cp037", "cp273", "cp424", "cp500", "cp875", "cp1026", "cp1140"})
"""Encodings of mainframes, in which most bytes mean something else than in all others."""


def _is_likely_ebcdic(window: bytes) -> bool:
    """Whether the spaces are those of EBCDIC and not of ASCII; a few bytes do not tell."""
    return len(window) >= 60 and window.count(0x40) * 20 > len(window) and 0x20 not in window


def _is_damaged_utf8(content: bytes) -> bool:
    """One bad byte among many good sequences is damage, not another encoding."""
    text = content[:_CHUNK_BYTES].decode("utf-8", "replace")
    bad = text.count("\ufffd")
    window = text[:_GUESS_WINDOW]
    good = len(window) - len(window.encode("ascii", "ignore")) - bad
    for start in range(_CHUNK_BYTES, len(content), _CHUNK_BYTES):
        if good <= 4 * bad:
            return False
        bad += content[start : start + _CHUNK_BYTES].decode("utf-8", "replace").count("\ufffd")
    return good > 4 * bad
