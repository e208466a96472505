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

_BOM = b"\xef\xbb\xbf"
_BLOCK_HEADER = re.compile(rb"(?:^|(?<=\A%b))[ \t]*\[\[[ \t]*correction[ \t]*\]\]" % _BOM, re.MULTILINE)
# A comment or a string, those of several lines first; a quote behind a backslash opens none.
_TOKEN = re.compile(
    rb'#[^\n]*|\\.|"""(?:[^\\]|\\.)*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:[^"\\\n]|\\[^\n])*"|\'[^\'\n]*\'', re.DOTALL
)
_KEY = re.compile(rb"[ \t]*[\w.\"'-]+[ \t]*=[ \t]*")
_AFTER_STRING = re.compile(rb"[ \t]*(?:[,\]}#][^\n]*)?\r?(?:\n|\Z)")
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
                f"{path} cannot be read: it is not a file. Put the file back; what it said before still applies."
            )
        content = path.read_bytes() if status.st_size <= MAX_FILE_BYTES else None
    except FileNotFoundError:
        if path.is_symlink():
            raise CorrectionsUnreadable(
                f"{path} is a link to a missing file (is its disk mounted?). What it said before still applies."
            ) from None
        return b""
    except OSError as error:
        raise CorrectionsUnreadable(
            f"{path} cannot be read: {error.strerror or error}. Make it readable; what it said before still applies."
        ) from error
    if content is None:
        raise CorrectionsUnreadable(
            f"{path} is larger than {MAX_FILE_BYTES // 1_000_000} MB. What it said before still applies."
        )
    return content


def count_blocks(content: bytes) -> int:
    """How many corrections begin in the bytes of a file, whether they can be used or not."""
    return len(_block_starts(content))


def remove_corrections(content: bytes, drop: Callable[[Correction | None, bytes], bool]) -> bytes:
    """The file without the corrections for which `drop` is true; every other byte stays.

    `drop` is called with each correction (None for an invalid one) and its bytes.
    """
    heads = _block_starts(content)
    kept = [content[: heads[0] if heads else len(content)]]
    for start, end in pairwise([*heads, len(content)]):
        block = content[start:end]
        try:
            correction = parse_correction(_parse_block(block, 1), 1)
        except InvalidCorrection:
            correction = None
        if not drop(correction, block):
            kept.append(block)
    return b"".join(kept)


def parse_corrections(content: bytes) -> Corrections:
    """The corrections in the bytes of a file; of two about the same thing the later one holds."""
    held: dict[tuple[str, ...], Correction] = {}
    problems: list[Problem] = []
    for line, block in _split_blocks(content.removeprefix(_BOM), problems):
        try:
            correction = parse_correction(_parse_block(block, line), line, partial(_line_of_each_key, block, line))
        except InvalidCorrection as refused:
            problems.append(Problem(refused.line or line, refused.reason))
            continue
        before = held.pop(correction.target, None)
        if before:
            problems.append(Problem(before.line, _replacement_problem(before, correction), remark=True))
        held[correction.target] = correction
    corrections = sorted(held.values(), key=lambda each: each.line)
    return Corrections(tuple(corrections), tuple(sorted(problems, key=lambda each: each.line)))


def _split_blocks(content: bytes, problems: list[Problem]) -> Iterator[tuple[int, bytes]]:
    """Each correction's line and bytes; what stands before the first is no correction."""
    heads = _block_starts(content)
    _report_preamble(content[: heads[0] if heads else len(content)], problems)
    line, at = 1, 0
    for start, end in pairwise([*heads, len(content)]):
        line += content.count(b"\n", at, start)
        at = start
        yield line, content[start:end]


def _block_starts(content: bytes) -> list[int]:
    """Where each correction begins; a `[[correction]]` in a string of several lines begins none."""
    lines = [match.start() for match in _BLOCK_HEADER.finditer(content)]
    heads: list[int] = []
    end = 0
    for start, following in pairwise([*lines, len(content)]):
        if start >= end:
            heads.append(start)
            end = _end_of_strings(content, start, following)
    return heads


def _end_of_strings(content: bytes, start: int, following: int) -> int:
    """The end of a block: `following`, where the next seems to begin, or that of a string that goes on beyond it."""
    if not any(quotes in content[start:following] for quotes in (b'"""', b"'''")):
        return following
    end, at = following, start
    while (token := _TOKEN.search(content, at)) and token.start() < end:
        at = token.end()
        if at > end:
            if not _is_closed(content, at):
                break
            head = _BLOCK_HEADER.search(content, at)
            end = head.start() if head else len(content)
    return end


def _is_closed(content: bytes, end: int) -> bool:
    """Whether quotes that end there close a string: those of a string that nothing closes open another block's."""
    line = content[content.rfind(b"\n", 0, end) + 1 : end].rstrip(content[end - 1 : end])
    return not _KEY.fullmatch(line) and bool(_AFTER_STRING.match(content, end))


def _report_preamble(preamble: bytes, problems: list[Problem]) -> None:
    for number, line in enumerate(preamble.split(b"\n"), 1):
        if line.strip() and not line.lstrip().startswith(b"#"):
            shown = line.decode("utf-8", "replace").strip()[:60]
            problems.append(Problem(number, f"“{shown}” comes before the first [[correction]] and was not read"))
            return


def _parse_block(block: bytes, line: int) -> dict[str, Any]:
    """The keys of one correction.

    Raises:
        InvalidCorrection: it is not TOML.
    """
    import tomllib  # where it is needed: a file without corrections is read without it

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
        raise InvalidCorrection("not TOML: nested too deeply") from error
    others = sorted(set(found) - {"correction"})
    table = found["correction"][0]
    if others:
        raise InvalidCorrection(
            f"[{others[0]}] is unknown: write each correction as [[correction]] with its keys below it"
        )
    return table if isinstance(table, dict) else {}


def _line_of_each_key(block: bytes, line: int) -> dict[str, int]:
    found: dict[str, int] = {}
    # Where a string of several lines stands, its lines are blank: what it says is no key.
    lines = _TOKEN.sub(lambda token: token[0] if b"\n" not in token[0] else b"\n" * token[0].count(b"\n"), block)
    for number, text in enumerate(lines.decode("utf-8", "replace").split("\n"), line):
        key = text.partition("=")[0].strip().strip("\"'")
        found.setdefault(key, number)
    return found


def _replacement_problem(before: Correction, after: Correction) -> str:
    if (before.field, before.value) == (after.field, after.value):
        return f"repeated at line {after.line}, which applies; remove this one"
    return f"replaced by line {after.line}, which comes later and says “{after.value}”; remove one of the two"
