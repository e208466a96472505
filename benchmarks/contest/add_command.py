"""Measures the real `add` command: the first time, with nothing new, and with one new file."""

from __future__ import annotations

import json
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.contest.report import format_table
from benchmarks.corpus.synthetic import Corpus, Story
from benchmarks.process_runner import ROOT, run_python

RUNS = 3


@dataclass(frozen=True, slots=True)
class AddFigures:
    """Wall-clock seconds of the command, the start of Python in them; medians of several runs but for the first."""

    files: int
    python_s: float
    first_s: float
    nothing_new_s: float
    one_new_s: float
    found: bool


def measure_add(cache: Path, files: int, say: Callable[[str], None]) -> AddFigures:
    """Write a folder of `files` releases, add it, add it again, add it with one file more."""
    corpus = Corpus.of(cache, files + RUNS)
    corpus.make()
    folder, data = corpus.folder / "files", corpus.folder / "files-data"
    for path in (folder, data):
        shutil.rmtree(path, ignore_errors=True)
    folder.mkdir()
    stories = corpus.stories()
    for _ in range(files):
        write_release(folder, next(stories))
    say(f"The first add of {files:,} files")
    first = _add(data, folder)
    time.sleep(3)  # files as young as the clock's tick are not trusted, and would be read again
    _add(data, folder)
    say("Nothing new, and one new file")
    nothing = [_add(data, folder) for _ in range(RUNS)]
    new, found = [], True
    for story in stories:
        path = write_release(folder, story._replace(title=f"Zyzzyva{story.number}"))
        new.append(_add(data, folder))
        found &= _count_hits(data, f"zyzzyva{story.number}") == 1
        say(f"{path.name} added")
    python = statistics.median(run_python(["-c", "import indexer.commands.add"]).wall for _ in range(RUNS))
    return AddFigures(files, python, first, statistics.median(nothing), statistics.median(new), found)


def write_release(folder: Path, story: Story) -> Path:
    """A story as a file of plain text, as an agency would put it out."""
    path = folder / f"{story.number:06}.txt"
    people = ", ".join(story.people)
    head = f"{story.title}\n\nDate: {story.published}\nSource: {story.source}\nPeople: {people}\n"
    path.write_text(f"{head}\n{story.place.upper()} - {story.body}\n", "utf-8")
    return path


def _add(data: Path, folder: Path) -> float:
    return run_python(["-m", "indexer", "--data", str(data), "add", str(folder)], quiet=True).wall


def _count_hits(data: Path, query: str) -> int:
    command = [sys.executable, "-m", "indexer", "--data", str(data), "search", query, "--json"]
    printed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return int(json.loads(printed)["total"])


def format_figures(figures: AddFigures) -> str:
    """The figures for people."""
    rows = [
        ("the first time", figures.first_s),
        ("nothing new (at most 1 s)", figures.nothing_new_s),
        ("one new file (at most 2 s)", figures.one_new_s),
        ("of it, starting Python with our modules", figures.python_s),
        ("each new file found", "yes" if figures.found else "NO"),
    ]
    return format_table([f"add, {figures.files:,} files", "wall s"], rows)
