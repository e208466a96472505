"""Waitress with limits: slow, idle and half-sent connections do not keep others out."""

from __future__ import annotations

import logging
import socket
import time
from collections.abc import Callable, Sequence
from typing import Any

from waitress.adjustments import Adjustments
from waitress.server import MultiSocketServer, TcpWSGIServer
from waitress.task import ThreadedTaskDispatcher

from web.server.bounded_channel import BoundedChannel, Phase
from web.server.limits import FULL, MAX_BODY_BYTES, MAX_HEADER_BYTES, Limits

THREADS = 8
"""Requests that one worker answers at once; more wait their turn."""

_LOOP_FILES = 16
"""Places in waitress's list of open files that are no connections, rounded up."""

Application = Callable[..., Any]


def create_bounded_server(
    application: Application, sockets: Sequence[socket.socket], limits: Limits | None = None
) -> TcpWSGIServer | MultiSocketServer:
    """A server of an app on listening sockets; `run()` serves until SystemExit or KeyboardInterrupt."""
    limits = limits or Limits()
    # It would write a line for each request that waits, thousands under load.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    adjustments = _adjustments(limits)
    dispatcher = ThreadedTaskDispatcher()
    dispatcher.set_thread_count(THREADS)
    files: dict[int, Any] = {}
    servers = [_create_server(application, each, files, dispatcher, adjustments, limits) for each in sockets]
    if len(servers) == 1:
        return servers[0]
    return MultiSocketServer(files, adjustments, [each.getsockname() for each in servers], dispatcher)


def _adjustments(limits: Limits) -> Adjustments:
    return Adjustments(
        threads=THREADS,
        ident="dateline",
        connection_limit=limits.connections + limits.surplus + _LOOP_FILES,
        cleanup_interval=1,
        max_request_header_size=MAX_HEADER_BYTES,
        max_request_body_size=MAX_BODY_BYTES,
        log_socket_errors=False,
        asyncore_use_poll=True,  # `select` knows no file above the 1,024th
    )


class BoundedServer(TcpWSGIServer):  # type: ignore[misc]
    """A listening socket whose connections are bounded in number and time."""

    limits = Limits()
    channel_class = BoundedChannel

    def handle_accept(self) -> None:
        """Accept a connection; where too many are open, at the cost of idle and half-sent ones."""
        self._make_room(time.time())
        super().handle_accept()

    def add_task(self, channel: BoundedChannel) -> None:
        """Have a request answered by the app, or refuse it where too many wait already."""
        if channel.close_when_flushed:  # another request of it was refused
            return
        is_queue_full = len(self.task_dispatcher.queue) >= self.limits.waiting
        if is_queue_full or self._are_places_at_work():
            channel.refuse(FULL)
        else:
            super().add_task(channel)

    def _are_places_at_work(self) -> bool:
        """Whether more connections than there are places have sent a whole request.

        Those that are idle, or have sent a part of one, take no place from one that came whole.
        """
        if len(self.active_channels) <= self.limits.connections:
            return False
        open_ones = list(self.active_channels.values())  # other threads ask too, while the loop adds and closes some
        return sum(each.phase in (Phase.WORKING, Phase.SENDING) for each in open_ones) > self.limits.connections

    def maintenance(self, now: float) -> None:
        """Close what waited too long; called about once a second."""
        for channel in list(self.active_channels.values()):
            channel.close_overdue(now)
        self._make_room(now)

    def _make_room(self, now: float) -> None:
        """Where all places are taken, close the older half of the connections that may be closed, idle ones first."""
        if len(self.active_channels) < self.limits.connections:
            return
        closable = [each for each in self.active_channels.values() if each.is_closable(now)]
        closable.sort(key=lambda each: (each.phase is not Phase.IDLE, -each.waited(now)))
        for each in closable[: (len(closable) + 1) // 2]:
            each.handle_close()


def _create_server(
    application: Application,
    listening: socket.socket,
    files: dict[int, Any],
    dispatcher: ThreadedTaskDispatcher,
    adjustments: Adjustments,
    limits: Limits,
) -> BoundedServer:
    described = (listening.family, listening.type, listening.proto, listening.getsockname())
    server = BoundedServer(
        application, files, True, listening,
        dispatcher=dispatcher, adj=adjustments, bind_socket=False, sockinfo=described,
    )  # fmt: skip
    server.limits = limits
    return server
