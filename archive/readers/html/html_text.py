"""Extracts paragraphs from an HTML tree: blocks apart, inline elements joined, white space collapsed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from archive.characters import collapse_spaces, count_characters
from archive.readers.html.html_block_tags import BLOCKS
from archive.readers.html.markup_bounds import limit_markup
from archive.readers.normalise import split_words
from archive.readers.raised_text import write_raised

_INVISIBLE = frozenset(
    split_words("""
        script style template noscript head title iframe object embed svg math canvas audio video
        map select option button input textarea datalist -comment
    """)
)
_LINE_TAGS = frozenset(split_words("li dt dd tr"))  # these follow one another as lines, without a blank one between
_CELL_TAGS = frozenset(split_words("td th"))
_PLAIN_TAGS = frozenset(split_words("p div"))
_MAX_PARTS, _CHARS_OF_PART = 4, 3  # before a raised text: enough to know what it stands at
_QUOTATION_MARKS = (("“", "”"), ("‘", "’"))  # of a quotation, and of one within it


class Paragraph(NamedTuple):
    """The text of a block, its tag, and how many of its non-blank characters are links."""

    text: str
    tag: str
    linked: int


def join_paragraphs(paragraphs: Iterable[Paragraph]) -> str:
    """Join paragraphs with blank lines, and list items and table rows with line ends."""
    parts: list[str] = []
    before = ""
    for paragraph in paragraphs:
        if parts:
            parts.append("\n" if before in _LINE_TAGS and paragraph.tag in _LINE_TAGS else "\n\n")
        parts.append(paragraph.text)
        before = paragraph.tag
    return "".join(parts)


def parse_html(html: str) -> LexborHTMLParser:
    """Parse HTML (WHATWG HTML, 13.2) to a tree, with its depth and attributes limited (see `limit_markup`)."""
    return LexborHTMLParser(limit_markup(html))


_OpenElement = tuple[LexborNode, str, bool, bool]
"""An open element, its tag, and whether its content is in a link and in a `pre`."""


def extract_paragraphs(root: LexborNode) -> list[Paragraph]:
    """The paragraphs of a tree, in document order."""
    walk = _ParagraphBuilder(root)
    node = root.first_child
    while walk.open_elements:
        if node is None:
            node = walk.leave()
        elif (text := node.text_content) is not None:  # asked first: most nodes are texts
            if walk.parts or walk.keeps_spaces or not text.isspace():
                walk.add(text)
            node = node.next
        elif (tag := node.tag or "") in _INVISIBLE:
            node = node.next
        elif tag == "br":
            walk.parts.append("\n")
            node = node.next
        else:
            walk.enter(node, tag)
            node = node.first_child
    return walk.paragraphs


class _ParagraphBuilder:
    """Builds paragraphs on a walk with its own stack (pages nest deeper than Python can recurse)."""

    def __init__(self, root: LexborNode) -> None:
        self.paragraphs: list[Paragraph] = []
        self.open_elements: list[_OpenElement] = []
        self.parts: list[str] = []
        self._superscript_starts: list[int] = []
        self._linked = 0
        self._open((root, tag := root.tag or "", False, tag == "pre"))

    def enter(self, node: LexborNode, tag: str) -> None:
        """Begin an element."""
        if tag in BLOCKS:
            if self.parts:
                self._end_paragraph()
        elif tag in _CELL_TAGS:
            self.parts.append(" ")
        elif tag == "q":
            self.parts.append(self._quotation_marks()[0])
        elif tag == "sup":
            self._superscript_starts.append(len(self.parts))
        self._open((node, tag, self._in_link or tag == "a", self._in_pre or tag == "pre"))

    def leave(self) -> LexborNode | None:
        """End the innermost element and give what follows it."""
        node, tag, _, _ = self.open_elements[-1]
        if self.parts and (tag in BLOCKS or len(self.open_elements) == 1):
            self._end_paragraph()
        self.open_elements.pop()
        if tag == "q":
            self.parts.append(self._quotation_marks()[1])
        elif tag == "sup":
            self._raise(self._superscript_starts.pop())
        if not self.open_elements:
            return None
        self._update_state(self.open_elements[-1])
        return node.next

    def add(self, text: str) -> None:
        """Collect the text of a node."""
        self.parts.append(text if self._in_pre else text.replace("\n", " "))
        if self._in_link:
            self._linked += count_nonblank(text)

    def _quotation_marks(self) -> tuple[str, str]:
        """The marks that a browser shows around a `q`, by how many are open around it."""
        return _QUOTATION_MARKS[sum(tag == "q" for _, tag, _, _ in self.open_elements) % 2]

    def _raise(self, start: int) -> None:
        """Write what stands raised apart from its word: `tariff<sup>1</sup>` is no tariff1."""
        if raised := "".join(self.parts[start:]):
            before = "".join(part[-_CHARS_OF_PART:] for part in self.parts[max(0, start - _MAX_PARTS) : start])
            self.parts[start:] = [write_raised(before, raised)]

    def _open(self, element: _OpenElement) -> None:
        self.open_elements.append(element)
        self._update_state(element)

    def _update_state(self, element: _OpenElement) -> None:
        _, _, self._in_link, self._in_pre = element
        self.keeps_spaces = self._in_link or self._in_pre
        """Whether spaces before a paragraph belong to it."""

    def _end_paragraph(self) -> None:
        """End the paragraph that has been collected."""
        collected, linked = "".join(self.parts), self._linked
        self.parts, self._linked = [], 0
        if collected.isspace():
            return
        if "\n" in collected:
            self._end_lines(collected, linked)
        elif text := collapse_spaces(collected):
            self.paragraphs.append(Paragraph(text, self._block_tag(), linked))

    def _end_lines(self, collected: str, linked: int) -> None:
        """The same where there are line breaks: two of them are an end as well."""
        lines = [collapse_spaces(line) for line in collected.split("\n")]
        texts = [text for part in "\n".join(lines).split("\n\n") if (text := part.strip("\n"))]
        if len(texts) > 1 and linked < count_nonblank(collected):
            linked = 0  # which of them the links are in is not known: none is a bare link
        tag = self._block_tag()
        self.paragraphs.extend(Paragraph(text, tag, linked) for text in texts)

    def _block_tag(self) -> str:
        """The element a paragraph counts as standing in: the list item or row around a p, not the p."""
        tag = next((tag for _, tag, _, _ in reversed(self.open_elements) if tag in BLOCKS), "")
        return (
            next((tag for _, tag, _, _ in self.open_elements[-4:] if tag in _LINE_TAGS), tag)
            if tag in _PLAIN_TAGS
            else tag
        )


BLANKS = " \n\t"
"""The blanks of HTML text: spaces, line ends and tabs."""


def count_nonblank(text: str) -> int:
    """How many characters of a text are not blanks."""
    return len(text) - count_characters(text, BLANKS)
