"""The command line: the contracts that scripts rely on, exit codes, pipes."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from paths import ROOT

from indexer.cli import main
from indexer.output.terminal import progress
from indexer.search.searcher import Searcher

Write = Callable[..., Path]


def run(data: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["--data", str(data), *words])


def test_search_prints_the_json_that_scripts_rely_on(sample_data: Path) -> None:
    result = run(sample_data, "search", "--json", "--limit", "3", '"national waterways survey" bridge')
    page = json.loads(result.output)
    assert {"total", "hits", "facets", "receipt", "fingerprint"} <= set(page)
    assert len(page["hits"]) == min(3, page["total"]) > 0
    for hit in page["hits"]:
        assert {"id", "title", "date", "place", "source", "people", "url", "snippets", "score"} <= set(hit)
        assert hit["url"].startswith(f"/release/{hit['id']}/")
        assert isinstance(hit["people"], list)
        for snippet in hit["snippets"]:
            for start, end in snippet["spans"]:
                assert snippet["text"][start:end].strip()
    assert {"person", "source", "place", "speaker", "year"} == set(page["facets"])
    assert [clause["hits"] for clause in page["receipt"]["clauses"]]


def test_words_given_apart_are_one_query(sample_data: Path) -> None:
    together = json.loads(run(sample_data, "search", "--json", "bridge survey").output)
    apart = json.loads(run(sample_data, "search", "--json", "bridge", "survey").output)
    assert together == apart


def test_filters_and_order_from_the_command_line(sample_data: Path) -> None:
    words = ("search", "--json", "--limit", "100", "--sort", "oldest", "--from", "2004", "--to", "2006-06")
    page = json.loads(run(sample_data, *words).output)
    dates = [hit["date"] for hit in page["hits"]]
    assert dates == sorted(dates)
    assert dates[0] >= "2004"
    assert dates[-1] <= "2006-06-30"
    assert page["receipt"]["filters"] == ["published 2004-01-01 to 2006-06-30"]


def test_search_for_a_person_shows_repairs_counts_and_addresses(sample_data: Path) -> None:
    result = run(sample_data, "search", "“national waterways” bridge")
    assert "Curly quotation marks" in result.output
    assert "releases for" in result.output
    assert "/release/" in result.output
    assert "\x1b[" not in result.output


def test_an_empty_result_says_which_part_found_nothing_and_what_to_try(sample_data: Path) -> None:
    result = run(sample_data, "search", "bridge zzzz")
    assert result.exit_code == 0
    assert "No release matches zzzz (“zzzz” in any form)." in result.output
    assert "Try  bridge" in result.output


def test_add_tells_what_came_in_and_stats_tells_the_same(write: Write, folder: Path, data: Path) -> None:
    write("a.txt", "Ferry\n\nPORT, Jan. 2, 2011 -- Senator Ada Quill said the ferry sails.\n")
    write("empty.txt", "")
    added = json.loads(run(data, "add", "--json", str(folder)).output)
    assert (added["files"], added["opened"], added["written"]["new"]) == (2, 2, 1)
    assert [(skip["path"], skip["reason"]) for skip in added["skipped"]] == [("empty.txt", "empty file")]
    counted = json.loads(run(data, "stats", "--json", "--skipped").output)
    assert counted.pop("skipped") == added["skipped"]
    assert counted == added["archive"]
    told = run(data, "add", str(folder)).output
    assert "1 unchanged" in told or "2 files" in told
    assert "Ada Quill" in told


def test_colour_is_left_out_when_nobody_wants_it(sample_data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def printed() -> str:
        return CliRunner().invoke(main, ["--data", str(sample_data), "search", "bridge"], color=True).output

    assert "\x1b[1m" in printed()
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in printed()


def test_a_bar_is_drawn_on_a_terminal_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    drawn = Terminal()
    monkeypatch.setattr(sys, "stderr", drawn)
    with progress("Reading") as show:
        for done in range(10_001):
            show(done, 10_000)
    assert 190 <= drawn.getvalue().count("Reading") <= 210
    assert drawn.getvalue().rstrip("\x1b[?25h\n").endswith("10000/10000")


def test_every_query_worth_trying_has_the_hits_it_says(sample_data: Path) -> None:
    report = json.loads(run(sample_data, "stats", "--json").output)
    assert len(report["suggestions"]) == 3
    with Searcher(sample_data) as searcher:
        for suggestion in report["suggestions"]:
            assert searcher.search(suggestion["text"]).total == suggestion["hits"] > 0


def test_show_and_explain_and_verify(sample_data: Path) -> None:
    hit = json.loads(run(sample_data, "search", "--json", "bridge").output)["hits"][0]
    shown = json.loads(run(sample_data, "show", "--json", hit["id"]).output)
    assert shown["title"] == hit["title"]
    assert shown["versions"][0]["number"] == 1
    for evidence in shown["evidence"]:
        if evidence["start"] >= 0:
            text = shown["path"] if evidence["part"] == "path" else shown[evidence["part"]]
            assert text[evidence["start"] : evidence["end"]] == evidence["words"]
    assert hit["title"] in run(sample_data, "show", hit["id"]).output
    assert "✓ title" in run(sample_data, "explain", hit["id"]).output
    assert json.loads(run(sample_data, "verify", "--json").output) == {
        "archive": [], "index": [], "mended": [], "left": [], "repaired": False,
    }  # fmt: skip
    assert run(sample_data, "verify").output.strip() == "All is well."


def test_explain_reads_a_file_that_is_not_in_the_archive(write: Write, data: Path) -> None:
    path = write("a.txt", "Ferry Sails\n\nPORT ELSINORE, Jan. 2, 2011 -- Senator Ada Quill said the ferry sails.\n")
    output = run(data, "explain", str(path)).output
    assert "2011-01-02" in output
    assert "dateline" in output
    assert "Ada Quill" in output
    told = json.loads(run(data, "explain", str(path), "--json").output)
    assert {"2011-01-02"} == {each["value"] for each in told["evidence"] if each["field"] == "date"}
    assert [(each["name"], each["mentions"][0]["part"]) for each in told["people"]] == [("Ada Quill", "body")]
    assert not data.exists()


def test_a_rebuild_after_the_index_was_deleted_gives_the_same_answers(write: Write, folder: Path, data: Path) -> None:
    write("a.txt", "Ferry\n\nPORT, Jan. 2, 2011 -- The ferry sails.\n")
    run(data, "add", str(folder))
    before = run(data, "search", "--json", "ferry").output
    for path in sorted((data / "index").rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    missing = CliRunner().invoke(main, ["--data", str(data), "search", "ferry"])
    assert missing.exit_code == 5
    assert run(data, "rebuild").exit_code == 0
    assert run(data, "search", "--json", "ferry").output == before


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (["add", "nowhere"], 3, "no folder nowhere"),
        (["search", "x"], 4, "no archive"),
        (["rebuild"], 4, "no archive"),
        (["show", "0000000000"], 4, "no archive"),
        (["export"], 4, "no archive"),
        (["search", "--from", "soon", "x"], 2, "2011-01"),
        (["search", "--limit", "-1", "x"], 2, "limit"),
        (["nonsense"], 2, "nonsense"),
    ],
)
def test_errors_are_one_line_and_an_exit_code(data: Path, words: list[str], code: int, says: str) -> None:
    process = subprocess.run(
        [sys.executable, "-m", "indexer", "--data", str(data), *words], capture_output=True, text=True, check=False
    )
    assert process.returncode == code
    assert says in process.stderr
    assert "Traceback" not in process.stderr
    assert process.stdout == ""
    assert not data.exists()


def test_an_unknown_release_has_an_exit_code_of_its_own(sample_data: Path) -> None:
    assert run(sample_data, "show", "0000000000").exit_code == 8


def test_two_writers_at_once_are_told_apart(write: Write, folder: Path, data: Path) -> None:
    from indexer.maintenance.writer_lock import hold_writer_lock

    write("a.txt", "Ferry\n\nThe ferry sails.\n")
    with hold_writer_lock(data):
        process = subprocess.run(
            [sys.executable, "-m", "indexer", "--data", str(data), "add", str(folder)],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
    assert process.returncode == 7
    assert "Another dateline command is writing" in process.stderr
    assert run(data, "add", str(folder)).exit_code == 0


def test_a_pipe_that_closes_early_is_no_error(sample_data: Path) -> None:
    command = f"{sys.executable} -m indexer --data {sample_data} export | head -n 1"
    process = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert process.returncode == 0
    assert process.stderr == ""
    assert len(process.stdout.splitlines()) == 1


def test_every_command_has_help_with_an_example() -> None:
    for name in main.list_commands(click.Context(main)):
        output = CliRunner().invoke(main, [name, "--help"]).output
        assert f"dateline {name}" in output, name
        assert output.split("\n")[2].strip(), name


def test_the_data_directory_may_come_from_the_environment(sample_data: Path) -> None:
    environment = {**os.environ, "DATELINE_DATA": str(sample_data)}
    process = subprocess.run(
        [sys.executable, "-m", "indexer", "search", "--json", "bridge"],
        capture_output=True, text=True, check=True, env=environment,
    )  # fmt: skip
    assert json.loads(process.stdout)["total"] > 0


@pytest.mark.parametrize("name", main.list_commands(click.Context(main)))
def test_the_data_directory_may_stand_before_and_after_every_command(name: str) -> None:
    command = main.get_command(click.Context(main), name)
    assert command
    for before, after in (("a", ()), ("b", ("--data", "a"))):
        whole = click.Context(main, obj=Path(before))
        context = command.make_context(name, list(after), parent=whole, resilient_parsing=True)
        assert context.obj == Path("a")


def test_a_search_finds_its_archive_after_the_command(sample_data: Path) -> None:
    before = run(sample_data, "search", "bridge", "--json")
    after = CliRunner().invoke(main, ["search", "bridge", "--json", "--data", str(sample_data)])
    assert after.stdout == before.stdout
    assert after.exit_code == 0


def test_what_was_left_out_is_said(sample_data: Path) -> None:
    query = " OR ".join(f"w{number}*" for number in range(40)) + " OR bridge"
    assert (
        "Not all of this query was searched. Only the first 32 of the 40 words"
        in run(sample_data, "search", query).output
    )
    exported = run(sample_data, "export", query)
    assert "Only the first 32 of the 40 words" in exported.stderr
    assert (exported.exit_code, exported.stdout) == (13, "")


def test_a_short_answer_is_followed_by_others_apart_and_an_export_is_not(sample_data: Path) -> None:
    page = json.loads(run(sample_data, "search", "national waterways survey bridge", "--json").stdout)
    assert page["total"] == len(page["hits"])
    ids = [hit["id"] for hit in (*page["hits"], *page["more"]["hits"])]
    assert len(set(ids)) == len(ids) == 10
    output = run(sample_data, "search", "national waterways survey bridge").output
    hits, line, others = output.partition("Below are some of the ")
    assert line
    assert all(hit["id"] in hits for hit in page["hits"])
    assert all(hit["id"] in others for hit in page["more"]["hits"])
    exported = run(sample_data, "export", "national waterways survey bridge").stdout.splitlines()
    assert [json.loads(each)["id"] for each in exported] == [hit["id"] for hit in page["hits"]]


def test_other_spellings_are_offered_first(sample_data: Path) -> None:
    output = run(sample_data, "search", "brigde").output
    assert "Did you mean  bridge" in output


def test_the_list_of_commands_names_each_in_a_line_and_imports_none() -> None:
    program = "import sys, web.cli; web.cli.main(['--help'], standalone_mode=False); print(*sys.modules)"
    output = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    listed, modules = output.rsplit("\n", 2)[0], output.rstrip().rsplit("\n", 1)[1].split()
    names = {path.stem for path in (ROOT / "indexer" / "commands").glob("*.py")} - {"__init__"}
    assert {line.split()[0] for line in listed.split("Commands:\n")[1].splitlines()} == names | {"serve", "password"}
    assert "..." not in listed.split("Commands:\n")[1]
    assert [each for each in modules if each.startswith(("indexer.commands.", "numpy", "archive.store"))] == []
