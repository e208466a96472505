"""Values that need review are found, counted as listed, and settled by the correction that comes with them."""

from __future__ import annotations

import datetime as dt
import json
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from page_reader import read

from archive.release import Kind
from archive.store import review
from archive.store.archive import Archive
from archive.store.review import ReviewKind
from indexer.cli import main
from indexer.maintenance import build
from web import create_app

LATER = dt.date.today().replace(year=dt.date.today().year + 3, day=1)
FILES = {
    "undated.txt": "A Lamp\n\nThe lamp was lit by Hiram Pell.\n",
    "two/two.txt": "A Bell\n\nMarch 3, 2004\n\nPORT ELSINORE, May 2, 2004 -- It rang, said Mayor Hiram R. Pell.\n",
    "future.txt": f"A Fair\n\n{LATER:%B} 1, {LATER.year}\n\nThe fair will open.\n",
    "either.json": '{"title": "A Ship", "date": "03/04/2005", "text": "The ship sailed.", "source": "Harbor Office"}',
    "exact.json": '{"title": "A Boat", "date": "2005-04-13", "text": "The boat sailed.", "source": "Boat Office"}',
}


@pytest.fixture
def reviewed_data(data: Path, folder: Path, write: Callable[..., Path]) -> Path:
    for name, content in FILES.items():
        write(name, content)
    build.add(data, folder)
    return data


def titles(data: Path, kind: ReviewKind) -> list[str]:
    with Archive(data) as archive:
        found = review.list_review_items(archive, kind)
        assert review.count_review_items(archive)[kind] == len(found)
        return sorted(each.title for each in found)


@pytest.mark.parametrize(
    ("kind", "wanted"),
    [
        (ReviewKind.NO_DATE, ["A Fair", "A Lamp"]),
        (ReviewKind.FUTURE, ["A Fair"]),
        (ReviewKind.EITHER_ORDER, ["A Ship"]),
        (ReviewKind.TWO_DATES, ["A Bell"]),
        (ReviewKind.SPELLINGS, ["Hiram R. Pell"]),
    ],
)
def test_each_kind_is_found(reviewed_data: Path, kind: ReviewKind, wanted: list[str]) -> None:
    assert titles(reviewed_data, kind) == wanted


def test_guesses_and_lone_sources_are_found_and_sure_values_are_not(reviewed_data: Path) -> None:
    assert "A Bell" in titles(reviewed_data, ReviewKind.UNSURE)  # its source is the name of its folder
    assert "A Boat" not in titles(reviewed_data, ReviewKind.UNSURE)
    assert {"A Boat", "A Ship"} <= set(titles(reviewed_data, ReviewKind.ONCE))


@pytest.mark.parametrize("kind", list(ReviewKind))
def test_the_correction_that_comes_with_it_settles_it(reviewed_data: Path, kind: ReviewKind) -> None:
    with Archive(reviewed_data) as archive:
        found = review.list_review_items(archive, kind)
    assert found
    (reviewed_data / "corrections.toml").write_text("\n".join(each.correction for each in found), "utf-8")
    report = build.rebuild(reviewed_data).corrections
    assert (report.held, report.problems) == (len(found), ())
    assert titles(reviewed_data, kind) == []


def test_a_list_is_read_a_page_at_a_time(reviewed_data: Path) -> None:
    with Archive(reviewed_data) as archive:
        whole = review.list_review_items(archive, ReviewKind.UNSURE)
        pages = [review.list_review_items(archive, ReviewKind.UNSURE, at, 1) for at in range(len(whole))]
    assert [each for page in pages for each in page] == whole


def test_the_pages_show_each_with_its_correction(reviewed_data: Path) -> None:
    client = create_app(reviewed_data).test_client()
    overview = read(client.get("/audit").text)
    assert overview.mistakes == []
    assert "/audit/two-dates" in overview.paths
    for kind in ReviewKind:
        page = read(client.get(f"/audit/{kind}").text)
        assert page.mistakes == []
        below = [read(client.get(link).text) for link in page.links if link.startswith(f"/audit/{kind}?")]
        assert [each.mistakes for each in below] == [[]] * len(below)
        shown = [page, *below]
        with Archive(reviewed_data) as archive:
            for each in review.list_review_items(archive, kind):
                assert any(each.correction in one.text for one in shown)
                links = [link for one in shown for link in one.links]
                assert f"/people/{each.person}" in links or any(each.work in link for link in links)
    assert client.get("/audit/nonsense").status_code == 404
    assert client.get("/audit/no-date?field=%00<script>").status_code == 404
    assert "There is no page 9" in client.get("/audit/no-date?page=9").text
    assert "/audit" in read(client.get("/").text).links


