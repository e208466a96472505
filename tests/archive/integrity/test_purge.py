"""A purge: every trace of a release gone from disk but its tombstone, and everything else as it was."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import zstandard
from click.testing import CliRunner, Result
from raw_database import raw_database

from archive.corrections import Correction, CorrectionField
from archive.errors import DiskProblem, ReleasePurged, UnknownRelease
from archive.store.archive import Archive
from archive.store.integrity import purge
from archive.store.writing.writer import Writer
from indexer.cli import main
from indexer.maintenance import build, verification
from indexer.maintenance.purge import purge_and_reindex
from indexer.search.searcher import Searcher
from web import create_app

SECRET = "Zanzibarquay"  # stands in no other text, so that its bytes can be looked for on the disk
NAME = "Xavier Quillfeather"
LETTER = f"{SECRET} Letter\n\nPORT ELSINORE, May 2, 1996 -- The {SECRET} letter is lost, said Mayor {NAME}.\n"
LAMP = "Lamp Lit\n\nPORT ELSINORE, May 3, 1996 -- The lamp is lit, said Harbor Master Hiram Pell.\n"

Write = Callable[..., Path]


def run(data: Path, *line: str) -> Result:
    return CliRunner().invoke(main, ["--data", str(data), *line])


@pytest.fixture
def letter(data: Path, folder: Path, write: Write) -> str:
    """An archive of a letter with corrections, and of another release; the letter's id."""
    write("lamp.txt", LAMP)
    build.add(data, folder)
    write("letter.txt", LETTER)
    build.add(data, folder)
    with Archive(data) as archive:
        (work,) = [v.work for v in archive.releases(archive.live_ids()) if SECRET in v.release.title]
        (other,) = [each for each in archive.live_ids() if each != work]
    build.correct(data, Correction(CorrectionField.PLACE, f"{SECRET} Harbor", "T. Test", release=work))
    build.correct(data, Correction(CorrectionField.PLACE, "Lanternholm", "T. Test", release=other))
    build.correct(data, Correction(CorrectionField.SOURCE, f"{SECRET} Board", "T. Test", release=work))
    return work


def traces(data: Path, *words: str) -> list[str]:
    """The files of a data directory in which one of the words stands, in any case, in whatever is unpacked."""
    found = [
        str(path.relative_to(data))
        for path in sorted(data.rglob("*"))
        if path.is_file() and any(word.lower().encode() in path.read_bytes().lower() for word in words)
    ]
    with Archive(data) as archive:
        texts = [archive.version(work) for work in archive.live_ids()]
        originals = [archive.original(version.digest) for version in texts if version]
    found += ["an original" for held in originals if held and any(word.encode() in held for word in words)]
    return found


def test_nothing_of_it_is_left_on_disk(data: Path, letter: str) -> None:
    assert len(traces(data, SECRET, NAME)) > 3  # it can be seen where it stands
    result = run(data, "purge", letter, "--reason", "court order of 3 May 2026")
    assert result.exit_code == 0, result.output
    assert "Earlier backups still hold it" in result.output
    assert traces(data, SECRET, NAME, "xavier-quillfeather") == []
    assert verification.verify_all(data) == verification.VerifyReport((), ())
    with raw_database(data) as db:
        assert db.execute("PRAGMA freelist_count").fetchone() == (0,)
        assert db.execute("SELECT id, number, reason FROM purged").fetchall() == [
            (letter, 1, "court order of 3 May 2026")
        ]
    assert not any(path.stat().st_size for path in data.glob("archive.db-wal"))
    assert len(list((data / "index").glob("gen-*"))) == 1


def test_everything_else_is_as_it_was(data: Path, letter: str) -> None:
    with Searcher(data) as searcher:
        (lamp,) = searcher.ids("lamp")
        before = searcher.version(lamp)
    assert run(data, "purge", letter, "--reason", "x").exit_code == 0
    with Searcher(data) as searcher:
        assert searcher.version(lamp) == before
        assert searcher.ids("") == [lamp]
    text = (data / "corrections.toml").read_text("utf-8")
    assert text.count("[[correction]]") == 1
    assert "Lanternholm" in text
    assert text.startswith("# Corrections")


