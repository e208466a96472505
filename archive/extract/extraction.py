"""Extracts a Release from a Record: title, date, place, source, people, each with evidence."""

from __future__ import annotations

import datetime
from dataclasses import replace

from archive.extract.byline import read_byline
from archive.extract.dates import Dateline, clean_stated_place, find_dateline, read_date
from archive.extract.evidence import choose_first, slice_evidence, stated_evidence
from archive.extract.headline import split_title
from archive.extract.language import locale_of, read_language
from archive.extract.number_embargo import read_number_and_embargo
from archive.extract.people import read_people
from archive.extract.quotations import read_quotations
from archive.extract.sources import read_source
from archive.extract.structure import append_captions, caption_spans, map_sections, story_lines
from archive.extract.text import MAX_ANALYSED_CHARS, analysed_end, split_lines
from archive.release import Evidence, Record, Release

__all__ = ["read_release"]

_MAX_HEAD_LINES = 30
"""How many lines of a body may hold its dateline, its date and its byline."""


def read_release(record: Record, path: str, today: datetime.date) -> Release:
    """Extract a release from a record.

    Args:
        record: the output of a reader for a file, or for a part of it.
        path: the file's path below the added folder, with `/` between its parts.
        today: the day that no publication date may be well after.
    """
    analysed = analysed_end(record.text)
    looked_at = record if analysed == len(record.text) else replace(record, text=record.text[:analysed])
    split = split_title(looked_at, today.year + 1)
    whole, stated_captions = append_captions(_append_rest(split.body, record.text, analysed), record)
    body = whole[:MAX_ANALYSED_CHARS]
    all_lines = split_lines(body)
    captions = caption_spans(all_lines, stated_captions)
    lines = story_lines(all_lines, captions)
    head = lines[:_MAX_HEAD_LINES]
    dateline = find_dateline(body, head[:20], today.year)
    sections = map_sections(lines, captions)
    byline = read_byline(record, body, head)
    language, readable = read_language(record, body)
    published, dates = read_date(record, body, lines, dateline, path, today, locale_of(record, language))
    place, places = _read_place(record, body, dateline)
    source, sources = read_source(record, split, body, lines, dateline, byline, sections, path)
    people, persons = read_people(record, split.title, body, all_lines, sections, byline) if readable else ((), ())
    url, urls = choose_first(
        [stated_evidence(each, "url", each.value.strip()) for each in record.stated if each.field == "url"]
    )
    release = Release(
        title=split.title,
        body=whole,
        published=published,
        place=place,
        source=source,
        byline=byline.evidence[0].value if byline.evidence else "",
        url=url,
        language=language,
        people=people,
        evidence=(
            *split.evidence,
            *dates,
            *places,
            *sources,
            *byline.evidence,
            *persons,
            *urls,
            *read_number_and_embargo(record, body, head),
            *stated_captions,
        ),
    )
    return read_quotations(release, all_lines, sections) if readable else release


def _append_rest(body: str, text: str, analysed: int) -> str:
    """The body found in the analysed beginning of a text (up to `seen`), and all text after it."""
    if analysed == len(text):
        return body
    start = analysed - len(body)
    # One slice where possible: a giant text with one emoji takes four bytes a character each time it is copied.
    return text[start:] if text.startswith(body, start) else body + text[analysed:]


def _read_place(record: Record, body: str, dateline: Dateline | None) -> tuple[str, tuple[Evidence, ...]]:
    found = [
        stated_evidence(each, "place", clean_stated_place(each.value))
        for each in record.stated
        if each.field == "place" and clean_stated_place(each.value)
    ]
    if dateline:
        found.append(
            slice_evidence("place", dateline.place, dateline.rule, body, dateline.place_span, dateline.confidence)
        )
    return choose_first(found)
