"""Main-text extraction: removes the chrome of a page, extracts its captions, and finds its main block."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

from selectolax.lexbor import LexborNode

from archive.readers.html.captions import enclosing_article, extract_captions
from archive.readers.html.html_text import BLANKS, count_nonblank
from archive.readers.html.selecting import select
from archive.readers.html.side_sections import count_prose, count_unlinked, drop_side_sections
from archive.readers.normalise import split_words

_INVISIBLE_TAGS = frozenset(
    split_words("script style template noscript iframe object svg button input select textarea")
)
_CHROME_TAGS = frozenset(split_words("nav aside footer dialog"))
_CHROME_ROLES = frozenset(split_words("navigation search banner contentinfo complementary menu menubar dialog"))
_HIDDEN_STYLES = ("display:none", "display: none")
# Words of a class or id, so `share` is found in "doj-sharing-toggle share" and not in "shareholders".
_CHROME_WORDS = frozenset(
    split_words("""
        ad ads advert advertisement breadcrumb breadcrumbs comments consent cookie cookies crumbs
        disqus footer gdpr masthead menu modal nav navbar navigation newsletter pager pagination
        popup promo recent related share sharing sharer sidebar signup sitemap skip skiplink social
        subscribe subscription tags toolbar topnav widget
    """)
)
_HIDDEN_CLASSES = frozenset(
    split_words("""
        hidden invisible d-none sr-only visually-hidden visuallyhidden element-invisible
        element-hidden screen-reader-text noprint no-print
    """)
)
_WORD = re.compile(r"[a-z]+")
_TAGS_TO_DROP = _INVISIBLE_TAGS | _CHROME_TAGS | {"header"}
_ARTICLES = frozenset(split_words("main article"))
_WHOLE = frozenset(split_words("html body main article"))
_BOXES = frozenset(split_words("div section table tbody tr td form center font span"))
_CAPTIONS = frozenset(split_words("caption captions"))
_GALLERIES = frozenset(split_words("gallery carousel slideshow"))
_MAIN = "[role=main], main, article, [role=article], [itemprop=articleBody]"
_MAX_CANDIDATES = 3000  # of a page; the rest are not examined
_MAX_KEPT_CHROME = 100  # blocks called chrome that hold the text: examining each takes its whole length
_MIN_SHARE_OF_MAIN = 0.25  # of the prose of all that is left of a page
_MIN_SHARE_OF_ARTICLE = 0.6  # of the prose: an article with less is one of several teasers
_MIN_SHARE_TO_DESCEND = 0.85
_MIN_MENU_LINKS = 4  # links, or more
_MIN_LINK_SHARE = 0.8  # of the text of a menu
_MIN_TEXT_BESIDE_GALLERY = 200  # a page with less beside what it calls a gallery has its text in there


class _BlockKind(Enum):
    """What an element is by its class and id."""

    CHROME = 1
    CAPTION = 2
    GALLERY = 3


def find_main_block(body: LexborNode, headlines: list[LexborNode]) -> tuple[LexborNode, list[str]]:
    """Remove chrome from a page; returns the element that holds its text, and the captions beside it.

    `headlines` are the headings known to be the headline: what holds one is kept.
    """
    _drop_chrome_by_tag(body, headlines)
    marked = select(_MAIN, body)
    whole = count_prose(body)
    pictures = _drop_chrome_by_name(body, whole, _with_ancestors([*headlines, *filter(_is_article, marked)]))
    captions = extract_captions(body, pictures[_BlockKind.CAPTION], pictures[_BlockKind.GALLERY])
    found = _choose_marked_block([node for node in marked if node.parent is not None], whole, body)
    if found is None:
        _drop_menus(body)
        found = _descend(body, _with_ancestors(headlines))
    drop_side_sections(found)
    return found, [each.text for each in captions if each.is_beside(found)]


def _with_ancestors(nodes: Iterable[LexborNode]) -> set[int]:
    """The `mem_id` of nodes and of all elements around them: of what holds one."""
    around: set[int] = set()
    for node in nodes:
        each: LexborNode | None = node
        while each is not None and each.mem_id not in around:
            around.add(each.mem_id)
            each = each.parent
    return around


def _drop_chrome_by_tag(body: LexborNode, headlines: Iterable[LexborNode]) -> None:
    """Remove invisible elements and chrome, by tag and attributes."""
    to_drop = [(node, tag) for node in body.traverse() if (tag := node.tag) in _TAGS_TO_DROP]
    for node, tag in to_drop:
        if tag in _INVISIBLE_TAGS:
            node.decompose()
    kept = _with_ancestors(headlines)
    for node, tag in to_drop:
        if node.mem_id not in kept and (tag in _CHROME_TAGS or (tag == "header" and not enclosing_article(node))):
            node.decompose()
    for node in select("[hidden], [role], [style]", body):
        if node.mem_id not in kept and node.tag not in _WHOLE and _is_chrome_by_attributes(node.attributes):
            node.decompose()


def _is_chrome_by_attributes(attributes: dict[str, str | None]) -> bool:
    style = attributes.get("style") or ""
    return "hidden" in attributes or attributes.get("role") in _CHROME_ROLES or any(s in style for s in _HIDDEN_STYLES)


def _drop_chrome_by_name(body: LexborNode, whole: int, kept: set[int]) -> dict[_BlockKind, list[LexborNode]]:
    """Remove what its class or id calls chrome, and give the blocks that are called captions and galleries.

    Layouts say `has-sidebar` of the block that is not the sidebar: what is to be `kept` stays, and what holds the text.
    """
    texts = 0
    pictures: dict[_BlockKind, list[LexborNode]] = {_BlockKind.CAPTION: [], _BlockKind.GALLERY: []}
    for node in select("[class], [id]", body)[:_MAX_CANDIDATES]:
        attributes = node.attributes
        kind = _kind_by_name(attributes.get("class") or "", attributes.get("id") or "")
        if not kind or node.parent is None or node.tag in _WHOLE:
            continue
        if node.mem_id in kept or _has_more_prose(
            node, whole - _MIN_TEXT_BESIDE_GALLERY if kind is _BlockKind.GALLERY else whole / 2
        ):
            if (texts := texts + 1) > _MAX_KEPT_CHROME:
                break
        elif kind is _BlockKind.CHROME:
            node.decompose()
        else:
            pictures[kind].append(node)
    return pictures


@lru_cache(maxsize=8192)  # the pages of a site call their blocks the same
def _kind_by_name(class_: str, id_: str) -> _BlockKind | None:
    said = f"{class_} {id_}".lower()
    said_words = _WORD.findall(said)
    if not (_CHROME_WORDS.isdisjoint(said_words) and _HIDDEN_CLASSES.isdisjoint(said.split())):
        return _BlockKind.CHROME
    if not _CAPTIONS.isdisjoint(said_words):
        return _BlockKind.CAPTION
    return None if _GALLERIES.isdisjoint(said_words) else _BlockKind.GALLERY


def _has_more_prose(node: LexborNode, limit: float) -> bool:
    """Whether a tree has more prose than that."""
    text = node.text_lexbor()
    return len(text) > limit and count_unlinked(node, text) > limit


def _is_article(node: LexborNode) -> bool:
    """Whether a marked element is kept whatever it is called; a `role=article` by itself may be a teaser's."""
    attributes = node.attributes
    return node.tag in _ARTICLES or attributes.get("role") == "main" or attributes.get("itemprop") == "articleBody"


