"""Backs up an archive into one file while others read and write, and restores it.

A backup is a tar file (POSIX.1-2001) of `archive.db`, `corrections.toml` and `lexicon/*.txt`, with `manifest.json` in
front: the digest and size of each, and counts of the archive. The index is rebuilt from the archive.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import os
import re
import tarfile
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

from archive.errors import BackupRefused
from archive.fsync import fsync_folder
from archive.ids import digest
from archive.store import database, migrations
from archive.store.database import FILE_NAME
from archive.store.reconciling import people_files

MANIFEST = "manifest.json"
FORMAT = "dateline backup 1"

CHUNK = 1 << 20
"""Bytes copied at a time."""

_MEMBER = re.compile(r"archive\.db|corrections\.toml|lexicon/[^/\\\0]+\.txt")


@dataclass(frozen=True, slots=True)
class BackupManifest:
    """What a backup says of itself; `files` maps names to size in bytes and SHA-256, `fingerprint` is the index's."""

    releases: int
    versions: int
    revision: int
    fingerprint: str
    files: dict[str, tuple[int, str]]
    schema: int = migrations.VERSION
    format: str = FORMAT


def back_up(data: Path, file: Path, fingerprints: Mapping[int, str] | None = None) -> BackupManifest:
    """Copy the record of a data directory into a new file, as it is at this moment; nobody is kept waiting.

    `fingerprints` are those of indexes that say what the archive says, by its revision.

    Raises:
        BackupRefused: there is such a file already.
        NoArchive, ArchiveDamaged, ArchiveTooOld, ArchiveTooNew, DiskProblem; OSError: the system refuses.
    """
    if not file.absolute().parent.is_dir():
        raise BackupRefused(f"There is no folder {file.parent} to put the backup into. Make it first.")
    if os.path.lexists(file):
        raise BackupRefused(f"{file} exists; it was left as it is. Give the backup a name of its own.")
    with tempfile.TemporaryDirectory(dir=file.absolute().parent, prefix=f".{file.name}-") as folder:
        copy, whole = Path(folder) / FILE_NAME, Path(folder) / "backup.tar"
        releases, versions, revision = _copy_database(data, copy)
        texts = dict(people_files.read_files(data))
        # Corrections written since they were last applied would give another index than the fingerprint's.
        is_applied = texts == {name: content for name, content in _files_applied_in(copy).items() if content}
        fingerprint = (fingerprints or {}).get(revision, "") if is_applied else ""
        files = {FILE_NAME: (copy.stat().st_size, _sha256(copy))}
        files |= {name: (len(content), digest(content)) for name, content in texts.items()}
        manifest = BackupManifest(releases, versions, revision, fingerprint, files)
        _write(whole, manifest, copy, texts)
        _check(whole)
        _give_name(whole, file)
    return manifest


def unpack(file: Path, folder: Path) -> BackupManifest:
    """Unpack a backup into an empty folder, each file verified against its digest.

    Raises:
        BackupRefused: the file is no backup, or not whole.
        OSError: the system refuses.
    """
    with _open_backup(file) as (tar, manifest):
        for member in tar:
            if member.name == MANIFEST:
                continue
            target = folder / member.name
            if target.exists():
                raise BackupRefused(f"{file} is damaged: {member.name} stands in it twice. Use another backup.")
            target.parent.mkdir(mode=0o700, exist_ok=True)
            with _content(file, tar, member) as source, target.open("xb") as written:
                found = _copy(source, written)
                written.flush()
                os.fsync(written.fileno())
            _compare(file, member.name, (member.size, found), manifest)
    return manifest


def _copy_database(data: Path, copy: Path) -> tuple[int, int, int]:
    """Copy the database with SQLite's own means (https://sqlite.org/backup.html); its releases, versions, revision."""
    with (
        database.translate_errors(data / FILE_NAME),
        closing(database.open_for_reading(data)) as source,
        closing(database.connect(copy)) as target,
    ):
        # One reading transaction: what others write meanwhile is in the next backup.
        source.execute("BEGIN")
        releases, versions, revision = source.execute(
            "SELECT (SELECT count(*) FROM works WHERE live), (SELECT count(*) FROM versions), "
            "(SELECT value FROM counters WHERE name = 'revision')"
        ).fetchone()
        source.backup(target)
        target.execute("PRAGMA journal_mode = DELETE")  # one file, without a log beside it
    return releases, versions, revision


