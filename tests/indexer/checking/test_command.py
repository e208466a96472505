"""`dateline check`: its exit codes, what it reads, its report, and what it does with what it cannot read."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from indexer.cli import main
from indexer.search import Searcher

Run = Callable[..., Result]

GOOD = "She said “we will not raise taxes” then."
BAD = "She said “we will raise taxes” and “We support the plan”."


@pytest.fixture
def run(searcher: Searcher, tmp_path: Path) -> Run:
    def call(content: str | bytes, *options: str, name: str = "draft.txt") -> Result:
        draft = tmp_path / name
        draft.write_bytes(content if isinstance(content, bytes) else content.encode())
        return CliRunner().invoke(main, ["--data", str(searcher.data), "check", str(draft), *options])

    return call


def test_the_exit_code_says_whether_every_quotation_passes(run: Run) -> None:
    assert run(GOOD).exit_code == 0
    assert run(BAD).exit_code == 1
    none = run("Nothing is quoted here.")
    assert (none.exit_code, none.output.strip()) == (0, "No quotations were found in this text.")


def test_sentences_do_not_count_for_the_exit_code(run: Run) -> None:
    found = run(f"{GOOD} The bridge is safe for trucks and for cars. Nobody knows it.", "--all", "--json")
    assert found.exit_code == 0
    answers = json.loads(found.output)["answers"]
    assert [each["kind"] for each in answers].count("sentence") >= 1


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.md", "# A piece\n\nShe said:\n\n> we will not\n> raise taxes\n"),
        ("a.html", "<p>She said:</p><blockquote><p>we will not raise taxes</p></blockquote><p>Then she left.</p>"),
        ("a.html", "<p>She said &ldquo;we will <b>not</b> raise taxes&rdquo;.</p>"),
        ("a.txt", "She said “we will not\nraise taxes”."),
        ("a.md", "She said “we will [not](https://example.org) raise *taxes*”."),
    ],
)
def test_a_draft_of_each_kind_is_read(run: Run, name: str, content: str) -> None:
    found = run(content, "--json", name=name)
    assert [each["verdict"] for each in json.loads(found.output)["answers"]] == ["exact"]


def test_a_word_file_is_read(run: Run) -> None:
    docx = pytest.importorskip("docx")
    document = docx.Document()
    document.add_paragraph("She said “we will not raise taxes”.")
    stream = io.BytesIO()
    document.save(stream)
    assert zipfile.is_zipfile(stream)
    assert run(stream.getvalue(), name="a.docx").exit_code == 0


def test_a_draft_on_standard_input(searcher: Searcher) -> None:
    found = CliRunner().invoke(main, ["--data", str(searcher.data), "check", "-"], input=BAD.encode())
    assert found.exit_code == 1
    assert "left out “not” (negation)" in found.output


def test_the_report_has_quotations_verdicts_and_citations(run: Run, tmp_path: Path) -> None:
    report = tmp_path / "report.md"
    run(BAD, "--report", str(report), "--url", "https://news.example.org/archive")
    text = report.read_text("utf-8")
    assert "## 1. Altered" in text
    assert "~~not~~" in text
    assert "<https://news.example.org/archive/release/" in text
    assert "Dateline archive, version 1" in text


def test_the_release_that_a_text_comes_from(run: Run) -> None:
    text = "Today: We support the plan, and we will not raise taxes, said Senator Jane Rivera. That was it."
    found = run(text, "--sources")
    assert found.exit_code == 0
    assert "Rivera on taxes" in found.output
    assert "78%" in found.output.splitlines()[0]


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02\x03" * 50, b"\x89PNG\r\n\x1a\n" + b"\x00" * 99])
def test_what_is_no_text_is_refused_in_words(run: Run, content: bytes) -> None:
    found = run(content, name="a.bin")
    assert found.exit_code == 2
    assert "cannot be read" in found.output


def test_a_missing_draft_is_said(searcher: Searcher, tmp_path: Path) -> None:
    found = CliRunner().invoke(main, ["--data", str(searcher.data), "check", str(tmp_path / "none.txt")])
    assert found.exit_code == 2
    assert "No such file" in found.output


def test_what_is_searched_may_be_narrowed(run: Run) -> None:
    found = run(GOOD, "--from", "2010", "--json")
    assert found.exit_code == 1
    assert json.loads(found.output)["coverage"] == "2 releases, 2010 to 2011"
