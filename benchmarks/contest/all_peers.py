"""Runs all contestants, each in processes of its own, and compares their results."""

from __future__ import annotations

import json
import statistics
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.contest.one_peer import RUNS
from benchmarks.contest.questions import load_questions
from benchmarks.corpus.synthetic import Corpus
from benchmarks.peers.peer import MAX_CORPUS_SIZE, MAX_RUNS, MODULES, TOP_K
from benchmarks.process_runner import RunUsage, run_python

OPEN_RUNS = 3
"""Fresh processes that open an index; the median counts."""

KNOWN_DISAGREEMENTS: dict[tuple[str, str], str] = {}
"""(contestant, class of questions) -> why its numbers may differ from Dateline's there. None has to."""

Say = Callable[[str], None]


@dataclass(slots=True)
class ContestantFigures:
    """The figures of one contestant: milliseconds, MB and bytes; `answers` has a row for every question."""

    name: str
    build: dict[str, Any] = field(default_factory=dict)
    opening: dict[str, float] = field(default_factory=dict)
    answers: list[dict[str, Any]] = field(default_factory=list)
    memory: dict[str, float] = field(default_factory=dict)

    def times(self, what: str, group: str = "", clock: str = "cpu") -> list[float]:
        """The milliseconds of the questions of a class (all without one): `what` is ten, page or first."""
        rows = [answer[what] for answer in self.answers if group in ("", answer["group"])]
        return [row if what == "first" else row[clock] for row in rows]


def eligible_contestants(names: Sequence[str], size: int) -> list[str]:
    """The contestants that can do a corpus of this size; all of them when none is named."""
    return [name for name in names or MODULES if size <= MAX_CORPUS_SIZE.get(name, size)]


def compete(
    corpus: Corpus, names: Sequence[str], *, reuse: bool, runs: int = RUNS, say: Say = print
) -> list[ContestantFigures]:
    """Make the corpus where it is missing, then let every contestant build, open and answer."""
    say(f"Corpus of {corpus.size:,} releases in {corpus.folder}")
    corpus.make()
    load_questions(corpus)
    return [_run_contestant(corpus, name, reuse, min(runs, MAX_RUNS.get(name, runs)), say) for name in names]


def _run_contestant(corpus: Corpus, name: str, reuse: bool, runs: int, say: Say) -> ContestantFigures:
    folder = corpus.folder / f"built-{corpus.size}" / name
    entry = ContestantFigures(name)
    built = folder.with_suffix(".json")
    if not (reuse and built.exists()):
        say(f"{name}: building")
        found, watched = _run_action(corpus, name, "build", folder, runs)
        built.write_text(json.dumps(found | {"memory": asdict(watched)}), "utf-8")
    entry.build = json.loads(built.read_text("utf-8"))
    say(f"{name}: opening and answering")
    openings = [_run_action(corpus, name, "open", folder, runs)[0] for _ in range(OPEN_RUNS)]
    entry.opening = {key: statistics.median(one[key] for one in openings) for key in ("open", "first")}
    found, _ = _run_action(corpus, name, "ask", folder, runs)
    entry.answers, entry.memory = found["answers"], found["memory"]
    return entry


def _run_action(corpus: Corpus, name: str, action: str, folder: Path, runs: int) -> tuple[dict[str, Any], RunUsage]:
    result = folder.parent / f"{name}.{action}.json"
    result.parent.mkdir(parents=True, exist_ok=True)
    where = [corpus.cache, corpus.size, corpus.seed, folder, result, runs]
    watched = run_python(["-m", "benchmarks.contest.one_peer", name, action, *map(str, where)])
    return json.loads(result.read_text("utf-8")), watched


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A number in which a contestant differs from the first one; `reason` where that is known and accepted."""

    name: str
    group: str
    text: str
    number: str
    expected: Any
    found: Any
    reason: str = ""


def find_disagreements(entries: Sequence[ContestantFigures]) -> list[Disagreement]:
    """Where totals, timelines or facets differ from the first contestant's, or a page has not the hits it should."""
    first, *others = entries
    found = [one for entry in entries for one in _short_pages(entry)]
    for other in others:
        for mine, theirs in zip(first.answers, other.answers, strict=True):
            reason = KNOWN_DISAGREEMENTS.get((other.name, mine["group"]), "")
            found += [
                Disagreement(other.name, mine["group"], mine["text"], key, mine["numbers"][key], number, reason)
                for key, number in theirs["numbers"].items()
                if number != mine["numbers"][key]
            ]
    return found


def _short_pages(entry: ContestantFigures) -> list[Disagreement]:
    return [
        Disagreement(entry.name, answer["group"], answer["text"], "hits", [wanted] * 2, answer["hits"])
        for answer in entry.answers
        if answer["hits"] != [wanted := min(TOP_K, answer["numbers"]["total"])] * 2
    ]
