"""What the commands share: the --json flag, and how JSON is printed."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import click

from indexer.visible import escape_json


def json_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """The --json flag that every command that prints has."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON.")(command)


def print_json(value: object, indent: int | None = 1) -> None:
    """One JSON value on standard output, letters as they are; on one line where `indent` is None."""
    click.echo(escape_json(json.dumps(value, ensure_ascii=False, indent=indent)))