@pytest.fixture
def folders_as_sources(data: Path, folder: Path, write: Callable[..., Path]) -> Path:
    """Five releases of whose source only the folder tells, and two dated in numbers that can be read both ways."""
    for office, count in (("lamp-office", 3), ("bell-office", 2)):
        for at in range(count):
            write(f"{office}/{at}.txt", f"Item {at} Of {office}\n\nMarch {at + 1}, 2004\n\nIt was seen, they say.\n")
    for at in (3, 4):
        said = {"title": f"Ship {at}", "date": f"0{at}/05/2005", "text": "It sailed.", "source": 'The "Quay" <Office>'}
        write(f"ships/{at}.json", json.dumps(said))
    build.add(data, folder)
    return data


def groups_of(data: Path, kind: ReviewKind) -> list[review.ReviewGroup]:
    with Archive(data) as archive:
        return review.group_review_items(review.list_review_items(archive, kind))


def test_a_source_is_one_line_and_one_correction_settles_all_its_releases(folders_as_sources: Path) -> None:
    groups = groups_of(folders_as_sources, ReviewKind.UNSURE)
    assert [each.releases for each in groups if each.field == "source"][:2] == [3, 2]
    with Archive(folders_as_sources) as archive:
        assert review.count_values(archive, ReviewKind.UNSURE, groups) == (2, 5)
    (folders_as_sources / "corrections.toml").write_text("\n".join(each.correction for each in groups), "utf-8")
    report = build.rebuild(folders_as_sources).corrections
    assert report.problems == ()
    assert groups_of(folders_as_sources, ReviewKind.UNSURE) == []


def test_the_command_of_a_group_settles_it(folders_as_sources: Path) -> None:
    client = create_app(folders_as_sources).test_client()
    assert "3 releases" in client.get("/audit/unsure").text
    for group in groups_of(folders_as_sources, ReviewKind.UNSURE):
        program, *words = shlex.split(group.command)
        assert program == "dateline"
        done = CliRunner().invoke(main, ["--data", str(folders_as_sources), *words])
        assert done.exit_code == 0, done.output
    assert groups_of(folders_as_sources, ReviewKind.UNSURE) == []
    assert "None." in client.get("/audit/unsure").text  # not as it was counted before


def test_dates_that_one_rule_doubts_in_one_source_stand_together(folders_as_sources: Path) -> None:
    (group,) = groups_of(folders_as_sources, ReviewKind.EITHER_ORDER)
    assert (group.releases, group.value, group.correction) == (2, "", "")
    client = create_app(folders_as_sources).test_client()
    page = client.get("/audit/day-or-month").text
    assert "<Office>" not in page
    (link,) = [each for each in read(page).links if each.startswith("/audit/day-or-month?")]
    listed = read(client.get(link).text)
    assert "Ship 3" in listed.text
    assert "Ship 4" in listed.text
    assert listed.text.count("[[correction]]") == 2


def people(items: list[review.ReviewItem]) -> set[str]:
    return {each.person for each in items} - {""}


def test_groups_hold_every_item_once(reviewed_data: Path, sample_data: Path) -> None:
    for data in (reviewed_data, sample_data):
        with Archive(data) as archive:
            for kind in ReviewKind:
                items = review.list_review_items(archive, kind)
                groups = review.group_review_items(items)
                grouped = [item for group in groups for item in group.items]
                assert sorted(map(repr, grouped)) == sorted(map(repr, items))
                values = {(e.field, e.value, e.person) for e in items if e.person or e.field in ("source", "place")}
                singles = [e for e in items if not e.person and e.field not in ("source", "place")]
                works = {each.work for each in items} - {""}
                for each in archive.releases(archive.live_ids()):
                    named = {known.slug: set[str]() for known in each.people}
                    for known, person in zip(each.people, each.release.people, strict=True):
                        if person.kind not in (Kind.INFERRED, Kind.UNRESOLVED):
                            named[known.slug].add(person.name)
                    works |= (
                        {each.work} if any(names and slug in people(items) for slug, names in named.items()) else set()
                    )
                assert review.count_values(archive, kind, groups) == (len(values) + len(singles), len(works))


def test_the_command_prints_it(reviewed_data: Path) -> None:
    printed = CliRunner().invoke(main, ["--data", str(reviewed_data), "audit", "--limit", "0"])
    assert printed.exit_code == 0
    assert "two-dates: two dates disagree (1)" in printed.output
    assert "hiram-r-pell: Hiram Pell, Hiram R. Pell" in printed.output
    as_json = CliRunner().invoke(main, ["--data", str(reviewed_data), "audit", "--kind", "future-date", "--json"])
    assert '"total": 1' in as_json.output
    assert '"values": 1' in as_json.output
    assert "[[correction]]" in as_json.output
