"""Hostile quotations: whatever is turned, and however little of it, never passes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.checking import Answer, check_draft, read_typed_text
from indexer.maintenance import build
from indexer.search import Searcher

TEXT = """Fund report

March 9, 2011

The fund paid $5 million to 1,200 families in May 2010. It has never lost money, the board said. Nothing in this
order is to be read as an admission. We cannot recommend the drug for children. Few members opposed it; most
were silent. Unless Congress acts, the program ends in June. The program helps veterans, except those discharged
before 1990. He denied that he took bribes. The mayor said the city “will not sell the park” to anyone. I don't
believe that taxes should rise. Is the water safe to drink? The company's workers weren't paid. We will act only
if asked. The senator is not only honest but brave. The rule applies in the U.S. and in Canada. The panel
rejected the claim that the mine is safe. She may run for governor. He is the most honest man in Ohio.
Twenty-five people were hurt and 3 died. The war is not over. The deal, which is not final, will create jobs.
Health care costs rose 4.5 percent in 2009-10. The charter prohibits raising rents. The owners were unable to reopen
the mill. “The pier is sound,” said the engineer Ada Holt. “We closed it twice,” said the warden Ben Marsh.
"""

TURNED = """
raising rents
reopen the mill
The charter [does not] prohibit raising rents
The pier is [un]sound
The pier is sound … We closed it twice
The pier is sound. We closed it twice
The fund paid $50 million to 1,200 families
The fund paid 5 million to 1,200 families
The fund paid $5 billion to 1,200 families
It has lost money
lost money
this order is to be read as an admission
is not to be read as an admission
We can recommend the drug for children
recommend the drug for children
members opposed it
the program ends in June
The program helps veterans.
he took bribes
sell the park
taxes should rise
I believe that taxes should rise
the water is safe to drink
Is the water safe to drink
Is the water safe to drink.
The company's workers were paid
We will act
We will act if asked
The rule applies in the us and in Canada
the mine is safe
run for governor
She [will] run for governor
He is the least honest man in Ohio
Thirty-five people were hurt and 3 died
over
The war is over
The war is … over
The deal will create jobs
The senator is honest but brave
The senator is not honest but brave
Health care costs rose 45 percent
Health care costs rose 4,5 percent
""".strip().splitlines()

SAME = """
The fund paid $5 million to 1200 families
will not sell the park
honest but brave
The rule applies in the US and in Canada
Twenty five people were hurt
Healthcare costs rose 4.5 per cent in 2009–10
[Rivera] may run for governor
Few members opposed it; most were silent.
in May 2010. It has never lost money
We will act only if asked
to 1,200 families in May
""".strip().splitlines()


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Searcher]:
    root = tmp_path_factory.mktemp("hostile")
    (root / "in").mkdir()
    (root / "in" / "c.txt").write_text(TEXT, "utf-8")
    build.add(root / "data", root / "in")
    with Searcher(root / "data") as opened:
        yield opened


def check(searcher: Searcher, quotation: str) -> Answer:
    return check_draft(searcher, read_typed_text(f"It reads “{quotation}” there.")).quotations[0]


@pytest.mark.parametrize("quotation", TURNED)
def test_what_is_turned_does_not_pass(searcher: Searcher, quotation: str) -> None:
    answer = check(searcher, quotation)
    assert not answer.verdict.passes


@pytest.mark.parametrize("quotation", SAME)
def test_what_is_the_same_passes(searcher: Searcher, quotation: str) -> None:
    assert check(searcher, quotation).verdict.passes


def versions_of(root: Path) -> Searcher:
    """A release that was edited, and one that was withdrawn."""
    folder = root / "in"
    folder.mkdir()
    (folder / "a.txt").write_text("Quay\n\nMay 2, 2009\n\nThe quay is open to all ships at night.\n", "utf-8")
    (folder / "b.txt").write_text("Lamp\n\nMay 3, 2009\n\nThe lamp on the pier burns whale oil today.\n", "utf-8")
    build.add(root / "data", folder)
    (folder / "a.txt").write_text("Quay\n\nMay 2, 2009\n\nThe quay is closed to all ships at night.\n", "utf-8")
    (folder / "b.txt").unlink()
    build.add(root / "data", folder)
    return Searcher(root / "data")


def test_earlier_versions_and_withdrawn_releases_are_searched(tmp_path: Path) -> None:
    with versions_of(tmp_path) as searcher:
        earlier = check(searcher, "The quay is open to all ships")
        withdrawn = check(searcher, "The lamp on the pier burns whale oil")
        altered = check(searcher, "The lamp on the pier burns olive oil")
        absent = check(searcher, "The harbor master went home early that day")
    assert (earlier.verdict.value, earlier.places[0].which) == ("exact", "earlier version, 1")
    assert earlier.numbers == {earlier.places[0].version.work: (1,)}
    assert (withdrawn.verdict.value, withdrawn.places[0].version.live) == ("exact", False)
    assert (altered.verdict.value, altered.places[0].version.live) == ("altered", False)
    assert absent.verdict.value == "not here"


def test_no_negation_of_any_sentence_passes(searcher: Searcher) -> None:
    """Each sentence of the text with a word put in or left out, at each place where one is."""
    changes = [
        " ".join([*words[:at], word, *words[at:]])
        for sentence in TEXT.partition("2011")[2].translate(str.maketrans("\n", " ", "“”")).split(". ")
        for words in [sentence.strip(" .").split()]
        for at in range(1, len(words))
        for word in ("not", "never")
    ]
    assert len(changes) > 200
    assert [each for each in changes if check(searcher, each).verdict.passes] == []
