"""The mixed load counts what it reads, and sees what is wrong."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from served import serving, until

from benchmarks.web.load import LoadFigures, format_figures
from benchmarks.web.mixed_load import Client, Tally
from web.server.bounded_server import create_bounded_server
from web.server.listening import bind_sockets

KINDS = {"search", "release", "static", "json", "feed", "list", "healthz", "export"}


def read_until(port: int, tally: Tally, happened: Callable[[], object]) -> None:
    end = threading.Event()
    reader = threading.Thread(target=Client(port, ["harbor lamp lit again"], 1, tally).read_until, args=(end,))
    reader.start()
    try:
        until(happened)
    finally:
        end.set()
        reader.join()


def test_every_kind_of_answer_is_read_without_an_error(sample_data: Path, tmp_path: Path) -> None:
    tally = Tally()
    with serving(sample_data, tmp_path / "log") as served:
        read_until(served.port, tally, lambda: set(tally.answers) >= KINDS)
    assert (tally.errors, tally.listed) == (0, [])
    assert tally.bytes > 0


@contextmanager
def answering(*answers: tuple[str, bytes]) -> Iterator[int]:
    """A server that gives these answers in turn, the last one from then on; gives its port."""
    left = list(answers)

    def app(call: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        status, body = left.pop(0) if len(left) > 1 else left[0]
        start_response(status, [("Retry-After", "1")] if body == b"full" else [])
        return [body]

    (listening,) = bind_sockets("127.0.0.1", 0)
    server = create_bounded_server(app, [listening])
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        yield listening.getsockname()[1]
    finally:
        server.task_dispatcher.shutdown()
        server.trigger.pull_trigger(lambda: [each.close() for each in list(server._map.values())])
        thread.join()


def test_errors_and_refusals_are_told_apart() -> None:
    tally = Tally()
    with answering(("503 Full", b"full"), ("500 Broken", b"")) as port:
        read_until(port, tally, lambda: tally.errors > 2)
    assert tally.refused == 1
    assert tally.listed[0].endswith(": 500")


def test_an_older_state_after_a_newer_one_is_an_error() -> None:
    tally = Tally()
    with answering(("200 OK", b'"releases":9'), ("200 OK", b'"releases":8')) as port:
        client = Client(port, ["a"], 1, tally)
        client._count()
        client._count()
        client._connection.close()
    assert tally.listed == ["8 releases after 9"]


@pytest.mark.parametrize("errors", [0, 2])
def test_the_figures_are_shown_with_what_went_wrong(errors: int) -> None:
    figures = LoadFigures(
        10, 2, 5.0, {"search": 7}, errors, ["/x: 500"] * errors, 1, 3, 0, 1.4, 5.5, 6.1, (90.0, 40.0), (91.0, 41.0)
    )
    text = format_figures(figures)
    assert "10 releases, 2 clients, 5 s" in text
    assert text.count("/x: 500") == errors
