"""The contract of every search engine behind the protocol: exact sets, totals, facets and orders."""

from __future__ import annotations

import itertools
import json
import random
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from brute_force import BruteForce, exported, near, written
from click.testing import CliRunner
from engines import SettingsOf

from archive.release import PublishedDate
from indexer import deadline
from indexer.cli import main
from indexer.engine.protocol import Unit
from indexer.engine.selection import open_engine
from indexer.language.fuzzy import words_within_edits
from indexer.language.parser import parse_query
from indexer.language.term_forms import stem, stems
from indexer.language.tokenizer import exact_terms
from indexer.maintenance import build
from indexer.query import (
    NO_FILTERS,
    Choice,
    Filters,
    Fuzzy,
    NameField,
    Near,
    Not,
    Or,
    Order,
    Phrase,
    Prefix,
    Query,
    TextClause,
    Word,
)
from indexer.search import Searcher
from indexer.search.matching import ReleaseText, Section, match, release_text


def found(searcher: Searcher, query: str, filters: Filters = NO_FILTERS) -> set[str]:
    return set(searcher.ids(query, filters))


@pytest.fixture(scope="session")
def sample_brute(sample_data: Path) -> BruteForce:
    result = CliRunner().invoke(main, ["--data", str(sample_data), "export", "--format", "jsonl"])
    assert result.exit_code == 0
    return exported(result.output.splitlines())


def test_five_hundred_phrases_of_the_sample_equal_brute_force(
    engine_searcher: Searcher, sample_brute: BruteForce
) -> None:
    for phrase in sample_brute.random_phrases(500, seed=7):
        query = f'"{written(phrase)}"'
        assert found(engine_searcher, query) == sample_brute.phrase(phrase), query


def test_phrases_that_do_not_occur_are_not_found(engine_searcher: Searcher, sample_brute: BruteForce) -> None:
    chooser = random.Random(3)
    for phrase in sample_brute.random_phrases(60, seed=8):
        shuffled = list(phrase)
        chooser.shuffle(shuffled)
        assert found(engine_searcher, f'"{" ".join(shuffled)}"') == sample_brute.phrase(shuffled)


def test_near_and_before_equal_brute_force_on_random_pairs(engine_searcher: Searcher, sample_brute: BruteForce) -> None:
    chooser = random.Random(11)
    for _ in range(200):
        _, _, body = chooser.choice([release for release in sample_brute.releases if len(release[2]) > 40])
        at = chooser.randrange(len(body) - 12)
        left, right = body[at], body[at + chooser.randint(1, 11)]
        if any("'" in (word[0], word[-1]) for word in (left, right)):
            continue  # a possessive or an elided article is a word only beside its own
        distance, ordered = chooser.randint(1, 12), chooser.random() < 0.5
        expected = {
            release
            for release, *parts in sample_brute.releases
            if any(near(part, left, right, distance, ordered=ordered) for part in parts)
        }
        operator = "BEFORE" if ordered else "NEAR"
        assert found(engine_searcher, f'"{left}" {operator}/{distance} "{right}"') == expected


LEAVES = [
    "bridge", "flood", '"said the"', '"of the"', "survey", "title:survey", "lamp*", "navigatoin~2", "4/12", "O'Brennan",
    "mbeko", "water NEAR/5 level", "bridge BEFORE/8 sallow", '"the sallow" NEAR/9 bridge', "person:mbeko",
    'person:"desmond rowe"', "source:coast", 'place:"port elsinore"', "date:2004", "date:2004..2006", "date:2011-01",
    "after:2010", "before:1999", "date:none", "date:*", "added:2000..2099", "*", "zzzz", "id:zzzz", "café", "the",
    "br?dge", "su?v?y*", '"water * level"', '"the sur*"', '"br?dge over"', '"harb* * the"', 'title:"the l*"',
    "said:the", "said:*", 'said:"it was"', "said:(it BEFORE/3 the)", "said:we*", "speaker:mbeko", 'speaker:"ada quill"',
    "speaker:*", "speaker:none",
    "person:*", "person:none", "place:*", "source:none", "brennan", '"the authority\'s"',
]  # fmt: skip


