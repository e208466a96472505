"""The sockets a server listens at: made by the parent, before any worker, so that a taken port is known at once."""

from __future__ import annotations

import errno
import os
import socket

BACKLOG = 1024
"""Connections that the system keeps until a worker accepts them."""


def bind_sockets(host: str, port: int) -> list[socket.socket]:
    """Listening sockets at every address of a host (`localhost` may have two), all at one port; 0 picks a free one.

    Raises:
        OSError: there is no such host, or its port is in use.
    """
    addresses = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    listening: list[socket.socket] = []
    try:
        for family, _, _, _, address in dict.fromkeys(addresses):
            chosen = listening[0].getsockname()[1] if listening else port
            try:
                listening.append(_listen(family, (address[0], chosen, *address[2:])))
            except OSError as error:
                # A name may have an address of a kind that this machine does not speak.
                is_other_kind = error.errno in (errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT)
                if not (is_other_kind and len(addresses) > 1):
                    raise
        if not listening:
            raise OSError(errno.EADDRNOTAVAIL, os.strerror(errno.EADDRNOTAVAIL))
    except BaseException:
        for each in listening:
            each.close()
        raise
    return listening


def _listen(family: int, address: tuple[object, ...]) -> socket.socket:
    made = socket.socket(family, socket.SOCK_STREAM)
    try:
        if os.name == "posix":  # elsewhere it would let two programs share a port
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            made.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        made.bind(address)
        made.listen(BACKLOG)
        made.setblocking(False)
    except BaseException:
        made.close()
        raise
    return made
