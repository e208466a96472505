"""The report of a check as Markdown to keep, with citations."""

from __future__ import annotations

from collections.abc import Iterator

from indexer.checking.links import cite_place
from indexer.checking.passages import Change
from indexer.checking.text_sources import Sources
from indexer.checking.verdicts import Answer, Checked, Place, Verdict
from indexer.checking.wording import HEADINGS, Piece, describe_versions, remarks, split_passage, summarise
from indexer.citation import escape_url, format_plain
from indexer.export import escape_markdown
from indexer.output import format_count, make_visible


def report_to_markdown(checked: Checked, base: str = "") -> str:
    """The answers of a check (CommonMark).

    Args:
        checked: the answers.
        base: the address of the archive, without a slash at its end; "" for none known.
    """
    parts = ["# Quotations checked", describe_counts(checked)]
    parts += [f"Searched: {checked.coverage}, with earlier versions and withdrawn releases."]
    parts += [_text(checked.notice)] if checked.notice else []
    for number, answer in enumerate(checked.quotations, start=1):
        parts += _answer(f"{number}.", answer, checked.coverage, base)
    if checked.sentences:
        parts.append("# Sentences")
        for number, answer in enumerate(checked.sentences, start=1):
            parts += _answer(f"{number}.", answer, checked.coverage, base)
    return "\n\n".join(parts) + "\n"


def describe_counts(checked: Checked) -> str:
    """How many quotations there are, and of each verdict, in a sentence or two."""
    if not checked.quotations:
        return "No quotations were found in this text."
    counts = [(verdict, sum(each.verdict is verdict for each in checked.quotations)) for verdict in Verdict]
    listed = ", ".join(f"{count} {verdict}" for verdict, count in counts if count)
    sentence = f"{format_count(len(checked.quotations), 'quotation')}: {listed}."
    return f"{sentence} {checked.left_out:,} more were not checked." if checked.left_out else sentence


def sources_to_markdown(sources: Sources, base: str = "") -> str:
    """Which share of a text stands in which releases (CommonMark)."""
    parts = ["# Where this text comes from", describe_sources(sources)]
    for source in sources.releases:
        citation = format_plain(cite_place(source.runs[0].place, base))
        parts.append(f"## {source.share:.0%} ({format_count(source.words, 'word')})\n\n{_text(citation)}")
        for run in source.runs:
            also = f"\n\nAlso in {format_count(run.also, 'other release')}." if run.also else ""
            parts.append(f"> {_text(run.words)}{also}")
    return "\n\n".join(parts) + "\n"


def describe_sources(sources: Sources) -> str:
    """How much of a text stands in releases, in a sentence."""
    if not sources.words:
        return "There are no words in this text."
    share = f"{sources.share:.0%} of its {format_count(sources.words, 'word')}"
    return f"{share} stand in {format_count(len(sources.releases), 'release')}, in runs of eight words or more."


def _answer(number: str, answer: Answer, coverage: str, base: str) -> Iterator[str]:
    yield f"## {number} {HEADINGS[answer.verdict]}"
    yield f"> {_text(answer.quoted.text)}"
    yield _text(" ".join([summarise(answer, coverage), *remarks(answer)]))
    if answer.verdict is Verdict.ALTERED and answer.places:
        yield f"Word by word: {''.join(map(_piece, split_passage(answer.places[0])))}"
    places = answer.joined.pieces if answer.joined else answer.places
    if answer.verdict is Verdict.ALTERED:
        places = places[:1]
    if places:
        yield "\n".join(f"* {_place(answer, place, base)}" for place in places)


def _place(answer: Answer, place: Place, base: str) -> str:
    citation = cite_place(place, base)
    plain = format_plain(citation).removesuffix(citation.address)
    address = f"<{escape_url(citation.address)}>" if citation.address else ""
    which = [] if place.version.current and place.version.live else [f"({place.which})"]
    return " ".join(filter(None, [_text(plain.strip()), address, *which, describe_versions(answer, place)]))


def _piece(piece: Piece) -> str:
    """A piece of a passage: what the release has and the draft has not is struck out, what the draft has is bold."""
    if not piece.change or piece.change == Change.ASIDE:
        return _text(piece.release, keep_edges=True)
    taken = f" ~~{_text(piece.release)}~~ " if piece.release.strip() else ""
    put = f" **{_text(piece.draft)}** " if piece.draft.strip() else ""
    return f"{taken}{put}"


def _text(text: str, *, keep_edges: bool = False) -> str:
    """A text in one line that Markdown shows as it is."""
    line = " ".join(make_visible(text).split())
    edges = (" " if text[:1].isspace() else "", " " if text[-1:].isspace() else "") if keep_edges else ("", "")
    return f"{edges[0]}{escape_markdown(line)}{edges[1]}"
