"""A compressed list is the list."""

from __future__ import annotations

import pickle

import pytest

from archive.parsed.compressed_list import RECORDS_PER_CHUNK, CompressedList
from archive.parsed.pickling import record_from_tuple, record_to_tuple, release_from_tuple, release_to_tuple
from archive.release import Evidence, Kind, Mention, Part, Person, PublishedDate, Record, Release, Stated
from archive.rules import rule


@pytest.mark.parametrize(
    "count", [0, 1, RECORDS_PER_CHUNK - 1, RECORDS_PER_CHUNK, RECORDS_PER_CHUNK + 1, 3 * RECORDS_PER_CHUNK + 7]
)
def test_it_holds_what_was_added_in_order(count: int) -> None:
    compressed: CompressedList[str] = CompressedList(str.swapcase, str.swapcase)
    values = [f"release {number}" for number in range(count)]
    for value in values:
        compressed.append(value)
    assert list(compressed) == list(compressed) == values
    assert len(compressed) == count
    assert bool(compressed) == bool(values)
    assert compressed[:3] == values[:3]
    assert list(pickle.loads(pickle.dumps(compressed))) == values


def test_many_take_less_than_their_own_size() -> None:
    compressed: CompressedList[bytes] = CompressedList(bytes, bytes)
    for number in range(20 * RECORDS_PER_CHUNK):
        compressed.append(b"The quay is open again. " * 20 + b"%d" % number)
    assert len(pickle.dumps(compressed)) < 200 * len(compressed)


_RECORD = Record(
    "The quay is open.",
    b"{}",
    "application/json",
    "7",
    (Stated("title", "Quay", rule("json-key", name="key")),),
    notes=("odd",),
)
_SAID = Mention("Ann Roe", Part.BODY, 4, 11, Kind.SPEAKER, rule("said"))
_PROOF = Evidence("person", "Ann Roe", rule("said"), "Ann Roe", Part.BODY, 4, 11, 0.7, True)
_PERSON = Person("Ann Roe", Kind.SPEAKER, "Mayor", 0.7, (_SAID,))
_RELEASE = Release("Quay", "For Ann Roe", PublishedDate(2011, 1), people=(_PERSON,), evidence=(_PROOF,))


@pytest.mark.parametrize("release", [_RELEASE, Release("", "")])
def test_what_was_made_flat_is_whole_again(release: Release) -> None:
    again = release_from_tuple(pickle.loads(pickle.dumps(release_to_tuple(release))))
    assert repr(again) == repr(release)


@pytest.mark.parametrize("record", [_RECORD, Record("", b"", "text/plain")])
def test_a_record_made_flat_is_whole_again(record: Record) -> None:
    assert repr(record_from_tuple(pickle.loads(pickle.dumps(record_to_tuple(record))))) == repr(record)
