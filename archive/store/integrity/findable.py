"""Finds live locations that no search finds: their version is not current, or its work is withdrawn."""

from __future__ import annotations

from archive.store.archive import Archive

MAX_LISTED = 20
"""Locations listed at most; the rest are counted."""


def list_unfindable(archive: Archive) -> list[str]:
    """A line for each location whose text no search finds; empty where all are found."""
    rows = archive.select(
        "SELECT f.shown, l.key, w.id, v.number, w.current, w.live FROM locations l JOIN files f USING (path) "
        "JOIN versions v USING (version) JOIN works w USING (work) "
        "WHERE l.live AND NOT (w.live AND w.current = v.number) ORDER BY f.shown, l.key"
    )
    lines = [_line(row["shown"], row["key"], row["id"], row["number"], bool(row["live"])) for row in rows[:MAX_LISTED]]
    if len(rows) > MAX_LISTED:
        lines.append(f"archive.db: and {len(rows) - MAX_LISTED:,} more that are in a folder but no search finds")
    return lines


def _line(path: str, key: str, work: str, number: int, is_live: bool) -> str:
    where = f"{path}{', ' + key if key else ''}"
    why = f"{work} shows another version than this one, {number}" if is_live else f"{work} is withdrawn"
    return f"archive.db: {where} stands in a folder, but no search finds it: {why}. To repair it: dateline rebuild"
