"""Finds people who stand in the furniture of a folder: letterhead, side columns, a page's foot.

A short line that stands in many releases of a folder is furniture, whatever it says. Somebody whom a release names on
such lines alone is no part of its story: they are whom to call about it, like those in contact lines. Not so the source
itself, who is named above all its releases, nor anybody who is quoted or named in the title.
"""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from archive.corrections import CorrectionField
from archive.ids import name_key, slug
from archive.release import Kind, Part

if TYPE_CHECKING:
    from archive.store.writing import WriteTransaction

MIN_RELEASES = 5
"""Releases of a folder that a line must stand in to be furniture."""

_BY_STRENGTH = (Kind.SPEAKER, Kind.NAMED, Kind.BYLINE, Kind.CONTACT)
# Where a version's bytes stand now, whatever path they were first found at; where they stood, if nowhere.
_FOLDERS = """
SELECT DISTINCT l.version, substr(f.shown, 1, instr(f.shown, '/')) AS folder FROM locations l JOIN files f USING (path)
WHERE (l.live OR NOT EXISTS (SELECT 1 FROM locations o WHERE o.version = l.version AND o.live))
"""
# Most lines stand in too few releases to be furniture, and made nobody a contact before: they need no look.
_LINES_TO_JUDGE = """
SELECT u.line FROM unsettled_lines u JOIN mentions m ON m.line = u.line AND m.line != 0
GROUP BY u.line HAVING count(*) >= :most
UNION SELECT u.line FROM unsettled_lines u JOIN mentions m ON m.line = u.line AND m.line != 0
JOIN appearances a USING (version, place) WHERE a.kind = 'contact' ORDER BY 1
"""
_ON_LINE = """
SELECT DISTINCT m.version, m.place, v.source, w.id AS work, a.name, a.kind
FROM mentions m JOIN appearances a USING (version, place) JOIN versions v USING (version) JOIN works w USING (work)
WHERE m.line = ?
"""
_RELEASES = f"""
SELECT count(*) FROM (
    SELECT DISTINCT v.work FROM mentions m JOIN versions v USING (version)
    WHERE m.line = ? AND EXISTS ({_FOLDERS} AND l.version = m.version AND folder = ?) LIMIT ?
)
"""


def settle_furniture(transaction: WriteTransaction) -> None:
    """Bring the people on lines that came or went into the state that the folder's other files ask for."""
    transaction.rows.write()
    judge = _Judge(transaction.db)
    for (line,) in transaction.db.execute(_LINES_TO_JUDGE, {"most": MIN_RELEASES}).fetchall():
        for row in transaction.db.execute(_ON_LINE, (line,)).fetchall():
            kind = judge.kind_of(row)
            if kind is not None and kind != row["kind"]:
                transaction.db.execute(
                    "UPDATE appearances SET kind = ? WHERE version = ? AND place = ?",
                    (kind, row["version"], row["place"]),
                )
                transaction.stale_checksums.add(row["version"])
                transaction.mark_changed(row["work"])
                transaction.db.execute(
                    "INSERT OR IGNORE INTO unsettled SELECT key FROM names WHERE name = ?", (row["name"],)
                )
    transaction.db.execute("DELETE FROM unsettled_lines")


class _Judge:
    """Tells what people on short lines are; remembers which lines are furniture."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._furniture: dict[tuple[int, str], bool] = {}

    def kind_of(self, row: sqlite3.Row) -> Kind | None:
        """The kind of an appearance; None where a correction, or more than the line, says what it is."""
        if row["kind"] in (Kind.UNRESOLVED, Kind.INFERRED) or self._is_corrected(row):
            return None
        mentions = self._db.execute(
            "SELECT part, kind, line, code FROM mentions WHERE version = ? AND place = ?",
            (row["version"], row["place"]),
        ).fetchall()
        if any(each["code"].startswith("correction") for each in mentions):
            return None
        kinds = {each["kind"] for each in mentions}
        as_read = next(kind for kind in _BY_STRENGTH if kind in kinds)
        if as_read is not Kind.NAMED or any(each["part"] != Part.BODY for each in mentions):
            return as_read
        if slug(row["name"]) in slug(row["source"]) or not all(
            each["line"] and self._is_furniture(each["line"], row["version"]) for each in mentions
        ):
            return as_read
        return Kind.CONTACT

    def _is_corrected(self, row: sqlite3.Row) -> bool:
        """Whether a correction of the release says in what way it names this person."""
        said = self._db.execute(
            "SELECT value FROM corrections WHERE version = ? AND field = ?", (row["version"], CorrectionField.PERSON)
        )
        return any(name_key(value) == name_key(row["name"]) for (value,) in said)

    def _is_furniture(self, line: int, version: int) -> bool:
        folders = self._db.execute(f"{_FOLDERS} AND l.version = ? ORDER BY folder", (version,)).fetchall()
        return any(self._is_furniture_in(line, row["folder"]) for row in folders)

    def _is_furniture_in(self, line: int, folder: str) -> bool:
        if (line, folder) not in self._furniture:
            (count,) = self._db.execute(_RELEASES, (line, folder, MIN_RELEASES)).fetchone()
            self._furniture[line, folder] = count >= MIN_RELEASES
        return self._furniture[line, folder]
