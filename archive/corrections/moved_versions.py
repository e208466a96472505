"""Corrections of versions that moved to another work: they go on to hold there."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace

from archive.corrections.values import Correction, CorrectionField, Corrections
from archive.ids import slug

MovedTo = Callable[[str, int], tuple[str, int] | None]
"""The work and number that a version has now, by those it had; None where it did not move."""


def follow_moves(corrections: Corrections, moved_to: MovedTo) -> Corrections:
    """The corrections, those of a moved version rewritten to the work and number it has now."""
    return replace(corrections, corrections=tuple(_follow_move(each, moved_to) for each in corrections.corrections))


def _follow_move(correction: Correction, moved_to: MovedTo) -> Correction:
    if not correction.version or not (now := moved_to(correction.release, correction.version)):
        return correction
    work, number = now
    return replace(correction, release=work, version=number)


def corrections_to_carry_over(
    corrections: Iterable[Correction], old: str, new: str, held: Collection[tuple[str, ...]], names: Iterable[str]
) -> list[Correction]:
    """The corrections of the work `old` that a work `new`, taken out of it, needs as its own.

    `held` are those that hold for its versions (see `correction_row`), `names` those of the people in them.
    """
    people = {(slug(name), name) for name in names}
    to_carry = []
    for each in corrections:
        if each.release == old and not each.version and correction_row(each) in held:
            to_carry.append(replace(each, release=new, line=0))
        elif old in each.releases and _concerns_any(each, people):
            to_carry.append(replace(each, releases=(new,), line=0))
    return to_carry


def correction_row(each: Correction) -> tuple[str, ...]:
    """A correction of a release as a row of the table `corrections`: field, value, by, reason, kind, role."""
    return (each.field.value, each.value, each.by, each.reason, each.kind.value, each.role)


def _concerns_any(correction: Correction, people: Collection[tuple[str, str]]) -> bool:
    """Whether a correction that some spelling is another person is about one of these (slug and name)."""
    return correction.field is CorrectionField.ANOTHER and any(
        spelt == correction.person and correction.spelling in ("", name) for spelt, name in people
    )
