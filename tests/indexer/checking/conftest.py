"""A small archive with the releases that docs/CHECKING.md takes its examples from."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from indexer.checking import Answer, check_draft, read_typed_text
from indexer.maintenance import build
from indexer.search import Searcher

RELEASES = {
    "a.txt": (
        "Rivera on taxes\n\nJan. 5, 2009\n\n"
        "“We support the plan, and we will not raise taxes,” said Senator Jane Rivera."
        " “If the court agrees, the levy is permitted. It costs 2 million dollars a year.”\n"
    ),
    "b.txt": (
        "Bridge opened\n\nFeb. 7, 2010\n\n"
        "Senator Jane Rivera said, “The bridge is safe for cars. It was built in 1951.”"
        " “We were not told,” said Mayor Paul Osei. “We came,” said Rivera, “and we won.”\n"
    ),
    "c.txt": (
        "Notes on the harbor\n\nMarch 3, 2011\n\n"
        "The U.S. harbor board met in a well-known hall. Is the dredging legal? "
        "Health care workers will co-operate with us on 1,000 cases. The chairman cannot re-sign the papers. "
        "Nobody was notable there. "
        "It is false that the pier will close in June. The pier may open only to members.\n"
    ),
}


@pytest.fixture(scope="session")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Searcher]:
    root = tmp_path_factory.mktemp("checking")
    folder = root / "in"
    folder.mkdir()
    for name, text in RELEASES.items():
        (folder / name).write_text(text, encoding="utf-8")
    build.add(root / "data", folder)
    with Searcher(root / "data") as opened:
        yield opened


@pytest.fixture
def check(searcher: Searcher) -> Callable[[str], Answer]:
    """Checks a draft; the answer for its last quotation."""
    return lambda draft: check_draft(searcher, read_typed_text(draft)).quotations[-1]
