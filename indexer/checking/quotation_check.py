"""One quotation answered: the very words first, then its pieces, then the nearest passage."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from indexer import deadline
from indexer.checking.candidates import Candidate, CandidateFinder
from indexer.checking.comparing import find_nearest, find_places, rank_place
from indexer.checking.drafts import Quoted, QuotedWords, read_quoted_words
from indexer.checking.joining import MAX_LEFT_OUT, MIN_RUN, join_in_one, join_several, join_without_ellipsis
from indexer.checking.verdicts import Answer, Joined, JoinOrder, Place, Verdict

MAX_LISTED = 5
"""Places that an answer lists."""

MAX_ALL = 100
"""Releases that are looked at where none of the earliest has the words as the draft has them."""

MIN_SIMILAR_WORDS = 3
"""Words of a quotation for which a nearest passage is looked for."""


def check_quotation(finder: CandidateFinder, quoted: Quoted) -> Answer:
    """The answer for a quotation; NOT_CHECKED where the time was over before."""
    words = read_quoted_words(quoted.text)
    found = _find_words(finder, quoted, words)
    if found and found.verdict.passes:
        return found
    answers = [found] if found else []
    if joined := _find_joined(finder, quoted, words):
        answers.append(joined)
    if not answers and len(words.keys) >= MIN_SIMILAR_WORDS:
        answers += _find_near(finder, quoted, words)
    if deadline.is_over():
        return Answer(quoted, Verdict.NOT_CHECKED)
    return min(answers, key=lambda each: each.verdict.gravity, default=Answer(quoted, Verdict.NOT_HERE))


def _find_words(finder: CandidateFinder, quoted: Quoted, words: QuotedWords) -> Answer | None:
    """The answer where a release has all the words side by side."""
    runs = words.solid_runs()
    texts = [words.slice(*run) for run in runs]
    if words.breaks:
        texts = [" ".join(texts)] if not words.has_brackets else []
    total, candidates = finder.with_phrases(texts)
    places = _places(candidates, quoted, words)
    if total > len(candidates) and not any(place.verdict.passes for place in places):
        total, candidates = finder.with_phrases(texts, MAX_ALL)
        places = _places(candidates, quoted, words)
    return _answer(finder, quoted, places, total, words) if places else None


def _places(candidates: Iterable[Candidate], quoted: Quoted, words: QuotedWords) -> list[Place]:
    """The places with all words; where the writer shows changes, those that differ in nothing else."""
    found = []
    for candidate in candidates:
        places = find_places(candidate, quoted, words)
        if not places and words.has_brackets:
            places = find_nearest(candidate, quoted, words)
        found += [place for place in places if not place.is_altered]
    return found


def _answer(finder: CandidateFinder, quoted: Quoted, places: Sequence[Place], total: int, words: QuotedWords) -> Answer:
    """The answer of the mildest places."""
    mildest = min(place.verdict.gravity for place in places)
    bearing = [place for place in places if place.verdict.gravity == mildest]
    others = [place for place in places if place.verdict.gravity != mildest]
    numbers = {}
    for place in bearing[:MAX_LISTED]:
        versions = finder.all_versions(place.version.work) if place.version.work not in numbers else []
        if len(versions) > 1:
            having = sorted(each.version.number for each in versions if find_places(each, quoted, words))
            numbers[place.version.work] = tuple(having)
    releases = max(total, len({place.version.work for place in bearing}))
    return Answer(
        quoted, bearing[0].verdict, tuple(bearing[:MAX_LISTED]), None, releases, tuple(others[:MAX_LISTED]), numbers
    )


def _find_joined(finder: CandidateFinder, quoted: Quoted, words: QuotedWords) -> Answer | None:
    """The answer where each piece between ellipses stands somewhere."""
    pieces = words.pieces()
    if len(pieces) < 2:
        return None
    texts = [words.slice(*run) for run in words.solid_runs()]
    _, candidates = finder.with_phrases(texts)
    joins = [join for candidate in candidates if (join := join_in_one(candidate, quoted, words))]
    if joins:
        return _answer_joined(quoted, min(joins, key=_rank_join))
    places = []
    for piece in pieces:
        part = words.part(*piece)
        _, candidates = finder.with_phrases([part.slice(*run) for run in part.solid_runs()])
        found = _places(candidates, quoted, part)
        if not found:
            return None
        places.append(min(found, key=rank_place))
    return _answer_joined(quoted, join_several(places))


def _rank_join(join: Joined) -> tuple[bool, int, bool, int]:
    return (join.order is not JoinOrder.IN_ORDER, len(join.left_out), join.is_other_speaker, len(join.turns))


def _answer_joined(quoted: Quoted, join: Joined) -> Answer:
    verdict = Verdict.ANOTHER_SPEAKER if join.is_other_speaker else Verdict.JOINED
    is_whole = join.order is JoinOrder.IN_ORDER and not join.left_out
    if is_whole and not join.is_other_speaker:
        verdict = Verdict.CUT if join.turns else Verdict.MARKS_ONLY
    return Answer(quoted, verdict, join.pieces, join if verdict is not Verdict.MARKS_ONLY else None, 1)


def _find_near(finder: CandidateFinder, quoted: Quoted, words: QuotedWords) -> list[Answer]:
    """The answers by similar passages: the nearest, or pieces that no ellipsis shows."""
    candidates = finder.similar(words.slice(*run) for run in words.solid_runs())
    places = [place for candidate in candidates for place in find_nearest(candidate, quoted, words)]
    places.sort(key=rank_place)
    if places and not places[0].is_altered:
        bearing = [place for place in places if place.verdict is places[0].verdict]
        works = {place.version.work for place in bearing}
        return [Answer(quoted, places[0].verdict, tuple(bearing[:MAX_LISTED]), None, len(works))]
    may_be_joined = not (words.has_brackets or words.breaks) and (not places or _misses_much(places[0]))
    if may_be_joined and (join := join_without_ellipsis(candidates, quoted, words)):
        return [_answer_joined(quoted, join)]
    if words.breaks:
        return _find_altered_pieces(finder, quoted, words, places)
    return [Answer(quoted, Verdict.ALTERED, tuple(places[:MAX_LISTED]), None, 0)] if places else []


def _misses_much(place: Place) -> bool:
    """Whether a passage lacks a piece of a quotation, or has much that it leaves out."""
    return any(
        each.until - each.at >= MIN_RUN or each.end - each.first > MAX_LEFT_OUT
        for each in place.differences
        if each.counts
    )


def _find_altered_pieces(
    finder: CandidateFinder, quoted: Quoted, words: QuotedWords, places: Sequence[Place]
) -> list[Answer]:
    """The answer where some pieces between ellipses are altered or stand nowhere: their nearest passages."""
    nearest: list[Place] = []
    missing = 0
    for piece in words.pieces():
        part = words.part(*piece)
        texts = [part.slice(*run) for run in part.solid_runs()]
        _, candidates = finder.with_phrases(texts)
        found = _places(candidates, quoted, part)
        if not found and len(part.keys) >= MIN_SIMILAR_WORDS:
            candidates = finder.similar(texts)
            found = [place for candidate in candidates for place in find_nearest(candidate, quoted, part)]
        works = {place.version.work for place in nearest}
        found.sort(key=lambda place: (rank_place(place)[:1], place.version.work not in works, rank_place(place)))
        nearest += found[:1]
        missing += not found
    if not nearest:
        return [Answer(quoted, Verdict.ALTERED, tuple(places[:MAX_LISTED]))] if places else []
    altered = [place for place in nearest if place.is_altered]
    telling = altered or nearest
    return [Answer(quoted, Verdict.ALTERED, (*telling, *(each for each in nearest if each not in telling)))]
