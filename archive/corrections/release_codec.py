"""Encodes a release as compressed JSON (zstandard) and decodes it without loss: the reading behind a corrected one."""

from __future__ import annotations

import json
from typing import Any

import zstandard

from archive.release import Evidence, Kind, Mention, Part, Person, PublishedDate, Quotation, Release, as_dict
from archive.rules import parse_sentence
from archive.rules import rule as make_rule


def encode_release(release: Release) -> bytes:
    """The release as compressed JSON."""
    found = as_dict(release)
    for person, each in zip(release.people, found["people"], strict=True):
        for mention, one in zip(person.mentions, each["mentions"], strict=True):
            one["line"] = mention.line
    text = json.dumps(found, ensure_ascii=False, separators=(",", ":"))
    return zstandard.compress(text.encode("utf-8", "surrogatepass"))


def decode_release(content: bytes) -> Release:
    """The release of these bytes."""
    found: dict[str, Any] = json.loads(zstandard.decompress(content).decode("utf-8", "surrogatepass"))
    found["published"] = PublishedDate(**found["published"]) if found["published"] else None
    found["people"] = tuple(_decode_person(each) for each in found["people"])
    found["evidence"] = tuple(Evidence(**_with_rule(each) | {"part": Part(each["part"])}) for each in found["evidence"])
    # Archives of schema 11 and earlier kept none.
    found["quotations"] = tuple(
        Quotation(**_with_rule(each) | {"speakers": tuple(each["speakers"])}) for each in found.get("quotations", ())
    )
    return Release(**found)


def _decode_person(found: dict[str, Any]) -> Person:
    mentions = tuple(
        Mention(**_with_rule(each) | {"part": Part(each["part"]), "kind": Kind(each["kind"])})
        for each in found["mentions"]
    )
    return Person(**found | {"kind": Kind(found["kind"]), "mentions": mentions})


def _with_rule(found: dict[str, Any]) -> dict[str, Any]:
    """Values with the rule that their code and parameters name; schema 9 and earlier kept its sentence alone."""
    rule = make_rule(found["code"], **found["params"]) if "code" in found else parse_sentence(found["rule"])
    return {name: value for name, value in found.items() if name not in ("code", "params")} | {"rule": rule}
