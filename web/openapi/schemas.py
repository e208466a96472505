"""The schemas of all JSON but that of a release: names and meanings are those of docs/JSON.md."""

from __future__ import annotations

from web.openapi.shapes import (
    COUNT,
    DATE,
    FLAG,
    MOMENT,
    NUMBER,
    PATH,
    RELEASE_ID,
    TEXT,
    VERSION,
    Json,
    either,
    listing,
    named,
    optional,
    strict,
)

_SNIPPET = strict(
    text=TEXT,
    spans=listing({"type": "array", "items": COUNT, "minItems": 2, "maxItems": 2}),
    start=COUNT,
)

_HIT = strict(
    id=RELEASE_ID,
    title=TEXT,
    date=DATE,
    place=TEXT,
    source=TEXT,
    people=listing(TEXT),
    added=MOMENT,
    seen=MOMENT,
    url=PATH,
    snippets=listing(_SNIPPET),
    matches=COUNT,
    quotations=listing(strict(start=COUNT, end=COUNT, speakers=listing(TEXT))),
    score=NUMBER,
    version=VERSION,
    current=FLAG,
    live=FLAG,
)

_NAMES = listing(strict(value=TEXT, key=TEXT, count=COUNT))
_YEARS = listing(strict(value=DATE, count=COUNT))
_FACETS = strict(person=_NAMES, source=_NAMES, place=_NAMES, speaker=_NAMES, year=_YEARS)

_RECEIPT = strict(
    typed=TEXT,
    understood=TEXT,
    grammar=TEXT,
    notices=listing(TEXT),
    clauses=listing(strict(text=TEXT, meaning=TEXT, forms=listing(TEXT), hits=COUNT)),
    unlisted=COUNT,
    filters=listing(TEXT),
)

_SEARCH = strict(
    total=COUNT,
    offset=COUNT,
    limit=COUNT,
    next=optional(TEXT),
    hits=listing(named("Hit")),
    facets=_FACETS,
    receipt=_RECEIPT,
    relaxed=optional(strict(query=TEXT, reading=TEXT, hits=COUNT)),
    more=optional(strict(query=TEXT, reading=TEXT, hits=listing(named("Hit")))),
    partial=optional(TEXT),
    alternatives=listing(strict(query=TEXT, reason=TEXT, hits=COUNT)),
    readings=listing(strict(query=TEXT, reading=TEXT, hits=COUNT)),
    fingerprint=TEXT,
)

_QUOTE_PLACE = strict(
    id=RELEASE_ID,
    title=TEXT,
    date=DATE,
    source=TEXT,
    version=VERSION,
    current=FLAG,
    start=COUNT,
    end=COUNT,
    speakers=listing(TEXT),
    office=TEXT,
    url=PATH,
)

_QUOTE = strict(
    words=TEXT,
    spans=_SNIPPET["properties"]["spans"],
    before=TEXT,
    after=TEXT,
    speakers=listing(TEXT),
    first=DATE,
    count=COUNT,
    search=TEXT,
    places=listing(_QUOTE_PLACE),
)

_QUOTES = strict(
    total=COUNT,
    places=COUNT,
    offset=COUNT,
    limit=COUNT,
    quotations=listing(_QUOTE),
    query=TEXT,
    understood=TEXT,
    notices=listing(TEXT),
    filters=listing(TEXT),
    partial=optional(TEXT),
    fingerprint=TEXT,
)

_VALUES = listing(strict(name=TEXT, key=TEXT, count=COUNT, url=PATH))

_NAME_LIST = strict(
    total=COUNT,
    page=COUNT,
    pages=COUNT,
    order=either("count", "az"),
    letter=TEXT,
    letters=listing(TEXT),
    unnamed=COUNT,
    filter=TEXT,
    once=COUNT,
    values=_VALUES,
    url=PATH,
)

_COUNTED_PERIODS = listing(strict(period=DATE, count=COUNT))
_GAPS = listing(strict(first=DATE, last=DATE, months=COUNT))
_OTHER_OFFICES = listing(strict(name=TEXT, count=COUNT, url=PATH))

_NAME = strict(
    name=TEXT,
    slug=TEXT,
    total=COUNT,
    spellings=listing(strict(name=TEXT, count=COUNT)),
    years=_COUNTED_PERIODS,
    people=_VALUES,
    url=PATH,
    search=PATH,
    first=DATE,
    last=DATE,
    months=_COUNTED_PERIODS,
    gaps=_GAPS,
    quotations=optional(strict(total=COUNT, url=PATH)),
    mentions=listing(strict(kind=either("speaker", "named", "byline", "contact"), count=COUNT, url=PATH)),
    offices=listing(strict(name=TEXT, count=COUNT, first=DATE, last=DATE)),
    named_with=listing(strict(name=TEXT, key=TEXT, count=COUNT, url=PATH, search=PATH)),
    parents=_OTHER_OFFICES,
    parts=_OTHER_OFFICES,
)

_COVERED = {
    "total": COUNT,
    "undated": COUNT,
    "first": DATE,
    "last": DATE,
    "periods": _COUNTED_PERIODS,
}

_COVERAGE = strict(
    year=DATE,
    **_COVERED,
    sources_total=COUNT,
    page=COUNT,
    pages=COUNT,
    sources=listing(strict(name=TEXT, url=PATH, **_COVERED, empty_months=COUNT, gaps=_GAPS)),
    unread=listing(strict(reason=TEXT, count=COUNT)),
    url=PATH,
)

_PERIODS = strict(
    period=DATE,
    total=COUNT,
    unknown=COUNT,
    periods=listing(strict(period=DATE, count=COUNT, url=PATH)),
    url=PATH,
    search=PATH,
)

_SUGGESTIONS: Json = {
    "type": "array",
    "description": "What was typed, then lists of one length: queries, how many releases each finds, addresses.",
    "items": {"anyOf": [TEXT, listing(TEXT)]},
    "minItems": 4,
    "maxItems": 4,
}

_HEALTH: Json = strict(status={"const": "ok"}, releases=COUNT, fingerprint=TEXT, grammar=TEXT)
_HEALTH["properties"]["notice"] = TEXT  # only where an older index answers

_PROBLEM = strict(
    type={"type": "string", "format": "uri-reference"},
    title=TEXT,
    status={"type": "integer", "minimum": 400, "maximum": 599},
    detail=TEXT,
    error=TEXT,
)

SCHEMAS: dict[str, Json] = {
    "Hit": _HIT,
    "Search": _SEARCH,
    "Quotes": _QUOTES,
    "NameList": _NAME_LIST,
    "Name": _NAME,
    "Periods": _PERIODS,
    "Coverage": _COVERAGE,
    "Suggestions": _SUGGESTIONS,
    "Health": _HEALTH,
    "Problem": _PROBLEM,
}
"""Each schema by its name."""
