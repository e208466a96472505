"""What a person said: their quotations in the live releases."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from archive.release import KnownPerson, PublishedDate, Quotation
from archive.store.archive import Archive

# Places are numbers with blanks between.
_WORKS = (
    "SELECT DISTINCT w.id, v.published FROM people p CROSS JOIN appearances a ON a.person = p.person "
    "CROSS JOIN quotations q ON q.version = a.version AND instr(' ' || q.speakers || ' ', ' ' || a.place || ' ') "
    "CROSS JOIN versions v ON v.version = a.version "
    "CROSS JOIN works w ON w.work = v.work AND w.current = v.number AND w.live "
    "WHERE p.slug = ? AND NOT p.hidden ORDER BY v.published DESC, w.id"
)


class PersonQuotation(NamedTuple):
    """A quotation of a person in a release: its words, and where it stands; `speakers` are all who said it."""

    work: str
    number: int
    published: PublishedDate | None
    title: str
    source: str
    words: str
    quotation: Quotation
    speakers: tuple[KnownPerson, ...]


def load_person_quotations(archive: Archive, slug: str, damaged: list[str] | None = None) -> Iterator[PersonQuotation]:
    """The quotations of a person, by the slug that is shown: newest release first, in the order of its text.

    Only the current versions of live releases count. A chunk is in memory at a time; a release that is damaged is
    left out and put into `damaged`.

    Raises:
        ReleaseDamaged: a release is damaged, and there is no such list.
    """
    works = [row["id"] for row in archive.select(_WORKS, (slug,))]
    for version in archive.releases(works, damaged):
        release = version.release
        for each in release.quotations:
            speakers = tuple(version.speakers(each))
            if any(known.slug == slug for known in speakers):
                yield PersonQuotation(
                    *(version.work, version.number, release.published, release.title, release.source),
                    *(release.body[each.start : each.end], each, speakers),
                )
