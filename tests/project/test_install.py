"""The README's two ways to install the command, followed with the real tools in a place of their own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from paths import ROOT

TIMEOUT_S = 300
"""For one tool to fetch and install everything; a slow network is no failure of ours."""

UNREACHABLE = ("No matching distribution", "Failed to fetch", "name resolution", "connection", "ConnectionError")
"""What the tools say where there is no network."""

ASK_FOR_THE_FIRST_PAGE = """
from pathlib import Path
from web import create_app
print(create_app(Path("dateline-data")).test_client().get("/").status_code)
"""


def run(*line: str | Path, cwd: Path, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        list(map(str, line)), cwd=cwd, env={**os.environ, **(env or {})}, capture_output=True, text=True,
        timeout=TIMEOUT_S, check=False,
    )  # fmt: skip


def run_online(*line: str | Path, cwd: Path, env: dict[str, str] | None = None) -> None:
    """Run what fetches packages; skip the test where they cannot be reached."""
    done = run(*line, cwd=cwd, env=env)
    said = done.stdout + done.stderr
    if done.returncode and any(words in said for words in UNREACHABLE):
        pytest.skip(f"no network to install from: {said.strip().splitlines()[-1]}")
    assert done.returncode == 0, said


@pytest.fixture(scope="module")
def tools(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of pipx and uv, in an environment of their own."""
    home = tmp_path_factory.mktemp("tools")
    assert run(sys.executable, "-m", "venv", home, cwd=home).returncode == 0
    run_online(home / "bin" / "python", "-m", "pip", "install", "--quiet", "pipx", "uv", cwd=home)
    return home / "bin"


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a newcomer has: the files of the repository, with nothing built."""
    listed = run("git", "ls-files", "-z", cwd=ROOT)
    if listed.returncode:
        pytest.skip("not a checkout: git does not list its files")
    home = tmp_path_factory.mktemp("checkout")
    for name in filter(None, listed.stdout.split("\0")):
        if (ROOT / name).is_file():
            (home / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, home / name)
    return home


@pytest.mark.parametrize("line", ["pipx install .", "uv tool install ."])
def test_the_command_is_installed_as_the_readme_says(line: str, tools: Path, checkout: Path, tmp_path: Path) -> None:
    assert f"    {line}\n" in (ROOT / "README.md").read_text("utf-8")
    commands = tmp_path / "bin"
    own = {
        "PIPX_HOME": str(tmp_path / "home"), "PIPX_BIN_DIR": str(commands),
        "UV_TOOL_DIR": str(tmp_path / "home"), "UV_TOOL_BIN_DIR": str(commands), "UV_PYTHON": sys.executable,
    }  # fmt: skip
    tool, *rest = line.split()
    run_online(tools / tool, *rest, cwd=checkout, env=own)

    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    version = run(commands / "dateline", "--version", cwd=elsewhere)
    assert version.stdout.startswith("dateline, version ")
    sample = checkout / "archive" / "sample" / "releases"
    added = run(commands / "dateline", "add", sample, cwd=elsewhere)
    assert added.returncode == 0, added.stderr
    found = run(commands / "dateline", "search", "bridge", cwd=elsewhere)
    assert "Bridge" in found.stdout
    assert (elsewhere / "dateline-data" / "archive.db").exists()
    (python,) = (tmp_path / "home").rglob("dateline/bin/python")
    page = run(python, "-c", ASK_FOR_THE_FIRST_PAGE, cwd=elsewhere)
    assert page.stdout.strip() == "200", page.stderr
