"""Extracts the captions of pictures from a tree of HTML."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from selectolax.lexbor import LexborNode

from archive.readers.html.html_text import Paragraph, count_nonblank, extract_paragraphs
from archive.readers.html.selecting import select
from archive.readers.normalise import comparison_key

_HEADINGS = "h1, h2, h3, h4, h5, h6"


class Caption(NamedTuple):
    """A caption, and the article it stood in, if in any."""

    text: str
    article: LexborNode | None

    def is_beside(self, block: LexborNode) -> bool:
        """Whether it belongs to a block: it did not stand in an article apart from it."""
        article = self.article
        return article is None or _is_ancestor(article, block) or _is_ancestor(block, article)


def extract_captions(
    body: LexborNode, marked: Iterable[LexborNode] = (), galleries: Iterable[LexborNode] = ()
) -> list[Caption]:
    """Remove the captions of a tree and give those that say something.

    Args:
        body: the tree, whose `figcaption` elements are captions.
        marked: what else is called a caption in it.
        galleries: blocks of pictures, removed whole: their paragraphs are captions as well.
    """
    return [each for each in _detach_captions(body, marked, galleries) if each.text]


def enclosing_article(node: LexborNode) -> LexborNode | None:
    """The element nearest around a node that is marked as an article or as the main part of the page."""
    parent = node.parent
    while parent is not None and parent.tag != "body":
        if parent.tag in {"article", "main"} or parent.attributes.get("role") in {"main", "article"}:
            return parent
        parent = parent.parent
    return None


def _detach_captions(
    body: LexborNode, marked: Iterable[LexborNode], galleries: Iterable[LexborNode]
) -> Iterator[Caption]:
    for node in [*select("figcaption", body), *marked]:
        if node.parent is not None:
            yield Caption(" ".join(_caption_texts(node)), enclosing_article(node))
            node.decompose()
    for node in galleries:
        if node.parent is not None:
            article = enclosing_article(node)
            if not _is_teaser_gallery(node):
                yield from (Caption(text, article) for text in _caption_texts(node))
            node.decompose()


def _caption_texts(node: LexborNode) -> Iterator[str]:
    return (paragraph.text for paragraph in extract_paragraphs(node) if _is_caption_text(paragraph))


def _is_caption_text(paragraph: Paragraph) -> bool:
    """Whether a paragraph says something, and is no link ("Download") and no count of pictures ("1 / 12")."""
    return paragraph.linked * 2 < count_nonblank(paragraph.text) and not _is_number(paragraph.text)


def _is_number(text: str) -> bool:
    return not text[0].isalpha() and comparison_key(text).isdigit()


def _is_teaser_gallery(gallery: LexborNode) -> bool:
    """Whether the pictures lead to other texts: their headings are links."""
    return any(select("a", heading) for heading in select(_HEADINGS, gallery))


def _is_ancestor(outer: LexborNode, inner: LexborNode | None) -> bool:
    while inner is not None and inner.mem_id != outer.mem_id:
        inner = inner.parent
    return inner is not None
