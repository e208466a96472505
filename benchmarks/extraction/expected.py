"""What the corpora themselves say of their releases: the date, place, title and source each should be read with."""

from __future__ import annotations

import datetime as dt
import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from archive.extract import read_release
from archive.release import Record, Release
from benchmarks.extraction.corpora import CORPORA, TODAY, display_path, files, records, releases
from benchmarks.extraction.half import GOLD, Half


@dataclass(frozen=True, slots=True)
class Expected:
    """A release as read, and what is right of it; "" where the corpus does not say."""

    where: str
    release: Release
    date: str = ""
    place: str = ""
    title: str = ""
    source: str = ""


def air_force(half: Half) -> Iterator[Expected]:
    """Pages of af.mil: their own mark-up holds title, date and dateline; who issued each was judged by us."""
    sources = {each["file"]: each["source"] for each in json.loads((GOLD / "afmil_sources.json").read_text("utf-8"))}
    for path in _of(half, "afmil/html", ".html"):
        page = path.read_text("utf-8", "replace")
        written = re.search(r"Published (\w+ \d\d?, \d{4})", page)
        day = dt.datetime.strptime(written[1], "%B %d, %Y").date().isoformat() if written else ""
        dateline = re.search(r"<strong>([^<>()]{3,60}) \((?:AFNS|AFPN)\)", page)
        heading = re.search(r"<h1[^>]*>(.*?)</h1>", page, re.DOTALL)
        yield Expected(
            display_path(path),
            records(path)[0].release,
            day,
            dateline[1].strip() if dateline else "",
            html.unescape(heading[1]) if heading else "",
            sources.get(display_path(path), ""),
        )


def justice(half: Half) -> Iterator[Expected]:
    """Pages of the Department of Justice: their twins among the JSON lines have title and date."""
    listing = CORPORA / "doj" / "doj_2009_2012.jsonl"
    lines = listing.read_text("utf-8").splitlines() if listing.is_file() else []
    twins = {twin["file"]: twin for twin in map(json.loads, lines)}
    for path in _of(half, "doj/html", ".html"):
        twin = twins.get(path.stem)
        if twin:
            release = records(path)[0].release
            yield Expected(display_path(path), release, twin["date"], "", twin["title"], "U.S. Department of Justice")


def wires(half: Half) -> Iterator[Expected]:
    """MUC-3: the text alone, without the meta elements that hold the gold."""
    for path in _of(half, "muc3", ".xhtml"):
        page = path.read_text("utf-8")
        meta = dict(re.findall(r'<meta name="DC\.(\w+)" content="([^"]*)"', page))
        text = "\n\n".join(html.unescape(each) for each in re.findall(r"<p>(.*?)</p>", page, re.DOTALL))
        release = read_release(Record(text, b"", "text/plain"), path.name, TODAY)
        yield Expected(display_path(path), release, meta.get("date", ""), html.unescape(meta.get("coverage", "")))


def senate(half: Half) -> Iterator[Expected]:
    """Senate releases: the day stands in the file's name, and often nowhere else."""
    for path in _of(half, "senate_txt", ".txt"):
        day, month, year = re.findall(r"^(\d+)([A-Z][a-z]+?)(\d{4})", path.name)[0]
        date = dt.datetime.strptime(f"{day} {month} {year}", "%d %b %Y").date().isoformat()
        yield Expected(display_path(path), records(path)[0].release, date)


def federal_reserve(half: Half) -> Iterator[Expected]:
    """Statements of the Federal Reserve: the day is the file's name."""
    for path in _of(half, "fomc", ".txt"):
        day = path.stem
        yield Expected(display_path(path), records(path)[0].release, f"{day[:4]}-{day[4:6]}-{day[6:8]}")


def congress(half: Half) -> Iterator[Expected]:
    """Releases of Congress: each JSON line states its day."""
    for where, reading in releases("congress", ".jsonl"):
        if half.takes(where):
            yield Expected(where, reading.release, json.loads(reading.record.original)["date"])


def _of(half: Half, folder: str, suffix: str) -> Iterator[Path]:
    return (path for path in files(folder, suffix) if half.takes(display_path(path)))
