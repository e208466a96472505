"""A packed sequence is the sequence."""

from __future__ import annotations

import pickle

import pytest

from archive.packed import PORTION, Packed


@pytest.mark.parametrize("count", [0, 1, PORTION - 1, PORTION, PORTION + 1, 3 * PORTION + 7])
def test_it_holds_what_was_added_in_order(count: int) -> None:
    packed: Packed[str] = Packed()
    values = [f"release {number}" for number in range(count)]
    for value in values:
        packed.append(value)
    assert list(packed) == list(packed) == values
    assert len(packed) == count
    assert bool(packed) == bool(values)
    assert packed[:3] == values[:3]
    assert list(pickle.loads(pickle.dumps(packed))) == values


def test_many_take_less_than_their_own_size() -> None:
    packed: Packed[bytes] = Packed()
    for number in range(20 * PORTION):
        packed.append(b"The quay is open again. " * 20 + b"%d" % number)
    assert len(pickle.dumps(packed)) < 200 * len(packed)
