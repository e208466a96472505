"""`dateline verify`: whether archive and index are as they were written, and agree."""

from __future__ import annotations

from pathlib import Path

import click

from archive.store import Archive
from archive.verify import archive_damage
from indexer import build
from indexer.engine import indexing
from indexer.options import json_option, print_json
from indexer.terminal import say
from indexer.visible import visible_line


@click.command()
@click.option("--repair", is_flag=True, help="Make the index anew where it is damaged.")
@json_option
@click.pass_obj
def verify(data: Path, repair: bool, as_json: bool) -> None:
    """Check the archive's bytes and that the index says what the archive says.

    \b
    Ends with exit code 6 where something is damaged and was not repaired:
      dateline verify --repair
    """
    with Archive(data) as archive:
        broken = archive_damage(archive)
        stale = list(indexing().damage(archive))
    repaired = bool(repair and stale and not broken)
    if repaired:
        build.rebuild(data)
    if as_json:
        print_json({"archive": broken, "index": stale, "repaired": repaired})
    else:
        for line in [*broken, *stale]:
            say(visible_line(line))
        say("The index was made anew." if repaired else "" if broken or stale else "All is well.")
    if broken or (stale and not repaired):
        click.get_current_context().exit(6)
