"""The layers: web -> indexer -> archive, exports of rooms, and one place each for SQL, Whoosh and Flask."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from paths import ROOT

MAY_IMPORT = {"archive": {"archive"}, "indexer": {"archive", "indexer"}, "web": {"archive", "indexer", "web"}}
MODULES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
    for layer in MAY_IMPORT
    for path in sorted((ROOT / layer).rglob("*.py"))
}
ROOMS = {name for name, path in MODULES.items() if path.name == "__init__.py"}
MAX_MODULES_PER_ROOM = 15
"""In one folder, without its `__init__`."""

COMMANDS_FOLDER = ROOT / "indexer" / "commands"
"""The one room that may hold more: each of its modules is a command, found by its name and by nothing else."""

WHOOSH = {"indexer.engine.whoosh"}
SQL = re.compile(
    r"^\s*(SELECT|INSERT|UPDATE|DELETE|REPLACE|CREATE|DROP|ALTER|WITH|PRAGMA|ATTACH|VACUUM|BEGIN|COMMIT|ROLLBACK)\s"
)
DATABASE_CALLS = {"execute", "executemany", "executescript", "select", "db"}


def parse_module(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def room_of(module: str) -> str:
    return module if module in ROOMS else module.rpartition(".")[0]


def imports(path: Path) -> Iterator[tuple[str, str]]:
    """The modules a file imports from, each with the name it takes ("" for the module itself)."""
    for node in ast.walk(parse_module(path)):
        if isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, f"{path} imports relatively"
            yield from ((node.module, alias.name) for alias in node.names)


@pytest.mark.parametrize("module", MODULES)
def test_a_module_imports_only_downwards_and_only_its_own_engine(module: str) -> None:
    layer = module.split(".")[0]
    for source, _ in imports(MODULES[module]):
        top = source.split(".")[0]
        if top in MAY_IMPORT:
            assert top in MAY_IMPORT[layer], f"{module} imports {source}"
        if top == "whoosh":
            assert room_of(module) in WHOOSH, f"{module} imports whoosh"
        if top in ("flask", "werkzeug", "jinja2", "waitress"):
            assert layer == "web", f"{module} imports {top}"


FLOORS = {
    "archive": ["parsed", "extract", "readers", "corrections", "store", "ingest"],
    "indexer": [
        "kernels",
        "language",
        "comparison",
        "engine",
        "search",
        "maintenance",
        "output",
        "citation",
        "export",
        "checking",
        "commands",
    ],
    "web": ["middleware", "formats", "parts", "help", "names", "changes", "openapi", "views", "server"],
}
"""The rooms of each layer from the ground up."""


@pytest.mark.parametrize("module", MODULES)
def test_within_a_layer_a_room_imports_only_those_below_it(module: str) -> None:
    layer, *path = module.split(".")
    floors = FLOORS[layer]
    if not path or path[0] not in floors:
        return
    for source, name in imports(MODULES[module]):
        top, *below = [*source.split("."), name]
        if top == layer and below[0] in floors:
            assert floors.index(below[0]) <= floors.index(path[0]), f"{module} imports {source}"


def test_every_room_has_its_floor() -> None:
    rooms = {tuple(room.split(".")) for room in ROOMS if room.count(".") == 1}
    assert {(layer, room) for layer, floors in FLOORS.items() for room in floors} | {("archive", "sample")} == rooms


def exported_names(room: str) -> set[str]:
    for node in parse_module(MODULES[room]).body:
        if isinstance(node, ast.Assign) and any(isinstance(t, ast.Name) and t.id == "__all__" for t in node.targets):
            return set(ast.literal_eval(node.value))
    return set()


def violates_layers(module: str, source: str, name: str) -> bool:
    """Whether an import reaches into a room it is not in: past `__init__`, or for a name that is not exported.

    A module is at home in its own room and in those around it; what lies in a layer's own folder is open to all.
    """
    if f"{source}.{name}" in ROOMS:  # a room by its name
        return False
    room, home = room_of(source), room_of(module)
    if "." not in room or home == room or home.startswith(f"{room}."):
        return False
    return source not in ROOMS or name not in exported_names(source)


@pytest.mark.parametrize("module", MODULES)
def test_no_module_reaches_into_another_room(module: str) -> None:
    ours = [each for each in imports(MODULES[module]) if each[0].split(".")[0] in MAY_IMPORT]
    wrong = [each for each in ours if room_of(each[0]) != "indexer.commands" and violates_layers(module, *each)]
    assert wrong == []


@pytest.mark.parametrize(
    ("module", "source", "name", "breaks"),
    [
        ("web.app", "archive.store.archive", "Archive", True),
        ("web.app", "archive.store", "Archive", False),
        ("web.app", "archive.store", "sql", True),
        ("web.app", "archive.release", "Release", False),
        ("archive.store.writing.writer", "archive.store.archive", "Archive", False),
        ("archive.store.archive", "archive.store.checksums.stored_checksums", "seal_people", True),
        ("archive.store.archive", "archive.store.checksums", "stored_checksums", False),
        ("archive.readers.mail.mail", "archive.readers.html.fragment", "fragment_text", True),
    ],
)
def test_what_it_is_to_reach_into_a_room(module: str, source: str, name: str, breaks: bool) -> None:
    assert violates_layers(module, source, name) is breaks


def test_every_room_is_small_and_says_what_happens_in_it() -> None:
    folders = {path.parent for top in (*MAY_IMPORT, "tests", "benchmarks") for path in (ROOT / top).rglob("*.py")}
    counts = {str(f.relative_to(ROOT)): len([p for p in f.glob("*.py") if p.stem != "__init__"]) for f in folders}
    counts.pop(str(COMMANDS_FOLDER.relative_to(ROOT)))
    # Without it the folder would not be installed; one of a name that is ignored (build) would not be kept.
    assert [
        folder for folder in counts if not folder.startswith("tests") and not (ROOT / folder / "__init__.py").exists()
    ] == []
    assert {folder: count for folder, count in counts.items() if count > MAX_MODULES_PER_ROOM} == {}
    silent = [name for name, path in MODULES.items() if not ast.get_docstring(parse_module(path))]
    assert silent == []


def test_what_a_room_exports_is_there() -> None:
    program = "import importlib, sys\nfor name in sys.argv[1:]:\n m = importlib.import_module(name)\n"
    program += " for each in getattr(m, '__all__', ()): getattr(m, each)"
    subprocess.run([sys.executable, "-c", program, *sorted(ROOMS)], cwd=ROOT, check=True)


@pytest.mark.parametrize("room", sorted(ROOMS))
def test_a_room_can_be_entered_first(room: str) -> None:
    """No circle of imports shows only when one room is imported before another."""
    subprocess.run([sys.executable, "-c", f"import {room}"], cwd=ROOT, check=True)


@pytest.mark.parametrize("module", [name for name in MODULES if not name.startswith("archive.store")])
def test_sql_stands_in_the_store_alone(module: str) -> None:
    tree = parse_module(MODULES[module])
    assert not {source for source, _ in imports(MODULES[module])} & {"sqlite3"}
    called = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    assert not called & DATABASE_CALLS
    texts = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    assert [text for text in texts if SQL.match(text)] == []


def test_no_view_imports_another() -> None:
    views = {name for name in MODULES if name.startswith("web.views.") and name not in ROOMS}
    between = {
        (module, source if source in views else f"{source}.{name}")
        for module in views
        for source, name in imports(MODULES[module])
        if source in views or f"{source}.{name}" in views
    }
    assert between == set()


def test_the_environment_is_read_only_at_the_edge() -> None:
    edges = {"indexer.cli", "web.cli", "web"}
    environment = re.compile(r"(?<!request\.)environ\b|getenv")  # a request has one of its own
    assert {name for name, path in MODULES.items() if environment.search(path.read_text("utf-8"))} <= edges


SLOW_IMPORTS = (
    "archive.extract",
    "archive.readers",
    "multiprocessing",
    "numpy",
    "whoosh",
    "flask",
    "waitress",
    "tomllib",
    "rapidfuzz",
)
"""Slow imports that an `add` with nothing new must not make."""


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
    assert [name for name in second.split() if name.startswith(SLOW_IMPORTS)] == []