def test_every_kind_of_clause_and_their_combinations_equal_matching_one_text_at_a_time(
    engine_searcher: Searcher,
) -> None:
    archive = engine_searcher.archive
    texts = {v.work: release_text(v) for v in archive.releases(archive.live_ids())}
    chooser = random.Random(5)
    queries = [*LEAVES, *(f"-{leaf}" if " " not in leaf else f"-({leaf})" for leaf in LEAVES)]
    for _ in range(300):
        parts = [chooser.choice(["", "", "-"]) + f"({chooser.choice(LEAVES)})" for _ in range(chooser.randint(2, 4))]
        queries.append(chooser.choice([" ", " OR "]).join(parts))
    for query in queries:
        clause = parse_query(query).clause
        expected = {work for work, text in texts.items() if match(clause, text) is not None}
        assert found(engine_searcher, query) == expected, query


@pytest.mark.parametrize("query", ["", "survey", '"of the" bridge', "person:rowe", "zzzz"])
def test_totals_and_facets_equal_a_recount_of_the_hits(engine_searcher: Searcher, query: str) -> None:
    page = engine_searcher.search(query, limit=1000)
    assert page.total == len(page.hits) == len({hit.id for hit in page.hits})
    recount = {
        NameField.PERSON: Counter(slug for hit in page.hits for slug in {p.slug for p in hit.people} or {""}),
        NameField.SOURCE: Counter(hit.source for hit in page.hits),
        NameField.PLACE: Counter(hit.place for hit in page.hits),
    }
    for name, expected in recount.items():
        values = engine_searcher.facet(query, Filters(), name)
        assert {value.value: value.count for value in values} == dict(expected)
        shown = [(-value.count, value.value.casefold()) for value in values]
        assert shown == sorted(shown)
    years = Counter(hit.published.iso[:4] if hit.published else "" for hit in page.hits)
    assert {period.period: period.count for period in page.timeline} == dict(years)
    units: tuple[tuple[Unit, int], ...] = (("month", 7), ("day", 10))
    for unit, length in units:
        expected_periods = Counter(hit.published.iso[:length] if hit.published else "" for hit in page.hits)
        periods = engine_searcher.periods(query, Filters(), unit)
        assert {period.period: period.count for period in periods} == dict(expected_periods)


def test_filters_are_any_of_and_none_of_and_missing_values_can_be_asked_for(engine_searcher: Searcher) -> None:
    hits = engine_searcher.search("", limit=1000).hits
    coast, survey = "Norland Coast Authority", "National Waterways Survey"
    either = {hit.id for hit in hits if hit.source in (coast, survey)}
    assert either
    assert found(engine_searcher, "", Filters(source=Choice((coast, survey)))) == either
    assert found(engine_searcher, "", Filters(source=Choice((), (coast, survey)))) == {h.id for h in hits} - either
    assert found(engine_searcher, "", Filters(place=Choice(("",)))) == {h.id for h in hits if not h.place}
    assert found(engine_searcher, "", Filters(undated=True)) == {h.id for h in hits if not h.published}
    mbeko = Filters(person=Choice(("thandiwe-mbeko",)))
    assert found(engine_searcher, "", mbeko) == {h.id for h in hits if "thandiwe-mbeko" in {p.slug for p in h.people}}
    assert found(engine_searcher, "", Filters(source=Choice(("no such source",)))) == set()
    spring = Filters(since=PublishedDate(2004, 3), until=PublishedDate(2004, 5))
    expected = {h.id for h in hits if h.published and h.published.first >= 20040301 and h.published.last <= 20040531}
    assert found(engine_searcher, "", spring) == expected


