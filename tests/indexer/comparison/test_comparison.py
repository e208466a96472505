"""Two versions compared, and the excerpts that a list of changes shows."""

from __future__ import annotations

from archive.release import Kind, KnownPerson, Person, PublishedDate, Release, Version
from indexer.comparison import FieldChange, Piece, PieceKind, compare_texts, compare_versions, first_changes


def version(number: int, release: Release, *slugs: str) -> Version:
    people = tuple(KnownPerson(slug.title(), slug) for slug in slugs)
    return Version("abc", number, "", "", "", "text/plain", "utf-8", release, people)


def named(*names: str, kind: Kind = Kind.NAMED) -> tuple[Person, ...]:
    return tuple(Person(name, kind) for name in names)


def test_fields_and_people_are_said_apart_from_the_words() -> None:
    old = Release(
        "Lamp Lit",
        "It burns.",
        PublishedDate(2011, 1),
        "Elsinore",
        "Board",
        "A. Roe",
        people=named("Hiram Pell", "Ada"),
    )
    new = Release("Lamp Out", "It burns no more.", None, "Elsinore", "Town", "", people=named("H. Pell", "Tom Lund"))
    found = compare_versions(version(1, old, "hiram-pell", "ada"), version(3, new, "hiram-pell", "tom-lund"))
    assert (found.old, found.new) == (1, 3)
    assert found.fields == (
        FieldChange("date", "2011-01", ""),
        FieldChange("source", "Board", "Town"),
        FieldChange("byline", "A. Roe", ""),
    )
    assert (found.people_removed, found.people_added) == (("Ada",), ("Tom Lund",))
    assert (found.words_removed, found.words_added, found.marks_changed) == (1, 3, 0)
    assert found.is_title_changed


def test_the_same_release_differs_in_nothing() -> None:
    release = Release("Lamp Lit", "It burns.", people=named("Ada"))
    found = compare_versions(version(1, release, "ada"), version(2, release, "ada"))
    assert (found.fields, found.people_removed, found.people_added) == ((), (), ())
    assert (found.words_removed, found.words_added, found.marks_changed, found.is_title_changed) == (0, 0, 0, False)


def test_marks_are_counted_by_themselves() -> None:
    one, other = Release("It’s on", "“Yes” - he said."), Release("It's on", '"Yes" — he said.')
    found = compare_versions(version(1, one), version(2, other))
    assert (found.words_removed, found.words_added, found.marks_changed) == (0, 0, 3)
    assert not found.is_title_changed


def test_those_the_release_is_not_about_are_left_out_and_bare_surnames_are_not() -> None:
    one = Release("T", "x", people=named("Ann Contact", kind=Kind.CONTACT))
    other = Release("T", "x", people=named("Reid", kind=Kind.UNRESOLVED))
    found = compare_versions(version(1, one, "ann-contact"), version(2, other, "reid"))
    assert (found.people_removed, found.people_added) == ((), ("Reid",))


def words(first: int, last: int) -> str:
    return " ".join(f"w{each}" for each in range(first, last + 1))


def test_excerpts_have_a_few_words_around_each_change() -> None:
    old = words(1, 100)
    new = old.replace("w20 ", "new20 ").replace("w24 ", "").replace("w80 ", "w80 added ")
    first, second = first_changes(compare_texts(old, new), 9)
    assert [(each.kind, each.old, each.new) for each in first] == [
        (PieceKind.SAME, f"… {words(12, 19)} ", f"… {words(12, 19)} "),
        (PieceKind.CHANGED, "w20", "new20"),
        (PieceKind.SAME, f" {words(21, 23)} ", f" {words(21, 23)} "),
        (PieceKind.CHANGED, "w24 ", ""),
        (PieceKind.SAME, f"{words(25, 32)} …", f"{words(25, 32)} …"),
    ]
    assert second[1] == Piece(PieceKind.CHANGED, "", "added ", 0, 1)
    assert second[2].new == f"{words(81, 88)} …"


def test_no_more_changes_are_shown_than_asked_for() -> None:
    old = words(1, 1000)
    new = " ".join(f"x{each}" if each % 100 == 0 else f"w{each}" for each in range(1, 1001))
    excerpts = first_changes(compare_texts(old, new), 3)
    assert [piece.new for each in excerpts for piece in each if piece.kind is PieceKind.CHANGED] == [
        "x100",
        "x200",
        "x300",
    ]
    assert first_changes(compare_texts(old, old), 3) == []
    assert first_changes(compare_texts("a - b", "a – b"), 3) == []
    assert first_changes((), 3) == []


def test_a_long_change_is_cut_and_keeps_its_count() -> None:
    ((change,),) = first_changes(compare_texts("", words(1, 1000)), 3)
    assert change.new_words == 1000
    assert len(change.new) < 700
    assert change.new.endswith(" …")


def test_marks_between_are_those_of_the_new_text() -> None:
    (excerpt,) = first_changes(compare_texts('a "b" or c', "a “b” or d"), 3)
    assert "".join(each.new for each in excerpt) == "a “b” or d"
    assert excerpt[0].old == "a “b” or "
