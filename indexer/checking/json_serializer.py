"""A check as JSON (docs/JSON.md)."""

from __future__ import annotations

from typing import Any

from indexer.checking.links import cite_place, passage_path
from indexer.checking.text_sources import Sources
from indexer.checking.verdicts import Answer, Checked, Joined, Place
from indexer.checking.wording import describe_release, remarks, split_passage, summarise
from indexer.citation import format_plain

Json = dict[str, Any]


def checked_to_json(checked: Checked, base: str = "") -> Json:
    """The answers of a check; `base` is the address of the archive, "" for none known."""
    return {
        "passes": checked.passes,
        "coverage": checked.coverage,
        "answers": [_answer(each, checked.coverage, base) for each in (*checked.quotations, *checked.sentences)],
        "left_out": checked.left_out,
        "notice": checked.notice or None,
    }


def sources_to_json(sources: Sources, base: str = "") -> Json:
    """The releases that a text has words of."""
    return {
        "words": sources.words,
        "share": round(sources.share, 4),
        "partial": sources.was_ended,
        "releases": [
            {
                "share": round(each.share, 4),
                "words": each.words,
                **_release(each.runs[0].place),
                "runs": [
                    {
                        "start": run.start,
                        "end": run.end,
                        "words": run.words,
                        "release": run.place.words,
                        "also": run.also,
                        "url": base + passage_path(run.place),
                    }
                    for run in each.runs
                ],
            }
            for each in sources.releases
        ],
    }


def _answer(answer: Answer, coverage: str, base: str) -> Json:
    return {
        "kind": answer.quoted.kind.value,
        "start": answer.quoted.start,
        "end": answer.quoted.end,
        "text": answer.quoted.text,
        "speaker": answer.quoted.speaker,
        "verdict": answer.verdict.value,
        "passes": answer.verdict.passes,
        "turned": [turn.value for turn in answer.turns],
        "summary": summarise(answer, coverage),
        "remarks": remarks(answer),
        "releases": answer.releases,
        "places": [_place(answer, each, base) for each in answer.places],
        "joined": _joined(answer.joined) if answer.joined else None,
        "others": [
            {"id": each.version.work, "version": each.version.number, "verdict": each.verdict.value}
            for each in answer.others
        ],
    }


def _joined(joined: Joined) -> Json:
    return {
        "order": joined.order.value,
        "ellipsis": joined.has_ellipsis,
        "left_out": [{"words": each.words, "turned": [turn.value for turn in each.turns]} for each in joined.left_out],
    }


def _place(answer: Answer, place: Place, base: str) -> Json:
    return {
        **_release(place),
        "verdict": place.verdict.value,
        "words": place.words,
        "start": place.span.start,
        "end": place.span.end,
        "url": base + passage_path(place),
        "citation": format_plain(cite_place(place, base)),
        "versions": list(answer.numbers.get(place.version.work, (place.version.number,))),
        "speakers": list(place.speakers),
        "cuts": [
            {"before": cut.is_before, "words": cut.words, "turned": [turn.value for turn in cut.turns]}
            for cut in place.cuts
        ],
        "pieces": [
            {
                "release": each.release,
                "draft": each.draft,
                "change": each.change,
                "turned": [t.value for t in each.turns],
            }
            for each in split_passage(place)
        ],
    }


def _release(place: Place) -> Json:
    release = place.version.release
    return {
        "id": place.version.work,
        "version": place.version.number,
        "current": place.version.current,
        "live": place.version.live,
        "title": release.title,
        "date": release.published.iso if release.published else "",
        "source": release.source,
        "which": describe_release(place),
    }
