"""The generations that this process found damaged, so that none is opened, or verified in full, again.

A generation counts as damaged while its files keep their sizes and modification times: one restored from a copy is
opened again.
"""

from __future__ import annotations

from pathlib import Path

_known: dict[Path, tuple[str, list[tuple[str, int, int, int]]]] = {}


def remember(folder: Path, reason: str) -> None:
    """Record what is wrong with a generation."""
    _known[folder] = reason, _stamps(folder)


def recall(folder: Path) -> str:
    """The known damage of a generation; "" for none."""
    if folder not in _known:
        return ""
    reason, stamps = _known[folder]
    return reason if stamps == _stamps(folder) else ""


def _stamps(folder: Path) -> list[tuple[str, int, int, int]]:
    """Name, size, modification time and inode of each file."""
    try:
        files = [(path.name, path.stat()) for path in folder.iterdir()]
    except OSError:
        return []
    return sorted((name, status.st_size, status.st_mtime_ns, status.st_ino) for name, status in files)
