"""Atom feeds: values, and the XML of RFC 4287, paged as RFC 5005 (section 3) has it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from lxml import etree

NAMESPACE = "http://www.w3.org/2005/Atom"
MEDIA_TYPE = "application/atom+xml"

NEVER = "1970-01-01T00:00:00Z"
"""When a feed without an entry was last changed: it has to say."""

_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# What XML 1.0 (section 2.2) has no place for, not even as a reference.
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Link:
    """A link with its relation: `self`, `alternate`, or `first`, `previous`, `next`, `last` of a paged feed."""

    rel: str
    href: str
    type: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a feed; moments are UTC in ISO 8601, `authors` names of people or offices.

    `id` is a URI that stays when the host becomes another. `summary` and `content` are HTML, in which the words of a
    release were escaped; "" for none, as everywhere.
    """

    id: str
    title: str
    updated: str
    url: str
    published: str = ""
    authors: tuple[str, ...] = ()
    summary: str = ""
    content: str = ""
    categories: tuple[str, ...] = ()
    language: str = ""


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed, or one page of it. `author` is who is behind the entries that name nobody."""

    id: str
    title: str
    updated: str
    links: tuple[Link, ...]
    entries: tuple[Entry, ...]
    subtitle: str = ""
    author: str = "Dateline"


def paging_links(url_of: Callable[[int], str], page: int, pages: int) -> tuple[Link, ...]:
    """The links of a page of a paged feed, to itself and to the others; pages are counted from 1."""
    numbers = {"self": page, "first": 1, "previous": page - 1, "next": page + 1, "last": pages}
    return tuple(
        Link(rel, url_of(number), MEDIA_TYPE)
        for rel, number in numbers.items()
        if rel == "self" or 1 <= number <= pages
    )


def write_feed(feed: Feed) -> bytes:
    """A feed as UTF-8; characters that XML cannot hold are dropped."""
    root = etree.Element(f"{{{NAMESPACE}}}feed", nsmap={None: NAMESPACE})
    _add(root, "id", feed.id)
    _add(root, "title", feed.title)
    _add_if(root, "subtitle", feed.subtitle)
    _add(root, "updated", feed.updated)
    _add_author(root, feed.author)
    for link in feed.links:
        _add_link(root, link)
    for entry in feed.entries:
        _add_entry(root, entry)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True))


def _add_entry(root: etree._Element, entry: Entry) -> None:
    element = etree.SubElement(root, f"{{{NAMESPACE}}}entry")
    if entry.language:
        element.set(_XML_LANG, _clean(entry.language))
    _add(element, "id", entry.id)
    _add(element, "title", entry.title)
    _add(element, "updated", entry.updated)
    _add_if(element, "published", entry.published)
    for name in entry.authors:
        _add_author(element, name)
    for category in entry.categories:
        _add(element, "category", "", term=category)
    _add_link(element, Link("alternate", entry.url, "text/html"))
    _add_if(element, "summary", entry.summary, type="html")
    _add_if(element, "content", entry.content, type="html")


def _add_author(parent: etree._Element, name: str) -> None:
    _add(_add(parent, "author", ""), "name", name)


def _add_link(parent: etree._Element, link: Link) -> None:
    attributes = {"rel": link.rel, "href": link.href, "type": link.type}
    _add(parent, "link", "", **{name: value for name, value in attributes.items() if value})


def _add_if(parent: etree._Element, name: str, text: str, **attributes: str) -> None:
    """Add an element unless it would be empty."""
    if text:
        _add(parent, name, text, **attributes)


def _add(parent: etree._Element, name: str, text: str, **attributes: str) -> etree._Element:
    element = etree.SubElement(parent, f"{{{NAMESPACE}}}{name}")
    element.text = _clean(text) or None
    for key, value in attributes.items():
        element.set(key, _clean(value))
    return element


def _clean(text: str) -> str:
    return _NOT_IN_XML.sub("", text)
