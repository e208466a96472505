"""Relocates the recorded files of a folder to another path: the folder was moved, or is spelt differently."""

from __future__ import annotations

from archive.paths import range_bounds, relative_path, shown_path
from archive.store.writing.existing_rows import Work
from archive.store.writing.transaction import WriteStats, WriteTransaction
from archive.store.writing.writer import Writer


def relocate(archive: Writer, old: str, new: str, top: str) -> WriteStats:
    """Record the files below `old` as files below `new`, a part of the added folder `top` (all stored paths).

    A file that is recorded at `new` already stays as it is recorded there.
    """
    with archive.write_transaction() as transaction:
        transaction.db.execute("PRAGMA defer_foreign_keys = ON")
        there = _files_in(transaction, new)
        for path in _files_in(transaction, old):
            moved = new + path[len(old) :]
            for version, work in transaction.db.execute(
                "SELECT l.version, w.id FROM locations l JOIN versions v USING (version) JOIN works w USING (work) "
                "WHERE l.path = ?",
                (path,),
            ).fetchall():
                transaction.unsettle_lines(version)
                transaction.relocated_works.add(work)
            if there.get(moved, "gone") != "gone":
                _drop_file(transaction, path)
                continue
            if moved in there:
                _drop_target(transaction, path, moved)
            _rename(transaction, path, moved, shown_path(relative_path(moved, top)))
        _move_folders(transaction, old, new)
        transaction.update_works()
    return transaction.stats


def _files_in(transaction: WriteTransaction, folder: str) -> dict[str, str]:
    """The status of each file recorded in a folder, by stored path."""
    rows = transaction.db.execute("SELECT path, status FROM files WHERE path > ? AND path < ?", range_bounds(folder))
    return {row["path"]: row["status"] for row in rows}


def _drop_file(transaction: WriteTransaction, path: str) -> None:
    """Delete a file's rows: it is recorded under another path."""
    rows = transaction.db.execute(
        "SELECT DISTINCT w.work, w.id FROM locations l JOIN versions v USING (version) JOIN works w USING (work) "
        "WHERE l.path = ?",
        (path,),
    )
    transaction.touched_works.update(Work(*row) for row in rows)
    for table in ("remarks", "locations", "files"):
        transaction.db.execute(f"DELETE FROM {table} WHERE path = ?", (path,))


def _drop_target(transaction: WriteTransaction, path: str, moved: str) -> None:
    """Delete the rows of a file once at `moved`, but for locations of bytes that the relocated file never held."""
    for table in ("remarks", "files"):
        transaction.db.execute(f"DELETE FROM {table} WHERE path = ?", (moved,))
    transaction.db.execute(
        "DELETE FROM locations WHERE path = ? "
        "AND (key, version) IN (SELECT key, version FROM locations WHERE path = ?)",
        (moved, path),
    )


def _rename(transaction: WriteTransaction, path: str, moved: str, shown: str) -> None:
    transaction.db.execute("UPDATE files SET path = ?, shown = ? WHERE path = ?", (moved, shown, path))
    for table in ("remarks", "locations"):
        transaction.db.execute(f"UPDATE {table} SET path = ? WHERE path = ?", (moved, path))


def _move_folders(transaction: WriteTransaction, old: str, new: str) -> None:
    """The added folders at and in `old` are those at and in `new` now."""
    rows = transaction.db.execute(
        "SELECT path, added, seen FROM folders WHERE path = ? OR (path > ? AND path < ?)", (old, *range_bounds(old))
    ).fetchall()
    for path, added, seen in rows:
        transaction.db.execute("DELETE FROM folders WHERE path = ?", (path,))
        transaction.db.execute(
            "INSERT INTO folders VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET added = min(added, excluded.added)",
            (new + path[len(old) :], added, seen),
        )
