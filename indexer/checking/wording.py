"""What an answer says, in sentences; and a passage as pieces, word by word, with what the draft has instead."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from indexer.checking.passages import Change, Cut, Difference, Turn
from indexer.checking.verdicts import Answer, Joined, JoinOrder, Place, Verdict
from indexer.citation import day_month_year
from indexer.output import format_count

HEADINGS = {
    Verdict.EXACT: "Exact",
    Verdict.MARKS_ONLY: "Marks only",
    Verdict.CUT: "Cut",
    Verdict.JOINED: "Joined",
    Verdict.ANOTHER_SPEAKER: "Another speaker",
    Verdict.ALTERED: "Altered",
    Verdict.NOT_HERE: "Not here",
    Verdict.NOT_CHECKED: "Not checked",
}
_QUESTION = "question mark"


class Piece(NamedTuple):
    """A piece of a passage beside a draft: the release's words, the draft's, and how they differ, "" for the same."""

    release: str
    draft: str
    change: str = ""
    turns: tuple[Turn, ...] = ()


def split_passage(place: Place) -> list[Piece]:
    """A passage in pieces: those that are the same, and those that differ, in order."""
    pieces: list[Piece] = []
    at = place.span.start

    def text(start: int, end: int) -> str:
        return place.words[start - place.span.start : end - place.span.start]

    for each in place.differences:
        if each.span.start > at:
            pieces.append(Piece(text(at, each.span.start), text(at, each.span.start)))
        pieces.append(Piece(each.release, each.draft, each.change.value, each.turns))
        at = max(at, each.span.end)
    if at < place.span.end:
        pieces.append(Piece(text(at, place.span.end), text(at, place.span.end)))
    return pieces


def summarise(answer: Answer, coverage: str) -> str:
    """The answer in a sentence or two."""
    match answer.verdict:
        case Verdict.EXACT:
            return f"The same words, letters and marks. {_where(answer)}"
        case Verdict.MARKS_ONLY:
            return f"The same words; {_marks(answer.places[0])}. {_where(answer)}"
        case Verdict.CUT:
            return f"The same words, but an edge turns their sense: {'; '.join(map(_cut, answer.places[0].cuts))}."
        case Verdict.ANOTHER_SPEAKER:
            return _speaker(answer)
        case Verdict.JOINED:
            return _joined(answer.joined) if answer.joined else ""
        case Verdict.ALTERED:
            return f"Words differ from the nearest passage: {'; '.join(describe_differences(answer.places[0]))}."
        case Verdict.NOT_HERE:
            return f"Nothing like it in {coverage}, nor in earlier versions or withdrawn releases."
        case Verdict.NOT_CHECKED:
            return "The time was over before this was looked for."


def remarks(answer: Answer) -> list[str]:
    """What else is said: that the sense turns, who spoke, other places."""
    found = []
    if answer.turns:
        found.append(f"Turned: {', '.join(answer.turns)}.")
    if answer.verdict not in (Verdict.NOT_HERE, Verdict.NOT_CHECKED) and answer.places:
        found += _asides(answer, answer.places[0])
    if answer.others:
        first = answer.others[0]
        found.append(
            f"At {format_count(len(answer.others), 'other place')} the words are {first.verdict}, "
            f"as in release {first.version.work}."
        )
    return found


def describe_differences(place: Place) -> list[str]:
    """What differs at a place, a phrase each."""
    return [_difference(each) for each in place.differences if each.counts]


def describe_release(place: Place) -> str:
    """Which release a place is in: its title, date and source, and which version."""
    release = place.version.release
    facts = [release.published.iso if release.published else "no date", release.source, place.which]
    return f"{' '.join(release.title.split()) or '(no headline)'} ({', '.join(filter(None, facts))})"


def describe_versions(answer: Answer, place: Place) -> str:
    """Which versions of a release have the words, where it has several; else ""."""
    numbers = answer.numbers.get(place.version.work, ())
    return f"In version{'' if len(numbers) == 1 else 's'} {_enumerate(list(map(str, numbers)))}." if numbers else ""


def _where(answer: Answer) -> str:
    published = [each.version.release.published for each in answer.places if each.version.release.published]
    first = f", first on {day_month_year(min(published))}" if published else ""
    return f"In {format_count(answer.releases, 'release')}{first}."


def _marks(place: Place) -> str:
    shown = [each for each in place.differences if each.change is Change.BRACKET]
    if shown:
        return f"the writer shows what was changed: {'; '.join(map(_difference, shown))}"
    if any(each.change is Change.ASIDE for each in place.differences):
        return "the release names the speaker between them"
    return "marks, capitals or spaces differ"


def _speaker(answer: Answer) -> str:
    places = answer.joined.pieces if answer.joined else answer.places
    place = next((each for each in places if each.is_other_speaker), places[0])
    return _two_speakers(answer, place)


def _two_speakers(answer: Answer, place: Place) -> str:
    return f"The draft has {answer.quoted.speaker} say this; the release has {_enumerate(place.speakers)} say it."


def _joined(joined: Joined | None) -> str:
    if joined is None:
        return ""
    pieces = format_count(len(joined.pieces), "piece")
    shown = "" if joined.has_ellipsis else " No ellipsis shows it."
    if joined.order is JoinOrder.SEVERAL:
        works = list(dict.fromkeys(each.version.work for each in joined.pieces))
        where = (
            f"from {format_count(len(works), 'release')}" if len(works) > 1 else "from several versions of a release"
        )
        return f"Joined of {pieces} {where}.{shown}"
    if joined.order is JoinOrder.OUT_OF_ORDER:
        return f"Joined of {pieces} from one release, out of order.{shown}"
    left_out = "; ".join(f"“{_short(each.words)}”{_kinds(each.turns)}" for each in joined.left_out)
    return f"Joined of {pieces} from one release, in order. Left out between: {left_out}.{shown}"


def _asides(answer: Answer, place: Place) -> Iterator[str]:
    if answer.verdict is not Verdict.CUT:
        pieces = answer.joined.pieces if answer.joined else (place,)
        yield from (f"An edge turns the sense: {_cut(cut)}." for piece in pieces for cut in piece.cuts)
    if answer.verdict is not Verdict.ANOTHER_SPEAKER:
        if place.is_other_speaker:
            yield _two_speakers(answer, place)
        elif answer.quoted.speaker and not place.speakers:
            yield f"The release does not prove that {answer.quoted.speaker} said it."


def _cut(cut: Cut) -> str:
    side = "before it" if cut.is_before else "after it"
    return f"the release has “{_short(cut.words)}” {side}{_kinds(cut.turns)}"


def _difference(each: Difference) -> str:
    release, draft = _quote(each.release), _quote(each.draft)
    match each.change:
        case Change.LEFT_OUT:
            said = f"left out {release}"
        case Change.PUT_IN:
            said = f"put in {draft}"
        case Change.BRACKET:
            said = f"{draft} for {release}" if each.release else f"{draft} put in"
        case _:
            said = f"{release} changed to {draft}"
    return f"{said}{_kinds(each.turns)}{f' ({each.note})' if each.note else ''}"


def _quote(words: str) -> str:
    return f"the {_QUESTION}" if words == "?" else f"“{_short(words)}”"


def _kinds(turns: Sequence[Turn]) -> str:
    return f" ({', '.join(turns)})" if turns else ""


def _short(words: str, most: int = 300) -> str:
    line = " ".join(words.split())
    return line if len(line) <= most else f"{line[: most // 2]} … {line[-most // 2 :]}"


def _enumerate(names: Iterable[str]) -> str:
    *others, last = names
    return f"{', '.join(others)} and {last}" if others else last
