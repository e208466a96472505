"""Reads XML of unknown schema: elements and attributes become fields by their names, the rest is the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.sax.saxutils import quoteattr

from lxml import etree

from archive.characters import collapse_spaces
from archive.readers.encoding import decode, decode_bytes, find_declared_encoding
from archive.readers.markup.markup_slices import element_slices
from archive.readers.markup.safe_xml import local_name, parse_xml
from archive.readers.named_fields import fields_of, read_named
from archive.readers.normalise import comparison_key, one_line, split_words
from archive.readers.raised_text import write_raised
from archive.readers.record_context import format_context
from archive.release import Record, Skipped

_MEDIA_TYPE = "application/xml"
# NITF and the corpora name their fields so; `named_fields` knows the other names.
_ALIASES = {"hl1": "title", "hedline": "title", "head": "", "story.date": "date", "distributor": "source"}
_FIELD_NAMES = frozenset(
    split_words("""
        title headline subject date published pubdate datepublished datecreated issued source
        publisher agency byline author creator place location dateline language url link id docno
        docid
    """)
)
_PROSE = frozenset(split_words("p para s body text content block td li q quote body.content"))
_PARAGRAPHS = frozenset(
    split_words("p para head title headline hl1 hl2 li item caption heading h1 h2 h3 byline dateline")
)
_MAX_TAGS = 1_000_000  # of a file: bounds the memory of the tree
_MAX_ELEMENTS = 300_000  # of a record: bounds the time
_TOKEN_COLUMNS = 5
_MAX_VALUE_CHARS = 400
_MAX_TITLE_CHARS = 1000
_SPACE_BEFORE_PUNCTUATION = re.compile(r" (?=[,.;:!?%)\]]|['’]s\b|n['’]t\b)")
_BLANK_LINE = re.compile(r"\n[ \t]*\n")


def read(content: bytes) -> Iterator[Record | Skipped]:
    """Read an XML file as one record, or as one for each child where the root is a list of them."""
    decoded = decode(content, find_declared_encoding(content))
    if (tags := decoded.text.count("<")) > _MAX_TAGS:
        yield Skipped(f"{tags:,} tags, more than the limit of {_MAX_TAGS:,}; split it into smaller files")
        return
    root, complaint = parse_xml(decoded.text)
    if root is None:
        yield Skipped(f"malformed XML: {complaint}")
        return
    encoding, notes = decoded.encoding, decoded.notes
    del decoded  # large for a giant, and not needed any more
    if complaint:
        notes = (*notes, f"malformed XML repaired: {complaint}")
    name = _repeated_child(root)
    slices = [each.original for each in element_slices(content, name)] if name else []
    if slices and len(slices) == len(root):
        record_context = format_context("xml", *_root_start_tag(root), encoding)
        for number, (child, original) in enumerate(zip(root, slices, strict=True), 1):
            yield _read_element(child, original, f"{name} {number}", encoding, notes, record_context)
    else:
        yield _read_element(root, content, "", encoding, notes)


def reparse(content: bytes, opening: str, name: str, encoding: str) -> Record | Skipped:
    """Reparse one child of a list."""
    root, complaint = parse_xml(f"{opening}{decode_bytes(content, encoding)}</{name}>")
    if root is None or not len(root):
        return Skipped(f"malformed XML: {complaint}")
    return _read_element(root[0], content, "again", encoding, (), format_context("xml", opening, name, encoding))


def _root_start_tag(root: etree._Element) -> tuple[str, str]:
    """A start tag that declares the prefixes that the root's children use, and its name."""
    spaces = [(f"xmlns:{prefix}" if prefix else "xmlns", uri) for prefix, uri in root.nsmap.items()]
    name = str(root.tag).rpartition("}")[2]  # with its prefix, where nothing declares that
    return f"<{name}{''.join(f' {prefix}={quoteattr(uri)}' for prefix, uri in spaces)}>", name


