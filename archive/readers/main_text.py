"""Which part of a page is its text: what stands around it is removed, its captions taken out, the main block found."""

from __future__ import annotations

import re
from enum import Enum
from functools import lru_cache

from selectolax.lexbor import LexborNode

from archive.readers.captions import article_of, take_captions
from archive.readers.flow import solid
from archive.readers.normal import words

_AROUND = (
    "nav, aside, footer, dialog, [hidden], [role=navigation], [role=search], [role=banner], "
    "[role=contentinfo], [role=complementary], [role=menu], [role=menubar], [role=dialog], "
    "[style*='display:none'], [style*='display: none']"
)
_UNSPOKEN = "script, style, template, noscript, iframe, object, svg, button, input, select, textarea"
# Words of a class or id, so `share` is found in "doj-sharing-toggle share" and not in "shareholders".
_WORDS = frozenset(
    words("""
        ad ads advert advertisement breadcrumb breadcrumbs comments consent cookie cookies crumbs
        disqus footer gdpr masthead menu modal nav navbar navigation newsletter pager pagination
        popup promo recent related share sharing sharer sidebar signup sitemap skip skiplink social
        subscribe subscription tags toolbar topnav widget
    """)
)
_HIDING = frozenset(
    words("""
        hidden invisible d-none sr-only visually-hidden visuallyhidden element-invisible
        element-hidden screen-reader-text noprint no-print
    """)
)
_WORD = re.compile(r"[a-z]+")
_WHOLE = frozenset(words("html body main article"))
_BOXES = frozenset(words("div section table tbody tr td form center font span"))
_CAPTIONS = frozenset(words("caption captions"))
_GALLERIES = frozenset(words("gallery carousel slideshow"))
_MAIN = "[role=main], main, article, [role=article], [itemprop=articleBody]"
_SIDE_HEADING = re.compile(
    r"(recent|latest|related|more|other|popular|top)\s+(news|stories|releases|press releases|articles|posts|"
    r"content|links|headlines|topics)|share( this.*)?|follow us.*|stay connected.*|connect with us.*|tags?",
    re.IGNORECASE,
)
_MOST_CANDIDATES = 3000  # a page with more marked elements than this is not worth more time
_MOST_KEPT = 100  # blocks that are called chrome and hold the text: to look into each takes its whole length
_ENOUGH = 0.6  # of the prose: an article with less is one of several teasers
_NEARLY_ALL = 0.85
_SOME_TEXT = 200  # a page with less beside what it calls a gallery has its text in there


class _Kind(Enum):
    """What an element is by its class and id."""

    CHROME = 1
    CAPTION = 2
    GALLERY = 3


def main_block(body: LexborNode, is_headline: set[int]) -> tuple[LexborNode, list[str]]:
    """Remove from a page what is not its text; give the element that holds the text, and the captions beside it.

    `is_headline` has the `mem_id` of the headings known to be the headline: what holds one is kept.
    """
    for node in body.css(_UNSPOKEN):
        node.decompose()
    pictures = _drop_around(body, is_headline)
    captions = take_captions(body, pictures[_Kind.CAPTION], pictures[_Kind.GALLERY])
    marked = [node for node in body.css(_MAIN) if node.parent is not None]
    whole = prose(body)
    found = _main_of(marked, whole) or _descend(_without_menus(body, whole), is_headline)
    _drop_side_sections(found)
    return found, [each.text for each in captions if each.is_beside(found)]


def prose(node: LexborNode) -> int:
    """How many characters of a tree are text and not links: links are what chrome is made of."""
    return solid(node.text_lexbor()) - sum(solid(link.text_lexbor()) for link in node.css("a"))


def _drop_around(body: LexborNode, is_headline: set[int]) -> dict[_Kind, list[LexborNode]]:
    """Remove the chrome of a page, and give the blocks that are called captions and galleries."""
    for node in body.css(_AROUND):
        if node.tag not in _WHOLE and not _holds(node, is_headline):
            node.decompose()
    for header in body.css("header"):
        if not _holds(header, is_headline) and not article_of(header):
            header.decompose()
    whole, kept = prose(body), 0
    pictures: dict[_Kind, list[LexborNode]] = {_Kind.CAPTION: [], _Kind.GALLERY: []}
    for node in body.css("[class], [id]")[:_MOST_CANDIDATES]:
        kind = _kind(_class_and_id(node))
        if not kind or node.parent is None or node.tag in _WHOLE:
            continue
        if _is_text(node, whole - _SOME_TEXT if kind is _Kind.GALLERY else whole / 2, is_headline):
            if (kept := kept + 1) > _MOST_KEPT:
                break
        elif kind is _Kind.CHROME:
            node.decompose()
        else:
            pictures[kind].append(node)
    return pictures


