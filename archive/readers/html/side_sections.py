"""Removes what stands beside a story in its main block: "Related news", lists of links, teasers of other releases."""

from __future__ import annotations

import re
from collections import defaultdict

from selectolax.lexbor import LexborNode

from archive.extract.dates import is_list_heading
from archive.readers.html.html_text import count_nonblank
from archive.readers.html.selecting import select
from archive.readers.normalise import comparison_key, split_words

_SIDE_HEADING = re.compile(
    r"(recent|latest|related|more|other|popular|top)\s+(news|stories|releases|press releases|articles|posts|"
    r"content|links|headlines|topics)|share( this.*)?|follow us.*|stay connected.*|connect with us.*|tags?",
    re.IGNORECASE,
)
_HEADINGS = "h2, h3, h4, h5, h6, p > strong:only-child, p > b:only-child"
_BOLD = frozenset(split_words("strong b"))
_LISTS = frozenset(split_words("ul ol dl div section table nav"))
_MAX_HEADING_CHARS = 60
_MAX_TEASER_CHARS = 600  # characters of a teaser: its title, its date, a sentence or two
_MIN_TEASERS = 2
_MAX_SIDE_HEADINGS = 30


def count_prose(node: LexborNode) -> int:
    """How many non-blank characters of a tree are not links: chrome is mostly links."""
    return count_unlinked(node, node.text_lexbor())


def count_unlinked(node: LexborNode, text: str) -> int:
    """The prose of a tree whose text is known."""
    links = select("a", node)
    return count_nonblank(text) - (count_nonblank("".join([link.text_lexbor() for link in links])) if links else 0)


def drop_side_sections(block: LexborNode) -> None:
    """Remove sections with such a heading, the lists right below one, and teasers."""
    headings = select(_HEADINGS, block)
    teasers = _find_teasers(headings, block)
    if teasers and 2 * sum(map(count_prose, teasers)) < count_prose(block):
        for each in teasers:
            each.decompose()
        headings = select(_HEADINGS, block)
    side = next(filter(_is_side_heading, headings), None)
    limit = count_prose(block) / 2 if side else 0
    for _ in range(_MAX_SIDE_HEADINGS):
        if side is None:
            break
        _drop_section(side.parent if side.tag in _BOLD and side.parent is not None else side, block, limit)
        # Looked for anew: what is removed may have held the next one.
        side = next(filter(_is_side_heading, select(_HEADINGS, block)), None)


def _drop_section(heading: LexborNode, block: LexborNode, limit: float) -> None:
    section = heading.parent
    if section is None:
        return
    if section.mem_id != block.mem_id and count_prose(section) < limit:
        section.decompose()
    else:
        _drop_list_below(heading)
        heading.decompose()


def _is_side_heading(heading: LexborNode) -> bool:
    text = " ".join(heading.text_lexbor().split())
    if heading.tag in _BOLD and (heading.parent is None or " ".join(heading.parent.text_lexbor().split()) != text):
        return False  # bold words at the beginning of a paragraph
    return len(text) <= _MAX_HEADING_CHARS and (bool(_SIDE_HEADING.fullmatch(text)) or is_list_heading(text))


def _drop_list_below(heading: LexborNode) -> None:
    """Remove the list of links that stands right below a heading."""
    below = heading.next
    while below is not None and below.tag in ("-text", "-comment") and not below.text_lexbor().strip():
        below = below.next
    if below is None or below.tag not in _LISTS:
        return
    links = select("a", below)
    linked = count_nonblank("".join([link.text_lexbor() for link in links])) if links else 0
    if 2 * linked >= count_nonblank(below.text_lexbor()):
        below.decompose()


def _find_teasers(headings: list[LexborNode], block: LexborNode) -> list[LexborNode]:
    """The boxes alike, two or more side by side, each with a heading that is a link."""
    alike: dict[tuple[int, str, str], list[LexborNode]] = defaultdict(list)
    for heading in headings:
        box = heading.parent
        if box is None or box.mem_id == block.mem_id or box.parent is None or not _is_link(heading):
            continue
        alike[box.parent.mem_id, box.tag or "", box.attributes.get("class") or ""].append(box)
    groups = [
        boxes
        for boxes in alike.values()
        if len({box.mem_id for box in boxes}) == len(boxes) >= _MIN_TEASERS
        and all(len(box.text_lexbor()) <= _MAX_TEASER_CHARS for box in boxes)
    ]
    return _outermost([box for boxes in groups for box in boxes])


def _outermost(boxes: list[LexborNode]) -> list[LexborNode]:
    """The boxes that are in none of the others."""
    ids = {box.mem_id for box in boxes}
    kept = []
    for box in boxes:
        around = box.parent
        while around is not None and around.mem_id not in ids:
            around = around.parent
        if around is None:
            kept.append(box)
    return kept


def _is_link(heading: LexborNode) -> bool:
    links = select("a[href]", heading)
    return len(links) == 1 and comparison_key(links[0].text_lexbor()) == comparison_key(heading.text_lexbor()) != ""
