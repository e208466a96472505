"""What leaves the archive in a format of its own, written from values: Atom feeds, metadata for programs."""

from web.formats import atom, metadata
from web.formats.atom import Entry, Feed, Link, paging_links

__all__ = ["Entry", "Feed", "Link", "atom", "metadata", "paging_links"]
