"""Random histories of a folder, held against the rule of identity said in a few lines, and what always holds."""

from __future__ import annotations

import itertools
import tempfile
from pathlib import Path
from typing import NamedTuple

import pytest
from histories import History, id_of
from hypothesis import example, given, settings
from hypothesis import strategies as st

from archive.ingest import sync as syncing
from archive.store.archive import Archive

PLACES = st.sampled_from(["a.txt", "b.txt", "c.txt", "d/a.txt"])


class Change(NamedTuple):
    """What becomes of a file: it is written anew, or with a text that was there before (the one so far back) ..."""

    kind: str
    place: str
    other: str
    back: int


KINDS = ["new", "new", "old", "copy", "copy", "move", "delete", "touch"]
CHANGES = st.builds(Change, st.sampled_from(KINDS), PLACES, PLACES, st.integers(0, 5))
HISTORIES = st.lists(st.lists(CHANGES, min_size=1, max_size=4), min_size=3, max_size=10)


class Model:
    """A folder whose places hold words, and the rule: to which work a word belongs that the archive never had.

    It knows what each place held last and, of a word that was continued, where. Where an old word comes back and takes
    its work from the one that followed it, it says only that both are found.
    """

    def __init__(self, history: History) -> None:
        self.history = history
        self.words = (f"boat{number}" for number in itertools.count())
        self.files: dict[str, str] = {}
        self.held: dict[str, str] = {}
        self.continued_at: dict[str, str] = {}
        self.work_of: dict[str, str] = {}

    def change(self, change: Change) -> None:
        known = list(self.work_of)
        if change.kind == "new":
            self.put(change.place, next(self.words))
        elif change.kind == "old" and known:
            self.put(change.place, known[-1 - change.back % len(known)])
        elif change.place not in self.files:
            pass
        elif change.kind in ("copy", "move"):
            self.put(change.other, self.files[change.place])
        elif change.kind == "touch":
            self.history.touch(change.place)
        gone = change.kind == "delete" or (change.kind == "move" and change.place != change.other)
        if gone and change.place in self.files:
            del self.files[change.place]
            self.history.write(change.place, None)

    def put(self, place: str, word: str) -> None:
        self.history.write(place, word)
        self.files[place] = word

    def add(self) -> None:
        expected = self.works_of_new_words()
        self.history.add()
        self.check_that_all_is_found()
        self.work_of = self.works_in_the_archive()
        for word, work in expected.items():
            assert self.work_of[word] == work, word
        self.held |= self.files
        self.forget_what_was_taken_back()

    def works_of_new_words(self) -> dict[str, str]:
        expected: dict[str, str] = {}
        seen = set(self.work_of)
        for place in in_order(self.files):
            word, before = self.files[place], self.held.get(place)
            if word in seen:
                continue
            seen.add(word)
            may_continue = before is not None and self.continued_at.get(before, place) == place
            if before and may_continue and not self.has_its_work(before):
                expected[word] = self.work_of[before]
                self.continued_at[before] = place
            elif not may_continue or before in self.files.values():
                expected[word] = id_of(word)
        return expected

    def has_its_work(self, before: str) -> bool:
        """Whether a place holds a word, or another that its work had: that one is back then, and has the work."""
        return any(self.work_of.get(word) == self.work_of[before] for word in self.files.values())

    def check_that_all_is_found(self) -> None:
        found = [titles[-1] for titles in self.history.live().values()]
        assert sorted(found) == sorted(f"Notice of the {word}" for word in set(self.files.values()))

    def works_in_the_archive(self) -> dict[str, str]:
        with Archive(self.history.data) as archive:
            rows = archive.select(
                "SELECT v.title, w.id, v.number FROM versions v JOIN works w USING (work) ORDER BY v.version"
            )
        for row in rows:  # an id is that of the bytes of the first version, whatever came after
            assert row["number"] > 1 or row["id"] == id_of(word_of(row["title"]))
        return {word_of(row["title"]): row["id"] for row in rows}

    def forget_what_was_taken_back(self) -> None:
        """A word that stands again where it was continued, or whose work was split, is continued no more."""
        for word, place in list(self.continued_at.items()):
            if self.files.get(place) == word or self.work_of[self.held[place]] != self.work_of[word]:
                del self.continued_at[word]


def word_of(title: str) -> str:
    return title.rpartition(" ")[2]


def in_order(places: dict[str, str]) -> list[str]:
    """The places in the order in which a folder is walked."""
    return sorted(places, key=lambda place: place.split("/"))


# A place that continued a work and then went over to another: the work is continued where it stands.
WENT_OVER = [
    [Change("new", "a.txt", "a.txt", 0)],
    [Change("new", "a.txt", "a.txt", 0)],
    [Change("new", "a.txt", "a.txt", 0), Change("old", "b.txt", "a.txt", 0)],
    [Change("old", "b.txt", "a.txt", 2)],
    [Change("new", "b.txt", "a.txt", 0)],
]


@settings(max_examples=60)
@example(steps=WENT_OVER, batch=1)
@given(steps=HISTORIES, batch=st.sampled_from([1, 2, 500]))
def test_any_history(steps: list[list[Change]], batch: int) -> None:
    with tempfile.TemporaryDirectory() as root, pytest.MonkeyPatch.context() as patched:
        patched.setattr(syncing, "BATCH_RECORDS", batch)
        model = Model(History(Path(root)))
        for changes in steps:
            for change in changes:
                model.change(change)
            model.add()
