"""A thousand queries of words, operators and rubbish, also of other engines: each gives a page that says something."""

from __future__ import annotations

import random

import pytest
from flask.testing import FlaskClient
from page_reader import read

from indexer.search.searcher import Searcher
from web import create_app

PIECES = [
    *"""bridge flood survey "national waterways survey" "the * survey" "harb* of" br?dge surv* navigatoin~ navigatoin~9
    bridge^2 /br.dge/ /re/ O'Brennan d'amato l'eau authority's AND OR NOT NEAR/3 NEAR/-1 BEFORE - + ! || && | ( ) " ' *
    ? title: title:- person: person:* person:none person:!mbeko source:coast place: date: date:2004 date:june 2005
    date:2004..2006 date:[2004 TO 2006] date:>2004 after: before: added: is:edited is:withdrawn in:versions folder:
    file:a type:text lang:en id:x 2 OF (a b c) 9 OF ( 日本 กระทรวง 외교부는 ﬁnance ½ ² é 1996 $700 million U.S. C-SPAN
    or not and the of zzzz""".split(),
    *("\u00ad", "\u200b", "\ufeff", "\x00", "\u00a0-bridge"),
]


@pytest.fixture(scope="module")
def client(sample_searcher: Searcher) -> FlaskClient:
    return create_app(sample_searcher.data).test_client()


@pytest.mark.parametrize("seed", range(10))
def test_every_query_gives_a_page_that_says_something(client: FlaskClient, seed: int) -> None:
    chooser = random.Random(seed)
    for _ in range(100):
        pieces = [chooser.choice(PIECES) for _ in range(chooser.randint(1, 9))]
        text = chooser.choice((" ", " ", " ", "")).join(pieces)
        answer = client.get("/search", query_string={"q": text})
        assert answer.status_code == 200, text
        assert read(answer.text).mistakes == [], text
        found = client.get("/search.json", query_string={"q": text}).get_json()
        assert found["hits"] or found["alternatives"], text
        assert found["receipt"]["grammar"] == "4"
