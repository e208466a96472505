"""Encodes a release as compressed JSON (zstandard) and decodes it without loss: the reading behind a corrected one."""

from __future__ import annotations

import json
from typing import Any

import zstandard

from archive.release import Evidence, Kind, Mention, Part, Person, PublishedDate, Release, as_dict
from archive.rules import Rule, parse_sentence


def encode_release(release: Release) -> bytes:
    """The release as compressed JSON."""
    text = json.dumps(as_dict(release), ensure_ascii=False, separators=(",", ":"))
    return zstandard.compress(text.encode("utf-8", "surrogatepass"))


def decode_release(content: bytes) -> Release:
    """The release of these bytes."""
    found: dict[str, Any] = json.loads(zstandard.decompress(content).decode("utf-8", "surrogatepass"))
    found["published"] = PublishedDate(**found["published"]) if found["published"] else None
    found["people"] = tuple(_decode_person(each) for each in found["people"])
    found["evidence"] = tuple(
        Evidence(**each | {"part": Part(each["part"]), "rule": _decode_rule(each["rule"])})
        for each in found["evidence"]
    )
    return Release(**found)


def _decode_person(found: dict[str, Any]) -> Person:
    mentions = tuple(
        Mention(**each | {"part": Part(each["part"]), "kind": Kind(each["kind"]), "rule": _decode_rule(each["rule"])})
        for each in found["mentions"]
    )
    return Person(**found | {"kind": Kind(found["kind"]), "mentions": mentions})


def _decode_rule(found: Any) -> Rule:
    """A rule as it was encoded: code and parameters, or the sentence of schema 9 and earlier."""
    if isinstance(found, str):
        return parse_sentence(found)
    code, params = found
    return Rule(code, tuple((name, value) for name, value in params))
