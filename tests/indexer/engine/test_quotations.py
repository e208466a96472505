"""Clauses about quotations: equal to matching one text at a time, whatever segments, merges and deletions there are."""

from __future__ import annotations

import itertools
import random
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest

from archive.release import IndexDocument, IndexedQuotation
from indexer.engine.arrays.construction import merge
from indexer.engine.arrays.construction.segment_builder import SegmentBuilder
from indexer.engine.arrays.evaluate import ArrayResultSet, Columns, Evaluator, HistoryEvaluator, PostingSource
from indexer.engine.arrays.segments import SegmentReader, logical_digest, segment_name
from indexer.language import exact_terms, fold_accents
from indexer.language.parser import parse_query
from indexer.query import Clause, Order, Query
from indexer.search.matching import Facts, IndexedText, ReleaseQuotation, ReleaseText, match
from indexer.search.matching.matching import Match

WORDS = "ferry harbor lamp the of and in comet café isn't O'Brien keeper's fog signal treaty Mis-sile U.S.".split()
PEOPLE = {
    "jane-doe": ("Jane Doe", "Doe, Jane M."),
    "ann-o-brien": ("Ann O'Brien",),
    "jose-medina": ("José Medina", "Medina"),
    "jane-medina": ("Jane Medina",),
}
MARKS = [('"', '"'), ("“", "”"), ("‘", "’"), ("", ""), ("«", "»")]


def make_document(chooser: random.Random, number: int) -> IndexDocument:
    """A release of random words with some quotations, a few of them nested, without marks or cut within a word."""
    body, quotations = "", []
    people = dict(chooser.sample(sorted(PEOPLE.items()), chooser.randint(0, 3)))
    for _ in range(chooser.randint(0, 4)):
        body += " ".join(chooser.choices(WORDS, k=chooser.randint(0, 6))) + chooser.choice([" ", ", ", "\n\n"])
        opening, closing = chooser.choice(MARKS)
        start = len(body)
        body += opening + " ".join(chooser.choices(WORDS, k=chooser.randint(1, 7))) + closing
        speakers = tuple(chooser.sample(sorted(people), min(len(people), chooser.choice([0, 1, 1, 2]))))
        quotations.append(IndexedQuotation(start, len(body), speakers))
        if chooser.random() < 0.2:
            inner = sorted(chooser.choices(range(start, len(body) + 1), k=2))
            quotations.append(IndexedQuotation(inner[0], inner[1], speakers[:1]))
        body += chooser.choice([" ", ". ", ""])
    body += " ".join(chooser.choices(WORDS, k=4))
    return IndexDocument(
        f"w{number:04}", "2026-11-01T00:00:00Z", chooser.choice(WORDS), body,
        chooser.choice(["", "2004", "2005-01-20", "2010-06-03"]), "", "", tuple(people.items()),
        quotations=tuple(quotations),
    )  # fmt: skip


def text_of(document: IndexDocument) -> ReleaseText:
    names = dict(document.people)
    return ReleaseText(
        IndexedText(document.title),
        IndexedText(document.body),
        Facts(id=document.work, people=tuple(name for some in names.values() for name in some)),
        tuple(ReleaseQuotation(q.start, q.end, tuple(names[slug] for slug in q.speakers)) for q in document.quotations),
    )


def write_segment(folder: Path, name: str, documents: Sequence[IndexDocument]) -> None:
    builder = SegmentBuilder()
    for document in documents:
        builder.add(document)
    builder.write(folder, name)


class Index:
    """Segments of documents, of which some are deleted, with an evaluator over them."""

    def __init__(self, segments: list[SegmentReader], documents: Sequence[IndexDocument], *, history: bool = False):
        self.segments = segments
        columns, source = Columns(segments), PostingSource(segments)
        self.evaluator = (HistoryEvaluator if history else Evaluator)(source, columns)
        self.documents = {document.work: document for document in documents}
        self.texts = {document.work: text_of(document) for document in documents}

    def find(self, clause: Clause, order: Order = Order.RELEVANCE) -> ArrayResultSet:
        return ArrayResultSet(Path(), self.evaluator, Query(clause, order=order))

    def ids(self, clause: Clause) -> set[str]:
        found = self.find(clause)
        return {work for work, _ in found.page(0, found.total)}

    def matches(self, clause: Clause) -> dict[str, Match]:
        found = {work: match(clause, text) for work, text in self.texts.items()}
        return {work: each for work, each in found.items() if each is not None}


