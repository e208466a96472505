"""The present moment, as it is stored."""

from __future__ import annotations

import datetime as dt


def utc_now() -> str:
    """The present moment in UTC, ISO 8601 to the second: `2026-11-30T12:00:00Z`."""
    return dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
