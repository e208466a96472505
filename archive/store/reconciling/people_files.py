"""People's files (`corrections.toml`, `lexicon/*.txt`), and the archive's copy of each as last applied.

Where one is missing, unreadable or empty, its copy stays in force until a person accepts the loss (`dateline
corrections --accept`).
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import zstandard

from archive.corrections import FILE_NAME, CorrectionsUnreadable, Problem, count_blocks, read_content, replace_file
from archive.errors import DatelineError
from archive.store import database
from archive.store.reconciling.reconcile import CorrectionReport, reconcile_corrections

if TYPE_CHECKING:
    from archive.store.writing import Writer

LEXICON = "lexicon"
"""The folder of user word lists, each named as the built-in list that it adds to."""

Files = Mapping[str, bytes]
"""Files by their names below the data directory: `corrections.toml`, `lexicon/titles.txt`."""

_REMEDY = "Put it back (dateline corrections --put-back), or confirm that it should go: dateline corrections --accept"


@dataclass(frozen=True, slots=True)
class ChosenFiles:
    """The files to apply; where they are not those in the data directory, the reasons, a line each."""

    files: Files
    corrections: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()

    @property
    def content(self) -> bytes:
        """The text of the corrections."""
        return self.files.get(FILE_NAME, b"")

    @property
    def lexicon(self) -> Files:
        """The word lists by file name."""
        return {name.removeprefix(f"{LEXICON}/"): text for name, text in self.files.items() if name != FILE_NAME}


def choose_files(data: Path, applied: Files) -> ChosenFiles:
    """Choose between people's files and the copies applied last."""
    content, said = _choose_corrections(data / FILE_NAME, applied.get(FILE_NAME, b""))
    lists, list_notices = _choose_lists(
        data / LEXICON, {name: text for name, text in applied.items() if name != FILE_NAME}
    )
    return ChosenFiles({**({FILE_NAME: content} if content else {}), **lists}, said, list_notices)


def read_files(data: Path) -> Files:
    """The files in the data directory that can be read.

    Raises:
        CorrectionsUnreadable: the corrections are there and cannot be read.
    """
    content = read_content(data / FILE_NAME)
    return ({FILE_NAME: content} if content else {}) | _read_lists(data / LEXICON)[0]


def load_applied(data: Path) -> Files:
    """The copies of the files that an archive applied last; none where there is no readable archive."""
    try:
        with closing(database.open_for_reading(data)) as db:
            return load_applied_from(db)
    except (DatelineError, sqlite3.Error, zstandard.ZstdError):
        return {}  # whoever opens the archive says what is wrong with it


def load_applied_from(db: sqlite3.Connection) -> Files:
    """The copies of the files that were applied last, from an open database."""
    unpack = zstandard.ZstdDecompressor().decompress
    return {name: unpack(content) for name, content in db.execute("SELECT name, content FROM applied ORDER BY name")}


def apply(archive: Writer) -> CorrectionReport:
    """Apply the chosen corrections and keep a copy; where they are not those of the file, a problem says so."""
    before = load_applied_from(archive.connection)
    chosen = choose_files(archive.data, before)
    held = archive.count_corrections()
    if not before and held and not count_blocks(chosen.content):
        # Applied by a version that kept no copy: the corrections in force are all that is known of the file.
        lost = f"{FILE_NAME} is empty or missing; the {held:,} corrections it held still apply. {_REMEDY}"
        return CorrectionReport(held, 0, tuple(Problem(0, line) for line in chosen.corrections or (lost,)))
    report = reconcile_corrections(archive, chosen.content)
    if {n: c for n, c in before.items() if c} != {n: c for n, c in chosen.files.items() if c}:
        _store_copies(archive, chosen.files)
    warnings = tuple(Problem(0, line) for line in chosen.corrections)
    return replace(report, problems=(*warnings, *report.problems))


def accept(archive: Writer) -> None:
    """Accept the files as they are, with all that is no longer in them.

    Raises:
        CorrectionsUnreadable: the corrections are there and cannot be read.
    """
    files = read_files(archive.data)
    if not files:  # an archive that keeps no copy is one of before; this one keeps that there is nothing
        files = {FILE_NAME: b""}
    reconcile_corrections(archive, files.get(FILE_NAME, b""))
    _store_copies(archive, files)


