"""Finds releases that were read through links out of an added folder, before such links were left alone."""

from __future__ import annotations

from collections.abc import Sequence

from archive.paths import is_below, range_bounds
from archive.store.archive import Archive


def releases_behind(archive: Archive, links: Sequence[str]) -> list[str]:
    """The ids of the works that stand nowhere but at or behind these links (stored paths), in order."""
    works: set[int] = set()
    for link in links:
        rows = archive.select(
            "SELECT DISTINCT v.work FROM locations l JOIN versions v USING (version) "
            "WHERE l.live AND (l.path = ? OR (l.path > ? AND l.path < ?))",
            (link, *range_bounds(link)),
        )
        works |= {row["work"] for row in rows}
    return sorted(found for work in works if (found := _id_of_work_behind(archive, work, links)))


def _id_of_work_behind(archive: Archive, work: int, links: Sequence[str]) -> str:
    """The id of a work that stands nowhere else; "" of another."""
    rows = archive.select(
        "SELECT w.id, l.path FROM works w JOIN versions v USING (work) JOIN locations l USING (version) "
        "WHERE w.work = ? AND l.live",
        (work,),
    )
    behind = all(any(is_below(row["path"], link) for link in links) for row in rows)
    return str(rows[0]["id"]) if behind else ""