@pytest.fixture(scope="module", params=["many segments", "merged"])
def index(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Index:
    chooser, folder = random.Random(9), tmp_path_factory.mktemp("segments")
    documents = [make_document(chooser, number) for number in range(120)]
    segments = []
    for at in range(0, 120, 30):
        write_segment(folder, str(at), documents[at : at + 30])
        deleted = chooser.sample(range(30), 6)
        segments.append(SegmentReader(folder, segment_name(str(at)), deleted))
        for number in deleted:
            documents[at + number] = documents[at + number]._replace(work="")
    kept = [document for document in documents if document.work]
    if request.param == "merged":
        merge.merge_segments(segments, folder, "merged")
        segments = [SegmentReader(folder, segment_name("merged"))]
    return Index(segments, kept)


LEAVES = [
    "said:ferry", "said:lamp", "said:café", "said:cafe", 'said:"the lamp"', 'said:"of the"', 'said:"in the"',
    "said:ha*", "said:l?mp", "said:comit~",
    'said:"the * of"', 'said:"the ha*"', 'said:"* the"', "said:(ferry NEAR/2 the)",
    "said:(the BEFORE/3 lamp)", "said:(\"of the\" NEAR/4 fog)", "said:o'brien", "said:keeper", 'said:"keeper\'s"',
    "said:isn't", "said:zzzz", "said:*", "said:u.s.", "said:mis-sile",
    "speaker:jane", 'speaker:"jane doe"', "speaker:medina",
    "speaker:\"ann o'brien\"", "speaker:jose", "speaker:*", "speaker:none", "speaker:zzzz", 'speaker:"doe jane"',
]  # fmt: skip
OTHERS = ["ferry", '"the lamp"', "person:jane", "title:lamp", "fog NEAR/2 the"]


def random_query(chooser: random.Random, depth: int = 3) -> str:
    if not depth or chooser.random() < 0.3:
        return chooser.choice([*LEAVES, *LEAVES, *OTHERS])
    parts = [random_query(chooser, depth - 1) for _ in range(chooser.randint(2, 3))]
    kind = chooser.choice(["and", "and", "or", "not", "some"])
    if kind == "some":
        return f"2 OF ({' '.join(f'({part})' for part in [*parts, chooser.choice(LEAVES)])})"
    if kind == "not":
        return f"{parts[0]} -({parts[1]})" if depth == 3 else f"-({parts[0]})"
    joined = (" " if kind == "and" else " OR ").join(parts)
    return f"({joined})" if depth < 3 else joined


def queries(count: int, seed: int) -> list[str]:
    chooser = random.Random(seed)
    return [*LEAVES, *(f"-{leaf}" for leaf in LEAVES), *(random_query(chooser) for _ in range(count))]


def test_random_trees_equal_matching_one_text_at_a_time(index: Index) -> None:
    sizes = Counter[bool]()
    for query in queries(600, seed=1):
        clause = parse_query(query).clause
        expected = set(index.matches(clause))
        assert index.ids(clause) == expected, query
        sizes[0 < len(expected) < len(index.texts)] += 1
    assert sizes[True] > 400  # most find some, and not all


def spans_of(document: IndexDocument, at: int) -> list[str]:
    """The words of a quotation, by a second way: those of the whole text within its characters."""
    terms, starts, ends = (lambda text: (text.terms, text.starts, text.ends))(IndexedText(document.body))
    quotation = document.quotations[at]
    inside = zip(terms, starts, ends, strict=True)
    return [fold_accents(t) for t, start, end in inside if start >= quotation.start and end <= quotation.end]


def test_words_and_several_clauses_are_of_one_quotation(index: Index) -> None:
    """Plain loops over the words of each quotation, without the matcher of one text."""
    found = 0
    names = {"jane-doe": '"jane doe"', "jose-medina": '"jose medina"', "ann-o-brien": '"ann o\'brien"'}
    for word, other in itertools.combinations(("ferry", "lamp", "comet", "fog", "the", "of", "in", "and"), 2):
        for slug, name in names.items():
            expected = {
                work
                for work, document in index.documents.items()
                for at, quotation in enumerate(document.quotations)
                if {word, other} <= set(spans_of(document, at)) and slug in quotation.speakers
            }
            assert index.ids(parse_query(f'said:"{word}" said:"{other}" speaker:{name}').clause) == expected
            found += len(expected)
    assert found > 20


def test_the_quotations_of_a_query_and_their_groups_equal_a_recount(index: Index) -> None:
    compared = 0
    for query in queries(300, seed=2):
        clause = parse_query(query).clause
        if "-" in query or not ("said" in query or "speaker" in query):
            continue  # not every clause of these is one that a hit matches
        about = Counter[tuple[str, ...]]()
        speakers: dict[str, set[str]] = {}
        for work, each in index.matches(clause).items():
            document = index.documents[work]
            for at in each.quotations:
                about[tuple(spans_of(document, at))] += 1
                for slug in document.quotations[at].speakers or ("",):
                    speakers.setdefault(slug, set()).add(work)
        found = index.find(clause, Order.OLDEST)
        quotations = found.quotations()
        groups = quotations.page(0, quotations.total)
        assert quotations.places == sum(about.values()) == sum(len(group.places) for group in groups), query
        assert quotations.total == len(about), query
        for group in groups:
            words = {tuple(spans_of(index.documents[p.release], p.quotation)) for p in group.places}
            assert len(words) == 1
            assert about[words.pop()] == len(group.places)
        counts, distinct = found.speakers()
        assert dict(counts) == {slug: len(works) for slug, works in speakers.items()}, query
        assert distinct == len([slug for slug in speakers if slug])
        compared += bool(about)
    assert compared > 60


@pytest.mark.parametrize("order", [Order.NEWEST, Order.OLDEST, Order.RELEVANCE])
def test_pages_of_quotations_follow_each_other_in_every_order(index: Index, order: Order) -> None:
    quotations = index.find(parse_query("said:the").clause, order).quotations()
    whole = quotations.page(0, 1000)
    assert len(whole) == quotations.total > 20
    assert [group for at in range(0, len(whole), 7) for group in quotations.page(at, 7)] == whole
    dates = [index.documents[group.places[0].release].published for group in whole]
    if order is not Order.RELEVANCE:
        known = [date.ljust(10, "0") for date in dates if date]
        assert known == sorted(known, reverse=order is Order.NEWEST)
        assert all(dates[: len(known)])
        assert not any(dates[len(known) :])
    for group in whole:
        days = [index.documents[place.release].published or "9" for place in group.places]
        assert days == sorted(days)


def test_what_a_query_without_a_part_about_quotations_is_about(index: Index) -> None:
    hits = index.ids(parse_query("ferry").clause)
    quotations = index.find(parse_query("ferry").clause).quotations()
    assert quotations.places == sum(len(index.documents[work].quotations) for work in hits)
    assert index.find(parse_query("ferry -said:ferry").clause).quotations().places == sum(
        len(document.quotations)
        for work, document in index.documents.items()
        if work in hits and not any("ferry" in spans_of(document, at) for at in range(len(document.quotations)))
    )


def test_a_merge_keeps_quotations_as_they_were(tmp_path: Path) -> None:
    chooser = random.Random(3)
    documents = [make_document(chooser, number) for number in range(40)]
    write_segment(tmp_path, "whole", documents)
    for name, part in (("a", documents[:15]), ("b", documents[15:])):
        write_segment(tmp_path, name, part)
    merge.merge_segments([SegmentReader(tmp_path, segment_name(name)) for name in "ab"], tmp_path, "merged")
    whole, merged = (SegmentReader(tmp_path, segment_name(name)) for name in ("whole", "merged"))
    names = [name for name in whole.docs.names() if name.startswith(("quotation/", "speaker/"))]
    assert len(names) == 8
    for name in names:
        assert whole.docs.array(name).tolist() == merged.docs.array(name).tolist(), name


def test_quotations_are_part_of_the_digest_and_a_release_without_any_keeps_its_own() -> None:
    document = make_document(random.Random(1), 1)._replace(quotations=())
    one = document._replace(quotations=(IndexedQuotation(0, 5),))
    by_doe = document._replace(quotations=(IndexedQuotation(0, 5, ("jane-doe",)),))
    assert len({logical_digest(each) for each in (document, one, by_doe)}) == 3


def test_of_several_versions_the_newest_that_matches_is_about_its_own_quotations(tmp_path: Path) -> None:
    def version(number: int, body: str, *, current: bool) -> IndexDocument:
        start = body.index("“")
        quotation = IndexedQuotation(start, body.index("”") + 1)
        return IndexDocument(
            "w1", "2026-11-01T00:00:00Z", "A title", body, "2004", "", "", (), number=number, versions=3,
            current=current, quotations=(quotation,),
        )  # fmt: skip

    documents = [
        version(3, "He said “we never will” then.", current=True),
        version(2, "He said “we never shall” again.", current=False),
        version(1, "He said “we never shall” first.", current=False),
    ]
    write_segment(tmp_path, "a", documents[:1])
    write_segment(tmp_path, "b", documents[1:])
    segments = [SegmentReader(tmp_path, segment_name(name)) for name in "ab"]
    index = Index(segments, documents, history=True)
    for word, number in (("never", 3), ("shall", 2)):
        quotations = index.find(parse_query(f"said:{word} in:versions").clause).quotations()
        assert [[tuple(p) for p in group.places] for group in quotations.page(0, 9)] == [[("w1", number, 0)]]
    assert index.find(parse_query("said:again in:versions").clause).total == 0


def test_a_said_clause_scores_as_its_text_does_and_a_speaker_adds_nothing(index: Index) -> None:
    plain, said = (dict(index.find(parse_query(q).clause).page(0, 200)) for q in ("ferry", "said:ferry"))
    both = dict(index.find(parse_query("said:ferry speaker:*").clause).page(0, 200))
    assert said.items() <= plain.items()
    assert both.items() <= said.items()
    assert len(plain) > len(said) > len(both) > 0
    assert exact_terms("ferry") == ["ferry"]