def _choose_marked_block(marked: list[LexborNode], at_most: int, body: LexborNode) -> LexborNode | None:
    """The innermost marked element that still has most of what the widest of them has; the body has no more prose."""
    sizes = [(count_prose(node), node) for node in {node.mem_id: node for node in marked[:20]}.values()]
    most = max((size for size, _ in sizes), default=0)
    if not most or (most < _MIN_SHARE_OF_MAIN * at_most and most < _MIN_SHARE_OF_MAIN * count_prose(body)):
        return None  # an empty <main> that a script was to fill
    good = [(size, node) for size, node in sizes if size >= _MIN_SHARE_OF_ARTICLE * most]
    articles = [node for _, node in good if node.attributes.get("itemprop") != "articleBody"]
    return (articles or [node for _, node in good])[-1]


def _descend(node: LexborNode, headline: set[int]) -> LexborNode:
    """Go down from a node as long as one child has nearly all of its prose, and the headline."""
    box = _Box(node, text := node.text_lexbor(), count_unlinked(node, text))
    for _ in range(100):
        big = list(_dominant_children(box))
        if len(big) != 1 or (box.node.mem_id in headline and big[0].node.mem_id not in headline):
            break
        box = big[0]
    return box.node


class _Box(NamedTuple):
    """An element, its text, and how much of that is prose."""

    node: LexborNode
    text: str
    prose: int


