"""Worker processes end with the process that started them, however it ends."""

from __future__ import annotations

import gc
import os
import pickle
import signal
import subprocess
import sys
import time
from pathlib import Path

from paths import ROOT

from archive import child_process
from archive.release import Evidence, Kind, Mention, Part, Person, PublishedDate, Release, Stated
from archive.rules import rule

PROGRAM = """
import os, time
from archive import child_process
if __name__ == "__main__":
    pool = child_process.create_pool(2)
    print(*{task.result() for task in [pool.submit(os.getpid) for _ in range(40)]}, flush=True)
    time.sleep(600)
"""


def alive(process: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False


def test_workers_do_not_outlive_a_killed_parent(tmp_path: Path) -> None:
    (tmp_path / "program.py").write_text(PROGRAM)
    root = str(ROOT)
    command, environment = [sys.executable, str(tmp_path / "program.py")], {**os.environ, "PYTHONPATH": root}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment)
    assert process.stdout
    with process.stdout as printed:
        workers = [int(word) for word in printed.readline().split()]
    assert workers
    assert all(alive(worker) for worker in workers)
    process.send_signal(signal.SIGKILL)
    process.wait()
    for _ in range(200):
        if not any(alive(worker) for worker in workers):
            return
        time.sleep(0.05)
    raise AssertionError("a worker is still there ten seconds after its parent was killed")


def test_workers_look_for_circles_of_objects_seldom_but_do() -> None:
    with child_process.create_pool(1) as pool:
        enabled, often = pool.submit(gc.isenabled), pool.submit(gc.get_threshold)
        assert enabled.result()
        assert often.result()[0] == 100_000


def test_what_a_worker_reads_comes_back_whole() -> None:
    mention = Mention("Lee", Part.BODY, 3, 6, Kind.SPEAKER, rule("said"))
    evidence = Evidence("person", "Ann Lee", rule("said"), "Lee", Part.BODY, 3, 6, 0.9, True)
    person = Person("Ann Lee", Kind.SPEAKER, "Mayor", 0.9, (mention,))
    release = Release("Title", "Dr Lee", PublishedDate(2011, 1), people=(person,), evidence=(evidence,))
    again, stated = pickle.loads(pickle.dumps((release, Stated("date", "2011", rule("json-key", name="a field")))))
    assert again == release
    assert isinstance(again.people[0].mentions[0].kind, Kind)
    assert stated == Stated("date", "2011", rule("json-key", name="a field"))
