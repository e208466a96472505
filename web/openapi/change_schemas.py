"""The schemas of changes: docs/JSON.md, "changes" and "changes of a version"."""

from __future__ import annotations

from web.openapi.shapes import (
    COUNT,
    DIGEST,
    FLAG,
    MOMENT,
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

_COUNTS: dict[str, Json] = {"words_removed": COUNT, "words_added": COUNT, "marks_changed": COUNT}
_PIECES = listing(strict(kind=either("same", "changed", "marks"), old=TEXT, new=TEXT))
_SIDE = strict(version=VERSION, added=MOMENT, current=FLAG, sha256=DIGEST, url=PATH)

_CHANGE = strict(
    **{
        "kind": either("edited", "withdrawn"),
        "id": RELEASE_ID,
        "title": TEXT,
        "version": VERSION,
        "from": optional(VERSION),
        "at": MOMENT,
        "url": PATH,
        "changes_url": TEXT,
        "counts": optional(strict(**_COUNTS)),
        "excerpts": listing(named("Pieces")),
    }
)

_CHANGES = strict(
    total=COUNT,
    offset=COUNT,
    limit=COUNT,
    since=TEXT,
    changes=listing(_CHANGE),
    undated_withdrawals=COUNT,
    notices=listing(TEXT),
)

_COMPARISON = strict(
    **{"id": RELEASE_ID, "from": optional(_SIDE), "to": _SIDE},
    **_COUNTS,
    fields=listing(strict(field=TEXT, old=TEXT, new=TEXT)),
    people_removed=listing(TEXT),
    people_added=listing(TEXT),
    title=named("Pieces"),
    body=named("Pieces"),
)

CHANGE_SCHEMAS: dict[str, Json] = {"Pieces": _PIECES, "Changes": _CHANGES, "Comparison": _COMPARISON}
"""Each schema by its name."""
