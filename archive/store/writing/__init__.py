"""Write transactions: parsed files to rows, moved and forgotten folders, withdrawn works, mixed works split."""

from archive.store.writing import added_folders
from archive.store.writing.added_folders import AddedFolder, ForgetReport, list_folders
from archive.store.writing.day_orders import resolve_like
from archive.store.writing.existing_rows import Work, stored_path
from archive.store.writing.links import releases_behind
from archive.store.writing.mixed_works import split_works
from archive.store.writing.purged_bytes import purged_numbers, withhold
from archive.store.writing.relocation import relocate
from archive.store.writing.reparsed_people import renew_names
from archive.store.writing.transaction import WriteStats, WriteTransaction
from archive.store.writing.writer import KnownFile, Writer

__all__ = [
    "AddedFolder",
    "ForgetReport",
    "KnownFile",
    "Work",
    "WriteStats",
    "WriteTransaction",
    "Writer",
    "added_folders",
    "list_folders",
    "purged_numbers",
    "releases_behind",
    "relocate",
    "renew_names",
    "resolve_like",
    "split_works",
    "stored_path",
    "withhold",
]
