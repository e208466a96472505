"""Reads feeds: RSS 2.0 and 0.9x (rssboard.org), RSS 1.0 (RDF) and Atom (RFC 4287); each item is a record."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from archive.line_breaks import close_cut_words
from archive.readers.encoding import decode, find_declared_encoding
from archive.readers.feeds.feed_elements import Elements, inner_markup, list_elements
from archive.readers.feeds.feed_texts import choose_texts
from archive.readers.html import fragment_text, strip_cdata_markers
from archive.readers.markup import Slice, element_slices, local_name, parse_xml
from archive.readers.record_context import format_context, stated_from_lists, stated_to_lists
from archive.readers.records import make_fallback_key, make_record, make_stated
from archive.release import Record, Skipped, Stated
from archive.rules import rule

_ROOT = re.compile(rb"<(?:[\w.-]+:)?(?:rss|feed|rdf)\b[^<>]*>", re.IGNORECASE)
_END_TAG = re.compile(rb"</(?:[\w.-]+:)?(?:item|entry)\s*>\s*\Z", re.IGNORECASE)
_HEAD = 65_536  # far more than any feed says of itself
_TITLES = ("title", "itunes:title", "media:title")
_AUTHORS = ("creator", "author", "itunes:author", "googleplay:author")
_DATES = ("pubdate", "published", "issued", "date", "created", "updated", "modified")
_IDS = ("guid", "id")
_MAIL_NAME = re.compile(r"[^()\s]+@[^()\s]+\s*\((.+)\)")


@dataclass(frozen=True, slots=True)
class _Feed:
    """What all items share: the feed's root tag (for its namespaces), encoding and fields."""

    root: bytes
    media_type: str
    encoding: str
    notes: tuple[str, ...]
    fields: tuple[Stated, ...]

    @property
    def context(self) -> str:
        """The context that reparsing an item needs."""
        root = self.root.decode("utf-8", "replace")
        return format_context("feed", root, self.media_type, self.encoding, stated_to_lists(self.fields))


def read(content: bytes) -> Iterator[Record | Skipped]:
    """Read each item of a feed on its own, so that a malformed one is repaired or skipped alone."""
    decoded = decode(content, find_declared_encoding(content), repaired=False)
    if decoded.encoding.startswith(("utf-16", "utf-32")):
        content = decoded.text.encode()  # item tags are looked for as bytes; the slices are then UTF-8
    root = _ROOT.search(content)
    items = element_slices(content, "item", "entry")
    first = next(items, None)
    if root is None or first is None:
        yield Skipped("feed without items" if root else "not a feed")
        return
    head = content[: content.find(first.original)]
    feed = _Feed(root[0], _media_type(root[0]), decoded.encoding, decoded.notes, _feed_fields(root[0], head))
    for number, item in enumerate((first, *items), 1):
        yield _read_item(item, feed, f"item {number}")


def reparse(content: bytes, root: str, media_type: str, encoding: str, fields: list[list[str]]) -> Record | Skipped:
    """Reparse one item."""
    feed = _Feed(root.encode(), media_type, encoding, (), stated_from_lists(fields))
    return _read_item(Slice(content, not _END_TAG.search(content)), feed, "")


def _read_item(item: Slice, feed: _Feed, where: str) -> Record | Skipped:
    encoding = "utf-8" if feed.encoding.startswith(("utf-16", "utf-32")) else feed.encoding
    element, complaint = _parse_within(feed.root, decode(item.original, encoding).text, item.is_cut)
    if element is None:
        return Skipped(f"malformed item: {complaint}", where)
    notes = (f"malformed item repaired: {complaint}",) if complaint else ()
    elements = list_elements(element)
    text, captions = choose_texts(elements)
    values = [*_fields(elements), *(make_stated("caption", each, rule("item-caption")) for each in captions)]
    values += feed.fields
    return make_record(
        text,
        item.original,
        feed.media_type,
        key=_key(elements) or make_fallback_key(values),
        values=values,
        encoding=encoding,
        notes=(*feed.notes, *notes),
        where=where,
        context=feed.context,
    )


