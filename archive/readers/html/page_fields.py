"""Page metadata: JSON-LD, meta elements, RDFa, microdata, headings, the title element."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from selectolax.lexbor import LexborNode

from archive.readers.html.html_text import extract_paragraphs
from archive.readers.html.json_ld import read_json_ld
from archive.readers.html.publishers import read_publishers
from archive.readers.html.selecting import select
from archive.readers.normalise import comparison_key, one_line, split_words
from archive.readers.records import make_stated
from archive.release import Stated
from archive.rules import rule

# schema.org/NewsArticle, ogp.me, Dublin Core (RFC 5013 and its `DC.` prefix in HTML), Google Scholar's
# `citation_*`. The order within a field is the order of trust.
_META = {
    "title": "og:title dc.title dcterms.title dc:title citation_title parsely-title twitter:title headline",
    "date": "article:published_time og:article:published_time datepublished dcterms.issued dc.date.issued "
    "dc.date dc:date dcterms.date dcterms.created dc.date.created citation_publication_date citation_date "
    "parsely-pub-date sailthru.date publish-date publish_date publishdate publication_date pubdate date "
    "datecreated",
    "place": "dc.coverage dc:coverage dcterms.coverage dcterms.spatial dc.coverage.spatial geo.placename dateline",
    "source": "og:site_name dc.publisher dc:publisher dcterms.publisher citation_publisher publisher agency "
    "article:publisher "
    "application-name",
    "byline": "dc.creator dc:creator dcterms.creator citation_author article:author parsely-author author byl",
    "url": "og:url",
    "language": "content-language dc.language dc:language dcterms.language og:locale",
    "number": "dc.identifier dcterms.identifier dc:identifier",
}
_FIELD = {name: (rank, field) for field, names in _META.items() for rank, name in enumerate(names.split())}
_STATING = "script[type*='ld+json' i], title, link[rel=canonical], h1, h2"  # none of them is two of these
_PROPERTIES = "meta[content], head [property][content], body [property][content]"
_DATES = "[itemprop=datePublished], [property='dc:date'], [property='schema:datePublished'], time"
_HEADINGS = frozenset(split_words("h1 h2"))
_ITEMS = frozenset(split_words("li dd dt"))
_MAX_DATES = 12
_MAX_HEADINGS = 4
_MIN_HEADLINE_CHARS = 15
_SITE_FOLLOWS = re.compile(r"\s{0,2}(?:[|–—»·•]|::|-\s)")
_SECTION = re.compile(
    r"(?:(?:latest|our|all|archived?)\s)?(?:(?:press|news|media)(?:\s?(?:releases?|room|cent(?:er|re)|archives?|articles?|items?"
    r"|&|and|events|statements|updates|advisor(?:y|ies)|details?))*|releases?|newsroom|home(?:page)?|articles?|blog|events?"
    r"|statements?|publications?|pressemitteilung(?:en)?|presse|aktuelles|communiqués?(?:\sde\spresse)?|actualités"
    r"|noticias|notas?\sde\sprensa|comunicados?(?:\sde\s(?:prensa|imprensa))?|notícias|sala\sde\sprensa"
    r"|comunicati?(?:\sstampa)?|notizie|nieuws|persberichten?)",
    re.IGNORECASE,
)


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
    values = [*read_json_ld(found["script"]), *_meta(root)]
    element = [make_stated("title", title.text_lexbor(), rule("title-element")) for title in found["title"][:1]]
    link = [make_stated("url", each.attributes.get("href") or "", rule("link-canonical")) for each in found["link"][:1]]
    headings = [_Heading(node, node.tag == "h1", _heading_text(node)) for node in found["heading"]]
    titles = [value.value for value in [*values, *element] if value.field == "title"]
    said = _put_confirmed_headings_first(values, _heading_titles(headings, titles))
    # "News Releases" over each page of a site is no title where another is stated.
    titles_said = [value for value in said if value.field == "title"]
    sections = titles_said if all(_SECTION.fullmatch(value.value) for value in titles_said) else []
    said = [value for value in said if value not in sections]
    values = _drop_misplaced([*said, *element, *sections, *link, *_language(root), *read_publishers(root)])
    values = [*_headings_before_site(headings, values, element), *values]
    return PageFields(values, _headlines(headings, values))


def _heading_text(node: LexborNode) -> str:
    """The text of a heading; where it has line breaks, raised numbers or quotations, as a paragraph has it."""
    if node.css_first("sup, q, br") is None:
        return node.text_lexbor()
    return "\n".join(paragraph.text for paragraph in extract_paragraphs(node))


def _headings_before_site(headings: list[_Heading], values: list[Stated], element: list[Stated]) -> list[Stated]:
    """The heading that the title element has with the name of the site behind it: `Quay Opens - Harbor Board`."""
    best = next((value for value in values if value.field == "title"), None)
    for heading in headings if best in element else ():
        text = one_line(heading.text)
        is_beginning = best and len(text) >= _MIN_HEADLINE_CHARS and best.value.startswith(text)
        if best and is_beginning and _SITE_FOLLOWS.match(best.value, len(text)):
            return [
                make_stated("title", text, rule("heading-on-page" if heading.node.tag == "h1" else "lower-heading"))
            ]
    return []


def _headlines(headings: list[_Heading], values: list[Stated]) -> list[LexborNode]:
    best = next((comparison_key(value.value) for value in values if value.field == "title"), "")
    return [heading.node for heading in headings if comparison_key(heading.text) == best] if best else []


def read_block_dates(block: LexborNode) -> list[Stated]:
    """The dates that the main block states by mark-up: `time` elements, RDFa and microdata."""
    found = [node for node in select(_DATES, block)[:_MAX_DATES] if node.tag != "time" or not _is_in_list(node, block)]
    return [_markup_date(node) for node in found[:3]]


def _is_in_list(node: LexborNode, block: LexborNode) -> bool:
    """Whether a `time` element is of a list's item: the list is of other releases."""
    each = node.parent
    while each is not None and each.mem_id != block.mem_id:
        if each.tag in _ITEMS and select("a", each):
            return True
        each = each.parent
    return False


