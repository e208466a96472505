"""Behind the nginx of this machine, configured as docs/SERVING.md says; skips where there is none."""

from __future__ import annotations

import contextlib
import gzip
import os
import re
import shutil
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from live_server import free_port
from paths import ROOT
from served import Answer, Served, ask, serving, until

NGINX = shutil.which("nginx") or shutil.which("/usr/sbin/nginx")
pytestmark = pytest.mark.skipif(NGINX is None, reason="no nginx on this machine")
FRAME = """
daemon off;
master_process off;
pid {home}/pid;
error_log {home}/error.log;
events {{}}
http {{
    access_log off;
    client_body_temp_path {home}/1;
    proxy_temp_path {home}/2;
    fastcgi_temp_path {home}/3;
    uwsgi_temp_path {home}/4;
    scgi_temp_path {home}/5;
    {blocks}
}}
"""


def documented_blocks() -> tuple[str, str]:
    """The two blocks for nginx of the document: a whole server, and a location under a path."""
    whole, location = re.findall(r"```nginx\n(.+?)```", (ROOT / "docs/SERVING.md").read_text("utf-8"), re.S)
    return whole, location


def under_path() -> str:
    """The whole server with the location under a path in the place of its own."""
    whole, location = documented_blocks()
    return re.sub(r"    location / \{.+?\n    \}\n", lambda _: location, whole, flags=re.S)


@contextlib.contextmanager
def nginx(blocks: str, port: int, home: Path) -> Iterator[int]:
    """Run nginx with the documented blocks in front of a port, without its certificate; gives its own port."""
    own = free_port()
    blocks = re.sub(r"listen 443 ssl;", f"listen 127.0.0.1:{own};", blocks).replace(
        "127.0.0.1:8311", f"127.0.0.1:{port}"
    )
    blocks = re.sub(r"\n\s+ssl_\S+ [^\n]+", "", blocks)
    home.mkdir()
    (home / "nginx.conf").write_text(FRAME.format(home=home, blocks=blocks), "utf-8")
    assert NGINX
    with subprocess.Popen(
        [NGINX, "-e", str(home / "error.log"), "-p", str(home), "-c", str(home / "nginx.conf")]
    ) as server:
        try:
            until(lambda: server.poll() is not None or answers(own))
            assert server.poll() is None, (home / "error.log").read_text("utf-8")
            yield own
        finally:
            server.terminate()


def answers(port: int) -> bool:
    try:
        return ask(port, "/", "X-Any: 1").status > 0
    except OSError:
        return False


@pytest.fixture(scope="module", params=["", "/archive"])
def proxied(
    request: pytest.FixtureRequest, sample_data: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Proxied]:
    home = tmp_path_factory.mktemp("proxied")
    url = f"https://news.example.org{request.param}"
    blocks = under_path() if request.param else documented_blocks()[0]
    with (
        serving(sample_data, home / "log", "--url", url, "--processes", "2") as served,
        nginx(blocks, served.port, home / "nginx") as port,
    ):
        yield Proxied(served, port, request.param)


class Proxied:
    """A server and the nginx before it."""

    def __init__(self, served: Served, port: int, prefix: str) -> None:
        self.served, self.port, self.prefix = served, port, prefix

    def get(self, path: str, *header: str) -> Answer:
        return ask(self.port, self.prefix + path, *header, name="news.example.org")


def test_pages_and_what_they_lead_to_are_there(proxied: Proxied) -> None:
    page = proxied.get("/search?q=bridge")
    assert page.status == 200
    text = page.body.decode()
    for address in re.findall(r'(?:href|src|action)="(/[^"#]*)"', text)[:30]:
        assert address.startswith(f"{proxied.prefix}/")
        path = address.removeprefix(proxied.prefix).replace("&amp;", "&")
        assert proxied.get(path).status in (200, 301, 302, 303), address
    assert f"https://news.example.org{proxied.prefix}" in proxied.get("/latest.atom").body.decode()


def test_compressed_answers_and_their_validators_pass(proxied: Proxied) -> None:
    plain, packed = proxied.get("/help"), proxied.get("/help", "Accept-Encoding: gzip")
    assert "Content-Encoding: gzip" in packed.header
    body = packed.body
    assert gzip.decompress(body) == plain.body
    (tag,) = re.findall(r"(?mi)^etag: (\S+)", packed.header)
    assert proxied.get("/help", "Accept-Encoding: gzip", f"If-None-Match: {tag}").status == 304


def test_the_longest_query_passes(proxied: Proxied) -> None:
    query = "%C3%A4" * 4000
    assert proxied.get(f"/search?q={query}").status == 200
    assert proxied.get("/search?q=" + "x" * 40_000).status == 414


def test_redirects_and_files_pass(proxied: Proxied) -> None:
    hit = re.findall(r"/release/(\w+)/", proxied.get("/search?q=bridge").body.decode())[0]
    moved = proxied.get(f"/release/{hit}")
    assert moved.status in (301, 302)
    assert f"Location: {proxied.prefix}/release/{hit}/" in moved.header.replace("https://news.example.org", "")
    assert proxied.get("/search.zip?q=harbor").status == 200
    assert proxied.get(f"/release/{hit}/original").status == 200


def test_another_name_is_not_answered(proxied: Proxied) -> None:
    assert ask(proxied.port, f"{proxied.prefix}/", name="rebound.example").status == 400


def test_a_worker_that_dies_is_noticed_by_nobody_for_long(proxied: Proxied) -> None:
    os.kill(proxied.served.workers()[0], signal.SIGKILL)
    until(lambda: proxied.get("/help").status == 200)
    until(lambda: [proxied.get("/help").status for _ in range(5)] == [200] * 5)
