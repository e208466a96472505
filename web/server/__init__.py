"""How the pages are served: one listening socket, several worker processes on it, and a parent that keeps them alive.

The parent (`supervisor.py`) binds the sockets (`listening.py`) and starts workers (`worker.py`), each of which runs
waitress with limits on what one client may hold (`bounded_server.py`, `bounded_channel.py`).
"""

from __future__ import annotations

from web.server.listening import bind_sockets
from web.server.supervisor import serve
from web.server.worker import Service

__all__ = ["Service", "bind_sockets", "serve"]
