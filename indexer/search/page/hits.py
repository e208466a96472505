"""The hits of a page as people see them: read from the archive, with marked titles and snippets."""

from __future__ import annotations

from archive.release import KnownPerson, Version
from archive.store import Archive, VersionDetails
from indexer.query import Clause
from indexer.results import Hit, HitQuotation, NamedPerson, Snippet
from indexer.search import history
from indexer.search.matching import Match, QueryTerms, extract_snippets, match, merge_spans, release_text
from indexer.search.name_resolution import NameResolver
from indexer.search.page.evaluation import Listing
from indexer.search.page.match_reasons import list_reasons
from indexer.search.page.twins import find_twins
from indexer.search.page.word_forms import WordForms


def describe_hits(
    archive: Archive, names: NameResolver, listing: Listing, forms: WordForms, damaged: list[str]
) -> tuple[Hit, ...]:
    """The hits of a listing, marked by these word forms; ids that the archive cannot read go to `damaged`."""
    if not listing.ranked:
        return ()
    clause = names.resolve_clause(listing.query.clause)
    terms = QueryTerms(clause, forms)
    versions = history.load_hits(archive, listing.results, [release_id for release_id, _ in listing.ranked], damaged)
    details = history.find_details(archive, clause, list(versions.values()))
    twins = find_twins([version for release_id, _ in listing.ranked if (version := versions.get(release_id))])
    return tuple(
        _describe_hit(
            rank,
            score,
            version,
            clause,
            terms,
            details.get((version.work, version.number)),
            twins.get(release_id, ""),
        )
        for rank, (release_id, score) in enumerate(listing.ranked, listing.first)
        if (version := versions.get(release_id))
    )


def shown_people(version: Version) -> tuple[KnownPerson, ...]:
    """The people a release is about, each once, in the order it names them."""
    return tuple(dict.fromkeys(known for known, _ in version.shown_people))


def _describe_quotation(version: Version, at: int) -> HitQuotation:
    quotation = version.release.quotations[at]
    speakers = tuple(NamedPerson(known.name, known.slug) for known in version.speakers(quotation))
    return HitQuotation(quotation.start, quotation.end, speakers)


def _describe_hit(
    rank: int,
    score: float,
    version: Version,
    clause: Clause,
    terms: QueryTerms,
    details: VersionDetails | None,
    twin_of: str,
) -> Hit:
    details = details or VersionDetails()
    text = release_text(version, details, terms.scan)
    matches = match(clause, text) or Match()
    title = merge_spans([span for span, _ in matches.title])
    body = merge_spans([span for span, _ in matches.body])
    return Hit(
        rank=rank,
        id=version.work,
        title=Snippet(version.release.title, title),
        published=version.release.published,
        added=version.first_added,
        place=version.release.place,
        source=version.release.source,
        people=tuple(NamedPerson(p.name, p.slug) for p in shown_people(version)),
        said=tuple(_describe_quotation(version, at) for at in matches.quotations),
        snippets=extract_snippets(text.body, matches.body),
        matches=len(title) + len(body),
        score=round(score, 6),
        version=version.number,
        current=version.current,
        live=version.live,
        which=history.describe_version(version, details),
        seen=version.added,
        reasons=list_reasons(version.release, matches),
        twin_of=twin_of,
    )