def test_a_facet_does_not_narrow_itself_but_narrows_the_others(engine_searcher: Searcher) -> None:
    one = Filters(source=Choice(("National Waterways Survey",)))
    assert engine_searcher.facet("", one, NameField.SOURCE) == engine_searcher.facet("", Filters(), NameField.SOURCE)
    assert (
        sum(v.count for v in engine_searcher.facet("", one, NameField.PLACE)) == engine_searcher.search("", one).total
    )


@pytest.mark.parametrize("order", list(Order))
def test_pages_follow_each_other_without_gap_or_repeat_in_every_order(engine_searcher: Searcher, order: Order) -> None:
    whole = [hit.id for hit in engine_searcher.search("the", order=order, limit=1000).hits]
    paged = [
        hit.id
        for offset in range(0, len(whole), 7)
        for hit in engine_searcher.search("the", order=order, offset=offset, limit=7).hits
    ]
    assert paged == whole
    for number, release in enumerate(whole, 1):
        position = engine_searcher.find_position("the", Filters(), order, release)
        assert position
        assert (position.rank, position.total) == (number, len(whole))
    assert engine_searcher.search("the", order=order, offset=len(whole) + 5).hits == ()


def test_orders(engine_searcher: Searcher) -> None:
    def isos(order: Order) -> list[str]:
        return [
            hit.published.iso if hit.published else ""
            for hit in engine_searcher.search("", order=order, limit=1000).hits
        ]

    newest, oldest = isos(Order.NEWEST), isos(Order.OLDEST)
    assert [iso for iso in newest if iso] == sorted((iso for iso in newest if iso), reverse=True)
    assert [iso for iso in oldest if iso] == sorted(iso for iso in oldest if iso)
    assert newest[-1] == oldest[-1] == ""  # those without a date stand last in both
    hits = engine_searcher.search("bridge", limit=1000).hits
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    for one, other in itertools.pairwise(hits):
        if one.score == other.score and one.published == other.published:
            assert one.id < other.id


def test_a_headline_counts_for_more_than_a_mention(
    write: Callable[..., Path], folder: Path, data: Path, engine: SettingsOf
) -> None:
    filler = " Nothing else of note happened on the quay that day, and the clerk went home at five." * 3
    write("a.txt", f"Comet Seen Over Harbor\n\nThe observatory watched all night.{filler}\n")
    write("b.txt", f"Harbor Quiet\n\nA comet was not mentioned by the harbor master.{filler}\n")
    build.add(data, folder, settings=engine(data))
    with Searcher(data, engine(data)) as searcher:
        assert [hit.title.text for hit in searcher.search("comet").hits] == ["Comet Seen Over Harbor", "Harbor Quiet"]


def test_updates_give_what_a_rebuild_gives(
    write: Callable[..., Path], folder: Path, data: Path, tmp_path: Path, engine: SettingsOf
) -> None:
    for number in range(12):
        write(
            f"{number}.txt", f"Notice {number}\n\nPORT, Jan. {number + 1}, 2011 -- The ferry {number} sails at dawn.\n"
        )
    build.add(data, folder, settings=engine(data))
    write("3.txt", "Notice 3 corrected\n\nPORT, Jan. 4, 2011 -- The ferry 3 sails at noon instead.\n")
    write("new.txt", "Another notice\n\nPORT, Feb. 1, 2011 -- A new ferry sails.\n")
    (folder / "5.txt").unlink()
    _, updated = build.add(data, folder, settings=engine(data))
    with Searcher(data, engine(data)) as searcher:
        before = {query: searcher.search(query, limit=50) for query in ("ferry", '"at noon"', "-dawn", "")}
    rebuilt = build.rebuild(data, settings=engine(data))
    assert (
        (rebuilt.releases, rebuilt.fingerprint) == (updated.releases, updated.fingerprint) == (12, rebuilt.fingerprint)
    )
    with Searcher(data, engine(data)) as searcher:
        for query, page in before.items():
            assert searcher.search(query, limit=50).hits == page.hits
            assert searcher.search(query, limit=50).facets == page.facets
    _, elsewhere = build.add(tmp_path / "other", folder, settings=engine(tmp_path / "other"))
    assert elsewhere.fingerprint != ""


