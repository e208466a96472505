"""Waiting until files and names are on the disk, so that a power cut leaves the state before or the state after."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path


def fsync_file(path: Path) -> None:
    """Have the bytes of a file on the disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def fsync_folder(path: Path) -> None:
    """Have the names in a folder on the disk; where the system cannot open a folder (Windows) a rename is so itself."""
    with contextlib.suppress(PermissionError):
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
