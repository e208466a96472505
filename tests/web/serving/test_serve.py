"""`dateline serve`: it says where it is, answers there, opens a browser there, and says why where it cannot."""

from __future__ import annotations

import socket
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from served import ask, serving, until

import web.cli  # noqa: F401 - makes `serve` one of the commands
from indexer.cli import main

Write = Callable[..., Path]


def test_it_answers_where_it_says_it_is(sample_data: Path, tmp_path: Path) -> None:
    with serving(sample_data, tmp_path / "log", "--processes", "1") as served:
        answer = served.get("/search?q=bridge")
        assert answer.status == 200
        assert b"Voss Gets Her" in answer.body
        assert f"Dateline is at http://127.0.0.1:{served.port}/ " in served.output


def test_with_a_folder_it_adds_it_first(data: Path, folder: Path, write: Write, tmp_path: Path) -> None:
    write("ferry.txt", "Ferry Sails\n\nPORT, Jan. 1, 2011 -- The ferry sails.\n")
    with serving(data, tmp_path / "log", str(folder)) as served:
        assert b"Sails</a>" in served.get("/search?q=ferry").body
        assert served.output.index("1 new release") < served.output.index("Dateline is at")


def test_a_folder_that_is_not_there_is_not_served(data: Path) -> None:
    result = serve_refused(data, str(data / "nowhere"), "--port", "0")
    assert result.exit_code == 3
    assert "There is no folder" in result.output
    assert "Dateline is at" not in result.output


def test_one_browser_is_opened_at_its_address(sample_data: Path, tmp_path: Path) -> None:
    opened, browser = tmp_path / "opened", tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" >> "{opened}"\n', "utf-8")
    browser.chmod(browser.stat().st_mode | stat.S_IXUSR)
    with serving(sample_data, tmp_path / "log", "--processes", "2", BROWSER=f"{browser} %s") as served:
        until(lambda: opened.exists() and opened.read_text("utf-8"))
        assert served.get("/healthz").status == 200  # a worker is up, and opened no other
        assert opened.read_text("utf-8") == f"http://127.0.0.1:{served.port}/\n"


@pytest.mark.parametrize(("host", "status"), [("127.0.0.1", 400), ("0.0.0.0", 200)])
def test_bound_to_this_machine_it_answers_to_its_own_names_alone(
    sample_data: Path, host: str, status: int, tmp_path: Path
) -> None:
    with serving(sample_data, tmp_path / "log", "--host", host) as served:
        with socket.create_connection(("127.0.0.1", served.port), 60) as client:
            client.sendall(b"GET / HTTP/1.1\r\nHost: rebound.example\r\nConnection: close\r\n\r\n")
            assert int(client.recv(65536).split()[1]) == status
        is_named = f"http://localhost:{served.port}/" in served.output
        assert is_named is (host == "0.0.0.0")


def test_an_address_of_the_sixth_version_stands_in_brackets(sample_data: Path, tmp_path: Path) -> None:
    try:
        with socket.socket(socket.AF_INET6) as probe:
            probe.bind(("::1", 0))
    except OSError:
        pytest.skip("this machine has no IPv6")
    with serving(sample_data, tmp_path / "log", "--host", "::1") as served:
        assert ask(served.port, "/", host="::1").status == 200
        assert f"http://[::1]:{served.port}/" in served.output


def serve_refused(data: Path, *line: str) -> Result:
    """What is said where the server cannot be made."""
    return CliRunner().invoke(main, ["--data", str(data), "serve", "--no-browser", *line])


def test_a_port_in_use_is_said_with_what_to_do(sample_data: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        result = serve_refused(sample_data, "--port", str(port))
    assert result.exit_code == 10
    assert f"Port {port} of 127.0.0.1 cannot be used (Address already in use)" in result.output
    assert "--port" in result.output


def test_a_host_that_is_none_is_said_too(sample_data: Path) -> None:
    result = serve_refused(sample_data, "--host", "no host", "--port", "0")
    assert result.exit_code == 10
    assert "of no host cannot be used" in result.output
