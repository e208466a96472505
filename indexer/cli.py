"""The command line: a lazy click group. Each command is a module of indexer/commands/; `serve` is added by web."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from archive.errors import DatelineError
from indexer.output import terminal

COMMANDS = {
    "add": "Bring a folder into the archive; only what changed is opened.",
    "audit": "List what was read and may be wrong.",
    "backup": "Copy the record into one file.",
    "check": "Check the quotations of a draft.",
    "correct": "Put right a field, a person, a source or a place.",
    "corrections": "List and check the corrections.",
    "explain": "Show every field of a file or release with its evidence.",
    "export": "Write every release, or every hit, as a file.",
    "folders": "List the folders that were added.",
    "forget": "Withdraw what stands only in one added folder.",
    "proof": "Write one file that proves what the archive has of a release.",
    "purge": "Take a release out for good.",
    "quotes": "Who said what: quotations, once each, with their places.",
    "rebuild": "Make the index anew from the archive.",
    "restore": "Put a backup back into an empty directory.",
    "search": "Search the archive.",
    "show": "Print one release.",
    "stats": "Count what the archive holds.",
    "upgrade": "Bring an archive of an older Dateline up to date.",
    "verify": "Check archive and index, and repair them.",
}
"""The commands by name, each in a line. The function of that name is imported from its module when it is called.

A command imports only what it needs: `add` needs no search, `show` no extractor, a list of commands none of them.
"""


DATA_DIRECTORY = click.Path(path_type=Path, file_okay=False)


class LazyGroup(click.Group):
    """A group that imports a command when it is called, and turns errors into one line and an exit code.

    `--data` may stand before a command or after it; after it counts.
    """

    def add_command(self, command: click.Command, name: str | None = None) -> None:
        """Add a command, with the option that all of them share."""
        command.params.append(
            click.Option(
                ["--data"], type=DATA_DIRECTORY, callback=_use_data, expose_value=False,
                help="The data directory, as before the command.",
            )
        )  # fmt: skip
        super().add_command(command, name)

    def list_commands(self, context: click.Context) -> list[str]:
        """The names of all commands."""
        return sorted({*COMMANDS, *super().list_commands(context)})

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        """A command by its name, or None."""
        if name in COMMANDS and name not in self.commands:
            self.add_command(getattr(import_module(f"indexer.commands.{name}"), name))
        return super().get_command(context, name)

    def format_commands(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands, a line each."""
        others = {name: command.get_short_help_str(60) for name, command in self.commands.items()}
        with formatter.section("Commands"):
            formatter.write_dl(sorted((others | COMMANDS).items()))

    def invoke(self, context: click.Context) -> Any:
        """Run a command; a DatelineError ends the program with its message and its code."""
        try:
            with terminal.make_usage_errors_visible():
                return super().invoke(context)
        except DatelineError as error:
            terminal.print_error(str(error))
            context.exit(error.code)
        except (UnicodeEncodeError, OverflowError):
            terminal.print_error(
                "An argument is not text, or a number is far too large. Check what you typed after the command."
            )
            context.exit(2)
        except BrokenPipeError:
            # The reader of our output went away (`| head`); closing standard output again must not complain.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            context.exit(0)


def _use_data(context: click.Context, option: click.Parameter, data: Path | None) -> None:
    if data is not None:
        context.obj = data


@click.group(cls=LazyGroup)
@click.option(
    "--data",
    type=DATA_DIRECTORY,
    default=Path("dateline-data"),
    envvar="DATELINE_DATA",
    show_default=True,
    help="The data directory (or set DATELINE_DATA).",
)
@click.version_option(package_name="dateline")
@click.pass_context
def main(context: click.Context, data: Path) -> None:
    """A searchable full-text archive of news releases.

    \b
    Begin with:   dateline serve FOLDER
    Exit codes:   0 done, 1 check failed, 2 wrong usage, 3 folder, 4 archive, 5 index, 6 damage found, 7 busy,
                  8 no such release or passage, 9 disk, 11 a correction that cannot hold, 12 backup,
                  13 query too large (docs/CLI.md)
    """
    context.obj = data
    if os.environ.get("NO_COLOR"):  # https://no-color.org
        context.color = False
