"""The small folder that the archives of tests/old_archives/ were made of, by the version of Dateline that wrote each.

Each `schema-<n>.db.zst` is the archive.db which the last version with that schema made of `first(folder)`, an add,
`second(folder)` and another add. To make one for a new schema: do that, end the process, compress the file (zstandard).
"""

from __future__ import annotations

from pathlib import Path

import zstandard

HERE = Path(__file__).resolve().parents[1] / "old_archives"

LAMP = """Lamp Lit on the Pier

PORT ELSINORE, May 2, 1996 -- The lamp is lit, said Harbor Master William "Bill" R. Pell, Jr. “It burns,” Pell said.
Mayor Ada Quill and Richard Rowe looked on.
"""
BOAT = """Boat Found

PORT ELSINORE, 3/4/1997 -- Dick Rowe found a boat near the lamp, Bill Pell said. Sen. Ada M. Quill thanked him.
"""
FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>Town of Elsinore</title>
<item><guid>n1</guid><title>Quay Swept</title><pubDate>Tue, 4 Mar 1997 10:00:00 GMT</pubDate>
<description>The quay was swept, said Thomas A. Lund of the Harbor Board. \
Tom Lund will sweep it again.</description></item>
<item><guid>n2</guid><title>Quay Closed</title>\
<description>The quay is closed, said Maria do Carmo.</description></item>
</channel></rss>
"""
LINES = """{"id": 1, "title": "Ferry Sold", "date": "1998-02-03", "source": "Town of Elsinore", \
"text": "Sold, said Ada Quill."}
{"id": 2, "title": "Ferry Bought", "date": "1998-02-04", "text": "The ferry was bought by James Lund, Jim Lund said."}
"""
MAIL = b"""From: Harbor Board <board@harbor.example>
Subject: Caf\xc3\xa9 opens
Date: Wed, 5 Aug 1998 12:00:00 +0000
Message-ID: <1@harbor.example>
Content-Type: text/plain; charset=utf-8

The caf\xc3\xa9 at the pier opens, Robert Quill announced. Bob Quill is its owner.
"""


def first(folder: Path) -> None:
    """What stands in the folder at the first add."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in (("lamp.txt", LAMP), ("boat.txt", BOAT), ("news.xml", FEED), ("ferry.jsonl", LINES)):
        (folder / name).write_text(text, "utf-8")
    (folder / "cafe.eml").write_bytes(MAIL)
    (folder / "empty.txt").write_text("", "utf-8")
    (folder / "gone.txt").write_text("Crane Gone\n\nThe crane has gone, said Ada Quill.\n", "utf-8")


def second(folder: Path) -> None:
    """What has changed at the second add: one edited, one gone."""
    (folder / "boat.txt").write_text(BOAT + "It was blue.\n", "utf-8")
    (folder / "gone.txt").unlink()


def schemas() -> list[int]:
    """The schemas of which there is an archive."""
    return sorted(int(path.name.split("-")[1].split(".")[0]) for path in HERE.glob("schema-*.db.zst"))


def put(schema: int, data: Path) -> None:
    """Put the archive of a schema into a data directory."""
    data.mkdir(mode=0o700)
    held = (HERE / f"schema-{schema}.db.zst").read_bytes()
    (data / "archive.db").write_bytes(zstandard.ZstdDecompressor().decompress(held))
