"""Added folders: listed, forgotten, recognised after they were moved, and one folder however it is spelt."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from histories import History, damage, id_of, text, works

from archive import added_folders, counts, sync
from archive.added_folders import AddedFolder, ForgetReport, list_folders
from archive.errors import FolderProblem
from archive.store import Archive
from archive.writer import Writer

WORDS = [f"boat{number}" for number in range(10)]


@pytest.fixture
def history(tmp_path: Path) -> History:
    return History(tmp_path)


def fill(history: History, folder: Path, words: list[str]) -> Path:
    """A folder of releases, one a word, each in a file of that name."""
    here, history.folder = history.folder, folder
    for word in words:
        history.write(f"{word}.txt", word)
    history.folder = here
    return folder


def listed(history: History) -> dict[str, AddedFolder]:
    with Archive(history.data) as archive:
        return {Path(each.path).name: each for each in list_folders(archive)}


def forget(history: History, folder: Path) -> ForgetReport:
    with Writer(history.data) as archive:
        report = added_folders.forget(archive, folder)
    assert damage(history.data) == []
    return report


def locations(history: History, word: str) -> list[tuple[str, bool]]:
    with Archive(history.data) as archive:
        version = archive.version(id_of(word))
        assert version
        return [(place.path, place.live) for place in archive.locations(version)]


class TestList:
    def test_each_with_its_counts_and_times(self, history: History, tmp_path: Path) -> None:
        history.step({"a.txt": "ferry", "b.txt": "tug", "deep/c.txt": "raft"})
        (history.folder / "blank.txt").write_text("")
        history.add()
        history.add(fill(history, tmp_path / "other", ["ferry", "scow"]))
        history.step({"a.txt": None})
        found = listed(history)
        assert [(each.files, each.releases, each.skipped, each.is_there) for each in found.values()] == [
            (3, 2, 1, True),
            (2, 2, 0, True),
        ]
        assert found["in"].added < found["other"].added == found["other"].seen < found["in"].seen

    def test_what_lies_in_two_added_folders_is_counted_once(self, history: History) -> None:
        history.step({"a.txt": "ferry", "deep/b.txt": "tug", "deep/down/c.txt": "raft"})
        history.add(history.folder / "deep" / "down")
        history.add(history.folder / "deep")
        history.add()
        counts = {name: (each.files, each.releases) for name, each in listed(history).items()}
        assert counts == {"in": (1, 1), "deep": (1, 1), "down": (1, 1)}
        assert len(history.live()) == 3

    def test_an_edited_version_counts_once_and_a_hidden_or_withdrawn_one_never(self, history: History) -> None:
        history.step({"a.txt": "ferry", "b.txt": "tug"})
        history.step({"a.txt": "raft", "b.txt": None})
        assert (listed(history)["in"].files, listed(history)["in"].releases) == (1, 1)

    def test_one_that_is_not_there(self, history: History, tmp_path: Path) -> None:
        history.step({"a.txt": "ferry"})
        other = fill(history, tmp_path / "other", WORDS)
        report = history.add(other)
        assert report.absent == []
        shutil.rmtree(other)
        assert not listed(history)["other"].is_there
        assert history.add().absent == [str(other)]
        assert len(history.live()) == len(WORDS) + 1

    def test_a_folder_whose_name_goes_on_is_another(self, history: History, tmp_path: Path) -> None:
        history.step({"a.txt": "ferry"})
        history.add(fill(history, tmp_path / "in-two", ["tug"]))
        assert {name: each.files for name, each in listed(history).items()} == {"in": 1, "in-two": 1}
        assert forget(history, history.folder).withdrawn == 1
        assert history.live() == works(tug="tug")


class TestForget:
    def test_what_stands_only_there_is_withdrawn_and_comes_back(self, history: History, tmp_path: Path) -> None:
        history.step({"a.txt": "ferry", "b.txt": "tug"})
        other = fill(history, tmp_path / "other", ["tug", "raft"])
        history.add(other)
        before = history.live()
        report = forget(history, other)
        assert (report.files, report.withdrawn, report.inside) == (2, 1, "")
        assert history.live() == works(ferry="ferry", tug="tug")
        assert set(listed(history)) == {"in"}
        with Archive(history.data) as archive:
            version = archive.version(id_of("raft"))
            assert version
            assert not version.live
            assert archive.original(version.digest) == text("raft").encode()
        assert history.add(other).written.restored == 1
        assert history.live() == before

    def test_one_that_is_gone_from_the_disk(self, history: History, tmp_path: Path) -> None:
        other = fill(history, tmp_path / "other", ["raft"])
        history.add(other)
        history.step({"a.txt": "ferry"})
        shutil.rmtree(other)
        assert forget(history, other).withdrawn == 1
        assert history.live() == works(ferry="ferry")

    @pytest.mark.parametrize("spelling", ["{0}/", "{0}/../other", "{0}/./", "{1}", "relative"])
    def test_it_may_be_spelt_otherwise(
        self, history: History, tmp_path: Path, spelling: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        other = fill(history, tmp_path / "other", ["raft"])
        history.add(other)
        (tmp_path / "link").symlink_to(other)
        monkeypatch.chdir(tmp_path)
        given = "other" if spelling == "relative" else spelling.format(other, tmp_path / "link")
        assert forget(history, Path(given)).withdrawn == 1

    def test_an_unknown_one_names_those_that_are_known(self, history: History, tmp_path: Path) -> None:
        with Writer(history.data, create=True) as archive, pytest.raises(FolderProblem, match="No folder is known"):
            added_folders.forget(archive, tmp_path)
        history.step({"deep/a.txt": "ferry"})
        with pytest.raises(FolderProblem, match=r"Added folders: .*/in") as error:
            forget(history, tmp_path / "nowhere")
        assert "lies in" not in str(error.value)
        with pytest.raises(FolderProblem, match=r"lies in .*/in, which is"):
            forget(history, history.folder / "deep")
        with pytest.raises(FolderProblem, match="is no added folder"):
            forget(history, tmp_path)
        assert history.live() == works(ferry="ferry")

    def test_a_folder_added_inside_it_stays(self, history: History) -> None:
        history.step({"a.txt": "ferry", "deep/b.txt": "tug"})
        history.add(history.folder / "deep")
        assert forget(history, history.folder).withdrawn == 1
        assert history.live() == works(tug="tug")
        history.add()
        assert history.live() == works(ferry="ferry", tug="tug")

    def test_one_inside_another_added_folder_stands_there_still(self, history: History) -> None:
        history.step({"a.txt": "ferry", "deep/b.txt": "tug"})
        history.add(history.folder / "deep")
        report = forget(history, history.folder / "deep")
        assert (report.withdrawn, report.inside) == (0, str(history.folder))
        assert history.live() == works(ferry="ferry", tug="tug")
        assert set(listed(history)) == {"in"}

    def test_a_forgotten_place_does_not_hold(self, history: History, tmp_path: Path) -> None:
        history.step({"a.txt": "ferry"})
        other = fill(history, tmp_path / "other", ["ferry"])
        history.add(other)
        forget(history, other)
        history.step({"a.txt": "tug"})
        assert history.live() == works(ferry="ferry tug")
        history.add(other)
        assert history.live() == works(ferry="ferry", tug="tug")


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
        added = listed(history)["in"].added
        report = history.add(self.moved(history))
        assert report.moved_from == str(old)
        assert (report.opened, report.unchanged, report.gone) == (0, len(WORDS) + 1, 0)
        written = report.written
        assert (written.new, written.changed, written.moved, written.withdrawn) == (0, 0, 0, 0)
        assert history.live() == before
        assert locations(history, "boat1") == [("deep/boat1.txt", True)]
        (folder,) = listed(history).values()
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
        written = report.written
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
        assert (report.written.moved, history.live()) == (0, before)

    def test_names_changed_on_the_way(self, history: History) -> None:
        history.step({f"{word}.txt": word for word in WORDS})
        before, moved = history.live(), self.moved(history)
        for word in WORDS:
            (moved / f"{word}.txt").rename(moved / f"n-{word}.txt")
        report = history.add(moved)
        assert report.moved_from
        assert history.live() == before
        assert locations(history, "boat1") == [("n-boat1.txt", True), ("boat1.txt", False)]

    def test_into_a_folder_that_is_added_as_a_whole(self, history: History, tmp_path: Path) -> None:
        history.step({f"{word}.txt": word for word in WORDS})
        around = fill(history, tmp_path / "around", ["raft"])
        history.folder.rename(around / "in")
        (around / "in" / "boat1.txt").write_text(text("ferry"))
        report = history.add(around)
        assert report.moved_from == str(history.folder)
        assert history.live()[id_of("boat1")] == ["Notice of the boat1", "Notice of the ferry"]
        assert locations(history, "boat2") == [("in/boat2.txt", True)]
        assert set(listed(history)) == {"around", "in"}
        assert len(history.live()) == len(WORDS) + 1

    def test_a_part_of_it_moved_and_added_by_itself(self, history: History, tmp_path: Path) -> None:
        history.step({f"deep/{word}.txt": word for word in WORDS} | {"a.txt": "raft"})
        (history.folder / "deep").rename(tmp_path / "part")
        shutil.rmtree(history.folder)
        report = history.add(tmp_path / "part")
        assert report.moved_from == str(history.folder / "deep")
        assert locations(history, "boat2") == [("boat2.txt", True)]
        assert listed(history)["in"].files == 1  # what is left of it is not known to be anywhere

    def test_it_may_go_back_and_forth(self, history: History) -> None:
        history.step({f"{word}.txt": word for word in WORDS})
        before, old = history.live(), history.folder
        for _ in range(2):
            moved = old.rename(old.with_name("moved"))
            assert history.add(moved).moved_from == str(old)
            moved.rename(old)
            assert history.add(old).moved_from == str(moved)
        assert history.live() == before
        assert locations(history, "boat1") == [("boat1.txt", True)]

    def test_what_was_gone_or_forgotten_at_the_new_place_makes_room(self, history: History, tmp_path: Path) -> None:
        other = fill(history, tmp_path / "other", [*WORDS[:3], "raft"])
        history.add(other)
        forget(history, other)
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
        assert {each.path for each in listed(history).values()} == {str(moved), str(moved / "deep")}

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
        assert report.written.withdrawn == 0
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
        history.add(fill(history, disk, WORDS))
        copy = fill(history, tmp_path / "copy", WORDS[:6])
        shutil.rmtree(tmp_path / "disk")
        self.kept(history, copy)

    def test_a_few_of_many(self, history: History, tmp_path: Path) -> None:
        history.step({f"{word}.txt": word for word in WORDS})
        copy = fill(history, tmp_path / "copy", WORDS[:4])
        shutil.rmtree(history.folder)
        self.kept(history, copy)

    def test_other_texts_under_the_same_names(self, history: History, tmp_path: Path) -> None:
        history.step({f"{word}.txt": word for word in WORDS})
        other = fill(history, tmp_path / "other", WORDS)
        for word in WORDS[:9]:
            (other / f"{word}.txt").write_text(text(word.replace("boat", "tugs")))  # of one length
        shutil.rmtree(history.folder)
        self.kept(history, other)
        assert len(history.live()) == 2 * len(WORDS) - 1

    def test_a_folder_that_was_added_beside_it(self, history: History, tmp_path: Path) -> None:
        history.step({f"{word}.txt": word for word in WORDS})
        other = fill(history, tmp_path / "other", WORDS)
        history.add(other)
        shutil.rmtree(history.folder)
        self.kept(history, other)

    def test_nothing_is_read_to_find_out_where_no_folder_is_gone(
        self, history: History, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        history.step({"a.txt": "ferry"})
        monkeypatch.setattr("archive.moved_folder._digest", lambda _: pytest.fail("a file was read"))
        monkeypatch.setattr("archive.moved_folder.walk", lambda *_: pytest.fail("a folder was walked"))
        self.kept(history, fill(history, tmp_path / "other", ["ferry", "tug"]))


class TestSpellings:
    """A folder is one folder, through a link or `..` or however it is given."""

    @pytest.mark.parametrize("spelling", ["link", "in/../in", "./in", "in/deep/.."])
    def test_another_spelling_is_the_same_folder(self, history: History, tmp_path: Path, spelling: str) -> None:
        history.step({"a.txt": "ferry", "deep/b.txt": "tug"})
        (tmp_path / "link").symlink_to(history.folder)
        report = history.add(Path(os.path.join(tmp_path, spelling)))
        assert (report.opened, report.written.moved) == (0, 0)
        assert list(listed(history)) == ["in"]
        history.step({"a.txt": "raft"})
        assert history.live() == works(ferry="ferry raft", tug="tug")

    @pytest.fixture
    def recorded_through_a_link(
        self, history: History, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> Callable[[Path], None]:
        """Adds a folder as archives of before did: as it was given."""
        (tmp_path / "link").symlink_to(history.folder)

        def add(folder: Path) -> None:
            with monkeypatch.context() as patched:
                patched.setattr("histories.checked", lambda path: path)
                patched.setattr(sync.added_folders, "spelling", lambda _, path: path)
                patched.setattr(sync.added_folders, "other_spellings", lambda _, path: {})
                history.add(folder)

        return add

    def test_a_recorded_link_is_kept(
        self, history: History, tmp_path: Path, recorded_through_a_link: Callable[[Path], None]
    ) -> None:
        history.write("a.txt", "ferry")
        history.write("deep/b.txt", "tug")
        recorded_through_a_link(tmp_path / "link")
        for folder in (history.folder, tmp_path / "link", history.folder / "deep"):
            report = history.add(folder)
            assert (report.opened, report.written.moved) == (0, 0)
        assert {each.path for each in listed(history).values()} == {
            str(tmp_path / "link"), str(tmp_path / "link" / "deep"),
        }  # fmt: skip
        assert len(history.live()) == 2

    def test_a_folder_recorded_in_two_spellings_becomes_one(
        self, history: History, tmp_path: Path, recorded_through_a_link: Callable[[Path], None]
    ) -> None:
        history.step({"a.txt": "ferry", "b.txt": "tug", "c.txt": "raft"})
        recorded_through_a_link(tmp_path / "link")
        assert set(listed(history)) == {"in", "link"}
        history.step({"a.txt": "scow", "b.txt": None})
        assert history.live() == works(ferry="ferry scow", raft="raft")
        assert list(listed(history)) == ["in"]
        assert locations(history, "raft") == [("c.txt", True)]

    def test_a_link_to_a_folder_inside_the_one_that_is_added_now(
        self, history: History, tmp_path: Path, recorded_through_a_link: Callable[[Path], None]
    ) -> None:
        history.write("deep/a.txt", "ferry")
        (tmp_path / "other-link").symlink_to(history.folder / "deep")
        recorded_through_a_link(tmp_path / "other-link")
        report = history.add()
        assert (report.opened, report.written.moved) == (0, 0)
        assert {each.path for each in listed(history).values()} == {
            str(history.folder), str(history.folder / "deep"),
        }  # fmt: skip
        history.step({"deep/a.txt": "tug"})
        assert history.live() == works(ferry="ferry tug")
