"""Paths of files below an added folder, as text."""

from __future__ import annotations

import os


def shown_path(path: str) -> str:
    """A path below an added folder as it is shown: with slashes, and without what no text file may hold."""
    # A name that is not valid Unicode comes from the system with surrogates.
    return path.replace(os.sep, "/").encode("utf-8", "replace").decode("utf-8")


def relative_path(path: str, folder: str) -> str:
    """A path below a folder, relative to it."""
    return path[len(folder) :].lstrip(os.sep)


def is_below(path: str, folder: str) -> bool:
    """Whether a path is a folder's, or lies below it."""
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)


def range_bounds(folder: str) -> tuple[str, str]:
    """The exclusive lower and upper bound, as text, of the stored paths below a folder: for an SQL range condition."""
    stem = folder.rstrip(os.sep)
    return stem + os.sep, stem + chr(ord(os.sep) + 1)
