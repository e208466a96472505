"""Mixed works are split: those of older archives, the corrections that hold for them, and their old addresses."""

from __future__ import annotations

from pathlib import Path

import pytest
from histories import History, as_before, broken_checksums, damage, forget_what_before_did_not_keep, id_of, text, works
from raw_database import raw_database

from archive.corrections import FILE_NAME
from archive.release import Version
from archive.store.archive import Archive
from archive.store.integrity.findable import list_unfindable
from archive.store.reconciling import people_files
from archive.store.reconciling.reconcile import CorrectionReport
from archive.store.writing.mixed_works import split_works
from archive.store.writing.writer import Writer
from indexer.maintenance import build
from indexer.search.searcher import Searcher


@pytest.fixture
def history(tmp_path: Path) -> History:
    return History(tmp_path)


@pytest.fixture
def mixed(history: History) -> History:
    """An archive of before: b was a copy of a, and its text of today hides a's."""
    with as_before():
        history.step({"a.txt": "ferry", "b.txt": "ferry"})
        history.step({"b.txt": "barge"})
    forget_what_before_did_not_keep(history.data)
    assert history.live() == works(ferry="ferry barge")
    return history


def correct(history: History, **said: str | int | list[str]) -> None:
    """Write a correction by hand."""
    lines = [f"{key.replace('_', '-')} = {value!r}".replace("'", '"') for key, value in said.items()]
    with (history.data / FILE_NAME).open("a", encoding="utf-8") as file:
        file.write("\n".join(["[[correction]]", *lines, 'by = "Lee"']) + "\n\n")


def settled(history: History) -> CorrectionReport:
    with Writer(history.data) as archive:
        report = people_files.apply(archive)
        assert broken_checksums(archive) == []
    return report


def version(history: History, work: str, number: int | None = None) -> Version:
    with Archive(history.data) as archive:
        found = archive.version(work, number)
    assert found
    return found


