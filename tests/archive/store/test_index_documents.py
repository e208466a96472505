"""Index documents are the same, loaded straight from the tables or made of the whole version."""

from __future__ import annotations

from pathlib import Path

from archive.release import Kind
from archive.store.archive import Archive
from archive.store.index_documents import load_index_documents
from archive.store.sql import CHUNK
from archive.store.version_details import load_details


def test_entries_are_what_the_versions_say(sample_data: Path) -> None:
    with Archive(sample_data) as archive:
        works = archive.live_ids()
        versions = list(archive.releases(works))
        found = list(load_index_documents(archive, works))
        details = load_details(archive, versions)
        assert found == [
            version.index_document(details[version.work, 1].versions, details[version.work, 1].paths)
            for version in versions
        ]
        assert [entry.work for entry in found] == works
        kinds = {person.kind for version in versions for person in version.release.people}
    assert Kind.CONTACT in kinds
    assert any(len(spelt) > 1 for entry in found for _, spelt in entry.people)


def test_entries_come_in_the_order_asked_for_however_many(sample_data: Path) -> None:
    with Archive(sample_data) as archive:
        works = archive.live_ids()[::-1]
        many = works * (CHUNK // len(works) + 2)
        assert [entry.work for entry in load_index_documents(archive, [*many, "nosuchwork"])] == many
