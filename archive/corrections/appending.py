"""Appends corrections to `corrections.toml`, atomically; every other byte of the file stays as it is."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path

from archive.corrections.values import Correction
from archive.fsync import fsync_folder
from archive.release import Kind

_HEADING = """\
# Corrections: what people have put right in this archive. They are applied on top of what was read, at every
# `dateline add` and `dateline rebuild`; taking one out restores what was read. See docs/CORRECTIONS.md.
"""


def format_correction(correction: Correction) -> str:
    """A correction as a `[[correction]]` block of TOML."""
    pairs: list[tuple[str, str | list[str]]] = [
        ("release", correction.release),
        ("person", correction.person),
        ("source", correction.source),
        ("place", correction.place),
        ("field", correction.field.value),
        ("spelling", correction.spelling),
        ("releases", list(correction.releases)),
        ("kind", "" if correction.kind is Kind.NAMED else correction.kind.value),
        ("role", correction.role),
        ("by", correction.by),
        ("reason", correction.reason),
    ]
    lines = [f"{key} = {_quote(value)}" for key, value in pairs if value]
    lines.insert(2, f"value = {_quote(correction.value)}")
    if correction.version:
        lines.insert(1, f"version = {correction.version}")
    return "\n".join(["[[correction]]", *lines]) + "\n"


def append_corrections(path: Path, *corrections: Correction) -> None:
    """Add corrections to the end of the file, all or nothing; a link to the file stays a link.

    Raises:
        OSError: the system refuses; the file is as it was.
    """
    path = path.resolve()
    before = path.read_bytes() if path.exists() else _HEADING.encode()
    gap = b"" if before.endswith(b"\n\n") or not before else b"\n" if before.endswith(b"\n") else b"\n\n"
    replace_file(path, before + gap + "\n".join(map(format_correction, corrections)).encode())


def replace_file(path: Path, content: bytes) -> None:
    """Write a file anew, all or nothing, with the permissions it had."""
    mode = path.stat().st_mode & 0o777 if path.exists() else 0o644
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".corrections-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, mode)
        os.replace(name, path)
        fsync_folder(path.parent)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _quote(value: str | list[str]) -> str:
    # Where a text has no control character (none is accepted), JSON's quoting is TOML's.
    return json.dumps(value, ensure_ascii=False)
