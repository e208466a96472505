"""Parses `corrections.toml`, each `[[correction]]` by itself, so that an error in one costs no other."""

from __future__ import annotations

import re
import stat
from collections.abc import Callable, Iterator
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

from archive.corrections.checking import InvalidCorrection, parse_correction
from archive.corrections.values import Correction, Corrections, Problem
from archive.errors import DatelineError

MAX_FILE_BYTES = 100_000_000
"""Bytes of the largest file that is read; nobody has typed more."""

_BLOCK_HEADER = re.compile(rb"^[ \t]*\[\[[ \t]*correction[ \t]*\]\][ \t]*(?:#[^\n]*)?\r?$", re.MULTILINE)
# What `dateline correct` writes, in ASCII: parsed by a pattern, since tomllib is slow for files of many corrections.
_PLAIN_BLOCK = re.compile(rb'\[\[correction\]\]\n(?:[a-z]+ = "[ !#-\[\]-~]*+"\n)++\n*')
_PAIR = re.compile('^([a-z]+) = "(.*)"$', re.MULTILINE)
_ERROR_POSITION = re.compile(r" ?\(at line (\d+), column \d+\)| ?\(at end of document\)")


class CorrectionsUnreadable(DatelineError):
    """The file is there and cannot be opened: what was applied before stays."""

    code = 11


def read_corrections(path: Path) -> Corrections:
    """The corrections in a file; none where there is no file.

    Raises:
        CorrectionsUnreadable: the system refuses to read it, or it is far too large.
    """
    return parse_corrections(read_content(path))


def read_content(path: Path) -> bytes:
    """The bytes of a file; none where there is no file.

    Raises:
        CorrectionsUnreadable: the system refuses to read it, or it is far too large.
    """
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):  # a pipe would be waited for without end
            raise CorrectionsUnreadable(
                f"{path} cannot be read: it is not a file. Put the file back; what it said before still holds."
            )
        content = path.read_bytes() if status.st_size <= MAX_FILE_BYTES else None
    except FileNotFoundError:
        if path.is_symlink():
            raise CorrectionsUnreadable(
                f"{path} leads to nothing (is its disk mounted?). What it said before still holds."
            ) from None
        return b""
    except OSError as error:
        raise CorrectionsUnreadable(
            f"{path} cannot be read: {error.strerror or error}. Make it readable; what it said before still holds."
        ) from error
    if content is None:
        raise CorrectionsUnreadable(
            f"{path} is larger than {MAX_FILE_BYTES // 1_000_000} MB. What it said before still holds."
        )
    return content


def count_blocks(content: bytes) -> int:
    """How many corrections begin in the bytes of a file, whether they can be used or not."""
    return sum(1 for _ in _BLOCK_HEADER.finditer(content))


def remove_corrections(content: bytes, drop: Callable[[Correction | None, bytes], bool]) -> bytes:
    """The file without the corrections for which `drop` is true; every other byte stays.

    `drop` is called with each correction (None for an invalid one) and its bytes.
    """
    heads = [match.start() for match in _BLOCK_HEADER.finditer(content)]
    kept = [content[: heads[0] if heads else len(content)]]
    for start, end in pairwise([*heads, len(content)]):
        block = content[start:end]
        try:
            correction = parse_correction(_parse_plain_block(block) or _parse_toml_block(block, 1), 1)
        except InvalidCorrection:
            correction = None
        if not drop(correction, block):
            kept.append(block)
    return b"".join(kept)


def parse_corrections(content: bytes) -> Corrections:
    """The corrections in the bytes of a file; of two about the same thing the later one holds."""
    held: dict[tuple[str, ...], Correction] = {}
    problems: list[Problem] = []
    for line, block in _split_blocks(content.removeprefix(b"\xef\xbb\xbf"), problems):
        try:
            correction = parse_correction(
                _parse_plain_block(block) or _parse_toml_block(block, line),
                line,
                partial(_line_of_each_key, block, line),
            )
        except InvalidCorrection as refused:
            problems.append(Problem(refused.line or line, refused.reason))
            continue
        before = held.pop(correction.target, None)
        if before:
            problems.append(Problem(before.line, _reason_replaced(before, correction), remark=True))
        held[correction.target] = correction
    corrections = sorted(held.values(), key=lambda each: each.line)
    return Corrections(tuple(corrections), tuple(sorted(problems, key=lambda each: each.line)))


def _split_blocks(content: bytes, problems: list[Problem]) -> Iterator[tuple[int, bytes]]:
    """The line number and bytes of each `[[correction]]` block; text before the first is reported as a problem."""
    heads = [match.start() for match in _BLOCK_HEADER.finditer(content)]
    _report_preamble(content[: heads[0] if heads else len(content)], problems)
    line, at = 1, 0
    for start, end in pairwise([*heads, len(content)]):
        line += content.count(b"\n", at, start)
        at = start
        yield line, content[start:end]


def _report_preamble(preamble: bytes, problems: list[Problem]) -> None:
    for number, line in enumerate(preamble.split(b"\n"), 1):
        if line.strip() and not line.lstrip().startswith(b"#"):
            shown = line.decode("utf-8", "replace").strip()[:60]
            problems.append(Problem(number, f"“{shown}” stands before the first [[correction]] and was not read"))
            return


def _parse_plain_block(block: bytes) -> dict[str, Any]:
    """The keys of a block with one plain string a line, as most are; empty where it may be written otherwise."""
    if not _PLAIN_BLOCK.fullmatch(block):
        return {}
    pairs = _PAIR.findall(block.decode())
    table = dict(pairs)
    return table if len(table) == len(pairs) else {}


def _parse_toml_block(block: bytes, line: int) -> dict[str, Any]:
    """The keys of one block, by tomllib.

    Raises:
        InvalidCorrection: it is not TOML.
    """
    import tomllib  # where it is needed: what `dateline correct` wrote, or nothing at all, is read without it

    try:
        # A line end of its own: tomllib refuses a bare carriage return, and editors differ.
        found = tomllib.loads(block.decode("utf-8").replace("\r\n", "\n"))
    except UnicodeDecodeError as error:
        raise InvalidCorrection(
            "not UTF-8: save the file as UTF-8", line + block.count(b"\n", 0, error.start)
        ) from error
    except tomllib.TOMLDecodeError as error:
        said = str(error)
        at = _ERROR_POSITION.search(said)
        within = int(at[1]) - 1 if at and at[1] else block.count(b"\n")
        raise InvalidCorrection(f"not TOML: {_ERROR_POSITION.sub('', said)}", line + within) from error
    except RecursionError as error:
        raise InvalidCorrection("not TOML: nested too deep") from error
    others = sorted(set(found) - {"correction"})
    table = found["correction"][0]
    if others:
        raise InvalidCorrection(
            f"[{others[0]}] is not known here: a correction is a [[correction]] with its keys below it"
        )
    return table if isinstance(table, dict) else {}


def _line_of_each_key(block: bytes, line: int) -> dict[str, int]:
    found: dict[str, int] = {}
    for number, text in enumerate(block.decode("utf-8", "replace").split("\n"), line):
        key = text.partition("=")[0].strip().strip("\"'")
        found.setdefault(key, number)
    return found


def _reason_replaced(before: Correction, after: Correction) -> str:
    if (before.field, before.value) == (after.field, after.value):
        return f"said again at line {after.line}, which counts; this one can be taken out"
    return f"replaced by line {after.line}, which comes later and says “{after.value}”; take one of the two out"
