"""A quotation compared with the text of one version: where it stands, and everything that differs there."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace

from indexer.checking.candidates import Candidate
from indexer.checking.drafts import Quoted, QuotedWord, QuotedWords, may_be_one
from indexer.checking.passages import (
    QUESTION,
    Alignment,
    Change,
    Difference,
    Shown,
    SourceText,
    Turn,
    Wording,
    align,
    describe_change,
    find_cuts,
    find_turns,
    find_whole,
    gaps,
    is_aside,
    is_other_word,
)
from indexer.checking.verdicts import Place
from indexer.language import characters
from indexer.results import Span

MAX_PARTS = 4
"""Words more than a quotation has that may be the same letters, written apart."""

MAX_PLACES = 20
"""Places in one text that are looked at."""

SAID = re.compile(
    r"\b(?:said|says|told|added|adds|noted|stated|explained|continued|concluded|commented|remarked|declared|testified"
    r"|asserted|argued|emphasi[sz]ed|stressed|warned|observed|recalled|replied|responded|insisted|wrote)\b"
)
_UNSEEN = re.compile(f"[{characters.INVISIBLE}{characters.BREAK_OPPORTUNITY}]+")
_SENTENCE_START = re.compile(r"(?:[.!?:…][\"”’)]*\s+|\A\W*|\n\W*|[“\"]\W*)\Z")


def find_places(candidate: Candidate, quoted: Quoted, words: QuotedWords) -> list[Place]:
    """Where all words of a quotation stand side by side."""
    wholes = find_whole(candidate.source, words.keys)[:MAX_PLACES]
    return [_make_place(candidate, quoted, words, each) for each in wholes]


def find_nearest(candidate: Candidate, quoted: Quoted, words: QuotedWords) -> list[Place]:
    """The passages that are near to a quotation, the nearest first; where its words all stand, these."""
    if places := find_places(candidate, quoted, words):
        return places
    ignored = frozenset(at for at, word in enumerate(words.words) if word.bracketed)
    near = [
        each for each in align(candidate.source, words.keys, ignored) if each.is_near(len(words.keys) - len(ignored))
    ]
    places = [_make_place(candidate, quoted, words, each) for each in near]
    return sorted(places, key=rank_place)


def rank_place(place: Place) -> tuple[float, ...]:
    """By how near a place is: fewest words that differ, fewest that turn sense, the speaker named."""
    counted = [each for each in place.differences if each.counts]
    differing = sum(max(each.end - each.first, each.until - each.at) for each in counted)
    turning = sum(len(each.turns) for each in counted)
    return (place.is_altered, differing, turning, place.is_other_speaker, bool(place.cuts), not place.is_exact)


def _make_place(candidate: Candidate, quoted: Quoted, words: QuotedWords, alignment: Alignment) -> Place:
    source = candidate.source
    alignment = _widen(source, words, alignment)
    first, end = alignment.first, alignment.end
    differences = tuple(_differences(candidate, words, alignment))
    span = source.span(first, end)
    counts = any(each.counts for each in differences)
    cuts = () if counts else tuple(find_cuts(source, first, end, _shown(source, quoted, words, first, end)))
    speakers = candidate.speakers(span) if quoted.speaker else ()
    is_other = bool(quoted.speaker and speakers) and not any(may_be_one(quoted.speaker, each) for each in speakers)
    text = source.slice(first, end)
    is_exact = not differences and _plain(text) == _plain(_inner(words))
    return Place(candidate.version, span, text, is_exact, differences, cuts, speakers, is_other, alignment.share)


def _shown(source: SourceText, quoted: Quoted, words: QuotedWords, first: int, end: int) -> Shown:
    """How many words beyond each edge the draft shows: its own, or those of the quotation beside this one.

    A piece of a quotation is no edge where another piece stands.
    """
    before, after = source.keys[max(0, first - 60) : first], source.keys[end : end + 60]
    return Shown(
        max(_common_end(before, quoted.lead), _common_end(before, quoted.previous)),
        max(_common_end(after[::-1], quoted.trail[::-1]), _common_end(after[::-1], quoted.following[::-1])),
    )


def _common_end(one: Sequence[str], other: Sequence[str]) -> int:
    """How many words two rows have in common at their ends."""
    count = 0
    while count < min(len(one), len(other)) and one[-1 - count] == other[-1 - count]:
        count += 1
    return count


def _widen(source: SourceText, words: QuotedWords, alignment: Alignment) -> Alignment:
    """The passage with as many words at its ends as the quotation has others there, within their sentences."""
    first, end = alignment.first, alignment.end
    last = alignment.runs[-1].new + alignment.runs[-1].length
    lead = [word.key for word in words.words[: alignment.runs[0].new] if not word.bracketed]
    trail = [word.key for word in words.words[last:] if not word.bracketed]
    before, after = source.keys[max(0, first - len(lead) - MAX_PARTS) : first], source.keys[end:]
    count = _count_same_letters(lead, before[::-1], is_backwards=True) or len(lead)
    while count and first > 0 and not source.ends_sentence(first - 1):
        first, count = first - 1, count - 1
    count = _count_same_letters(trail, after[: len(trail) + MAX_PARTS]) or len(trail)
    while count and end < len(source.words) and not source.ends_sentence(end - 1):
        end, count = end + 1, count - 1
    return Alignment(first, end, alignment.runs, alignment.share)


def _count_same_letters(keys: Sequence[str], beside: Sequence[str], *, is_backwards: bool = False) -> int:
    """How many of the words beside are the same letters as some words; 0 for none."""
    letters = "".join(keys)
    for count in range(1, len(beside) + 1):
        row = beside[:count]
        if letters and "".join(row[::-1] if is_backwards else row) == letters:
            return count
    return 0


def _differences(candidate: Candidate, words: QuotedWords, alignment: Alignment) -> Iterator[Difference]:
    source = candidate.source
    found = [
        _describe(candidate, words, *_edges(alignment, gap, len(words.words)))
        for gap in gaps(alignment, len(words.words))
    ]
    differences = [*filter(None, found), *_other_capitals(source, words, alignment)]
    for each in sorted(differences, key=lambda each: each.first):
        yield replace(each, span=_offsets(source, alignment, each.first, each.end))
    if source.keys[alignment.end : alignment.end + 1] == [QUESTION] and words.keys[-1] != QUESTION:
        yield Difference(
            *(Change.LEFT_OUT, QUESTION, "", (Turn.QUESTION,), "", alignment.end, alignment.end + 1),
            *(len(words.words), len(words.words), source.span(alignment.end, alignment.end + 1)),
        )


def _edges(alignment: Alignment, gap: tuple[int, int, int, int], words: int) -> tuple[tuple[int, int], tuple[int, int]]:
    """The words of the text and of the quotation in a gap; one at an end goes to the end of the passage."""
    first, end, at, until = gap
    return (alignment.first if at == 0 else first, alignment.end if until == words else end), (at, until)


def _offsets(source: SourceText, alignment: Alignment, first: int, end: int) -> Span:
    """The offsets of some words; where there are none, those of the place between two."""
    if first < end:
        return source.span(first, end)
    at = source.words[first - 1].end if first > alignment.first else source.words[alignment.first].start
    return Span(at, at)


def _describe(
    candidate: Candidate, words: QuotedWords, old: tuple[int, int], new: tuple[int, int]
) -> Difference | None:
    """The difference between some words of a text and some of a quotation."""
    source = candidate.source
    (first, end), (at, until) = _trim(source, words, old, new)
    if first == end and at == until:
        return None
    written = words.words[at:until]
    own = [word for word in written if not word.bracketed]
    brackets = [word.key for word in written if word.bracketed] if len(own) < len(written) else None
    release = Wording(source.keys[first:end], source.slice(first, end))
    if not written and is_aside_at(candidate, first, end):
        return Difference(Change.ASIDE, release.text, "", (), "", first, end, at, until)
    if own and len(own) == end - first and all(map(_fits_stem, own, release.keys)):
        return Difference(Change.BRACKET, release.text, words.slice(at, until), (), "", first, end, at, until)
    draft = Wording([word.key for word in own], words.slice(at, until))
    names = _names(source, first, end) ^ _names_in(words, at, until) if not brackets else set()
    found = describe_change(release, draft, sorted(names), brackets=brackets)
    if found is None:
        return None
    return Difference(*(found.change, found.release, found.draft, found.turns, found.note), *(first, end, at, until))


def _trim(
    source: SourceText, words: QuotedWords, old: tuple[int, int], new: tuple[int, int]
) -> tuple[tuple[int, int], tuple[int, int]]:
    """A gap without the words at its ends that both have: too few for a run of their own."""
    (first, end), (at, until) = old, new
    while first < end and at < until and _is_same(source, words, first, at):
        first, at = first + 1, at + 1
    while first < end and at < until and _is_same(source, words, end - 1, until - 1):
        end, until = end - 1, until - 1
    return (first, end), (at, until)


def _is_same(source: SourceText, words: QuotedWords, old: int, new: int) -> bool:
    word = words.words[new]
    return word.key == source.keys[old] and not word.bracketed and not word.stem


def is_aside_at(candidate: Candidate, first: int, end: int) -> bool:
    """Whether words of a text only say who speaks between two quotations of one speaker."""
    source = candidate.source
    if not 0 < first < end < len(source.words):
        return False
    around = source.gap_after(first - 1), source.gap_after(end - 1)
    if not is_aside(around[0], source.slice(first, end), around[1], end - first, SAID):
        return False
    before, after = (candidate.speakers(source.span(at, at + 1)) for at in (first - 1, end))
    return not (before and after and set(before).isdisjoint(after))


def _fits_stem(word: QuotedWord, key: str) -> bool:
    """Whether a word with letters in brackets may stand for one of the release."""
    if not word.stem or word.bracketed:
        return word.key == key
    fits = len(word.stem) > 1 and (key.startswith(word.stem) or key.endswith(word.stem))
    return fits and not find_turns([word.key], [key])  # `[un]safe` is no form of `safe`


def _names(source: SourceText, first: int, end: int) -> set[str]:
    return {
        source.keys[at]
        for at in range(first, end)
        if _is_name(source.slice(at, at + 1)) and at > 0 and not source.ends_sentence(at - 1)
    }


def _names_in(words: QuotedWords, at: int, until: int) -> set[str]:
    return {
        word.key
        for word in words.words[at:until]
        if _is_name(words.text[word.start : word.end]) and not _SENTENCE_START.search(words.text[: word.start])
    }


def _is_name(written: str) -> bool:
    return written[:1].isupper() and written not in ("I", "I’m", "I'm", "I’ve", "I've", "I’ll", "I'll", "I’d", "I'd")


def _other_capitals(source: SourceText, words: QuotedWords, alignment: Alignment) -> Iterator[Difference]:
    """Words that are others in capitals, such as `US` and `us`."""
    for run in alignment.runs:
        for k in range(run.length):
            word = words.words[run.new + k]
            here = source.slice(run.old + k, run.old + k + 1)
            written = words.text[word.start : word.end]
            if here != written and (here.isupper() or written.isupper()):
                around = words.text if written.isupper() else source.slice(alignment.first, alignment.end)
                if is_other_word(here, written, around):
                    old, new = run.old + k, run.new + k
                    yield Difference(Change.CHANGED, here, written, (), "", old, old + 1, new, new + 1)


def _inner(words: QuotedWords) -> str:
    return words.slice(0, len(words.words))


def _plain(text: str) -> str:
    """A text in one line, composed, without signs that nobody sees."""
    return " ".join(_UNSEEN.sub("", unicodedata.normalize("NFC", text)).split())