def _store_copies(archive: Writer, files: Files) -> None:
    with archive.write_transaction() as transaction:
        transaction.db.execute("DELETE FROM applied")
        rows = [(name, zstandard.compress(content)) for name, content in files.items()]
        transaction.db.executemany("INSERT INTO applied VALUES (?, ?)", rows)


def store_copy(db: sqlite3.Connection, name: str, content: bytes) -> None:
    """Replace the archive's copy of a file, where there is one; the caller holds the transaction.

    That nothing is left is kept, too: without a copy, corrections in force would be held on to (`apply`).
    """
    if db.execute("DELETE FROM applied WHERE name = ?", (name,)).rowcount or content:
        db.execute("INSERT INTO applied VALUES (?, ?)", (name, zstandard.compress(content)))


def put_back(data: Path, files: Files) -> list[str]:
    """Write the copies back whose files are missing, unreadable or empty; returns their names.

    A file that is there in place of one is renamed to end in `.replaced`.

    Raises:
        OSError: the system refuses.
    """
    written = []
    chosen = choose_files(data, files)
    there = _read_lists(data / LEXICON)[0]
    for name, content in files.items():
        path = data / name
        if not (chosen.corrections if name == FILE_NAME else content and not there.get(name)):
            continue
        if os.path.lexists(path) and not (path.is_file() and not path.stat().st_size):
            os.replace(path, path.with_name(f"{path.name}.replaced"))
        path.parent.mkdir(exist_ok=True)
        replace_file(path, content)
        written.append(name)
    return written


def _choose_corrections(path: Path, before: bytes) -> tuple[bytes, tuple[str, ...]]:
    count = count_blocks(before)
    try:
        now = read_content(path)
    except CorrectionsUnreadable as error:
        return before, (str(error),)
    left = count_blocks(now)
    if not count or left or (now and count == 1):
        return now, ()
    what = "is empty" if path.exists() else "is missing"
    what = f"no longer holds any of its {count} corrections" if now else what
    they = "the correction it held still applies" if count == 1 else f"the {count:,} corrections it held still apply"
    return before, (f"{path.name} {what}; {they}. {_REMEDY}",)


def _choose_lists(folder: Path, before: Files) -> tuple[Files, tuple[str, ...]]:
    now, unreadable = _read_lists(folder)
    kept: dict[str, bytes] = {}
    said = [
        f"{name} cannot be read ({reason}); what it said before still applies" for name, reason in unreadable.items()
    ]
    kept |= {name: before[name] for name in unreadable if name in before}
    for name in sorted(before):
        if before[name].strip() and now.get(name) == b"":
            kept[name] = before[name]
            said.append(f"{name} is empty; what it said before still applies. {_REMEDY}")
    if before and not now and not unreadable and (len(before) > 1 or not folder.is_dir()):
        kept = dict(before)
        what = "is empty" if folder.is_dir() else "is missing"
        said.append(f"{LEXICON}/ {what}; the {len(before)} word lists it held are still used. {_REMEDY}")
    return {**now, **kept}, tuple(said)


def _read_lists(folder: Path) -> tuple[dict[str, bytes], dict[str, str]]:
    """The lists in a folder, and those that cannot be read with the reason."""
    found: dict[str, bytes] = {}
    unreadable: dict[str, str] = {}
    try:
        paths = sorted(path for path in folder.iterdir() if path.suffix == ".txt") if folder.is_dir() else []
    except OSError as error:
        return {}, {f"{LEXICON}/": error.strerror or str(error)}
    for path in paths:
        if path.exists() and not path.is_file():  # a pipe would be waited for without end
            unreadable[f"{LEXICON}/{path.name}"] = "it is not a file"
            continue
        try:
            found[f"{LEXICON}/{path.name}"] = path.read_bytes()
        except OSError as error:
            unreadable[f"{LEXICON}/{path.name}"] = error.strerror or str(error)
    return found, unreadable
