"""What one client may hold: half-sent, idle and surplus connections over real sockets, and who is answered still."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from served import ask, read_answer, until

from web.server.bounded_server import create_bounded_server
from web.server.limits import Limits
from web.server.listening import bind_sockets

PATIENT = Limits(header_s=600, body_s=600, idle_s=600, send_s=600, closable_s=600)
"""Longer than any test waits: only the limit that a test sets can act in it."""
HALF = b"GET /half HTTP/1.1\r\nHost: localhost\r\nX-Slow: "
MEGABYTE = 1024 * 1024


class App:
    """Answers at once, with as many bytes as are asked for, or, at `/wait`, when it is let go."""

    def __init__(self) -> None:
        self.go = threading.Event()
        self.waiting = threading.Semaphore(0)
        self.closed = threading.Event()

    def __call__(self, call: dict[str, Any], start_response: Callable[..., Any]) -> Iterator[bytes]:
        if call["PATH_INFO"] == "/wait":
            self.waiting.release()
            self.go.wait(60)
        length, body = int(call["QUERY_STRING"] or 0), b"answered" + call["wsgi.input"].read()
        start_response("200 OK", [("Content-Length", str(length * MEGABYTE + len(body)))])
        try:
            yield from (b"x" * MEGABYTE for _ in range(length))
            yield body
        finally:
            self.closed.set()


@contextlib.contextmanager
def running(limits: Limits, app: App | None = None) -> Iterator[int]:
    """A server with these limits in a thread; gives its port."""
    (listening,) = bind_sockets("127.0.0.1", 0)
    port = listening.getsockname()[1]
    server = create_bounded_server(app or App(), [listening], limits)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        yield port
    finally:
        if app:
            app.go.set()
        server.task_dispatcher.shutdown()
        server.trigger.pull_trigger(lambda: [each.close() for each in list(server._map.values())])
        thread.join(60)
        assert not thread.is_alive()


@contextlib.contextmanager
def connections(port: int, number: int, sent: bytes = b"") -> Iterator[list[socket.socket]]:
    opened: list[socket.socket] = []
    try:
        for _ in range(number):
            opened.append(socket.create_connection(("127.0.0.1", port), 60))
            opened[-1].sendall(sent)
        yield opened
    finally:
        for each in opened:
            each.close()


@pytest.mark.parametrize("sent", [b"", b"\r\n", b"GET", HALF, b"POST / HTTP/1.1\r\nContent-Length: 9\r\n\r\nhalf"])
def test_an_honest_client_is_answered_among_200_that_send_half_a_request(sent: bytes) -> None:
    with running(PATIENT) as port, connections(port, 200, sent):
        answer = ask(port, "/")
        assert (answer.status, b"answered" in answer.body) == (200, True)


def test_it_is_answered_among_more_than_there_are_places_too() -> None:
    limits = replace(PATIENT, connections=20, surplus=5, closable_s=0.2)
    with running(limits) as port, connections(port, 200, HALF):
        for _ in range(5):
            assert ask(port, "/").status == 200


@pytest.mark.parametrize(
    "sent", [HALF, b"G", b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n", b"POST / HTTP/1.1\r\nContent-Len"]
)
def test_a_request_that_does_not_come_whole_is_told_so(sent: bytes) -> None:
    with running(replace(PATIENT, header_s=0.5, body_s=0.5)) as port, connections(port, 1, sent) as (client,):
        answer = read_answer(client)
        assert answer.status == 408
        assert "Connection: close" in answer.header


@pytest.mark.parametrize("sent", [HALF, b"POST / HTTP/1.1\r\nContent-Length: 100000\r\n\r\n"])
def test_a_byte_now_and_then_gains_no_time(sent: bytes) -> None:
    with running(replace(PATIENT, header_s=1, body_s=1)) as port, connections(port, 1, sent) as (client,):
        ended = threading.Event()

        def trickle() -> None:
            with contextlib.suppress(OSError):
                while not ended.wait(0.1):
                    client.sendall(b"x")

        sender = threading.Thread(target=trickle)
        sender.start()
        answer = read_answer(client)
        ended.set()
        sender.join()
        assert answer.status in (408, 0)  # 0: closed while more came


def test_an_idle_connection_ends_without_a_word_and_one_in_use_does_not() -> None:
    with running(replace(PATIENT, idle_s=0.5)) as port, connections(port, 1) as (idle,):
        assert read_answer(idle).status == 0


def test_idle_connections_give_way_before_half_sent_ones() -> None:
    limits = replace(PATIENT, connections=4, surplus=4)
    with running(limits) as port, connections(port, 2, HALF) as half, connections(port, 2) as idle:
        assert ask(port, "/").status == 200
        assert read_answer(idle[0]).status == 0
        for each in half:
            each.sendall(b"1\r\nConnection: close\r\n\r\n")
            assert read_answer(each).status == 200


def test_where_all_are_at_work_others_are_told_to_come_again() -> None:
    app = App()
    request = b"GET /wait HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
    with running(replace(PATIENT, connections=4), app) as port, connections(port, 4, request) as working:
        for _ in working:
            assert app.waiting.acquire(timeout=60)
        answer = ask(port, "/")
        assert answer.status == 503
        assert "Retry-After: 5" in answer.header
        app.go.set()
        assert {read_answer(each).status for each in working} == {200}
        until(lambda: ask(port, "/").status == 200)


def test_where_too_many_wait_for_a_thread_others_are_told_so_too() -> None:
    app, threads = App(), 8
    request = b"GET /wait HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
    with running(replace(PATIENT, waiting=2), app) as port, contextlib.ExitStack() as working:
        for _ in range(threads):  # one by one: a request waits until a thread has taken it
            working.enter_context(connections(port, 1, request))
            assert app.waiting.acquire(timeout=60)
        with connections(port, 6, request) as later:
            statuses: list[int] = []
            readers = [threading.Thread(target=lambda c=each: statuses.append(read_answer(c).status)) for each in later]
            for reader in readers:
                reader.start()
            until(lambda: len(statuses) == 4)
            assert statuses == [503] * 4
            app.go.set()
            for reader in readers:
                reader.join()
            assert sorted(statuses) == [200, 200, 503, 503, 503, 503]


def test_a_client_that_takes_nothing_does_not_keep_a_thread() -> None:
    app = App()
    request = b"GET /?100 HTTP/1.1\r\nHost: a\r\n\r\n"
    with running(replace(PATIENT, send_s=1), app) as port, connections(port, 1, request):
        assert app.closed.wait(60)


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\nHost: a\r\n\r\n", 431),
        (b"GET / HTTP/1.1\r\nHost: a\r\nX: " + b"a" * 70_000 + b"\r\n\r\n", 431),
        (b"GET / HTTP/1.1\r\nHost: a\r\n" + b"X: a\r\n" * 20_000 + b"\r\n", 431),
        (b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2000000\r\n\r\n", 413),
        (b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n", 400),
        (b"\x00\xff\x00 / HTTP/1.1\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, evil\r\n\r\n", 501),
    ],
    ids=["line", "header", "headers", "body", "negative", "binary", "coding"],
)
def test_a_request_too_large_or_broken_is_refused(sent: bytes, status: int) -> None:
    with running(PATIENT) as port, connections(port, 1) as (client,):
        with contextlib.suppress(ConnectionResetError, BrokenPipeError):
            client.sendall(sent)
        assert read_answer(client).status in (status, 0)  # 0: reset, with the rest of it unread
        assert ask(port, "/").status == 200


def test_requests_in_a_row_over_one_connection_are_all_answered() -> None:
    request = b"GET /?0 HTTP/1.1\r\nHost: a\r\n\r\n"
    last = b"GET /?0 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
    with running(PATIENT) as port, connections(port, 1, request * 3 + last) as (client,):
        assert read_all(client).count(b"answered") == 4


def read_all(client: socket.socket) -> bytes:
    return b"".join(iter(lambda: client.recv(65536), b""))


def test_a_name_with_two_addresses_has_one_port() -> None:
    made = bind_sockets("localhost", 0)
    try:
        assert len({each.getsockname()[1] for each in made}) == 1
    finally:
        for each in made:
            each.close()
