"""The receipt of a page: the query as it was understood, what of it was searched, and what could not be shown."""

from __future__ import annotations

from pathlib import Path

from archive.store import Archive
from indexer.language import ParsedQuery, cut_query, format_query, parser
from indexer.query import Query, listed_clauses
from indexer.results import ClauseCount, Receipt
from indexer.search.page.clause_descriptions import list_notices, shorten

MAX_PRINTED = 9000
"""Characters of a query as it was understood; as many as the longest that is read, and some brackets."""

_REMOVED_NOTICE = (
    "Not shown, because it was removed from the archive: {}. It is still counted until the purge has finished; if "
    "it was interrupted, run it again: dateline --data {data} purge ID --reason ..."
)

_DAMAGED_NOTICE = (
    "Not shown, because it is damaged or missing in the archive: {}. The originals may be intact; to read them "
    "again: dateline --data {data} verify --repair"
)


def write_receipt(
    parsed: ParsedQuery, query: Query, clauses: tuple[ClauseCount, ...], filters: tuple[str, ...], warnings: list[str]
) -> Receipt:
    """The receipt of a parsed query, of which `query` is the plan that was searched; `warnings` come first."""
    return Receipt(
        raw_query=cut_query(parsed.raw_query),
        canonical_query=shorten(format_query(query.clause), MAX_PRINTED),
        grammar=parser.GRAMMAR_VERSION,
        notices=(*warnings, *list_notices([each.text for each in parsed.notices])),
        clauses=clauses,
        filters=filters,
        unlisted=len(listed_clauses(query.clause)) - len(clauses),
    )


def list_warnings(archive: Archive, data: Path, index_notice: str, damaged: list[str]) -> list[str]:
    """What a page cannot answer from whole data: the notice of the index, and the ids of releases and people."""
    purged = [each for each in damaged if archive.tombstone(each)]
    damaged = [each for each in damaged if each not in purged]
    return [
        *([index_notice] if index_notice else []),
        *([_REMOVED_NOTICE.format(", ".join(purged), data=data)] if purged else []),
        *([_DAMAGED_NOTICE.format(", ".join(damaged), data=data)] if damaged else []),
    ]
