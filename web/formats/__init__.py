"""What leaves the archive in a format of its own, written from values: Atom feeds, metadata, citations."""

from web.formats import atom, citations, metadata
from web.formats.atom import Entry, Feed, Link, paging_links

__all__ = ["Entry", "Feed", "Link", "atom", "citations", "metadata", "paging_links"]
