"""Compressed answers: when they are, that they say the same, and that each form has a validator of its own."""

from __future__ import annotations

import csv
import gzip
import io
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from web import create_app
from web.middleware.compression import accepts_gzip, compress, compress_stream

GZIP = {"Accept-Encoding": "gzip"}
TEXTS = ("/search?q=bridge", "/search.json?q=harbor", "/latest.atom", "/people", "/changes", "/help", "/nothing")


@pytest.fixture
def client(sample_data: Path) -> FlaskClient:
    return create_app(sample_data).test_client()


@pytest.mark.parametrize(
    "header",
    [
        "gzip", "GZIP", "x-gzip", "gzip, deflate, br, zstd", "deflate, gzip;q=1.0, *;q=0.5", "*", "*;q=0.1",
        " gzip ; q=0.5 ", "identity;q=0.5, gzip", "br;q=1,gzip;q=0.001", "identity;q=0, *", "gzip;level=9",
    ],
)  # fmt: skip
def test_gzip_is_asked_for(header: str) -> None:
    assert accepts_gzip(header)


@pytest.mark.parametrize(
    "header",
    [
        "", "identity", "br", "deflate, br", "gzip;q=0", "gzip;q=0.0, *", "*;q=0", "gzip;q=0.5, identity;q=0.9",
        "gzipped", "not-gzip", "gzip;q=", "gzip;q=much", "gzip;q=-1", ",,;;", "gzip;q=nan", "identity, *;q=0",
        "\x00", "g\u0007zip", "<script>",
    ],
)  # fmt: skip
def test_gzip_is_not_asked_for(header: str) -> None:
    assert not accepts_gzip(header)


@pytest.mark.parametrize("url", TEXTS)
def test_both_forms_say_the_same(client: FlaskClient, url: str) -> None:
    plain, packed = client.get(url), client.get(url, headers=GZIP)
    assert "Content-Encoding" not in plain.headers
    assert "Accept-Encoding" in plain.headers["Vary"]
    assert plain.status_code == packed.status_code
    assert "Accept-Encoding" in packed.headers["Vary"]
    if len(plain.data) < 1024:
        assert packed.data == plain.data
        return
    assert packed.headers["Content-Encoding"] == "gzip"
    assert int(packed.headers["Content-Length"]) == len(packed.data) < len(plain.data) * 0.6
    assert gzip.decompress(packed.data) == plain.data


def test_a_small_answer_stays_as_it_is(client: FlaskClient) -> None:
    answer = client.get("/healthz", headers=GZIP)
    assert "Content-Encoding" not in answer.headers
    assert answer.get_json()["status"] == "ok"


def test_each_form_has_its_validator_and_either_is_answered_by_304(client: FlaskClient) -> None:
    plain, packed = (client.get("/search?q=bridge", headers=h).headers["ETag"] for h in ({}, GZIP))
    assert plain != packed
    for tag in (plain, packed):
        for headers in ({}, GZIP):
            for sent in (tag, f"W/{tag}", f'"other", {tag}'):
                answer = client.get("/search?q=bridge", headers=headers | {"If-None-Match": sent})
                assert (answer.status_code, answer.data) == (304, b"")
                assert answer.headers["ETag"] == tag  # what the client has is what is still true
                assert "Accept-Encoding" in answer.headers["Vary"]
                assert "Content-Encoding" not in answer.headers
    assert client.get("/search?q=bridge", headers={"If-None-Match": '"other-gzip"'}).status_code == 200


@pytest.mark.parametrize("header", ['-gzip"', '"-gzip"', "-gzip", 'W/"-gzip', '"a-gzip-gzip"', '"<script>-gzip"'])
def test_a_validator_that_is_none_is_passed_over(client: FlaskClient, header: str) -> None:
    assert client.get("/people", headers={"If-None-Match": header}).status_code == 200


