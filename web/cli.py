"""The `dateline` command: the indexer's commands, and `serve`."""

from __future__ import annotations

import threading
from pathlib import Path

import click

from archive.errors import DatelineError
from indexer.cli import main
from indexer.output import NonEmptyPath, say

_LOOPBACK = ("127.0.0.1", "localhost", "[::1]", "::1")

THREADS = 8
"""Requests answered at once; more wait their turn."""


class PortTaken(DatelineError):
    """The address to serve at is in use."""

    code = 10


def _check_url(context: click.Context, option: click.Parameter, url: str) -> str:
    """A public address as it may be used.

    Raises:
        click.BadParameter: it is none.
    """
    if not url:
        return ""
    from web.site import parse_site

    try:
        return parse_site(url).url
    except ValueError as error:
        example = "https://news.example.org or https://example.org/archive"
        raise click.BadParameter(f"give an address such as {example}") from error


@main.command()
@click.argument("folder", type=NonEmptyPath(), required=False)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to serve at.")
@click.option("--port", default=8311, show_default=True, type=click.IntRange(0, 65535), help="0 picks a free one.")
@click.option(
    "--url", default="", envvar="DATELINE_URL", callback=_check_url, help="The public address, for links and citations."
)
@click.option("--no-browser", is_flag=True, help="Do not open a browser.")
@click.option("--follow-links", is_flag=True, help="With FOLDER: read what links in it lead to outside it.")
@click.pass_obj
def serve(
    data: Path, folder: Path | None, host: str, port: int, url: str, no_browser: bool, follow_links: bool
) -> None:
    """Serve the archive to a browser; with FOLDER, add it first.

    \b
    The whole job in one command:
      dateline serve releases/
    """
    # Imported here: every command comes by this module, and the others need not wait for a server.
    import webbrowser

    from waitress.server import create_server

    from indexer.commands.add import add
    from web import create_app

    if folder:
        click.get_current_context().invoke(add, folder=folder, follow_links=follow_links)
    # Bound to this machine alone, it answers to this machine's names alone: no page elsewhere can reach in.
    app = create_app(data, hosts=_LOOPBACK if host in _LOOPBACK else (), url=url)
    try:
        server = create_server(app, host=host, port=port, threads=THREADS, ident="dateline")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise PortTaken(
            f"Port {port} of {host} cannot be used ({reason}). Choose another with --port, or --host."
        ) from error
    address = f"http://{_display_host(host)}:{server.effective_port}/"
    say(f"Dateline is at {address}{f' and, for others, at {url}' if url else ''}   (Ctrl-C ends it)")
    if not no_browser:
        threading.Timer(0.5, webbrowser.open, [address]).start()
    server.run()


def _display_host(host: str) -> str:
    """The host as a browser on this machine can reach it."""
    if host in ("0.0.0.0", "::"):
        return "localhost"
    return f"[{host}]" if ":" in host else host


if __name__ == "__main__":
    main(prog_name="dateline")
