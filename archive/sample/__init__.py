"""The sample archive: some sixty invented news releases to try Dateline on."""

from pathlib import Path

RELEASES = Path(__file__).with_name("releases")
