"""The --json flag of commands, how JSON is printed, and the type of path arguments."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from indexer.output.invisible_characters import escape_json


class NonEmptyPath(click.Path):
    """A path argument; an empty one, which would be the current directory, is refused."""

    def __init__(self) -> None:
        super().__init__(path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path, as click gives it."""
        if value == "":
            self.fail("it is empty. Is a shell variable not set?", param, ctx)
        return super().convert(value, param, ctx)


def json_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """The --json flag that every command that prints has."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON.")(command)


def print_json(value: object, indent: int | None = 1) -> None:
    """One JSON value on standard output, letters as they are; on one line where `indent` is None."""
    click.echo(escape_json(json.dumps(value, ensure_ascii=False, indent=indent)))
