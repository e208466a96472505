"""Decodes East Asian encodings of 7-bit bytes: ISO-2022-JP, -KR, -CN (RFC 1468, 1557, 1922) and HZ (RFC 1843).

Such bytes are valid ASCII, and escape sequences say which of them are letters of two bytes. The codecs of the standard
library give up the rest of a text at one broken sequence, do not know the letters that Windows adds to JIS, and have no
ISO-2022-CN; so the sequences are followed here, and the library decodes only what stands between them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

ISO_2022_JP, ISO_2022_KR, ISO_2022_CN, HZ = "iso-2022-jp", "iso-2022-kr", "iso-2022-cn", "hz-gb-2312"
NAMES = frozenset((ISO_2022_JP, ISO_2022_KR, ISO_2022_CN, HZ))
"""The names that `find_seven_bit` gives and `decode_seven_bit` takes, as the web's standards write them."""

_LABEL = re.compile(r"(?:cs)?iso2022(jp|kr|cn)|(jis$|cp5022[012]$)|(hz$|hzgb)")  # without case and punctuation
_NOT_IN_LABEL = re.compile(r"[^a-z0-9]+")
_ESCAPE = re.compile(rb"\x1b(\$[@AB]|\$[()*+][0-~]|[()*+][0-~])|([\x0e\x0f])")
_TO_G1 = b"$)"
_SHIFT_OUT = b"\x0e"
_SHOWS_JP = re.compile(rb"\x1b\$(?:[@AB]|\([@BDOPQ])[!-~]{2}")
_SHOWS_G1 = re.compile(rb"\x1b\$\)([ACG])")
_HZ_PART = re.compile(rb"~(?:\{([^\n]*?)(~\}|(?=\n)|\Z)|~|\n)")
_HZ_CLOSED = re.compile(rb"~\{((?:[!-w][!-~])+)~\}")
_MIN_HZ_CHARACTERS = 5
_MAX_TILDES = 100
# Rows of the most frequent letters and of punctuation: words of small ASCII letters between "~{" and "~}" are none.
_FREQUENT_ROWS = bytes(range(0x21, 0x58))
_NO_LETTER = re.compile(rb"([\x00-\x20\x7f-\xff]+)")
_END_OF_UNCLOSED = re.compile(rb"[ \r\n]")
_HIGH_BIT = bytes(byte | 0x80 for byte in range(256))
_ROMAN = {ord("\\"): "¥", ord("~"): "‾"}
_LOST = "\ufffd"


class _Charset(NamedTuple):
    """A set of letters: the codec that has them, and what that writes before each."""

    codec: str
    lead: bytes = b""


# Those of one byte need no codec.
_ASCII, _JIS_ROMAN, _KATAKANA = _Charset("ascii"), _Charset("roman"), _Charset("katakana")
_JIS, _GB, _KSC = _Charset("euc_jp"), _Charset("gb2312"), _Charset("euc_kr")
_JIS_2004, _JIS_2004_SECOND = _Charset("euc_jis_2004"), _Charset("euc_jis_2004", b"\x8f")
_UNKNOWN = _Charset("")  # of two bytes, but no codec has it (CNS 11643)
_DESIGNATED = {
    **dict.fromkeys((b"$@", b"$B", b"$(@", b"$(B"), _JIS),
    **dict.fromkeys((b"$(O", b"$(Q"), _JIS_2004),
    **dict.fromkeys((b"$A", b"$(A", b"$)A"), _GB),
    **dict.fromkeys((b"$(C", b"$)C"), _KSC),
    b"$(D": _Charset("euc_jp", b"\x8f"),
    b"$(P": _JIS_2004_SECOND,
    b"(J": _JIS_ROMAN,
    b"(I": _KATAKANA,
}


def find_seven_bit(content: bytes, declared: str = "") -> str:
    """The name of the encoding, if it is one of these by what is declared or what the bytes show; else ""."""
    has_escapes, has_braces = b"\x1b" in content, _has_braces(content)
    if not has_escapes and not has_braces:
        return ""  # as nearly all are
    name = _declared_name(declared)
    if name and (has_braces if name == HZ else has_escapes):
        return name
    if not content.isascii():
        return ""
    if has_escapes and (shown := _detect_by_escapes(content)):
        return shown
    return HZ if has_braces and _is_hz(content) else ""


def decode_seven_bit(content: bytes, name: str) -> str:
    """Bytes in an encoding of this name as text.

    A letter that is broken or unknown is U+FFFD. What follows a sequence that is broken or missing is kept: an unclosed
    run of letters ends at the first blank or line end, neither of which can stand in one.
    """
    return "".join(_decode_hz(content) if name == HZ else _decode_iso_2022(content, name))


def _has_braces(content: bytes) -> bool:
    """Whether "~{" occurs. A single byte is found faster than two, and most texts have few tildes."""
    at = -1
    for _ in range(_MAX_TILDES):
        at = content.find(b"~", at + 1)
        if at < 0 or content.startswith(b"{", at + 1):
            return at >= 0
    return b"~{" in content


def _declared_name(declared: str) -> str:
    found = _LABEL.match(_NOT_IN_LABEL.sub("", declared.lower())) if declared else None
    if not found:
        return ""
    return f"iso-2022-{found[1]}" if found[1] else ISO_2022_JP if found[2] else HZ


