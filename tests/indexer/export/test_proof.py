"""Proofs: what the file holds, that others can check it, that it says what is missing and what it does not prove."""

from __future__ import annotations

import hashlib
import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from page_reader import read
from raw_database import raw_database

from archive.errors import ReleasePurged
from archive.store import Archive
from indexer.cli import main
from indexer.comparison import Passage
from indexer.errors import PassageNotFound
from indexer.export.proof import make_proof, write_proof
from indexer.export.proof.version_record import USUAL_LIMITS, Limits
from indexer.maintenance import build, purge_and_reindex

TEXTS = (
    "The ferry <b>sails</b> today, said Ada Quill.",
    "The ferry does not sail, said Ada Quill.",
    "The ferry does not sail, said Ada Quill. It sank.",
)


def release(number: int) -> str:
    return f"Ferry “Gannet” & Crew\n\nLISBON, May 2, 2004 -- {TEXTS[number - 1]}\n"


@pytest.fixture(scope="module")
def edited(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """An archive with one release of three versions, and its id. Not to be written to."""
    home = tmp_path_factory.mktemp("edited")
    file, data = home / "in" / "port" / "ferry.txt", home / "data"
    file.parent.mkdir(parents=True)
    for number in (1, 2, 3):
        file.write_text(release(number), "utf-8")
        build.add(data, home / "in")
    with Archive(data) as archive:
        (work,) = archive.live_ids()
    return data, work


@pytest.fixture
def own(edited: tuple[Path, str], tmp_path: Path) -> tuple[Path, str]:
    """A copy of it that may be changed."""
    return Path(shutil.copytree(edited[0], tmp_path / "data")), edited[1]


def prove(data: Path, work: str, number: int | None = None, words: str = "", limits: Limits = USUAL_LIMITS) -> bytes:
    with Archive(data) as archive:
        return b"".join(
            write_proof(make_proof(archive, work, number, Passage(words) if words else None, limits=limits))
        )


def members(content: bytes) -> dict[str, bytes]:
    """The members by name, without the folder that all of them lie in."""
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        (top,) = {name.split("/")[0] for name in file.namelist()}
        return {name.removeprefix(f"{top}/"): file.read(name) for name in file.namelist()}


def texts(content: bytes) -> dict[str, str]:
    return {name: part.decode() for name, part in members(content).items()}


def run(data: Path, *line: str) -> Result:
    return CliRunner().invoke(main, ["--data", str(data), "proof", *line])


def test_it_holds_the_bytes_and_the_text_of_every_version(edited: tuple[Path, str]) -> None:
    data, work = edited
    found = members(prove(data, work))
    for number in (1, 2, 3):
        assert found[f"originals/{work}-v{number}.txt"] == release(number).encode()
        assert TEXTS[number - 1] in found[f"texts/{work}-v{number}.txt"].decode()
    assert [name for name in found if name.startswith("changes/")] == [
        f"changes/{work}-v{old}-to-v{old + 1}{suffix}" for old in (1, 2) for suffix in (".txt", ".html")
    ]


def test_sha256sum_checks_it_and_sees_what_was_changed(edited: tuple[Path, str], tmp_path: Path) -> None:
    if not shutil.which("sha256sum"):
        pytest.skip("there is no sha256sum here")
    data, work = edited
    content = prove(data, work, 2, "does not sail")
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        file.extractall(tmp_path)
    folder = tmp_path / f"dateline-{work}-v2-proof"
    check = ["sha256sum", "--strict", "-c", "SHA256SUMS"]
    checked = subprocess.run(check, cwd=folder, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked
    files = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    assert {line.split(":")[0] for line in checked.stdout.splitlines()} == files - {"SHA256SUMS"}
    (folder / "originals" / f"{work}-v1.txt").write_text(release(1).replace("sails", "sank"), "utf-8")
    assert subprocess.run(check, cwd=folder, capture_output=True, check=False).returncode == 1


def test_the_same_archive_gives_the_same_bytes(edited: tuple[Path, str], own: tuple[Path, str]) -> None:
    assert prove(*edited, 2, "Ada Quill") == prove(*own, 2, "Ada Quill")
    with zipfile.ZipFile(io.BytesIO(prove(*own))) as file:
        assert {each.date_time for each in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize(
    ("number", "words", "marked"),
    [
        (1, "ferry", ["ferry"]),  # the one in the headline is another word: case counts
        (2, "the “ferry” does", []),
        (2, "ferry  does NOT", []),
        (2, "ferry,\ndoes -- not", ["ferry does not"]),
        (3, "It sank.", ["It sank"]),
        (1, "sails</b> today", ["sails</b> today"]),
        (3, "“Gannet” & Crew", ["Gannet” & Crew"]),
        (1, "Crew LISBON", ["Crew", "LISBON"]),  # from the headline into the text
        (3, "Quill", ["Quill"]),
    ],
)
def test_the_passage_is_marked_where_it_stands(
    edited: tuple[Path, str], number: int, words: str, marked: list[str]
) -> None:
    if not marked:
        with pytest.raises(PassageNotFound):
            prove(*edited, number, words)
        return
    found = texts(prove(*edited, number, words))
    page = read(found["cited.html"])
    assert page.marks == marked
    assert page.mistakes == []
    begin, end = map(int, re.findall(r"characters (\d+) to (\d+)", found["cited.txt"])[0])
    exact = found[f"texts/{edited[1]}-v{number}.txt"][begin:end]
    assert f">>>{exact}<<<" in found["cited.txt"]
    assert exact.split() == " ".join(marked).split()


def test_every_place_of_the_passage_is_marked(data: Path, folder: Path, write: Callable[..., Path]) -> None:
    write("a.txt", "Fog Fog Fog\n\nLISBON, May 2, 2004 -- Fog Fog lifts.\n")
    build.add(data, folder)
    with Archive(data) as archive:
        (work,) = archive.live_ids()
    found = texts(prove(data, work, words="Fog Fog"))
    assert read(found["cited.html"]).marks == ["Fog Fog Fog", "Fog Fog"]  # two places of three words are one mark
    assert found["cited.txt"].count(">>>Fog") == 2
    assert "at 2 places" in found["cited.txt"]


def test_a_word_that_is_everywhere_is_marked_everywhere(data: Path, folder: Path, write: Callable[..., Path]) -> None:
    write("a.txt", f"Tide Table\n\nLISBON, May 2, 2004 -- {'tide rises. ' * 30}\n")
    build.add(data, folder)
    with Archive(data) as archive:
        (work,) = archive.live_ids()
    found = texts(prove(data, work, words="tide"))
    assert found["cited.txt"].count(">>>tide<<<") == 30
    assert "and 10 more, counted from 0" in found["cited.txt"]


def test_the_same_words_at_another_place_are_told_apart(edited: tuple[Path, str]) -> None:
    data, work = edited
    with Archive(data) as archive:
        made = make_proof(archive, work, 3, Passage("Quill", "said Ada", "It sank"))
        history = texts(b"".join(write_proof(made)))["history.txt"]
        assert history.count("in this version") == 3
        made = make_proof(archive, work, 3, Passage("said", None, "Ada Quill. It"))
        history = texts(b"".join(write_proof(made)))["history.txt"]
    assert history.count("not at this place; the same words are elsewhere in it") == 2


def test_nothing_in_a_page_is_run_or_loaded(data: Path, folder: Path, write: Callable[..., Path]) -> None:
    script = "<script>alert(1)</script> & <img src=http://example.org/x>"
    for words in (script, f"{script} \u202egnorw {{title}}"):
        write("a.txt", f"Ferry {script}\n\nLISBON, May 2, 2004 -- {words} said.\n")
        build.add(data, folder)
    with Archive(data) as archive:
        (work,) = archive.live_ids()
    pages = [text for name, text in texts(prove(data, work)).items() if name.endswith(".html")]
    assert len(pages) == 2
    for page in pages:
        assert not {"<script", "<img", "\u202e"} & set(re.findall(r"<script|<img|\u202e", page))
        assert "{title}" in page
        assert read(page).links == []
        assert read(page).mistakes == []


def test_changes_are_word_by_word(edited: tuple[Path, str]) -> None:
    data, work = edited
    found = texts(prove(data, work))
    text, page = (found[f"changes/{work}-v1-to-v2{suffix}"] for suffix in (".txt", ".html"))
    assert "The ferry [-<b>sails</b> today-]{+does not sail+}, said Ada Quill." in text
    assert "<del>&lt;b&gt;sails&lt;/b&gt; today</del><ins>does not sail</ins>" in page
    assert read(page).mistakes == []


def test_the_history_says_when_and_where_it_was_seen(edited: tuple[Path, str]) -> None:
    data, work = edited
    found = texts(prove(data, work, 2, "does not sail"))
    with Archive(data) as archive:
        versions = archive.versions(work)
    _, _, first, second, third = found["history.txt"].split("\n\n")[-5:]
    for text, version in zip((first, second, third), versions, strict=True):
        digest = hashlib.sha256(release(version.number).encode()).hexdigest()
        assert text.startswith(f"Version {version.number}\n")
        assert digest in text
        assert f"First seen  {version.added[:10]} {version.added[11:19]} UTC" in text
        assert "Found in    port/ferry.txt" in text
        assert ("(no longer there)" in text) is not version.current
    assert "not in this version" in first
    assert "Passage     in this version" in second
    assert f"before {versions[2].added[:10]}" in second
    assert "when version 3 was first seen" in second
    assert "when its folder was last looked at" in third
    assert str(data.parent) not in "".join(found.values())


def test_a_saved_page_tells_the_address_it_was_saved_from(data: Path, folder: Path, write: Callable[..., Path]) -> None:
    page = (
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://port.example/fog\r\nSubject: Fog\r\n"
        'MIME-Version: 1.0\r\nContent-Type: multipart/related; type="text/html"; boundary="b"\r\n\r\n--b\r\n'
        "Content-Type: text/html\r\nContent-Location: https://port.example/fog\r\n\r\n<html><title>Fog</title>"
        "<body><h1>Fog Signal Moved</h1><p>LISBON, May 2, 2004 -- The fog signal was moved to the mole today.</p>"
        "</body></html>\r\n--b--\r\n"
    )
    write("fog.mhtml", page)
    build.add(data, folder)
    with Archive(data) as archive:
        (work,) = archive.live_ids()
    history = texts(prove(data, work))["history.txt"]
    assert "Found in    fog.mhtml\n" in history
    assert "Saved from  https://port.example/fog, as the file says" in history


def test_coverage_and_citation_are_those_of_the_source(sample_data: Path) -> None:
    with Archive(sample_data) as archive:
        works = archive.current(archive.live_ids())
    one = next(each for each in works.values() if each.release.source == "Norland Senate Press Office")
    number = sum(each.release.source == one.release.source for each in works.values())
    found = texts(prove(sample_data, one.work))
    assert f"Norland Senate Press Office: {number} releases" in found["coverage.txt"]
    assert f"All sources: {len(works)} releases" in found["coverage.txt"]
    assert one.release.title in found["citation.txt"]
    for suffix in ("bib", "ris", "csl.json"):
        assert one.work in found[f"citation.{suffix}"]


def test_every_release_of_the_sample_has_a_proof(sample_data: Path) -> None:
    with Archive(sample_data) as archive:
        for version in archive.releases(archive.live_ids()):
            made = make_proof(archive, version.work)
            found = members(b"".join(write_proof(made)))
            assert made.damaged == []
            for name in ("README.txt", "cited.txt", "history.txt", "coverage.txt"):
                assert found[name].decode().endswith("\n")
            assert read(found["cited.html"].decode()).mistakes == []
            for digest, name in (line.split("  ") for line in found["SHA256SUMS"].decode().splitlines()):
                assert hashlib.sha256(found[name]).hexdigest() == digest


def test_the_readme_says_what_it_does_not_prove(edited: tuple[Path, str]) -> None:
    readme = texts(prove(*edited))["README.txt"]
    missing = re.split(r"WHAT IT DOES NOT PROVE", readme)[1]
    for words in ("Who made the file", "published", "clock"):
        assert words in missing
    assert "WHAT IS MISSING" not in readme
    for name in members(prove(*edited)):
        assert name == "README.txt" or re.split(r"[/.]", name)[0] in readme, name


def test_a_damaged_original_is_said_and_never_packed(own: tuple[Path, str], tmp_path: Path) -> None:
    data, work = own
    with raw_database(data) as db:
        db.execute(
            "UPDATE originals SET content = zeroblob(40) "
            "WHERE version IN (SELECT version FROM versions WHERE number = 2)"
        )
    content = prove(data, work)
    found = texts(content)
    assert f"originals/{work}-v2.txt" not in found
    assert f"texts/{work}-v2.txt" in found
    assert "DAMAGED in the archive, and therefore not here: the original of version 2" in found["README.txt"]
    assert "DAMAGED" in found["history.txt"]
    result = run(data, work, "--output", str(tmp_path / "p.zip"))
    assert result.exit_code == 6
    assert "version 2" in result.stderr
    assert (tmp_path / "p.zip").read_bytes() == content


def test_a_damaged_version_is_said_and_the_others_are_proved(own: tuple[Path, str]) -> None:
    data, work = own
    with raw_database(data) as db:
        db.execute("UPDATE versions SET title = 'Ferry Sank' WHERE number = 1")
    found = texts(prove(data, work, 3, "It sank"))
    assert "Version 1. It is damaged" in found["README.txt"]
    assert f"texts/{work}-v1.txt" not in found
    assert f"changes/{work}-v2-to-v3.txt" in found
    assert run(data, work, "--version", "1").exit_code == 4


def test_a_purged_version_leaves_its_tombstone(own: tuple[Path, str]) -> None:
    data, work = own
    purge_and_reindex(data, work, 2, "asked for by <the port>")
    found = texts(prove(data, work))
    for name in ("README.txt", "history.txt"):
        assert "It was removed from the archive on" in found[name]
        assert "Reason: asked for by <the port>" in found[name]
    assert f"changes/{work}-v1-to-v3.txt" in found
    with pytest.raises(ReleasePurged):
        prove(data, work, 2)
    assert run(data, work, "--version", "2").exit_code == 8


def test_a_withdrawn_release_has_a_proof(data: Path, folder: Path, write: Callable[..., Path]) -> None:
    kept = write("b.txt", "Fog\n\nLISBON, May 3, 2004 -- The fog stays.\n")
    gone = write("a.txt", release(1))
    build.add(data, folder)
    with Archive(data) as archive:
        works = set(archive.live_ids())
    gone.unlink()
    build.add(data, folder)
    with Archive(data) as archive:
        (work,) = works - set(archive.live_ids())
    assert kept.exists()
    found = texts(prove(data, work))
    assert "Withdrawn   it stands in no added folder any more, noticed 20" in found["history.txt"]
    assert re.search(r"Last seen +before 20", found["history.txt"])
    assert "This release is withdrawn" in found["cited.txt"]
    assert found[f"originals/{work}-v1.txt"] == release(1)


def test_a_version_that_is_a_release_of_its_own_is_proved_there(
    data: Path, folder: Path, write: Callable[..., Path]
) -> None:
    write("a.txt", release(1))
    build.add(data, folder)
    with Archive(data) as archive:
        (work,) = archive.live_ids()
    write("a.txt", release(3))
    build.add(data, folder)
    write("b.txt", release(1))  # the old bytes come back, beside the new ones
    build.add(data, folder)
    with Archive(data) as archive:
        made = make_proof(archive, work, 2)
        other = made.version.work
        assert other != work
        assert made.name == f"dateline-{other}-v1-proof"
    found = texts(prove(data, work))
    assert f"release {other}, version 1" in found["history.txt"]


def test_corrections_are_told(own: tuple[Path, str]) -> None:
    data, work = own
    line = ["--data", str(data), "correct", work, "place", "Porto", "--by", "R. Lee", "--reason", "misprint"]
    assert CliRunner().invoke(main, line).exit_code == 0
    assert re.search(r"place is Porto, was \w+; by R. Lee \(misprint\)", texts(prove(data, work))["history.txt"])


def test_of_many_versions_the_proved_one_its_forerunner_the_first_and_the_newest_are_packed(
    data: Path, folder: Path, write: Callable[..., Path]
) -> None:
    for number in range(1, 9):
        write("a.txt", f"Tide Table\n\nLISBON, May 2, 2004 -- {'High ' * number}water.\n")
        build.add(data, folder)
    with Archive(data) as archive:
        (work,) = archive.live_ids()
    found = texts(prove(data, work, 4, "High", Limits(versions=3)))
    assert [name for name in found if name.startswith("texts/")] == [f"texts/{work}-v{n}.txt" for n in (1, 3, 4, 8)]
    assert "Left out because there are so many: version 2, 5, 6, 7." in found["README.txt"]
    assert found["history.txt"].count("SHA-256     ") == 8
    assert found["history.txt"].count("Passage     in this version") == 8
    few = texts(prove(data, work, 4, limits=Limits(original_bytes=len(found[f"originals/{work}-v8.txt"]) + 5)))
    assert [name for name in few if name.startswith("originals/")] == [f"originals/{work}-v{n}.txt" for n in (4, 8)]
    assert "the original of version 1, 2, 3, 5, 6, 7." in few["README.txt"]


def test_the_command_writes_the_file_and_prints_its_name(
    edited: tuple[Path, str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    data, work = edited
    monkeypatch.chdir(tmp_path)
    result = run(data.resolve(), work.upper(), "does", "not sail", "--version", "2")
    assert (result.exit_code, result.output) == (0, f"dateline-{work}-v2-proof.zip\n")
    assert (tmp_path / f"dateline-{work}-v2-proof.zip").read_bytes() == prove(data, work, 2, "does not sail")
    assert run(data, work, "--url", "https://port.example", "--output", "p.zip").exit_code == 0
    assert f"https://port.example/release/{work}/v3" in texts((tmp_path / "p.zip").read_bytes())["citation.txt"]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (("does not sail", "--version", "1"), "They are in versions 2, 3: ask for one of these."),
        (("sails",), "They are in version 1: ask for one of these."),
        (("the bridge",), "nor in any other that is kept"),
        (("...",), "nor in any other"),
        (("--version", "9"), "There is no release"),
    ],
)
def test_what_is_not_there_ends_with_8_and_writes_nothing(
    edited: tuple[Path, str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, line: tuple[str, ...], words: str
) -> None:
    data, work = edited
    monkeypatch.chdir(tmp_path)
    result = run(data.resolve(), work, *line)
    assert result.exit_code == 8
    assert words in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_blank_passage_is_none(edited: tuple[Path, str], tmp_path: Path) -> None:
    data, work = edited
    assert run(data, work, "  ", "--output", str(tmp_path / "p.zip")).exit_code == 0
    assert (tmp_path / "p.zip").read_bytes() == prove(data, work)
