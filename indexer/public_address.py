"""The public address of an archive as people give it: where it is served, and in citations that are exported."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import urlsplit

import click

Command = TypeVar("Command", bound=Callable[..., Any])

_EXAMPLES = "https://news.example.org or https://example.org/archive"


def parse_public_address(text: str) -> str:
    """An http or https address of host, port and path, without a slash at its end.

    Raises:
        ValueError: it is none, or has more in it.
    """
    text = text.rstrip("/")
    parts = urlsplit(text)
    _ = parts.port  # raises for one that is no number
    is_plain = text.isascii() and text.isprintable() and " " not in text and '"' not in text
    if not is_plain or parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise ValueError(text)
    if parts.username is not None or "//" in parts.path:
        raise ValueError(text)
    return text


def public_address_option(
    help_text: str, parse: Callable[[str], str], envvar: str | None = None
) -> Callable[[Command], Command]:
    """The option `--url` of a command; "" where it is not given. `parse` says what may be given."""

    def read(context: click.Context, option: click.Parameter, text: str) -> str:
        try:
            return parse(text) if text else ""
        except ValueError as error:
            raise click.BadParameter(f"give an address such as {_EXAMPLES}") from error

    return click.option("--url", default="", envvar=envvar, callback=read, help=help_text)
