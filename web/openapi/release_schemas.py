"""The schemas of a release: docs/JSON.md, "export" and "show"."""

from __future__ import annotations

from web.openapi.shapes import (
    DATE,
    DIGEST,
    FLAG,
    MOMENT,
    OFFSET,
    PATH,
    RELEASE_ID,
    TEXT,
    VERSION,
    Json,
    either,
    listing,
    strict,
)

_SHARE: Json = {"type": "number", "minimum": 0, "maximum": 1}
_RULE: dict[str, Json] = {
    "rule": TEXT,
    "code": TEXT,
    "params": {"type": "object", "additionalProperties": TEXT},
}
_WHERE: dict[str, Json] = {
    "part": either("title", "body", "path", "stated", "correction"),
    "start": OFFSET,
    "end": OFFSET,
}

_LINE: dict[str, Json] = {
    "id": RELEASE_ID,
    "title": TEXT,
    "body": TEXT,
    "date": DATE,
    "place": TEXT,
    "source": TEXT,
    "parent": TEXT,
    "people": listing(TEXT),
    "byline": TEXT,
    "path": TEXT,
    "url": PATH,
    "original_url": TEXT,
    "version": VERSION,
    "added": MOMENT,
    "sha256": DIGEST,
}

_MENTION = strict(
    name=TEXT,
    slug=TEXT,
    kind=either("named", "speaker", "byline", "contact", "inferred", "unresolved"),
    role=TEXT,
    confidence=_SHARE,
    places=listing(strict(words=TEXT, **_WHERE, **_RULE)),
)

_EVIDENCE = strict(field=TEXT, value=TEXT, **_RULE, words=TEXT, **_WHERE, confidence=_SHARE, chosen=FLAG)

_QUOTATION = strict(
    words=TEXT,
    start=OFFSET,
    end=OFFSET,
    speakers=listing(strict(name=TEXT, slug=TEXT)),
    office=TEXT,
    **_RULE,
    proof_start=OFFSET,
    proof_end=OFFSET,
)

_RELEASE = strict(
    **_LINE,
    live=FLAG,
    current=FLAG,
    media_type=TEXT,
    encoding=TEXT,
    mentions=listing(_MENTION),
    evidence=listing(_EVIDENCE),
    quotations=listing(_QUOTATION),
    corrections=listing(strict(field=TEXT, value=TEXT, was=TEXT, by=TEXT, reason=TEXT)),
    versions=listing(strict(number=VERSION, added=MOMENT, sha256=DIGEST, current=FLAG)),
    locations=listing(strict(path=TEXT, key=TEXT, live=FLAG)),
)

# CSL has many more names than are written here, and its own schema (csl-data.json).
_BIBLIOGRAPHY = listing({"type": "object", "required": ["id", "type", "title", "URL"]})

RELEASE_SCHEMAS: dict[str, Json] = {"Release": _RELEASE, "Bibliography": _BIBLIOGRAPHY}
"""Each schema by its name."""