def _class_and_id(node: LexborNode) -> str:
    attributes = node.attrs
    return f"{attributes.sget('class')} {attributes.sget('id')}".lower()


@lru_cache(maxsize=8192)  # the pages of a site call their blocks the same
def _kind(said: str) -> _Kind | None:
    said_words = _WORD.findall(said)
    if not (_WORDS.isdisjoint(said_words) and _HIDING.isdisjoint(said.split())):
        return _Kind.CHROME
    if not _CAPTIONS.isdisjoint(said_words):
        return _Kind.CAPTION
    return None if _GALLERIES.isdisjoint(said_words) else _Kind.GALLERY


def _is_text(node: LexborNode, limit: float, is_headline: set[int]) -> bool:
    """Layouts say `has-sidebar` of the block that is not the sidebar: what holds the text stays."""
    if _holds(node, is_headline) or node.css_first("main, article, [role=main], [itemprop=articleBody]"):
        return True
    return len(node.text_lexbor()) > limit and prose(node) > limit


def _holds(node: LexborNode, is_headline: set[int]) -> bool:
    return bool(is_headline) and any(h.mem_id in is_headline for h in node.css("h1, h2"))


def _main_of(marked: list[LexborNode], whole: int) -> LexborNode | None:
    """The innermost marked element that still has most of what the widest of them has."""
    sizes = [(prose(node), node) for node in marked[:20]]
    most = max((size for size, _ in sizes), default=0)
    if most < 0.25 * whole or not most:
        return None  # an empty <main> that a script was to fill
    good = [(size, node) for size, node in sizes if size >= _ENOUGH * most]
    articles = [node for _, node in good if node.attributes.get("itemprop") != "articleBody"]
    return (articles or [node for _, node in good])[-1]


def _descend(node: LexborNode, is_headline: set[int]) -> LexborNode:
    """Go down from a node as long as one child has nearly all of its prose, and the headline."""
    all_of_it = prose(node)
    for _ in range(100):
        boxes = [child for child in node.iter() if child.tag in _BOXES]
        children = [box for box in boxes if len(box.text_lexbor()) >= _NEARLY_ALL * all_of_it]
        big = [child for child in children if prose(child) >= _NEARLY_ALL * all_of_it]
        if len(big) != 1 or (_holds(node, is_headline) and not _holds(big[0], is_headline)):
            break
        node = big[0]
    return node


def _without_menus(body: LexborNode, whole: int) -> LexborNode:
    """Remove blocks that are nearly all links: pages of the 1990s name their menus nothing at all."""
    linked: dict[int, int] = {}
    blocks: dict[int, LexborNode] = {}
    count: dict[int, int] = {}
    for link in body.css("a")[:_MOST_CANDIDATES]:
        length, parent = solid(link.text_lexbor()), link.parent
        for _ in range(6):
            if parent is None or parent.tag in _WHOLE:
                break
            key = parent.mem_id
            blocks[key] = parent
            linked[key] = linked.get(key, 0) + length
            count[key] = count.get(key, 0) + 1
            parent = parent.parent
    for key, block in blocks.items():
        if count[key] >= 4 and block.parent is not None and block.tag != "p":
            size = solid(block.text_lexbor())
            if linked[key] >= 0.8 * size and size - linked[key] < 0.3 * whole:
                block.decompose()
    return body


def _drop_side_sections(block: LexborNode) -> None:
    """Remove "Related news" and its like: the heading, and what stands under it in its own section."""
    limit = prose(block) / 2
    for heading in block.css("h2, h3, h4, h5, h6"):
        if heading.parent is None or not _SIDE_HEADING.fullmatch(" ".join(heading.text_lexbor().split())):
            continue
        section = heading.parent
        if section.mem_id != block.mem_id and prose(section) < limit:
            section.decompose()
        else:
            heading.decompose()
