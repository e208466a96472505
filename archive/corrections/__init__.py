"""What people have put right: `corrections.toml` read, checked, written, and applied to a release."""

from archive.corrections.appending import append, replace_file, written
from archive.corrections.applying import corrected
from archive.corrections.as_read import packed, unpacked
from archive.corrections.checking import Refused, checked
from archive.corrections.following import carried, followed, of_release
from archive.corrections.identities import Identities
from archive.corrections.toml_file import CorrectionsUnreadable, content_of, count_blocks, parsed, read, without
from archive.corrections.values import (
    FILE_NAME,
    OF_PERSON,
    OF_RELEASE,
    Correction,
    Corrections,
    Field,
    Problem,
    of_version,
)

__all__ = [
    "FILE_NAME",
    "OF_PERSON",
    "OF_RELEASE",
    "Correction",
    "Corrections",
    "CorrectionsUnreadable",
    "Field",
    "Identities",
    "Problem",
    "Refused",
    "append",
    "carried",
    "checked",
    "content_of",
    "corrected",
    "count_blocks",
    "followed",
    "of_release",
    "of_version",
    "packed",
    "parsed",
    "read",
    "replace_file",
    "unpacked",
    "without",
    "written",
]
