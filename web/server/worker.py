"""A worker process: the app, served on sockets that it was given, until it is told to end or its parent is gone."""

from __future__ import annotations

import signal
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, NoReturn

from archive.child_process import exit_with_parent
from web.slot_table import SlotTable

if TYPE_CHECKING:
    from web.middleware import Access


@dataclass(frozen=True, slots=True)
class Service:
    """What is served, and to whom; the values of `web.create_app`."""

    data: Path
    hosts: tuple[str, ...] = ()
    url: str = ""
    access: Access | None = None
    export_slots: SlotTable | None = None


def run_worker(service: Service, sockets: Sequence[socket.socket]) -> None:
    """Serve in a process that a parent started; SIGTERM ends it once the requests at hand are answered."""
    signal.signal(signal.SIGTERM, _exit)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches every process of a terminal; the parent acts on it
    exit_with_parent()
    serve_here(service, sockets)


def serve_here(service: Service, sockets: Sequence[socket.socket]) -> None:
    """Serve in this process until it is interrupted."""
    # Imported by workers alone: the parent stays small.
    from web import create_app
    from web.server.bounded_server import create_bounded_server

    app = create_app(
        service.data,
        hosts=service.hosts,
        url=service.url,
        access=service.access,
        export_slots=service.export_slots,
    )
    create_bounded_server(app, sockets).run()


def _exit(number: int, frame: FrameType | None) -> NoReturn:
    raise SystemExit(0)