def _parse_within(root: bytes, item: str, is_cut: bool) -> tuple[etree._Element | None, str]:
    """Parse an item inside the feed's own root tag, which declares the prefixes that it uses."""
    opening = root.decode("utf-8", "replace").rstrip("/>")
    name = opening.lstrip("<").split()[0]
    document, complaint = parse_xml(f"{opening}>{item}" + ("" if is_cut else f"</{name}>"))
    element = document[0] if document is not None and len(document) else None
    return element, ("the feed breaks off in the middle of it" if is_cut else complaint)


def _fields(elements: Elements) -> Iterator[Stated]:
    yield from _titles(elements)
    for name, child in elements:
        if name in _AUTHORS:
            yield make_stated("byline", _person(child), rule("item", name=_label(child)))
        elif name == "source":
            yield make_stated("source", _source(child), rule("item", name="source"))
        elif name == "link" and child.get("rel", "alternate") == "alternate":
            yield make_stated("url", child.get("href") or inner_markup(child), rule("item", name="link"))
        elif name == "publisher":
            yield make_stated("source", inner_markup(child), rule("item", name=_label(child)))
        elif name == "language":
            yield make_stated("language", inner_markup(child), rule("item", name=_label(child)))
        elif name in {"coverage", "featurename"}:
            yield make_stated("place", inner_markup(child), rule("item", name=_label(child)))
    for _, child in _rank_elements(elements, _DATES):
        yield make_stated("date", inner_markup(child), rule("item", name=_label(child)))


def _titles(elements: Elements) -> list[Stated]:
    """The titles of an item; that of a picture or a sound of it only where it has no other."""
    for wanted in _TITLES:
        found = [each for name, each in elements if name == wanted]
        titles = [
            make_stated("title", fragment_text(close_cut_words(inner_markup(each))), rule("item", name=_label(each)))
            for each in found
        ]
        if any(title.value for title in titles):
            return titles
    return []


def _rank_elements(elements: Elements, names: tuple[str, ...]) -> Elements:
    """The elements of these names, in the order of the names."""
    found = [each for each in elements if each[0] in names]
    return sorted(found, key=lambda each: names.index(each[0]))


def _key(elements: Elements) -> str:
    for _, child in _rank_elements(elements, (*_IDS, "link")):
        if value := (inner_markup(child) or child.get("href") or "").strip():
            return value
    return ""


def _feed_fields(root: bytes, head: bytes) -> tuple[Stated, ...]:
    """The title and language a feed has above its first item, but not those of its logo (`image`)."""
    text = decode(head[:_HEAD]).text
    text = re.sub(r"(?is)<(image|textinput)\b.*?(</\1\s*>|$)", "", text)
    found = re.search(r"(?is)<title\b[^>]*>(.*?)</title\s*>", text)
    language = re.search(r"(?is)<(?:dc:)?language\b[^>]*>([^<]*)<|xml:lang=[\"']([\w-]+)", text)
    title = strip_cdata_markers(fragment_text(found[1])) if found else ""
    return (
        make_stated("source", title, rule("feed-title")),
        make_stated("language", (language[1] or language[2] or "") if language else "", rule("feed-language")),
    )


def _person(element: etree._Element) -> str:
    """Atom's author has a name inside; RSS writes `press@example.gov (Name)`, or only the name."""
    for child in element:
        if local_name(child) == "name":
            return child.text or ""
    value = strip_cdata_markers(element.text or "").strip()
    named = _MAIL_NAME.fullmatch(value)
    return named[1] if named else value


def _source(element: etree._Element) -> str:
    titles = [child.text or "" for child in element if local_name(child) == "title"]
    return titles[0] if titles else strip_cdata_markers(element.text or "")


def _label(element: etree._Element) -> str:
    name = str(element.tag).rpartition("}")[2]  # with its prefix already, where nothing declares that
    return f"{element.prefix}:{name}" if element.prefix else name


def _media_type(root: bytes) -> str:
    return "application/atom+xml" if b"feed" in root[:12].lower() else "application/rss+xml"
