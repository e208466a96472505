"""The few versions that a quotation is compared with: found in the index by phrases and rare pairs of words.

Only their texts are read. All versions are searched, earlier ones and those of withdrawn releases too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from archive.release import Version
from archive.store import list_works_with_other_versions
from indexer import deadline
from indexer.checking.passages import SourceText, source_text
from indexer.comparison import GAP
from indexer.language import exact_terms
from indexer.query import NO_FILTERS, Clause, Filters, Order, Phrase, Versions, all_of, any_of, at_least
from indexer.results import Span
from indexer.search import Searcher, load_versions

MAX_EXACT = 20
"""Releases with the very words that are looked at, the earliest."""

MAX_SIMILAR = 10
"""Releases with some of the words that are looked at, those with the most and rarest."""

ENOUGH = 3
"""Releases with half of the pairs beyond which none with fewer is looked at."""

MIN_SCORE = 0.5
"""The part of the best score that a similar release must have."""

MAX_PAIRS = 14
"""Pairs of words by which similar passages are looked for: the rarest."""

MAX_TERMS = 200
"""Words of a phrase that are looked up at once."""

MAX_KEPT = 400


class Candidate:
    """A version that may hold a quotation, with its text and who speaks in it."""

    def __init__(self, version: Version) -> None:
        self.version = version
        self.source: SourceText = source_text(version.release)

    @cached_property
    def _speeches(self) -> list[tuple[int, int, tuple[str, ...]]]:
        offset = len(self.version.release.title) + len(GAP)
        return [(start + offset, end + offset, names) for start, end, names, *_ in self.version.release.quotations]

    def speakers(self, span: Span) -> tuple[str, ...]:
        """Whom the release names as the speakers of what stands there; none where it proves nobody."""
        return next((names for start, end, names in self._speeches if start < span.end and span.start < end), ())


@dataclass(slots=True)
class CandidateFinder:
    """Finds candidates in an archive, and keeps the texts it has read for the next quotation."""

    searcher: Searcher
    filters: Filters = NO_FILTERS
    _read: dict[tuple[str, int], Candidate] = field(default_factory=dict)

    def with_phrases(self, texts: Sequence[str], limit: int = MAX_EXACT) -> tuple[int, list[Candidate]]:
        """How many releases hold all these texts word for word, and the earliest of them."""
        phrases = [Phrase(tuple(terms)) for text in texts if (terms := exact_terms(text)[:MAX_TERMS])]
        if not phrases:
            return 0, []
        return self._find(all_of([*dict.fromkeys(phrases)]), Order.OLDEST, limit)

    def similar(self, texts: Iterable[str], *, with_versions: bool = True) -> list[Candidate]:
        """The releases with most of the rare pairs of words of these texts, in all their versions or the newest."""
        pairs = list(dict.fromkeys(pair for text in texts for pair in pairwise(exact_terms(text)[:MAX_TERMS])))
        if not pairs:
            return []
        terms = list(dict.fromkeys(term for pair in pairs for term in pair))
        known = self.searcher.backend.frequencies([Phrase((term,)) for term in terms])
        counts = {term: each.documents for term, each in zip(terms, known, strict=True)}
        # A word that no current version holds may stand in an earlier one.
        rare = sorted(pairs, key=lambda pair: (min(counts[term] for term in pair), max(counts[term] for term in pair)))
        unknown = [pair for pair in rare if not min(counts[term] for term in pair)]
        known_pairs = [pair for pair in rare if min(counts[term] for term in pair)][:MAX_PAIRS]
        phrases: list[Clause] = [Phrase(pair) for pair in (*known_pairs, *unknown[:MAX_PAIRS])]
        # A long text has a low score, however much of a quotation it holds: those with half of the pairs come first.
        _, found = self._find(at_least(-(-len(known_pairs) // 2), phrases), Order.RELEVANCE, MAX_SIMILAR)
        if len(found) < ENOUGH:
            _, more = self._find(any_of(phrases), Order.RELEVANCE, MAX_SIMILAR, MIN_SCORE)
            found += [each for each in more if each not in found]
        if not with_versions:
            return found
        return [version for each in found for version in self.all_versions(each.version.work) or [each]]

    def all_versions(self, work: str) -> list[Candidate]:
        """The versions of a release of which not only the current one, of a live release, is searched; else none."""
        if not list_works_with_other_versions(self.searcher.archive, [work]):
            return []
        return [self._keep(each) for each in self.searcher.archive.versions(work)]

    def _find(self, clause: Clause, order: Order, limit: int, min_score: float = 0.0) -> tuple[int, list[Candidate]]:
        """How many releases match, and the first ones, of a score that is at least this part of the best."""
        if deadline.is_over():
            return 0, []
        hits = self.searcher.find_clause(all_of([clause, Versions()]), self.filters, order, limit=limit)
        least = min_score * max(hits.scores, default=0.0)
        ids = [each for each, score in zip(hits.ids, hits.scores, strict=True) if score >= least]
        keys = {each: (each, hits.others.get(each, 0)) for each in ids}
        found = {each: self._read[key] for each, key in keys.items() if key in self._read}
        damaged: list[str] = []
        missing = [each for each in ids if each not in found]
        for work, version in load_versions(self.searcher.archive, missing, hits.others, damaged).items():
            found[work] = self._keep(version)
            self._read[keys[work]] = found[work]
        return hits.total, [found[each] for each in ids if each in found]

    def _keep(self, version: Version) -> Candidate:
        key = (version.work, version.number)
        if key not in self._read:
            if len(self._read) >= MAX_KEPT:
                self._read.clear()
            self._read[key] = Candidate(version)
        return self._read[key]
