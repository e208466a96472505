"""docs/JSON.md is true: every name that a command or an address prints stands there, and each of them is printed."""

from __future__ import annotations

import json
import re
import shutil
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner
from paths import ROOT
from raw_database import raw_database

from archive.sample import RELEASES
from indexer.cli import main
from web import create_app

DOCUMENT = (ROOT / "docs" / "JSON.md").read_text("utf-8")
SECTIONS = dict(re.findall(r"^## (.+)\n([\s\S]*?)(?=^## |\Z)", DOCUMENT, re.M))

Shape = dict[str, Any]
"""Names, and the names below each; a list has those of its members."""


def parse_section(section: str) -> Shape:
    """The names in the blocks under a heading."""
    root: Shape = {}
    for name in re.findall(r"the names\s+of `([^`]+)`", SECTIONS[section]):
        root |= parse_section(name)
    for block in re.findall(r"(?:^    .*\n?)+", SECTIONS[section], re.M):
        read_block(block, root)
    return root


def read_block(block: str, root: Shape) -> None:
    above: list[Shape] = []
    here, name = root, ""
    for token in re.finditer(r'"([^"]+)":|"[^"]*"|\{as ([a-z ]+)\}|([{}])', block):
        key, like, bracket = token.groups()
        if key:
            name = key
            here.setdefault(name, {})
        elif like:
            here[name] = parse_section(like)
        elif bracket == "{":
            above.append(here)
            here, name = (here[name] if name else here), ""
        elif bracket == "}":
            here, name = above.pop(), ""
    assert not above, block


def names(shape: Shape, at: str = "") -> Iterator[str]:
    for name, below in shape.items():
        yield at + name
        yield from names(below, f"{at}{name}.")


def printed_names(value: object, shape: Shape, at: str = "") -> Iterator[str]:
    """The names of a value; where the document has a name in brackets, any is that one."""
    if isinstance(value, list):
        for each in value:
            yield from printed_names(each, shape, at)
    elif isinstance(value, dict):
        (any_name,) = [name for name in shape if name.startswith("<")] or [""]
        for key, below in value.items():
            name = any_name or key
            yield at + name
            yield from printed_names(below, shape.get(name, {}), f"{at}{name}.")


