"""Damage to an index: no result is wrong without a notice; `verify` reports it, `--repair` and `add` repair it."""

from __future__ import annotations

import datetime as dt
import json
import os
import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner, Result
from flask.testing import FlaskClient

from indexer.cli import main
from indexer.engine.arrays.construction import build_index, merge
from indexer.engine.arrays.files import block_checksums
from indexer.engine.arrays.files.array_file import ArrayFile, DamagedFile, write_arrays
from indexer.engine.arrays.generations import generations, known_damage
from indexer.engine.arrays.segments.segments import SegmentReader
from indexer.errors import IndexDamaged, IndexMissing
from indexer.maintenance import build, import_summary_cache
from indexer.query import NO_FILTERS, Choice, Filters, NameField, Order
from indexer.results import SearchPage
from indexer.search.searcher import Searcher
from web import create_app

Write = Callable[..., Path]
WORDS = "ferry ferries fairy harbor lamp the of and in survey comet bridge water said to a keeper fog treaty".split()
TODAY = dt.date(2012, 1, 1)
NOTICE = "The newest index is damaged"

QUERIES: list[tuple[str, Filters, Order]] = [
    ("ferry", NO_FILTERS, Order.RELEVANCE),
    ("ferry lamp", NO_FILTERS, Order.NEWEST),
    ("treaty OR fog -comet", NO_FILTERS, Order.RELEVANCE),
    ('"of the"', NO_FILTERS, Order.RELEVANCE),
    ('"keeper said"', NO_FILTERS, Order.OLDEST),
    ("fog NEAR/3 comet", NO_FILTERS, Order.RELEVANCE),
    ("lamp BEFORE/5 harbor", NO_FILTERS, Order.RELEVANCE),
    ("har*", NO_FILTERS, Order.ADDED),
    ("fery~", NO_FILTERS, Order.RELEVANCE),
    ("title:survey", NO_FILTERS, Order.RELEVANCE),
    ("person:brenn", Filters(source=Choice(("Harbor Board",))), Order.RELEVANCE),
    ("place:port date:2011-01..2011-03", Filters(person=Choice(none_of=("ada-quill",))), Order.RELEVANCE),
    ("source:harbor after:2011-02", NO_FILTERS, Order.RELEVANCE),
    ("added:2000..2100 date:none", NO_FILTERS, Order.RELEVANCE),
    ("", Filters(undated=True), Order.ADDED),
    ("keepper watre", NO_FILTERS, Order.RELEVANCE),
    ("nothere ferry lamp", NO_FILTERS, Order.RELEVANCE),
]


def release(chooser: random.Random, number: int) -> str:
    body = " ".join(chooser.choices(WORDS, k=40))
    day = "" if number % 7 == 0 else f", {('Jan.', 'Feb.', 'Mar.')[number % 3]} {number % 28 + 1}, 2011"
    who = ("Harbor Master John Brenn", "Director Ada Quill", "Mayor Otto Lind")[number % 3]
    record = {
        "title": f"Notice {number} {chooser.choice(WORDS)}",
        "source": ("Harbor Board", "Ferry Office")[number % 2],
        "body": f"PORT ELSINORE{day} -- The lamp, said {who}. {body}.",
    }
    return json.dumps(record)


def linked_copy(source: Path, target: Path) -> Path:
    """A copy in which the files that are one file are one again."""
    copies: dict[int, Path] = {}
    for path in sorted(source.rglob("*")):
        copy = target / path.relative_to(source)
        if path.is_dir():
            copy.mkdir(parents=True)
        elif known := copies.get(path.stat().st_ino):
            os.link(known, copy)
        else:
            copies[path.stat().st_ino] = copy
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(path, copy)
    return target


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A data directory with two generations that share a segment in which releases are deleted; blocks are small."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(block_checksums, "BLOCK_BITS", 8)
        folder, data = tmp_path_factory.mktemp("releases"), tmp_path_factory.mktemp("template") / "data"
        chooser = random.Random(8)
        for day in range(3):
            for number in range(day * 20, day * 20 + 20 if day == 0 else day * 20 + 3):
                (folder / f"{number}.json").write_text(release(chooser, number), "utf-8")
            (folder / f"{day}.json").unlink()
            build.add(data, folder)
        _, manifest = generations.read_live(data)
        assert len(manifest.segments) == 3
        assert any(segment.deleted for segment in manifest.segments)
        yield data


