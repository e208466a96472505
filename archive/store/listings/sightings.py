"""Where each version of a work was seen, and when the archive last looked there."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

from archive.paths import is_below
from archive.store.archive import Archive
from archive.store.locations import CAPTURE, is_capture


class Sighting(NamedTuple):
    """A place where the bytes of a version stand or stood: a file, or a record in it.

    `path` is the one below the added folder, `key` that of the record ("" for a file that is one), `captured` the web
    address under which it was saved ("" for none). `live` says whether it still stood there when the folder was last
    looked at, which was at `looked_at` (UTC, ISO 8601; "" where that is not known).
    """

    path: str
    key: str
    captured: str
    live: bool
    looked_at: str


def load_sightings(archive: Archive, work: str) -> dict[int, list[Sighting]]:
    """The sightings of every version of a work, by number; those that still stand first, then by path and key."""
    folders = [(row["path"], row["seen"]) for row in archive.select("SELECT path, seen FROM folders")]
    rows = archive.select(
        "SELECT v.number, f.path, f.shown, l.key, l.live FROM locations l JOIN files f USING (path) "
        "JOIN versions v USING (version) JOIN works w USING (work) WHERE w.id = ? "
        "ORDER BY v.number, l.live DESC, f.shown, l.key, f.path",
        (work,),
    )
    found: dict[int, list[Sighting]] = defaultdict(list)
    for row in rows:
        captured = row["key"][len(CAPTURE) :] if is_capture(row["key"]) else ""
        key = "" if captured else row["key"]
        sighting = Sighting(row["shown"], key, captured, bool(row["live"]), _looked_at(row["path"], folders))
        found[row["number"]].append(sighting)
    return dict(found)


def _looked_at(path: str, folders: list[tuple[str, str]]) -> str:
    """When the folder that a file lies in was last looked at: of several, one in another, the last time of all."""
    return max((seen for folder, seen in folders if is_below(path, folder)), default="")
