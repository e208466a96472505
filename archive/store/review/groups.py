"""Values that need review in groups: by the correction that settles them, or by the rule and source of the releases."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from archive.corrections import Correction, CorrectionField, ValueSubject, format_correction
from archive.rules import Rule
from archive.store.archive import Archive
from archive.store.review.items import ReviewItem, ReviewKind, count_releases


class ReviewGroup(NamedTuple):
    """Items of one kind: of one source, place or person (`value`), or of one rule in releases of one `source`.

    `releases` is how many releases they stand in.
    """

    field: str
    value: str
    source: str
    rule: Rule | None
    items: Sequence[ReviewItem]
    releases: int

    @property
    def person(self) -> str:
        """The slug of the person it is about, "" for none."""
        return self.items[0].person

    @property
    def subject(self) -> ValueSubject | None:
        """What one correction of its value would be about; None where it is a person's or each release has its own."""
        return ValueSubject(self.field) if self.value and not self.person else None

    @property
    def correction(self) -> str:
        """The one correction that settles all items, to paste and to complete; "" where each needs its own."""
        if self.person or not self.subject:
            return self.items[0].correction if len(self.items) == 1 else ""
        return format_correction(_right_name(self.subject, self.value))

    @property
    def command(self) -> str:
        """The same as a command to complete; "" where each item needs its own, and for a value no shell can take."""
        if not self.value or not self.value.isprintable():
            return ""
        what = [self.person] if self.person else [f"--{self.subject}", self.value]
        return shlex.join(["dateline", "correct", *what, "name", self.value, "--by", "YOUR NAME"])


def _right_name(subject: ValueSubject, value: str) -> Correction:
    """The correction that says that a source or place is called as it is; to be completed."""
    if subject is ValueSubject.SOURCE:
        return Correction(CorrectionField.NAME, value, "…", "…", source=value)
    return Correction(CorrectionField.NAME, value, "…", "…", place=value)


class ReviewCount(NamedTuple):
    """How many values of a kind need review, and in how many releases they stand."""

    values: int
    releases: int


def group_review_items(items: Iterable[ReviewItem]) -> list[ReviewGroup]:
    """Items of one kind in groups, those in most releases first."""
    found: dict[tuple[str, ...], list[ReviewItem]] = {}
    for each in items:
        found.setdefault(_key(each), []).append(each)
    groups = [_make_group(members) for members in found.values()]
    return sorted(groups, key=lambda each: (-each.releases, each.field, each.value, each.source, each.person))


def count_values(archive: Archive, kind: ReviewKind, groups: Iterable[ReviewGroup]) -> ReviewCount:
    """The values of a kind, given its groups: a source, place or person once each, others once in each release."""
    return ReviewCount(sum(1 if each.value else len(each.items) for each in groups), count_releases(archive, kind))


def _is_shared(item: ReviewItem) -> bool:
    """Whether its value may stand in many releases, and be corrected in all of them at once."""
    return bool(item.person) or (item.field in list(ValueSubject) and bool(item.value))


def _key(item: ReviewItem) -> tuple[str, ...]:
    if _is_shared(item):
        return (item.field, item.value, item.person)
    return (item.field, "", item.source, item.rule.sentence if item.rule else "")


def _make_group(items: list[ReviewItem]) -> ReviewGroup:
    first = items[0]
    if _is_shared(first):
        return ReviewGroup(first.field, first.value, "", first.rule, items, sum(each.releases for each in items))
    return ReviewGroup(first.field, "", first.source, first.rule, items, len(items))
