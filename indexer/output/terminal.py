"""Words on a terminal: lines, styles where they are wanted, a bar for what takes long.

All that is printed for people is printed here: a character that acts on a terminal is shown, not sent.
"""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from indexer.engine import Progress
from indexer.output.invisible_characters import visible, visible_line

if TYPE_CHECKING:
    from indexer.results import Snippet


class Styled(str):
    """Text with the escape sequences of its style in it, and no others."""


def say(*pieces: str, **style: Any) -> None:
    """One line on standard output, in a style of click's (`fg`, `bold`, `dim`): left out in a pipe and by NO_COLOR.

    A piece that is `Styled` is printed as it is; in any other, characters that act on a terminal are shown.
    """
    text = "".join(piece if isinstance(piece, Styled) else visible(piece) for piece in pieces)
    click.echo(click.style(text, **style) if style else text)


def error(message: str) -> None:
    """One line about what went wrong, on standard error."""
    click.echo(f"dateline: {visible_line(message)}", err=True)


@contextlib.contextmanager
def visible_usage() -> Iterator[None]:
    """Make visible what click says of wrong usage: it repeats the words that were typed.

    Raises:
        click.UsageError: with those words made visible.
    """
    try:
        yield
    except click.UsageError as wrong:
        said = wrong.format_message()
        if (shown := visible(said)) == said:
            raise
        raise click.UsageError(shown, wrong.ctx) from wrong


def styled(snippet: Snippet, *, bold: bool = False) -> Styled:
    """A snippet with its marks in bold; line breaks made spaces."""
    text, parts, at = snippet.text.replace("\n", " "), [], 0
    for start, end in snippet.spans:
        matched = click.style(visible(text[start:end], text), bold=True, fg="yellow")
        parts += [_plain(visible(text[at:start], text), bold), matched]
        at = end
    return Styled("".join([*parts, _plain(visible(text[at:], text), bold)]))


def _plain(text: str, bold: bool) -> str:
    return click.style(text, bold=True) if bold and text else text


@contextlib.contextmanager
def progress(label: str) -> Iterator[Progress]:
    """A progress bar with an estimate on a terminal, once there is something to count; nothing in a pipe."""
    if not sys.stderr.isatty():
        yield lambda done, total: None
        return
    bar = _Bar(f"{label:<9}")
    try:
        yield bar.show
    finally:
        bar.end()


class _Bar:
    """A bar that is drawn two hundred times at most, and goes to a new line when all is done, or nothing more comes."""

    def __init__(self, label: str) -> None:
        self._label, self._drawn = label, 0
        self._bar: Any = None

    def show(self, done: int, total: int) -> None:
        """So many are done, of so many."""
        if self._bar is None:
            self._bar, self._drawn = self._begun(total), 0
        if done == total or done - self._drawn >= total / 200:
            self._bar.update(done - self._drawn)
            self._drawn = done
        if done == total:
            self.end()

    def _begun(self, total: int) -> Any:
        return click.progressbar(length=total, label=self._label, show_pos=True, file=sys.stderr)

    def end(self) -> None:
        """Leave what was drawn."""
        if self._bar is not None:
            self._bar.render_finish()
        self._bar = None
