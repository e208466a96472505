"""The verdicts of docs/CHECKING.md: each example there, the neighbours of each, and that nothing turned passes."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from indexer.checking import Answer, Verdict

Check = Callable[[str], Answer]

EXAMPLES = [
    ("we will not raise taxes", "exact"),
    ("We support the plan – and we will NOT raise taxes", "marks only"),
    ("[W]e will not raise taxes", "marks only"),
    ("We came and we won", "marks only"),
    ("we will raise taxes", "altered"),
    ("It costs 3 million dollars a year", "altered"),
    ("It costs two million dollars a year", "altered"),
    ("We back the plan, and we will not raise taxes", "altered"),
    ("We support the plan … the levy is permitted", "joined"),
    ("the levy is permitted … We support the plan", "joined"),
    ("We support the plan … The bridge is safe for cars", "joined"),
    ("the levy is permitted", "cut"),
    ("raise taxes", "cut"),
    ("told", "cut"),
    ("Martians have landed on the roof", "not here"),
]


@pytest.mark.parametrize(("quotation", "verdict"), EXAMPLES)
def test_the_examples_of_the_rule(check: Check, quotation: str, verdict: str) -> None:
    assert check(f"They said “{quotation}” today.").verdict.value == verdict


MARKS = [
    "the US harbor board",
    "THE U. S. HARBOR BOARD MET",
    "met in a well known hall",
    "met in a wellknown hall",
    "Healthcare workers will co-operate",
    "workers will cooperate with us on 1000 cases",
    "workers will co-op\u00aderate with us",
    "harbor board met in a 'well-known' hall",
    "Is the dredging legal? Health-care workers",
    "[T]he chairman cannot re-sign",
    "The chairman [Smith] cannot re-sign the papers",
    "[He] cannot re-sign the papers [sic]",
]


@pytest.mark.parametrize("quotation", MARKS)
def test_marks_alone_pass(check: Check, quotation: str) -> None:
    answer = check(f"They wrote “{quotation}”.")
    assert answer.verdict.value in ("exact", "marks only"), answer


ALTERED = [
    ("the us harbor board", []),
    ("The dredging is legal. Health care workers", None),
    ("Is the dredging legal. Health care workers will co-operate", ["question"]),
    ("Is the dredging legal", ["question"]),
    ("Is the dredging illegal?", ["negation"]),
    ("The chairman can re-sign the papers", ["negation"]),
    ("The chairman can't re-sign the papers", []),
    ("The chairman can not re-sign the papers", []),
    ("The chairman cannot resign the papers", []),
    ("workers will co-operate with us on 10,000 cases", ["number"]),
    ("Nobody was not able there", ["negation"]),
    ("The chairman [could] re-sign the papers", ["negation"]),
    ("The bridge is [not] safe for cars", ["negation"]),
    ("The bridge is safe for trucks", []),
    ("The bridge is not safe for cars", ["negation"]),
    ("It was built in 1915", ["number"]),
    ("The pier may open to members", ["limit"]),
    ("The pier will open only to members", ["possibility"]),
]


@pytest.mark.parametrize(("quotation", "turned"), ALTERED)
def test_a_changed_word_never_passes(check: Check, quotation: str, turned: list[str] | None) -> None:
    answer = check(f"They wrote “{quotation}”.")
    assert answer.verdict.value in (("altered",) if turned is not None else ("altered", "not here"))
    assert turned is None or set(turned) <= {turn.value for turn in answer.turns}
    assert turned != [] or not {"negation", "condition"} & {turn.value for turn in answer.turns}


CUT = ["the pier will close in June", "open only to members", "open", "sign the papers", "the levy is permitted."]


@pytest.mark.parametrize("quotation", CUT)
def test_an_edge_that_turns_the_sense_is_told(check: Check, quotation: str) -> None:
    assert check(f"They wrote “{quotation}”.").verdict.value == "cut"


def test_an_edge_that_the_draft_shows_is_none(check: Check) -> None:
    assert check("Rivera said they would not “raise taxes”.").verdict.value == "exact"
    assert check("“We will not,” she said, “raise taxes.”").verdict.value == "exact"
    assert check("Rivera would not say why they “raise taxes”.").verdict.value == "cut"


SPEAKERS = [
    ("“We were not told,” said Rivera.", "another speaker"),
    ("Senator Jane Rivera said: “We were not told.”", "another speaker"),
    ("According to Jane Rivera, “we were not told.”", "another speaker"),
    ("“We were not told,” said Paul Osei.", "exact"),
    ("“We were not told,” said P. Osei.", "exact"),
    ("“We were not told,” said Mayor Osei. The end.", "exact"),
    ("“We were not told,” said Maria Osei.", "another speaker"),
    ("“We were not told,” she said.", "exact"),
    ("“We were not told,” the office said.", "exact"),
]


@pytest.mark.parametrize(("draft", "verdict"), SPEAKERS)
def test_the_speaker_of_the_draft_is_compared_with_the_release(check: Check, draft: str, verdict: str) -> None:
    assert check(draft).verdict.value == verdict


def order_of(answer: Answer) -> str:
    return answer.joined.order.value if answer.joined else ""


def test_what_is_left_out_between_pieces_is_told(check: Check) -> None:
    answer = check("“We support the plan … the levy is permitted”")
    assert answer.joined is not None
    assert answer.joined.order.value == "in order"
    assert [each.words.startswith("and we will not raise") for each in answer.joined.left_out] == [True]
    assert {"negation", "condition"} <= {turn.value for turn in answer.turns}
    assert order_of(check("“the levy is permitted … We support the plan”")) == "out of order"
    assert order_of(check("“We support the plan … The bridge is safe for cars”")) == "from several releases"


def test_pieces_that_no_ellipsis_shows_are_joined(check: Check) -> None:
    answer = check("“We support the plan, and the bridge is safe for cars”")
    assert answer.verdict.value == "altered"  # a word of nobody stands between
    answer = check("“we will not raise taxes The bridge is safe for cars”")
    assert (answer.verdict.value, answer.joined and answer.joined.has_ellipsis) == ("joined", False)


def test_an_altered_piece_alters_the_whole(check: Check) -> None:
    assert check("“We support the plan … the levy is not permitted”").verdict.value == "altered"
    assert check("“Martians land today … the levy is permitted”").verdict.value == "altered"
    assert check("“Martians land today … their roofs are green”").verdict.value == "not here"


def test_an_ellipsis_at_an_edge_is_a_mark(check: Check) -> None:
    assert check("“… we will not raise taxes …”").verdict.passes


def test_where_and_how_often_it_stands(check: Check) -> None:
    answer = check("“we will not raise taxes”")
    assert answer.releases == 1
    assert answer.places[0].version.release.title == "Rivera on taxes"
    assert answer.places[0].words == "we will not raise taxes"


def test_initials_and_brackets_of_the_release_itself(check: Callable[[str], Answer]) -> None:
    assert check("“The US harbor board met in a well-known hall”").verdict is Verdict.MARKS_ONLY
    assert check("“a US harbor board met in a well-known hall”").verdict is Verdict.ALTERED
