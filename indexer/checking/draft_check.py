"""A draft checked: each quotation answered, and each sentence where asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext

from indexer import deadline
from indexer.checking.candidates import CandidateFinder
from indexer.checking.drafts import DraftText, Quoted, find_quoted, find_sentences
from indexer.checking.quotation_check import check_quotation
from indexer.checking.verdicts import Answer, Checked, Verdict
from indexer.output import format_count
from indexer.query import NO_FILTERS, Filters
from indexer.search import Searcher

MAX_QUOTATIONS = 200
MAX_SENTENCES = 2000


def check_draft(
    searcher: Searcher,
    draft: DraftText,
    filters: Filters = NO_FILTERS,
    *,
    with_sentences: bool = False,
    cpu_s: float = 0,
) -> Checked:
    """Check the quotations of a draft.

    Args:
        searcher: the archive.
        draft: the draft.
        filters: what is searched; everything by default.
        with_sentences: whether to answer each sentence outside quotations too.
        cpu_s: seconds of processor time after which the rest is not checked; 0 for no limit.
    """
    quoted = find_quoted(draft)
    sentences = find_sentences(draft, quoted) if with_sentences else []
    limit: AbstractContextManager[None] = deadline.limit_time(cpu_s) if cpu_s else nullcontext()
    with limit:
        finder = CandidateFinder(searcher, filters)
        answers = list(_check(finder, quoted[:MAX_QUOTATIONS]))
        more = list(_check(finder, sentences[:MAX_SENTENCES]))
    left_out = max(0, len(quoted) - MAX_QUOTATIONS) + max(0, len(sentences) - MAX_SENTENCES)
    return Checked(tuple(answers), tuple(more), left_out, describe_coverage(searcher, filters), searcher.notice)


def _check(finder: CandidateFinder, quoted: Sequence[Quoted]) -> Iterator[Answer]:
    for each in quoted:
        yield Answer(each, Verdict.NOT_CHECKED) if deadline.is_over() else check_quotation(finder, each)


def describe_coverage(searcher: Searcher, filters: Filters) -> str:
    """What was searched, in words: `8,982 releases, 2004 to 2012`."""
    periods = searcher.periods("", filters, "year")
    years = [each.period for each in periods if each.period]
    span = "" if not years else f", {years[0]}" if len(years) == 1 else f", {years[0]} to {years[-1]}"
    return f"{format_count(sum(each.count for each in periods), 'release')}{span}"
