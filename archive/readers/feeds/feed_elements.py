"""Lists the elements of a feed item by qualified name, whatever their prefix, and their content."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from lxml import etree

from archive.readers.html import strip_cdata_markers

Elements = list[tuple[str, etree._Element]]
"""Elements by their names, in their order."""

# Extensions whose elements are called like those of RSS and Atom and mean something else, by a part of the name of
# their name space: Media RSS (rssboard.org/media-rss), podcasts, the excerpts in an export of WordPress.
_EXTENSIONS = {
    "search.yahoo.com/mrss": "media",
    "rssboard.org/media-rss": "media",
    "itunes.com/dtds/podcast": "itunes",
    "google.com/schemas/play-podcasts": "googleplay",
    "/excerpt/": "excerpt",
}
_MEDIA = "media:"
_PREFIXES = frozenset(_EXTENSIONS.values())


def list_elements(item: etree._Element) -> Elements:
    """The elements of an item by their names; those of Media RSS and the forms of one content wherever they stand."""
    return [pair for child in item for pair in _name_elements(child)]


def inner_markup(element: etree._Element) -> str:
    """What an element holds, as text or, where it holds elements (Atom's xhtml), as their mark-up."""
    text = element.text or ""
    if len(element):
        text += "".join(etree.tostring(child, encoding="unicode") for child in element)
    return strip_cdata_markers(text)


def _name_elements(element: etree._Element) -> Iterator[tuple[str, etree._Element]]:
    name = _name(element)
    if name == "content" and _is_several(element):
        yield from ((name, each) for each in element.iter() if _name(each) == name and not _is_several(each))
    elif name.startswith(_MEDIA):
        yield from ((inner_name, each) for each in element.iter() if (inner_name := _name(each)).startswith(_MEDIA))
    else:
        yield name, element


def _is_several(content: etree._Element) -> bool:
    """Whether a content is one text in several forms, as Atom 0.3 has it."""
    return (content.get("type") or "").startswith("multipart/")


def _name(element: etree._Element) -> str:
    return _qualified_name(element.tag) if isinstance(element.tag, str) else ""  # else it is a comment


@lru_cache(maxsize=1024)
def _qualified_name(tag: str) -> str:
    """A name in lower case, with the prefix that is usual for its extension; of all others without one."""
    space, _, name = tag.lower().rpartition("}")
    prefix, _, name = name.rpartition(":")  # there is one where no name space is declared for it
    usual = next((usual for part, usual in _EXTENSIONS.items() if part in space), prefix)
    return f"{usual}:{name}" if usual in _PREFIXES else name
