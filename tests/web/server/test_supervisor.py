"""The parent of the workers: whom it starts anew and when, when it gives up, and how it ends."""

from __future__ import annotations

import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable
from multiprocessing.context import SpawnProcess
from pathlib import Path

import pytest

from archive.child_process import SPAWN_CONTEXT
from archive.errors import DatelineError
from web.server import Service, serve, supervisor
from web.server.supervisor import Supervisor, default_processes, describe_exit

pytestmark = pytest.mark.skipif(os.name != "posix", reason="one process does it all there")


def wait_for_ever() -> None:
    time.sleep(600)


def end_badly() -> None:
    sys.exit(3)


def ignore_the_end() -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    time.sleep(600)


class Starts:
    """Starts processes of a function, the next one of the next where there are several, and keeps them."""

    def __init__(self, *functions: Callable[[], None]) -> None:
        self._functions = list(functions)
        self.processes: list[SpawnProcess] = []

    def __call__(self) -> SpawnProcess:
        function = self._functions.pop(0) if len(self._functions) > 1 else self._functions[0]
        self.processes.append(process := SPAWN_CONTEXT.Process(target=function, daemon=True))
        process.start()
        return process


def stop_when(happened: Callable[[], bool], number: signal.Signals = signal.SIGTERM) -> threading.Thread:
    """Send this process a signal once something is so."""

    def watch() -> None:
        end = time.monotonic() + 60
        while not happened() and time.monotonic() < end:
            time.sleep(0.02)
        os.kill(os.getpid(), number)

    thread = threading.Thread(target=watch)
    thread.start()
    return thread


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_all_and_handlers_are_put_back(number: signal.Signals) -> None:
    before, starts = signal.getsignal(number), Starts(wait_for_ever)
    stopper = stop_when(lambda: len(starts.processes) == 2, number)
    Supervisor(starts, 2, pytest.fail).run()
    stopper.join()
    assert [process.exitcode for process in starts.processes] == [-signal.SIGTERM] * 2
    assert signal.getsignal(number) == before


def test_one_that_ends_is_replaced_and_said_and_the_other_stays() -> None:
    said: list[str] = []
    starts = Starts(wait_for_ever, end_badly, wait_for_ever)
    stopper = stop_when(lambda: len(starts.processes) == 3)
    Supervisor(starts, 2, said.append).run()
    stopper.join()
    assert said == ["A worker process ended (exit code 3); another is started."]


def test_those_that_always_end_at_once_are_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervisor, "FIRST_DELAY_S", 0.01)
    starts, said = Starts(end_badly), list[str]()
    with pytest.raises(DatelineError, match="exit code 3"):
        Supervisor(starts, 1, said.append).run()
    assert 3 <= len(starts.processes) <= 10
    assert len(said) == len(starts.processes) - 1


def test_once_one_has_served_it_is_never_given_up_but_more_and_more_seldom(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervisor, "QUICK_DEATH_S", 0.0)  # every one counts as having served
    starts = Starts(end_badly)
    stopper = stop_when(lambda: len(starts.processes) > 7)
    Supervisor(starts, 1, lambda line: None).run()
    stopper.join()
    assert len(starts.processes) > 7


def test_one_that_will_not_end_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervisor, "END_S", 0.5)
    starts = Starts(ignore_the_end)
    stopper = stop_when(lambda: bool(starts.processes) and ignores_sigterm(starts.processes[0].pid or 0))
    Supervisor(starts, 1, lambda line: None).run()
    stopper.join()
    assert starts.processes[0].exitcode == -signal.SIGKILL


def ignores_sigterm(pid: int) -> bool:
    lines = Path(f"/proc/{pid}/status").read_text("ascii").splitlines()
    ignored = int(next(line for line in lines if line.startswith("SigIgn")).split()[1], 16)
    return bool(ignored >> (signal.SIGTERM - 1) & 1)


@pytest.mark.parametrize(
    ("code", "words"),
    [(0, "exit code 0"), (3, "exit code 3"), (-7, "signal SIGBUS"), (-9, "signal SIGKILL"), (-99, "signal -99")],
)
def test_how_a_process_ended_is_said(code: int, words: str) -> None:
    assert describe_exit(code).replace("signal 99", "signal -99") == words


def test_no_more_workers_than_cores_by_default() -> None:
    assert 1 <= default_processes() <= min(8, os.cpu_count() or 1)


def test_where_sockets_cannot_be_shared_one_process_serves(monkeypatch: pytest.MonkeyPatch) -> None:
    served: list[tuple[Service, list[socket.socket]]] = []
    monkeypatch.setattr(supervisor, "can_supervise", lambda: False)
    monkeypatch.setattr(supervisor, "serve_here", lambda service, sockets: served.append((service, sockets)))
    serve(Service(Path("data")), [], 4, pytest.fail)
    assert served == [(Service(Path("data")), [])]
