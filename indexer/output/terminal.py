"""Prints for people: lines in a style, errors, a progress bar.

All output for people goes through here: control characters are shown as symbols, not sent to the terminal.
"""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from indexer.output.invisible_characters import make_line_visible, make_visible

if TYPE_CHECKING:
    from indexer.engine import Progress
    from indexer.results import Snippet


class StyledText(str):
    """Text with the escape sequences of its style, and no others."""


def say(*pieces: str, **style: Any) -> None:
    """Print one line in a style of click (`fg`, `bold`, `dim`); unstyled in a pipe and by NO_COLOR.

    A piece that is `StyledText` is printed as it is; control characters of any other are made visible.
    """
    text = "".join(piece if isinstance(piece, StyledText) else make_visible(piece) for piece in pieces)
    click.echo(click.style(text, **style) if style else text)


def write_output(content: bytes) -> None:
    """Write a part of a file to standard output; to a terminal, as text with its controls made visible."""
    stream = sys.stdout.buffer
    is_terminal = stream.isatty()
    stream.write(make_visible(content.decode().replace("\r\n", "\n")).encode() if is_terminal else content)
    stream.flush()


def print_error(message: str) -> None:
    """Print one line on standard error."""
    click.echo(f"dateline: {make_line_visible(message)}", err=True)


@contextlib.contextmanager
def make_usage_errors_visible() -> Iterator[None]:
    """Make control characters visible in click's usage errors, which repeat the arguments.

    Raises:
        click.UsageError: with a visible message.
    """
    try:
        yield
    except click.UsageError as error:
        message = error.format_message()
        if (shown := make_visible(message)) == message:
            raise
        raise click.UsageError(shown, error.ctx) from error


def style_snippet(snippet: Snippet, *, bold: bool = False) -> StyledText:
    """A snippet with its highlights in bold; line breaks become spaces."""
    text, parts, at = snippet.text.replace("\n", " "), [], 0
    for start, end in snippet.spans:
        matched = click.style(make_visible(text[start:end], text), bold=True, fg="yellow")
        parts += [_bold(make_visible(text[at:start], text), bold), matched]
        at = end
    return StyledText("".join([*parts, _bold(make_visible(text[at:], text), bold)]))


def _bold(text: str, bold: bool) -> str:
    return click.style(text, bold=True) if bold and text else text


@contextlib.contextmanager
def progress(label: str) -> Iterator[Progress]:
    """Yield the callback of a progress bar with an estimate on a terminal; it shows nothing in a pipe."""
    if not sys.stderr.isatty():
        yield lambda done, total: None
        return
    bar = _ProgressBar(f"{label:<9}")
    try:
        yield bar.show
    finally:
        bar.end()


class _ProgressBar:
    """A progress bar that is drawn two hundred times at most, and ends its line when done or abandoned."""

    def __init__(self, label: str) -> None:
        self._label, self._drawn = label, 0
        self._bar: Any = None

    def show(self, done: int, total: int) -> None:
        """Show `done` of `total`."""
        if self._bar is None:
            self._bar, self._drawn = self._create_bar(total), 0
        if done == total or done - self._drawn >= total / 200:
            self._bar.update(done - self._drawn)
            self._drawn = done
        if done == total:
            self.end()

    def _create_bar(self, total: int) -> Any:
        return click.progressbar(length=total, label=self._label, show_pos=True, file=sys.stderr)

    def end(self) -> None:
        """End the bar, leaving what was drawn."""
        if self._bar is not None:
            self._bar.render_finish()
        self._bar = None