def test_the_fingerprint_is_the_same_on_another_machine_and_differs_when_a_word_does(
    write: Callable[..., Path], folder: Path, data: Path, tmp_path: Path, engine: SettingsOf
) -> None:
    write("a.txt", "Notice\n\nThe ferry sails.\n")
    write("b.txt", "Warning\n\nThe ferry waits.\n")
    _, first = build.add(data, folder, settings=engine(data))
    moved = tmp_path / "moved"
    folder.rename(moved)
    (moved / "a.txt").rename(moved / "z.txt")
    _, second = build.add(tmp_path / "second", moved, settings=engine(tmp_path / "second"))
    assert first.fingerprint == second.fingerprint
    (moved / "b.txt").write_text("Warning\n\nThe ferry waited.\n")
    _, third = build.add(tmp_path / "third", moved, settings=engine(tmp_path / "third"))
    assert third.fingerprint != first.fingerprint


def test_a_searcher_notices_a_new_index(
    write: Callable[..., Path], folder: Path, data: Path, engine: SettingsOf
) -> None:
    write("a.txt", "Notice\n\nThe ferry sails.\n")
    build.add(data, folder, settings=engine(data))
    with Searcher(data, engine(data)) as searcher:
        assert searcher.search("ferry").total == 1
        write("b.txt", "Warning\n\nThe ferry waits.\n")
        build.add(data, folder, settings=engine(data))
        assert searcher.search("ferry").total == 2


def test_the_receipt_counts_each_clause_and_lists_the_forms_searched(engine_searcher: Searcher) -> None:
    page = engine_searcher.search('survey "zzzz nowhere" -bridge')
    texts = [clause.text for clause in page.receipt.clauses]
    assert texts == ["survey", '"zzzz nowhere"', "bridge"]
    for clause in page.receipt.clauses:
        assert clause.hits == engine_searcher.search(clause.text).total
    assert {"survey", "surveys"} & set(page.receipt.clauses[0].forms)
    assert page.receipt.canonical_query == 'survey "zzzz nowhere" -bridge'


@pytest.mark.parametrize(
    "query", ["brigde", '"zzzz nowhere"', "survey zzzz", "zzzz", "title:zzzz person:nobody", '"bridge the survey"']
)
def test_an_empty_page_always_offers_a_query_that_has_what_it_says(engine_searcher: Searcher, query: str) -> None:
    page = engine_searcher.search(query)
    assert page.total == (page.relaxed.hits if page.relaxed else 0)
    assert bool(page.relaxed) == (query == "survey zzzz")
    assert page.alternatives
    for other in page.alternatives:
        assert engine_searcher.search(other.text, other.filters).total == other.hits > 0


def test_a_misspelt_word_is_offered_as_the_archive_spells_it(engine_searcher: Searcher) -> None:
    assert any("bridge" in other.text for other in engine_searcher.search("brigde").spellings)


def test_the_export_has_every_live_release_once(sample_data: Path, engine_searcher: Searcher) -> None:
    result = CliRunner().invoke(main, ["--data", str(sample_data), "export"])
    rows = [json.loads(line) for line in result.output.splitlines()]
    assert {row["id"] for row in rows} == found(engine_searcher, "")
    assert len(rows) == engine_searcher.search("").total
    assert {"id", "title", "body", "date", "place", "source", "people", "path"} <= set(rows[0])


@pytest.mark.parametrize("query", ["national waterways", '"national waterways"', "the sallow bridge"])
def test_the_counts_of_exact_words_forms_and_near_are_those_of_their_pages(
    engine_searcher: Searcher, query: str
) -> None:
    readings = engine_searcher.search(query).interpretations
    assert [reading.reason for reading in readings] == ["exact words", "near each other", "in any form"]
    for reading in readings:
        assert engine_searcher.search(reading.text).total == reading.hits
    assert readings[0].hits <= readings[1].hits <= readings[2].hits


