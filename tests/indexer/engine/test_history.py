"""Searches of earlier versions and withdrawn releases: equal to brute force, however the index came about."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from whoosh import index as whoosh_index
from whoosh import query as wq

from archive.store.archive import Archive
from archive.store.index_documents import load_other_versions
from archive.store.version_details import load_details
from indexer.engine.arrays.backend import ArrayBackend
from indexer.engine.arrays.construction import build_index, merge
from indexer.engine.arrays.construction.build_index import rebuild
from indexer.engine.arrays.generations import generations
from indexer.engine.arrays.verify_index import find_damage
from indexer.language.parser import parse_query
from indexer.maintenance import build
from indexer.maintenance.purge import purge_and_reindex
from indexer.query import NO_FILTERS, Choice, Filters, NameField, Order
from indexer.search import Searcher
from indexer.search.matching import match, release_text

Write = Callable[..., Path]
WORDS = "ferry harbor lamp survey comet bridge water keeper fog signal treaty".split()
FOLDERS = ("2011/press office", "2012", "old/Éditions")


def release(chooser: random.Random, number: int) -> str:
    body = " ".join(chooser.choices(WORDS, k=8))
    return f"Notice {number} {chooser.choice(WORDS)}\n\nPORT, Jan. {number % 28 + 1}, 2011 -- {body}.\n"


def name(number: int) -> str:
    return f"{FOLDERS[number % 3]}/notice-{number}.txt"


def live_through(write: Write, folder: Path, data: Path, days: int, seed: int) -> None:
    """An archive that grows, with files edited, deleted, moved and put back, an update each day."""
    chooser = random.Random(seed)
    for number in range(24):
        write(name(number), release(chooser, number))
    build.add(data, folder)
    for day in range(days):
        for number in chooser.sample(range(24), 4):
            write(name(number), release(chooser, 100 * day + number))
        write(f"new/day-{day}.txt", release(chooser, 5000 + day))
        (folder / name(chooser.randrange(24))).unlink(missing_ok=True)
        files = sorted(path for path in folder.rglob("*.txt"))
        moved = chooser.choice(files)
        target = folder / "moved" / f"{day}-{moved.name}"
        target.parent.mkdir(exist_ok=True)
        moved.rename(target)
        copy = chooser.choice(files[:5])
        if copy.exists():
            shutil.copy2(copy, folder / f"copy-{day}.txt")
        build.add(data, folder)


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("grown")
    folder = root / "releases"

    def write(at: str, content: str) -> Path:
        path = folder / at
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, "utf-8")
        return path

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(merge, "MERGE_FACTOR", 3)  # so that the history is merged too
        live_through(write, folder, root / "data", 12, seed=5)
    return root / "data"


def queries(count: int) -> list[str]:
    """Queries of words, phrases, and all that is said of a version."""
    chooser = random.Random(count)
    leaves = [
        *WORDS, *(f'"{a} {b}"' for a, b in zip(WORDS, WORDS[3:], strict=False)), "har*", "title:lamp",
        "fog NEAR/3 lamp", "is:edited", "is:withdrawn", "folder:2012", 'folder:"press office"', "folder:editions",
        "folder:moved", "file:copy", 'file:"notice 3"', "file:txt", "type:text", "type:html", "lang:en", "lang:french",
        "date:2011-01-05", "place:port", "added:2026", "*",
    ]  # fmt: skip
    found = list(leaves)
    for _ in range(count):
        a, b, c = chooser.sample(leaves[:-1], 3)
        found.append(chooser.choice([f"{a} {b}", f"{a} -{b}", f"({a} OR {b}) {c}", f"-{a}", f"2 OF ({a} {b} {c})"]))
    return found


class BruteForceHistory:
    """All versions of all releases, each matched by itself; the current version before the others, newest first."""

    def __init__(self, data: Path) -> None:
        with Archive(data) as archive:
            ids = [row["id"] for row in archive.select("SELECT id FROM works ORDER BY id")]
            versions = [version for work in ids for version in archive.versions(work)]
            details = load_details(archive, versions)
        ordered = sorted(versions, key=lambda each: (each.work, not each.current, -each.number))
        self._texts = [(each, release_text(each, details[each.work, each.number])) for each in ordered]

    def find(self, query: str, *, only_usual: bool = False) -> dict[str, int]:
        """The hits of a query, with the number of the version that each shows."""
        clause, found = parse_query(query).clause, dict[str, int]()
        for version, text in self._texts:
            is_usual = version.current and version.live
            if version.work not in found and (is_usual or not only_usual) and match(clause, text) is not None:
                found[version.work] = version.number
        return found


def numbers_found(searcher: Searcher, query: str, filters: Filters = NO_FILTERS) -> dict[str, int]:
    """The hits of a query and the versions that they show, as its page gives them."""
    page = searcher.search(query, filters, limit=1000)
    assert page.total == len(page.hits) == len({hit.id for hit in page.hits})
    assert sum(value.count for value in page.facets[1].values) >= page.total
    assert sum(period.count for period in page.timeline) == page.total
    return {hit.id: hit.version for hit in page.hits} if not page.relaxed else {}


def test_the_history_of_this_test_has_all_that_it_is_about(grown: Path) -> None:
    with Archive(grown) as archive:
        (row,) = archive.select(
            "SELECT count(*) FILTER (WHERE NOT live) AS withdrawn, count(*) FILTER (WHERE current > 1) AS edited, "
            "max(current) AS newest FROM works"
        )
    _, manifest = generations.read_live(grown)
    assert row["withdrawn"] > 2
    assert row["edited"] > 5
    assert row["newest"] > 2
    assert 1 < len(manifest.history) < 8  # twelve updates were merged
    with Archive(grown) as archive:
        assert find_damage(archive) == []


def test_every_query_equals_brute_force_in_both_scopes(grown: Path) -> None:
    brute = BruteForceHistory(grown)
    with Searcher(grown) as searcher:
        for query in queries(150):
            wide = f"({query}) in:versions"
            assert numbers_found(searcher, wide) == brute.find(wide), query
            if "is:withdrawn" not in query:
                assert numbers_found(searcher, query) == brute.find(query, only_usual=True), query


def test_every_hit_is_highlighted_where_its_version_matches(grown: Path) -> None:
    with Searcher(grown) as searcher:
        for query in ("ferry in:versions", "ferry is:withdrawn", "(ferry folder:2012) OR is:withdrawn lamp"):
            for hit in searcher.search(query, limit=1000).hits:
                assert hit.matches > 0, (query, hit.id)
                version = searcher.version(hit.id, hit.version)
                marked = searcher.highlight(query, version)
                assert len(marked.title) + len(marked.body) == hit.matches


def test_filters_facets_and_totals_count_releases(grown: Path) -> None:
    filters = Filters(place=Choice(("Port",)))
    with Searcher(grown) as searcher:
        every = numbers_found(searcher, "in:versions", filters)
        assert len(every) == len(searcher.ids("in:versions"))
        assert [(v.value, v.count) for v in searcher.facet("in:versions", filters, NameField.PLACE)] == [
            ("Port", len(every))
        ]
        for order in Order:
            ids = searcher.ids("lamp in:versions", order=order)
            positions = [searcher.find_position("lamp in:versions", NO_FILTERS, order, each) for each in ids]
            assert [each.rank for each in positions if each] == list(range(1, len(ids) + 1))


def all_answers(data: Path, suffix: str = "") -> list[Any]:
    with Searcher(data) as searcher:
        pages = [searcher.search(f"({query}){suffix}", limit=1000) for query in queries(40)]
        return [(page.total, page.hits, page.facets, page.timeline, page.fingerprint) for page in pages]


def test_updates_leave_what_a_rebuild_gives(grown: Path, tmp_path: Path) -> None:
    fresh = Path(shutil.copytree(grown, tmp_path / "data"))
    build.rebuild(fresh)
    assert all_answers(fresh) == all_answers(grown)
    assert all_answers(fresh, " in:versions") == all_answers(grown, " in:versions")
    digests = [sorted(ArrayBackend(data).history_digests()) for data in (fresh, grown)]
    assert digests[0] == digests[1]


def test_an_ordinary_search_is_the_same_without_any_history(
    grown: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bare = Path(shutil.copytree(grown, tmp_path / "data"))
    monkeypatch.setattr(build_index, "list_works_with_other_versions", lambda *_: [])
    with Archive(bare) as archive:
        rebuild(archive, lambda *_: None)
    assert generations.read_live(bare)[1].history == ()
    usual = [query for query in queries(40) if "withdrawn" not in query]
    with Searcher(bare) as one, Searcher(grown) as other:
        for query in usual:
            assert one.search(query, limit=1000) == other.search(query, limit=1000), query


def test_stock_whoosh_sees_the_current_versions_alone_and_their_paths(grown: Path) -> None:
    folder, _ = generations.read_live(grown)
    with Searcher(grown) as searcher, whoosh_index.open_dir(str(folder), indexname="MAIN").searcher() as stock:
        for query, term in (
            ("file:copy", wq.Term("file_names", "copy")),
            ('folder:"press office"', wq.Phrase("folder_names", ["press", "office"])),
            ("type:txt", wq.Term("type", "txt")),
            ("lang:english", wq.Term("language", "english")),
            ("*", wq.Every()),
        ):
            found = {stock.stored_fields(document)["row"].id for document in stock.docs_for_query(term)}
            assert found == set(searcher.ids(query)), query


class TestPaths:
    def found(self, data: Path, query: str) -> int:
        with Searcher(data) as searcher:
            page = searcher.search(query)
            return 0 if page.relaxed else page.total

    def test_a_file_that_moves_is_found_where_it_stands(self, write: Write, folder: Path, data: Path) -> None:
        for number in range(8):
            write(f"a/{number}.txt", f"Notice {number}\n\nPORT, Jan. 2, 2011 -- The ferry sails, again {number}.\n")
        build.add(data, folder)
        (folder / "b").mkdir()
        (folder / "a/1.txt").rename(folder / "b/1.txt")
        shutil.copy2(folder / "a/2.txt", folder / "b/second.txt")
        build.add(data, folder)
        assert [self.found(data, query) for query in ("folder:a", "folder:b", "file:second", "folder:a folder:b")] == [
            7, 2, 1, 1,
        ]  # fmt: skip
        (folder / "a/2.txt").unlink()
        build.add(data, folder)
        assert [self.found(data, query) for query in ("folder:a", "folder:b", "is:edited")] == [6, 2, 0]

    def test_a_folder_that_is_moved_whole(self, write: Write, folder: Path, data: Path, tmp_path: Path) -> None:
        for number in range(8):
            write(f"a/{number}.txt", f"Notice {number}\n\nPORT, Jan. 2, 2011 -- The ferry sails, again {number}.\n")
        build.add(data, folder)
        folder.rename(tmp_path / "elsewhere")
        (tmp_path / "elsewhere/a").rename(tmp_path / "elsewhere/c")
        build.add(data, tmp_path / "elsewhere")
        assert [self.found(data, query) for query in ("folder:a", "folder:c", "is:withdrawn")] == [0, 8, 0]
        with Archive(data) as archive:
            assert find_damage(archive) == []

    def test_paths_are_those_below_the_folder_that_was_added_last(
        self, write: Write, folder: Path, data: Path, tmp_path: Path
    ) -> None:
        write("a/1.txt", "Notice\n\nPORT, Jan. 2, 2011 -- The ferry sails.\n")
        build.add(data, folder)
        assert [self.found(data, query) for query in ("folder:releases", "folder:a")] == [0, 1]

    def test_a_path_is_no_part_of_the_fingerprint(self, write: Write, folder: Path, data: Path, tmp_path: Path) -> None:
        text = "Notice\n\nPORT, Jan. 2, 2011 -- The ferry sails.\n"
        write("a/1.txt", text)
        _, one = build.add(data, folder)
        (folder / "a/1.txt").unlink()
        write("b/2.txt", text)
        _, other = build.add(tmp_path / "other", folder)
        assert one.fingerprint == other.fingerprint


class TestPurge:
    @pytest.fixture
    def data(self, data: Path, folder: Path, write: Write) -> Path:
        for word in ("lamp", "comet", "bridge"):
            write("a.txt", f"Notice of the {word}\n\nPORT, Jan. 2, 2011 -- The {word} sails.\n")
            build.add(data, folder)
        write("b.txt", "Notice of the fog\n\nPORT, Jan. 2, 2011 -- The fog sails.\n")
        build.add(data, folder)
        (folder / "b.txt").unlink()
        write("c.txt", "Notice of the water\n\nPORT, Jan. 2, 2011 -- The water stands.\n")
        build.add(data, folder)
        return data

    def found(self, data: Path) -> dict[str, int]:
        with Searcher(data) as searcher:
            return {
                word: len(searcher.ids(f'"{word}" in:versions')) for word in ("lamp", "comet", "bridge", "fog", "water")
            }

    def test_a_purged_version_is_not_found(self, data: Path) -> None:
        assert self.found(data) == dict.fromkeys(("lamp", "comet", "bridge", "fog", "water"), 1)
        with Searcher(data) as searcher:
            (work,) = searcher.ids("bridge")
            (fog,) = searcher.ids("is:withdrawn")
        purge_and_reindex(data, work, 2, "asked for")
        assert self.found(data) == {"lamp": 1, "comet": 0, "bridge": 1, "fog": 1, "water": 1}
        assert not any(b"comet" in path.read_bytes() for path in (data / "index").rglob("*") if path.is_file())
        purge_and_reindex(data, fog, None, "asked for")
        assert self.found(data)["fog"] == 0
        with Archive(data) as archive:
            assert find_damage(archive) == []

    def test_what_is_found_says_which_it_is(self, data: Path) -> None:
        with Searcher(data) as searcher:
            said = {
                word: [
                    (hit.which, hit.version, hit.linked_version) for hit in searcher.search(f"{word} in:versions").hits
                ]
                for word in ("lamp", "comet", "bridge", "fog")
            }
            assert said == {
                "lamp": [("earlier version (1 of 3)", 1, 1)],
                "comet": [("earlier version (2 of 3)", 2, 2)],
                "bridge": [("", 3, None)],
                "fog": [("withdrawn", 1, 1)],
            }

    def test_verify_says_what_is_missing_in_the_history(self, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        kept = load_other_versions
        monkeypatch.setattr(build_index, "load_other_versions", lambda *given: list(kept(*given))[1:])
        with Archive(data) as archive:
            rebuild(archive, lambda *_: None)
            assert find_damage(archive) == ["1 earlier versions are missing from the index or differ in it"]


def test_a_version_that_is_current_again_is_no_earlier_one(write: Write, folder: Path, data: Path) -> None:
    for word in ("lamp", "comet", "lamp"):
        write("a.txt", f"Notice of the {word}\n\nPORT, Jan. 2, 2011 -- The {word} sails.\n")
        build.add(data, folder)
    with Searcher(data) as searcher:
        assert [(hit.which, hit.version) for hit in searcher.search("lamp in:versions").hits] == [("", 1)]
        (hit,) = searcher.search("comet in:versions").hits
        assert (hit.which, hit.version) == ("other version (2 of 2)", 2)
        assert searcher.search("sails in:versions").hits[0].version == 1
        assert searcher.search("is:edited").total == 1


def test_damage_of_the_history_is_found_where_it_is_searched(grown: Path, tmp_path: Path) -> None:
    data = Path(shutil.copytree(grown, tmp_path / "data"))
    folder, manifest = generations.read_live(data)
    path = folder / f"{manifest.history[0].name}.docs"
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    with Archive(data) as archive:
        assert any(path.name in line for line in find_damage(archive))
