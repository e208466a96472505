"""CSL-JSON (https://github.com/citation-style-language/schema, csl-data.json 1.0)."""

from __future__ import annotations

from typing import Any

from archive.release import PublishedDate
from indexer.citation.citation import Citation
from indexer.citation.issuer import Issuer
from indexer.citation.sentences import UNTITLED

Json = dict[str, Any]


def format_csl_json(citation: Citation) -> list[Json]:
    """A bibliography of one item: a report of the genre "Press release"."""
    issuer = citation.issuer
    item: Json = {
        "id": citation.key,
        "type": "report",
        "genre": "Press release",
        "title": citation.title or f"[{UNTITLED}]",
        "author": [_name(issuer)] if issuer else None,
        "issued": _date(citation.date) if citation.date else None,
        "accessed": _date(citation.seen),
        "URL": citation.address,
        "publisher": issuer.name if issuer else None,
        "archive": citation.archive,
        "version": str(citation.version),
    }
    return [{name: value for name, value in item.items() if value}]


def _name(issuer: Issuer) -> Json:
    if not issuer.is_person:
        return {"literal": issuer.name}
    parts = {"family": issuer.family, "given": issuer.given, "suffix": issuer.suffix}
    return {name: part for name, part in parts.items() if part}


def _date(date: PublishedDate) -> Json:
    return {"date-parts": [[part for part in (date.year, date.month, date.day) if part]]}
