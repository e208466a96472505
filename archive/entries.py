"""Works as an index takes them, straight from the tables: making the whole value of each took twice as long."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from archive import texts
from archive.database import in_portions, marks
from archive.release import SHOWN_KINDS, Entry, by_slug
from archive.store import Archive

_KINDS = ", ".join(f"'{kind.value}'" for kind in SHOWN_KINDS)


def entries(archive: Archive, works: Sequence[str]) -> Iterator[Entry]:
    """The entries of these works, in the order given, a portion in memory at a time."""
    for portion in in_portions(works):
        found = {entry.work: entry for entry in _portion(archive, portion)}
        yield from (found[work] for work in portion if work in found)


def _portion(archive: Archive, works: Sequence[str]) -> Iterator[Entry]:
    rows = archive.select(
        "SELECT v.version, w.id, w.added, v.title, v.body, v.published, v.place, v.source "
        f"FROM works w JOIN versions v ON v.work = w.work AND v.number = w.current WHERE w.id IN ({marks(works)})",
        works,
    )
    people = _people(archive, [row[0] for row in rows])
    for version, work, added, title, body, published, place, source in rows:
        shown = by_slug(people.get(version, ()))
        yield Entry(work, added, title, texts.unpacked(body), published, place, source, shown)


def _people(archive: Archive, versions: Sequence[int]) -> dict[int, list[tuple[str, str, str]]]:
    """The people each version is about, in order: slug, the archive's name, the release's spelling."""
    found: dict[int, list[tuple[str, str, str]]] = {version: [] for version in versions}
    for version, *person in archive.select(
        "SELECT a.version, p.slug, p.name, a.name FROM appearances a JOIN people p USING (person) "
        f"WHERE a.version IN ({marks(versions)}) AND a.kind IN ({_KINDS}) AND NOT p.hidden "
        "ORDER BY a.version, a.place",
        versions,
    ):
        found[version].append((person[0], person[1], person[2]))
    return found
