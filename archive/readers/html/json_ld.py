"""JSON-LD in pages (json-ld.org): what published texts state of themselves, as strictly as pages write it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator

from selectolax.lexbor import LexborNode

from archive.readers.html.publishers import site_names
from archive.readers.records import make_stated
from archive.release import Stated
from archive.rules import rule

_JSON_LD = (
    ("title", ("headline",)),
    ("date", ("datePublished", "dateCreated")),
    ("place", ("dateline", "contentLocation.name", "locationCreated.name")),
    ("source", ("publisher.name", "sourceOrganization.name", "publisher")),
    ("byline", ("author.name", "author", "creator.name")),
    ("url", ("url", "mainEntityOfPage.@id", "mainEntityOfPage")),
    ("language", ("inLanguage",)),
)
_OPENING = re.compile(r"\s*(?://|/\*)?\s*(?:<!--|<!\[CDATA\[)(?:\s*\*/)?")
_CLOSING = re.compile(r"(?:;|(?://|/\*)?\s{0,9}(?:-->|\]\]>)(?:\s{0,9}\*/)?)\s*$")
_COMMA_TOO_MANY = re.compile(r'("(?:[^"\\]|\\.)*")|,(?=\s*[}\]])', re.DOTALL)


def read_json_ld(scripts: Iterable[LexborNode]) -> Iterator[Stated]:
    """The fields that the JSON-LD of a page states of the published texts in it."""
    for script in scripts:
        try:
            thing = _parse_loosely(script.text_lexbor())
        except (ValueError, RecursionError):
            continue  # half of a page's scripts may be broken; the page is still a page
        things = list(_things(thing))
        for each in things:
            if "headline" in each or "datePublished" in each:
                yield from _article_fields(each)
        yield from site_names(things)


def _things(thing: object) -> Iterator[dict[str, object]]:
    """The things in a JSON-LD document; a published text (schema.org Article) has a headline or a date."""
    todo = [thing]
    while todo:
        one = todo.pop(0)
        if isinstance(one, list):
            todo.extend(one)
        elif isinstance(one, dict):
            todo.append(one.get("@graph"))
            yield one


def _article_fields(article: dict[str, object]) -> Iterator[Stated]:
    for field, paths in _JSON_LD:
        for path in paths:
            for value in _strings(article, path.split(".")):
                yield make_stated(field, value, rule("json-ld", name=path))


def _strings(thing: object, path: list[str]) -> Iterator[str]:
    if isinstance(thing, list):
        for one in thing[:20]:
            yield from _strings(one, path)
    elif path and isinstance(thing, dict):
        yield from _strings(thing.get(path[0]), path[1:])
    elif not path and isinstance(thing, str):
        yield thing


def _parse_loosely(text: str) -> object:
    """JSON with raw line ends in its strings, a comma or a semicolon too many, or in a comment or CDATA.

    Raises:
        ValueError: it is no JSON even so.
    """
    try:
        return json.loads(text, strict=False)
    except ValueError:
        opening = _OPENING.match(text)
        text = text[opening.end() :] if opening else text
        for _ in range(2):  # `};` in a comment has both
            text = text.rstrip()
            closing = _CLOSING.search(text, max(0, len(text) - 40))
            text = text[: closing.start()] if closing else text
        return json.loads(_COMMA_TOO_MANY.sub(lambda match: match[1] or "", text), strict=False)
