"""A connection of waitress that knows what it waits for, and for how long already."""

from __future__ import annotations

import time
from enum import Enum, auto
from typing import Any

from waitress.channel import HTTPChannel

from web.server.limits import TOO_SLOW, Limits


class Phase(Enum):
    """What a connection waits for."""

    IDLE = auto()
    """The first byte of a request."""

    HEADER = auto()
    BODY = auto()
    """The rest of a request."""

    WORKING = auto()
    """The app."""

    SENDING = auto()
    """The client, to take what was written for it."""


class BoundedChannel(HTTPChannel):  # type: ignore[misc]
    """A connection that is closed when what it waits for does not come in time.

    Waitress's own time-out starts anew with each byte, and is never applied to a client that takes nothing.
    All but `add_task` of the server runs in the thread of the server's loop.
    """

    def __init__(self, *values: Any, **named: Any) -> None:
        self._request_began = self._body_began = time.time()
        super().__init__(*values, **named)

    @property
    def _limits(self) -> Limits:
        limits: Limits = self.server.limits
        return limits

    @property
    def phase(self) -> Phase:
        """What it waits for."""
        if self.total_outbufs_len:
            return Phase.SENDING
        if self.requests:
            return Phase.WORKING
        if self.request is None:
            return Phase.IDLE
        return Phase.BODY if self.request.headers_finished else Phase.HEADER

    def waited(self, now: float) -> float:
        """Seconds for which it has waited so, at the time `now` (of `time.time`)."""
        began = {Phase.HEADER: self._request_began, Phase.BODY: self._body_began}
        return now - float(began.get(self.phase, self.last_activity))

    def received(self, data: bytes) -> bool:
        """Take in bytes, as waitress does, noting when a request and its body began."""
        before, now = self.request, time.time()
        was_in_body = before is not None and before.headers_finished
        result = bool(super().received(data))
        if self.request is not before:
            self._request_began, was_in_body = now, False
        if self.request is not None and self.request.headers_finished and not was_in_body:
            self._body_began = now
        return result

    def close_overdue(self, now: float) -> None:
        """Close it if it has waited too long; a request that came in part is answered first."""
        phase, waited = self.phase, self.waited(now)
        if phase in (Phase.HEADER, Phase.BODY):
            if waited >= (self._limits.header_s if phase is Phase.HEADER else self._limits.body_s):
                self.refuse(TOO_SLOW)
        elif (phase is Phase.IDLE and waited >= self._limits.idle_s) or (
            phase is Phase.SENDING and waited >= self._limits.send_s
        ):
            # Closed here: of a client that takes nothing the loop would never hear again.
            self.handle_close()

    def is_closable(self, now: float) -> bool:
        """Whether it may be closed to make room: nobody loses an answer by it."""
        phase = self.phase
        return phase is Phase.IDLE or (
            phase in (Phase.HEADER, Phase.BODY) and self.waited(now) >= self._limits.closable_s
        )

    def refuse(self, answer: bytes) -> None:
        """Answer with these bytes instead of the app, and close."""
        with self.outbuf_lock:
            self.outbufs[-1].append(answer)
            self.total_outbufs_len += len(answer)
        self.last_activity = time.time()
        self.close_when_flushed = True
        self.requests: list[Any] = []
