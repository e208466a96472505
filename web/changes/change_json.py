"""Changes as JSON (docs/JSON.md)."""

from __future__ import annotations

from typing import Any

from archive.release import Version
from indexer.comparison import counts_to_json, pieces_to_json
from web import urls
from web.changes.listed_changes import ListedChange
from web.changes.version_pair import VersionPair

Json = dict[str, Any]


def change_to_json(listed: ListedChange) -> Json:
    """A change as a list has it; counts and words are null where nothing was compared."""
    change, version, comparison = listed.change, listed.version, listed.comparison
    counts = counts_to_json(comparison) if comparison else None
    return {
        "kind": change.kind.value,
        "id": change.work,
        "title": version.release.title,
        "version": change.number,
        "from": change.before or None,
        "at": change.at,
        "url": urls.version_url(change.work, change.number),
        "changes_url": urls.changes_url(change.work, change.number, change.before) if listed.is_edit else "",
        "counts": counts,
        "excerpts": [pieces_to_json(each) for each in (*listed.title, *listed.body)],
    }


def pair_to_json(pair: VersionPair) -> Json:
    """Which two versions are compared; `from` is null where there is none before."""
    return {
        "id": pair.version.work,
        "from": _version_to_json(pair.before) if pair.before else None,
        "to": _version_to_json(pair.version),
    }


def _version_to_json(version: Version) -> Json:
    return {
        "version": version.number,
        "added": version.added,
        "current": version.current,
        "sha256": version.digest,
        "url": urls.version_url(version.work, version.number),
    }
