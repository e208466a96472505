"""Control characters and bidirectional marks: visible to people, escaped in JSON, wherever they come from."""

from __future__ import annotations

import json
import os
import re
import tomllib
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path
from urllib.parse import urlencode

import pytest
from click.testing import CliRunner
from page_reader import read
from paths import ROOT

from archive.readers.normalise import one_line
from indexer.cli import main
from indexer.maintenance import build
from indexer.output.invisible_characters import escape_json, make_line_visible, make_visible
from web import create_app

Write = Callable[..., Path]

SYMBOLS = {
    "\x00": "␀", "\x07": "␇", "\x08": "␈", "\x0b": "␋", "\r": "␍", "\x1b": "␛", "\x1f": "␟", "\x7f": "␡",
    "\x80": "⟨U+0080⟩", "\x85": "⟨U+0085⟩", "\x9b": "⟨U+009B⟩", "\x9f": "⟨U+009F⟩", "\u061c": "⟨U+061C⟩",
    "\u200e": "⟨U+200E⟩", "\u200f": "⟨U+200F⟩", "\u2028": "⟨U+2028⟩", "\u2029": "⟨U+2029⟩",
    "\u202a": "⟨U+202A⟩", "\u202b": "⟨U+202B⟩", "\u202c": "⟨U+202C⟩", "\u202d": "⟨U+202D⟩", "\u202e": "⟨U+202E⟩",
    "\u2066": "⟨U+2066⟩", "\u2067": "⟨U+2067⟩", "\u2068": "⟨U+2068⟩", "\u2069": "⟨U+2069⟩", "\ud8ff": "⟨U+D8FF⟩",
}  # fmt: skip
LINE_SYMBOLS = {"\n": "␊", "\t": "␉"}
UNCHANGED = "é ñ – “ ” \u00a0 \u00ad \u200b \u200c \u200d \u2060 \ufeff \ufe0f 中 👩\u200d🚀 ب ש"
CONTROLS = re.compile(
    "[" + "".join(map(re.escape, SYMBOLS)) + "\x01-\x06\x0e-\x1a\x1c-\x1e\x81-\x84\x86-\x9a\x9c-\x9e]"
)
STYLE = re.compile(r"\x1b\[\d*(?:;\d+)*m")


@pytest.mark.parametrize(("character", "sign"), SYMBOLS.items(), ids=lambda text: f"{ord(text[0]):04x}")
def test_a_character_is_shown_by_its_sign_and_escaped_in_json(character: str, sign: str) -> None:
    assert make_visible(f"a{character}b") == make_line_visible(f"a{character}b") == f"a{sign}b"
    for indent in (None, 1):
        written = escape_json(json.dumps({f"a{character}": [f"{character}b\n"]}, ensure_ascii=False, indent=indent))
        assert json.loads(written) == {f"a{character}": [f"{character}b\n"]}
        assert not CONTROLS.search(written)


@pytest.mark.parametrize(("character", "sign"), LINE_SYMBOLS.items())
def test_line_ends_are_shown_in_what_is_one_line(character: str, sign: str) -> None:
    assert make_visible(f"a{character}b") == f"a{character}b"
    assert make_line_visible(f"a{character}b") == f"a{sign}b"


def test_other_characters_stay() -> None:
    assert make_visible(UNCHANGED) == make_line_visible(UNCHANGED) == UNCHANGED
    assert escape_json(json.dumps(UNCHANGED, ensure_ascii=False)) == json.dumps(UNCHANGED, ensure_ascii=False)


@pytest.mark.parametrize("mark", ["\u200e", "\u200f", "\u061c"])
def test_text_from_the_right_keeps_the_marks_that_it_needs_but_nothing_that_turns_it(mark: str) -> None:
    for word in ("הרציף נפתח", "افتتح الرصيف", "ﺍﻟﺮﺻﻴﻒ"):
        assert make_visible(f"{word}{mark}!") == f"{word}{mark}!"
        assert make_visible(f"{mark}!", context=f"{word}{mark}!") == f"{mark}!"
        assert make_visible(f"{word}\u202e!") == f"{word}⟨U+202E⟩!"
        assert make_line_visible(f"{word}{mark}.txt") == f"{word}{SYMBOLS[mark]}.txt"
    assert make_visible(f"quay{mark}!", context=f"quay{mark}!") == f"quay{SYMBOLS[mark]}!"


# What can stand in the name of a file: all but NUL and the stroke. Text is cleaned of controls when it is read.
IN_FILE_NAMES = [each for each in {**SYMBOLS, **LINE_SYMBOLS} if each not in "\x00\ud8ff"]
IN_TEXT = "\u202eevil\u2067 ب\u202c"  # beside a letter from the right: elsewhere such marks are not kept
TITLE = f"Quay {IN_TEXT} opens"


