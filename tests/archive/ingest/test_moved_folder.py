"""An added folder that was moved is recognised by what is in it; a disk that is not mounted is not taken for one."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from histories import History, id_of, text

from archive.store import counts
from archive.store.archive import Archive

WORDS = [f"boat{number}" for number in range(10)]


@pytest.fixture
def history(tmp_path: Path) -> History:
    return History(tmp_path)


class TestMoved:
    def moved(self, history: History, name: str = "moved") -> Path:
        return history.folder.rename(history.folder.with_name(name))

    def test_nothing_is_opened_withdrawn_or_doubled(self, history: History) -> None:
        for word in WORDS:
            history.write(f"deep/{word}.txt", word)
        (history.folder / "blank.txt").write_text("")
        history.touch("blank.txt")
        history.add()
        before, old = history.live(), history.folder
        added = history.listed()["in"].added
        report = history.add(self.moved(history))
        assert report.moved_from == str(old)
        assert (report.opened, report.unchanged, report.gone) == (0, len(WORDS) + 1, 0)
        written = report.write_stats
        assert (written.new, written.changed, written.moved, written.withdrawn) == (0, 0, 0, 0)
        assert history.live() == before
        assert history.locations("boat1") == [("deep/boat1.txt", True)]
        (folder,) = history.listed().values()
        assert (folder.path, folder.added, folder.files, folder.skipped) == (
            str(old.with_name("moved")), added, len(WORDS) + 1, 1,
        )  # fmt: skip
        assert history.add(old.with_name("moved")).moved_from == ""

    def test_edits_since_are_versions_and_what_is_gone_is_withdrawn(self, history: History) -> None:
        history.step({f"{word}.txt": word for word in WORDS})
        for word, change in {"boat1": "ferry", "boat2": "a much longer tug", "boat3": None}.items():
            history.write(f"{word}.txt", change)
        history.write("new.txt", "raft")
        report = history.add(self.moved(history))
        assert report.moved_from
        written = report.write_stats
        assert (written.new, written.changed, written.moved, written.withdrawn) == (1, 2, 0, 1)
        found = history.live()
        assert found[id_of("boat1")][-1] == "Notice of the ferry"
        assert found[id_of("boat2")][-1] == "Notice of the a much longer tug"
        assert id_of("boat3") not in found
        assert len(found) == len(WORDS)

    @pytest.mark.parametrize(
        ("words", "edits"),
        [
            (["ferry", "tugs"], {"ferry": None}),
            (["ferry", "tugs"], {"ferry": "scows"}),
            (["ferry", "tugs"], {"ferry": "barge"}),  # of one length
            (["ferry"], {}),
        ],
    )
    def test_small_folders(self, history: History, words: list[str], edits: dict[str, str | None]) -> None:
        history.step({f"{word}.txt": word for word in words})
        for word, change in edits.items():
            history.write(f"{word}.txt", change)
        assert history.add(self.moved(history)).moved_from
        texts = {titles[-1].rpartition(" ")[2] for titles in history.live().values()}
        assert texts == {edits.get(word, word) for word in words} - {None}
        assert set(history.live()) <= {id_of(word) for word in words}

    def test_copied_elsewhere_and_then_deleted(self, history: History) -> None:
        """As `cp -r` and `rm -r` move: every time of a file is new."""
        history.step({f"{word}.txt": word for word in WORDS})
        before, copy = history.live(), history.folder.with_name("copy")
        shutil.copytree(history.folder, copy, copy_function=shutil.copyfile)
        shutil.rmtree(history.folder)
        report = history.add(copy)
        assert report.moved_from
        assert (report.write_stats.moved, history.live()) == (0, before)

    def test_names_changed_on_the_way(self, history: History) -> None:
        history.step({f"{word}.txt": word for word in WORDS})
        before, moved = history.live(), self.moved(history)
        for word in WORDS:
            (moved / f"{word}.txt").rename(moved / f"n-{word}.txt")
        report = history.add(moved)
        assert report.moved_from
        assert history.live() == before
        assert history.locations("boat1") == [("n-boat1.txt", True), ("boat1.txt", False)]

    def test_into_a_folder_that_is_added_as_a_whole(self, history: History, tmp_path: Path) -> None:
        history.step({f"{word}.txt": word for word in WORDS})
        around = history.fill(tmp_path / "around", ["raft"])
        history.folder.rename(around / "in")
        (around / "in" / "boat1.txt").write_text(text("ferry"))
        report = history.add(around)
        assert report.moved_from == str(history.folder)
        assert history.live()[id_of("boat1")] == ["Notice of the boat1", "Notice of the ferry"]
        assert history.locations("boat2") == [("in/boat2.txt", True)]
        assert set(history.listed()) == {"around", "in"}
        assert len(history.live()) == len(WORDS) + 1

    def test_a_part_of_it_moved_and_added_by_itself(self, history: History, tmp_path: Path) -> None:
        history.step({f"deep/{word}.txt": word for word in WORDS} | {"a.txt": "raft"})
        (history.folder / "deep").rename(tmp_path / "part")
        shutil.rmtree(history.folder)
        report = history.add(tmp_path / "part")
        assert report.moved_from == str(history.folder / "deep")
        assert history.locations("boat2") == [("boat2.txt", True)]
        assert history.listed()["in"].files == 1  # what is left of it is not known to be anywhere

    def test_it_may_go_back_and_forth(self, history: History) -> None:
        history.step({f"{word}.txt": word for word in WORDS})
        before, old = history.live(), history.folder
        for _ in range(2):
            moved = old.rename(old.with_name("moved"))
            assert history.add(moved).moved_from == str(old)
            moved.rename(old)
            assert history.add(old).moved_from == str(moved)
        assert history.live() == before
        assert history.locations("boat1") == [("boat1.txt", True)]

    def test_what_was_gone_or_forgotten_at_the_new_place_makes_room(self, history: History, tmp_path: Path) -> None:
        other = history.fill(tmp_path / "other", [*WORDS[:3], "raft"])
        history.add(other)
        history.forget(other)
        shutil.rmtree(other)
        history.step({f"{word}.txt": word for word in WORDS})
        report = history.add(history.folder.rename(other))
        assert report.moved_from
        assert report.opened == 0
        assert len(history.live()) == len(WORDS)

    def test_added_folders_inside_it_move_along(self, history: History) -> None:
        history.step({f"deep/{word}.txt": word for word in WORDS})
        history.add(history.folder / "deep")
        history.add(self.moved(history))
        moved = history.folder.with_name("moved")
        assert {each.path for each in history.listed().values()} == {str(moved), str(moved / "deep")}

    def test_remarks_move_along(self, history: History) -> None:
        (history.folder / "blank.txt").write_text("")
        history.step({"a.txt": "ferry"})
        history.add(self.moved(history))
        with Archive(history.data) as archive:
            assert [(each.path, each.skipped) for each in counts.remarks(archive)] == [("blank.txt", True)]


class TestNotMoved:
    """What must not be taken as moved: what was is findable still, and nothing is withdrawn."""

    def kept(self, history: History, folder: Path) -> None:
        before = history.live()
        report = history.add(folder)
        assert report.moved_from == ""
        assert report.write_stats.withdrawn == 0
        assert before.keys() <= history.live().keys()

    def test_a_copy_while_the_original_is_there(self, history: History) -> None:
        history.step({f"{word}.txt": word for word in WORDS})
        self.kept(history, Path(shutil.copytree(history.folder, history.folder.with_name("copy"))))

    def test_a_copy_while_the_disk_of_the_original_is_not_mounted(self, history: History, tmp_path: Path) -> None:
        """Its mount point is there, and empty."""
        history.step({f"{word}.txt": word for word in WORDS})
        copy = Path(shutil.copytree(history.folder, tmp_path / "copy"))
        history.folder.rename(tmp_path / "unmounted")
        history.folder.mkdir()
        self.kept(history, copy)

    def test_half_of_it_while_even_the_folder_around_it_is_gone(self, history: History, tmp_path: Path) -> None:
        disk = tmp_path / "disk" / "releases"
        history.add(history.fill(disk, WORDS))
        copy = history.fill(tmp_path / "copy", WORDS[:6])
        shutil.rmtree(tmp_path / "disk")
        self.kept(history, copy)

    def test_a_few_of_many(self, history: History, tmp_path: Path) -> None:
        history.step({f"{word}.txt": word for word in WORDS})
        copy = history.fill(tmp_path / "copy", WORDS[:4])
        shutil.rmtree(history.folder)
        self.kept(history, copy)

    def test_other_texts_under_the_same_names(self, history: History, tmp_path: Path) -> None:
        history.step({f"{word}.txt": word for word in WORDS})
        other = history.fill(tmp_path / "other", WORDS)
        for word in WORDS[:9]:
            (other / f"{word}.txt").write_text(text(word.replace("boat", "tugs")))  # of one length
        shutil.rmtree(history.folder)
        self.kept(history, other)
        assert len(history.live()) == 2 * len(WORDS) - 1

    def test_a_folder_that_was_added_beside_it(self, history: History, tmp_path: Path) -> None:
        history.step({f"{word}.txt": word for word in WORDS})
        other = history.fill(tmp_path / "other", WORDS)
        history.add(other)
        shutil.rmtree(history.folder)
        self.kept(history, other)

    def test_nothing_is_read_to_find_out_where_no_folder_is_gone(
        self, history: History, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        history.step({"a.txt": "ferry"})
        monkeypatch.setattr("archive.ingest.moved_folder._digest", lambda _: pytest.fail("a file was read"))
        monkeypatch.setattr("archive.ingest.moved_folder.walk", lambda *_: pytest.fail("a folder was walked"))
        self.kept(history, history.fill(tmp_path / "other", ["ferry", "tug"]))