def _dominant_children(box: _Box) -> Iterator[_Box]:
    """The children of an element that have nearly all of its prose."""
    least, words_of_it = _MIN_SHARE_TO_DESCEND * box.prose, box.text.strip(BLANKS)
    for child in box.node.iter():
        text = child.text_lexbor() if child.tag in _BOXES else ""
        if len(text) < least:
            continue
        size = box.prose if text.strip(BLANKS) == words_of_it else count_unlinked(child, text)
        if size >= least:
            yield _Box(child, text, size)


def _drop_menus(body: LexborNode) -> None:
    """Remove blocks that are nearly all links: pages of the 1990s name their menus nothing at all."""
    blocks = _blocks_with_links(body)
    most = max((linked for _, linked in blocks), default=0)
    whole: int | None = None
    too_large: set[int] = set()  # what is around an element with too much text for any of them
    for block, linked in blocks:
        parent = block.parent
        if parent is None:
            continue
        if block.mem_id in too_large or (size := count_nonblank(block.text_lexbor())) * _MIN_LINK_SHARE > most:
            too_large.add(parent.mem_id)
        elif linked >= _MIN_LINK_SHARE * size:
            whole = count_prose(body) if whole is None else whole
            if size - linked < 0.3 * whole:
                block.decompose()
                too_large.clear()


def _blocks_with_links(body: LexborNode) -> list[tuple[LexborNode, int]]:
    """The elements that are near around so many links as a menu has, the inner first, and how much is said in those."""
    links = select("a", body)[:_MAX_CANDIDATES]
    if len(links) < _MIN_MENU_LINKS:
        return []
    linked: dict[int, list[int]] = defaultdict(list)
    around = _AncestorCache()
    for link in links:
        length, key = count_nonblank(link.text_lexbor()), around.add(link.parent)
        for _ in range(6):
            if not key:
                break
            linked[key].append(length)
            key = around.parent_key(key)
    blocks = around.blocks
    return [
        (blocks[key], sum(each))
        for key, each in linked.items()
        if len(each) >= _MIN_MENU_LINKS and blocks[key].tag != "p"
    ]


class _AncestorCache:
    """The elements around others, by their `mem_id`, each asked once: the links of a menu are in the same ones."""

    def __init__(self) -> None:
        self.blocks: dict[int, LexborNode] = {}
        self._above: dict[int, int] = {}

    def add(self, node: LexborNode | None) -> int:
        """The key of an element; 0 for none, and for what is around the whole text."""
        if node is None or node.tag in _WHOLE:
            return 0
        key = node.mem_id
        self.blocks.setdefault(key, node)
        return key

    def parent_key(self, key: int) -> int:
        """The key of the element around another."""
        if key not in self._above:
            self._above[key] = self.add(self.blocks[key].parent)
        return self._above[key]
