"""The `dateline` command: the indexer's commands, and `serve`."""

from __future__ import annotations

import os
import socket
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import click

from archive.errors import DatelineError
from indexer.cli import main
from indexer.output import NonEmptyPath, print_error, say
from indexer.public_address import public_address_option

if TYPE_CHECKING:
    from web.middleware import Access

_ONE_HEAP = {"MALLOC_ARENA_MAX": "1"}
"""Environment of worker processes, unless it is set (mallopt(3)): glibc gives each thread a heap, and none lends to
another. By load of seven minutes two workers came to 215 MB instead of 257; one thread of a worker runs at a time."""

_LOOPBACK = ("127.0.0.1", "localhost", "[::1]", "::1")


class PortTaken(DatelineError):
    """The address to serve at is in use."""

    code = 10


def _parse_site(text: str) -> str:
    """A public address at which the archive can be served.

    Raises:
        ValueError: it is none.
    """
    from web.site import parse_site

    return parse_site(text).url


def _read_password_file(context: click.Context, option: click.Parameter, file: Path | None) -> Access | None:
    """Who may read, by a password file.

    Raises:
        click.BadParameter: it cannot be used.
    """
    if not file:
        return None
    from web.middleware import read_password_file

    try:
        return read_password_file(file)
    except ValueError as error:
        raise click.BadParameter(str(error)) from error


@main.command()
@click.argument("folder", type=NonEmptyPath(), required=False)
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to serve at.")
@click.option("--port", default=8311, show_default=True, type=click.IntRange(0, 65535), help="0 picks a free port.")
@public_address_option("The public address, for links and citations.", _parse_site, envvar="DATELINE_URL")
@click.option(
    "--processes", type=click.IntRange(1, 64), help="Worker processes.  [default: one for each core, at most 8]"
)
@click.option(
    "--password-file",
    "access",
    type=NonEmptyPath(),
    callback=_read_password_file,
    help="Ask readers for a password or the token in FILE.",
)
@click.option("--no-browser", is_flag=True, help="Do not open a browser.")
@click.option("--follow-links", is_flag=True, help="With FOLDER: read what links in it lead to outside it.")
@click.pass_obj
def serve(
    data: Path, folder: Path | None, host: str, port: int, url: str, processes: int | None,
    access: Access | None, no_browser: bool, follow_links: bool,
) -> None:  # fmt: skip
    """Serve the archive to a browser; with FOLDER, add it first.

    \b
    The whole job in one command:
      dateline serve releases/
    """
    # Imported here: every command comes by this module, and the others need not wait for a server.
    from web import server

    if folder:
        from indexer.commands.add import add

        click.get_current_context().invoke(add, folder=folder, follow_links=follow_links)
    # Bound to this machine alone, it answers to this machine's names alone: no page elsewhere can reach in.
    service = server.Service(data, hosts=_LOOPBACK if host in _LOOPBACK else (), url=url, access=access)
    sockets = _bind(host, port)
    address = f"http://{_display_host(host)}:{sockets[0].getsockname()[1]}/"
    say(f"Dateline is at {address}{f' and, for others, at {url}' if url else ''}   (Ctrl-C ends it)")
    if host not in _LOOPBACK:
        say(_warn_of_readers(access))
    if not no_browser:
        _open_browser(address)
    for name, value in _ONE_HEAP.items():
        os.environ.setdefault(name, value)
    server.serve(service, sockets, processes, print_error)


def _warn_of_readers(access: Access | None) -> str:
    """What an address beyond this computer means."""
    if access:
        return "Other computers can reach it; they need the password, which travels readably without HTTPS."
    return "Everyone who can reach this computer can read the archive; --password-file asks for a password."


def _bind(host: str, port: int) -> list[socket.socket]:
    """The listening sockets.

    Raises:
        PortTaken: the address cannot be used.
    """
    from web import server

    try:
        return server.bind_sockets(host.strip("[]"), port)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise PortTaken(
            f"Port {port} of {host} cannot be used ({reason}). Choose another with --port, or --host."
        ) from error


def _open_browser(address: str) -> None:
    import webbrowser

    timer = threading.Timer(0.5, webbrowser.open, [address])
    timer.daemon = True
    timer.start()


@main.command()
@click.argument("user")
def password(user: str) -> None:
    """Make a line of a password file for serve.

    Asks for the password of USER and prints the name and a hash of it.

    \b
    Readers of the archive are then asked for it:
      dateline password desk >> passwords
      chmod 600 passwords
      dateline serve --password-file passwords
    """
    from web.middleware import hash_password

    # Asked for on standard error: the line alone goes into a file.
    typed = click.prompt("Password", hide_input=True, confirmation_prompt="Once more", err=True)
    try:
        say(hash_password(user, typed))
    except ValueError as error:
        raise click.BadParameter("a user's name has no colon or blank at its ends", param_hint="USER") from error


def _display_host(host: str) -> str:
    """The host as a browser on this machine can reach it."""
    if host in ("0.0.0.0", "::"):
        return "localhost"
    return f"[{host}]" if ":" in host else host


if __name__ == "__main__":
    main(prog_name="dateline")
