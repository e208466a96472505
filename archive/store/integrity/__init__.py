"""Verify, repair and back up an archive, restore it, and purge releases from it."""

from archive.store.integrity import backup, repair, verify
from archive.store.integrity.backup import BackupManifest
from archive.store.integrity.purge import (
    PurgeReport,
    VersionToPurge,
    find_release_to_purge,
    forget_people,
    overwrite_free_pages,
    people_only_in,
    purge_release,
    values_only_in,
)
from archive.store.integrity.verify import inspect

__all__ = [
    "BackupManifest",
    "PurgeReport",
    "VersionToPurge",
    "backup",
    "find_release_to_purge",
    "forget_people",
    "inspect",
    "overwrite_free_pages",
    "people_only_in",
    "purge_release",
    "repair",
    "values_only_in",
    "verify",
]
