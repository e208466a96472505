"""What came from one folder remembered as what stands in another: the folder was moved, or was spelt otherwise."""

from __future__ import annotations

from archive.paths import range_bounds, relative_path, shown_path
from archive.store.writing.existing_rows import Work
from archive.store.writing.transaction import WriteStats, WriteTransaction
from archive.store.writing.writer import Writer


def relocate(archive: Writer, old: str, new: str, top: str) -> WriteStats:
    """Remember what came from `old` as what stands in `new`, a part of the added folder `top` (all stored paths).

    A file that is remembered at `new` already stays as it is remembered there.
    """
    with archive.write_transaction() as batch:
        batch.db.execute("PRAGMA defer_foreign_keys = ON")
        there = _files_in(batch, new)
        for path in _files_in(batch, old):
            moved = new + path[len(old) :]
            if there.get(moved, "gone") != "gone":
                _drop_file(batch, path)
                continue
            if moved in there:
                _drop_target(batch, path, moved)
            _rename(batch, path, moved, shown_path(relative_path(moved, top)))
        _move_folders(batch, old, new)
        batch.update_works()
    return batch.stats


def _files_in(batch: WriteTransaction, folder: str) -> dict[str, str]:
    """The files remembered in a folder, by stored path, and the status of each."""
    rows = batch.db.execute("SELECT path, status FROM files WHERE path > ? AND path < ?", range_bounds(folder))
    return {row["path"]: row["status"] for row in rows}


def _drop_file(batch: WriteTransaction, path: str) -> None:
    """Remember a file no more: it is remembered under another path."""
    rows = batch.db.execute(
        "SELECT DISTINCT w.work, w.id FROM locations l JOIN versions v USING (version) JOIN works w USING (work) "
        "WHERE l.path = ?",
        (path,),
    )
    batch.touched_works.update(Work(*row) for row in rows)
    for table in ("remarks", "locations", "files"):
        batch.db.execute(f"DELETE FROM {table} WHERE path = ?", (path,))


def _drop_target(batch: WriteTransaction, path: str, moved: str) -> None:
    """Remember no more of a file that was once at `moved` than where bytes stood that the one to come never held."""
    for table in ("remarks", "files"):
        batch.db.execute(f"DELETE FROM {table} WHERE path = ?", (moved,))
    batch.db.execute(
        "DELETE FROM locations WHERE path = ? "
        "AND (key, version) IN (SELECT key, version FROM locations WHERE path = ?)",
        (moved, path),
    )


def _rename(batch: WriteTransaction, path: str, moved: str, shown: str) -> None:
    batch.db.execute("UPDATE files SET path = ?, shown = ? WHERE path = ?", (moved, shown, path))
    for table in ("remarks", "locations"):
        batch.db.execute(f"UPDATE {table} SET path = ? WHERE path = ?", (moved, path))


def _move_folders(batch: WriteTransaction, old: str, new: str) -> None:
    """The added folders at and in `old` are those at and in `new` now."""
    rows = batch.db.execute(
        "SELECT path, added, seen FROM folders WHERE path = ? OR (path > ? AND path < ?)", (old, *range_bounds(old))
    ).fetchall()
    for path, added, seen in rows:
        batch.db.execute("DELETE FROM folders WHERE path = ?", (path,))
        batch.db.execute(
            "INSERT INTO folders VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET added = min(added, excluded.added)",
            (new + path[len(old) :], added, seen),
        )
