"""The whole of the extraction: what holds for any record, and a few whole releases."""

from __future__ import annotations

import datetime
import re
from collections import Counter

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from archive.extract import read_release
from archive.readers import records
from archive.release import Kind, Part, Record, Release, Stated
from archive.rules import rule

TODAY = datetime.date(2016, 6, 1)
FIELDS = ("title", "date", "place", "person", "role", "source", "byline", "url", "language", "number")

WIRE = """FOR IMMEDIATE RELEASE
March 3, 2010

Harbor Board Opens the Old Quay

PORT ANSON, March 3, 2010 — The old quay will open on Friday, Harbor Board President Ada Lindqvist said.

“It holds,” Lindqvist told reporters. Engineer Tomas Reyes, 42, measured it twice.

Contact: Walter Prynne, (555) 014-2200

About the Harbor Board: The Harbor Board was founded by Silas Boon in 1871.
"""


def record(text: str, *stated: tuple[str, str]) -> Record:
    return Record(
        text,
        text.encode("utf-8", "replace"),
        "text/plain",
        stated=tuple(Stated(f, v, rule("json-key", name="field")) for f, v in stated),
    )


def read(text: str, *stated: tuple[str, str], path: str = "a.txt") -> Release:
    return read_release(record(text, *stated), path, TODAY)


def words(text: str) -> Counter[str]:
    # What no reader sees is no part of a word, and in a title it is left out.
    return Counter(re.findall(r"[^\W_]+", re.sub("['’‘`\u00ad\u200b\u2060\ufeff]", "", text).casefold()))


def assert_holds(release: Release, path: str, text: str) -> None:
    """Every offset re-slices, one value a field is chosen, and no word of the text is lost."""
    texts = {Part.TITLE: release.title, Part.BODY: release.body, Part.PATH: path}
    for proof in release.evidence:
        if proof.part is Part.STATED:
            assert (proof.start, proof.end) == (-1, -1)
        else:
            assert texts[proof.part][proof.start : proof.end] == proof.words
    for person in release.people:
        assert person.mentions
        for mention in person.mentions:
            if mention.part is Part.STATED:  # a byline that a field of the record states stands in no text
                assert (mention.start, mention.end) == (-1, -1)
                assert any(proof.part is Part.STATED and mention.name in proof.words for proof in release.evidence)
            else:
                assert texts[mention.part][mention.start : mention.end] == mention.name
    chosen = Counter(proof.field for proof in release.evidence if proof.chosen and proof.field != "person")
    assert all(count == 1 for count in chosen.values())
    assert not words(text) - words(f"{release.title}\n{release.body}")


pieces = st.sampled_from(
    [
        *"\n \n\n . , : ; - -- — “ ” \" ' ( ) [ ] / # ### | & 1 2011 30 Jan. 20".split(" "),
        *"WASHINGTON,|Jan. 20, 2011|FOR IMMEDIATE RELEASE|Contact:|About the Board|By Jim Garamone|Senators|Gen.|Mr.|"
        "President|Ada Lindqvist|Lindqvist|said|according to|(AFNS)|3/4/2005|2011-01-20|the|of|van der|O’Brien|Jr.|"
        "U.S.|Department of Justice|EMBARGOED UNTIL|-30-|Follow us on Twitter|\x00|\udc80|é|日本|ß|İ".split("|"),
    ]
)
texts = st.one_of(st.text(), st.lists(pieces, max_size=40).map(" ".join), st.lists(pieces, max_size=40).map("".join))
# Made as readers make them: what a record states is on one line.
statements = st.lists(
    st.builds(records.make_stated, st.sampled_from(FIELDS), texts, st.just(rule("json-key", name="field"))), max_size=5
).map(tuple)


@settings(max_examples=400, deadline=None)
@given(text=texts, stated=statements, path=texts)
@example(text="0\u00ad0", stated=(), path="")
@example(text="0\u200b0\u2060é", stated=(), path="")
@example(text="0\x85À", stated=(records.make_stated("byline", "À\x85À", rule("json-key", name="field")),), path="")
def test_any_record_gives_a_release_that_holds(text: str, stated: tuple[Stated, ...], path: str) -> None:
    release = read_release(Record(text, b"", "text/plain", stated=stated), path, TODAY)
    assert_holds(release, path, text)
    assert release == read_release(Record(text, b"", "text/plain", stated=stated), path, TODAY)


@given(today=st.dates())
def test_any_day_can_be_today(today: datetime.date) -> None:
    release = read_release(record(WIRE), "2010/03/03/quay.txt", today)
    assert_holds(release, "2010/03/03/quay.txt", WIRE)


@pytest.mark.parametrize(
    "text",
    [
        "A" * 20_000,
        "A A " * 5_000,
        " " * 20_000,
        "(" * 20_000,
        "Ab, " * 5_000,
        "Ab-" * 5_000,
        "“" * 20_000,
        "A.\n" * 5_000,
        "- " * 10_000,
        "1/1/1" * 4_000,
        "Department of the Ab\n" * 1_000,
    ],
    ids=lambda text: text[:12],
)
def test_no_pattern_runs_away(text: str) -> None:
    # A pattern that is quadratic in such a text takes minutes, so that the test would not end.
    assert_holds(read(text, ("title", text)), "a.txt", text)


def test_a_whole_release() -> None:
    release = read(WIRE)
    assert release.title == "Harbor Board Opens the Old Quay"
    assert release.published is not None
    assert release.published.iso == "2010-03-03"
    assert release.place == "Port Anson"
    assert release.language == "en"
    assert [(each.name, each.kind, each.role) for each in release.people] == [
        ("Ada Lindqvist", Kind.SPEAKER, "Harbor Board President"),
        ("Tomas Reyes", Kind.NAMED, "Engineer"),
        ("Walter Prynne", Kind.CONTACT, ""),
    ]
    assert_holds(release, "a.txt", WIRE)


