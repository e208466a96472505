"""Rules: codes with parameters, sentences made when shown, and the sentences that older archives kept."""

from __future__ import annotations

import pytest

from archive.rules import decode_rule, encode_params, parse_sentence, rule


@pytest.mark.parametrize(
    ("sentence", "code", "params"),
    [
        ("dateline", "dateline", {}),
        ("dateline: in the future", "dateline", {"outcome": "in-future"}),
        ("after “Posted on”", "date-label", {"label": "Posted on"}),
        ("after “Updated”", "date-label", {"label": "Updated", "event": "change"}),
        ("meta article:modified_time", "meta", {"name": "article:modified_time", "event": "change"}),
        ('JSON key "member.name"', "json-key", {"name": "member.name"}),
        ('columns "city" and "land"', "two-columns", {"name": "city", "other": "land"}),
        (
            'column "date", month first: as its source writes', "column",
            {"name": "date", "order": "month first", "because": "source"},
        ),
        ("its source writes day first", "order-of-source", {"order": "day first"}),
        ("given name: not enough", "given-name", {"outcome": "not-enough"}),
        ("corrected by R. Lee", "correction", {"by": "R. Lee"}),
        ("corrected by Lee: misprint: 3: no such day", "correction-because",
         {"by": "Lee", "reason": "misprint: 3", "outcome": "no-such-day"}),
        ("said by a little bird", "as-kept", {"sentence": "said by a little bird"}),
    ],
)  # fmt: skip
def test_a_sentence_that_was_kept_is_read_as_the_rule_it_was(sentence: str, code: str, params: dict[str, str]) -> None:
    found = parse_sentence(sentence)
    assert (found.code, found.named) == (code, params)
    assert found.sentence == sentence


def test_a_rule_is_stored_and_comes_back() -> None:
    found = rule("date-label", label='“é”"').with_params(outcome="in-future")
    assert decode_rule(found.code, encode_params(found.params)) == found
    assert found.with_params(outcome="") == rule("date-label", label='“é”"')
    assert encode_params(()) == ""


def test_braces_in_a_parameter_stay_what_they_are() -> None:
    assert rule("meta", name="{name}{x}").sentence == "meta {name}{x}"
    assert decode_rule("a-later-code", "").sentence == "a-later-code"
