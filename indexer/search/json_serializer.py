"""Serializes results and releases as JSON, in one shape for command line and server (docs/JSON.md)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from archive.release import Evidence, Location, Person, Quotation, Version
from indexer.query import Filters
from indexer.results import Alternative, Facet, Hit, Receipt, SearchPage, Snippet
from indexer.search.batch import Batch
from indexer.search.page import shown_people
from indexer.search.release_urls import release_path

Json = dict[str, Any]


def page_to_json(page: SearchPage) -> Json:
    """A page of results. Dates are ISO and as precise as known; "" where there is none."""
    searched = page.relaxed.text if page.relaxed else page.receipt.raw_query
    return {
        "total": page.total,
        "offset": page.offset,
        "limit": page.limit,
        "next": page.next or None,
        "hits": [_hit(hit, searched, page.query.filters) for hit in page.hits],
        "facets": {facet.name.value: _facet(facet) for facet in page.facets}
        | {"speaker": [{"value": v.label, "key": v.value, "count": v.count} for v in page.speakers]}
        | {"year": [{"value": p.period, "count": p.count} for p in page.timeline]},
        "receipt": _receipt(page.receipt),
        "relaxed": _relaxed(page.relaxed),
        "more": _more(page),
        "partial": page.partial or None,
        "alternatives": [
            {"query": a.text, "reason": a.reason, "hits": a.hits} for a in (*page.spellings, *page.alternatives)
        ],
        "readings": [{"query": r.text, "reading": r.reason, "hits": r.hits} for r in page.interpretations],
        "fingerprint": page.fingerprint,
    }


def _relaxed(relaxed: Alternative | None) -> Json | None:
    return {"query": relaxed.text, "reading": relaxed.reason, "hits": relaxed.hits} if relaxed else None


def _more(page: SearchPage) -> Json | None:
    if page.more is None:
        return None
    query = page.more.query
    hits = [_hit(hit, query.text, page.query.filters) for hit in page.more.hits]
    return {"query": query.text, "reading": query.reason, "hits": hits}


def _hit(hit: Hit, query: str, filters: Filters) -> Json:
    return {
        "id": hit.id,
        "title": hit.title.text,
        "date": hit.published.iso if hit.published else "",
        "place": hit.place,
        "source": hit.source,
        "people": [person.name for person in hit.people],
        "added": hit.added,
        "seen": hit.seen,
        "url": release_path(hit.id, hit.title.text, query, filters, hit.linked_version),
        "snippets": [_snippet(snippet) for snippet in hit.snippets],
        "matches": hit.matches,
        "quotations": [
            {"start": each.start, "end": each.end, "speakers": [person.name for person in each.speakers]}
            for each in hit.said
        ],
        "score": hit.score,
        "version": hit.version,
        "current": hit.current,
        "live": hit.live,
    }


def _snippet(snippet: Snippet) -> Json:
    spans = [[span.start, span.end] for span in snippet.spans]
    return {"text": snippet.text, "spans": spans, "start": snippet.start}


def _facet(facet: Facet) -> list[Json]:
    return [{"value": v.label, "key": v.value, "count": v.count} for v in facet.values]


def _receipt(receipt: Receipt) -> Json:
    return {
        "typed": receipt.raw_query,
        "understood": receipt.canonical_query,
        "grammar": receipt.grammar,
        "notices": list(receipt.notices),
        "clauses": [
            {"text": c.text, "meaning": c.meaning, "forms": list(c.forms), "hits": c.hits} for c in receipt.clauses
        ],
        "unlisted": receipt.unlisted,
        "filters": list(receipt.filters),
    }


def batch_to_json(batch: Batch) -> list[Json]:
    """The counts of many queries; null where something was not counted."""
    return [{**asdict(row), "notices": list(row.notices)} for row in batch.rows]


def release_to_export_line(version: Version, path: str) -> Json:
    """A release as one line of an export."""
    release = version.release
    return {
        "id": version.work,
        "title": release.title,
        "body": release.body,
        "date": release.published.iso if release.published else "",
        "place": release.place,
        "source": release.source,
        "parent": release.parent,
        "people": [person.name for person in shown_people(version)],
        "byline": release.byline,
        "path": path,
        "url": release_path(version.work, release.title),
        "original_url": release.url,
        "version": version.number,
        "added": version.first_added,
        "sha256": version.digest,
    }


def release_to_json(version: Version, versions: Sequence[Version], locations: Sequence[Location]) -> Json:
    """A release whole: its text, its fields with their evidence, its versions and locations."""
    path = locations[0].path if locations else ""
    return release_to_export_line(version, path) | {
        "live": version.live,
        "current": version.current,
        "media_type": version.media_type,
        "encoding": version.encoding,
        "mentions": [
            _person(person, known.slug) for known, person in zip(version.people, version.release.people, strict=True)
        ],
        "evidence": [_evidence(one) for one in version.release.evidence],
        "quotations": [_quotation(version, one) for one in version.release.quotations],
        "corrections": [asdict(one) for one in version.corrections],
        "versions": [
            {"number": v.number, "added": v.added, "sha256": v.digest, "current": v.current} for v in versions
        ],
        "locations": [{"path": at.path, "key": at.key, "live": at.live} for at in locations],
    }


def _person(person: Person, slug: str) -> Json:
    return {
        "name": person.name,
        "slug": slug,
        "kind": person.kind.value,
        "role": person.role,
        "confidence": person.confidence,
        "places": [
            {"words": m.name, "part": m.part.value, "start": m.start, "end": m.end, **m.rule.as_dict()}
            for m in person.mentions
        ],
    }


def _quotation(version: Version, quotation: Quotation) -> Json:
    return {
        "words": version.release.body[quotation.start : quotation.end],
        "start": quotation.start,
        "end": quotation.end,
        "speakers": [asdict(known) for known in version.speakers(quotation)],
        "office": quotation.office,
        **quotation.rule.as_dict(),
        "proof_start": quotation.proof_start,
        "proof_end": quotation.proof_end,
    }


def _evidence(evidence: Evidence) -> Json:
    return {
        "field": evidence.field,
        "value": evidence.value,
        **evidence.rule.as_dict(),
        "words": evidence.words,
        "part": evidence.part.value,
        "start": evidence.start,
        "end": evidence.end,
        "confidence": evidence.confidence,
        "chosen": evidence.chosen,
    }
