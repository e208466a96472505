"""The record verified, repaired, backed up, and releases purged from it."""

from archive.store.integrity import backup, repair, verify
from archive.store.integrity.backup import Manifest
from archive.store.integrity.purge import (
    Purged,
    Version,
    find_release_to_purge,
    forget_people,
    only_named_in,
    overwrite_free_pages,
    purge_release,
)
from archive.store.integrity.verify import inspect

__all__ = [
    "Manifest",
    "Purged",
    "Version",
    "backup",
    "find_release_to_purge",
    "forget_people",
    "inspect",
    "only_named_in",
    "overwrite_free_pages",
    "purge_release",
    "repair",
    "verify",
]
