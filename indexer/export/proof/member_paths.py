"""The names of members that are made of a version's number."""

from __future__ import annotations


def text_path(work: str, number: int) -> str:
    """The text of a version."""
    return f"texts/{work}-v{number}.txt"


def changes_path(work: str, old: int, new: int, suffix: str) -> str:
    """What a version changed, beside an earlier one."""
    return f"changes/{work}-v{old}-to-v{new}{suffix}"