def _detect_by_escapes(content: bytes) -> str:
    if _SHOWS_JP.search(content):
        return ISO_2022_JP
    second = _SHOWS_G1.search(content) if _SHIFT_OUT in content else None
    return (ISO_2022_KR if second[1] == b"C" else ISO_2022_CN) if second else ""


def _is_hz(content: bytes) -> bool:
    """Whether all that stands between "~{" and "~}" is Chinese: in a text of ASCII such braces may mean anything."""
    runs = _HZ_CLOSED.findall(content)
    first_bytes = b"".join(run[::2] for run in runs)
    frequent = len(first_bytes) - len(first_bytes.translate(None, _FREQUENT_ROWS))
    if len(runs) != content.count(b"~{") or len(first_bytes) < _MIN_HZ_CHARACTERS or frequent < 0.8 * len(first_bytes):
        return False
    return not any(_LOST in _decode_characters(run, _GB) for run in runs)


def _decode_iso_2022(content: bytes, name: str) -> Iterator[str]:
    """The text between the escape sequences of a whole, each part in the set of letters that holds for it."""
    shifted = {ISO_2022_KR: _KSC, ISO_2022_CN: _GB}.get(name, _ASCII)
    charset = before = _ASCII
    at = 0
    for escape in _ESCAPE.finditer(content):
        designated = escape[1] or b""
        yield _decode_part(content[at : escape.start()], charset, _is_closing(escape, charset is not before))
        at = escape.end()
        if designated[:2] == _TO_G1:
            shifted = _DESIGNATED.get(designated, _UNKNOWN)
            charset = before
        elif designated:
            charset = before = _DESIGNATED.get(designated, _UNKNOWN if designated[:1] == b"$" else _ASCII)
        else:
            charset = shifted if escape[2] == _SHIFT_OUT else before
    yield _decode_part(content[at:], charset, is_closed=False)


def _is_closing(escape: re.Match[bytes], is_shifted: bool) -> bool:
    """Whether a sequence ends a run of letters and begins no other."""
    return escape[2] != _SHIFT_OUT if is_shifted else bool(escape[1]) and escape[1][:1] != b"$"


def _decode_part(part: bytes, charset: _Charset, is_closed: bool) -> str:
    if charset is _ASCII:
        return part.decode("utf-8", "replace")
    if charset is _JIS_ROMAN:
        return part.decode("utf-8", "replace").translate(_ROMAN)
    text = _decode_with_blanks(part, charset)
    end = _END_OF_UNCLOSED.search(part)
    if not end or (is_closed and _LOST not in text):
        return text
    return _decode_with_blanks(part[: end.start()], charset) + part[end.start() :].decode("utf-8", "replace")


def _decode_hz(content: bytes) -> Iterator[str]:
    at = 0
    for found in _HZ_PART.finditer(content):
        yield content[at : found.start()].decode("utf-8", "replace")
        at = found.end()
        if found[1] is not None:
            yield _decode_part(found[1], _GB, is_closed=found[2] == b"~}")
        elif found[0] == b"~~":
            yield "~"
    yield content[at:].decode("utf-8", "replace")


def _decode_with_blanks(part: bytes, charset: _Charset) -> str:
    """Letters of a set, with the blanks and line ends among them."""
    parts = _NO_LETTER.split(part)
    return "".join(
        each.decode("utf-8", "replace") if index % 2 else _decode_characters(each, charset)
        for index, each in enumerate(parts)
    )


def _decode_characters(run: bytes, charset: _Charset) -> str:
    if charset is _KATAKANA:
        return "".join(chr(0xFF40 + byte) if byte < 0x60 else _LOST for byte in run)
    whole = run[: len(run) // 2 * 2]
    try:
        text = _encode_for_codec(whole, charset).decode(charset.codec)
    except (UnicodeError, LookupError):
        text = "".join(_decode_character(whole[at : at + 2], charset) for at in range(0, len(whole), 2))
    return text + _LOST * (len(run) % 2)


def _encode_for_codec(pairs: bytes, charset: _Charset) -> bytes:
    """Letters of two bytes as the codec of their set has them."""
    high = pairs.translate(_HIGH_BIT)
    if not charset.lead:
        return high
    return b"".join(charset.lead + high[at : at + 2] for at in range(0, len(high), 2))


def _decode_character(pair: bytes, charset: _Charset) -> str:
    """One letter of two bytes. In the rows that JIS leaves empty stand those that Windows adds."""
    try:
        return _encode_for_codec(pair, charset).decode(charset.codec)
    except (UnicodeError, LookupError):
        pass
    try:
        return _to_shift_jis(*pair).decode("cp932") if charset is _JIS else _LOST
    except UnicodeError:
        return _LOST


def _to_shift_jis(row: int, cell: int) -> bytes:
    """A letter of JIS X 0208 as Shift_JIS has it: two rows in one (JIS X 0208:1997, annex 1)."""
    first = (row - 0x21) // 2 + 0x81
    second = cell + 0x7E if row % 2 == 0 else cell + (0x1F if cell < 0x60 else 0x20)
    return bytes((first + 0x40 if first > 0x9F else first, second))