@pytest.mark.parametrize(
    "query", ["bridge", '"bridge"', '"of the"', "bridge -flood", "bridge OR flood", "title:a title:b", ""]
)
def test_other_queries_have_one_reading(engine_searcher: Searcher, query: str) -> None:
    assert engine_searcher.search(query).interpretations == ()


def test_a_text_is_kept_beside_the_index_and_goes_with_what_is_older(
    write: Callable[..., Path], folder: Path, data: Path, engine: SettingsOf
) -> None:
    write("a.txt", "Notice\n\nThe ferry sails.\n")
    opened = open_engine(engine(data))
    opened.keep_text("summary", "there is no index that it could be kept beside")
    assert opened.read_text("summary") == ""
    build.add(data, folder, settings=engine(data))
    for text in ("one\r\ntwo\n", "", "é"):
        opened.keep_text("summary", text)
        assert open_engine(engine(data)).read_text("summary") == text
    assert opened.read_text("another") == ""
    opened.discard_older()
    assert opened.read_text("summary") == ""
    with Searcher(data, engine(data)) as searcher:
        assert searcher.search("ferry").total == 1


def test_many_totals_asked_at_once_are_those_of_each_query_alone(engine_searcher: Searcher) -> None:
    filters = [
        NO_FILTERS,
        Filters(source=Choice(("National Waterways Survey",))),
        Filters(person=Choice((), ("thandiwe-mbeko",)), since=PublishedDate(2004)),
        Filters(undated=True),
    ]
    chooser = random.Random(17)
    queries = [Query(parse_query(leaf).clause) for leaf in LEAVES]
    for _ in range(100):
        words = " ".join(f"({chooser.choice(LEAVES)})" for _ in range(chooser.randint(1, 3)))
        queries.append(Query(parse_query(words).clause, chooser.choice(filters), chooser.choice(list(Order))))
    queries += queries[-3:]
    backend = engine_searcher.backend
    assert list(backend.totals(queries)) == [backend.find(query).total for query in queries]
    assert list(backend.totals([])) == []


def test_forms_are_the_keys_that_a_term_stands_for_commonest_first(engine_searcher: Searcher) -> None:
    archive, backend = engine_searcher.archive, engine_searcher.backend
    texts = [release_text(version) for version in archive.releases(archive.live_ids())]
    titles, bodies = (
        Counter(key for text in some for key in text.vocabulary) for some in zip(*map(_parts, texts), strict=True)
    )
    counts = titles + bodies
    stands_for: dict[TextClause, set[str]] = {
        Word("bridge"): {key for key in counts if stem(key) == stem("bridge")},
        Word("bridge", title=True): {key for key in titles if stem(key) == stem("bridge")},
        Prefix("lamp"): {key for key in counts if key.startswith("lamp")},
        Fuzzy("navigatoin", 2): set(words_within_edits("navigatoin", counts, 2)),
        Word("zzzz"): set(),
    }
    for term, found in zip(stands_for, backend.forms(list(stands_for)), strict=True):
        assert set(found) == stands_for[term], term
        held = [(titles if term.title else counts)[key] for key in found]
        assert held == sorted(held, reverse=True)
    assert list(backend.forms([])) == []


def _parts(text: ReleaseText) -> tuple[Section, Section]:
    return text.title, text.body


def test_words_are_suggested_that_are_spelt_like_others(engine_searcher: Searcher) -> None:
    backend = engine_searcher.backend
    occurring, misspelt, swapped, strange = backend.suggestions(["bridge", "brigde", "rbidge", "qqqqqqqq"])
    assert occurring[0] == ("bridge", 0, backend.find(Query(Word("bridge"))).total)
    assert all(each.edits for each in occurring[1:])
    assert (misspelt[0].word, misspelt[0].edits) == ("bridge", 1)  # neighbours exchanged are one edit
    assert (swapped[0].word, swapped[0].edits) == ("bridge", 1)  # even the first two
    assert len(misspelt) <= 3
    assert all(each.documents >= backend.find(Query(Phrase((each.word,)))).total > 0 for each in misspelt)
    assert list(strange) == []
    assert [list(words) for words in backend.suggestions(["brigde"], 1)] == [list(misspelt)[:1]]
    assert [list(words) for words in backend.suggestions(["bridge"], 3, 1)] == [list(occurring)[:1]]


