"""Lists and counts of releases: edits, withdrawals, embargoes; by id; of sources by month; of a person; where seen."""

from archive.store.listings import changes
from archive.store.listings.changes import Change, ChangeKind
from archive.store.listings.coverage import Coverage, load_coverage
from archive.store.listings.embargoes import Embargo, load_added_times, load_embargoes
from archive.store.listings.live_addresses import LiveAddress, list_live_addresses
from archive.store.listings.person_profile import (
    NamedWith,
    Office,
    PersonProfile,
    list_works_by_kind,
    load_person_profile,
)
from archive.store.listings.sightings import Sighting, load_sightings

__all__ = [
    "Change",
    "ChangeKind",
    "Coverage",
    "Embargo",
    "LiveAddress",
    "NamedWith",
    "Office",
    "PersonProfile",
    "Sighting",
    "changes",
    "list_live_addresses",
    "list_works_by_kind",
    "load_added_times",
    "load_coverage",
    "load_embargoes",
    "load_person_profile",
    "load_sightings",
]
