"""Corrections by people: `corrections.toml` parsed, validated, written, and applied to releases."""

from archive.corrections.appending import append_corrections, format_correction, replace_file
from archive.corrections.applying import apply_corrections, rule_for
from archive.corrections.checking import InvalidCorrection, parse_correction
from archive.corrections.moved_versions import correction_row, corrections_to_carry_over, follow_moves
from archive.corrections.release_codec import decode_release, encode_release
from archive.corrections.toml_file import (
    CorrectionsUnreadable,
    count_blocks,
    parse_corrections,
    read_content,
    read_corrections,
    remove_corrections,
)
from archive.corrections.values import (
    FILE_NAME,
    PERSON_FIELDS,
    RELEASE_FIELDS,
    VALUE_FIELDS,
    Correction,
    CorrectionField,
    Corrections,
    Problem,
    ValueSubject,
    corrections_of_version,
)

__all__ = [
    "FILE_NAME",
    "PERSON_FIELDS",
    "RELEASE_FIELDS",
    "VALUE_FIELDS",
    "Correction",
    "CorrectionField",
    "Corrections",
    "CorrectionsUnreadable",
    "InvalidCorrection",
    "Problem",
    "ValueSubject",
    "append_corrections",
    "apply_corrections",
    "correction_row",
    "corrections_of_version",
    "corrections_to_carry_over",
    "count_blocks",
    "decode_release",
    "encode_release",
    "follow_moves",
    "format_correction",
    "parse_correction",
    "parse_corrections",
    "read_content",
    "read_corrections",
    "remove_corrections",
    "replace_file",
    "rule_for",
]