def _files_applied_in(copy: Path) -> people_files.Files:
    with closing(database.connect(copy)) as db:
        return people_files.load_applied_from(db)


def _write(whole: Path, manifest: BackupManifest, copy: Path, texts: people_files.Files) -> None:
    with whole.open("xb") as written:
        with tarfile.open(fileobj=written, mode="w", format=tarfile.PAX_FORMAT) as tar:
            _add(tar, MANIFEST, io.BytesIO(json.dumps(asdict(manifest), indent=1).encode()))
            with copy.open("rb") as content:
                _add(tar, FILE_NAME, content)
            for name, text in texts.items():
                _add(tar, name, io.BytesIO(text))
        written.flush()
        os.fsync(written.fileno())


def _add(tar: tarfile.TarFile, name: str, content: IO[bytes]) -> None:
    member = tarfile.TarInfo(name)
    member.size = content.seek(0, os.SEEK_END)
    member.mode = 0o600
    content.seek(0)
    tar.addfile(member, content)


def _check(file: Path) -> None:
    """Read the backup once, whole."""
    with _open_backup(file) as (tar, manifest):
        for member in tar:
            with _content(file, tar, member) as source:
                _compare(file, member.name, (member.size, _copy(source)), manifest)


def _give_name(whole: Path, file: Path) -> None:
    """Give the finished file its name, but never that of another one."""
    os.chmod(whole, 0o600)
    try:
        os.link(whole, file)
    except FileExistsError:
        raise BackupRefused(f"{file} exists; it was left as it is. Give the backup a name of its own.") from None
    except OSError:  # a file system without hard links
        os.rename(whole, file)
    fsync_folder(file.absolute().parent)


@contextlib.contextmanager
def _open_backup(file: Path) -> Iterator[tuple[tarfile.TarFile, BackupManifest]]:
    """A backup, opened behind its manifest."""
    try:
        with tarfile.open(file, "r:") as tar:
            first = tar.next()
            if first is None or first.name != MANIFEST:
                raise BackupRefused(f"{file} is no backup of Dateline's.")
            with _content(file, tar, first) as content:
                manifest = _manifest(json.loads(content.read()))
            if manifest.format != FORMAT or not set(manifest.files) >= {FILE_NAME}:
                raise BackupRefused(f"{file} is a backup of another version of Dateline's.")
            seen: set[str] = {MANIFEST}
            yield tar, manifest
            seen |= set(tar.getnames())
            if missing := set(manifest.files) - seen:
                raise BackupRefused(f"{file} is damaged: {min(missing)} is missing in it.")
    except (FileNotFoundError, IsADirectoryError):
        raise BackupRefused(f"There is no file {file}.") from None
    except (tarfile.TarError, EOFError, ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise BackupRefused(f"{file} is no backup, or is damaged ({error}).") from error


def _manifest(values: dict[str, Any]) -> BackupManifest:
    files = {name: (int(size), str(sha)) for name, (size, sha) in values.pop("files").items()}
    return BackupManifest(files=files, **values)


def _content(file: Path, tar: tarfile.TarFile, member: tarfile.TarInfo) -> IO[bytes]:
    content = tar.extractfile(member) if member.isfile() else None
    if content is None or not (member.name == MANIFEST or _MEMBER.fullmatch(member.name)):
        raise BackupRefused(f"{file} holds {member.name!r}, which no backup does. Nothing was restored.")
    return content


def _compare(file: Path, name: str, found: tuple[int, str], manifest: BackupManifest) -> None:
    if name != MANIFEST and manifest.files.get(name) != found:
        raise BackupRefused(f"{file} is damaged: {name} in it is not what was written. Use another backup.")


def _copy(source: IO[bytes], target: IO[bytes] | None = None) -> str:
    """Copy to the end of the source; the SHA-256 of what was copied."""
    hashed = hashlib.sha256()
    while chunk := source.read(CHUNK):
        hashed.update(chunk)
        if target:
            target.write(chunk)
    return hashed.hexdigest()


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return _copy(file)