@pytest.fixture
def data(template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it, to be damaged."""
    monkeypatch.setattr(block_checksums, "BLOCK_BITS", 8)
    return linked_copy(template, tmp_path / "data")


@pytest.fixture
def apart(data: Path) -> Path:
    """The same, with generations that share nothing."""
    build.rebuild(data)
    return data


def index_files(data: Path) -> list[Path]:
    """All files that say what the index holds: the report that `stats` keeps beside them is none."""
    return sorted(
        path for path in (data / "index").rglob("*") if path.is_file() and path.name != import_summary_cache.CACHE_NAME
    )


def flip(path: Path, offset: int, bit: int = 0) -> None:
    """Turn one bit of a file, wherever it is linked."""
    with path.open("r+b") as file:
        file.seek(offset)
        (byte,) = file.read(1)
        file.seek(offset)
        file.write(bytes([byte ^ 1 << bit]))


def array_offset(path: Path, name: str, share: float = 0.5) -> int:
    """An offset in an array of a file."""
    kind, count, offset = ArrayFile(path)._directory[name]
    return offset + int(share * count * int(kind[2:]))


def terms_file(data: Path) -> Path:
    """The largest file of postings of the live generation."""
    return max((data / "index" / generations.read_pointer(data)).glob("*.terms"), key=lambda path: path.stat().st_size)


def run_query(searcher: Searcher, number: int) -> SearchPage:
    text, filters, order = QUERIES[number]
    return searcher.search(text, filters, order, limit=50, today=TODAY)


def answers(data: Path) -> list[Any]:
    """Everything that can be asked."""
    with Searcher(data) as searcher:
        return [
            *(run_query(searcher, number) for number in range(len(QUERIES))),
            *(searcher.facet("lamp", NO_FILTERS, name) for name in NameField),
            *(searcher.periods("lamp", NO_FILTERS, unit) for unit in ("year", "month", "day")),
            searcher.ids("lamp", order=Order.OLDEST),
            searcher.find_position("ferry", NO_FILTERS, Order.RELEVANCE, searcher.ids("ferry")[1]),
            searcher.notice,
        ]


def assert_right_or_noticed(data: Path, number: int, expected: SearchPage) -> bool:
    """The answer to a query is what it was, or a word is said; whether one was."""
    try:
        with Searcher(data) as searcher:
            page = run_query(searcher, number)
    except (IndexDamaged, IndexMissing):
        return True
    if page == expected:
        return False
    assert page.receipt.notices, QUERIES[number]
    assert page.receipt.notices[0].startswith(NOTICE)
    return True


def command(data: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["--data", str(data), *words])


def client(data: Path) -> FlaskClient:
    return create_app(data).test_client()


def test_no_flipped_bit_makes_an_answer_wrong_without_a_word(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Searcher(data) as searcher:
        expected = [run_query(searcher, number) for number in range(len(QUERIES))]
    assert sum(page.total > 0 and page.relaxed is None for page in expected) >= len(QUERIES) - 3
    chooser, noticed = random.Random(2), 0
    live = [path for path in index_files(data) if path.parent.name in ("index", generations.read_pointer(data))]
    trials = 400
    for trial in range(trials):
        monkeypatch.setattr(known_damage, "_known", {})
        path, number = chooser.choice(live if trial % 4 else index_files(data)), trial % len(QUERIES)
        offset, bit = chooser.randrange(path.stat().st_size), chooser.randrange(8)
        flip(path, offset, bit)
        noticed += assert_right_or_noticed(data, number, expected[number])
        flip(path, offset, bit)
    assert trials // 10 < noticed < trials * 9 // 10  # both happen: most answers read but a part of the index
    monkeypatch.setattr(known_damage, "_known", {})
    with Searcher(data) as searcher:
        assert [run_query(searcher, number) for number in range(len(QUERIES))] == expected


@pytest.mark.parametrize("array", ["body_loose/form_starts", "body_loose/forms", "body/terms", "body/term_starts"])
def test_the_forms_of_a_word_are_right_or_refused(data: Path, monkeypatch: pytest.MonkeyPatch, array: str) -> None:
    folder, (entry, *_) = generations.read_live(data)[0], generations.read_live(data)[1].segments
    docs, path, refused = folder / f"{entry.name}.docs", folder / f"{entry.name}.terms", 0
    files = [(file, ArrayFile(file)) for file in (docs, path)]
    arrays = [(file, {name: np.array(read.array(name)) for name in read.names()}) for file, read in files]
    monkeypatch.setattr(block_checksums, "BLOCK_BITS", 4)
    for file, some in arrays:
        write_arrays(file, some)
    count = ArrayFile(path).length("body_loose/counts")
    whole = [SegmentReader(folder, entry.name).forms("body", number) for number in range(count)]
    assert max(map(len, whole)) > 1
    for offset in range(array_offset(path, array, 0), array_offset(path, array, 1)):
        for number in (0, offset % count, count - 1):
            flip(path, offset, 2)
            try:
                assert SegmentReader(folder, entry.name).forms("body", number) == whole[number]
            except DamagedFile:
                refused += 1
            flip(path, offset, 2)
    assert refused


def test_damage_anywhere_is_told_and_answers_are_those_of_before(apart: Path) -> None:
    """Where the generation before is whole and holds the same, everything is answered as before."""
    expected = answers(apart)
    terms = terms_file(apart)
    flip(terms, array_offset(terms, "body/gaps0"))
    *found, notice = answers(apart)
    noticed = 0
    assert notice.startswith(f"{NOTICE} (index/gen-000004/{terms.name} is damaged at ")
    assert "index/gen-000003, the one before it. It holds all that the archive holds." in notice
    for page, right in zip(found, expected, strict=False):
        if isinstance(page, SearchPage):
            assert [(hit.id, hit.score) for hit in page.hits] == [(hit.id, hit.score) for hit in right.hits]
            assert page.facets == right.facets
            noticed += page.receipt.notices == (notice,)
        else:
            assert page == right
    assert noticed > len(QUERIES) / 2  # all that were asked after it was found


HARMS: dict[str, Callable[[bytes], bytes | None]] = {
    "cut in half": lambda content: content[: len(content) // 2],
    "cut by one": lambda content: content[:-1],
    "emptied": lambda content: b"",
    "zeroed": lambda content: bytes(len(content)),
    "flipped": lambda content: content[: len(content) // 2] + _flipped(content[len(content) // 2 :]),
    "grown": lambda content: content + b"0",
    "gone": lambda content: None,
}


def _flipped(content: bytes) -> bytes:
    return bytes([content[0] ^ 4]) + content[1:]


@pytest.mark.parametrize("harm", HARMS)
def test_every_file_harmed_is_told_and_healed(template: Path, tmp_path: Path, harm: str) -> None:
    expected = answers(template)
    for number, original in enumerate(index_files(template)):
        data = linked_copy(template, tmp_path / str(number))
        path = data / original.relative_to(template)
        harmed = HARMS[harm](path.read_bytes())
        if harmed is None:
            path.unlink()
        else:
            path.write_bytes(harmed)
        for query in range(0, len(QUERIES), 4):
            assert_right_or_noticed(data, query, expected[query])
        result = command(data, "verify")
        assert result.exit_code == 6, (path, result.output)
        assert "index" in result.output
        assert command(data, "verify", "--repair").exit_code == 0
        assert command(data, "verify").output == "All is well.\n"
        assert_same(answers(data), expected)


def assert_same(found: list[Any], expected: list[Any]) -> None:
    """The same answers, scores to the last digits: segments are others."""
    for page, right in zip(found, expected, strict=True):
        if isinstance(page, SearchPage):
            assert [hit.id for hit in page.hits] == [hit.id for hit in right.hits]
            assert page.receipt == right.receipt
        else:
            assert page == right


def test_damage_that_both_generations_share_leaves_no_answer(data: Path) -> None:
    """They are linked to the same file: what was said was `Nothing is lost`, with a part of the hits."""
    terms = terms_file(data)
    assert terms.stat().st_nlink > 1
    flip(terms, array_offset(terms, "body_loose/gaps0"))
    with (
        Searcher(data) as searcher,
        pytest.raises(IndexDamaged, match=f"{terms.name} is damaged at .*; none before it"),
    ):
        searcher.search("ferry")
    result = command(data, "search", "ferry")
    assert result.exit_code == 5
    assert "rebuild" in result.output
    for url in ("/search?q=ferry", "/search.json?q=ferry", "/healthz"):
        assert client(data).get(url).status_code == 503


def test_a_damaged_generation_is_not_fallen_back_on(data: Path) -> None:
    """The live one cannot be opened; the one before it can, and not all of it is what was written."""
    live = data / "index" / generations.read_pointer(data)
    (live / generations.MANIFEST).unlink()
    (before,) = generations.earlier_folders(data)
    with Searcher(data) as searcher:
        assert searcher.notice
    own = next(path for path in sorted(before.glob("*.docs")) if path.stat().st_nlink)
    flip(own, array_offset(own, "digest"))  # no search reads it
    with pytest.raises(IndexDamaged, match=generations.MANIFEST):
        Searcher(data)


def test_an_older_index_says_that_it_is_older(data: Path) -> None:
    live = data / "index" / generations.read_pointer(data)
    (live / generations.MANIFEST).write_text("{}", "utf-8")
    with Searcher(data) as searcher:
        assert "It is older than the archive: what was added, changed or removed since is not in it." in searcher.notice
        assert searcher.search("ferry").receipt.notices == (searcher.notice,)
        assert f"dateline --data {data} rebuild" in searcher.notice


def test_every_page_says_that_an_older_index_answers_and_says_it_once(apart: Path) -> None:
    (apart / "index" / generations.read_pointer(apart) / generations.MANIFEST).unlink()
    site = client(apart)
    for url in ("/", "/search?q=ferry", "/latest", "/dates", "/dates/2011", "/sources", "/people", "/about", "/help"):
        assert site.get(url).text.count(NOTICE) == 1, url
    assert site.get("/search.json?q=ferry").get_json()["receipt"]["notices"][0].startswith(NOTICE)
    assert site.get("/healthz").get_json()["notice"].startswith(NOTICE)
    build.rebuild(apart)
    for url in ("/", "/search?q=ferry"):
        assert NOTICE not in site.get(url).text


def test_commands_say_that_an_older_index_answers(apart: Path) -> None:
    (apart / "index" / generations.read_pointer(apart) / generations.MANIFEST).unlink()
    assert NOTICE in command(apart, "search", "ferry").output
    assert NOTICE in command(apart, "stats").output
    exported = command(apart, "export", "ferry")
    assert NOTICE in exported.stderr
    assert NOTICE not in exported.stdout


def test_a_server_that_finds_damage_goes_on_with_the_generation_before(apart: Path) -> None:
    with Searcher(apart) as searcher:
        before = searcher.search("ferry").total
        terms = terms_file(apart)
        for name in ("body_loose/gaps0", "body_loose/frequencies0", "body/gaps0", "body/positions0"):
            flip(terms, array_offset(terms, name))
            flip(terms, array_offset(terms, name, 0.1))
        assert searcher.search("lamp harbor").receipt.notices[0].startswith(NOTICE)
        assert searcher.search("ferry").total == before
        assert searcher.backend.state == "gen-000003"
        build.rebuild(apart)
        assert searcher.search("ferry").receipt.notices == ()


def test_what_was_found_damaged_is_not_read_whole_for_every_query(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    terms = terms_file(data)
    with Searcher(data) as searcher:
        flip(terms, array_offset(terms, "body_loose/gaps0"))
        with pytest.raises(IndexDamaged):
            searcher.search("ferry")
        monkeypatch.setattr(generations, "_sha256", lambda path: pytest.fail(f"{path} was read again"))
        for _ in range(3):
            with pytest.raises(IndexDamaged, match=terms.name):
                searcher.search("ferry")
        with pytest.raises(IndexDamaged, match=terms.name):
            Searcher(data)


def test_a_file_put_back_from_a_copy_is_good_again(data: Path, tmp_path: Path) -> None:
    terms = terms_file(data)
    copy = tmp_path / "copy"
    shutil.copyfile(terms, copy)
    with Searcher(data) as searcher:
        expected = searcher.search("ferry")
        searcher.forget()
        flip(terms, array_offset(terms, "body_loose/gaps0"))
        with pytest.raises(IndexDamaged):
            searcher.check()
        shutil.copyfile(copy, terms)
        os.utime(terms, (1e9, 1e9))
        assert searcher.search("ferry") == expected


def test_an_error_of_ours_condemns_no_generation(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def wrong(*_: object) -> None:
        raise ValueError("a slip")

    with Searcher(data) as searcher:
        monkeypatch.setattr("indexer.engine.arrays.evaluate.evaluator.Evaluator.evaluate", wrong)
        with pytest.raises(IndexDamaged, match="refers to places that do not exist"):
            searcher.search("ferry")
        monkeypatch.undo()
        monkeypatch.setattr(block_checksums, "BLOCK_BITS", 8)
        assert searcher.search("ferry").total


def test_a_searcher_that_read_all_of_its_index_checks_nothing_more(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Searcher(data) as searcher:
        searcher.check()
        monkeypatch.setattr(block_checksums.CheckedBlocks, "_matches", lambda *_: pytest.fail("it was checked again"))
        assert searcher.search("ferry lamp").total


@pytest.mark.parametrize("content", ["gen-000001", "gen-000001\n", "gen-000099\n"])
def test_a_pointer_without_a_digest_is_one_of_before(data: Path, content: str) -> None:
    """It leads to an index of another version, or to none; it is cut off nowhere but at its end."""
    (data / "index" / generations.POINTER).write_text(content, "ascii")
    assert generations.read_pointer(data) == content.strip()


def test_every_character_of_the_pointer_and_of_a_manifest_counts(data: Path) -> None:
    pointer = data / "index" / generations.POINTER
    manifest = data / "index" / generations.read_pointer(data) / generations.MANIFEST
    for path, read in ((pointer, generations.read_pointer), (manifest, generations.read_live)):
        for offset in range(path.stat().st_size):
            flip(path, offset, offset % 7)
            with pytest.raises(IndexDamaged):
                read(data)
            flip(path, offset, offset % 7)
        read(data)
    manifest.write_text(manifest.read_text("utf-8").rsplit("\n", 2)[0], "utf-8")  # without its digest
    with pytest.raises(IndexDamaged, match="altered"):
        generations.read_live(data)


def test_an_index_of_before_is_made_anew_by_the_next_add(data: Path, tmp_path: Path) -> None:
    """Its pointer and its manifest have no digests."""
    expected, live = answers(data), data / "index" / generations.read_pointer(data)
    text = (live / generations.MANIFEST).read_text("utf-8").rsplit("\n", 2)[0].replace('"schema": "9"', '"schema": "7"')
    (live / generations.MANIFEST).write_text(text, "utf-8")
    (data / "index" / generations.POINTER).write_text(f"{live.name}\n", "ascii")
    for older in generations.earlier_folders(data):
        shutil.rmtree(older)
    with pytest.raises(IndexDamaged, match="another version of Dateline"):
        Searcher(data)
    assert "made by another version of Dateline, so it was rebuilt" in command(data, "upgrade").output
    assert "made anew" not in command(data, "upgrade").output
    assert_same(answers(data), expected)
    assert command(data, "verify").exit_code == 0


def added(data: Path, folder: Path, count: int = 1) -> None:
    """Add releases that are not there yet; they stand in another folder, so nothing is withdrawn."""
    chooser = random.Random(folder.name)
    for number in range(count):
        (folder / f"new{number}.json").write_text(release(chooser, 900 + number), "utf-8")
    build.add(data, folder)


@pytest.mark.parametrize("where", ["body/gaps0", "id", "digest", "term_starts", "person/values"])
def test_an_update_builds_on_no_damaged_segment(data: Path, folder: Path, where: str) -> None:
    """The segments that it takes over get no new digest for what they are not any more."""
    for path in sorted((data / "index" / generations.read_pointer(data)).glob("*.*")):
        if path.suffix in (".docs", ".terms"):
            for name in ArrayFile(path).names():
                if name.endswith(where) and ArrayFile(path).length(name):
                    flip(path, array_offset(path, name))
                    break
    before = set(generations.read_live(data)[1].segment_files())
    added(data, folder)
    _, manifest = generations.read_live(data)
    assert not before & set(manifest.segment_files())
    assert command(data, "verify").output == "All is well.\n"
    assert len(list((data / "index").glob("gen-*"))) == 1  # the damaged one is of no use to fall back on
    with Searcher(data) as searcher:
        assert searcher.search("title:notice").total == manifest.releases
        assert searcher.notice == ""


def test_an_update_that_finds_nothing_damaged_takes_its_segments_over(data: Path, folder: Path) -> None:
    before = set(generations.read_live(data)[1].segment_files())
    added(data, folder)
    assert before & set(generations.read_live(data)[1].segment_files())
    assert len(list((data / "index").glob("gen-*"))) == 2


def test_a_merge_of_damaged_segments_is_a_rebuild(data: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where it is not the digests of whole files that find it."""
    monkeypatch.setattr(merge, "MERGE_FACTOR", 2)
    terms = min(terms_file(data).parent.glob("*.terms"), key=lambda path: path.stat().st_size)
    flip(terms, array_offset(terms, "body/positions0", 0.3))
    rebuilt: list[Path] = []
    rebuild = build_index.rebuild

    def noted(*given: Any) -> Any:
        rebuilt.append(data)
        return rebuild(*given)

    monkeypatch.setattr(build_index, "rebuild", noted)
    monkeypatch.setattr(generations, "commit_generation", _uncompared(generations.commit_generation))
    added(data, folder)
    assert rebuilt
    assert command(data, "verify").output == "All is well.\n"


def _uncompared(commit: Callable[..., None]) -> Callable[..., None]:
    return lambda *given: commit(*given[:6], None, *given[7:])


def test_a_disk_that_gives_back_something_else_stops_a_rebuild(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = answers(data)
    write = build_index._write_segment

    def spoilt(*given: Any) -> Any:
        entry = write(*given)
        flip(given[1] / f"{entry.name}.docs", array_offset(given[1] / f"{entry.name}.docs", "digest"))
        return entry

    monkeypatch.setattr(build_index, "_write_segment", spoilt)
    result = command(data, "rebuild")
    assert result.exit_code == 9
    assert "read back otherwise" in result.output
    assert answers(data) == expected


def test_what_a_killed_build_left_is_neither_kept_nor_told(data: Path) -> None:
    """A folder without a manifest is no generation to fall back on; it does not push one out that is."""
    live = generations.read_pointer(data)
    generations.create_folder(data)
    assert command(data, "verify").exit_code == 0
    build.rebuild(data)
    assert [path.name for path in generations.earlier_folders(data)] == [live]
    assert command(data, "verify").exit_code == 0
