"""Lists of releases by what happened to them, or is still to happen: edits, withdrawals, embargoes."""

from archive.store.listings import changes
from archive.store.listings.changes import Change, ChangeKind
from archive.store.listings.embargoes import Embargo, load_added_times, load_embargoes

__all__ = ["Change", "ChangeKind", "Embargo", "changes", "load_added_times", "load_embargoes"]