def test_its_addresses_say_that_it_was_removed(data: Path, letter: str) -> None:
    client = create_app(data).test_client()
    assert client.get(f"/release/{letter}/v1").status_code == 200
    assert run(data, "purge", letter, "--reason", "court order <3>").exit_code == 0
    with Archive(data) as archive:
        (day,) = {row["at"][:10] for row in archive.select("SELECT at FROM purged")}
    for address in ("", "/lost-letter", "/v1", "/v7", ".json", "/original", "/original?v=1"):
        answer = client.get(f"/release/{letter}{address}")
        assert answer.status_code == 410, address
        assert SECRET not in answer.text
        if address not in ("", "/v7"):
            assert letter in answer.text
            assert day in answer.text
            assert ("court order &lt;3&gt;" if not address.endswith(".json") else "court order <3>") in answer.text
    assert client.get(f"/release/{letter}.json").get_json()["status"] == 410
    assert client.get("/release/0000000000").status_code == 404
    for command in ("show", "explain"):
        result = run(data, command, letter)
        assert (result.exit_code, "was removed" in result.output) == (8, True)


def test_one_version_goes_and_the_others_stay(data: Path, folder: Path, write: Write, letter: str) -> None:
    write("letter.txt", "Letter Found\n\nThe letter is found.\n")
    build.add(data, folder)
    build.correct(data, Correction(CorrectionField.BYLINE, "V. Two", "T. Test", release=letter, version=2))
    build.correct(data, Correction(CorrectionField.BYLINE, "V. One", "T. Test", release=letter, version=1))
    assert run(data, "purge", letter, "--reason", "private", "--version", "1").exit_code == 0
    client = create_app(data).test_client()
    assert client.get(f"/release/{letter}/v1").status_code == 410
    assert client.get(f"/release/{letter}/v2").status_code == 200
    assert client.get(f"/release/{letter}", follow_redirects=True).status_code == 200
    with Archive(data) as archive:
        version = archive.find_version(letter)
        assert (version.number, version.release.byline, version.live) == (2, "V. Two", True)
        assert [each.number for each in archive.versions(letter)] == [2]
        with pytest.raises(ReleasePurged):
            archive.find_version(letter, 1)
    assert "V. One" not in (data / "corrections.toml").read_text("utf-8")
    # A correction of all its versions stays: it holds of what is left.
    assert traces(data, NAME, f"the {SECRET} letter is lost") == []
    assert verification.verify_all(data) == verification.VerifyReport((), ())


def test_where_the_current_version_goes_the_one_before_stands(
    data: Path, folder: Path, write: Write, letter: str
) -> None:
    write("letter.txt", "Letter Found\n\nThe letter is found.\n")
    build.add(data, folder)
    assert run(data, "purge", letter, "--reason", "private", "--version", "2").exit_code == 0
    with Archive(data) as archive:
        version = archive.find_version(letter)
        assert (version.number, version.live) == (1, False)  # its bytes stand nowhere
    assert verification.verify_all(data) == verification.VerifyReport((), ())


def test_what_is_not_there_cannot_be_purged(data: Path, letter: str) -> None:
    for line in (("0000000000", "--reason", "x"), (letter, "--reason", "x", "--version", "9")):
        result = run(data, "purge", *line)
        assert result.exit_code == 8
        assert "There is no release" in result.output
    assert run(data, "purge", letter).exit_code == 2
    assert run(data, "purge", letter, "--reason", " ").exit_code == 2
    with Searcher(data) as searcher:
        assert searcher.search("").total == 2
    with Writer(data) as archive, pytest.raises(UnknownRelease):
        purge.find_release_to_purge(archive, "zzzzzzzzzz")
    with Searcher(data) as searcher:
        assert searcher.search("").total == 2


