"""The public address of an archive: in full links, under a path prefix, in the hosts that are answered."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from archive.store import Archive
from indexer.cli import main
from web import cli, create_app
from web.site import Site, parse_site


@pytest.mark.parametrize(
    ("text", "host", "prefix"),
    [
        ("https://news.example.org", "news.example.org", ""),
        ("https://news.example.org/", "news.example.org", ""),
        ("http://example.org:8080/a/b/", "example.org", "/a/b"),
        ("https://[2001:db8::1]/x", "2001:db8::1", "/x"),
    ],
)
def test_a_public_address_is_read(text: str, host: str, prefix: str) -> None:
    site = parse_site(text)
    assert (site.host, site.prefix) == (host, prefix)
    assert site.url == text.rstrip("/")


@pytest.mark.parametrize(
    "text",
    [
        "news.example.org", "ftp://example.org", "https://", "https://u:p@example.org", "https://example.org/?q=1",
        "https://example.org/#a", "https://example.org:port", "https://example.org//x",
        "https://example.org/ar%20chive", 'https://example.org/"x',
        "https://example.org/a b", "javascript:alert(1)", "https://exämple.org",
    ],
)  # fmt: skip
def test_what_is_no_public_address_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - it is the one that callers catch
        parse_site(text)
    assert "serve" in main.commands, cli  # which adds it
    result = CliRunner().invoke(main, ["serve", "--url", text, "--no-browser"])
    assert result.exit_code == 2
    assert "https://news.example.org" in result.output


def test_no_public_address_is_an_empty_one() -> None:
    assert (Site().host, Site().prefix) == ("", "")


def addresses(html: str) -> list[str]:
    return re.findall(r'(?:href|src|action)="([^"]+)"', html)


@pytest.mark.parametrize("passed_on", [True, False])
def test_under_a_prefix_every_address_of_a_page_leads_to_a_page(sample_data: Path, passed_on: bool) -> None:
    client = create_app(sample_data, url="https://example.org/press").test_client()
    with Archive(sample_data) as archive:
        work = archive.live_ids()[0]
    start = "/press" if passed_on else ""
    moved = client.get(f"{start}/release/{work}")
    assert moved.location.startswith(f"/press/release/{work}/")
    for page in ("/", "/search?q=bridge", moved.location.removeprefix("/press"), "/people", "/help", "/nothing"):
        found = addresses(client.get(start + page).text)
        local = [url for url in found if url.startswith("/")]
        assert local
        assert [url for url in local if not url.startswith("/press/")] == []
        for url in set(local):
            path = url.removeprefix("/press").split("#")[0].replace("&amp;", "&")
            with client.get(start + path) as answer:
                assert answer.status_code in (200, 302, 303), url


def test_a_text_that_looks_like_an_address_is_not_changed(write: object, folder: Path, data: Path) -> None:
    from indexer.maintenance import build

    (folder / "a.txt").write_text('Odd Markup\n\nHe wrote <a href="/x"> and src="/y" here.\n', "utf-8")
    build.add(data, folder)
    client = create_app(data, url="https://example.org/press").test_client()
    page = client.get("/search?q=markup").text
    (work,) = set(re.findall(r"/release/([0-9a-z]{10})/", page))
    text = client.get(f"/release/{work}", follow_redirects=True).text
    assert "href=&#34;/x&#34;" in text
    assert "src=&#34;/y&#34;" in text


def test_the_public_host_is_answered_beside_this_computers(sample_data: Path) -> None:
    app = create_app(sample_data, hosts=("127.0.0.1",), url="https://example.org")
    statuses = {
        host: app.test_client().get("/about", headers={"Host": host}).status_code
        for host in ("127.0.0.1:8311", "example.org", "evil.example", "www.example.org")
    }
    assert statuses == {"127.0.0.1:8311": 200, "example.org": 200, "evil.example": 400, "www.example.org": 400}