class TestArchivesOfBefore:
    def test_what_is_hidden_is_told(self, mixed: History) -> None:
        with Archive(mixed.data) as archive:
            (line,) = list_unfindable(archive)
        assert line.startswith("archive.db: a.txt stands in a folder, but no search finds it")
        assert id_of("ferry") in line
        mixed.add()
        with raw_database(mixed.data) as db:
            db.execute("UPDATE works SET live = 0 WHERE id = ?", (id_of("barge"),))
        with Archive(mixed.data) as archive:
            (line,) = list_unfindable(archive)
        assert line.startswith("archive.db: b.txt")
        assert "is withdrawn" in line

    def test_of_much_that_is_hidden_some_is_named(self, history: History) -> None:
        with as_before():
            for words in ("ferry", "barge"):
                history.step({f"{n}{side}.txt": f"{words}{n}" for n in range(22) for side in "ab"[words == "barge" :]})
        with Archive(history.data) as archive:
            lines = list_unfindable(archive)
        assert len(lines) == 21
        assert "and 2 more" in lines[-1]

    def test_the_next_add_takes_them_apart(self, mixed: History) -> None:
        report = mixed.add()
        assert mixed.live() == works(ferry="ferry", barge="barge")
        assert (report.opened, report.write_stats.split, report.write_stats.new) == (0, 1, 0)
        assert version(mixed, id_of("ferry"), 2).work == id_of("barge")
        assert mixed.add().write_stats.split == 0

    def test_a_rebuild_does_and_both_are_found(self, mixed: History) -> None:
        build.rebuild(mixed.data)
        assert mixed.live() == works(ferry="ferry", barge="barge")
        with Searcher(mixed.data) as searcher:
            assert [searcher.ids(f"title:{word}") for word in ("ferry", "barge")] == [
                [id_of("ferry")],
                [id_of("barge")],
            ]
        assert damage(mixed.data) == []

    def test_what_is_edited_in_the_same_add_goes_along(self, mixed: History) -> None:
        report = mixed.step({"b.txt": "scow"})
        assert mixed.live() == works(ferry="ferry", barge="barge scow")
        assert (report.write_stats.split, report.write_stats.new, report.write_stats.changed) == (1, 0, 1)

    def test_an_edit_of_the_hidden_one_leaves_what_hid_it_the_work(self, mixed: History) -> None:
        mixed.step({"a.txt": "tug"})
        assert mixed.live() == works(ferry="ferry barge", tug="tug")

    def test_of_several_edits_the_line_that_began_last_keeps_the_work(self, history: History) -> None:
        with as_before():
            history.step({"a.txt": "ferry", "b.txt": "ferry"})
            for step in ({"a.txt": "tug"}, {"b.txt": "barge"}, {"a.txt": "raft"}):
                history.step(step)
        forget_what_before_did_not_keep(history.data)
        history.add()
        assert history.live() == works(ferry="ferry barge", tug="tug raft")
        assert [version(history, id_of("ferry"), number).work for number in (1, 2, 3, 4)] == [
            id_of(word) for word in ("ferry", "tug", "ferry", "tug")
        ]

    def test_the_numbers_of_what_came_in_the_same_add_follow_those_before(self, history: History) -> None:
        with as_before():
            history.step({"a.txt": "ferry", "b.txt": "ferry"})
            history.step({"a.txt": "tug"})
            history.step({"b.txt": "barge"})
        forget_what_before_did_not_keep(history.data)
        history.step({"a.txt": "raft", "b.txt": "scow"})
        assert history.live() == works(ferry="ferry barge scow", tug="tug raft")
        with Archive(history.data) as archive:
            assert [each.number for each in archive.versions(id_of("ferry"))] == [1, 3, 4]

    def test_only_works_that_were_written_to_are_looked_at_by_most_adds(
        self, mixed: History, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        mixed.add()
        monkeypatch.setattr(
            "archive.store.writing.mixed_works._find_mixed_works", lambda _: pytest.fail("all works were looked at")
        )
        mixed.step({"c.txt": "ferry", "b.txt": "scow"})
        mixed.step({"c.txt": "raft"})
        assert mixed.live() == works(ferry="ferry", barge="barge scow", raft="raft")

    def test_ids_that_clash_are_a_character_longer(self, mixed: History, monkeypatch: pytest.MonkeyPatch) -> None:
        mixed.step({"c.txt": "punt"})  # at the next add, all at once
        monkeypatch.setattr(
            "archive.store.writing.existing_rows.ExistingRows._is_id_taken", lambda _, work: len(work) == 10
        )
        with as_before():
            mixed.step({"d.txt": "ferry"})
            mixed.step({"d.txt": "raft"})
        mixed.add()
        assert sorted(map(len, mixed.live())) == [10, 10, 10, 11]


class TestCorrections:
    """Corrections that hold for a version go on to hold for what it becomes."""

    def test_one_of_the_release_is_written_for_both(self, mixed: History) -> None:
        correct(mixed, release=id_of("ferry"), field="place", value="Lisbon")
        settled(mixed)
        before = (mixed.data / FILE_NAME).read_text()
        mixed.add()
        report = settled(mixed)
        assert (report.held, report.changed, report.problems) == (2, 0, ())
        assert [version(mixed, id_of(word)).release.place for word in ("ferry", "barge")] == ["Lisbon", "Lisbon"]
        assert (mixed.data / FILE_NAME).read_text().startswith(before)
        (mixed.data / FILE_NAME).write_text(before)  # taken out again, it is taken back there alone
        assert settled(mixed).changed == 1
        assert [version(mixed, id_of(word)).release.place for word in ("ferry", "barge")] == ["Lisbon", "Port"]

    def test_one_of_a_version_follows_by_its_old_address(self, mixed: History) -> None:
        correct(mixed, release=id_of("ferry"), version=2, field="place", value="Lisbon")
        settled(mixed)
        before = (mixed.data / FILE_NAME).read_text()
        mixed.add()
        for _ in range(2):
            assert settled(mixed).problems == ()
            assert [version(mixed, id_of(word)).release.place for word in ("ferry", "barge")] == ["Port", "Lisbon"]
        assert (mixed.data / FILE_NAME).read_text() == before

    def test_one_that_came_after_the_split_is_of_its_release_alone(self, mixed: History) -> None:
        mixed.add()
        correct(mixed, release=id_of("ferry"), field="place", value="Lisbon")
        settled(mixed)
        assert [version(mixed, id_of(word)).release.place for word in ("ferry", "barge")] == ["Lisbon", "Port"]

    def test_a_text_that_came_with_the_split_has_none(self, history: History) -> None:
        history.step({"a.txt": "ferry", "b.txt": "ferry"})
        correct(history, release=id_of("ferry"), field="place", value="Lisbon")
        settled(history)
        history.step({"b.txt": "barge"})
        settled(history)
        assert [version(history, id_of(word)).release.place for word in ("ferry", "barge")] == ["Lisbon", "Port"]

    def test_one_that_tells_two_people_apart_in_it_does_so_still(self, mixed: History) -> None:
        mixed.step({"c.txt": "punt"})
        with as_before():
            mixed.step({"d.txt": "punt"})
            mixed.step({"d.txt": "raft"})
        correct(mixed, person="ada-quill", field="another", value="Ada Quill (pilot)", releases=[id_of("punt")])
        settled(mixed)
        mixed.add()
        settled(mixed)
        slugs = {word: version(mixed, id_of(word)).people[0].slug for word in ("punt", "raft", "ferry")}
        assert slugs == {"punt": "ada-quill-pilot", "raft": "ada-quill-pilot", "ferry": "ada-quill"}

    def test_a_text_that_came_with_the_split_names_whom_others_name(self, history: History) -> None:
        history.step({"a.txt": "ferry", "b.txt": "ferry"})
        correct(history, person="ada-quill", field="another", value="Ada Quill (pilot)", releases=[id_of("ferry")])
        settled(history)
        history.step({"b.txt": "barge"})
        slugs = {word: version(history, id_of(word)).people[0].slug for word in ("ferry", "barge")}
        assert slugs == {"ferry": "ada-quill-pilot", "barge": "ada-quill"}
        settled(history)
        assert version(history, id_of("barge")).people[0].slug == "ada-quill"

    @pytest.mark.parametrize("what", ["gone", "empty", "a link whose target does not exist"])
    def test_where_the_file_is_not_there_the_work_waits(self, mixed: History, what: str) -> None:
        correct(mixed, release=id_of("ferry"), field="place", value="Lisbon")
        settled(mixed)
        file = mixed.data / FILE_NAME
        content = file.read_bytes()
        file.unlink()
        if what == "empty":
            file.touch()
        elif what == "a link whose target does not exist":
            file.symlink_to("nowhere")
        with Writer(mixed.data) as archive:
            report = split_works(archive, everything=True)
            assert archive.is_mixed
        assert mixed.live() == works(ferry="ferry barge")
        (line,) = report.waiting
        assert id_of("ferry") in line
        assert FILE_NAME in line
        file.unlink(missing_ok=True)
        file.write_bytes(content)
        mixed.add()
        settled(mixed)
        assert version(mixed, id_of("barge")).release.place == "Lisbon"

    def test_what_was_written_before_a_kill_is_not_written_again(
        self, mixed: History, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        correct(mixed, release=id_of("ferry"), field="place", value="Lisbon")
        settled(mixed)
        with monkeypatch.context() as patched, Writer(mixed.data) as archive:
            patched.setattr("archive.store.writing.transaction.WriteTransaction.update_checksums", lambda _: 1 / 0)
            with pytest.raises(ZeroDivisionError):
                split_works(archive, everything=True)
        once = (mixed.data / FILE_NAME).read_text()
        assert id_of("barge") in once
        assert mixed.live() == works(ferry="ferry barge")
        mixed.add()
        assert (mixed.data / FILE_NAME).read_text() == once


def test_original_bytes_are_found_by_their_digest_wherever_the_version_went(mixed: History) -> None:
    mixed.add()
    with Archive(mixed.data) as archive:
        for word in ("ferry", "barge"):
            assert archive.original(version(mixed, id_of(word)).digest) == text(word).encode()
