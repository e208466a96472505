"""The page that checks quotations: its answers as a page, Markdown and JSON, its limits, and whom it answers."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from indexer.maintenance import build
from web import create_app

OWN = {"Sec-Fetch-Site": "same-origin"}
RELEASE = (
    "Rivera on <taxes>\n\nJan. 5, 2009\n\n"
    "“We support the plan, and we will not raise taxes,” said Senator Jane Rivera. "
    "“If the court agrees, the levy is permitted. It costs 2 million dollars a year.”\n"
)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    root = tmp_path_factory.mktemp("check")
    (root / "in").mkdir()
    (root / "in" / "a.txt").write_text(RELEASE, "utf-8")
    build.add(root / "data", root / "in")
    with create_app(root / "data").test_client() as client:
        yield client


def post(client: FlaskClient, text: str, **others: str) -> str:
    answer = client.post("/check", data={"text": text, **others}, headers=OWN, content_type="multipart/form-data")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    return answer.text


def test_the_form_is_a_page_that_every_page_leads_to(client: FlaskClient) -> None:
    assert 'action="/check"' in client.get("/check").text
    assert 'href="/check"' in client.get("/").text


def test_an_altered_quotation_is_shown_word_by_word(client: FlaskClient) -> None:
    page = post(client, "“we will raise taxes” and “It costs two million dollars a year”")
    assert "1. Altered" in page
    assert '<del><span class="unseen">[removed: </span>not<span' in page
    assert "turned: negation" in page
    assert "the same number, written otherwise" in page
    assert "Rivera on &lt;taxes&gt;" in page


def test_the_other_verdicts_are_told_in_words(client: FlaskClient) -> None:
    page = post(
        client, "“we will not raise taxes”, “the levy is permitted”, “We support the plan … It costs 2 million”."
    )
    for heading in ("1. Exact", "2. Cut", "3. Joined"):
        assert heading in page
    assert "If the court agrees" in page
    assert "condition" in page
    assert "/release/" in page


def test_what_was_typed_is_kept_in_the_form_and_escaped(client: FlaskClient) -> None:
    page = post(client, "<script>alert(1)</script> “<b>bold words here</b>”")
    assert "<script>alert" not in page
    assert "<b>bold" not in page
    assert "&lt;script&gt;" in page


def test_markdown_and_json(client: FlaskClient) -> None:
    text = "“we will not raise taxes”"
    assert post(client, text, format="md").startswith("# Quotations checked")
    answer = client.post("/check", data={"text": text, "format": "json"}, headers=OWN)
    assert answer.get_json()["passes"] is True
    assert answer.get_json()["answers"][0]["verdict"] == "exact"


def test_a_text_that_is_a_release(client: FlaskClient) -> None:
    page = post(client, RELEASE, question="sources")
    assert "100 % of the text" in page
    found = client.post("/check", data={"text": RELEASE, "question": "sources", "format": "json"}, headers=OWN)
    assert found.get_json()["share"] == 1
    assert post(client, RELEASE, question="sources", format="md").startswith("# Where this text")


HOSTILE = [
    "",
    "no quotation at all",
    "“”",
    "“ ”",
    "“?”",
    "[…]",
    "“[”",
    "\x00“a\x00b c d”",
    "“" * 500,
    "“… … …”",
    "“[a] [b]”",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_gives_an_error(client: FlaskClient, text: str) -> None:
    for question in ("quotations", "sentences", "sources"):
        for shape in ("html", "md", "json"):
            post(client, text, question=question, format=shape)


def test_a_text_without_quotations_says_so(client: FlaskClient) -> None:
    assert "No quotations were found" in post(client, "no quotation at all")


def test_two_hundred_quotations_are_checked_and_the_rest_counted(client: FlaskClient) -> None:
    page = post(client, "“so we say it” " * 203)
    assert "3 more were not checked" in page


def test_a_text_that_is_too_large_is_refused_in_words(client: FlaskClient) -> None:
    answer = client.post("/check", data={"text": "x" * 70_000}, headers=OWN)
    assert answer.status_code == 413
    assert "too much at once" in answer.text


@pytest.mark.parametrize("headers", [{}, {"Origin": "http://evil.example"}, {"Sec-Fetch-Site": "cross-site"}])
def test_only_our_own_pages_may_send_it(client: FlaskClient, headers: dict[str, str]) -> None:
    assert client.post("/check", data={"text": "x"}, headers=headers).status_code == 403
