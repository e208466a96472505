"""What the ninth schema makes of an archive of before: its added folders, and whether its works must be taken apart."""

from __future__ import annotations

from pathlib import Path

import pytest
from raw_database import raw_database

from archive.ids import digest, work_id
from archive.store import migrations
from archive.store.writing.added_folders import folder_paths
from archive.store.writing.writer import Writer

DIGESTS = [digest(content) for content in (b"one", b"two")]


def archive_of_before(data: Path, files: list[tuple[str, str]], versions: int) -> Path:
    """An archive of the eighth schema: files by path and by what is shown, and one work of so many versions."""
    with raw_database(data) as db:
        for step in migrations._STEPS[:8]:
            db.create_function("packed", 1, bytes)
            db.executescript(step)
        db.executescript(f"PRAGMA user_version = 8; PRAGMA application_id = {migrations.APPLICATION_ID};")
        db.executemany("INSERT INTO files VALUES (?, ?, 1, 1, 'x', 'read')", files)
        db.execute("INSERT INTO works VALUES (1, ?, '', 1, 1, 1)", (work_id(DIGESTS[0]),))
        for number in range(1, versions + 1):
            db.execute(
                "INSERT INTO versions VALUES (?, 1, ?, ?, '', '', '', '', x'', '', '', '', '', '', '', '', '', NULL)",
                (number, number, DIGESTS[number - 1]),
            )
    return data


@pytest.mark.parametrize(
    ("files", "folders"),
    [
        ([("/f/a.txt", "a.txt"), ("/f/deep/b.txt", "deep/b.txt")], ["/f"]),
        ([("/f/a.txt", "a.txt"), ("/f/deep/b.txt", "b.txt")], ["/f", "/f/deep"]),
        ([("/f/caf\\udce9/b.txt", "caf?/b.txt"), ("/f/caf\\udce9.txt", "caf?.txt")], []),
        ([("C:\\f\\deep\\b.txt", "deep/b.txt")], ["C:\\f"]),
        ([], []),
    ],
)
def test_folders_are_known_by_the_files_that_came_from_them(
    tmp_path: Path, files: list[tuple[str, str]], folders: list[str]
) -> None:
    with Writer(archive_of_before(tmp_path, files, 1), upgrade=True) as archive:
        assert folder_paths(archive) == folders


@pytest.mark.parametrize("versions", [1, 2])
def test_works_of_several_versions_are_looked_at_by_the_next_add(tmp_path: Path, versions: int) -> None:
    with Writer(archive_of_before(tmp_path, [], versions), upgrade=True) as archive:
        assert archive.is_mixed == (versions > 1)


def test_a_new_archive_has_nothing_to_look_at(tmp_path: Path) -> None:
    with Writer(tmp_path, create=True) as archive:
        assert not archive.is_mixed
        assert folder_paths(archive) == []
