"""Versions of invented releases to be cited, without an archive around them."""

from __future__ import annotations

from archive.release import Kind, KnownPerson, Person, PublishedDate, Release, Version

BASE = "https://news.example/archive"


def version_of(
    source: str = "", people: tuple[str, ...] = (), *, title: str = "Fog Signal Moves", date: str = "2011-01-20",
    number: int = 2, kind: Kind = Kind.NAMED, body: str = "The signal moves.", byline: str = "",
) -> Version:  # fmt: skip
    """Version `number` of the release qh5spnhvvy, first seen on 23 November 2026."""
    release = Release(
        title,
        body,
        PublishedDate.from_iso(date) if date else None,
        "Port Elsinore",
        source,
        byline,
        people=tuple(Person(name, kind) for name in people),
    )
    known = tuple(KnownPerson(name, f"slug-{at}") for at, name in enumerate(people))
    return Version(
        *("qh5spnhvvy", number, "d" * 64, "2026-11-23T12:00:00Z", "2026-11-22T12:00:00Z", "text/plain", "utf-8"),
        release,
        known,
    )
