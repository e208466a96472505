"""Lists of releases: by what happened to them, or is still to happen (edits, withdrawals, embargoes), and by id."""

from archive.store.listings import changes
from archive.store.listings.changes import Change, ChangeKind
from archive.store.listings.embargoes import Embargo, load_added_times, load_embargoes
from archive.store.listings.live_addresses import LiveAddress, list_live_addresses

__all__ = [
    "Change",
    "ChangeKind",
    "Embargo",
    "LiveAddress",
    "changes",
    "list_live_addresses",
    "load_added_times",
    "load_embargoes",
]
