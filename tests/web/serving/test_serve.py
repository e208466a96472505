"""`dateline serve`: it says where it is, answers there, opens a browser there, and says why where it cannot."""

from __future__ import annotations

import gc
import socket
import threading
import urllib.error
import urllib.request
import webbrowser
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import waitress.server
from click.testing import CliRunner, Result

import web.cli  # noqa: F401 - makes `serve` one of the commands
from indexer.cli import main

Write = Callable[..., Path]


class Answer(NamedTuple):
    """What came back from an address."""

    status: int
    text: str


def fetch(url: str, **headers: str) -> Answer:
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=30) as answer:
            return Answer(answer.status, answer.read().decode())
    except urllib.error.HTTPError as error:
        with error:
            return Answer(error.code, error.read().decode())


class Serving:
    """Runs the command with its real server, and ends it when a visit is over."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.visit: Callable[[int], Any] = lambda port: None
        self.seen: Any = None
        self.bound: list[str] = []
        create = waitress.server.create_server

        def create_server(app: object, host: str, port: int, **options: Any) -> Any:
            self.bound.append(host)
            server = create(app, host="127.0.0.1" if host == "0.0.0.0" else host, port=port, **options)
            run = server.run
            server.run = lambda: self.run_while_visited(server, run)
            return server

        monkeypatch.setattr(waitress.server, "create_server", create_server)

    def run_while_visited(self, server: Any, run: Callable[[], None]) -> None:
        def visit() -> None:
            try:
                self.seen = self.visit(server.effective_port)
            finally:
                server.trigger.pull_trigger(server.close)

        visitor = threading.Thread(target=visit)
        visitor.start()
        run()
        visitor.join()

    def __call__(self, data: Path, *line: str, visit: Callable[[int], Any] = lambda port: None) -> Result:
        self.visit = visit
        return CliRunner().invoke(main, ["--data", str(data), "serve", *line])


@pytest.fixture
def serve(monkeypatch: pytest.MonkeyPatch) -> Serving:
    return Serving(monkeypatch)


@pytest.fixture(autouse=True)
def browsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses at which a browser was opened."""
    addresses: list[str] = []
    monkeypatch.setattr(webbrowser, "open", addresses.append)
    return addresses


def test_it_answers_where_it_says_it_is(serve: Serving, sample_data: Path, browsed: list[str]) -> None:
    result = serve(
        sample_data, "--port", "0", "--no-browser",
        visit=lambda port: (port, fetch(f"http://127.0.0.1:{port}/search?q=bridge")),
    )  # fmt: skip
    port, answer = serve.seen
    assert (result.exit_code, answer.status) == (0, 200)
    assert "Voss Gets Her" in answer.text
    assert f"Dateline is at http://127.0.0.1:{port}/ " in result.output
    assert browsed == []


def test_with_a_folder_it_adds_it_first(serve: Serving, data: Path, folder: Path, write: Write) -> None:
    write("ferry.txt", "Ferry Sails\n\nPORT, Jan. 1, 2011 -- The ferry sails.\n")
    result = serve(
        data, str(folder), "--port", "0", "--no-browser",
        visit=lambda port: fetch(f"http://127.0.0.1:{port}/search?q=ferry"),
    )  # fmt: skip
    assert "Sails</a>" in serve.seen.text
    assert result.output.index("1 new release") < result.output.index("Dateline is at")


def test_a_folder_that_is_not_there_is_not_served(serve: Serving, data: Path) -> None:
    result = serve(data, str(data / "nowhere"), "--port", "0")
    assert (result.exit_code, serve.bound) == (3, [])
    assert "There is no folder" in result.output


def test_a_browser_is_opened_at_its_address(serve: Serving, sample_data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened, addresses = threading.Event(), []

    def open_browser(address: str) -> None:
        addresses.append(address)
        opened.set()

    monkeypatch.setattr(webbrowser, "open", open_browser)
    serve(sample_data, "--port", "0", visit=lambda port: (port, opened.wait(30)))
    assert addresses == [f"http://127.0.0.1:{serve.seen[0]}/"]


@pytest.mark.parametrize(("host", "status"), [("127.0.0.1", 400), ("0.0.0.0", 200)])
def test_bound_to_this_machine_it_answers_to_its_own_names_alone(
    serve: Serving, sample_data: Path, host: str, status: int
) -> None:
    serve(
        sample_data, "--port", "0", "--no-browser", "--host", host,
        visit=lambda port: fetch(f"http://127.0.0.1:{port}/", Host="rebound.example"),
    )  # fmt: skip
    assert serve.bound == [host]
    assert serve.seen.status == status


def test_bound_to_every_address_it_names_one_that_a_browser_can_open(serve: Serving, sample_data: Path) -> None:
    result = serve(sample_data, "--port", "0", "--no-browser", "--host", "0.0.0.0", visit=lambda port: port)
    assert f"http://localhost:{serve.seen}/" in result.output


def test_an_address_of_the_sixth_version_stands_in_brackets(serve: Serving, sample_data: Path) -> None:
    try:
        with socket.socket(socket.AF_INET6) as probe:
            probe.bind(("::1", 0))
    except OSError:
        pytest.skip("this machine has no IPv6")
    result = serve(
        sample_data, "--port", "0", "--no-browser", "--host", "::1",
        visit=lambda port: (port, fetch(f"http://[::1]:{port}/").status),
    )  # fmt: skip
    port, status = serve.seen
    assert status == 200
    assert f"http://[::1]:{port}/" in result.output


def serve_refused(data: Path, *line: str) -> Result:
    """What is said where the server cannot be made; it does not close the sockets that it opened before."""
    result = CliRunner().invoke(main, ["--data", str(data), "serve", *line])
    gc.collect()
    return result


@pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")
def test_a_port_in_use_is_said_with_what_to_do(sample_data: Path, browsed: list[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        result = serve_refused(sample_data, "--port", str(port))
    assert result.exit_code == 10
    assert f"Port {port} of 127.0.0.1 cannot be used (Address already in use)" in result.output
    assert "--port" in result.output
    assert browsed == []


@pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")
def test_a_host_that_is_none_is_said_too(sample_data: Path) -> None:
    result = serve_refused(sample_data, "--host", "no host", "--port", "0")
    assert result.exit_code == 10
    assert "of no host cannot be used" in result.output
