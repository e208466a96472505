"""Counts of an archive, statistics of rules, and the remarks on files: what was not read, and why."""

from __future__ import annotations

from dataclasses import dataclass

from archive.release import SHOWN_KINDS
from archive.rules import decode_rule
from archive.store.archive import Archive


@dataclass(frozen=True, slots=True)
class Totals:
    """What the archive holds, counted."""

    releases: int
    withdrawn: int
    versions: int
    undated: int
    people: int
    sources: int
    files: int
    files_skipped: int
    parts_skipped: int
    original_bytes: int
    earliest: str
    latest: str


@dataclass(frozen=True, slots=True)
class FileRemark:
    """A remark on a file, or on a part of it: `skipped` when that part could not be read."""

    path: str
    place: str
    reason: str
    skipped: bool


def totals(archive: Archive) -> Totals:
    """The archive counted."""
    shown = ", ".join(f"'{kind}'" for kind in SHOWN_KINDS)
    # One pass over the live versions for all counts: their rows are long.
    (row,) = archive.select(
        "SELECT count(*) AS releases, (SELECT count(*) FROM works WHERE NOT live) AS withdrawn, "
        "(SELECT count(*) FROM versions) AS versions, count(*) FILTER (WHERE published = '') AS undated, "
        "(SELECT count(DISTINCT person) FROM works w "
        "JOIN versions v ON v.work = w.work AND v.number = w.current AND w.live "
        "JOIN appearances USING (version) JOIN people p USING (person) "
        f"WHERE kind IN ({shown}) AND NOT p.hidden) AS people, "
        "count(DISTINCT nullif(coalesce((SELECT n.name FROM value_names n "
        "WHERE n.field = 'source' AND n.spelling = v.source), v.source), '')) AS sources, "
        "(SELECT count(*) FROM files WHERE status != 'gone') AS files, "
        "(SELECT count(*) FROM files WHERE status = 'skipped') AS files_skipped, "
        "(SELECT count(*) FROM remarks JOIN files USING (path) WHERE skipped AND status = 'partly') "
        "AS parts_skipped, (SELECT coalesce(sum(size), 0) FROM originals) AS original_bytes, "
        "coalesce(min(nullif(published, '')), '') AS earliest, coalesce(max(published), '') AS latest "
        "FROM works w JOIN versions v ON v.work = w.work AND v.number = w.current AND w.live"
    )
    return Totals(**row)


def rules(archive: Archive, field: str) -> list[tuple[str, int]]:
    """By which rules the values of a field were found in the live releases, commonest first."""
    rows = archive.select(
        "SELECT e.code, e.params, count(*) AS times FROM evidence e JOIN versions v USING (version) "
        "JOIN works w ON w.work = v.work AND w.current = v.number AND w.live "
        "WHERE e.field = ? AND e.chosen GROUP BY e.code, e.params",
        (field,),
    )
    found = [(decode_rule(row["code"], row["params"]).sentence, row["times"]) for row in rows]
    return sorted(found, key=lambda each: (-each[1], each[0]))


def remarks(archive: Archive, *, skipped: bool | None = None) -> list[FileRemark]:
    """The remarks on files that are still there, by path; only those about skipped parts, or only the others."""
    rows = archive.select(
        "SELECT f.shown, r.place, r.reason, r.skipped FROM remarks r JOIN files f USING (path) "
        "WHERE f.status != 'gone' AND (? IS NULL OR r.skipped = ?) ORDER BY f.shown, r.rowid",
        (skipped, skipped),
    )
    return [FileRemark(r["shown"], r["place"], r["reason"], bool(r["skipped"])) for r in rows]
