"""A folder synced into the archive: identity of works, addresses that never rot, bad input that costs nothing else."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from raw_database import raw_database

from archive import ids
from archive.errors import ArchiveDamaged, ArchiveTooNew, FolderProblem, NoArchive
from archive.ids import work_id
from archive.ingest import parse, sync
from archive.ingest.process_pool import parse_files
from archive.ingest.sync import SyncReport
from archive.ingest.walk import resolve_folder
from archive.parsed import FolderFile, ParsedFile
from archive.store.archive import Archive
from archive.store.integrity.verify import digests, inspect
from archive.store.writing.writer import Writer

Write = Callable[..., Path]
NOW = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)


def add(data: Path, folder: Path, *, now: dt.datetime = NOW, allow_empty: bool = False, workers: int = 1) -> SyncReport:
    data.mkdir(exist_ok=True)
    with Writer(data, create=True) as archive:
        return sync.sync_folder(archive, resolve_folder(folder), now=now, workers=workers, allow_empty=allow_empty)


def live(data: Path) -> dict[str, str]:
    """The live works: id -> current title."""
    with Archive(data) as archive:
        return {v.work: v.release.title for v in archive.releases(archive.live_ids())}


def text(title: str, body: str = "PORT, Jan. 2, 2011 -- The ferry sails at dawn.") -> str:
    return f"{title}\n\n{body}\n"


def only(data: Path) -> str:
    (work,) = live(data)
    return work


class TestIdentity:
    """Rename, move, edit, delete, duplicate, re-add: no dead link, the right version."""

    def test_where_the_heads_of_digests_clash_later_ids_are_longer_and_all_bytes_are_found(
        self, data: Path, folder: Path, write: Write, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(ids, "ID_LENGTH", 1)  # 32 ids for 80 releases
        monkeypatch.setattr(ids.work_id, "__defaults__", (1,))
        for half in (range(40), range(80)):
            for number in half:
                write(f"{number}.txt", text(f"Ferry {number}"))
            add(data, folder)
        before = live(data)
        assert len(before) == 80
        assert {len(work) for work in before} >= {1, 2}
        with Archive(data) as archive:
            assert all(ids.digest(archive.original(digest) or b"") == digest for digest in digests(archive))
        report = add(data, Path(shutil.copytree(folder, folder.with_name("elsewhere"))))
        assert (report.write_stats.new, report.write_stats.moved, live(data)) == (0, 80, before)

    def test_an_id_comes_from_the_bytes_alone(self, data: Path, folder: Path, write: Write) -> None:
        path = write("deep/er/a.txt", text("Ferry"))
        add(data, folder)
        with Archive(data) as archive:
            version = archive.version(only(data))
        assert version
        assert version.work == work_id(version.digest)
        assert version.digest == __import__("hashlib").sha256(path.read_bytes()).hexdigest()

    def test_any_order_gives_the_same_ids(self, data: Path, folder: Path, write: Write, tmp_path: Path) -> None:
        for number in range(6):
            write(f"{number}.txt", text(f"Notice {number}"))
        add(data, folder)
        shuffled = tmp_path / "shuffled"
        shuffled.mkdir()
        for number in (4, 1, 5, 0, 3, 2):
            shutil.copy(folder / f"{number}.txt", shuffled / f"{9 - number}.txt")
            add(tmp_path / "other", shuffled)
        assert live(data) == live(tmp_path / "other")

    def test_rename_and_move_keep_the_work_and_its_version(self, data: Path, folder: Path, write: Write) -> None:
        path = write("a.txt", text("Ferry"))
        add(data, folder)
        work = only(data)
        (folder / "moved").mkdir()
        path.rename(folder / "moved" / "b.txt")
        report = add(data, folder)
        assert (report.write_stats.moved, report.write_stats.new, report.write_stats.withdrawn) == (1, 0, 0)
        with Archive(data) as archive:
            version = archive.version(work)
            assert version
            assert version.live
            places = [(place.path, place.live) for place in archive.locations(version)]
        assert places == [("moved/b.txt", True), ("a.txt", False)]

    def test_an_edit_is_a_new_version_and_the_old_one_stays(self, data: Path, folder: Path, write: Write) -> None:
        write("a.txt", text("Ferry"))
        add(data, folder)
        work = only(data)
        write("a.txt", text("Ferry corrected"))
        report = add(data, folder)
        assert report.write_stats.changed == 1
        assert live(data) == {work: "Ferry corrected"}
        with Archive(data) as archive:
            first, second = archive.versions(work)
            assert (first.release.title, first.current) == ("Ferry", False)
            assert (second.release.title, second.current) == ("Ferry corrected", True)
            assert archive.original(first.digest) == text("Ferry").encode()

    def test_an_edit_taken_back_shows_the_first_version_again(self, data: Path, folder: Path, write: Write) -> None:
        write("a.txt", text("Ferry"))
        add(data, folder)
        work = only(data)
        write("a.txt", text("Ferry corrected"))
        add(data, folder)
        write("a.txt", text("Ferry"))
        add(data, folder)
        assert live(data) == {work: "Ferry"}
        with Archive(data) as archive:
            assert [version.number for version in archive.versions(work)] == [1, 2]

    def test_a_deleted_file_is_withdrawn_but_its_page_and_bytes_stay(
        self, data: Path, folder: Path, write: Write
    ) -> None:
        path = write("a.txt", text("Ferry"))
        add(data, folder)
        work = only(data)
        path.unlink()
        assert add(data, folder).write_stats.withdrawn == 1
        assert live(data) == {}
        with Archive(data) as archive:
            version = archive.version(work)
            assert version
            assert not version.live
            assert version.release.title == "Ferry"
            assert archive.original(version.digest)
        write("back.txt", text("Ferry"))
        assert add(data, folder).write_stats.restored == 1
        assert live(data) == {work: "Ferry"}

    def test_a_file_that_returns_changed_is_the_next_version(self, data: Path, folder: Path, write: Write) -> None:
        write("a.txt", text("Ferry")).unlink()
        write("a.txt", text("Ferry"))
        add(data, folder)
        work = only(data)
        (folder / "a.txt").unlink()
        add(data, folder)
        write("a.txt", text("Ferry, again"))
        add(data, folder)
        assert live(data) == {work: "Ferry, again"}

    def test_the_same_bytes_elsewhere_are_another_place_of_one_work(
        self, data: Path, folder: Path, write: Write
    ) -> None:
        write("a.txt", text("Ferry"))
        write("b.txt", text("Ferry"))
        add(data, folder)
        work = only(data)
        (folder / "a.txt").unlink()
        assert add(data, folder).write_stats.withdrawn == 0
        assert live(data) == {work: "Ferry"}

    def test_two_files_that_change_places_stay_themselves(self, data: Path, folder: Path, write: Write) -> None:
        write("a.txt", text("Ferry"))
        write("b.txt", text("Bridge"))
        add(data, folder)
        before = live(data)
        write("a.txt", text("Bridge"))
        write("b.txt", text("Ferry"))
        report = add(data, folder)
        assert (report.write_stats.new, report.write_stats.changed) == (0, 0)
        assert live(data) == before

    def test_records_of_one_file_are_works_of_their_own(self, data: Path, folder: Path, write: Write) -> None:
        rows = [
            f'{{"id": "r{n}", "title": "Row {n}", "text": "The ferry {n} sails.", "date": "2011-01-0{n}"}}'
            for n in (1, 2, 3)
        ]
        write("all.jsonl", "\n".join(rows))
        add(data, folder)
        works = {title: work for work, title in live(data).items()}
        assert set(works) == {"Row 1", "Row 2", "Row 3"}
        changed = [rows[2], rows[0].replace("sails", "waits"), '{"id": "r9", "title": "Row 9", "text": "New."}']
        write("all.jsonl", "\n".join(changed))
        report = add(data, folder)
        assert (report.write_stats.new, report.write_stats.changed, report.write_stats.withdrawn) == (1, 1, 1)
        after = {title: work for work, title in live(data).items()}
        assert after["Row 1"] == works["Row 1"]
        assert after["Row 3"] == works["Row 3"]
        assert set(after) == {"Row 1", "Row 3", "Row 9"}

    def test_the_first_adding_stays_the_date_of_adding(self, data: Path, folder: Path, write: Write) -> None:
        write("a.txt", text("Ferry"))
        add(data, folder)
        write("a.txt", text("Ferry two"))
        add(data, folder, now=NOW + dt.timedelta(days=30))
        with Archive(data) as archive:
            version = archive.version(only(data))
        assert version
        assert (version.first_added, version.added) == ("2026-11-23T12:00:00Z", "2026-12-23T12:00:00Z")

    def test_a_folder_inside_an_added_folder_may_be_added_by_itself(
        self, data: Path, folder: Path, write: Write
    ) -> None:
        write("in/a.txt", text("Ferry"))
        write("b.txt", text("Bridge"))
        add(data, folder)
        before = live(data)
        (folder / "in" / "a.txt").unlink()
        report = add(data, folder / "in")
        assert report.write_stats.withdrawn == 1
        assert set(live(data).values()) == {"Bridge"}
        assert before.items() >= live(data).items()


class TestSync:
    """Only what changed is opened; a stop anywhere can be resumed."""

    def test_nothing_is_opened_the_second_time(self, data: Path, folder: Path, write: Write) -> None:
        for number in range(5):
            write(f"{number}.txt", text(f"Notice {number}"))
        assert add(data, folder).opened == 5
        report = add(data, folder)
        assert (report.opened, report.unchanged) == (0, 5)

    def test_a_touched_file_is_read_but_nothing_changes(self, data: Path, folder: Path, write: Write) -> None:
        path = write("a.txt", text("Ferry"))
        add(data, folder)
        with Archive(data) as archive:
            revision = archive.revision
        os.utime(path, (1_200_000_000, 1_200_000_000))
        report = add(data, folder)
        assert (report.write_stats.new, report.write_stats.changed) == (0, 0)
        assert add(data, folder).opened == 0
        with Archive(data) as archive:
            assert archive.changed_since(revision) == []

    def test_a_file_changed_within_the_clocks_tick_is_seen(self, data: Path, folder: Path) -> None:
        path = folder / "a.txt"
        path.write_text(text("Ferry"))
        stamp = path.stat().st_mtime_ns
        add(data, folder, now=dt.datetime.now(dt.UTC))
        path.write_text(text("Barge"))  # as long as before
        os.utime(path, ns=(stamp, stamp))
        add(data, folder, now=dt.datetime.now(dt.UTC))
        assert set(live(data).values()) == {"Barge"}

    def test_a_killed_add_is_resumed_and_ends_the_same(
        self, data: Path, folder: Path, write: Write, tmp_path: Path
    ) -> None:
        for number in range(400):
            write(
                f"{number}.txt", text(f"Notice {number}", "PORT, Jan. 2, 2011 -- " + "The ferry sails at dawn. " * 40)
            )
        add(tmp_path / "whole", folder)
        command = [sys.executable, "-m", "indexer", "--data", str(data), "add", "--workers", "1", str(folder)]
        for delay in (0.6, 0.9, 1.3, 1.8):
            process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(delay)
            process.kill()
            process.wait()
        add(data, folder)
        assert live(data) == live(tmp_path / "whole")
        with Archive(data) as archive:
            assert inspect(archive).lines == []

    def test_workers_give_what_one_process_gives(self, data: Path, folder: Path, write: Write, tmp_path: Path) -> None:
        for number in range(90):
            write(f"{number}.txt", text(f"Notice {number}"))
        add(data, folder, workers=1)
        add(tmp_path / "two", folder, workers=2)
        assert live(data) == live(tmp_path / "two")

    def test_rows_may_be_written_at_any_time(
        self, data: Path, folder: Path, write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        lines = [f'{{"title": "Notice {n}", "text": "The ferry sails, said Ada Lindqvist {n}."}}' for n in range(9)]
        write("a.jsonl", "\n".join([*lines, "broken"]))
        add(tmp_path / "late", folder)
        monkeypatch.setattr("archive.store.writing.insert_buffer.MAX_EVIDENCE_ROWS", 1)
        add(data, folder)
        assert live(data) == live(tmp_path / "late")
        with Archive(data) as archive:
            assert inspect(archive).lines == []

    def test_a_file_that_ends_its_worker_is_reported_and_costs_no_other(
        self, data: Path, folder: Path, write: Write, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for number in range(40):
            write(f"{number}.txt", text(f"Notice {number}"))
        write("7-deadly.txt", text("Deadly"))
        monkeypatch.setattr("archive.ingest.process_pool.parse_file", _deadly_file)
        files = [FolderFile(str(p), p.name, p.stat().st_size, 0) for p in sorted(folder.iterdir())]
        readings = list(parse_files(files, NOW.date(), folder, workers=2))
        assert [r.file.shown for r in readings] == [f.shown for f in files]
        assert [r.file.shown for r in readings if r.skipped] == ["7-deadly.txt"]

    def test_a_file_that_never_ends_is_reported_and_costs_no_other(
        self, data: Path, folder: Path, write: Write, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        write("endless.docx", text("Endless"))  # of this kind even one alone is read in a process
        write("good.txt", text("Good"))
        monkeypatch.setattr("archive.ingest.process_pool.parse_file", _deadly_file)
        monkeypatch.setattr("archive.ingest.process_pool.WorkerPool._timeout_s", _short_with_the_endless)
        report = add(data, folder)
        assert [(remark.path, "was stopped" in remark.reason) for remark in report.skipped] == [("endless.docx", True)]
        assert set(live(data).values()) == {"Good"}


def _short_with_the_endless(_: object, chunk: list[FolderFile]) -> float:
    return 1.0 if any("endless" in file.shown for file in chunk) else 600.0


def _deadly_file(file: FolderFile, today: dt.date) -> ParsedFile:
    if "deadly" in file.shown:
        os._exit(9)
    if "endless" in file.shown:
        time.sleep(600)
    return parse.parse_file(file, today)


class TestBadInput:
    """Each gives one clear line that names the file and the reason, and loses nothing else."""

    def skips(self, data: Path, folder: Path, write: Write) -> dict[str, str]:
        write("good.txt", text("Good"))
        report = add(data, folder)
        assert "Good" in live(data).values()
        return {remark.path: remark.reason for remark in report.skipped}

    @pytest.mark.parametrize(
        ("name", "content", "reason"),
        [
            ("empty.txt", b"", "empty"),
            ("blank.txt", b" \n\x00\n ", "no text"),
            ("junk.txt", bytes(range(256)) * 20, "binary"),
            ("broken.json", b'{"title": "x', "invalid JSON"),
            ("broken.xml", b"<rss><channel><item>", ""),
            ("picture.png", b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, ""),
            ("empty.eml", b"From: a@example.org\nSubject: x\n\n", "without a body"),
        ],
    )
    def test_a_bad_file(self, data: Path, folder: Path, write: Write, name: str, content: bytes, reason: str) -> None:
        write(name, content)
        skips = self.skips(data, folder, write)
        assert list(skips) == [name]
        assert reason in skips[name]

    def test_one_bad_line_of_many(self, data: Path, folder: Path, write: Write) -> None:
        write("a.jsonl", '{"title": "One", "text": "x"}\n{"title": \n{"title": "Two", "text": "y"}\n')
        report = add(data, folder)
        assert [(remark.path, remark.place) for remark in report.skipped] == [("a.jsonl", "line 2")]
        assert set(live(data).values()) == {"One", "Two"}

    def test_nuls_and_stray_bytes_are_repaired_and_said(self, data: Path, folder: Path, write: Write) -> None:
        write("a.txt", b"Ferry \xe9t\xe9\n\nThe \x93ferry\x94 sails at dawn from the old quay.\n")
        report = add(data, folder)
        assert set(live(data).values()) == {"Ferry été"}
        assert [remark.path for remark in report.remarks if not remark.skipped] == ["a.txt"]

    def test_a_file_over_the_limit(
        self, data: Path, folder: Path, write: Write, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(parse, "MAX_FILE_BYTES", 1000)
        write("huge.txt", "x" * 1001)
        assert "larger than the limit" in self.skips(data, folder, write)["huge.txt"]

    def test_links_in_a_loop_and_links_to_nothing(self, data: Path, folder: Path, write: Write) -> None:
        (folder / "loop").symlink_to(folder)
        (folder / "nothing").symlink_to(folder / "not there")
        (folder / "itself").symlink_to(folder / "itself")
        skips = self.skips(data, folder, write)
        assert "not followed" in skips["loop"]
        assert set(skips) == {"loop", "nothing", "itself"}

    def test_a_pipe_is_not_waited_for(self, data: Path, folder: Path, write: Write) -> None:
        os.mkfifo(folder / "pipe.txt")
        assert "not a regular file" in self.skips(data, folder, write)["pipe.txt"]

    def test_a_file_that_vanishes_while_it_is_read(self, folder: Path) -> None:
        found = FolderFile(str(folder / "gone.txt"), "gone.txt", 5, 0)
        (skip,) = parse.parse_file(found, NOW.date()).skipped
        assert "disappeared while" in skip.reason

    def test_a_file_that_may_not_be_read_keeps_what_was_known_of_it(
        self, data: Path, folder: Path, write: Write, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        write("a.txt", text("Ferry"))
        add(data, folder)
        write("a.txt", text("Ferry changed"))

        def refuse(path: Path) -> bytes:
            raise PermissionError(13, "Permission denied", str(path))

        # The tests may run as root, whom no permission stops.
        monkeypatch.setattr(Path, "read_bytes", refuse)
        report = add(data, folder)
        monkeypatch.undo()
        assert [remark.reason for remark in report.skipped] == ["permission denied"]
        assert set(live(data).values()) == {"Ferry"}
        add(data, folder)
        assert set(live(data).values()) == {"Ferry changed"}

    def test_a_folder_that_cannot_be_read_withdraws_nothing(
        self, data: Path, folder: Path, write: Write, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        write("in/a.txt", text("Ferry"))
        add(data, folder)
        scan = os.scandir

        def refuse(path: Path) -> object:
            if Path(path).name == "in":
                raise PermissionError(13, "Permission denied", str(path))
            return scan(path)

        monkeypatch.setattr(os, "scandir", refuse)
        report = add(data, folder)
        assert [remark.path for remark in report.skipped] == ["in"]
        assert set(live(data).values()) == {"Ferry"}

    def test_a_name_that_is_not_unicode(self, data: Path, folder: Path, write: Write) -> None:
        path = os.fsencode(folder) + b"/caf\xe9.txt"
        with open(path, "wb") as file:
            file.write(text("Ferry").encode())
        add(data, folder)
        assert "Ferry" in live(data).values()
        os.utime(path, (1_000_000_000, 1_000_000_000))
        add(data, folder)
        assert add(data, folder).opened == 0

    def test_a_folder_that_has_become_empty_is_asked_about(self, data: Path, folder: Path, write: Write) -> None:
        for number in range(21):
            write(f"{number}.txt", text(f"Notice {number}"))
        add(data, folder)
        for path in folder.iterdir():
            path.unlink()
        with pytest.raises(FolderProblem, match="mounted"):
            add(data, folder)
        assert len(live(data)) == 21
        assert add(data, folder, allow_empty=True).write_stats.withdrawn == 21

    def test_a_small_folder_that_has_become_empty_is_believed(self, data: Path, folder: Path, write: Write) -> None:
        for number in range(20):
            write(f"{number}.txt", text(f"Notice {number}"))
        add(data, folder)
        for path in folder.iterdir():
            path.unlink()
        assert add(data, folder).write_stats.withdrawn == 20

    def test_a_folder_that_is_not_there_or_is_a_file(self, data: Path, tmp_path: Path) -> None:
        with pytest.raises(FolderProblem, match="There is no folder"):
            add(data, tmp_path / "nowhere")
        (tmp_path / "file").write_text("x")
        with pytest.raises(FolderProblem, match="is a file"):
            add(data, tmp_path / "file")

    def test_hidden_files_and_the_data_directory_itself_are_passed_over(self, folder: Path, write: Write) -> None:
        write(".hidden.txt", text("Hidden"))
        write(".git/x.txt", text("Hidden too"))
        write("a.txt", text("Ferry"))
        inside = folder / "dateline-data"
        add(inside, folder)
        assert add(inside, folder).files == 1

    def test_an_archive_of_a_newer_version_is_left_alone(self, data: Path, folder: Path, write: Write) -> None:
        write("a.txt", text("Ferry"))
        add(data, folder)
        with raw_database(data) as db:
            db.execute("PRAGMA user_version = 99")
        db.close()
        with pytest.raises(ArchiveTooNew, match="newer Dateline"):
            Archive(data)

    @pytest.mark.parametrize("content", [b"not a database at all", b"SQLite format 3\x00" + b"\x07" * 4000])
    def test_a_file_that_is_no_archive(self, data: Path, content: bytes) -> None:
        data.mkdir()
        (data / "archive.db").write_bytes(content)
        with pytest.raises(ArchiveDamaged, match="cannot be read"):
            Archive(data)

    def test_another_programs_database(self, data: Path) -> None:
        data.mkdir()
        with raw_database(data) as db:
            db.execute("CREATE TABLE theirs (x)")
        db.close()
        with pytest.raises(ArchiveDamaged, match="another program"):
            Archive(data)

    def test_no_archive_yet(self, data: Path) -> None:
        with pytest.raises(NoArchive, match="add FOLDER"):
            Archive(data)

    def test_a_damaged_original_is_found(self, data: Path, folder: Path, write: Write) -> None:
        write("a.txt", text("Ferry"))
        add(data, folder)
        with raw_database(data) as db:
            db.execute("UPDATE originals SET content = substr(content, 1, 20)")
        db.close()
        with Archive(data) as archive:
            assert len(inspect(archive).lines) == 1


class TestPeople:
    """People are one across releases however spelt, and are named as most releases name them."""

    def test_the_commonest_spelling_is_the_name(self, data: Path, folder: Path, write: Write) -> None:
        spellings = ["Senator Ada M. Quill", "Senator Ada Quill", "Senator Ada Quill"]
        for number, name in enumerate(spellings):
            write(f"{number}.txt", text(f"Notice {number}", f"PORT, Jan. 2, 2011 -- {name} said the ferry will sail."))
        add(data, folder)
        with Archive(data) as archive:
            known = {person for v in archive.releases(archive.live_ids()) for person in v.people}
            assert {(person.name, person.slug) for person in known} == {("Ada Quill", "ada-quill")}
            assert archive.spellings("ada-quill") == [("Ada Quill", 2), ("Ada M. Quill", 1)]

    def test_releases_of_a_person_whose_name_changes_are_indexed_anew(
        self, data: Path, folder: Path, write: Write
    ) -> None:
        write("a.txt", text("One", "PORT, Jan. 2, 2011 -- Senator Ada M. Quill said the ferry will sail."))
        add(data, folder)
        work = only(data)
        with Archive(data) as archive:
            revision = archive.revision
        for number in (1, 2):
            write(f"{number}.txt", text(f"Other {number}", "PORT, Jan. 3, 2011 -- Senator Ada Quill said no."))
        add(data, folder)
        with Archive(data) as archive:
            assert work in {changed for changed, _ in archive.changed_since(revision)}
