"""The order of fsyncs: a power cut between any two steps leaves the state before or the state after."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from archive.corrections import Correction, CorrectionField
from archive.corrections.appending import append_corrections
from archive.store.archive import Archive
from indexer.engine.arrays.generations import generations
from indexer.engine.arrays.generations.manifest import Manifest
from indexer.maintenance import build

Write = Callable[..., Path]


class Flushed(NamedTuple):
    """A file or folder was flushed: which (by the number it has on its disk), and the bytes it had then."""

    file: int
    size: int


class Replaced(NamedTuple):
    """A file took the place of another, by name."""

    file: int
    target: str


Step = Flushed | Replaced


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> list[Step]:
    """Every flush and every replacement, as they come."""
    found: list[Step] = []
    fsync, replace = os.fsync, os.replace

    def flushing(descriptor: int) -> None:
        status = os.fstat(descriptor)
        found.append(Flushed(status.st_ino, status.st_size))
        fsync(descriptor)

    def replacing(source: Any, target: Any) -> None:
        found.append(Replaced(os.stat(source).st_ino, Path(target).name))
        replace(source, target)

    monkeypatch.setattr(os, "fsync", flushing)
    monkeypatch.setattr(os, "replace", replacing)
    return found


def flush_of(path: Path, steps: list[Step]) -> int:
    """The number of the step in which a file or folder was last flushed, as it is now."""
    status = path.stat()
    found = [at for at, step in enumerate(steps) if isinstance(step, Flushed) and step.file == status.st_ino]
    assert found, f"{path.name} was not flushed"
    last = steps[found[-1]]
    assert isinstance(last, Flushed)
    assert path.is_dir() or last.size == status.st_size, f"{path.name} was written to after it was flushed"
    return found[-1]


@pytest.fixture
def data(data: Path, folder: Path, write: Write) -> Path:
    """An archive with an index."""
    for number in range(3):
        write(f"{number}.txt", f"Notice {number}\n\nPORT, Jan. {number + 1}, 2011 -- The ferry {number} sails.\n")
    build.add(data, folder)
    return data


def added(data: Path, folder: Path) -> None:
    (folder / "new.txt").write_text("News\n\nPORT, Jan. 9, 2011 -- The ferry sails on.\n", "utf-8")
    build.add(data, folder)


@pytest.mark.parametrize("change", [lambda data, folder: build.rebuild(data), added], ids=["rebuild", "update"])
def test_a_generation_is_on_the_disk_before_it_is_live(
    data: Path, folder: Path, steps: list[Step], change: Callable[[Path, Path], None]
) -> None:
    """Files, then the manifest, then their folder, then the pointer's file, then its name."""
    old = generations.read_pointer(data)
    steps.clear()
    change(data, folder)
    index, name = data / "index", generations.read_pointer(data)
    assert name != old
    manifest = index / name / generations.MANIFEST
    files = [path for path in (index / name).iterdir() if path != manifest]
    assert len(files) >= 3
    named = Replaced((index / generations.POINTER).stat().st_ino, generations.POINTER)
    order = [
        max(flush_of(path, steps) for path in files),
        flush_of(manifest, steps),
        flush_of(index / name, steps),
        flush_of(index / generations.POINTER, steps),
        steps.index(named),
        flush_of(index, steps),
    ]
    assert order == sorted(set(order))


@pytest.mark.parametrize("broken", ["fsync", "replace"])
def test_where_flushing_fails_the_state_before_stays(data: Path, broken: str, monkeypatch: pytest.MonkeyPatch) -> None:
    live = generations.read_live(data)
    before = (data / "index" / generations.POINTER).read_bytes()

    def fail(*_: object) -> None:
        raise OSError(5, "Input/output error")

    with Archive(data) as archive:
        folder = generations.create_folder(data, live)
        monkeypatch.setattr(os, broken, fail)
        manifest: Manifest = live[1]
        with pytest.raises(OSError, match="Input/output"):
            generations.commit_generation(
                data, folder, archive.revision, 3, manifest.fingerprint, manifest.segments, manifest
            )
    assert (data / "index" / generations.POINTER).read_bytes() == before
    assert generations.read_live(data) == live


@pytest.mark.parametrize("there", [b"", b"# mine\n", None])
def test_a_correction_is_on_the_disk_before_it_takes_its_place(
    tmp_path: Path, steps: list[Step], there: bytes | None
) -> None:
    path = tmp_path / "corrections.toml"
    if there is not None:
        path.write_bytes(there)
    append_corrections(
        path, Correction(CorrectionField.PLACE, "Elsinore", "A. Quill", "as the letter says", "0123456789")
    )
    # The bytes, then the name, then the folder that holds the name.
    assert flush_of(path, steps) < steps.index(Replaced(path.stat().st_ino, path.name)) < flush_of(tmp_path, steps)
    assert path.read_bytes().startswith(there or b"")
    assert b"Elsinore" in path.read_bytes()
