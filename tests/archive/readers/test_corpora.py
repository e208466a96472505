"""The readers on real releases (../shared/corpora): every file counted, pages against their JSON."""

import json
from collections import Counter

import pytest
from paths import CORPORA

from archive.readers import read
from archive.release import Record, Skipped

pytestmark = [
    pytest.mark.corpora,
    pytest.mark.skipif(not CORPORA.is_dir(), reason="../shared/corpora is not here"),
]

# a pattern of files -> records, and skips by reason
COUNTS: list[tuple[str, int, dict[str, int]]] = [
    ("doj/*.jsonl", 5165, {}),
    ("doj/html/*.html", 512, {}),
    ("afmil/html/*.html", 85, {}),
    ("afmil/rss/*.xml", 902, {}),
    ("congress/*.jsonl", 1388, {}),
    ("senate_txt/*/*.txt", 1920, {}),
    ("muc3/dev/*.xhtml", 600, {}),
    ("fomc/statements/*.txt", 159, {}),
    ("rss/*.rss", 20, {}),
    ("re3d/*/documents.json", 48, {}),
    ("gum_news_ccby/*.xml", 24, {}),
    ("gum_news_ccby/*.tsv", 0, {"WebAnno annotation, not a table of releases": 24}),
    ("centcom/all.csv", 5605, {}),
    ("seed-nato-missile-defense.txt", 1, {}),
]


def read_all(pattern: str) -> list[Record | Skipped]:
    paths = sorted(CORPORA.glob(pattern))
    return [outcome for path in paths for outcome in read(path.read_bytes(), path.name)]


def fields(record: Record) -> dict[str, str]:
    values: dict[str, str] = {}
    for value in record.stated:
        values.setdefault(value.field, value.value)
    return values


@pytest.mark.parametrize(("pattern", "count", "skips"), COUNTS)
def test_counts(pattern: str, count: int, skips: dict[str, int]) -> None:
    outcomes = read_all(pattern)
    assert Counter(o.reason for o in outcomes if isinstance(o, Skipped)) == skips
    assert sum(isinstance(o, Record) for o in outcomes) == count


@pytest.mark.parametrize(
    ("pattern", "stated"),
    [
        ("doj/*.jsonl", "title date url"),
        ("doj/html/*.html", "title date url language"),
        ("afmil/html/*.html", "title"),
        ("afmil/rss/*.xml", "title date source byline url"),
        ("congress/*.jsonl", "title date source url"),
        ("muc3/dev/*.xhtml", "place number"),
        ("rss/*.rss", "title date source byline url"),
        ("gum_news_ccby/*.xml", "title date byline url"),
        ("centcom/all.csv", "date place"),
    ],
)
def test_every_record_states(pattern: str, stated: str) -> None:
    records = [o for o in read_all(pattern) if isinstance(o, Record)]
    missing = Counter(name for record in records for name in stated.split() if name not in fields(record))
    assert not missing


def test_pages_have_the_text_and_date_their_json_twins_have() -> None:
    lines = (CORPORA / "doj" / "doj_2009_2012.jsonl").read_text(encoding="utf-8").splitlines()
    twins = {twin["file"]: twin for twin in map(json.loads, lines)}
    good = total = 0
    for path in sorted((CORPORA / "doj" / "html").iterdir()):
        twin = twins.get(path.stem)
        if not twin:
            continue
        (record,) = read(path.read_bytes(), path.name)
        assert isinstance(record, Record)
        assert fields(record)["date"].startswith(twin["date"])
        assert words(fields(record)["title"]) == words(twin["title"])
        total += 1
        good += words(twin["body"]) in words(record.text)
    assert total > 500
    assert good / total > 0.97


def words(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isascii() and c.isalnum())


def test_pages_of_the_air_force_hold_no_chrome() -> None:
    for path in sorted((CORPORA / "afmil" / "html").iterdir()):
        (record,) = read(path.read_bytes(), path.name)
        assert isinstance(record, Record)
        assert "Published" in record.text[:300]
        for chrome in ("DOWNLOAD HI-RES", "PHOTO DETAILS", "E-MAIL", "__doPostBack"):
            assert chrome not in record.text


def test_the_malformed_feed_gives_all_its_items() -> None:
    records = [o for o in read_all("afmil/rss/RSS822e.xml") if isinstance(o, Record)]
    assert len(records) == 20
    repaired = [record for record in records if record.notes]
    assert len(repaired) == 1
    assert fields(repaired[0])["byline"] == "Space & Missile Systems Center Public Affairs"
