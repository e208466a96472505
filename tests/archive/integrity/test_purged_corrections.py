"""A purge takes what corrections say of the purged release's people, sources and places with it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from archive.corrections import Correction, CorrectionField
from archive.store import Archive
from indexer.maintenance import build
from indexer.maintenance.purge import purge_and_reindex

Write = Callable[..., Path]


def release(names: str, place: str) -> str:
    return f"Library Opens\n\n{place}, Ohio, May 2, 2007 -- The library was opened by {names} at noon.\n"


@pytest.mark.parametrize(
    "correction",
    [
        Correction(CorrectionField.NAME, "Helsingør", "Lee", place="Quixtown, Ohio"),
        Correction(CorrectionField.SAME_AS, "Quixtown, Ohio", "Lee", place="Kittering, Ohio"),
        Correction(CorrectionField.NAME, "Zeb", "Lee", person="zebulon-quixley"),
        Correction(CorrectionField.SAME_AS, "hiram-pell", "Lee", person="zebulon-quixley"),
        Correction(CorrectionField.SAME_AS, "zebulon-quixley", "Lee", person="hiram-pell"),
    ],
)
def test_no_correction_keeps_a_name_of_what_was_purged(
    data: Path, folder: Path, write: Write, correction: Correction
) -> None:
    write("pell.txt", release("Mayor Hiram Pell", "KITTERING"))
    build.add(data, folder)
    with Archive(data) as archive:
        kept = set(archive.live_ids())
    write("b.txt", release("Senator Zebulon Quixley", "QUIXTOWN"))
    build.add(data, folder)
    with Archive(data) as archive:
        (work,) = set(archive.live_ids()) - kept
    build.correct(data, correction)
    purge_and_reindex(data, work, None, "court order")
    with Archive(data) as archive:
        assert archive.people_corrections() == archive.value_corrections() == []
        (version,) = archive.releases(archive.live_ids())
        assert [known.name for known, _ in version.shown_people] == ["Hiram Pell"]
        assert version.release.place == "Kittering, Ohio"
    assert b"quix" not in b"".join(path.read_bytes().lower() for path in data.rglob("*") if path.is_file())


def test_a_file_of_corrections_that_is_empty_after_a_purge_holds_none(data: Path, folder: Path, write: Write) -> None:
    write("b.txt", release("Senator Zebulon Quixley", "QUIXTOWN"))
    build.add(data, folder)
    (data / "corrections.toml").write_text(
        '[[correction]]\nperson = "zebulon-quixley"\nfield = "name"\nvalue = "Zeb"\nby = "Lee"\n'
    )
    build.rebuild(data)
    with Archive(data) as archive:
        (work,) = archive.live_ids()
    purge_and_reindex(data, work, None, "court order")
    with Archive(data) as archive:
        assert archive.people_corrections() == []
    assert b"quix" not in b"".join(path.read_bytes().lower() for path in data.rglob("*") if path.is_file())
