"""An HTML tree to paragraphs: blocks apart, inline elements run together, white space collapsed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from archive.readers.blocks import BLOCKS
from archive.readers.markup_bounds import bounded
from archive.readers.normal import words

_TEXT = "-text"
_GIANT = 100_000
_UNSEEN = frozenset(
    words("""
        script style template noscript head title iframe object embed svg math canvas audio video
        map select option button input textarea datalist -comment
    """)
)
_LINES = frozenset(words("li dt dd tr"))  # these follow one another as lines, without a blank one between


_CELLS = frozenset(("td", "th"))


class Paragraph(NamedTuple):
    """One block's text, the element it stood in, and how many of its characters, but blanks, are links."""

    text: str
    tag: str
    linked: int


def text_of(paragraphs: Iterable[Paragraph]) -> str:
    """Join paragraphs with blank lines, and list items and table rows with line ends."""
    pieces: list[str] = []
    before = ""
    for paragraph in paragraphs:
        if pieces:
            pieces.append("\n" if before in _LINES and paragraph.tag in _LINES else "\n\n")
        pieces.append(paragraph.text)
        before = paragraph.tag
    return "".join(pieces)


def parse(html: str) -> LexborHTMLParser:
    """Parse HTML (WHATWG HTML, 13.2) to a tree, so far as that can be done in good time."""
    return LexborHTMLParser(bounded(html))


class _Open(NamedTuple):
    """An element that the walk is in."""

    node: LexborNode
    tag: str
    link: bool
    pre: bool


def flow(root: LexborNode) -> list[Paragraph]:
    """Walk a tree in the order of the text and give its paragraphs."""
    walk = _Walk(root)
    node = root.first_child
    while walk.inside:
        node = walk.leave() if node is None else walk.visit(node)
    return walk.paragraphs


class _Walk:
    """A walk with its own stack (pages nest deeper than Python may call); blocks cut what it collects."""

    def __init__(self, root: LexborNode) -> None:
        tag = root.tag or ""
        self.paragraphs: list[Paragraph] = []
        self.inside = [_Open(root, tag, False, tag == "pre")]
        self._pieces: list[str] = []
        self._linked = 0

    def visit(self, node: LexborNode) -> LexborNode | None:
        """Take in a node and say which comes next; None where it is time to leave."""
        tag = node.tag or ""
        if tag == _TEXT:
            self._add(node.text_content or "")
        elif tag == "br":
            self._pieces.append("\n")
        elif tag not in _UNSEEN:
            return self._enter(node, tag)
        return node.next

    def leave(self) -> LexborNode | None:
        """End the innermost element and give what follows it."""
        left = self.inside[-1]
        if left.tag in BLOCKS or len(self.inside) == 1:
            self._cut()
        self.inside.pop()
        return left.node.next if self.inside else None

    def _enter(self, node: LexborNode, tag: str) -> LexborNode | None:
        if tag in BLOCKS:
            self._cut()
        elif tag in _CELLS:
            self._pieces.append(" ")
        top = self.inside[-1]
        self.inside.append(_Open(node, tag, top.link or tag == "a", top.pre or tag == "pre"))
        return node.first_child

    def _add(self, text: str) -> None:
        top = self.inside[-1]
        self._pieces.append(text if top.pre else text.replace("\n", " "))
        if top.link:
            self._linked += solid(text)

    def _cut(self) -> None:
        """End the paragraph that has been collected; two line breaks in it are an end as well."""
        if not self._pieces:
            return
        collected, linked = "".join(self._pieces), self._linked
        self._pieces, self._linked = [], 0
        if collected.isspace():
            return
        lines = [spaced(line) for line in collected.split("\n")]
        texts = [text for part in "\n".join(lines).split("\n\n") if (text := part.strip("\n"))]
        if len(texts) > 1 and linked < solid(collected):
            linked = 0  # which of them the links are in is not known: none is a bare link
        tag = self._block()
        self.paragraphs.extend(Paragraph(text, tag, linked) for text in texts)

    def _block(self) -> str:
        """The element a paragraph counts as standing in: the list item or row around a p, not the p."""
        tag = next((opened.tag for opened in reversed(self.inside) if opened.tag in BLOCKS), "")
        if tag not in {"p", "div"}:
            return tag
        return next((opened.tag for opened in self.inside[-4:] if opened.tag in _LINES), tag)


def spaced(line: str) -> str:
    """A line with one space for each run of them; the words of a giant one, all at once, take ten times its memory."""
    if len(line) <= _GIANT:
        return " ".join(line.split())
    pieces, at = [], 0
    while at < len(line):
        end = line.find(" ", at + _GIANT) % (len(line) + 1)  # without one the rest of it
        pieces.append(" ".join(line[at:end].split()))
        at = end
    return " ".join(filter(None, pieces))


def solid(text: str) -> int:
    """How many characters of a text are not blanks, as a tree of HTML has them: spaces, line ends and tabs."""
    return len(text) - text.count(" ") - text.count("\n") - text.count("\t")