@pytest.mark.parametrize("step", ["people_files.apply", "overwrite_free_pages", "open_engine"])
def test_what_was_stopped_half_way_is_finished_by_the_same_command(
    data: Path, letter: str, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(f"indexer.maintenance.purge.{step}", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            purge_and_reindex(data, letter, None, "x")
    result = run(data, "purge", letter, "--reason", "x")
    assert result.exit_code == 0
    assert "had already been removed" in result.output
    assert traces(data, SECRET, NAME) == []
    assert verification.verify_all(data) == verification.VerifyReport((), ())


def test_a_log_that_is_read_on_is_said(data: Path, letter: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("archive.store.integrity.purge.LOG_TIMEOUT_S", 0.1)
    with raw_database(data) as db:
        db.execute("BEGIN")
        db.execute("SELECT count(*) FROM works").fetchone()
        with pytest.raises(DiskProblem, match="being read"):
            purge_and_reindex(data, letter, None, "x")
    purge_and_reindex(data, letter, None, "x")
    assert traces(data, SECRET, NAME) == []


def test_a_server_goes_on_answering(data: Path, letter: str) -> None:
    client = create_app(data).test_client()
    assert client.get(f"/search?q={SECRET}").text.count(letter) > 0
    purge_and_reindex(data, letter, None, "x")
    page = client.get(f"/search?q={SECRET}")
    assert page.status_code == 200
    assert letter not in page.text
    assert "1 release" in client.get("/search?q=lamp").text


def test_the_same_bytes_are_not_taken_in_again_unless_asked_for(
    data: Path, folder: Path, write: Write, letter: str
) -> None:
    assert run(data, "purge", letter, "--reason", "court order").exit_code == 0
    write("copy of it.txt", LETTER)
    result = run(data, "add", str(folder))
    assert "removed from this archive" in result.output
    assert f"--restore-purged {letter}" in result.output
    assert "court order" in run(data, "stats", "--skipped").output
    (folder / "letter.txt").touch()
    build.add(data, folder)
    assert traces(data, SECRET, NAME) == []
    with Searcher(data) as searcher:
        assert searcher.search("").total == 1
    result = run(data, "add", str(folder), "--restore-purged", letter)
    assert result.exit_code == 0
    client = create_app(data).test_client()
    page = client.get(f"/release/{letter}", follow_redirects=True)
    assert page.status_code == 200
    assert SECRET in page.text
    assert client.get(f"/release/{letter}/v1").status_code == 200
    assert verification.verify_all(data) == verification.VerifyReport((), ())
    with Archive(data) as archive:
        assert len(archive.locations(archive.find_version(letter))) == 2
    assert build.add(data, folder)[0].opened == 0
    result = run(data, "add", str(folder), "--restore-purged", letter)
    assert result.exit_code == 8


def test_a_version_comes_back_at_its_own_address(data: Path, folder: Path, write: Write, letter: str) -> None:
    write("letter.txt", "Letter Found\n\nThe letter is found.\n")
    build.add(data, folder)
    run(data, "purge", letter, "--reason", "all of it")
    build.add(data, folder)
    result = run(data, "add", str(folder), "--restore-purged", letter)
    assert "does not hold" not in result.output
    client = create_app(data).test_client()
    assert client.get(f"/release/{letter}/v2").status_code == 200
    assert client.get(f"/release/{letter}/v1").status_code == 410
    write("letter.txt", "Letter Lost Again\n\nThe letter is lost again.\n")
    build.add(data, folder)
    assert client.get(f"/release/{letter}/v3").status_code == 200  # no number is given twice
    assert verification.verify_all(data) == verification.VerifyReport((), ())


def test_what_the_folder_does_not_hold_stays_removed(data: Path, folder: Path, letter: str) -> None:
    run(data, "purge", letter, "--reason", "x")
    (folder / "letter.txt").unlink()
    result = run(data, "add", str(folder), "--restore-purged", letter)
    assert result.exit_code == 0
    assert "stays removed" in result.output
    assert create_app(data).test_client().get(f"/release/{letter}").status_code == 410


def test_a_record_of_a_file_of_many_goes_alone(data: Path, folder: Path, write: Write) -> None:
    line = '{"id": %d, "title": "Notice %s", "text": "The %s lamp is lit, said Hiram Pell."}\n'
    words = {1: "first", 2: SECRET, 3: "third"}
    write("many.jsonl", "".join(line % (number, word, word) for number, word in words.items()))
    build.add(data, folder)
    with Searcher(data) as searcher:
        (work,) = searcher.ids(SECRET)
    run(data, "purge", work, "--reason", "x")
    words[3] = "changed"
    write("many.jsonl", "".join(line % (number, word, word) for number, word in words.items()))
    report = build.add(data, folder)[0]
    assert [remark.place for remark in report.remarks if remark.skipped] == ["2"]
    assert traces(data, SECRET) == []
    with Searcher(data) as searcher:
        assert searcher.search("lamp").total == 2
    assert verification.verify_all(data) == verification.VerifyReport((), ())


def split_letter(data: Path, folder: Path, write: Write, letter: str) -> str:
    """Let version 2 of the letter become a work of its own; its id."""
    write("letter.txt", "Letter Found\n\nThe letter is found.\n")
    build.add(data, folder)
    write("copy.txt", LETTER)
    build.add(data, folder)
    with Archive(data) as archive:
        now = archive.moved_to(letter, 2)
    assert now
    return now[0]


def test_what_an_address_leads_to_is_purged(data: Path, folder: Path, write: Write, letter: str) -> None:
    new = split_letter(data, folder, write, letter)
    build.correct(data, Correction(CorrectionField.BYLINE, "Old Address", "T. Test", release=letter, version=2))
    assert run(data, "purge", letter, "--version", "2", "--reason", "x").exit_code == 0
    client = create_app(data).test_client()
    assert [client.get(f"/release/{address}").status_code for address in (f"{letter}/v2", new)] == [410, 410]
    assert client.get(f"/release/{letter}/v1").status_code == 200
    assert traces(data, "Old Address", "letter is found") == []
    run(data, "add", str(folder), "--restore-purged", letter)
    assert client.get(f"/release/{letter}/v2", follow_redirects=True).status_code == 200
    assert verification.verify_all(data) == verification.VerifyReport((), ())


def test_a_purge_leaves_what_became_a_work_of_its_own(data: Path, folder: Path, write: Write, letter: str) -> None:
    new = split_letter(data, folder, write, letter)
    build.correct(data, Correction(CorrectionField.BYLINE, "Old Address", "T. Test", release=letter, version=2))
    assert run(data, "purge", letter, "--reason", "x").exit_code == 0
    client = create_app(data).test_client()
    assert client.get(f"/release/{letter}/v2", follow_redirects=True).status_code == 200
    assert client.get(f"/release/{letter}").status_code == 410
    with Archive(data) as archive:
        assert archive.find_version(new).release.byline == "Old Address"


def test_a_restored_version_keeps_its_number(data: Path, folder: Path, write: Write) -> None:
    texts = {word: f"Notice of the {word}\n\nThe {word} is here.\n" for word in ("walrus", "quokkas", "ibex")}
    for text in texts.values():
        write("a.txt", text)
        build.add(data, folder)
    with Archive(data) as archive:
        (work,) = archive.live_ids()
        digests = {each.number: each.digest for each in archive.versions(work)}
    for number in (2, 3):
        assert run(data, "purge", work, "--version", str(number), "--reason", "x").exit_code == 0
    write("b.txt", texts["quokkas"])
    run(data, "add", str(folder), "--restore-purged", work)
    client = create_app(data).test_client()
    for number in (2, 3):
        assert client.get(f"/release/{work}/v{number}", follow_redirects=True).status_code == 200
        with Archive(data) as archive:
            assert archive.find_version(work, number).digest == digests[number]
    assert verification.verify_all(data) == verification.VerifyReport((), ())


@pytest.mark.parametrize("there", [True, False])
def test_corrections_of_it_alone_leave_no_copy(data: Path, folder: Path, write: Write, there: bool) -> None:
    write("letter.txt", LETTER)
    build.add(data, folder)
    with Archive(data) as archive:
        (work,) = archive.live_ids()
    for field in (CorrectionField.PLACE, CorrectionField.SOURCE):
        build.correct(data, Correction(field, f"{SECRET} Harbor", "T. Test", release=work))
    build.correct(data, Correction(CorrectionField.NAME, f"{NAME} the Elder", "T. Test", person="xavier-quillfeather"))
    if not there:
        (data / "corrections.toml").unlink()
    assert run(data, "purge", work, "--reason", "x").exit_code == 0
    with raw_database(data) as db:
        kept = [zstandard.decompress(content) for (content,) in db.execute("SELECT content FROM applied")]
    assert not any(SECRET.encode() in content or NAME.encode() in content for content in kept)
    assert traces(data, SECRET, NAME) == []
    assert verification.verify_all(data) == verification.VerifyReport((), ())
    (folder / "letter.txt").unlink()
    build.add(data, folder)
    assert traces(data, "letter.txt") == []
