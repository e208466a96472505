"""What leaves the archive in a format of its own, written from values: feeds, metadata, citations, lists, links."""

from web.formats import atom, browse_json, citations, link_format, metadata, sitemap
from web.formats.atom import Entry, Feed, Link, paging_links
from web.formats.link_format import TypedLink

__all__ = [
    "Entry",
    "Feed",
    "Link",
    "TypedLink",
    "atom",
    "browse_json",
    "citations",
    "link_format",
    "metadata",
    "paging_links",
    "sitemap",
]
