"""Dateline: the archive filled through its own writer, the index built and asked through the seam."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from archive.ids import digest
from archive.parsed import FolderFile, LookupKeys, ParsedFile, ParsedRecord
from archive.release import Kind, Person, PublishedDate, Record, Release
from archive.store.database import FILE_NAME
from archive.store.writing.writer import Writer
from benchmarks.contest.questions import TODAY, Question
from benchmarks.corpus.synthetic import Corpus, Story
from benchmarks.meter import Meter
from benchmarks.peers.peer import TOP_K, Counts, Page, Sizes, bytes_below
from indexer.engine.arrays.generations import generations
from indexer.maintenance import build as builder
from indexer.query import Query
from indexer.results import SearchPage
from indexer.search import Searcher

ADDED = "2015-01-01T00:00:00Z"
BATCH = 5_000


def build(corpus: Corpus, folder: Path, meter: Meter) -> None:
    """Fill the archive, then index it."""
    with meter.part("texts"):
        write_stories(folder, corpus.stories(), meter)
    with meter.part("index"):
        builder.rebuild(folder)


def write_stories(folder: Path, stories: Iterable[Story], meter: Meter, added: str = ADDED) -> None:
    """Put stories into the archive of a data directory, made if need be.

    As readings they come from the readers, whose work is not measured here.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with Writer(folder, create=True) as archive, archive.fsync_at_end():
        for batch in meter.read(map(parsed_file, stories), BATCH):
            archive.write(batch, [], added, 1)


def parsed_file(story: Story, edition: int = 0) -> ParsedFile:
    """A story as a file that was read. Another `edition` is other bytes in the same place."""
    original = f"{story.number} {edition}".encode()
    number = digest(original)
    record = Record(story.body, original, "text/plain")
    path = f"/made/{story.number}.txt"
    found = FolderFile(path, path[6:], len(story.body), 0)
    record_reading, sought = ParsedRecord(record, number, release(story)), LookupKeys()
    sought.add(record_reading)
    return ParsedFile(found, number, (record_reading,), lookup_keys=sought)


def release(story: Story) -> Release:
    """A story as a release."""
    return Release(
        title=story.title,
        body=story.body,
        published=PublishedDate.from_iso(story.published) if story.published else None,
        place=story.place,
        source=story.source,
        people=tuple(Person(name, Kind.SPEAKER) for name in story.people),
    )


def size(folder: Path) -> Sizes:
    """The live generation, and the archive."""
    live, _ = generations.read_live(folder)
    return Sizes(index=bytes_below(live), texts=(folder / FILE_NAME).stat().st_size)


def open_index(folder: Path) -> OpenIndex:
    """The data directory opened for searching."""
    return OpenIndex(folder)


class OpenIndex:
    """A Searcher; `page` is its whole answer, `ten_best` goes to the engine behind it."""

    def __init__(self, folder: Path) -> None:
        self.searcher = Searcher(folder)

    def prepare(self, question: Question) -> Question:
        """Dateline reads the text itself, each time."""
        return question

    def forget(self) -> None:
        """Drop the answers that the searcher, and the engine where it has a memory, keep."""
        for keeper in (self.searcher, self.searcher.backend):
            if hasattr(keeper, "forget"):
                keeper.forget()
            elif hasattr(keeper, "_answers"):
                keeper._answers.clear()

    def ten_best(self, prepared: Question) -> Sequence[str]:
        """The ids of the ten best hits."""
        found = self.searcher.backend.find(Query(prepared.clause))
        return [release_id for release_id, _ in found.page(0, TOP_K)]

    def page(self, prepared: Question) -> Page:
        """The results page as the web shows it."""
        return _page(self.searcher.search(prepared.text, limit=TOP_K, today=TODAY))

    def close(self) -> None:
        """Let go of the files."""
        self.searcher.close()


def _page(found: SearchPage) -> Page:
    facets: dict[str, Counts] = {str(f.name): [(v.value, v.count) for v in f.values] for f in found.facets}
    snippets = [hit.snippets[0].text if hit.snippets else "" for hit in found.hits]
    years = [(period.period, period.count) for period in found.timeline]
    return Page(found.total, len(found.hits), snippets, facets, years)
