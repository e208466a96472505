"""Parses XML (W3C XML 1.0) safely: nothing is fetched, expanded or nested without bound."""

from __future__ import annotations

import html
import re

from lxml import etree

_NAMED = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z][A-Za-z0-9]*;)")
_STRAY = re.compile(r"&(?!(?:#\d{1,7}|#x[0-9A-Fa-f]{1,6}|\w+);)")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_MAX_PARSER_TEXT = 10_000_000
"""Characters of a text at which the parser stops unless told (libxml2, XML_MAX_TEXT_LENGTH)."""


def parse_xml(text: str) -> tuple[etree._Element | None, str]:
    """Parse a decoded document; if it is malformed, repair what can be, and say what was wrong.

    Entities are not expanded (a "billion laughs" stays a line of names), nothing is fetched, and
    the parser's own limits of depth and size stay on but for one: a text of more than 10 MB, where
    nothing is declared that could grow.

    Returns:
        The root element, or None if nothing could be made of it, and "" or the parser's complaint.
    """
    # The declaration goes: it names the encoding of the bytes, and this is text by now.
    text = _DECLARATION.sub("", text, count=1).lstrip()
    root, complaint = _parse_strictly(text)
    if root is None and _FORBIDDEN.search(text):  # checked late: the search takes as long as the parser
        text = _FORBIDDEN.sub("", text).lstrip()
        root, complaint = _parse_strictly(text)
    if root is not None:
        return root, ""
    try:
        return etree.fromstring(repair_xml(text).encode(), _parser(text, recover=True)), complaint
    except (etree.XMLSyntaxError, ValueError):
        return None, complaint


def _parse_strictly(text: str) -> tuple[etree._Element | None, str]:
    try:
        return etree.fromstring(text.encode(), _parser(text, recover=False)), ""
    except (etree.XMLSyntaxError, ValueError) as error:
        return None, " ".join(str(error).split())[:120]


def repair_xml(text: str) -> str:
    """Make HTML's named entities the characters they stand for, and a bare "&" an ampersand."""
    return _STRAY.sub("&amp;", _NAMED.sub(_character, text))


def local_name(element: etree._Element) -> str:
    """An element's name without its namespace, in lower case; "" for comments and the like."""
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


def _character(found: re.Match[str]) -> str:
    character = html.unescape(found[0])
    return "&amp;" + found[1] if character == found[0] else html.escape(character)


def _parser(text: str, *, recover: bool) -> etree.XMLParser:
    return etree.XMLParser(
        encoding="utf-8",
        recover=recover,
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=len(text) > _MAX_PARSER_TEXT and "<!DOCTYPE" not in text,
        remove_comments=True,
        remove_pis=True,
    )
