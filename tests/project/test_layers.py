"""The house stands as drawn: web -> indexer -> archive, one package knows Whoosh, one knows Flask."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from paths import ROOT

MAY_IMPORT = {"archive": {"archive"}, "indexer": {"archive", "indexer"}, "web": {"archive", "indexer", "web"}}
FILES = [path for package in MAY_IMPORT for path in sorted((ROOT / package).rglob("*.py"))]


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, f"{path} imports relatively"
            yield node.module


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_imports_only_downwards_and_only_its_own_engine(path: Path) -> None:
    where = path.relative_to(ROOT)
    for module in imported(path):
        top = module.split(".")[0]
        if top in MAY_IMPORT:
            assert top in MAY_IMPORT[where.parts[0]], f"{where} imports {module}"
        if top == "whoosh":
            assert where.parts[:2] == ("indexer", "whoosh_backend"), f"{where} imports whoosh"
        if top in ("flask", "werkzeug", "jinja2", "waitress"):
            assert where.parts[0] == "web", f"{where} imports {top}"
        if top == "sqlite3":
            assert where.parts[0] == "archive" or where.name == "build.py", f"{where} knows the database"


def test_every_module_says_what_it_is() -> None:
    silent = [str(path) for path in FILES if not ast.get_docstring(ast.parse(path.read_text("utf-8")))]
    assert silent == []


def test_the_environment_is_read_only_at_the_edge() -> None:
    edges = {"indexer/cli.py", "web/cli.py", "web/__init__.py"}
    readers = {str(p.relative_to(ROOT)) for p in FILES if "environ" in p.read_text("utf-8")}
    assert readers <= edges


SLOW = ("archive.extract", "archive.readers", "multiprocessing", "numpy", "whoosh", "flask", "waitress", "tomllib")
"""What takes longer to import than an `add` with nothing new takes for all else."""


def test_an_add_with_nothing_new_waits_for_nothing_it_does_not_need(tmp_path: Path) -> None:
    folder, data = tmp_path / "releases", tmp_path / "data"
    folder.mkdir()
    (folder / "one.txt").write_text("Ferry sails again\n\nMay 3, 2004\n\nThe ferry sails.\n", "utf-8")
    os.utime(folder / "one.txt", (1e9, 1e9))
    program = "import sys, web.cli; web.cli.main(sys.argv[1:], standalone_mode=False); print(*sys.modules)"
    command = [sys.executable, "-c", program, "--data", str(data), "add", str(folder)]
    first, second = (
        subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout for _ in range(2)
    )
    assert "1 opened" in first
    assert "archive.extract" in first
    assert "0 opened" in second
    assert [name for name in second.split() if name.startswith(SLOW)] == []
