"""Links in an added folder: those that lead out are left alone unless asked for, and what they once gave stays."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from click.testing import CliRunner
from histories import History, id_of, text, works

from archive.errors import FolderProblem
from archive.ingest.sync import SyncReport
from archive.ingest.walk import LEADS_OUT
from archive.store.archive import Archive
from indexer.cli import main


@pytest.fixture
def history(tmp_path: Path) -> History:
    return History(tmp_path)


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """A folder beside the added one, with a release in it."""
    path = tmp_path / "outside"
    (path / "deep").mkdir(parents=True)
    (path / "deep" / "minutes.txt").write_text(text("minutes"))
    return path


def skipped(report: SyncReport) -> dict[str, str]:
    return {remark.path: remark.reason for remark in report.skipped}


class TestLinksOut:
    @pytest.mark.parametrize(
        ("link", "target"),
        [
            ("letter.txt", "{outside}/deep/minutes.txt"),
            ("letter.txt", "../outside/deep/minutes.txt"),
            ("letter.txt", "deep/../../outside/deep/minutes.txt"),
            ("annex", "{outside}"),
            ("annex", "../outside"),
            ("annex", "{outside}/deep"),
            ("annex", ".."),
            ("annex", "/"),
            ("letter.txt", "/proc/self/environ"),
            ("letter.txt", "/proc/self/cwd/outside/deep/minutes.txt"),
            ("letter.txt", "/proc/self/root{outside}/deep/minutes.txt"),
            ("letter.txt", "/etc/hostname"),
            ("letter.txt", "{in}-beside/minutes.txt"),
        ],
    )
    def test_it_is_reported_and_not_followed(
        self, history: History, outside: Path, tmp_path: Path, link: str, target: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(tmp_path)
        beside = Path(f"{history.folder}-beside")
        beside.mkdir()
        (beside / "minutes.txt").write_text(text("minutes"))
        history.write("deep/a.txt", "ferry")
        target = target.replace("{outside}", str(outside)).replace("{in}", str(history.folder))
        if not os.path.exists(history.folder / target):
            pytest.skip(f"there is no {target} here")
        (history.folder / link).symlink_to(target)
        report = history.add()
        assert skipped(report) == {link: LEADS_OUT}
        assert history.live() == works(ferry="ferry")
        assert report.through_links == []

    def test_a_chain_counts_by_where_it_ends(self, history: History, outside: Path) -> None:
        history.write("a.txt", "ferry")
        (history.folder / "one.txt").symlink_to("two.txt")
        (history.folder / "two.txt").symlink_to(outside / "three.txt")
        (outside / "three.txt").symlink_to(outside / "deep" / "minutes.txt")
        (history.folder / "there.txt").symlink_to(outside / "and back.txt")
        (outside / "and back.txt").symlink_to(history.folder / "a.txt")
        report = history.add()
        assert skipped(report) == {"one.txt": LEADS_OUT, "two.txt": LEADS_OUT}
        with Archive(history.data) as archive:
            version = archive.version(id_of("ferry"))
            assert version
            assert {place.path for place in archive.locations(version)} == {"a.txt", "there.txt"}

    def test_links_inside_a_linked_folder_count_too(self, history: History, outside: Path) -> None:
        history.write("deep/a.txt", "ferry")
        (history.folder / "deep" / "out").symlink_to(outside)
        (history.folder / "again").symlink_to("deep")
        assert skipped(history.add()) == {"deep/out": LEADS_OUT, "again/out": LEADS_OUT}

    def test_links_that_stay_inside_are_followed(self, history: History) -> None:
        history.write("deep/a.txt", "ferry")
        (history.folder / "again").symlink_to("deep")
        (history.folder / "b.txt").symlink_to(history.folder / "deep" / "a.txt")
        (history.folder / "deep" / "up").symlink_to("..")
        report = history.add()
        assert report.write_stats.moved == 2
        assert all("a folder that contains it; not followed" in reason for reason in skipped(report).values())
        history.step({"deep/a.txt": "tug"})
        assert history.live() == works(ferry="ferry tug")

    def test_the_folder_itself_may_be_given_through_a_link(self, history: History, tmp_path: Path) -> None:
        history.write("deep/a.txt", "ferry")
        (history.folder / "b.txt").symlink_to(history.folder / "deep" / "a.txt")
        (tmp_path / "link").symlink_to(history.folder)
        assert skipped(history.add(tmp_path / "link")) == {}

    def test_they_are_followed_where_that_is_asked_for(self, history: History, outside: Path) -> None:
        history.write("a.txt", "ferry")
        (history.folder / "annex").symlink_to(outside)
        (outside / "deep" / "back").symlink_to(history.folder)
        report = history.add(follow_links=True)
        assert history.live() == works(ferry="ferry", minutes="minutes")
        assert set(skipped(report)) == {"annex/deep/back"}

    def test_a_folder_that_moved_is_not_looked_for_through_them(self, history: History, outside: Path) -> None:
        other = outside.rename(outside.with_name("added"))
        history.add(other)
        other.rename(outside)
        history.write("a.txt", "ferry")
        (history.folder / "annex").symlink_to(outside)
        assert history.add().moved_from == ""


class TestWhatTheyGaveBefore:
    def test_it_stays_as_it_is_and_the_report_says_how_to_take_it_out(self, history: History, outside: Path) -> None:
        history.write("a.txt", "ferry")
        (history.folder / "annex").symlink_to(outside)
        (history.folder / "letter.txt").symlink_to(outside / "letter.txt")
        (outside / "letter.txt").write_text(text("letter"))
        history.add(follow_links=True)
        before = history.live()
        (outside / "letter.txt").write_text(text("another letter"))
        (outside / "deep" / "minutes.txt").unlink()
        for _ in range(2):
            report = history.add()
            assert report.through_links == sorted(map(id_of, ("letter", "minutes")))
            assert (report.write_stats.withdrawn, report.write_stats.changed, report.gone) == (0, 0, 0)
            assert history.live() == before
        history.add(follow_links=True)
        assert history.live() == works(ferry="ferry", letter="letter another letter") | {
            id_of("letter"): ["Notice of the letter", "Notice of the another letter"]
        }

    def test_what_stands_in_the_folder_as_well_is_not_named(self, history: History, outside: Path) -> None:
        history.write("a.txt", "minutes")
        (history.folder / "annex").symlink_to(outside)
        history.add(follow_links=True)
        assert history.add().through_links == []

    def test_a_link_that_is_taken_away_takes_it_along(self, history: History, outside: Path) -> None:
        (history.folder / "annex").symlink_to(outside)
        history.add(follow_links=True)
        history.add()
        (history.folder / "annex").unlink()
        assert history.add().write_stats.withdrawn == 1

    def test_the_command_says_it_with_the_lines_to_paste(self, history: History, outside: Path) -> None:
        words = [f"boat{number}" for number in range(7)]
        for word in words:
            (outside / f"{word}.txt").write_text(text(word))
        (history.folder / "annex").symlink_to(outside)
        arguments = ["--data", str(history.data), "add", str(history.folder), "--workers", "1"]
        assert "purge" not in CliRunner().invoke(main, [*arguments, "--follow-links"]).output
        said = CliRunner().invoke(main, arguments).output
        assert f"{len(words) + 1} releases stand behind links" in said
        lines = [line for line in said.splitlines() if "dateline purge" in line]
        assert len(lines) == 5
        assert all(line.endswith('--reason "read through a link"') for line in lines)
        assert "and 3 more" in said


class TestDataDirectory:
    """It is never entered, by any spelling, even where links are followed."""

    @pytest.fixture
    def inside(self, history: History) -> History:
        """An archive whose data directory lies in the added folder."""
        history.data = history.folder / "dateline-data"
        (history.data / "lexicon").mkdir(parents=True)
        (history.data / "lexicon" / "notes.txt").write_text(text("lexicon"))
        history.write("deep/a.txt", "ferry")
        return history

    @pytest.mark.parametrize("follow_links", [False, True])
    @pytest.mark.parametrize(
        "target", ["../dateline-data", "../dateline-data/lexicon", "../dateline-data/lexicon/notes.txt"]
    )
    def test_no_link_leads_into_it(self, inside: History, target: str, follow_links: bool) -> None:
        (inside.folder / "deep" / "link.txt").symlink_to(target)
        report = inside.add(follow_links=follow_links)
        assert inside.live() == works(ferry="ferry")
        assert "data directory" in skipped(report)["deep/link.txt"]

    @pytest.mark.parametrize("follow_links", [False, True])
    def test_it_is_passed_over_however_the_folder_is_spelt(
        self, inside: History, tmp_path: Path, follow_links: bool
    ) -> None:
        (tmp_path / "link").symlink_to(inside.folder)
        real = inside.data
        for folder, data in ((tmp_path / "link", real), (inside.folder, tmp_path / "link" / "dateline-data")):
            inside.data = data
            report = inside.add(folder, follow_links=follow_links)
            assert (report.files, inside.live()) == (1, works(ferry="ferry"))

    def test_not_by_a_link_to_a_folder_around_it(self, history: History, tmp_path: Path) -> None:
        (history.data / "lexicon").mkdir()
        (history.data / "lexicon" / "notes.txt").write_text(text("lexicon"))
        history.write("a.txt", "ferry")
        (history.folder / "up").symlink_to(tmp_path)
        history.add(follow_links=True)
        assert history.live() == works(ferry="ferry")

    def test_a_folder_in_it_may_be_added_by_itself(self, history: History) -> None:
        releases = history.data / "releases"
        releases.mkdir()
        (releases / "a.txt").write_text(text("ferry"))
        (releases / "b.txt").symlink_to("a.txt")
        (releases / "c.txt").symlink_to("../archive.db")
        report = history.add(releases, follow_links=True)
        assert history.live() == works(ferry="ferry")
        assert list(skipped(report)) == ["c.txt"]

    def test_it_is_no_folder_to_add(self, history: History, tmp_path: Path) -> None:
        (tmp_path / "link").symlink_to(history.data)
        for folder in (history.data, tmp_path / "link"):
            with pytest.raises(FolderProblem, match="the data directory itself"):
                history.add(folder)


def test_a_link_out_to_what_comes_to_be_while_it_is_looked_at_is_not_followed(
    history: History, outside: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (history.folder / "annex").symlink_to(outside)
    monkeypatch.setattr(os.path, "exists", lambda _: False)
    assert skipped(history.add()) == {"annex": "a link whose target does not exist"}
    assert history.live() == {}
