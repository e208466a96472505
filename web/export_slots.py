"""How many exports are written at once: each reads the archive for seconds, and pages are to be answered meanwhile."""

from __future__ import annotations

from threading import BoundedSemaphore, Lock

from flask import Flask, current_app

MAX_EXPORTS = 2
"""Exports of one app that are written at once."""

_KEY = "dateline-exports"


class Slot:
    """A place among the exports that are being written; to be given back once it has ended, however it ended."""

    def __init__(self, free: BoundedSemaphore) -> None:
        self._free: BoundedSemaphore | None = free
        self._lock = Lock()

    def give_back(self) -> None:
        """Let another export take the place; a second call has no effect."""
        with self._lock:
            free, self._free = self._free, None
        if free:
            free.release()


def bind_export_slots(app: Flask) -> None:
    """Tie the slots to an app."""
    app.extensions[_KEY] = BoundedSemaphore(MAX_EXPORTS)


def take_slot() -> Slot | None:
    """A slot of the app that answers this request; None where all are taken."""
    free: BoundedSemaphore = current_app.extensions[_KEY]
    return Slot(free) if free.acquire(blocking=False) else None
