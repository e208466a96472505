"""The files of a segment: every byte is under a checksum and verified before it is returned."""

from __future__ import annotations

import random
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from indexer import kernels
from indexer.engine.arrays.files import block_checksums
from indexer.engine.arrays.files.array_file import ArrayFile, DamagedFile, list_bounds, write_arrays
from indexer.engine.arrays.files.block_checksums import BlockChecksums
from indexer.engine.arrays.segments.posting_lists import FieldPostings, FieldReader, pack_field
from indexer.kernels.types import PostingList

LARGE: dict[str, np.ndarray] = {
    "first": np.arange(20_000, dtype=np.uint32),
    "small": np.array([7, 8, 9], np.uint8),
    "none": np.zeros(0, np.uint16),
    "last": np.arange(90_000, dtype=np.uint16),
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file of several blocks."""
    write_arrays(tmp_path / "file", LARGE)
    return tmp_path / "file"


def flip(path: Path, offset: int, bit: int = 0) -> None:
    with path.open("r+b") as file:
        file.seek(offset)
        (byte,) = file.read(1)
        file.seek(offset)
        file.write(bytes([byte ^ 1 << bit]))


def test_what_is_written_is_read(path: Path) -> None:
    file = ArrayFile(path)
    for name, array in LARGE.items():
        assert np.array_equal(file.array(name), array)
        assert file.array(name).dtype == array.dtype
        assert file.length(name) == len(array) == len(file.lazy_array(name))
        assert file.lazy_array(name).read(1, 3).tolist() == array[1:3].tolist()
    assert file.lazy_array("last").at(70_000) == LARGE["last"][70_000]
    assert file.find_damage() == []
    with pytest.raises(IndexError):
        file.lazy_array("small").at(3)


@pytest.mark.parametrize("sizes", [[0], [1, 1], [1 << 15], [(1 << 15) - 1, 2], [200_000], [70_000, 3, 0, 90_000]])
def test_checksums_are_those_of_the_blocks_however_the_bytes_come(sizes: list[int]) -> None:
    data = random.Random(1).randbytes(sum(sizes))
    found = BlockChecksums()
    for start, end in zip(list_bounds(sizes)[:-1], list_bounds(sizes)[1:], strict=True):
        found.add(data[start:end])
    block = 32 * 1024
    assert found.all() == [zlib.crc32(data[at : at + block]) for at in range(0, len(data), block)]


def test_a_flip_of_any_bit_of_a_file_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Bytes between arrays, checksums, the directory and the footer are covered too."""
    monkeypatch.setattr(block_checksums, "BLOCK_BITS", 6)
    path = tmp_path / "file"
    arrays: dict[str, np.ndarray] = {"a": np.arange(70, dtype=np.uint8), "b": np.arange(9, dtype=np.uint64)}
    write_arrays(path, arrays)
    for offset in range(path.stat().st_size):
        flip(path, offset, offset % 8)
        with pytest.raises(DamagedFile, match="file"):
            read_whole(path)
        flip(path, offset, offset % 8)
    read_whole(path)


def read_whole(path: Path) -> None:
    for line in ArrayFile(path).find_damage():
        raise DamagedFile(line)


@pytest.mark.parametrize("name", ["first", "last"])
def test_reading_checks_the_blocks_read_and_no_others(path: Path, name: str) -> None:
    file = ArrayFile(path)
    _, count, offset = file._directory[name]
    width = LARGE[name].itemsize
    flip(path, offset + width * (count // 2))
    array = ArrayFile(path).lazy_array(name)
    assert array.read(0, 10).tolist() == LARGE[name][:10].tolist()
    assert array.at(count - 1) == LARGE[name][-1]
    for read in (lambda: array.at(count // 2), lambda: array.read(count // 2 - 1, count // 2 + 1), array.check):
        with pytest.raises(DamagedFile, match=f"file is damaged at {name}"):
            read()
    with pytest.raises(DamagedFile, match=name):
        ArrayFile(path).array(name)
    for other in {*LARGE} - {name, "small"}:
        assert np.array_equal(ArrayFile(path).array(other), LARGE[other])
    assert ArrayFile(path).find_damage() == [f"file is damaged at {name}"]


def test_a_block_is_checked_once(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    checked: list[int] = []
    crc32 = zlib.crc32
    array = ArrayFile(path).lazy_array("last")

    def counted(data: bytes) -> int:
        checked.append(len(data))
        return crc32(data)

    monkeypatch.setattr(zlib, "crc32", counted)
    array.at(0)
    assert len(checked) == 1
    array.read(0, 100)
    assert len(checked) == 1
    array.check()
    once = list(checked)
    assert LARGE["last"].nbytes <= sum(once) < LARGE["last"].nbytes + 64 * 1024
    array.check()
    assert checked == once


def test_a_file_that_was_read_whole_is_not_checked_again(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole, damaged = ArrayFile(path), ArrayFile(path)
    assert whole.find_damage() == []
    flip(path, 0)
    assert damaged.find_damage()
    monkeypatch.setattr(zlib, "crc32", lambda _: pytest.fail("it was checked again"))
    assert whole.lazy_array("last").at(0) == 0
    with pytest.raises(pytest.fail.Exception):
        damaged.lazy_array("last").at(0)


@pytest.mark.parametrize("change", [b"", b"GIF89a", "half", "less", "more", "zeros"])
def test_what_is_no_such_file_is_refused(path: Path, change: bytes | str) -> None:
    content = path.read_bytes()
    changed = {
        "half": content[: len(content) // 2],
        "less": content[:-1],
        "more": content + b"\0",
        "zeros": bytes(len(content)),
    }
    path.write_bytes(change if isinstance(change, bytes) else changed[change])
    with pytest.raises(DamagedFile, match="file"):
        ArrayFile(path)


def postings(chooser: random.Random, count: int) -> FieldPostings:
    """Postings of `count` terms, some of them long."""
    counts = [chooser.choice([1, 2, 3, 80]) for _ in range(count)]
    documents = [d for size in counts for d in sorted(chooser.sample(range(1000), size))]
    frequencies = [chooser.choice([1, 2, 3]) for _ in documents]
    positions = [p for often in frequencies for p in sorted(chooser.sample((1, 9, 300, 70_000), often))]
    terms = [f"number{number:03}".encode() for number in range(count)]  # a bit makes one of them another
    return FieldPostings(
        terms, np.array(counts, np.int64), np.array(documents, np.uint32), np.array(frequencies, np.uint32),
        np.array(positions, np.uint32),
    )  # fmt: skip


READ: dict[str, Callable[[FieldReader, int], Any]] = {
    "term": lambda field, number: field.term(number),
    "terms": lambda field, number: field.terms(number, number + 5),
    "count": lambda field, number: field.count(number),
    "occurrences": lambda field, number: field.occurrence_count(number),
    "postings": lambda field, number: [array.tolist() for array in field.postings(number)],
    "positions": lambda field, number: field.positions(number).tolist(),
    "packed positions": lambda field, number: kernels.decode_positions(
        [PostingList(0, None, field.verified_index(number, number + 1), number)], np.arange(1000, dtype=np.int32)
    ).tolist(),
    "accumulated": lambda field, number: accumulate(field, number, number + 5).tolist(),
}


def accumulate(field: FieldReader, first: int, last: int) -> np.ndarray[Any, Any]:
    accumulator = np.zeros(1000, np.int32)
    kernels.accumulate(field.verified_index(first, last), range(first, last), 0, None, accumulator)
    return accumulator


@pytest.mark.parametrize("read", READ)
def test_what_is_read_of_a_field_is_right_or_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, read: str
) -> None:
    """Whatever bit is wrong, and whatever of the same file was checked before."""
    monkeypatch.setattr(block_checksums, "BLOCK_BITS", 6)
    chooser, path, refused = random.Random(5), tmp_path / "file", 0
    write_arrays(path, pack_field("body", postings(chooser, 60)))
    whole = [READ[read](FieldReader(ArrayFile(path), "body", 1000), number) for number in range(55)]
    for _ in range(1500):
        number, bit = chooser.randrange(55), chooser.randrange(8)
        offset = random_offset(path, number, chooser)
        flip(path, offset, bit)
        try:
            assert READ[read](FieldReader(ArrayFile(path), "body", 1000), number) == whole[number], (number, offset)
        except DamagedFile:
            refused += 1
        flip(path, offset, bit)
    assert refused


def random_offset(path: Path, number: int, chooser: random.Random) -> int:
    """A random offset in an array of a file; in one that has a number for each term, mostly that of term `number`."""
    arrays = [(np.dtype(kind).itemsize, count, start) for kind, count, start in ArrayFile(path)._directory.values()]
    width, count, start = chooser.choice([array for array in arrays if array[1]])
    first, some = (number, 1) if count in (60, 61) and chooser.random() < 0.9 else (0, count)
    return start + width * first + chooser.randrange(width * some)


LOOKUPS: dict[str, Callable[[FieldReader, bytes], Any]] = {
    "number": lambda field, term: field.find(term),
    "lower bound": lambda field, term: field.lower_bound(term),
    "prefix": lambda field, term: field.prefix_range(term[:8]),
}


@pytest.mark.parametrize("lookup", LOOKUPS)
def test_a_search_among_terms_that_damage_misleads_is_no_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lookup: str
) -> None:
    """Every byte of the vocabulary, for words that are there and words that are not."""
    monkeypatch.setattr(block_checksums, "BLOCK_BITS", 4)
    path, field, refused = tmp_path / "file", postings(random.Random(6), 60), 0
    write_arrays(path, pack_field("body", field))
    words = [field.terms[3], field.terms[41], field.terms[20] + b"0", b"", b"\xf0"]
    whole = {word: LOOKUPS[lookup](FieldReader(ArrayFile(path), "body", 1000), word) for word in words}
    bounds = [array_bounds(path, name) for name in ("body/terms", "body/term_starts")]
    for offset in [offset for start, end in bounds for offset in range(start, end)]:
        for bit in (0, 4, 6):
            flip(path, offset, bit)
            opened = ArrayFile(path)
            for word in words:
                try:
                    assert LOOKUPS[lookup](FieldReader(opened, "body", 1000), word) == whole[word], (word, offset)
                except DamagedFile:
                    refused += 1
            flip(path, offset, bit)
    assert refused


def array_bounds(path: Path, name: str) -> tuple[int, int]:
    """Where an array of a file begins and ends."""
    kind, count, start = ArrayFile(path)._directory[name]
    return start, start + np.dtype(kind).itemsize * count


def test_a_merge_takes_in_nothing_damaged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(block_checksums, "BLOCK_BITS", 7)
    path = tmp_path / "file"
    write_arrays(path, pack_field("body", postings(random.Random(6), 30)))
    chooser = random.Random(7)
    FieldReader(ArrayFile(path), "body", 1000).unpack()
    for kind, count, offset in ArrayFile(path)._directory.values():
        if count:
            at = offset + chooser.randrange(count * np.dtype(kind).itemsize)
            flip(path, at)
            with pytest.raises(DamagedFile):
                FieldReader(ArrayFile(path), "body", 1000).unpack()
            flip(path, at)
