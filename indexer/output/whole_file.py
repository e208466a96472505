"""A file that appears under its name only when it is whole."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from archive.errors import DiskProblem


def write_whole_file(path: Path, chunks: Iterable[bytes]) -> None:
    """Write beside the file and put it in its place when it is whole.

    Raises:
        DiskProblem: the system refuses.
    """
    try:
        with _new_file(path) as file:
            for chunk in chunks:
                file.write(chunk)
    except OSError as error:
        raise DiskProblem(f"{path} could not be written ({error.strerror or error}).") from error


@contextmanager
def _new_file(path: Path) -> Iterator[IO[bytes]]:
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
        try:
            yield file
            file.close()
            os.replace(file.name, path)
        except BaseException:
            Path(file.name).unlink(missing_ok=True)
            raise
