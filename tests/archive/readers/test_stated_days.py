"""Days that JSON and tables state in their own ways come out as the date of the release."""

from __future__ import annotations

import datetime
import json

import pytest

from archive.extract import read_release
from archive.readers import read
from archive.release import Record

TODAY = datetime.date(2026, 6, 1)


def day(content: bytes, name: str) -> str:
    (record,) = read(content, name)
    assert isinstance(record, Record)
    published = read_release(record, name, TODAY).published
    return published.iso if published else ""


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("timestamp", 1110274200),
        ("timestamp", 1110274200000),
        ("createdAt", "2005-03-08T09:30:00Z"),
        ("date", {"$date": "2005-03-08T09:30:00Z"}),
        ("date", {"$date": 1110274200000}),
        ("published", {"$date": {"$numberLong": "1110274200000"}}),
        ("date_posted", "8. März 2005"),
    ],
)
def test_days_in_json(name: str, value: object) -> None:
    thing = {"title": "Quay Opens", "text": "The quay is open.", name: value}
    assert day(json.dumps([thing]).encode(), "a.json") == "2005-03-08"
    assert day(json.dumps(thing).encode(), "a.jsonl") == "2005-03-08"


@pytest.mark.parametrize("value", ["38419", "38419.39", "1110274200", "2005-03-08", "08.03.2005"])
def test_days_in_tables(value: str) -> None:
    assert day(f"title,date,text\nQuay Opens,{value},The quay is open.\n".encode(), "a.csv") == "2005-03-08"
