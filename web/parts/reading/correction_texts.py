"""How a reader puts a value of a release right: the command, and the block of corrections.toml, ready to be copied."""

from __future__ import annotations

import shlex
from dataclasses import dataclass

from archive.corrections import Correction, CorrectionField, format_correction
from archive.release import Version

_BY, _REASON = "Your name", "what the original says"


@dataclass(frozen=True, slots=True)
class CorrectionText:
    """The correction of one field, with the value that stands there now to be overwritten."""

    field: str
    value: str
    command: str
    toml: str


def list_correction_texts(version: Version) -> list[CorrectionText]:
    """A correction for each field of a release that has one value."""
    release = version.release
    values = {
        CorrectionField.TITLE: release.title,
        CorrectionField.DATE: release.published.iso if release.published else "",
        CorrectionField.PLACE: release.place,
        CorrectionField.SOURCE: release.source,
        CorrectionField.BYLINE: release.byline,
    }
    return [_write_correction(version.work, field, value) for field, value in values.items()]


def _write_correction(release_id: str, field: CorrectionField, value: str) -> CorrectionText:
    subject, options = [release_id, field.value, value], ["--by", _BY, "--reason", _REASON]
    words = ["dateline", "correct", *([*options, "--", *subject] if value.startswith("-") else [*subject, *options])]
    toml = format_correction(Correction(field, value, _BY, _REASON, release=release_id))
    return CorrectionText(field.value, value, shlex.join(words), toml)
