"""What many tests share: the sample as a searchable archive, real releases where they are, small made archives."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from engines import ENGINES, SettingsOf
from hypothesis import settings
from paths import CORPORA

from archive.sample import RELEASES
from indexer import kernels
from indexer.kernels import numpy_twin
from indexer.language import tokenizer
from indexer.maintenance import build
from indexer.search.searcher import Searcher

# No test fails for being slow: the machines that run them differ. Timing lives in benchmarks/.
settings.register_profile("dateline", deadline=None, print_blob=True)
settings.load_profile("dateline")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--plain", action="store_true", help="run with the plain inner loops, as without a compiler")
    parser.addoption("--all-pages", action="store_true", help="check every kind of page for accessibility, not five")


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("--plain"):
        for name in kernels.__all__:
            if hasattr(numpy_twin, name):  # types exist only once
                setattr(kernels, name, getattr(numpy_twin, name))
        tokenizer._compiled = None


@pytest.fixture(scope="session")
def corpora() -> Path:
    """The folder of real releases, or a skip that says so."""
    if not CORPORA.is_dir():
        pytest.skip("real releases are not here (../shared/corpora)")
    return CORPORA


@pytest.fixture(scope="session")
def sample_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory that holds the sample archive. Not to be written to."""
    data = tmp_path_factory.mktemp("sample") / "data"
    build.add(data, RELEASES)
    return data


@pytest.fixture(scope="session")
def sample_searcher(sample_data: Path) -> Iterator[Searcher]:
    with Searcher(sample_data) as searcher:
        yield searcher


@pytest.fixture(scope="session", params=ENGINES)
def engine(request: pytest.FixtureRequest) -> SettingsOf:
    """Gives the settings of an engine for a data directory: what every engine must do is tested with each."""
    return ENGINES[request.param]


@pytest.fixture(scope="session")
def engine_searcher(engine: SettingsOf, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Searcher]:
    """The sample archive, asked through that engine. Not to be written to."""
    data = tmp_path_factory.mktemp("engine") / "data"
    build.add(data, RELEASES, settings=engine(data))
    with Searcher(data, engine(data)) as searcher:
        yield searcher


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty folder of releases."""
    path = tmp_path / "releases"
    path.mkdir()
    return path


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data directory that is not made yet."""
    return tmp_path / "data"


@pytest.fixture
def write(folder: Path) -> Callable[..., Path]:
    """Writes a file into the folder of releases, with an old time so that syncs trust size and time."""

    def write(name: str, content: str | bytes) -> Path:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        os.utime(path, (1_000_000_000 + len(content), 1_000_000_000 + len(content)))
        return path

    return write


@pytest.fixture
def sample_copy(tmp_path: Path) -> Path:
    """The sample's files, to be changed at will."""
    return Path(shutil.copytree(RELEASES, tmp_path / "sample"))
