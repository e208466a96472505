"""`dateline proof`: write one file that proves what the archive has of a release."""

from __future__ import annotations

from pathlib import Path

import click

from archive.store import Archive
from indexer.comparison import Passage
from indexer.export.proof import Proof, make_proof, write_proof
from indexer.output import print_error, say, write_whole_file
from indexer.public_address import parse_public_address, public_address_option


@click.command()
@click.argument("release_id", metavar="ID")
@click.argument("passage", nargs=-1)
@click.option("--version", "number", type=click.IntRange(1), help="Prove this version instead of the current one.")
@click.option(
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The file to write (otherwise dateline-ID-vN-proof.zip in this folder).",
)
@public_address_option("The archive’s public address, for the citation.", parse_public_address)
@click.pass_obj
def proof(
    data: Path, release_id: str, passage: tuple[str, ...], number: int | None, output: Path | None, url: str
) -> None:
    """Write a ZIP file that proves what the archive has of a release, and of PASSAGE in it.

    It holds every version with its original bytes, history and citation, and SHA256SUMS, which sha256sum checks
    without Dateline.

    \b
      dateline proof 3k9x0m2v7q
      dateline proof 3k9x0m2v7q "the bridge stays closed" --version 2
    """
    quoted = " ".join(passage).strip()
    with Archive(data) as archive:
        made = make_proof(archive, release_id.lower(), number, Passage(quoted) if quoted else None, url)
        if made.version.work != release_id.lower():
            print_error(f"That version is release {made.version.work}, version {made.version.number}, now.")
        path = output or Path(f"{made.name}.zip")
        write_whole_file(path, write_proof(made))
    say(str(path))
    _report(data, made)


def _report(data: Path, made: Proof) -> None:
    """Say what the proof lacks because it is damaged, and end with 6 where something is."""
    if made.damaged:
        numbers = ", ".join(map(str, made.damaged))
        print_error(
            f"The proof lacks what is damaged in the archive, and says so: version {numbers}. "
            f"To repair it: dateline --data {data} verify --repair"
        )
        click.get_current_context().exit(6)