def test_a_head_says_what_a_get_would(client: FlaskClient) -> None:
    for url in ("/search?q=bridge", "/search.csv?q=bridge"):
        got, told = client.get(url, headers=GZIP), client.head(url, headers=GZIP)
        got.get_data()
        for name in ("Content-Encoding", "Vary", "Content-Type", "ETag"):
            assert told.headers.get(name) == got.headers.get(name)
        assert told.data == b""


def test_style_and_script_are_compressed_and_still_kept_for_good(client: FlaskClient) -> None:
    page = client.get("/").text
    address = page.split('rel="stylesheet" href="')[1].split('"')[0]
    plain, packed, again = client.get(address), client.get(address, headers=GZIP), client.get(address, headers=GZIP)
    assert gzip.decompress(packed.data) == plain.data
    assert packed.data == again.data
    assert "immutable" in packed.headers["Cache-Control"]
    assert packed.headers["ETag"] != plain.headers["ETag"]
    kept = client.get(address, headers=GZIP | {"If-None-Match": packed.headers["ETag"]})
    assert (kept.status_code, kept.headers["ETag"]) == (304, packed.headers["ETag"])
    for answer in (plain, packed, again, kept):
        answer.close()


@pytest.mark.parametrize("shape", ["csv", "jsonl", "ris", "bib"])
def test_exports_are_compressed_as_streams(client: FlaskClient, shape: str) -> None:
    plain = client.get(f"/search.{shape}?q=harbor").data
    answer = client.get(f"/search.{shape}?q=harbor", headers=GZIP)
    assert "Content-Length" not in answer.headers
    assert gzip.decompress(answer.data) == plain


def test_an_archive_of_files_is_not_compressed_again(client: FlaskClient) -> None:
    answer = client.get("/search.zip?q=harbor", headers=GZIP)
    assert "Content-Encoding" not in answer.headers
    assert answer.data.startswith(b"PK")


def test_a_compressed_export_gives_its_slot_back_and_reads_as_csv(client: FlaskClient) -> None:
    for _ in range(4):
        answer = client.get("/search.csv?q=harbor", headers=GZIP)
        assert answer.status_code == 200
        rows = list(csv.reader(io.StringIO(gzip.decompress(answer.data).decode())))
        assert len(rows) == int(answer.headers["Dateline-Total"]) + 1
        answer.close()


def test_original_bytes_come_back_as_they_were(client: FlaskClient) -> None:
    hit = client.get("/search.json?q=harbor").get_json()["hits"][0]["id"]
    url = f"/release/{hit}/original"
    plain, packed = client.get(url), client.get(url, headers=GZIP)
    is_packed = packed.headers.get("Content-Encoding") == "gzip"
    assert (gzip.decompress(packed.data) if is_packed else packed.data) == plain.data


def test_every_chunk_can_be_read_as_soon_as_it_has_come() -> None:
    reader, seen = zlib.decompressobj(wbits=31), b""
    chunks = [b"first" * 10, b"", b"second", "dritte \U0001f600".encode()]
    whole = b""
    for chunk, packed in zip([each for each in chunks if each], compress_stream(chunks), strict=False):
        whole += chunk
        seen += reader.decompress(packed)
        assert seen == whole


def test_a_stream_that_breaks_has_no_end() -> None:
    def broken() -> Iterator[bytes]:
        yield b"a row\n" * 1000
        raise ValueError("broken")

    stream = compress_stream(broken())
    came = next(stream)
    with pytest.raises(ValueError, match="broken"):
        next(stream)
    with pytest.raises(EOFError):
        gzip.decompress(came)


@given(st.lists(st.binary(max_size=300)), st.integers(1, 9))
def test_what_is_compressed_is_read_back(chunks: list[bytes], level: int) -> None:
    assert gzip.decompress(b"".join(compress_stream(chunks))) == b"".join(chunks)
    assert gzip.decompress(compress(b"".join(chunks), level)) == b"".join(chunks)
