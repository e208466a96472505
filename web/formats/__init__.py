"""What leaves the archive in a format of its own, written from values: Atom feeds."""

from web.formats import atom
from web.formats.atom import Entry, Feed, Link, paging_links

__all__ = ["Entry", "Feed", "Link", "atom", "paging_links"]