def test_frequencies_are_those_of_the_postings(engine_searcher: Searcher) -> None:
    counts: dict[str, list[int]] = {}
    for version in engine_searcher.archive.releases(engine_searcher.archive.live_ids()):
        for part in (version.release.title, version.release.body):
            for term, times in Counter(exact_terms(part)).items():
                known = counts.setdefault(term, [0, 0])
                known[0] += 1
                known[1] += times

    def summed(terms: list[str]) -> tuple[int, int]:
        return sum(counts[each][0] for each in terms), sum(counts[each][1] for each in terms)

    lamps = [term for term in counts if term.startswith("lamp")]
    bridges = [term for term in counts if stem("bridge") in stems(term)]
    slips = words_within_edits("bridgs", counts, 1)
    assert slips
    phrase, prefix, fuzzy, word, unknown = engine_searcher.backend.frequencies(
        [Phrase(("the", "bridge")), Prefix("lamp"), Fuzzy("bridgs", 1), Word("bridge"), Word("zzzz")]
    )
    assert phrase == (1, *summed(["the", "bridge"]))
    assert prefix == (len(lamps), *summed(lamps))
    assert fuzzy == (len(slips), *summed(slips))
    assert word.occurrences == summed(bridges)[1]
    assert 0 < word.documents <= summed(bridges)[0]
    assert unknown == (1, 0, 0)


def test_a_prefix_stands_for_its_commonest_words(engine_searcher: Searcher, monkeypatch: pytest.MonkeyPatch) -> None:
    backend = engine_searcher.backend
    (every,) = backend.forms([Prefix("l")])
    assert len(every) > 12
    monkeypatch.setattr("indexer.engine.arrays.evaluate.expansion.MAX_FORMS", 12)
    (shown,) = backend.forms([Prefix("l")])
    assert list(shown[:12]) == list(every[:12])
    assert backend.frequencies([Prefix("l")])[0].forms == len(every)
    any_of_them = Or(tuple(Phrase((form,)) for form in every[:12]))
    assert backend.find(Query(Prefix("l"))).total == backend.find(Query(any_of_them)).total


def test_a_clause_that_is_repeated_weighs_as_often(engine_searcher: Searcher) -> None:
    def scores(text: str) -> dict[str, float]:
        return {hit.id: hit.score for hit in engine_searcher.search(text, limit=50).hits}

    once, twice, alone = scores("bridge OR flood"), scores("bridge OR flood OR bridge"), scores("bridge")
    both = twice.keys() & alone.keys()
    assert both
    assert once.keys() == twice.keys()
    assert all(twice[each] > once[each] for each in both)


def test_time_that_is_over_leaves_nothing_wrong(engine_searcher: Searcher) -> None:
    backend = engine_searcher.backend
    with deadline.limit_time(0):
        for clause in (Word("bridge"), Not(Word("bridge")), Phrase(("of", "the")), Near(Word("the"), Word("of"), 5)):
            assert backend.find(Query(clause)).total == 0
        page = engine_searcher.search("of the")
    assert page.partial == ""  # a search has a time of its own
    assert page.total


def test_an_answer_that_the_clock_ended_is_said_and_not_kept(
    engine_searcher: Searcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = engine_searcher.search('"of the" bridge')
    engine_searcher.forget()
    with monkeypatch.context() as patched:
        patched.setattr("indexer.search.page.evaluation.MAX_CPU_S", 0.0)
        page = engine_searcher.search('"of the" bridge')
        assert "took too long" in page.partial
        assert (page.total, page.receipt.clauses, page.interpretations) == (0, (), ())
    assert engine_searcher.search('"of the" bridge') == whole
