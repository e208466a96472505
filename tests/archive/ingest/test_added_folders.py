"""Added folders: listed, forgotten, and one folder however it is spelt."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from histories import History, id_of, text, works

from archive.errors import FolderProblem
from archive.store.archive import Archive
from archive.store.writing import added_folders
from archive.store.writing.writer import Writer

WORDS = [f"boat{number}" for number in range(10)]


@pytest.fixture
def history(tmp_path: Path) -> History:
    return History(tmp_path)


class TestList:
    def test_each_with_its_counts_and_times(self, history: History, tmp_path: Path) -> None:
        history.step({"a.txt": "ferry", "b.txt": "tug", "deep/c.txt": "raft"})
        (history.folder / "blank.txt").write_text("")
        history.add()
        history.add(history.fill(tmp_path / "other", ["ferry", "scow"]))
        history.step({"a.txt": None})
        found = history.listed()
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
        counts = {name: (each.files, each.releases) for name, each in history.listed().items()}
        assert counts == {"in": (1, 1), "deep": (1, 1), "down": (1, 1)}
        assert len(history.live()) == 3

    def test_an_edited_version_counts_once_and_a_hidden_or_withdrawn_one_never(self, history: History) -> None:
        history.step({"a.txt": "ferry", "b.txt": "tug"})
        history.step({"a.txt": "raft", "b.txt": None})
        assert (history.listed()["in"].files, history.listed()["in"].releases) == (1, 1)

    def test_one_that_is_not_there(self, history: History, tmp_path: Path) -> None:
        history.step({"a.txt": "ferry"})
        other = history.fill(tmp_path / "other", WORDS)
        report = history.add(other)
        assert report.absent == []
        shutil.rmtree(other)
        assert not history.listed()["other"].is_there
        assert history.add().absent == [str(other)]
        assert len(history.live()) == len(WORDS) + 1

    def test_a_folder_whose_name_goes_on_is_another(self, history: History, tmp_path: Path) -> None:
        history.step({"a.txt": "ferry"})
        history.add(history.fill(tmp_path / "in-two", ["tug"]))
        assert {name: each.files for name, each in history.listed().items()} == {"in": 1, "in-two": 1}
        assert history.forget(history.folder).withdrawn == 1
        assert history.live() == works(tug="tug")


class TestForget:
    def test_what_stands_only_there_is_withdrawn_and_comes_back(self, history: History, tmp_path: Path) -> None:
        history.step({"a.txt": "ferry", "b.txt": "tug"})
        other = history.fill(tmp_path / "other", ["tug", "raft"])
        history.add(other)
        before = history.live()
        report = history.forget(other)
        assert (report.files, report.withdrawn, report.inside) == (2, 1, "")
        assert history.live() == works(ferry="ferry", tug="tug")
        assert set(history.listed()) == {"in"}
        with Archive(history.data) as archive:
            version = archive.version(id_of("raft"))
            assert version
            assert not version.live
            assert archive.original(version.digest) == text("raft").encode()
        assert history.add(other).write_stats.restored == 1
        assert history.live() == before

    def test_one_that_is_gone_from_the_disk(self, history: History, tmp_path: Path) -> None:
        other = history.fill(tmp_path / "other", ["raft"])
        history.add(other)
        history.step({"a.txt": "ferry"})
        shutil.rmtree(other)
        assert history.forget(other).withdrawn == 1
        assert history.live() == works(ferry="ferry")

    @pytest.mark.parametrize("spelling", ["{0}/", "{0}/../other", "{0}/./", "{1}", "relative"])
    def test_it_may_be_spelt_otherwise(
        self, history: History, tmp_path: Path, spelling: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        other = history.fill(tmp_path / "other", ["raft"])
        history.add(other)
        (tmp_path / "link").symlink_to(other)
        monkeypatch.chdir(tmp_path)
        given = "other" if spelling == "relative" else spelling.format(other, tmp_path / "link")
        assert history.forget(Path(given)).withdrawn == 1

    def test_an_unknown_one_names_those_that_are_known(self, history: History, tmp_path: Path) -> None:
        with (
            Writer(history.data, create=True) as archive,
            pytest.raises(FolderProblem, match="No folder has been added to this archive"),
        ):
            added_folders.forget_folder(archive, tmp_path)
        history.step({"deep/a.txt": "ferry"})
        with pytest.raises(FolderProblem, match=r"Added folders: .*/in") as error:
            history.forget(tmp_path / "nowhere")
        assert "lies in" not in str(error.value)
        with pytest.raises(FolderProblem, match=r"lies in .*/in, which is"):
            history.forget(history.folder / "deep")
        with pytest.raises(FolderProblem, match="is not an added folder"):
            history.forget(tmp_path)
        assert history.live() == works(ferry="ferry")

    def test_a_folder_added_inside_it_stays(self, history: History) -> None:
        history.step({"a.txt": "ferry", "deep/b.txt": "tug"})
        history.add(history.folder / "deep")
        assert history.forget(history.folder).withdrawn == 1
        assert history.live() == works(tug="tug")
        history.add()
        assert history.live() == works(ferry="ferry", tug="tug")

    def test_one_inside_another_added_folder_stands_there_still(self, history: History) -> None:
        history.step({"a.txt": "ferry", "deep/b.txt": "tug"})
        history.add(history.folder / "deep")
        report = history.forget(history.folder / "deep")
        assert (report.withdrawn, report.inside) == (0, str(history.folder))
        assert history.live() == works(ferry="ferry", tug="tug")
        assert set(history.listed()) == {"in"}

    def test_a_forgotten_place_does_not_hold(self, history: History, tmp_path: Path) -> None:
        history.step({"a.txt": "ferry"})
        other = history.fill(tmp_path / "other", ["ferry"])
        history.add(other)
        history.forget(other)
        history.step({"a.txt": "tug"})
        assert history.live() == works(ferry="ferry tug")
        history.add(other)
        assert history.live() == works(ferry="ferry", tug="tug")


class TestSpellings:
    """A folder is one folder, through a link or `..` or however it is given."""

    @pytest.mark.parametrize("spelling", ["link", "in/../in", "./in", "in/deep/.."])
    def test_another_spelling_is_the_same_folder(self, history: History, tmp_path: Path, spelling: str) -> None:
        history.step({"a.txt": "ferry", "deep/b.txt": "tug"})
        (tmp_path / "link").symlink_to(history.folder)
        report = history.add(Path(os.path.join(tmp_path, spelling)))
        assert (report.opened, report.write_stats.moved) == (0, 0)
        assert list(history.listed()) == ["in"]
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
                patched.setattr("histories.resolve_folder", lambda path: path)
                patched.setattr(added_folders, "stored_spelling", lambda _, path: path)
                patched.setattr(added_folders, "other_spellings", lambda _, path: {})
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
            assert (report.opened, report.write_stats.moved) == (0, 0)
        assert {each.path for each in history.listed().values()} == {
            str(tmp_path / "link"), str(tmp_path / "link" / "deep"),
        }  # fmt: skip
        assert len(history.live()) == 2

    def test_a_folder_recorded_in_two_spellings_becomes_one(
        self, history: History, tmp_path: Path, recorded_through_a_link: Callable[[Path], None]
    ) -> None:
        history.step({"a.txt": "ferry", "b.txt": "tug", "c.txt": "raft"})
        recorded_through_a_link(tmp_path / "link")
        assert set(history.listed()) == {"in", "link"}
        history.step({"a.txt": "scow", "b.txt": None})
        assert history.live() == works(ferry="ferry scow", raft="raft")
        assert list(history.listed()) == ["in"]
        assert history.locations("raft") == [("c.txt", True)]

    def test_a_link_to_a_folder_inside_the_one_that_is_added_now(
        self, history: History, tmp_path: Path, recorded_through_a_link: Callable[[Path], None]
    ) -> None:
        history.write("deep/a.txt", "ferry")
        (tmp_path / "other-link").symlink_to(history.folder / "deep")
        recorded_through_a_link(tmp_path / "other-link")
        report = history.add()
        assert (report.opened, report.write_stats.moved) == (0, 0)
        assert {each.path for each in history.listed().values()} == {
            str(history.folder), str(history.folder / "deep"),
        }  # fmt: skip
        history.step({"deep/a.txt": "tug"})
        assert history.live() == works(ferry="ferry tug")
