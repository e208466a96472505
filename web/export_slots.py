"""How many exports are written at once: each reads the archive for seconds, and pages are to be answered meanwhile."""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterable, Iterator

from flask import Flask, current_app

from indexer.errors import ExportBroken
from web.slot_table import Holder, LocalTable, SlotTable

MAX_EXPORTS = 2
"""Exports of an archive that are written at once, by all processes that serve it together."""

STALLED_S = 60.0
"""Seconds without progress after which an export may lose its slot: its client takes nothing, or its process died."""

_KEY = "dateline-exports"


class Slot:
    """A place among the exports that are being written; to be given back once it has ended, however it ended."""

    def __init__(self, slots: ExportSlots, ticket: int) -> None:
        self._slots, self._ticket = slots, ticket

    def stream(self, chunks: Iterable[bytes]) -> Iterator[bytes]:
        """The chunks of its export; the slot is given back after the last one.

        Raises:
            ExportBroken: another export has the slot now.
        """
        try:
            for chunk in chunks:
                yield chunk
                if not self._slots.note_progress(self._ticket):
                    raise ExportBroken("what was sent was not taken for a minute, and the rest")
        finally:
            self.give_back()

    def give_back(self) -> None:
        """Let another export take the place; a second call has no effect."""
        self._slots.give_back(self._ticket)


class ExportSlots:
    """The slots of those that share a table. Thread-safe."""

    def __init__(self, table: SlotTable) -> None:
        self._table = table

    def take(self) -> Slot | None:
        """A slot, if need be that of an export that stalled; None where all are taken."""
        with self._table.hold() as holders:
            now = time.monotonic()
            if len(holders) >= MAX_EXPORTS:
                holders[:] = [each for each in holders if now - each.moved_at < STALLED_S]
            if len(holders) >= MAX_EXPORTS:
                return None
            ticket = secrets.randbits(63) + 1
            holders.append(Holder(ticket, now))
            return Slot(self, ticket)

    def note_progress(self, ticket: int) -> bool:
        """Note that an export goes on; False where another has its slot now."""
        with self._table.hold() as holders:
            for at, holder in enumerate(holders):
                if holder.ticket == ticket:
                    holders[at] = Holder(ticket, time.monotonic())
                    return True
        return False

    def give_back(self, ticket: int) -> None:
        """Let another export take the place of this one."""
        with self._table.hold() as holders:
            holders[:] = [each for each in holders if each.ticket != ticket]


def bind_export_slots(app: Flask, table: SlotTable | None) -> None:
    """Tie the slots to an app: those of a table that other processes share, or its own."""
    app.extensions[_KEY] = ExportSlots(table or LocalTable())


def take_slot() -> Slot | None:
    """A slot of the app that answers this request; None where all are taken."""
    slots: ExportSlots = current_app.extensions[_KEY]
    return slots.take()
