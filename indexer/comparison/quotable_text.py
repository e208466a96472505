"""The text that passages are looked up in, cited by, and proved with: headline and body, a blank line between."""

from __future__ import annotations

from archive.release import Release

GAP = "\n\n"
"""What stands between headline and body."""


def quotable_text(release: Release) -> str:
    """Headline and body of a release as one text."""
    return f"{release.title}{GAP}{release.body}"
