"""Values that need review are found, counted as listed, and settled by the correction that comes with them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from page_reader import read

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


def test_the_page_shows_each_with_its_correction(reviewed_data: Path) -> None:
    client = create_app(reviewed_data).test_client()
    overview = read(client.get("/audit").text)
    assert overview.mistakes == []
    assert "/audit/two-dates" in overview.paths
    for kind in ReviewKind:
        page = read(client.get(f"/audit/{kind}").text)
        assert page.mistakes == []
        with Archive(reviewed_data) as archive:
            for each in review.list_review_items(archive, kind):
                assert each.correction in page.text
                assert f"/people/{each.person}" in page.paths or any(each.work in link for link in page.links)
    assert client.get("/audit/nonsense").status_code == 404
    assert "There is no page 9" in client.get("/audit/no-date?page=9").text
    assert "/audit" in read(client.get("/").text).links


def test_the_command_prints_it(reviewed_data: Path) -> None:
    printed = CliRunner().invoke(main, ["--data", str(reviewed_data), "audit", "--limit", "0"])
    assert printed.exit_code == 0
    assert "two-dates: two dates disagree (1)" in printed.output
    assert "hiram-r-pell: Hiram Pell, Hiram R. Pell" in printed.output
    as_json = CliRunner().invoke(main, ["--data", str(reviewed_data), "audit", "--kind", "future-date", "--json"])
    assert '"total": 1' in as_json.output
    assert "[[correction]]" in as_json.output
