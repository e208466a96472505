"""Who said what: the page of quotations, its feed, table and JSON, and what a person's page says of them."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from typing import Any

import feedparser
import pytest
from flask.testing import FlaskClient
from page_reader import read

from indexer.query import NameField
from indexer.search import Searcher
from web import create_app


@pytest.fixture(scope="module")
def client(sample_data: Path) -> FlaskClient:
    return create_app(sample_data).test_client()


def json_at(client: FlaskClient, url: str, **given: Any) -> Any:
    return client.get(url, **given).json


def all_quotations(searcher: Searcher) -> list[tuple[str, str, tuple[str, ...], str]]:
    """Every quotation of the sample: release, its words in lower case, speakers and date, from the archive itself."""
    archive = searcher.archive
    return [
        (
            version.work,
            " ".join(re.findall(r"\w+", version.release.body[each.start : each.end].lower())),
            tuple(known.name for known in version.speakers(each)),
            version.release.published.iso if version.release.published else "",
        )
        for version in archive.releases(archive.live_ids())
        for each in version.release.quotations
    ]


def test_every_quotation_is_an_entry_once_with_all_its_places(client: FlaskClient, sample_searcher: Searcher) -> None:
    every = all_quotations(sample_searcher)
    page = json_at(client, "/quotes.json?limit=1000")
    assert page["places"] == len(every) > 100
    assert page["total"] == len(page["quotations"]) == len({words for _, words, _, _ in every})
    assert sum(entry["count"] for entry in page["quotations"]) == len(every)
    for entry in page["quotations"]:
        words = " ".join(re.findall(r"\w+", entry["words"].lower()))
        same = [each for each in every if each[1] == words]
        assert entry["count"] == len(same)
        assert {place["id"] for place in entry["places"]} <= {release for release, *_ in same}
        assert entry["first"] == min((date for *_, date in same if date), default="")


def test_plain_words_are_said_in_one_quotation(client: FlaskClient, sample_searcher: Searcher) -> None:
    for query, needed in (('"the" "for"', {"the", "for"}), ('"river"', {"river"})):
        expected = {words for _, words, _, _ in all_quotations(sample_searcher) if needed <= set(words.split())}
        page = json_at(client, "/quotes.json", query_string={"q": query, "limit": "1000"})
        assert {" ".join(re.findall(r"\w+", each["words"].lower())) for each in page["quotations"]} == expected
        assert expected


def test_by_speaker_and_of_nobody(client: FlaskClient, sample_searcher: Searcher) -> None:
    every = all_quotations(sample_searcher)
    mbeko = json_at(client, "/quotes.json?q=speaker:mbeko&limit=1000")
    assert mbeko["places"] == sum("Thandiwe Mbeko" in speakers for _, _, speakers, _ in every) > 3
    assert {tuple(each["speakers"]) for each in mbeko["quotations"]} == {("Thandiwe Mbeko",)}
    nobody = json_at(client, "/quotes.json?q=speaker:none&limit=1000")
    assert nobody["places"] == sum(not speakers for _, _, speakers, _ in every) > 3
    assert "nobody is named" in client.get("/quotes?q=speaker:none").text


def test_every_link_marks_the_very_words(client: FlaskClient) -> None:
    page = json_at(client, "/quotes.json?limit=1000")
    for entry in page["quotations"][:60]:
        place = entry["places"][0]
        answer = client.get(place["url"])
        assert answer.status_code == 200
        marked = " ".join(re.findall(r"<mark[^>]*>(.*?)</mark>", answer.text, re.S))
        words = re.findall(r"\w+", re.sub("&#?\\w+;", " ", marked))
        assert words[:8] == re.findall(r"\w+", entry["words"])[: len(words[:8])], place["url"]


def test_orders_and_pages_follow_each_other(client: FlaskClient) -> None:
    whole = {
        order: json_at(client, f"/quotes.json?q=the&limit=1000&sort={order}")["quotations"]
        for order in ("relevance", "newest", "oldest")
    }
    for order, entries in whole.items():
        paged = [
            entry
            for offset in range(0, len(entries), 7)
            for entry in json_at(client, f"/quotes.json?q=the&sort={order}&limit=7&offset={offset}")["quotations"]
        ]
        assert paged == entries
    dates = [entry["first"].ljust(10, "0") for entry in whole["oldest"] if entry["first"]]
    assert dates == sorted(dates)
    dates = [entry["first"].ljust(10, "0") for entry in whole["newest"] if entry["first"]]
    assert dates == sorted(dates, reverse=True)
    shown = read(client.get("/quotes?q=the&sort=oldest&per=50").text)
    years = re.findall(r'class="year">([^<]+)<', client.get("/quotes?q=the&sort=oldest").text)
    assert years == sorted(years)
    assert shown.mistakes == []


def test_the_table_has_a_line_for_each_place_and_no_formula(client: FlaskClient) -> None:
    page = json_at(client, "/quotes.json?q=the&limit=1000")
    answer = client.get("/quotes.csv?q=the")
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert len(rows) == page["places"]
    assert int(answer.headers["Dateline-Total"]) == page["total"]
    assert {row["quotation"].lstrip("'") for row in rows} >= {each["words"] for each in page["quotations"]}
    assert not [cell for row in rows for cell in row.values() if cell[:1] in "=+-@" and cell]


def test_the_feed_is_a_feed_of_the_newest(client: FlaskClient) -> None:
    feed = feedparser.parse(client.get("/quotes.atom?q=the").data)
    assert not feed.bozo
    newest = json_at(client, "/quotes.json?q=the&sort=newest&limit=20")["quotations"]
    assert [entry.link.partition("/release/")[2] for entry in feed.entries] == [
        each["places"][0]["url"].partition("/release/")[2] for each in newest
    ]
    assert len({entry.id for entry in feed.entries}) == len(feed.entries) == 20
    assert feed.feed.links


HOSTILE = ['"', "-", "a OR (", "said:", "speaker:(", "x" * 9000, "<b>", "NEAR/3", "\x00", "=1+1"]


@pytest.mark.parametrize("query", HOSTILE)
def test_no_string_gives_an_error(client: FlaskClient, query: str) -> None:
    for path in ("/quotes", "/quotes.json", "/quotes.csv", "/quotes.atom"):
        answer = client.get(path, query_string={"q": query})
        assert answer.status_code == 200, (path, query[:20])
        assert 'value="<b>' not in answer.text


def test_a_persons_page_tells_what_they_said_from_where_they_are_named(client: FlaskClient) -> None:
    text = client.get("/people/thandiwe-mbeko").text
    assert text.index("What they said") < text.index("Where they are named")
    (url,) = re.findall(r'<a href="([^"]+)">Everything they said', text)
    said = client.get(url.replace("&amp;", "&"))
    assert said.status_code == 200
    assert 'class="year"' in said.text
    total = json_at(client, "/quotes.json?q=speaker:mbeko")["total"]
    assert f">{total} quotations<" in text.replace("\n", "")


def test_one_who_is_only_named_has_said_nothing(client: FlaskClient, sample_searcher: Searcher) -> None:
    speakers = {name for _, _, names, _ in all_quotations(sample_searcher) for name in names}
    silent = [v for v in sample_searcher.names(NameField.PERSON).values if v.label not in speakers]
    text = client.get(f"/people/{silent[0].value}").text
    assert "What they said" not in text


def test_results_say_who_says_it_and_a_release_has_the_speaker_beside_the_quotation(client: FlaskClient) -> None:
    hits = json_at(client, "/search.json?q=said:chalk+speaker:mbeko")
    assert hits["total"] > 0
    assert hits["facets"]["speaker"][0]["value"] == "Thandiwe Mbeko"
    assert json_at(client, "/search.json?q=chalk")["facets"]["speaker"] == []
    for hit in hits["hits"]:
        assert hit["quotations"][0]["speakers"] == ["Thandiwe Mbeko"]
        page = client.get(hit["url"]).text
        (voice, *_) = re.findall(r'<p class="voice"[^>]*>(.*?)</p>', page, re.S)
        assert "Thandiwe Mbeko" in voice
        assert len(re.findall("<mark", page)) == hit["matches"]
    results = client.get("/search?q=said:chalk+speaker:mbeko").text
    assert "Who says it" in results
    assert "Said by" in results
    assert "one quotation has all of:" in results
    assert "Who says it" not in client.get("/search?q=chalk").text


def test_a_speaker_beside_the_results_narrows_them_to_as_many_as_it_says(client: FlaskClient) -> None:
    text = client.get("/search?q=said:the").text
    panel = text[text.index("Who says it") : text.index("The quotations")]
    rows = re.findall(r'href="([^"]+)"[^>]*><bdi>([^<]+)</bdi></a> <span class="number">(\d+)<', panel)
    assert len(rows) > 4
    for url, _, count in rows:
        assert json_at(client, url.replace("&amp;", "&").replace("/search?", "/search.json?"))["total"] == int(count)