def test_an_empty_record_is_a_release_too() -> None:
    assert read("") == Release("", "")


def test_losers_are_kept_beside_the_chosen() -> None:
    dates = [proof for proof in read(WIRE, ("date", "2010-03-04")).evidence if proof.field == "date"]
    assert [(each.value, each.chosen) for each in dates] == [
        ("2010-03-04", True),
        ("2010-03-03", False),
        ("2010-03-03", False),
    ]


def test_number_and_embargo_are_evidence() -> None:
    text = "Release No. 96-014\nEMBARGOED UNTIL 10 a.m. MARCH 3, 2010\n\nQuay Opens\n\nThe quay is open.\n"
    proofs = {proof.field: proof for proof in read(text).evidence}
    assert proofs["number"].value == "96-014"
    assert proofs["embargo"].words.startswith("EMBARGOED UNTIL")
    assert proofs["date"].rule.sentence == "embargo"


@pytest.mark.parametrize(
    ("foot", "number"),
    [
        ("Press Release Number:\n\n12-1550\n\nUpdated May 4, 2014", "12-1550"),
        ("NEWS RELEASE NO. PR-07/3", "PR-07/3"),
        ("Release #: 44", "44"),
        ("It is the release of number 12 that counts.", ""),
        ("Case number: 12-1550", ""),
        ("Release number: 9\n\n" + "The quay is open to all. " * 40, ""),
    ],
)
def test_a_number_at_the_foot_is_read_where_it_is_called_the_release_s(foot: str, number: str) -> None:
    proofs = read(f"Quay Opens\n\n{'The quay is open today, the harbour office said. ' * 4}\n\n{foot}\n").evidence
    assert [proof.value for proof in proofs if proof.field == "number"] == ([number] if number else [])


def test_a_stated_number_has_no_spaces_around_its_hyphen() -> None:
    proofs = read("Quay Opens\n\nThe quay is open.\n", ("number", "12- 233 ")).evidence
    assert [(proof.value, proof.words) for proof in proofs if proof.field == "number"] == [("12-233", "12- 233 ")]


@pytest.mark.parametrize(
    ("line", "held"),
    [
        ("EMBARGOED UNTIL NOON, MARCH 3, 2010", True),
        ("Embargo: 00:01 GMT, 3 March 2010", True),
        ("*** STRICTLY EMBARGOED ***", True),
        ("News Release - under embargo until 9 a.m.", True),
        ("HOLD FOR RELEASE UNTIL DELIVERY", True),
        ("For release at 2:15 p.m. EST, March 3, 2010", True),
        ("FOR RELEASE ON DELIVERY", True),
        ("FOR RELEASE MARCH 3, 2010", False),
        ("FOR IMMEDIATE RELEASE", False),
        ("End the Grain Embargo, Says Mayor", False),
        ("Embargo on Grain Is Lifted", False),
        ("Islands under Embargo by Neighbours", False),
        ("Prisoners Up for Release at Harbour Jail", False),
    ],
)
def test_an_embargo_is_the_release_s_own(line: str, held: bool) -> None:
    release = read(f"Quay Opens\n\n{line}\n\nThe quay is open.\n")
    assert any(proof.field == "embargo" for proof in release.evidence) is held
    if held:
        assert read(f"{line}\n\nQuay Opens\n\nThe quay is open.\n").title == "Quay Opens"


def test_a_headline_may_begin_with_an_embargo() -> None:
    assert read("Embargo on Grain Is Lifted\n\nThe quay is open.\n").title == "Embargo on Grain Is Lifted"


@pytest.mark.parametrize(
    ("text", "stated", "language"),
    [
        (
            "The board said that the quay is to be opened by the end of the year and that it will hold for all of us.",
            "",
            "en",
        ),
        (
            "Der Vorstand sagte, dass der Kai bis zum Ende des Jahres geöffnet werde und dass er halten werde.",
            "",
            "",
        ),
        ("Der Kai hält.", "de-DE", "de"),
        ("The quay.", "en_US", "en"),
        ("The quay.", "", ""),
        ("The quay.", "English please", ""),
    ],
)
def test_language(text: str, stated: str, language: str) -> None:
    assert read(text, *([("language", stated)] if stated else [])).language == language


def test_another_language_gives_no_people() -> None:
    text = (
        "Kai eröffnet\n\nBERLIN, 3. März 2010 — Präsident Walter Müller sagte am Freitag, der alte Kai werde "
        "wieder geöffnet. Er dankte auch Thomas Meier und Anna Schmidt, die den Kai vermessen haben."
    )
    assert read(text).people == ()


def test_of_a_giant_text_only_the_beginning_is_looked_through(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("archive.extract.MAX_ANALYSED_CHARS", 500)
    monkeypatch.setattr("archive.extract.text.MAX_ANALYSED_CHARS", 500)
    text = WIRE + "\n\nMayor Rufus Kelgate said it rains."
    release = read(text)
    assert release.body.endswith("it rains.")
    assert {person.name for person in release.people} >= {"Ada Lindqvist", "Tomas Reyes"}
    assert "Rufus Kelgate" not in {person.name for person in release.people}
    for text in ("word " * 200 + "end", "word\n" * 200 + "end", "x" * 1_500, "x" * 600 + "\n\n" + "y" * 600):
        body = read(text).body
        assert len(body) > 900
        assert text.endswith(body)
