"""Reads SGML wire files (TREC, Gigaword, Reuters-21578): each story is a record."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator

from archive.readers.encoding import decode_as, find_encoding
from archive.readers.markup.markup_slices import Slice, element_slices
from archive.readers.normalise import tidy
from archive.readers.raised_text import replace_raised
from archive.readers.record_context import format_context
from archive.readers.records import make_fallback_key, make_record, make_stated
from archive.release import Record, Skipped, Stated
from archive.rules import rule

_MEDIA_TYPE = "text/sgml"
_STORY = re.compile(rb"<(DOC|REUTERS|STORY|ARTICLE)[\s>]", re.IGNORECASE)
_FIELDS = {
    "title": "headline hl head title hdl",
    "date": "date_time datetime date pubdate dd",
    "byline": "byline author by",
    "source": "source so agency",
}
_KEY = re.compile(
    r"<docno>\s*([^<]*?)\s*</docno>|<docid>\s*([^<]*?)\s*</docid>|\b(?:newid|id)\s*=\s*\"([^\"]*)\"",
    re.IGNORECASE,
)
_PARAGRAPH_TAGS = re.compile(r"</?(?:p|s|para)\b[^<>]*>", re.IGNORECASE)
_GAP = re.compile(r"\n\s*\n")
_TAGS = re.compile(r"</?\w[^<>]*>")


def read(content: bytes) -> Iterator[Record | Skipped]:
    """Read each story of a wire file."""
    encoding, notes = find_encoding(content)
    name = _STORY.search(content)
    if not name:
        yield Skipped("no story in it: there are no DOC, REUTERS, STORY or ARTICLE tags")
        return
    for number, story in enumerate(element_slices(content, name[1].decode()), 1):
        yield _read_story(story, encoding, notes, f"story {number}")


def reparse(content: bytes, encoding: str) -> Record | Skipped:
    """Reparse one story."""
    return _read_story(Slice(content, False), encoding, (), "")


def _read_story(story: Slice, encoding: str, notes: tuple[str, ...], where: str) -> Record | Skipped:
    decoded = decode_as(story.original, encoding, notes)
    values = list(_fields(decoded.text))
    key = _KEY.search(decoded.text[:2000])
    own = next(filter(None, key.groups()), "") if key else ""
    cut = ("its end tag is missing",) if story.is_cut else ()
    return make_record(
        _text(decoded.text),
        story.original,
        _MEDIA_TYPE,
        key=own or make_fallback_key(values),
        values=values,
        encoding=encoding,
        notes=(*decoded.notes, *cut),
        where=where,
        context=format_context("story", encoding),
    )


def _fields(text: str) -> Iterator[Stated]:
    for field, names in _FIELDS.items():
        for name in names.split():
            value = _element(text, name)
            if value:
                yield make_stated(field, _strip_tags(value), rule("sgml-element", name=name.upper()))
    place = re.search(r"<places>\s*<d>([^<]*)</d>", text, re.IGNORECASE)
    if place:
        yield make_stated("place", place[1], rule("sgml-element", name="PLACES"))


def _text(text: str) -> str:
    """The dateline and the text. A story without a TEXT element is all of it but its fields."""
    body = _element(text, "body") or _element(text, "text")
    if not body:
        return _strip_tags(_strip_elements(text, ("docno", "docid", *" ".join(_FIELDS.values()).split())))
    dateline = _element(text, "dateline")
    parts = (_strip_tags(dateline), _strip_tags(_strip_elements(body, ("dateline", "title", "author"))))
    return "\n\n".join(part for part in parts if part)


def _strip_elements(text: str, names: Iterable[str]) -> str:
    for name in names:
        text = re.sub(rf"<{name}\b[^<>]*>[^<]*</{name}\s*>", "", text, flags=re.IGNORECASE)
    return text


def _element(text: str, name: str) -> str:
    """What stands between the first tags of a name, "" where there are none."""
    opening = re.search(rf"<{name}\b[^<>]*>", text, re.IGNORECASE)
    if not opening:
        return ""
    rest = text[opening.end() :]
    closing = re.search(rf"</{name}\s*>", rest, re.IGNORECASE)
    return rest[: closing.start()] if closing else ""


def _strip_tags(text: str) -> str:
    text = _TAGS.sub("", _PARAGRAPH_TAGS.sub("\n\n", replace_raised(text)))
    text = _GAP.sub("\n\n", text)
    return tidy(html.unescape(text))
