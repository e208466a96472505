"""A stored version of a release as matching takes it: its texts, and the facts that other clauses ask for."""

from __future__ import annotations

from collections.abc import Callable

from archive.release import Version
from archive.store import VersionDetails
from indexer.search.matching.facts import Facts
from indexer.search.matching.matching import ReleaseText
from indexer.search.matching.sections import IndexedText, Section


def release_text(
    version: Version, details: VersionDetails | None = None, make_section: Callable[[str], Section] = IndexedText
) -> ReleaseText:
    """A stored version, cut into words for matching; `details` are needed where a clause asks for them."""
    release = version.release
    facts = _state_facts(version, details or VersionDetails())
    return ReleaseText(make_section(release.title), make_section(release.body), facts)


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
