"""A person's own word lists: `lexicon/*.txt` in the data directory, read beside ours, in worker processes too."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

FOLDER = "lexicon"
"""Where they stand in the data directory, each named as the list of ours that it adds to."""


@dataclass(slots=True)
class _InUse:
    """The lists this process reads with: a digest of them ("" for ours alone), and what of them could not be used."""

    digest: str = ""
    unused: tuple[str, ...] = ()


_in_use = _InUse()


def use(data: Path) -> tuple[str, ...]:
    """Read with the lists of this data directory from now on, in this process.

    Returns:
        What of them could not be used, a line a file; the rest is used all the same.
    """
    digest = _digest(data / FOLDER)
    if digest != _in_use.digest:
        # Imported where there is something to add: an `add` that reads nothing need not wait for the lists.
        from archive.extract import lexicon

        _in_use.unused = tuple(f"{FOLDER}/{line}" for line in lexicon.extend(data / FOLDER))
        _in_use.digest = digest
    return _in_use.unused


def mark() -> str:
    """What stands for the lists in use; "" for ours alone."""
    return _in_use.digest


def _digest(folder: Path) -> str:
    hashed = hashlib.sha256()
    files = sorted(folder.glob("*.txt")) if folder.is_dir() else []
    for file in files:
        try:
            content = file.read_bytes()
        except OSError:
            content = b""  # what is wrong with it is said by whoever uses it
        hashed.update(f"{file.name} {len(content)} ".encode("utf-8", "backslashreplace") + content)
    return hashed.hexdigest()[:12] if files else ""
