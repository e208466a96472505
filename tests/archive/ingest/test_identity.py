"""Which work a text belongs to after any history of copies, edits, moves and deletions; whatever stands is findable."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from histories import History, works

from archive.ingest import parse
from archive.ingest import sync as syncing
from archive.parsed import FolderFile, ParsedRecord
from archive.release import Skipped
from archive.store.archive import Archive
from archive.store.locations import CAPTURE, find_last_held
from archive.store.writing.split import StoredVersion, lineages_to_split
from archive.store.writing.transaction import WriteStats
from archive.store.writing.writer import Writer

Steps = Sequence[Mapping[str, str | None]]


@pytest.fixture
def history(tmp_path: Path) -> History:
    return History(tmp_path)


HISTORIES: dict[str, tuple[Steps, dict[str, list[str]]]] = {
    "a copy edited": ([{"a": "ferry", "b": "ferry"}, {"b": "barge"}], works(ferry="ferry", barge="barge")),
    "the first of two copies edited": (
        [{"a": "ferry", "b": "ferry"}, {"a": "barge"}],
        works(ferry="ferry", barge="barge"),
    ),
    "a copy edited, then the original": (
        [{"a": "ferry", "b": "ferry"}, {"b": "barge"}, {"a": "tug"}],
        works(ferry="ferry tug", barge="barge"),
    ),
    "both copies edited": (
        [{"a": "ferry", "b": "ferry"}, {"a": "tug", "b": "barge"}],
        works(ferry="ferry tug", barge="barge"),
    ),
    "both copies edited to one text": (
        [{"a": "ferry", "b": "ferry"}, {"a": "tug", "b": "tug"}],
        works(ferry="ferry tug"),
    ),
    "three copies, two edited": (
        [{"a": "ferry", "b": "ferry", "c": "ferry"}, {"a": "tug", "b": "barge"}],
        works(ferry="ferry", tug="tug", barge="barge"),
    ),
    "three copies, all edited": (
        [{"a": "ferry", "b": "ferry", "c": "ferry"}, {"a": "tug", "b": "barge", "c": "raft"}],
        works(ferry="ferry tug", barge="barge", raft="raft"),
    ),
    "three copies edited one after the other": (
        [{"a": "ferry", "b": "ferry", "c": "ferry"}, {"c": "raft"}, {"b": "barge"}, {"a": "tug"}],
        works(ferry="ferry tug", barge="barge", raft="raft"),
    ),
    "the copy deleted and the original edited": (
        [{"a": "ferry", "b": "ferry"}, {"b": None, "a": "tug"}],
        works(ferry="ferry tug"),
    ),
    "the original deleted and the copy edited": (
        [{"a": "ferry", "b": "ferry"}, {"a": None, "b": "tug"}],
        works(ferry="ferry tug"),
    ),
    "a deleted place does not hold": (
        [{"a": "ferry", "b": "ferry"}, {"b": None}, {"a": "tug"}],
        works(ferry="ferry tug"),
    ),
    "a copy made while the original is edited": (
        [{"a": "ferry"}, {"b": "ferry", "a": "tug"}],
        works(ferry="ferry", tug="tug"),
    ),
    "an edit of an edited copy": (
        [{"a": "ferry", "b": "ferry"}, {"b": "barge"}, {"b": "scow"}],
        works(ferry="ferry", barge="barge scow"),
    ),
    "old bytes back where another text stands": (
        [{"a": "ferry"}, {"a": "tug"}, {"b": "ferry"}],
        works(ferry="ferry", tug="tug"),
    ),
    "old bytes back, then edited there": (
        [{"a": "ferry"}, {"a": "tug"}, {"b": "ferry"}, {"b": "barge"}],
        works(ferry="ferry barge", tug="tug"),
    ),
    "bytes of the middle back": (
        [{"a": "ferry"}, {"a": "tug"}, {"a": "raft"}, {"b": "tug"}],
        works(ferry="ferry tug", raft="raft"),
    ),
    "bytes of the middle back, two edits later": (
        [{"a": "ferry"}, {"a": "tug"}, {"a": "raft"}, {"a": "scow"}, {"b": "tug"}],
        works(ferry="ferry raft scow", tug="tug"),
    ),
    "an edit taken back, then another": (
        [{"a": "ferry"}, {"a": "tug"}, {"a": "ferry"}, {"a": "raft"}],
        works(ferry="ferry tug raft"),
    ),
    "a file comes back with new text after its bytes moved": (
        [{"a": "ferry"}, {"a": None, "b": "ferry"}, {"a": "tug"}],
        works(ferry="ferry", tug="tug"),
    ),
    "... after they were edited where they went": (
        [{"a": "ferry"}, {"a": None, "b": "ferry"}, {"b": "barge"}, {"a": "tug"}],
        works(ferry="ferry barge", tug="tug"),
    ),
    "... after they went altogether": (
        [{"a": "ferry"}, {"a": None}, {"a": "tug"}],
        works(ferry="ferry tug"),
    ),
    "a copy that was edited while another was gone": (
        [{"a": "ferry", "z": "ferry"}, {"z": None}, {"a": "tug"}, {"z": "raft"}],
        works(ferry="ferry tug", raft="raft"),
    ),
    "... and then went": (
        [{"a": "ferry", "z": "ferry"}, {"z": None}, {"a": "tug"}, {"a": None}, {"z": "raft"}],
        works(raft="raft"),
    ),
    "two files that change places, then one goes and comes back": (
        [{"a": "ferry", "b": "tug"}, {"a": "tug", "b": "ferry"}, {"a": None}, {"a": "raft"}],
        works(ferry="ferry", tug="tug raft"),
    ),
    "... then the other does": (
        [{"a": "ferry", "b": "tug"}, {"a": "tug", "b": "ferry"}, {"b": None}, {"b": "raft"}],
        works(ferry="ferry raft", tug="tug"),
    ),
    "a copy of an edit taken back, edited when the original went": (
        [{"a": "ferry"}, {"a": "tug"}, {"a": "ferry", "z": "ferry"}, {"a": None, "z": "raft"}],
        works(ferry="ferry tug raft"),
    ),
    "one text written over two others": (
        [{"a": "ferry", "b": "tug"}, {"a": "raft", "b": "raft"}],
        works(ferry="ferry raft"),
    ),
    "a file overwritten with the bytes of another": (
        [{"a": "ferry", "b": "tug"}, {"b": "ferry"}],
        works(ferry="ferry"),
    ),
    "a backup of the folder, then edits in it": (
        [
            {"a": "ferry", "b": "tug"},
            {"old/a": "ferry", "old/b": "tug"},
            {"a": "raft"},
            {"old/b": "barge"},
        ],
        works(ferry="ferry", raft="raft", tug="tug", barge="barge"),
    ),
    "all of it edited in one add": (
        [
            {"a": "ferry", "b": "tug", "old/a": "ferry", "old/b": "tug"},
            {"a": "raft", "b": "barge", "old/a": "scow", "old/b": "punt"},
        ],
        works(ferry="ferry raft", tug="tug barge", scow="scow", punt="punt"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("batch", [1, 500], ids=["a file a transaction", "one transaction"])
@pytest.mark.parametrize("name", HISTORIES)
def test_a_history(history: History, name: str, batch: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(syncing, "BATCH_RECORDS", batch)
    steps, expected = HISTORIES[name]
    for step in steps:
        history.step({f"{path}.txt": word for path, word in step.items()})
    assert history.live() == expected


@pytest.mark.parametrize(
    ("steps", "counts"),
    [
        ([{"a": "ferry", "b": "ferry"}], (1, 0, 1, 0, 0)),
        ([{"a": "ferry", "b": "ferry"}, {"b": "barge"}], (1, 0, 0, 0, 0)),
        ([{"a": "ferry", "b": "ferry"}, {"a": "tug", "b": "barge"}], (1, 1, 0, 0, 0)),
        ([{"a": "ferry", "b": "ferry"}, {"a": "tug", "b": None}], (0, 1, 0, 0, 0)),
        ([{"a": "ferry", "b": "ferry", "c": "ferry"}, {"a": "tug", "b": "barge"}], (2, 0, 0, 0, 0)),
        ([{"a": "ferry"}, {"a": "tug"}, {"b": "ferry"}], (0, 0, 1, 0, 1)),
        ([{"a": "ferry"}, {"b": "ferry", "a": "tug"}], (1, 0, 1, 0, 0)),
    ],
)
def test_what_an_add_counts(history: History, steps: Steps, counts: tuple[int, ...]) -> None:
    for step in steps:
        written = history.step({f"{path}.txt": word for path, word in step.items()}).write_stats
    assert (written.new, written.changed, written.moved, written.withdrawn, written.split) == counts


def test_a_touched_file_with_the_same_bytes_holds_them(history: History) -> None:
    history.step({"a.txt": "ferry", "b.txt": "ferry"})
    history.touch("a.txt")
    history.step({"b.txt": "barge"})
    assert history.live() == works(ferry="ferry", barge="barge")


def test_a_file_that_cannot_be_opened_holds_what_it_held(history: History, monkeypatch: pytest.MonkeyPatch) -> None:
    history.step({"a.txt": "ferry", "b.txt": "ferry"})
    history.write("b.txt", "barge")
    history.touch("a.txt")
    opened = Path.read_bytes

    def refuse(path: Path) -> bytes:
        if path.name == "a.txt":
            raise PermissionError(13, "Permission denied", str(path))
        return opened(path)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    history.add()
    assert history.live() == works(ferry="ferry", barge="barge")


@pytest.mark.parametrize("workers", [1, 2])
def test_many_copies_edited_at_once_whatever_reads_them(history: History, workers: int) -> None:
    """More files than are read without processes: of each pair the first by path continues."""
    half = range(20)
    history.step({f"{side}/{n}.txt": f"ferry{n}" for n in half for side in "xy"}, workers=workers)
    history.step({f"{side}/{n}.txt": f"tug{side}{n}" for n in half for side in "xy"}, workers=workers)
    expected = {f"ferry{n}": f"ferry{n} tugx{n}" for n in half} | {f"tugy{n}": f"tugy{n}" for n in half}
    assert history.live() == works(**expected)


def test_records_of_files_are_places_like_files(history: History) -> None:
    def rows(**texts: str) -> str:
        return "".join(f'{{"id": "{key}", "title": "Notice", "text": "{body}"}}\n' for key, body in texts.items())

    def save(name: str, **texts: str) -> None:
        (history.folder / name).write_text(rows(**texts))
        history.touch(name)

    def texts() -> dict[str, list[str]]:
        with Archive(history.data) as archive:
            return {work: [version.release.body for version in archive.versions(work)] for work in archive.live_ids()}

    save("a.jsonl", r1="The ferry sails.", r2="The tug waits.")
    save("b.jsonl", r1="The ferry sails.", r2="The tug waits.")
    history.add()
    (ferry, tug) = sorted(texts(), key=lambda work: texts()[work])
    save("b.jsonl", r1="The barge sails.", r2="The tug waits.")
    history.add()
    assert sorted(texts().values()) == [["The barge sails."], ["The ferry sails."], ["The tug waits."]]
    save("a.jsonl", r1="The ferry waits.", r2="The raft waits.")
    save("b.jsonl", r1="The barge sails.", r2="The punt waits.")
    history.add()
    assert texts()[ferry] == ["The ferry sails.", "The ferry waits."]
    assert texts()[tug] == ["The tug waits.", "The raft waits."]
    assert ["The punt waits."] in texts().values()
    assert len(texts()) == 4


def test_the_ids_are_those_of_a_fresh_archive(history: History, tmp_path: Path) -> None:
    history.step({"a.txt": "ferry", "b.txt": "ferry", "c.txt": "tug"})
    history.step({"b.txt": "barge", "old/c.txt": "tug"})
    history.step({"old/c.txt": "raft"})
    fresh = History(tmp_path / "fresh")
    shutil.copytree(history.folder, fresh.folder, dirs_exist_ok=True)
    fresh.add()
    assert history.live() == fresh.live()


@pytest.mark.parametrize("stopped_after", [1, 2, 3])
def test_an_add_that_is_killed_is_finished_by_the_next(
    history: History, stopped_after: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed between two transactions the works are mixed; the next add takes them apart as if nothing had been."""
    monkeypatch.setattr(syncing, "BATCH_RECORDS", 1)
    history.step({f"{name}.txt": "ferry" for name in "abcd"})
    for name, word in {"a": "tug", "b": "barge", "d": "raft"}.items():
        history.write(f"{name}.txt", word)
    kill(history, stopped_after, monkeypatch)
    with Archive(history.data) as archive:
        assert archive.is_mixed
    history.add()
    assert history.live() == works(ferry="ferry", tug="tug", barge="barge", raft="raft")


