"""A stored version of a release as matching takes it: its texts, and the facts that other clauses ask for."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from archive.release import Version, names_by_slug
from archive.store import VersionDetails
from indexer.search.matching.facts import Facts
from indexer.search.matching.matching import ReleaseText
from indexer.search.matching.quotations import ReleaseQuotation
from indexer.search.matching.sections import IndexedText, Section


def release_text(
    version: Version, details: VersionDetails | None = None, make_section: Callable[[str], Section] = IndexedText
) -> ReleaseText:
    """A stored version, cut into words for matching; `details` are needed where a clause asks for them."""
    release = version.release
    facts = _state_facts(version, details or VersionDetails())
    return ReleaseText(make_section(release.title), make_section(release.body), facts, tuple(_list_quotations(version)))


def _list_quotations(version: Version) -> Iterator[ReleaseQuotation]:
    """The quotations of a version; a speaker has all names by which the index finds them in it."""
    if not version.release.quotations:
        return
    slugs = {person.name: known.slug for known, person in version.shown_people}
    names = dict(names_by_slug((known.slug, known.name, person.name) for known, person in version.shown_people))
    for quotation in version.release.quotations:
        speakers = dict.fromkeys(slugs[name] for name in quotation.speakers if name in slugs)
        yield ReleaseQuotation(quotation.start, quotation.end, tuple(names[slug] for slug in speakers))


def _state_facts(version: Version, details: VersionDetails) -> Facts:
    release = version.release
    published = release.published
    return Facts(
        id=version.work,
        published=(published.first, published.last) if published else None,
        added=int(version.first_added[:10].replace("-", "")),
        people=(
            *(name for known, person in version.shown_people for name in (known.name, person.name)),
            *version.unresolved,
        ),
        source=release.source,
        place=release.place,
        parent=release.parent,
        live=version.live,
        media_type=version.media_type,
        language=release.language,
        paths=details.paths,
        versions=details.versions,
    )
