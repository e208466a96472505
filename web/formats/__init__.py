"""What leaves the archive in a format of its own, written from values: feeds, metadata, citations, lists."""

from web.formats import atom, browse_json, citations, metadata, sitemap
from web.formats.atom import Entry, Feed, Link, paging_links

__all__ = ["Entry", "Feed", "Link", "atom", "browse_json", "citations", "metadata", "paging_links", "sitemap"]