@pytest.fixture
def archive(data: Path, folder: Path, write: Write) -> Path:
    for number, character in enumerate(IN_FILE_NAMES):
        write(f"a{character}b{number}.txt", f"Notice {number}\n\nPORT, Jan. 2, 2011 -- The ferry {number} sails.\n")
        write(f"bad{character}{number}.json", '{"title": ')
    write("\x1b[31mdeep\u202e/name.txt", "Notice of a folder\n\nIts ferry sails.\n")
    (folder / os.fsdecode(b"raw\xff\x1b.txt")).write_text("Notice of bytes\n\nIts ferry sails.\n")
    fields = {name: f"{name} {IN_TEXT} end" for name in ("source", "place", "byline", "language", "number")}
    release = {
        "title": TITLE,
        "date": "2005-01-02",
        "url": f"https://x.example/{IN_TEXT}",
        "people": [f"Jane {IN_TEXT} Doe"],
    }
    release |= {"body": f"Commissioner John {IN_TEXT} Brenn said: “The ferry {IN_TEXT} sails,” said Ada Quill.\n\nEnd."}
    write("fields.json", json.dumps(release | fields))
    build.add(data, folder)
    return data


def run(data: Path, *words: str, color: bool = False) -> str:
    result = CliRunner().invoke(main, ["--data", str(data), *words], color=color)
    assert result.exit_code in (0, 2, 3, 8, 11), result.output
    return result.output


def id_of(data: Path, query: str) -> str:
    hit = json.loads(run(data, "search", "--json", query))["hits"][0]
    assert isinstance(hit["id"], str)
    return hit["id"]


def printed(data: Path, folder: Path) -> Iterator[tuple[str, ...]]:
    """Every command that prints, as it is typed."""
    works = [id_of(data, "quay"), id_of(data, "folder"), id_of(data, "bytes")]
    yield from (
        ("search", "ferry", "--limit", "100"),
        ("search", TITLE),
        ("search", '"evil opens"'),
        ("search", f"zzzz {IN_TEXT} \x1b[1m \x9b1m"),
    )
    for work in works:
        yield from (("show", work), ("explain", work))
    yield "correct", works[0], "place", f"Port {IN_TEXT}", "--by", f"Ann {IN_TEXT}", "--reason", IN_TEXT
    yield from (("show", works[0]), ("explain", works[0]), ("corrections",), ("audit", "--limit", "0"), ("verify",))
    yield "correct", works[0], "place", "Riga", "--by", "\x1bAnn"
    yield from (
        ("stats", "--skipped"),
        ("rebuild", "--reread"),
        ("add", str(folder)),
        ("search", "quay", "--sort", "added"),
    )
    yield from ((f"no\x1b{IN_TEXT}",), ("show", f"\x1b{IN_TEXT}"), ("show", works[0], f"\x1b{IN_TEXT}"))
    yield from (("search", f"--\x1b{IN_TEXT}"), ("search", "--limit", f"\x1b{IN_TEXT}"), ("search", "--sort", "\x1b"))
    yield from (("add", f"{folder}/no\x1b\n{IN_TEXT}"), ("explain", str(folder / "bad\x1b11.json")))
    yield from (
        ("explain", str(folder / f"bad{IN_FILE_NAMES[4]}4.json")),
        ("correct", works[0], f"\x1b{IN_TEXT}", "--by", "x"),
    )


@pytest.mark.parametrize("color", [False, True], ids=["pipe", "terminal"])
def test_no_command_sends_one_to_a_terminal_or_a_pipe(archive: Path, folder: Path, color: bool) -> None:
    everything = []
    for words in printed(archive, folder):
        output = run(archive, *words, color=color)
        if color:
            output = STYLE.sub("", output)
        assert not CONTROLS.search(output), words
        everything.append(output)
    together = "".join(everything)
    for character in IN_FILE_NAMES:
        sign = {**SYMBOLS, **LINE_SYMBOLS}[character]
        assert f"bad{sign}" in together, "the path of a remark"
        assert f"a{sign}b" in run(archive, "show", id_of(archive, f"title:{IN_FILE_NAMES.index(character)}"))
    assert "␛[31mdeep⟨U+202E⟩/name.txt" in together
    assert "⟨U+202E⟩evil⟨U+2067⟩" in together
    assert "corrected by Ann ⟨U+202E⟩evil" in together


def test_json_and_exports_hold_the_values_and_none_of_the_characters(archive: Path, folder: Path) -> None:
    lines = run(archive, "export")
    paths = {json.loads(line)["path"] for line in lines.splitlines()}
    assert {f"a{each}b{number}.txt" for number, each in enumerate(IN_FILE_NAMES)} < paths
    work = id_of(archive, "quay")
    outputs = [lines]
    for words in (("search", "ferry"), ("show", work), ("explain", work), ("stats", "--skipped"), ("corrections",),
                  ("audit",), ("verify",), ("add", str(folder)), ("rebuild",)):  # fmt: skip
        outputs.append(run(archive, *words, "--json"))
        json.loads(outputs[-1])
    client = create_app(archive).test_client()
    for url in (
        f"/release/{work}.json",
        "/search.json?q=ferry&per=50",
        f"/search.json?q={IN_TEXT}",
        "/nothing\u202e.json",
    ):
        outputs.append(client.get(url).text)
        json.loads(outputs[-1])
    for output in outputs:
        assert not CONTROLS.search(output)
    assert json.loads(run(archive, "show", work, "--json"))["title"] == TITLE
    assert client.get(f"/release/{work}.json").get_json()["title"] == TITLE
    skipped = {each["path"] for each in json.loads(run(archive, "stats", "--skipped", "--json"))["skipped"]}
    assert {f"bad{each}{number}.json" for number, each in enumerate(IN_FILE_NAMES)} == skipped


