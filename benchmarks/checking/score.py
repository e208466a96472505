"""Asks the checker about each plant, and says what is wrong."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from benchmarks.checking.plants import Plant, Texts, make_plants
from indexer.checking import Answer, check_draft, read_typed_text
from indexer.search import Searcher


class Wrong(NamedTuple):
    """A plant with a wrong answer: its kind and text, what was expected and what was said, and the nearest release."""

    kind: str
    text: str
    expected: str
    said: str
    release: str


@dataclass(frozen=True, slots=True)
class Score:
    """How many plants there are, whose verdict and nearest passage are right, and each wrong one.

    `turned` are those whose sense turns, `passed` those of them that pass as exact or marks only, which must be none;
    `unsaid` those of them that are found but not said to be turned. `cpu_s` is the processor time of all.
    """

    plants: int
    right: int
    nearest: int
    with_nearest: int
    turned: int
    passed: int
    unsaid: int
    cpu_s: float
    wrong: tuple[Wrong, ...]


def load_texts(searcher: Searcher) -> Texts:
    """The bodies of all live releases."""
    ids = searcher.archive.live_ids()
    bodies: dict[str, str] = {}
    for at in range(0, len(ids), 500):
        bodies |= {work: each.release.body for work, each in searcher.archive.current(ids[at : at + 500]).items()}
    return Texts(bodies)


def score(searcher: Searcher, plants: Sequence[Plant]) -> Score:
    """Check every plant."""
    wrong: list[Wrong] = []
    right = nearest = passed = unsaid = 0
    started = time.process_time()
    for plant in plants:
        (answer,) = check_draft(searcher, read_typed_text(f"It says “{plant.text}” there.")).quotations
        named = answer.places[0].version.work if answer.places else ""
        is_right, is_near = answer.verdict.value == plant.verdict, named in plant.releases
        right += is_right
        nearest += is_near
        passed += plant.turned and answer.verdict.passes
        unsaid += plant.turned and is_right and not answer.turns
        if not is_right or (plant.releases and not is_near) or (plant.turned and not answer.turns):
            wrong.append(Wrong(plant.kind, plant.text, plant.verdict, _said(answer), named))
    return Score(
        len(plants), right, nearest, sum(bool(plant.releases) for plant in plants),
        *(sum(plant.turned for plant in plants), passed, unsaid, time.process_time() - started, tuple(wrong)),
    )  # fmt: skip


def _said(answer: Answer) -> str:
    turned = f" ({', '.join(answer.turns)})" if answer.turns else ""
    return f"{answer.verdict}{turned}"


def format_score(result: Score) -> str:
    """The figures, the bad ones first, for people."""
    lines = [f"{each.kind}: {each.said} in {each.release or 'none'}: {each.text}" for each in result.wrong]
    turned = f"turned quotations that pass: {result.passed} of {result.turned}; not said to be turned: {result.unsaid}"
    right = f"verdict right: {result.right} of {result.plants}; "
    near = f"nearest right: {result.nearest} of {result.with_nearest}"
    cost = f"{1000 * result.cpu_s / max(1, result.plants):.0f} ms of processor time a quotation"
    return "\n".join([*lines, turned, right + near, cost])


def run(searcher: Searcher, count: int, seed: int) -> Score:
    """Make the plants and check them."""
    return score(searcher, make_plants(load_texts(searcher), count, seed))
