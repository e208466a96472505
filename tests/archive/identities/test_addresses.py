"""Addresses of people, sources and places lead on: whatever the order, the lists, the readings and the corrections."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from raw_database import raw_database

from archive import apostrophes, ids
from archive.store import Archive
from archive.store.writing import Writer
from indexer.cli import main
from indexer.maintenance import build
from indexer.query import Choice, Filters, NameField
from indexer.search.searcher import Searcher
from web import create_app

Write = Callable[..., Path]

FATHER, SON = "former President George H. W. Bush", "former President George W. Bush"


def release(number: int, names: str, day: str = "May 2, 2007") -> str:
    return f"Library {number} Opens\n\nELSINORE, {day} -- The library was opened by {names} in the afternoon.\n"


def slugs(data: Path) -> dict[str, str]:
    """The addresses of everyone shown, by name."""
    with Archive(data) as archive:
        found = archive.releases(archive.live_ids())
        return {known.name: known.slug for version in found for known, _ in version.shown_people}


def totals(data: Path, **choices: str) -> int:
    filters = Filters()
    for name, value in choices.items():
        filters = filters.with_choice(NameField(name), Choice((value,)))
    with Searcher(data) as searcher:
        return len(searcher.ids("", filters))


@pytest.fixture
def presidents(data: Path, folder: Path, write: Write) -> Path:
    """Two presidents in three releases each, and one release that names neither by an initial."""
    for number in range(3):
        write(f"father{number}.txt", release(number, FATHER, "May 2, 1995"))
        write(f"son{number}.txt", release(number + 3, SON, "May 2, 2007"))
    write("bare.txt", release(9, "George Bush", "May 2, 2016"))
    build.add(data, folder)
    return data


def test_a_shared_slug_means_all_who_share_it(presidents: Path) -> None:
    found = slugs(presidents)
    assert found["George H. W. Bush"] == "george-h-w-bush"
    assert found["George W. Bush"] == "george-w-bush"
    assert found["George Bush"] == "george-bush"
    assert [totals(presidents, person=slug) for slug in ("george-h-w-bush", "george-w-bush", "george-bush")] == [
        3,
        3,
        1,
    ]


def test_the_same_folder_in_any_order_has_the_same_addresses_and_fingerprint(
    tmp_path: Path, presidents: Path, folder: Path
) -> None:
    other, one_by_one = tmp_path / "other", tmp_path / "one by one"
    one_by_one.mkdir()
    for file in sorted(folder.iterdir(), reverse=True):
        (one_by_one / file.name).write_bytes(file.read_bytes())
        build.add(other, one_by_one)
    assert slugs(other) == slugs(presidents)
    with Searcher(other) as one, Searcher(presidents) as two:
        assert one.fingerprint == two.fingerprint


def test_people_who_share_every_spelling_have_the_id_of_a_release_in_their_address(
    data: Path, folder: Path, write: Write
) -> None:
    for number in range(2):
        write(f"a{number}.txt", release(number, "Judge Jane A. Roe", "May 2, 1995"))
        write(f"b{number}.txt", release(number + 2, "Mayor Jane B. Roe", "May 2, 2007"))
        write(f"c{number}.txt", release(number + 4, "Astronaut Jane Roe", "May 2, 2016"))
    build.add(data, folder)
    bare = slugs(data)["Jane Roe"]
    correct = [
        "correct", "jane-roe", "another", "Jane Roe (diver)", "--by", "Lee", "--in", _work(data, "Library 4 Opens")
    ]  # fmt: skip
    assert CliRunner().invoke(main, ["--data", str(data), *correct]).exit_code == 0
    assert bare == "jane-roe"
    assert slugs(data)["Jane Roe (diver)"] == "jane-roe-diver"
    assert totals(data, person="jane-roe") == 1
    work = _work(data, "Library 5 Opens")
    assert totals(data, person=f"jane-roe-{work}") == 1


def _work(data: Path, title: str) -> str:
    with Searcher(data) as searcher:
        (found,) = searcher.ids(f'title:"{title}"')
    return found


def test_every_spelling_leads_to_who_is_spelt_so(data: Path, folder: Path, write: Write) -> None:
    for number, name in enumerate(("Mayor Ada M. Quill", "Mayor Ada Quill", "Mayor Ada Quill")):
        write(f"{number}.txt", release(number, name))
    build.add(data, folder)
    with Archive(data) as archive:
        assert {archive.person(each).slug for each in ("ada-quill", "ada-m-quill")} == {"ada-quill"}  # type: ignore[union-attr]
    client = create_app(data).test_client()
    moved = client.get("/people/ada-m-quill")
    assert (moved.status_code, moved.headers["Location"]) == (302, "/people/ada-quill")
    assert client.get("/people/nobody-at-all").status_code == 404


def test_a_page_of_a_slug_of_several_names_them_all(presidents: Path) -> None:
    with Writer(presidents) as writer, writer.write_transaction() as transaction:
        # As after an older version, which had one address for all of them.
        transaction.db.executemany(
            "INSERT INTO aliases (field, old, now) VALUES ('person', 'old-bush', ?)",
            [("george-w-bush",), ("george-h-w-bush",)],
        )
        transaction.db.execute("INSERT INTO aliases (field, old, now) VALUES ('person', 'no-one', '')")
    client = create_app(presidents).test_client()
    with Archive(presidents) as archive:
        assert len(archive.people_meant("old-bush")) == 1  # the first of what it became that is anybody
    gone = client.get("/people/no-one")
    assert (gone.status_code, "no longer listed as a person" in gone.text) == (410, True)


def test_editing_the_list_of_short_forms_merges_and_splits_with_every_address_alive(
    data: Path, folder: Path, write: Write
) -> None:
    for number, name in enumerate(("Mayor Zedediah Harker", "Mayor Zed Harker")):
        write(f"{number}.txt", release(number, name))
    build.add(data, folder)
    assert set(slugs(data).values()) == {"zed-harker", "zedediah-harker"}
    (data / "lexicon").mkdir()
    (data / "lexicon" / "nicknames.txt").write_text("Zed = Zedediah\n")
    build.reparse_originals(data)
    build.rebuild(data)
    assert set(slugs(data).values()) == {"zedediah-harker"}
    assert totals(data, person="zed-harker") == totals(data, person="zedediah-harker") == 2
    (data / "lexicon" / "nicknames.txt").unlink()
    build.accept(data)
    build.reparse_originals(data)
    build.rebuild(data)
    assert set(slugs(data).values()) == {"zed-harker", "zedediah-harker"}
    assert totals(data, person="zed-harker") == 1


def test_a_source_that_is_called_otherwise_leads_on_in_path_filter_and_correction(
    data: Path, folder: Path, write: Write
) -> None:
    for number in range(3):
        write(
            f"{number}.json",
            f'{{"title": "Notice {number}", "source": "Harbour Bord", "text": "The ferry sails on time."}}',
        )
    build.add(data, folder)
    run = CliRunner()
    done = run.invoke(
        main, ["--data", str(data), "correct", "--source", "Harbour Bord", "name", "Harbor Board", "--by", "Lee"]
    )
    assert done.exit_code == 0, done.output
    assert [totals(data, source=name) for name in ("Harbor Board", "Harbour Bord")] == [3, 3]
    client = create_app(data).test_client()
    moved = client.get("/sources/harbour-bord")
    assert (moved.status_code, moved.headers["Location"]) == (302, "/sources/harbor-board")
    again = run.invoke(
        main, ["--data", str(data), "correct", "--source", "Harbour Bord", "same-as", "Nobody At All", "--by", "Lee"]
    )
    assert again.exit_code != 0
    assert "no source here is called" in again.output
    (data / "corrections.toml").write_text("# none\n")
    build.accept(data)
    assert totals(data, source="Harbour Bord") == 3
    assert totals(data, source="Harbor Board") == 3  # its address was given once


def test_what_is_no_source_leaves_every_release_and_says_so(data: Path, folder: Path, write: Write) -> None:
    write("a.json", '{"title": "Notice", "source": "Harbour Bord", "text": "The ferry sails on time."}')
    build.add(data, folder)
    CliRunner().invoke(main, ["--data", str(data), "correct", "--source", "Harbour Bord", "not-source", "--by", "Lee"])
    with Archive(data) as archive:
        (work,) = archive.live_ids()
        version = archive.version(work)
    assert version
    assert version.release.source == ""
    proof = next(each for each in version.release.evidence if each.field == "source")
    assert (proof.chosen, proof.words, proof.rule.sentence) == (True, "Harbour Bord", "corrected by Lee")
    assert not any(each.chosen for each in version.release.evidence if each.field == "source" and each is not proof)


def test_a_correction_with_a_slug_of_several_is_refused_and_names_them(data: Path, folder: Path, write: Write) -> None:
    for number in range(2):
        write(f"a{number}.txt", release(number, "Judge Jane A. Roe", "May 2, 1995"))
        write(f"b{number}.txt", release(number + 2, "Mayor Jane B. Roe", "May 2, 2007"))
    write("a3.txt", release(5, "Judge Jane Roe", "May 2, 1995"))
    write("b3.txt", release(6, "Mayor Jane Roe", "May 2, 2007"))
    build.add(data, folder)
    refused = CliRunner().invoke(main, ["--data", str(data), "correct", "jane-roe", "name", "J. Roe", "--by", "Lee"])
    assert refused.exit_code != 0
    assert "means 2 people here; choose one: jane-a-roe or jane-b-roe" in refused.output
    assert totals(data, person="jane-roe") == 6
    page = create_app(data).test_client().get("/people/jane-roe")
    assert page.status_code == 200
    assert all(f'href="/people/jane-{letter}-roe"' in page.text for letter in "ab")


def test_what_proves_a_surname_names_the_person_as_they_are_called_in_any_order(
    tmp_path: Path, folder: Path, write: Write
) -> None:
    for number, name in enumerate(("Bob A. Quill", "Bob A. Quill", "Bob Quill", "Bob Quill", "Bob Quill")):
        write(f"{number}.txt", release(number, f"Senator {name}"))
    write("3-surname.txt", "Harbour Opens\n\nELSINORE, May 9, 2007 -- Senator Quill said the water was clear.\n")
    proofs = []
    for data, order in ((tmp_path / "one", 1), (tmp_path / "two", -1)):
        part = tmp_path / f"part{order}"
        part.mkdir()
        for file in sorted(folder.iterdir())[::order]:
            (part / file.name).write_bytes(file.read_bytes())
            build.add(data, part)
        with Archive(data) as archive:
            version = archive.version(_work(data, "Harbour Opens"))
        assert version
        proofs += [e.value for e in version.release.evidence if e.rule.code == "surname-in-archive"]
    assert proofs == ["Bob Quill", "Bob Quill"]


def test_a_damaged_name_of_a_place_is_told_and_not_shown(data: Path, folder: Path, write: Write) -> None:
    write("a.json", '{"title": "Notice", "place": "Elsinor", "text": "The ferry sails on time."}')
    build.add(data, folder)
    CliRunner().invoke(main, ["--data", str(data), "correct", "--place", "Elsinor", "name", "Elsinore", "--by", "Lee"])
    with raw_database(data) as db:
        db.execute("UPDATE value_names SET name = 'Elsewhere'")
    page = create_app(data).test_client().get("/search?q=ferry")
    assert "Elsewhere" not in page.text
    assert "damaged" in page.text


@pytest.mark.parametrize("mark", "ʼʻ")
def test_the_page_of_a_name_whose_apostrophe_was_a_letter_leads_on(
    data: Path, folder: Path, write: Write, monkeypatch: pytest.MonkeyPatch, mark: str
) -> None:
    """An archive of before: of the apostrophes only ' and ’ were left out of slugs and keys."""
    write("a.txt", release(1, f"Senator Sean O{mark}Dwyer"))
    caches = (ids.name_key, ids.surname_key, ids.name_marks, ids._slug_of_word)
    with monkeypatch.context() as before:
        before.setattr(apostrophes, "_MISSPELT", "")
        before.setattr(apostrophes, "_ANY", re.compile("['’]"))
        build.add(data, folder)
        for cache in caches:
            cache.cache_clear()
    assert slugs(data) == {f"Sean O{mark}Dwyer": f"sean-o{mark}dwyer"}
    assert totals(data, person="sean-odwyer") == totals(data, person=f"sean-o{mark}dwyer") == 1
    with raw_database(data, with_checksums=True) as db:
        db.execute("UPDATE versions SET read_by = 'before'")
    build.reparse_originals(data)
    write("b.txt", release(2, "Senator Sean O’Dwyer"))
    build.add(data, folder)
    assert set(slugs(data).values()) == {"sean-odwyer"}
    assert totals(data, person="sean-odwyer") == totals(data, person=f"sean-o{mark}dwyer") == 2
    moved = create_app(data).test_client().get(f"/people/sean-o{mark}dwyer")
    assert (moved.status_code, moved.headers["Location"]) == (302, "/people/sean-odwyer")


def test_the_page_of_a_source_whose_apostrophe_parted_words_leads_on(data: Path, folder: Path, write: Write) -> None:
    write("a.json", '{"title": "Quay Opens", "source": "Xi`an Harbor Board", "text": "The quay is open to all."}')
    build.add(data, folder)
    moved = create_app(data).test_client().get("/sources/xi-an-harbor-board")
    assert (moved.status_code, moved.headers["Location"]) == (302, "/sources/xian-harbor-board")
