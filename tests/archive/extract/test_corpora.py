"""What the extraction gets right on real releases (../shared/corpora) and on the invented sample."""

from __future__ import annotations

import datetime
import html
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from paths import CORPORA, ROOT

from archive import readers
from archive.extract import read_release
from archive.release import Kind, Record, Release, Stated
from archive.rules import rule

SAMPLE = ROOT / "archive" / "sample" / "releases"
GOLD = Path(__file__).with_name("sample_gold.json")
TODAY = datetime.date(2026, 1, 1)


@pytest.fixture(scope="module")
def corpora() -> Path:
    if not CORPORA.is_dir():
        pytest.skip("no ../shared/corpora here")
    return CORPORA


def read(text: str, path: str, *stated: Stated) -> Release:
    return read_release(Record(text, b"", "text/plain", stated=stated), path, TODAY)


def iso(release: Release) -> str:
    return release.published.iso if release.published else ""


@pytest.mark.corpora
def test_the_seed(corpora: Path) -> None:
    text = (corpora / "seed-nato-missile-defense.txt").read_text(encoding="utf-8")
    release = read(text, "seed-nato-missile-defense.txt")
    assert release.title == "NATO Sees Russia as Missile Defense Partner"
    assert (release.place, iso(release), release.source) == ("Washington", "2011-01-20", "U.S. Department of Defense")
    assert [(each.name, each.role, each.kind) for each in release.people] == [
        ("Anders Fogh Rasmussen", "NATO Secretary General", Kind.SPEAKER),
        ("Barack Obama", "President", Kind.NAMED),
        ("Dmitry Medvedev", "Russian President", Kind.NAMED),
    ]


@pytest.mark.corpora
def test_dates_in_the_names_of_senate_files(corpora: Path) -> None:
    wrong = total = 0
    for file in sorted((corpora / "senate_txt").rglob("*.txt"))[::4]:
        named = re.match(r"(\d+)([A-Z][a-z]+?)(\d{4})", file.name)
        assert named, file
        day, month, year = named.groups()
        gold = datetime.datetime.strptime(f"{day} {month} {year}", "%d %b %Y").date().isoformat()
        release = read(file.read_text(encoding="utf-8", errors="replace"), str(file.relative_to(corpora)))
        wrong += iso(release) != gold
        total += 1
    assert total > 400
    assert wrong <= total // 100


@pytest.mark.corpora
def test_datelines_of_wires(corpora: Path) -> None:
    total = dates = places = 0
    for file in sorted((corpora / "muc3").rglob("*.xhtml"))[::2]:
        page = file.read_text(encoding="utf-8")
        gold = dict(re.findall(r'<meta name="DC\.(\w+)" content="([^"]*)"', page))
        paragraphs = [html.unescape(each) for each in re.findall(r"<p>(.*?)</p>", page, re.DOTALL)]
        release = read("\n\n".join(paragraphs), file.name, Stated("title", file.stem, rule("json-key", name="title")))
        total += 1
        dates += iso(release) == gold.get("date", "")
        # "MANAGUA (NICARAGUA)" is written "Managua, Nicaragua".
        places += release.place.casefold() in (
            gold["coverage"].casefold(),
            gold["coverage"].casefold().replace(" (", ", ").rstrip(")"),
            gold["coverage"].casefold().split(" (")[0],
        )
    assert total >= 250
    assert dates >= total * 0.99
    assert places >= total * 0.99


def _people(folder: Path) -> Iterator[tuple[str, list[str], Release]]:
    documents = [json.loads(line) for line in (folder / "documents.json").read_text().splitlines() if line.strip()]
    entities = [json.loads(line) for line in (folder / "entities.json").read_text().splitlines() if line.strip()]
    for document in documents:
        names = [
            each["value"] for each in entities if each["type"] == "Person" and each["documentId"] == document["_id"]
        ]
        yield (
            document["title"],
            names,
            read(document["text"], "a.txt", Stated("title", document["title"], rule("json-key", name="title"))),
        )


@pytest.mark.corpora
@pytest.mark.parametrize("name", ["US State Department", "UK Government"])
def test_everyone_found_is_a_person(corpora: Path, name: str) -> None:
    right = wrong = 0
    for _, gold, release in _people(corpora / "re3d" / name):
        for person in release.people:
            found = any(person.name.split()[-1] in each for each in gold)
            right, wrong = right + found, wrong + (not found)
    assert right >= 9
    assert wrong <= 1


FLOORS = {"title": 64, "date": 63, "place": 64, "source": 63, "byline": 64, "people": 60}


def _sample() -> Iterator[tuple[dict[str, Any], dict[str, object]]]:
    gold = json.loads(GOLD.read_text(encoding="utf-8"))
    for path in sorted({each["path"] for each in gold}):
        expected = [each for each in gold if each["path"] == path]
        for record in readers.read((SAMPLE / path).read_bytes(), path):
            if not isinstance(record, Record):
                continue
            found = _values(read_release(record, path, TODAY))
            # Keys are the readers' business: a file of many is matched by its titles.
            yield (
                next((each for each in expected if _plain(each["title"]) == _plain(found["title"])), expected[0]),
                found,
            )


def _plain(text: object) -> str:
    return " ".join(str(text).replace("’", "'").casefold().split())


def _values(release: Release) -> dict[str, object]:
    people = [each.name for each in release.people if each.kind in (Kind.SPEAKER, Kind.NAMED)]
    values = {"title": release.title, "date": iso(release), "place": release.place, "source": release.source}
    return {**values, "byline": release.byline, "people": sorted(map(_plain, people))}


@pytest.mark.skipif(not GOLD.is_file(), reason="no sample_gold.json here")
def test_the_sample() -> None:
    right = dict.fromkeys(FLOORS, 0)
    for gold, found in _sample():
        expected = {**gold, "people": sorted(map(_plain, gold["people"]))}
        for field in FLOORS:
            right[field] += _plain(found[field]) == _plain(expected[field])
    assert {field: count for field, count in right.items() if count < FLOORS[field]} == {}
