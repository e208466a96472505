"""The parameters of addresses. What cannot be read in one is left out with a notice: none makes an address an error."""

from __future__ import annotations

from web.openapi.shapes import TEXT, Json, either

_PLAIN_DATE: Json = {"type": "string", "examples": ["2011", "2011-01", "2011-01-20"]}


def in_query(name: str, description: str, schema: Json) -> Json:
    """A parameter behind the question mark."""
    return {"name": name, "in": "query", "description": description, "schema": schema}


def in_path(name: str, description: str, schema: Json) -> Json:
    """A part of the path."""
    return {"name": name, "in": "path", "required": True, "description": description, "schema": schema}


def _names(name: str, description: str) -> Json:
    return in_query(name, description, {"type": "array", "items": TEXT, "maxItems": 50})


QUERY = in_query("q", "The query, in the language of docs/QUERY.md.", {"type": "string", "maxLength": 8192})

FILTERS = (
    _names("person", "This person, by slug or name; repeated, any of these; empty, nobody."),
    _names("source", "Exactly this source; repeated, any of these; empty, none."),
    _names("place", "Exactly this place; repeated, any of these; empty, none."),
    _names("not_person", "Not this person."),
    _names("not_source", "Not this source."),
    _names("not_place", "Not this place."),
    in_query("from", "Published on or after this date.", _PLAIN_DATE),
    in_query("to", "Published on or before this date.", _PLAIN_DATE),
    in_query("undated", "1: without a known date.", either("0", "1")),
)

ORDER = in_query("sort", "The order of the hits.", either("relevance", "newest", "oldest", "added"))
PAGE = in_query("page", "Which page, from 1.", {"type": "integer", "minimum": 1, "default": 1})
PER = in_query("per", "Results on a page.", {"type": "integer", "enum": [10, 20, 50], "default": 10})

WINDOW = (
    in_query("offset", "Hits to pass over.", {"type": "integer", "minimum": 0, "default": 0}),
    in_query("limit", "Hits to give.", {"type": "integer", "minimum": 0, "maximum": 1000}),
    in_query("cursor", "The `next` of the page before: goes on behind its last hit.", TEXT),
)

LIST_ORDER = in_query("order", "By count, or by the alphabet.", either("count", "az"))
LETTER = in_query("letter", "Only names that begin so; `other` for those that begin with no letter.", TEXT)

FILTER = in_query("filter", "Only names with each of these words, or parts of words, in them.", TEXT)
ALL = in_query("all", "0: without the names that stand in one release only.", either("0", "1"))

_TYPED = "What is being typed; a text of more than 200 characters is not completed."
TYPED = in_query("q", _TYPED, TEXT)

SINCE = in_query("since", "Only changes since this day.", _PLAIN_DATE)
BEFORE = in_query("from", "The number of the version to compare with, instead of the one before.", TEXT)

PASSAGE = (
    in_query("quote", "Words of the release, to be marked; 404 where the version lacks them.", TEXT),
    in_query("before", "A few words before them, where they stand more than once.", TEXT),
    in_query("after", "A few words after them.", TEXT),
)

RELEASE = in_path("release_id", "The id of a release.", {"type": "string", "pattern": "^[^/.]+$"})
VERSION = in_query("v", "The number of a version; without it, the current one.", {"type": "integer", "minimum": 1})
VERSION_PART = in_path("number", "The number of a version.", {"type": "integer", "minimum": 0})
SLUG = in_path("slug", "The slug of a person, source or place.", {"type": "string", "pattern": "^[^/.]+$"})
YEAR = in_path("year", "A year.", {"type": "string", "pattern": "^[0-9]{4}$"})
COVERED_YEAR = in_query("year", "Only sources with releases in this year, most first.", TEXT)
MONTH = in_path("month", "A month.", {"type": "string", "pattern": "^[0-9]{2}$"})
LIST_NUMBER = in_path("number", "The number of a list, from 1.", {"type": "integer", "minimum": 0})

ACCEPT_DATETIME: Json = {
    "name": "Accept-Datetime",
    "in": "header",
    "description": "The moment of which a version is asked for (RFC 7089), as HTTP writes a date.",
    "schema": {"type": "string", "examples": ["Fri, 03 Feb 2012 00:00:00 GMT"]},
}
