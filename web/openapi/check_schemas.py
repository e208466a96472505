"""The schema of a check: docs/JSON.md, "check". What its form may ask beside quotations gives other JSON."""

from __future__ import annotations

from web.openapi.shapes import (
    COUNT,
    DATE,
    FLAG,
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

_TURNED = listing(
    either(
        *("negation", "limit", "quantity", "condition", "possibility", "duty", "denial", "number", "name", "question")
    )
)
_VERDICT = either(*("exact", "marks only", "cut", "joined", "another speaker", "altered", "not here", "not checked"))

_PLACE = strict(
    id=RELEASE_ID,
    version=VERSION,
    current=FLAG,
    live=FLAG,
    title=TEXT,
    date=DATE,
    source=TEXT,
    which=TEXT,
    verdict=_VERDICT,
    words=TEXT,
    start=COUNT,
    end=COUNT,
    url=TEXT,
    citation=TEXT,
    versions=listing(VERSION),
    speakers=listing(TEXT),
    cuts=listing(strict(before=FLAG, words=TEXT, turned=_TURNED)),
    pieces=listing(
        strict(
            release=TEXT,
            draft=TEXT,
            change=either("", "left out", "put in", "changed", "bracket", "interrupted"),
            turned=_TURNED,
        )
    ),
)

_JOINED = strict(
    order=either("in order", "out of order", "from several releases"),
    ellipsis=FLAG,
    left_out=listing(strict(words=TEXT, turned=_TURNED)),
)

_ANSWER = strict(
    kind=either("quotation", "sentence"),
    start=COUNT,
    end=COUNT,
    text=TEXT,
    speaker=TEXT,
    verdict=_VERDICT,
    passes=FLAG,
    turned=_TURNED,
    summary=TEXT,
    remarks=listing(TEXT),
    releases=COUNT,
    places=listing(named("Place")),
    joined=optional(_JOINED),
    others=listing(strict(id=RELEASE_ID, version=VERSION, verdict=_VERDICT)),
)

_CHECKED = strict(passes=FLAG, coverage=TEXT, answers=listing(_ANSWER), left_out=COUNT, notice=optional(TEXT))

CHECK_SCHEMAS: dict[str, Json] = {"Place": _PLACE, "Checked": _CHECKED}