class Outputs:
    """What commands and addresses print, by the heading they stand under."""

    def __init__(self, home: Path) -> None:
        self.folder = Path(shutil.copytree(RELEASES, home / "releases"))
        self.data = home / "data"
        self.values: dict[str, list[object]] = defaultdict(list)
        self.commands: set[str] = set()

    def run(self, section: str, *line: str, code: int = 0) -> Any:
        """A command's value; of several, the last."""
        result = CliRunner().invoke(main, ["--data", str(self.data), *line, *["--json"][: line[0] != "export"]])
        assert result.exit_code == code, result.output
        self.commands.add(line[0])
        return self.take(section, result.stdout)

    def get(self, section: str, url: str) -> Any:
        return self.take(section, create_app(self.data).test_client().get(url).text)

    def take(self, section: str, text: str) -> Any:
        decoder, at = json.JSONDecoder(), 0
        while at < len(text.rstrip()):
            value, end = decoder.raw_decode(text[at:].lstrip())
            at += len(text[at:]) - len(text[at:].lstrip()) + end
            self.values[section].append(value)
        return self.values[section][-1]


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> Outputs:
    """Everything that prints JSON: the sample with a doubtful date, some corrections and, at last, a damaged index."""
    home = tmp_path_factory.mktemp("json")
    every = Outputs(home)
    (every.folder / "doubt.txt").write_text("Quay Opens\n\nFor release 03/04/2005\n\nThe quay is open.\n", "utf-8")
    for year in (1995, 1996, 2007, 2008):  # two people who share a slug
        name = "Judge Jane A. Roe" if year < 2000 else "Mayor Jane B. Roe"
        text = f"Library of {year}\n\nELSINORE, May 2, {year} -- It was opened by {name} today.\n"
        (every.folder / f"{year}.txt").write_text(text, "utf-8")
    for at, division in enumerate(("Tax Division", "Tax Division", "Civil Division")):  # parts of an office, with a gap
        release = {
            "title": f"Case {at}",
            "date": f"2011-0{3 * at + 1}-20",
            "components": division,
            "body": f"Case {at}.",
        }
        (every.folder / f"case{at}.json").write_text(
            json.dumps(release | {"url": "https://www.justice.gov/pr"}), "utf-8"
        )
    (every.folder / "levy.txt").write_text(
        "Levy\n\nELSINORE, May 3, 1996 -- "
        "“We will not raise it,” said Hiram Pell. “If asked, the levy is paid in full.”\n"
        "“The levy is paid,” said Hiram Pell.",
        "utf-8",
    )
    every.run("add", "add", str(every.folder))
    check_drafts(every, home)
    work = every.run("search", "search", "bridge")["hits"][0]["id"]
    other = every.run("search", "search", "harbor", "--limit", "1")["hits"][0]["id"]
    for line in ("national waterways survey bridge", "a* " + " ".join(f"w{n}*" for n in range(40))):  # more, partial
        every.run("search", "search", line)
    for line in ("bridge lamp harbor comet flood", '"bridge lamp"', "brigde survy"):
        every.run("search", "search", line)
    every.run("search", "search", '"survey"')
    every.get("search", "/search.json?q=national+survey")
    every.run("search", "search", "said:the", "speaker:*")
    every.run("search", "search", "national survey bridge said:the")
    every.run("quotes", "quotes", "the")
    every.get("quotes", "/quotes.json?q=speaker:mbeko")
    (home / "queries.txt").write_text("national survey\n# no query\n", "utf-8")
    every.run("batch", "search", "--batch", str(home / "queries.txt"))
    correct = ("--by", "R. Lee", "--reason", "misprint")
    every.run("index report", "correct", work, "place", "Elsinore", *correct, "--version", "1")
    every.run("index report", "correct", work, "person", "Ann Roe", *correct, "--kind", "speaker", "--role", "Mayor")
    every.run("index report", "correct", "hiram-pell", "name", "Hiram Q. Pell", *correct)
    spelling = ("--spelling", "Hiram Pell", "--in", work)
    every.run("index report", "correct", "hiram-pell", "another", "Hiram Pell the Younger", *correct, *spelling)
    with (every.data / "corrections.toml").open("a", encoding="utf-8") as file:
        file.write('\n[[correction]]\nrelease = "0000000000"\nfield = "place"\nvalue = "X"\nby = "Lee"\n')
    every.run("corrections", "corrections", code=11)
    every.run("index report", "corrections", "--accept")
    every.run("corrections", "corrections", "--put-back")
    every.run("add", "add", str(every.folder))
    every.run("export", "export", "bridge")
    every.get("names", "/people.json")
    every.get("name", "/people/jane-roe.json")
    for name in ("people/ines-duarte", "sources/u-s-department-of-justice", "sources/tax-division"):
        every.get("name", f"/{name}.json")
    every.get("coverage", "/coverage.json")
    every.get("dates", "/dates/2005.json")
    every.run("show", "show", work)
    every.get("show", f"/release/{work}.json")
    lamp = every.folder / "lamp.txt"
    for day, text in (("May 2", "lit"), ("May 3", "not “lit”")):
        lamp.write_text(f"Lamp Lit\n\nELSINORE, {day}, 1996 -- The lamp is {text}, said Hiram Pell.\n", "utf-8")
        every.run("add", "add", str(every.folder))
    every.get(
        "changes of a version", every.get("changes", "/changes.json?since=2001")["changes"][0]["url"] + "/changes.json"
    )
    every.run("explain", "explain", work)
    every.run("explain", "explain", str(every.folder / "nws" / "bulletins-2013-2014.jsonl"))
    every.run("stats", "stats")
    every.run("stats --skipped", "stats", "--skipped")
    every.run("audit", "audit", "--limit", "0")
    every.run("folders", "folders")
    every.run("verify", "verify")
    every.run("backup", "backup", str(home / "backup.tar"))
    every.run("restore", "restore", str(home / "backup.tar"), str(home / "restored"))
    every.run("index report", "rebuild")
    every.run("upgrade", "upgrade")
    with raw_database(every.data, with_checksums=True) as db:  # as an earlier version stored it
        db.execute("UPDATE versions SET read_by = '', context = NULL")
    every.run("rebuild --reread", "rebuild", "--reread")
    max((every.data / "index").glob("gen-*/generation.json")).unlink()
    every.get("healthz", "/healthz")
    every.get("error", "/release/0000000000.json")
    every.run("purge", "purge", other, "--reason", "asked for")
    every.run("forget", "forget", str(every.folder))
    return every


def check_drafts(every: Outputs, home: Path) -> None:
    """A draft with a quotation of each kind that has names of its own, and a text that is a release."""
    draft, cut = home / "draft.txt", "the levy is paid"
    quotations = (f"We will not raise it … {cut}", "We will raise it", cut, f"{cut} in full")
    draft.write_text("\n\n".join(f"“{each}”, said Hiram Pell." for each in quotations), "utf-8")
    checked = every.run("check", "check", str(draft), "--all", code=1)
    every.values["an answer"] += checked["answers"]
    every.values["a place"] += [place for answer in checked["answers"] for place in answer["places"]]
    every.run("check sources", "check", "--sources", str(every.folder / "levy.txt"))


def test_every_command_with_json_is_there(outputs: Outputs) -> None:
    context = click.Context(main)
    commands = {name: main.get_command(context, name) for name in main.list_commands(context)}
    with_json = {name for name, each in commands.items() if each and any(p.name == "as_json" for p in each.params)}
    assert outputs.commands == with_json | {"export"}
    assert set(outputs.values) == set(SECTIONS)


@pytest.mark.parametrize("section", SECTIONS)
def test_what_is_printed_is_what_is_documented(outputs: Outputs, section: str) -> None:
    shape = parse_section(section)
    found = {name for value in outputs.values[section] for name in printed_names(value, shape)}
    expected = set(names(shape))
    assert found - expected == set(), "printed, and not documented"
    assert expected - found == set(), "documented, and never printed"
