"""The documents are true: every command, option, exit code, field, address and link in them exists, and is in them."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from paths import ROOT

from archive import errors
from indexer import errors as index_errors
from indexer.cli import main
from indexer.language import parser
from indexer.language.lexer import FIELDS
from indexer.language.parser import parse_query
from web import cli, create_app

DOCS = [ROOT / "README.md", ROOT / "CHANGELOG.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]


def text(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


@pytest.mark.parametrize("path", DOCS, ids=lambda path: path.name)
def test_links_lead_somewhere_and_no_address_of_ours_is_private(path: Path) -> None:
    content = path.read_text("utf-8")
    for target in re.findall(r"\]\(([^)#]+)\)", content):
        if not target.startswith("http"):
            assert (path.parent / target).exists(), target
    assert not re.search(r"/(home|root|work|Users)/", content)


COMMANDS = click.Context(main)


@pytest.mark.parametrize("name", main.list_commands(COMMANDS))
def test_every_command_and_option_is_documented(name: str) -> None:
    assert f"dateline {name}" in text("README.md")
    (row,) = [line for line in text("docs/CLI.md").splitlines() if re.match(rf"\| `dateline {name}[ `]", line)]
    command = main.get_command(COMMANDS, name)
    assert command
    for option in command.params:
        if isinstance(option, click.Option) and option.name not in ("as_json", "data"):  # they stand above the table
            assert option.opts[0] in row, option.opts[0]


def test_the_options_in_the_document_about_serving_exist() -> None:
    calls = re.findall(r"dateline((?: --data \S+)? (?:serve|password|upgrade|add)\b[^\n#]*)", text("docs/SERVING.md"))
    assert len(calls) > 8
    for call in calls:
        name = re.sub(r" --data \S+|[^a-z ].*", "", call).split()[0]
        command = main.get_command(COMMANDS, name)
        assert command
        known = {option for parameter in command.params for option in parameter.opts} | {"--data"}
        assert set(re.findall(r"--[a-z-]+", call)) <= known, call


def test_every_exit_code_is_documented_and_every_documented_one_exists() -> None:
    kinds = [kind for module in (errors, index_errors, cli) for kind in vars(module).values()]
    codes = {k.code for k in kinds if isinstance(k, type) and issubclass(k, errors.DatelineError)}
    documented = {int(code) for code in re.findall(r"^\| (\d+) \|", text("docs/CLI.md"), re.M)}
    assert codes - {errors.DatelineError.code} <= documented
    assert documented - codes == {0, 2, 6}  # done, click's own, verify's


def test_every_address_is_documented(sample_data: Path) -> None:
    written = text("docs/URLS.md")
    for rule in create_app(sample_data).url_map.iter_rules():
        if rule.endpoint == "static":
            continue
        shape = re.sub(r"<(?:[^:<>]+:)?([^<>]+)>", "<>", rule.rule)
        assert shape in re.sub(r"<[^<>]+>", "<>", written), rule.rule


def test_every_field_is_documented_and_the_version_is_the_grammars() -> None:
    written = text("docs/QUERY.md")
    assert f"version {parser.GRAMMAR_VERSION}" in written.splitlines()[0]
    for name in FIELDS:
        assert f"{name}:" in written, name


def test_every_query_in_the_documents_is_read_without_a_repair() -> None:
    tables = text("docs/QUERY.md").split("## Order")[0] + text("README.md").split("## The command line")[0]
    for row in re.findall(r"^\| (`.+?) \|", tables, re.M):
        for query in re.findall(r"`([^`]+)`", row):
            notices = [notice for notice in parse_query(query).notices if notice.is_repair]
            assert [notice for notice in notices if "Curly" not in notice.text] == [], query


TOP_FOLDERS = ("archive", "benchmarks", "docs", "indexer", "requirements", "tests", "web")


@pytest.mark.parametrize("document", ["docs/ARCHITECTURE.md", "CONTRIBUTING.md"])
def test_every_module_that_is_named_exists(document: str) -> None:
    files = [str(p.relative_to(ROOT)) for top in TOP_FOLDERS for p in (ROOT / top).rglob("*")]
    files += TOP_FOLDERS
    named = re.findall(r"`([\w/]+(?:\.\w+|/))`", text(document))
    assert named
    for name in named:
        if name.endswith((".py", ".h", ".sql", "/")):
            assert any(f"/{file}/".endswith((f"/{name}", f"/{name}/")) for file in files), name


def test_every_dependency_has_its_reason() -> None:
    listed = re.findall(r'^    "([A-Za-z0-9-]+)>=', text("pyproject.toml"), re.M)
    reasons = text("docs/ARCHITECTURE.md").split("## Dependencies")[1].lower()
    assert listed
    for name in listed:
        assert name.lower() in reasons, name


def test_the_version_is_one_everywhere_and_has_its_changes() -> None:
    (version,) = re.findall(r'^version = "(.+)"$', text("pyproject.toml"), re.M)
    changes = re.findall(r"^## (.+)$", text("CHANGELOG.md"), re.M)
    assert changes[0] == version
    ordered = sorted(changes, key=lambda each: [int(part) for part in each.split(".")], reverse=True)
    assert changes == ordered
    assert CliRunner().invoke(main, ["--version"]).output.split()[-1] == version


def test_changes_are_grouped() -> None:
    for part in text("CHANGELOG.md").split("\n## ")[1:]:
        groups = re.findall(r"^### (.+)$", part, re.M)
        assert groups == [each for each in ("Added", "Changed", "Fixed") if each in groups], part.splitlines()[0]
        assert "### " in part.split("\n* ")[0], "a change without a group"


def test_requirements_name_no_registry_and_pin_every_package_with_hashes() -> None:
    for path in sorted((ROOT / "requirements").glob("*.txt")):
        content = path.read_text("utf-8")
        assert "://" not in content
        packages = re.findall(r"^[a-z0-9][^\s=]*==[^\s]+.*(?:\n    --hash.*)+", content, re.M)
        assert len(packages) == len(re.findall(r"^[a-z0-9]", content, re.M)) > 0
