"""Page metadata: JSON-LD, meta elements, RDFa, microdata, headings, the title element."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from selectolax.lexbor import LexborNode

from archive.readers.html.selecting import select
from archive.readers.normalise import comparison_key, one_line, split_words
from archive.readers.records import make_stated
from archive.release import Stated

# schema.org/NewsArticle, ogp.me, Dublin Core (RFC 5013 and its `DC.` prefix in HTML), Google Scholar's
# `citation_*`. The order within a field is the order of trust.
_META = {
    "title": "og:title dc.title dcterms.title dc:title citation_title parsely-title twitter:title headline",
    "date": "article:published_time og:article:published_time datepublished dcterms.issued dc.date.issued "
    "dc.date dc:date dcterms.date dcterms.created dc.date.created citation_publication_date citation_date "
    "parsely-pub-date sailthru.date publish-date publish_date publishdate publication_date pubdate date "
    "datecreated",
    "place": "dc.coverage dc:coverage dcterms.coverage dcterms.spatial dc.coverage.spatial geo.placename dateline",
    "source": "og:site_name dc.publisher dc:publisher dcterms.publisher publisher agency article:publisher "
    "application-name",
    "byline": "dc.creator dc:creator dcterms.creator citation_author article:author parsely-author author byl",
    "url": "og:url",
    "language": "content-language dc.language dc:language dcterms.language og:locale",
    "number": "dc.identifier dcterms.identifier dc:identifier",
}
_FIELD = {name: (rank, field) for field, names in _META.items() for rank, name in enumerate(names.split())}
_JSON_LD = (
    ("title", ("headline",)),
    ("date", ("datePublished", "dateCreated")),
    ("place", ("dateline", "contentLocation.name", "locationCreated.name")),
    ("source", ("publisher.name", "sourceOrganization.name", "publisher")),
    ("byline", ("author.name", "author", "creator.name")),
    ("url", ("url", "mainEntityOfPage.@id", "mainEntityOfPage")),
    ("language", ("inLanguage",)),
)
_STATING = "script[type='application/ld+json'], title, link[rel=canonical], h1, h2"  # none of them is two of these
_PROPERTIES = "meta[content], head [property][content], body [property][content]"
_DATES = "[itemprop=datePublished], [property='dc:date'], [property='schema:datePublished'], time"
_HEADINGS = frozenset(split_words("h1 h2"))
_MAX_HEADINGS = 4


class PageFields(NamedTuple):
    """Everything a page states, best first within a field, and its headings that say what the best title says.

    What its main block states comes apart.
    """

    values: list[Stated]
    headlines: list[LexborNode]


class _Heading(NamedTuple):
    node: LexborNode
    is_first: bool
    text: str


def read_page_fields(root: LexborNode) -> PageFields:
    """Read what the elements of a page state."""
    found: dict[str, list[LexborNode]] = defaultdict(list)
    for node in select(_STATING, root):
        found["heading" if (tag := node.tag or "") in _HEADINGS else tag].append(node)
    values = [*_json_ld(found["script"]), *_meta(root)]
    element = [make_stated("title", title.text_lexbor(), "title element") for title in found["title"][:1]]
    link = [make_stated("url", each.attributes.get("href") or "", "link canonical") for each in found["link"][:1]]
    headings = [_Heading(node, node.tag == "h1", node.text_lexbor()) for node in found["heading"]]
    titles = [value.value for value in [*values, *element] if value.field == "title"]
    said = _put_confirmed_headings_first(values, _heading_titles(headings, titles))
    values = _drop_misplaced([*said, *element, *link, *_language(root)])
    return PageFields(values, _headlines(headings, values))


def _headlines(headings: list[_Heading], values: list[Stated]) -> list[LexborNode]:
    best = next((comparison_key(value.value) for value in values if value.field == "title"), "")
    return [heading.node for heading in headings if comparison_key(heading.text) == best] if best else []


def read_block_dates(block: LexborNode) -> list[Stated]:
    """The dates that the main block states by mark-up: `time` elements, RDFa and microdata."""
    found = select(_DATES, block)
    return [_markup_date(node) for node in found[:3]]


def _markup_date(node: LexborNode) -> Stated:
    attributes = node.attributes
    name = attributes.get("itemprop") or attributes.get("property")
    value = attributes.get("content") or attributes.get("datetime") or node.text_lexbor()
    return make_stated("date", value, f"property {name}" if name else "time element")


def _meta(root: LexborNode) -> list[Stated]:
    ranked = []
    for node in {node.mem_id: node for node in select(_PROPERTIES, root)}.values():
        attributes = node.attributes
        for name in ("property", "name", "itemprop", "http-equiv"):
            called = attributes.get(name)
            if called and (known := _FIELD.get(called.lower())):
                rank, field = known
                kind = "meta" if node.tag == "meta" else "property"
                ranked.append((rank, make_stated(field, attributes.get("content") or "", f"{kind} {called}")))
                break
    ranked.sort(key=lambda pair: pair[0])
    return [value for _, value in ranked]


def _json_ld(scripts: Iterable[LexborNode]) -> Iterator[Stated]:
    for script in scripts:
        try:
            thing = json.loads(script.text_lexbor())
        except (ValueError, RecursionError):
            continue  # half of a page's scripts may be broken; the page is still a page
        for article in _articles(thing):
            yield from _article_fields(article)


def _articles(thing: object) -> Iterator[dict[str, object]]:
    """The things in a JSON-LD document that are published texts (schema.org Article and its kinds)."""
    todo = [thing]
    while todo:
        one = todo.pop(0)
        if isinstance(one, list):
            todo.extend(one)
        elif isinstance(one, dict):
            todo.append(one.get("@graph"))
            if "headline" in one or "datePublished" in one:
                yield one


def _article_fields(article: dict[str, object]) -> Iterator[Stated]:
    for field, paths in _JSON_LD:
        for path in paths:
            for value in _strings(article, path.split(".")):
                yield make_stated(field, value, f'JSON-LD "{path}"')


def _strings(thing: object, path: list[str]) -> Iterator[str]:
    if isinstance(thing, list):
        for one in thing[:20]:
            yield from _strings(one, path)
    elif path and isinstance(thing, dict):
        yield from _strings(thing.get(path[0]), path[1:])
    elif not path and isinstance(thing, str):
        yield thing


def _heading_titles(headings: Iterable[_Heading], titles: list[str]) -> list[Stated]:
    """The h1 headings, those first that a stated title repeats: others name the section of the site."""
    lines = [one_line(heading.text) for heading in headings if heading.is_first][:_MAX_HEADINGS]
    said = [comparison_key(title) for title in titles]
    ordered = sorted(lines, key=lambda text: not _begins(comparison_key(text), said))
    return [make_stated("title", text, "h1") for text in ordered if comparison_key(text)]


def _begins(heading: str, titles: list[str]) -> bool:
    return any(title.startswith(heading) for title in titles)


def _put_confirmed_headings_first(values: list[Stated], headings: list[Stated]) -> list[Stated]:
    """A heading that a meta element confirms is the best title; one that nothing confirms comes after it."""
    said = {comparison_key(value.value) for value in values if value.field == "title"}
    confirmed = [heading for heading in headings if comparison_key(heading.value) in said]
    return [*confirmed, *values, *(heading for heading in headings if heading not in confirmed)]


def _language(root: LexborNode) -> list[Stated]:
    attributes = root.attributes
    language = attributes.get("lang") or attributes.get("xml:lang") or ""
    return [make_stated("language", language, "html lang")]


def _drop_misplaced(values: list[Stated]) -> list[Stated]:
    """Leave out values that are of another field: an address where a name belongs, an id as a title."""
    numbers = {value.value for value in values if value.field == "number"}
    return [value for value in values if _fits(value) and not (value.field == "title" and value.value in numbers)]


def _fits(value: Stated) -> bool:
    is_address = value.value.startswith(("http://", "https://"))
    if value.field == "url":
        return is_address
    return not (is_address and value.field in {"source", "byline", "number"})
