"""Bodies decompress to what was compressed, one by one or in the background."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.store import body_codec


@given(st.text())
def test_a_text_comes_back(text: str) -> None:
    assert body_codec.decompress_body(body_codec.compress_body(text)) == text


@given(st.dictionaries(st.text(max_size=3), st.text(), max_size=20))
def test_texts_packed_ahead_are_those_packed_one_by_one(bodies: dict[str, str]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(body_codec, "MIN_PARALLEL", 0)
        ahead = body_codec.BackgroundCompressor(bodies)
    assert {key: ahead.get(key) for key in bodies} == {
        key: body_codec.compress_body(text) if text else None for key, text in bodies.items()
    }
    assert ahead.get("none of them") is None


def test_few_texts_are_not_packed_ahead() -> None:
    bodies = {str(number): "The lamp was lit." for number in range(51)}
    assert body_codec.BackgroundCompressor(bodies).get("0") == body_codec.compress_body("The lamp was lit.")
    del bodies["0"]
    assert body_codec.BackgroundCompressor(bodies).get("1") is None