def _markup_date(node: LexborNode) -> Stated:
    attributes = node.attributes
    name = attributes.get("itemprop") or attributes.get("property")
    value = attributes.get("content") or attributes.get("datetime") or node.text_lexbor()
    return make_stated("date", value, rule("property", name=name) if name else rule("time-element"))


def _meta(root: LexborNode) -> list[Stated]:
    ranked = []
    for node in {node.mem_id: node for node in select(_PROPERTIES, root)}.values():
        attributes = node.attributes
        for name in ("property", "name", "itemprop", "http-equiv"):
            called = attributes.get(name)
            if called and (known := _FIELD.get(called.lower())):
                rank, field = known
                kind = "meta" if node.tag == "meta" else "property"
                ranked.append((rank, make_stated(field, attributes.get("content") or "", rule(kind, name=called))))
                break
    ranked.sort(key=lambda pair: pair[0])
    return [value for _, value in ranked]


def _heading_titles(headings: Iterable[_Heading], titles: list[str]) -> list[Stated]:
    """The h1 headings, those first that a stated title repeats: others name the section of the site."""
    lines = [one_line(heading.text) for heading in headings if heading.is_first][:_MAX_HEADINGS]
    said = [comparison_key(title) for title in titles]
    ordered = sorted(lines, key=lambda text: not _begins(comparison_key(text), said))
    return [make_stated("title", text, rule("heading-on-page")) for text in ordered if comparison_key(text)]


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
    return [make_stated("language", language, rule("language-of-page"))]


def _drop_misplaced(values: list[Stated]) -> list[Stated]:
    """Leave out values that are of another field: an address where a name belongs, an id as a title."""
    numbers = {value.value for value in values if value.field == "number"}
    return [value for value in values if _fits(value) and not (value.field == "title" and value.value in numbers)]


def _fits(value: Stated) -> bool:
    is_address = value.value.startswith(("http://", "https://"))
    if value.field == "url":
        return is_address
    return not (is_address and value.field in {"source", "publisher", "byline", "number"})