def test_an_add_that_is_killed_at_its_end_is_finished_by_one_that_finds_nothing_new(
    history: History, monkeypatch: pytest.MonkeyPatch
) -> None:
    history.step({"a.txt": "ferry", "b.txt": "ferry"})
    history.write("b.txt", "barge")
    kill(history, 1, monkeypatch)
    report = history.add()
    assert report.opened == 0
    assert history.live() == works(ferry="ferry", barge="barge")


def kill(history: History, transactions: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """An add that ends after so many transactions of readings, as if the process were killed."""

    class KilledError(Exception):
        pass

    write, done = Writer.write, [0]

    def writes(archive: Writer, *arguments: Any, **options: Any) -> WriteStats:
        if done[0] == transactions:
            raise KilledError
        done[0] += 1
        return write(archive, *arguments)

    with monkeypatch.context() as patched:
        patched.setattr(Writer, "write", writes)
        patched.setattr(syncing, "_split_works", writes)
        with pytest.raises(KilledError):
            history.add()


class TestCapturedAddresses:
    """A captured address is a place of its own, whatever file it stands in."""

    @pytest.fixture(autouse=True)
    def _captured(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Let a file whose name begins with an address and an at sign be a page captured there."""
        read = parse.parse_records

        def captured(file: FolderFile, content: bytes, today: dt.date) -> Iterator[ParsedRecord | Skipped]:
            for each in read(file, content, today):
                address, at, _ = file.shown.partition("@")
                if at and isinstance(each, ParsedRecord):
                    yield replace(each, record=replace(each.record, key=f"{CAPTURE}https://{address}/"))
                else:
                    yield each

        monkeypatch.setattr(parse, "parse_records", captured)

    @pytest.mark.parametrize(
        ("steps", "expected"),
        [
            ([{"port@1": "ferry"}, {"port@1": None, "port@2": "tug"}], works(ferry="ferry tug")),
            ([{"port@1": "ferry"}, {"port@2": "tug"}], works(ferry="ferry", tug="tug")),
            ([{"port@1": "ferry", "port@2": "tug"}], works(ferry="ferry", tug="tug")),
            ([{"port@1": "ferry"}, {"port@1": "tug"}], works(ferry="ferry tug")),
            ([{"port@1": "ferry"}, {"port@1": None, "quay@1": "tug"}], works(tug="tug")),
            ([{"port@1": "ferry", "port@2": "ferry"}, {"port@2": "tug"}], works(ferry="ferry", tug="tug")),
            (
                [{"port@1": "ferry"}, {"port@1": None, "port@2": "tug", "port@3": "raft"}],
                works(ferry="ferry tug", raft="raft"),
            ),
            (
                [{"port@1": "ferry"}, {"port@2": "tug"}, {"port@2": None, "port@3": "raft"}],
                works(ferry="ferry", tug="tug raft"),
            ),
            ([{"port@1": "ferry"}, {"port@1": None}, {"port@2": "tug"}], works(ferry="ferry tug")),
        ],
    )
    def test_a_history(self, history: History, steps: Steps, expected: dict[str, list[str]]) -> None:
        for step in steps:
            history.step({f"{path}.txt": word for path, word in step.items()})
        assert history.live() == expected

    def test_it_is_looked_up_by_its_index(self, history: History) -> None:
        history.step({"port@1.txt": "ferry"})
        statements: list[str] = []
        with Archive(history.data) as archive:
            archive._db.set_trace_callback(statements.append)
            assert find_last_held(archive._db, "/elsewhere", f"{CAPTURE}https://port/")
            archive._db.set_trace_callback(None)
            plan = archive.select(f"EXPLAIN QUERY PLAN {statements[0]}")
        assert any("locations_captured" in row["detail"] for row in plan)

    def test_a_saved_file_overwritten_with_another_page_is_another_work(
        self, history: History, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        history.step({"port@1.txt": "ferry"})
        read = parse.parse_records

        def elsewhere(file: FolderFile, content: bytes, today: dt.date) -> Iterator[ParsedRecord | Skipped]:
            return read(replace(file, shown=file.shown.replace("port", "quay")), content, today)

        monkeypatch.setattr(parse, "parse_records", elsewhere)
        history.step({"port@1.txt": "tug"})
        assert history.live() == works(tug="tug")


class TestWhichVersionKeepsTheWork:
    """The rule by itself, for works as archives of before hold them; places are letters, `since` is 0 throughout."""

    @pytest.mark.parametrize(
        ("places", "split"),
        [
            (["A b", "B"], [[2]]),  # the first version stands
            (["a b", "A", "B"], [[2]]),  # it does not: the line that began last keeps the work
            (["a", "a B", "A"], [[3]]),  # what followed one that stands is not asked
            (["a b", "a", "A", "B"], [[2, 3]]),  # what stood only there goes along
            (["a b", "a c", "A", "B"], [[3]]),  # what stood elsewhere too does not
            (["A b", "b", "b", "B"], [[2, 3, 4]]),
            (["A b c", "B", "C"], [[2], [3]]),
            (["A"], []),
            (["a", "a"], []),
        ],
    )
    def test_by_places(self, places: list[str], split: list[list[int]]) -> None:
        """A capital is a place where the version stands; versions came a day after one another."""
        versions = [
            StoredVersion(
                number, number, "", f"2011-01-{number:02}",
                {(each.lower(), ""): 0 for each in letters.split()},
                frozenset((each.lower(), "") for each in letters.split() if each.isupper()),
            )
            for number, letters in enumerate(places, 1)
        ]  # fmt: skip
        lines = lineages_to_split(versions, len(versions))
        assert [[version.number for version in line] for line in lines] == split

    def test_of_two_that_came_in_one_sync_the_first_by_path_keeps_it(self) -> None:
        gone = StoredVersion(1, 1, "", "2011-01-01", {("z", ""): 0, ("b/c", ""): 0, ("b.txt", ""): 0}, frozenset())
        both = [
            StoredVersion(number, number, "", "2011-01-02", {(path, ""): 0}, frozenset([(path, "")]))
            for number, path in ((2, "b.txt"), (3, "b/c"))
        ]
        ((line,),) = [lineages_to_split([gone, *both], 1)]
        assert [version.number for version in line] == [2]  # as a folder is walked: what is in b comes before b.txt
