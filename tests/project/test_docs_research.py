"""docs/RESEARCH.md is true: every command in it is run in order, and prints what stands below it."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import NamedTuple

import pytest
from click.testing import CliRunner
from paths import ROOT

from indexer.cli import main

DOCUMENT = (ROOT / "docs" / "RESEARCH.md").read_text("utf-8")
ANYTHING = "…"
"""On a line of its own any lines, else any text within the line."""


class Step(NamedTuple):
    """A command, and what is printed."""

    line: str
    expected: list[str]


def read_steps() -> list[Step]:
    steps: list[Step] = []
    for block in re.findall(r"(?:^    .*\n)+", DOCUMENT, re.M):
        for line in block.splitlines():
            if line.startswith("    $ "):
                steps.append(Step(line[6:], []))
            else:
                steps[-1].expected.append(line[4:])
    return steps


def matches(expected: list[str], printed: str) -> bool:
    pattern = ""
    for line in expected:
        if line == ANYTHING:
            pattern += r"(?:.*\n)*?"
        else:
            pattern += ".*".join(map(re.escape, line.rstrip().split(ANYTHING))) + r" *\n"
    return re.fullmatch(pattern, printed) is not None


class Shell:
    """Runs commands as a reader would type them, from a folder on."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self._at, self._monkeypatch = folder, monkeypatch

    def run(self, line: str) -> str:
        """What a command prints on both its outputs."""
        self._monkeypatch.chdir(self._at)
        program, *words = shlex.split(line)
        match program:
            case "dateline":
                return CliRunner().invoke(main, words).output
            case "cd":
                self._at = (self._at / words[0]).resolve()
                return ""
            case "unzip":  # not on every machine
                with zipfile.ZipFile(words[-1]) as file:
                    file.extractall(self._at)
                return ""
        return subprocess.run([program, *words], capture_output=True, text=True, check=True).stdout


def test_every_example_prints_what_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for program in ("sha256sum", "sed", "cp", "cat"):
        if not shutil.which(program):
            pytest.skip(f"there is no {program} here")
    monkeypatch.delenv("DATELINE_DATA", raising=False)
    (tmp_path / "archive").symlink_to(ROOT / "archive")
    shell = Shell(tmp_path, monkeypatch)
    steps = read_steps()
    assert len([step for step in steps if step.line.startswith("dateline ")]) > 5
    for step in steps:
        printed = shell.run(step.line)
        assert matches(step.expected, printed), f"$ {step.line}\n{printed}"


@pytest.mark.parametrize(
    ("expected", "printed", "is_match"),
    [
        (["a"], "a\n", True), (["a"], "b\n", False), (["a … c"], "a b c\n", True), (["…", "c"], "a\nb\nc\n", True),
        (["a"], "a\nb\n", False), ([], "", True), ([], "a\n", False), (["…"], "", True), (["a.c"], "abc\n", False),
    ],
)  # fmt: skip
def test_what_counts_as_printed(expected: list[str], printed: str, is_match: bool) -> None:
    assert matches(expected, printed) is is_match
