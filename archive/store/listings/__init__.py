"""Lists of releases by what happened to them."""

from archive.store.listings.embargoes import Embargo, load_added_times, load_embargoes

__all__ = ["Embargo", "load_added_times", "load_embargoes"]
