"""How many exports are written at once: each reads the archive for seconds, and pages are to be answered meanwhile."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from threading import Lock

from flask import Flask, current_app

from indexer.errors import ExportBroken

MAX_EXPORTS = 2
"""Exports of one app that are written at once."""

STALLED_S = 60.0
"""Seconds without progress after which an export may lose its slot: its client takes nothing, and may be gone."""

_KEY = "dateline-exports"


class Slot:
    """A place among the exports that are being written; to be given back once it has ended, however it ended."""

    def __init__(self, slots: ExportSlots) -> None:
        self._slots = slots
        self._moved_at = time.monotonic()

    @property
    def is_stalled(self) -> bool:
        """Whether its export made no progress for so long that another may have the place."""
        return time.monotonic() - self._moved_at >= STALLED_S

    def stream(self, chunks: Iterable[bytes]) -> Iterator[bytes]:
        """The chunks of its export; the slot is given back after the last one.

        Raises:
            ExportBroken: another export has the slot now.
        """
        try:
            for chunk in chunks:
                yield chunk
                if not self._slots.holds(self):
                    raise ExportBroken("what was sent was not taken for a minute, and the rest")
                self._moved_at = time.monotonic()
        finally:
            self.give_back()

    def give_back(self) -> None:
        """Let another export take the place; a second call has no effect."""
        self._slots.give_back(self)


class ExportSlots:
    """The slots of an app. Thread-safe."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._taken: list[Slot] = []

    def take(self) -> Slot | None:
        """A slot, if need be that of an export that stalled; None where all are taken."""
        with self._lock:
            if len(self._taken) >= MAX_EXPORTS:
                self._taken = [slot for slot in self._taken if not slot.is_stalled]
            if len(self._taken) >= MAX_EXPORTS:
                return None
            self._taken.append(slot := Slot(self))
            return slot

    def holds(self, slot: Slot) -> bool:
        """Whether a slot is still its export's."""
        with self._lock:
            return slot in self._taken

    def give_back(self, slot: Slot) -> None:
        """Let another export take the place of this one."""
        with self._lock:
            self._taken = [each for each in self._taken if each is not slot]


def bind_export_slots(app: Flask) -> None:
    """Tie the slots to an app."""
    app.extensions[_KEY] = ExportSlots()


def take_slot() -> Slot | None:
    """A slot of the app that answers this request; None where all are taken."""
    slots: ExportSlots = current_app.extensions[_KEY]
    return slots.take()
