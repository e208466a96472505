"""Which generations this process has found damaged, so that none is opened again, or read whole again to find it out.

A generation counts as damaged for as long as its files have the sizes and times they had: one that was put back from
a copy is good again.
"""

from __future__ import annotations

from pathlib import Path

_known: dict[Path, tuple[str, list[tuple[str, int, int, int]]]] = {}


def remember(folder: Path, reason: str) -> None:
    """Take note of what is wrong with a generation."""
    _known[folder] = reason, _stamps(folder)


def recall(folder: Path) -> str:
    """What is known to be wrong with a generation; "" for nothing."""
    if folder not in _known:
        return ""
    reason, stamps = _known[folder]
    return reason if stamps == _stamps(folder) else ""


def _stamps(folder: Path) -> list[tuple[str, int, int, int]]:
    """Name, size, time and number of each file."""
    try:
        found = [(path.name, path.stat()) for path in folder.iterdir()]
    except OSError:
        return []
    return sorted((name, status.st_size, status.st_mtime_ns, status.st_ino) for name, status in found)
