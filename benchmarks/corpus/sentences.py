"""What corpora are made from: sentences, titles and names of real releases, or of the sample where there are none."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from archive.ids import name_key
from archive.ingest.process_pool import parse_files
from archive.ingest.walk import walk
from archive.parsed import FolderFile
from archive.release import SHOWN_KINDS, Release
from archive.sample import RELEASES

CORPORA = Path(__file__).resolve().parents[3] / "shared" / "corpora"
FOLDERS = ("congress", "doj", "muc3", "senate_txt")
HARVEST_FILE = "harvest.json"

MIN_WORDS, MAX_WORDS = 5, 70
"""Words of a sentence that is kept; others are debris of pages, or lists."""

_END = re.compile(r"(?<=[.!?])[\"”']?\s+(?=[\"“A-Z])")


@dataclass(frozen=True, slots=True)
class Harvest:
    """Real texts taken apart. Names stand commonest first; no two people have the same slug."""

    sentences: list[str]
    titles: list[str]
    people: list[str]
    sources: list[str]
    places: list[str]


def load_harvest(cache: Path) -> Harvest:
    """The harvest cached in `cache`, made where there is none yet (about a minute)."""
    file = cache / HARVEST_FILE
    if not file.exists():
        cache.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(asdict(harvest_releases(list(_releases())))), "utf-8")
    return Harvest(**json.loads(file.read_text("utf-8")))


def harvest_releases(releases: list[Release]) -> Harvest:
    """The sentences, titles and names of these releases."""
    people: dict[str, str] = {}
    used = Counter(person.name for r in releases for person in r.people if person.kind in SHOWN_KINDS)
    for name, _ in used.most_common():
        if " " in name:
            people.setdefault(name_key(name), name)
    return Harvest(
        sentences=[sentence for r in releases for sentence in split_sentences(r.body)],
        titles=[" ".join(r.title.split()) for r in releases if 3 <= len(r.title.split()) <= 25],
        people=list(people.values()),
        sources=[name for name, _ in Counter(r.source for r in releases if r.source).most_common()],
        places=[name for name, _ in Counter(r.place for r in releases if r.place).most_common()],
    )


def split_sentences(body: str) -> Iterator[str]:
    """The sentences of a text that are neither debris nor lists, each on one line."""
    for paragraph in body.split("\n\n"):
        for sentence in _END.split(" ".join(paragraph.split())):
            if MIN_WORDS <= sentence.count(" ") + 1 <= MAX_WORDS:
                yield sentence


def _releases() -> Iterator[Release]:
    for reading in parse_files(list(_files()), dt.date(2012, 12, 31), CORPORA):
        yield from (record.release for record in reading.records)


def _files() -> Iterator[FolderFile]:
    there = [CORPORA / name for name in FOLDERS if (CORPORA / name).is_dir()]
    for folder in there or [RELEASES]:
        yield from (
            found
            for found in walk(folder, folder / "no such folder")
            # The pages in doj/html are among the JSON lines beside them.
            if isinstance(found, FolderFile) and not found.shown.startswith(("html/", "README", "LICENSE"))
        )
