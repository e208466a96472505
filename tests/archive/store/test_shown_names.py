"""Which spelling of a person's name is shown: the one of most releases, of equals the longest, of those the first."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from pathlib import Path

import pytest

from archive.store import Archive
from indexer.maintenance import build

Write = Callable[..., Path]


def spelt(number: int, name: str) -> str:
    return (
        f"Quay {number} Opens\n\nLISBON, May {number + 1}, 2011 -- “The quay is open,” said Minister {name} at noon.\n"
    )


@pytest.mark.parametrize(
    ("spellings", "shown"),
    [
        (("Hiram Pell", "Hiram Pell", "Hiram J. Pell"), "Hiram Pell"),
        (("Hiram Pell", "Hiram J. Pell"), "Hiram J. Pell"),
        (("Hiram Pell", "Hiram Z. Pell"), "Hiram Z. Pell"),
        (("Hiram K. Pell", "Hiram J. Pell"), "Hiram J. Pell"),
        (("Hiram Pell", "Hiram K. Pell", "Hiram J. Pell"), "Hiram J. Pell"),
        (("Hiram Pell", "Hiram Pell", "Hiram Q. J. Pell", "Hiram K. Pell", "Hiram K. Pell"), "Hiram K. Pell"),
    ],
)
@pytest.mark.parametrize("at_once", [True, False])
def test_the_spelling_shown(
    data: Path, folder: Path, write: Write, spellings: tuple[str, ...], shown: str, at_once: bool
) -> None:
    """Whatever the order in which they come, and whether in one batch or one by one."""
    for number, name in enumerate(spellings[::-1]):
        write(f"{number}.txt", spelt(number, name))
        if not at_once:
            build.add(data, folder)
    build.add(data, folder)
    with Archive(data) as archive:
        assert sorted(itertools.chain(*([name] * uses for name, uses in archive.spellings("hiram-pell")))) == sorted(
            spellings
        )
        assert archive.people(["hiram-pell"]) == {"hiram-pell": shown}
