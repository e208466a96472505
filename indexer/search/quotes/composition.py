"""Entries of quotations as people see them: read from the archive, with their words marked and links to each place."""

from __future__ import annotations

from collections.abc import Sequence

from archive.release import Quotation, Version
from archive.store import Archive
from indexer.comparison import Passage, QuotedText
from indexer.engine import QuotationGroup, QuotationPlace, ResultSet
from indexer.language import exact_terms, format_query
from indexer.query import Clause, Phrase, Said
from indexer.results import NamedPerson, QuoteEntry, QuotePlace, Snippet, Span
from indexer.search import history
from indexer.search.matching import match, merge_spans, release_text
from indexer.search.release_urls import quotation_path

PLACES_SHOWN = 5
"""Places of a quotation that a page shows; its search finds the others."""

MAX_LINKED = 500
"""Characters of a quotation that a link marks: of a longer one its beginning."""

AROUND = 160
"""Characters shown before a quotation and after it, at most."""

MAX_PHRASE_TERMS = 40
"""Words of a quotation by which its places are searched; so many are hardly another quotation's."""


def compose_quotes(
    archive: Archive,
    clause: Clause,
    results: ResultSet,
    groups: Sequence[QuotationGroup],
    first: int,
    places: int,
    damaged: list[str],
) -> tuple[QuoteEntry, ...]:
    """The entries of these groups of the quotations of a resolved query, ranked from `first` on.

    Of each at most so many `places`. Ids of releases that cannot be read are appended to `damaged`.
    """
    shown = [group.places[:places] for group in groups]
    ids = list(dict.fromkeys(place.release for each in shown for place in each))
    versions = history.load_hits(archive, results, ids, damaged)
    entries = []
    for rank, (group, some) in enumerate(zip(groups, shown, strict=True), first):
        found = [each for place in some if (each := _find(versions, place))]
        if found:
            entries.append(_make_entry(rank, clause, found, len(group.places)))
    return tuple(entries)


def _find(versions: dict[str, Version], place: QuotationPlace) -> tuple[Version, Quotation] | None:
    """The quotation at a place; None where the archive has changed since it was indexed."""
    version = versions.get(place.release)
    if version is None or version.number != place.version:
        return None
    quotations = version.release.quotations
    return (version, quotations[place.quotation]) if place.quotation < len(quotations) else None


def _make_entry(rank: int, clause: Clause, found: list[tuple[Version, Quotation]], count: int) -> QuoteEntry:
    version, quotation = found[0]
    body = version.release.body
    places = tuple(_make_place(*each) for each in found)
    words = body[quotation.start : quotation.end]
    return QuoteEntry(
        rank=rank,
        words=Snippet(words, _mark(clause, version, quotation), quotation.start),
        before=_words_before(body, quotation.start),
        after=_words_after(body, quotation.end),
        speakers=tuple(dict.fromkeys(person for place in places for person in place.speakers)),
        first=version.release.published,
        count=count,
        places=places,
        exact=format_query(Said(Phrase(tuple(exact_terms(words)[:MAX_PHRASE_TERMS])))) if exact_terms(words) else "",
    )


def _mark(clause: Clause, version: Version, quotation: Quotation) -> tuple[Span, ...]:
    """The words in a quotation by which it was found."""
    found = match(clause, release_text(version))
    spans = [span for span, _ in found.body] if found else []
    start, end = quotation.start, quotation.end
    # The quotation as a whole is the match where nothing was asked of its words: then there is nothing to mark in it.
    within = [span for span in spans if start <= span.start and span.end <= end and span != (start, end)]
    return merge_spans([Span(span.start - start, span.end - start) for span in within])


def _make_place(version: Version, quotation: Quotation) -> QuotePlace:
    release = version.release
    return QuotePlace(
        id=version.work,
        title=release.title,
        published=release.published,
        source=release.source,
        version=version.number,
        is_current=version.current and version.live,
        start=quotation.start,
        end=quotation.end,
        speakers=tuple(NamedPerson(known.name, known.slug) for known in version.speakers(quotation)),
        office=quotation.office,
        url=quotation_path(version.work, version.number, _cut_passage(release.body, quotation)),
        added=version.first_added,
    )


def _cut_passage(body: str, quotation: Quotation) -> Passage:
    """The words of a quotation and a few beside it, as an address has them."""
    start, end = quotation.start, quotation.end
    if end - start > MAX_LINKED:
        end = max(body.rfind(" ", start, start + MAX_LINKED), start + 1)
    begin = max(0, start - AROUND)
    passage = QuotedText(body[begin : end + AROUND]).cut(Span(start - begin, end - begin))
    # The headline stands before the text, and what is cut off at either end is not the end of it.
    return passage._replace(before=passage.before or None, after=passage.after or None)


def _words_before(body: str, at: int) -> str:
    """The words before a quotation, from the beginning of a word or paragraph on."""
    text = body[max(0, at - AROUND) : at].rpartition("\n\n")[2]
    return text.partition(" ")[2] if len(text) == AROUND else text.lstrip()


def _words_after(body: str, at: int) -> str:
    text = body[at : at + AROUND].partition("\n\n")[0]
    return text.rpartition(" ")[0] if len(text) == AROUND else text.rstrip()
