"""Several worker processes behind one address: kept alive, ended together, and at one in what they answer."""

from __future__ import annotations

import json
import os
import shutil
import signal
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from served import Served, command_line, serving, until

from indexer.maintenance import build
from web.export_slots import ExportSlots
from web.slot_table import SharedTable

Write = Callable[..., Path]
pytestmark = pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="looks for processes in /proc")


@pytest.fixture
def served(sample_data: Path, tmp_path: Path) -> Iterator[Served]:
    with serving(sample_data, tmp_path / "log", "--processes", "2") as running:
        until(lambda: len(running.workers()) == 2)
        yield running


def is_running(pid: int) -> bool:
    return "spawn_main" in command_line(pid)


def test_as_many_workers_run_as_are_asked_for(sample_data: Path, tmp_path: Path, served: Served) -> None:
    assert served.get("/search?q=bridge").status == 200
    with serving(sample_data, tmp_path / "other", "--processes", "1") as one:
        assert one.get("/search?q=bridge").status == 200
        assert len(one.workers()) == 1


def test_by_default_there_is_one_for_each_core(sample_data: Path, tmp_path: Path) -> None:
    with serving(sample_data, tmp_path / "log") as running:
        until(lambda: len(running.workers()) == min(8, len(os.sched_getaffinity(0))))


def test_a_worker_has_one_heap_unless_its_keeper_says_otherwise(
    sample_data: Path, tmp_path: Path, served: Served
) -> None:
    def heaps(of: Served) -> set[bytes]:
        lines = [Path(f"/proc/{pid}/environ").read_bytes().split(b"\0") for pid in of.workers()]
        return {line for some in lines for line in some if line.startswith(b"MALLOC_ARENA_MAX=")}

    assert heaps(served) == {b"MALLOC_ARENA_MAX=1"}
    with serving(sample_data, tmp_path / "other", "--processes", "1", MALLOC_ARENA_MAX="3") as other:
        until(other.workers)
        assert heaps(other) == {b"MALLOC_ARENA_MAX=3"}


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGBUS, signal.SIGSEGV])
def test_a_worker_that_dies_is_replaced_and_said(served: Served, number: signal.Signals) -> None:
    assert served.get("/healthz").status == 200
    (killed, other) = served.workers()
    os.kill(killed, number)
    until(lambda: killed not in served.workers() and len(served.workers()) == 2)
    assert other in served.workers()
    assert [served.get("/search?q=bridge").status for _ in range(8)] == [200] * 8
    assert f"signal {number.name}" in served.output


def test_all_may_die_at_once(served: Served) -> None:
    before = served.workers()
    for pid in before:
        os.kill(pid, signal.SIGKILL)
    until(lambda: len(set(served.workers()) - set(before)) == 2)
    assert served.get("/search?q=bridge").status == 200  # a connection made meanwhile waits


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_with_all_its_workers(served: Served, number: signal.Signals) -> None:
    assert served.get("/healthz").status == 200
    workers = served.workers()
    served.process.send_signal(number)
    assert served.process.wait(60) == 0
    assert [pid for pid in workers if is_running(pid)] == []
    assert "Traceback" not in served.output


def test_workers_end_when_their_parent_is_killed(served: Served) -> None:
    assert served.get("/healthz").status == 200
    workers = served.workers()
    served.process.kill()
    until(lambda: not [pid for pid in workers if is_running(pid)])


def test_a_request_at_hand_is_answered_before_the_end(served: Served) -> None:
    statuses: list[int] = []

    def read() -> None:
        statuses.append(served.get("/search?q=" + "+".join(f"w{n}*" for n in range(60))).status)

    assert served.get("/healthz").status == 200
    reader = threading.Thread(target=read)
    reader.start()
    reader.join(0.05)
    served.process.terminate()
    reader.join()
    assert statuses in ([200], [0])  # 0: it had not been accepted yet


def test_an_index_file_cut_short_ends_no_server(sample_data: Path, tmp_path: Path) -> None:
    data = Path(shutil.copytree(sample_data, tmp_path / "own"))
    with serving(data, tmp_path / "log", "--processes", "2") as running:
        assert running.get("/search?q=bridge").status == 200
        for file in (data / "index").rglob("*"):
            if file.is_file() and file.stat().st_size > 4096:
                os.truncate(file, 100)
        for _ in range(20):
            running.get("/search?q=harbor+lamp")  # none, where its worker dies of it
        assert running.process.poll() is None
        until(lambda: running.get("/help").status in (200, 503))
        build.rebuild(data)
        until(lambda: running.get("/search?q=harbor").status == 200)


def test_a_server_that_can_never_serve_says_so_and_ends(tmp_path: Path, sample_data: Path) -> None:
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "flask.py").write_text("raise ImportError('broken')", "utf-8")
    with serving(sample_data, tmp_path / "log", "--processes", "2", PYTHONPATH=str(broken)) as running:
        assert running.process.wait(60) == 1
        assert "every worker process ended at once (exit code 1)" in running.output


def release(number: int) -> str:
    return f"Lamp {number} Lit\n\nPORT ELSINORE, May {number}, 1996 -- The lamp number {number} is lit.\n"


def test_no_older_state_follows_a_newer_one_whichever_worker_answers(
    write: Write, folder: Path, data: Path, tmp_path: Path
) -> None:
    write("1.txt", release(1))
    build.add(data, folder)
    wrong: list[str] = []
    last, end = 8, threading.Event()

    def read(running: Served) -> None:
        seen = 0
        while seen < last and not end.is_set():
            total = json.loads(running.get("/search.json?q=lamp").body)["total"]
            if total < seen:
                wrong.append(f"{total} after {seen}")
            seen = total

    with serving(data, tmp_path / "log", "--processes", "3") as running:
        readers = [threading.Thread(target=read, args=(running,)) for _ in range(3)]
        for reader in readers:
            reader.start()
        for number in range(2, last + 1):
            write(f"{number}.txt", release(number))
            build.add(data, folder)
        for reader in readers:
            reader.join(60)
        end.set()
        assert not any(reader.is_alive() for reader in readers)
    assert wrong == []


def test_export_slots_are_those_of_all_processes() -> None:
    from archive.child_process import SPAWN_CONTEXT

    table = SharedTable()
    slots, answers = ExportSlots(table), SPAWN_CONTEXT.Queue()
    first = slots.take()
    assert first
    other = SPAWN_CONTEXT.Process(target=take_slots, args=(table, answers))
    other.start()
    assert [answers.get(timeout=60) for _ in range(2)] == [True, False]
    other.join()
    assert slots.take() is None  # the other process ended without giving its slot back
    first.give_back()
    third = slots.take()
    assert third
    assert slots.take() is None
    assert list(third.stream([b"a", b"b"])) == [b"a", b"b"]
    assert slots.take()
    table.close()


def take_slots(table: SharedTable, answers: object) -> None:
    slots = ExportSlots(table)
    for _ in range(2):
        answers.put(slots.take() is not None)  # type: ignore[attr-defined]