def _read_element(
    element: etree._Element,
    original: bytes,
    where: str,
    encoding: str,
    notes: tuple[str, ...],
    record_context: str = "",
) -> Record | Skipped:
    if (elements := sum(1 for _ in element.iter())) > _MAX_ELEMENTS:
        reason = f"{elements:,} elements in one release, more than the limit of {_MAX_ELEMENTS:,}"
        return Skipped(reason, where)
    used, values = _fields(element)
    attributes = {str(name): str(value) for name, value in element.attrib.items()}
    titles = {
        comparison_key(value.value) for value in fields_of({**attributes, **values}, "") if value.field == "title"
    }
    paragraphs = list(_paragraphs(element, used))
    if paragraphs and len(paragraphs[0]) <= _MAX_TITLE_CHARS and comparison_key(paragraphs[0]) in titles:
        del paragraphs[0]
    return read_named(
        values,
        original,
        _MEDIA_TYPE,
        kind="element",
        where=where,
        text="\n\n".join(paragraphs),
        extra=fields_of(attributes, "attribute"),
        encoding=encoding,
        notes=notes,
        keyed=bool(where),
        context=record_context,
    )


def _repeated_child(root: etree._Element) -> str:
    """The name of the children, where all are alike and made of named parts: a dump of many releases."""
    names = {local_name(child) for child in root}
    if len(root) < 2 or len(names) != 1 or not all(len(child) >= 2 for child in root):
        return ""
    parts = {local_name(part) for part in root[0]}
    return names.pop() if parts & {"title", "headline", "text", "body"} else ""


def _fields(root: etree._Element) -> tuple[set[etree._Element], dict[str, object]]:
    """The elements that hold one short value of a known name, outside prose, and those values."""
    used: set[etree._Element] = set()
    values: dict[str, object] = {}
    todo = list(reversed(root))
    while todo:
        element = todo.pop()
        plain = local_name(element)
        name = _ALIASES.get(plain, plain)
        value = one_line("".join(_texts(element))) if name in _FIELD_NAMES else ""
        value = value or (element.get("norm", "") if name in _FIELD_NAMES else "")
        if value and len(value) <= _MAX_VALUE_CHARS:
            values.setdefault(name, value)
            used.add(element)
        elif plain not in _PROSE:
            todo.extend(reversed(element))
    return used, values


def _paragraphs(root: etree._Element, used: set[etree._Element]) -> Iterator[str]:
    """Each element that has text of its own is a paragraph, its inner elements with it."""
    todo = [root]
    while todo:
        element = todo.pop()
        if element in used:
            continue
        if local_name(element) in _PARAGRAPHS or _has_own_text(element):
            if text := _lay_out("".join(_texts(element))):
                yield text
        else:
            todo.extend(reversed(element))


def _has_own_text(element: etree._Element) -> bool:
    return bool((element.text or "").strip()) or any((child.tail or "").strip() for child in element)


def _texts(element: etree._Element) -> Iterator[str]:
    """All text in an element but the names of entities, which are not expanded and are no words."""
    if not len(element):
        return iter((element.text or "",))
    for raised in list(element.iter("{*}sup")):
        _write_raised(raised)
    entities = {entity.text for entity in element.iter(etree.Entity)}
    return (str(text) for text in element.itertext() if text not in entities)


def _write_raised(element: etree._Element) -> None:
    """Write a raised text in its place as `write_raised` does."""
    previous, parent = element.getprevious(), element.getparent()
    before = previous.tail if previous is not None else parent.text if parent is not None else ""
    words = "".join(map(str, element.itertext()))
    if (written := write_raised(before or "", words)) != words:
        del element[:]
        element.text = written


def _lay_out(text: str) -> str:
    """White space collapsed and blank lines kept; lines of token columns become a line of their words."""
    if "\n" not in text and "\t" not in text:
        return collapse_spaces(text)
    if "\t" in text and any(line.count("\t") >= _TOKEN_COLUMNS - 1 for line in text.split("\n")):
        words = " ".join(line.split("\t", 1)[0].strip() for line in text.split("\n"))
        return _SPACE_BEFORE_PUNCTUATION.sub("", " ".join(words.split()))
    paragraphs = _BLANK_LINE.split(text)
    return "\n\n".join(joined for each in paragraphs if (joined := collapse_spaces(each)))
