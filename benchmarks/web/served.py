"""An archive of recombined releases, and a program that serves pages, in processes of its own."""

from __future__ import annotations

import itertools
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from benchmarks.contest.add_command import write_release
from benchmarks.corpus.synthetic import Corpus, Story
from benchmarks.process_runner import ROOT, process_tree, run_python

Say = Callable[[str], None]


def add_stories(corpus: Corpus, name: str, count: int, say: Say) -> tuple[Path, Path, list[Story]]:
    """Add the first `count` stories to a new archive; gives its folder, its data directory and the stories."""
    corpus.make()
    folder, data = corpus.folder / name, corpus.folder / f"{name}-data"
    for path in (folder, data):
        shutil.rmtree(path, ignore_errors=True)
    folder.mkdir()
    stories = list(itertools.islice(corpus.stories(), count))
    for story in stories:
        write_release(folder, story)
    say(f"Adding {count:,} releases")
    run_python(["-m", "indexer", "--data", str(data), "add", str(folder)], quiet=True)
    return folder, data, stories


@contextmanager
def serve(data: Path, log: Path, *options: str) -> Iterator[tuple[int, int]]:
    """`dateline serve` on a free port; gives the parent's id and the port."""
    command = [sys.executable, "-m", "web.cli", "--data", str(data), "serve", "--port", "0", "--no-browser", *options]
    with run_server(command, log, {}) as server:
        assert server.stdout
        yield server.pid, int(server.stdout.readline().decode().split("/ ")[0].rpartition(":")[2])


@contextmanager
def run_server(
    command: Sequence[str], log: Path, more: Mapping[str, str], *, says_where: bool = True
) -> Iterator[subprocess.Popen[bytes]]:
    """A process that is ended with the block; `more` goes into its environment, its errors into `log`.

    Where it `says_where` it is, what it prints is read from it; otherwise nothing is kept: a server that
    prints a line for each request would stop once the pipe is full.
    """
    printed = subprocess.PIPE if says_where else subprocess.DEVNULL
    environment = {**os.environ, "PYTHONUNBUFFERED": "1", **more}
    with (
        log.open("wb") as errors,
        subprocess.Popen(command, cwd=ROOT, stdout=printed, stderr=errors, env=environment) as server,
    ):
        try:
            yield server
        finally:
            server.terminate()


def cpu_seconds(pid: int) -> float:
    """Processor time of a process and all below it so far, in seconds."""
    return sum(map(_cpu_seconds, process_tree(pid)))


def _cpu_seconds(pid: int) -> float:
    """Processor time of one process (proc(5), /proc/pid/stat, fields 14 and 15); 0 where it has ended."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text("ascii", "replace").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