PAGES = (
    "/", "/latest", "/search", "/search?q=ferry&per=50", f"/search?q={IN_TEXT}+%1B[1m", f"/search?source={IN_TEXT}",
    f"/search?q=ferry&source={IN_TEXT}&from={IN_TEXT}&sort=%1b&page=x%9B", "/sources", "/places", "/people", "/dates",
    "/facets/source", "/facets/person", "/about", "/about/files", "/audit", "/audit/two-dates", f"/nothing/{IN_TEXT}",
    '/search?q="evil+opens"', f"/release/{IN_TEXT}", "/dates/2005/01/02", "/dates/undated",
)  # fmt: skip


def test_no_page_holds_one(archive: Path) -> None:
    run(archive, "correct", id_of(archive, "quay"), "place", "Riga", "--by", f"Ann {IN_TEXT}", "--reason", IN_TEXT)
    client = create_app(archive).test_client()
    works = [json.loads(line)["id"] for line in run(archive, "export").splitlines()]
    pages = [*PAGES, *(f"/release/{work}" for work in works)]
    quay = f"/release/{id_of(archive, 'quay')}"
    pages += [f"{quay}?q={query}" for query in ("sails", '"evil+opens"', '"ferry+evil"', f"{IN_TEXT}&evidence=date")]
    pages += [link for page in ("/sources", "/places", "/people") for link in read(client.get(page).text).paths][:40]
    everything = []
    for url in pages:
        html = client.get(url, follow_redirects=True).text
        assert not CONTROLS.search(html), url
        everything.append(html)
    together = "".join(everything)
    remarks = [client.get(url).text for url in ("/about", "/about/files")]
    for character in IN_FILE_NAMES:
        sign = {**SYMBOLS, **LINE_SYMBOLS}[character]
        assert all(f"<code>bad{sign}" in html for html in remarks)
        assert f"<code>a{sign}b" in together
    assert "Quay ⟨U+202E⟩evil⟨U+2067⟩" in together
    assert "by Ann ⟨U+202E⟩evil" in together


def test_a_form_sends_back_what_was_asked(archive: Path) -> None:
    client = create_app(archive).test_client()
    source = json.loads(run(archive, "search", "--json", "quay"))["hits"][0]["source"]
    assert "\u202e" in source
    asked = "?" + urlencode({"q": IN_TEXT, "source": source})
    for url in (f"/search{asked}", f"/release/{id_of(archive, 'quay')}{asked}"):
        html = client.get(url, follow_redirects=True).text
        assert read(html).fields["source"] == source
        values = re.findall(r'name="q" value="([^"]*)"', html)
        assert {unescape(value) for value in values} == {IN_TEXT}


def test_a_correction_to_paste_holds_the_value(archive: Path) -> None:
    html = create_app(archive).test_client().get("/audit/source-once").text
    (pasted,) = re.findall(r"<pre>(.*?)</pre>", html, re.DOTALL)
    correction = tomllib.loads(unescape(pasted))["correction"][0]
    assert correction["value"] == f"source {one_line(IN_TEXT)} end"


def test_an_address_that_holds_one_is_still_a_link_to_it(archive: Path) -> None:
    html = create_app(archive).test_client().get(f"/release/{id_of(archive, 'quay')}", follow_redirects=True).text
    assert 'href="https://x.example/%E2%80%AEevil' in html
    assert "published: https://x.example/⟨U+202E⟩evil" in html


def test_what_is_printed_for_people_is_printed_in_one_place() -> None:
    root = ROOT
    printing = {
        str(path.relative_to(root))
        for package in ("archive", "indexer", "web")
        for path in (root / package).rglob("*.py")
        if re.search(r"\bclick\.s?echo\(|\bprint\(|click\.secho|json\.dumps\([^)]*indent", path.read_text("utf-8"))
    }
    assert printing == {"indexer/output/terminal.py", "indexer/output/json_output.py"}


def test_the_log_of_a_server_shows_an_address_that_holds_one(
    sample_data: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(slug: str) -> str:
        raise ValueError

    app = create_app(sample_data)
    monkeypatch.setitem(app.view_functions, "browse.person", broken)
    assert app.test_client().get("/people/%1B%5B31m%0Aa").status_code == 500
    assert [record.getMessage() for record in caplog.records] == ["could not answer /people/␛[31m␊a"]
