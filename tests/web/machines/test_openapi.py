"""The OpenAPI document is valid and whole, and every answer is as it says, whatever is asked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import jsonschema
import pytest
import schemathesis
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, Phase, given, settings
from openapi_spec_validator import validate
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi import checks
from werkzeug.routing import Rule

from web import create_app
from web.openapi import write_document

OWN = {"Sec-Fetch-Site": "same-origin"}
REAL = {
    "slug": ["halvard-brenn", "norland-coast-authority", "port-elsinore", "hiram-pell"],
    "year": ["2005", "2004", "0001"],
    "month": ["01", "09", "13"],
    "number": ["1", "2"],
    "kind": ["no-date"],
    "name": ["person"],
    "day": ["27"],
}
"""Values of parts of paths that are in the sample, or nearly."""

PAGES_ALONE = {"/search/guided", "/static/<path:filename>"}
"""What gives no 200 of its own: the form leads to a page, files of the pages' own are no one's business."""


@pytest.fixture(scope="module")
def app(sample_data: Path) -> Flask:
    return create_app(sample_data)


@pytest.fixture(scope="module")
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture(scope="module")
def ids(client: FlaskClient) -> list[str]:
    """Some releases, those with several versions first."""
    hits = [client.get(f"/search.json?limit=8&q={query}").get_json()["hits"] for query in ("is:edited", "")]
    return list(dict.fromkeys(hit["id"] for some in hits for hit in some))


@pytest.fixture(scope="module")
def document(client: FlaskClient) -> dict[str, Any]:
    answer = client.get("/openapi.json")
    assert answer.mimetype == "application/vnd.oai.openapi+json"
    found: dict[str, Any] = answer.get_json(force=True)
    return found


def test_the_document_is_valid_and_names_where_it_is(sample_data: Path, document: dict[str, Any]) -> None:
    validate(document)
    assert document["openapi"].startswith("3.1")
    assert document["servers"] == [{"url": "http://localhost"}]
    public = create_app(sample_data, url="https://news.example.org/archive").test_client()
    found = public.get("/archive/openapi.json").get_json(force=True)
    assert found["servers"] == [{"url": "https://news.example.org/archive"}]
    names = [each["operationId"] for _, _, each in operations(document)]
    assert len(set(names)) == len(names)


def operations(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def test_every_address_that_gives_no_page_is_described_and_no_other(
    app: Flask, client: FlaskClient, document: dict[str, Any], ids: list[str]
) -> None:
    found = {
        (re.sub(r"<(?:[^:<>]+:)?([^<>]+)>", r"{\1}", rule.rule), method.lower())
        for rule in app.url_map.iter_rules()
        if rule.rule not in PAGES_ALONE
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if not gives_page(client, rule, method, ids[0])
    }
    assert found | {("/batch", "post"), ("/check", "post")} == {
        (path, method) for path, method, _ in operations(document)
    }


def gives_page(client: FlaskClient, rule: Rule, method: str, work: str) -> bool:
    values = {name: REAL.get(name, [""])[0] for name in rule.arguments} | {"release_id": work}
    if rule.rule.startswith(("/sources", "/places")):
        values["slug"] = "norland-coast-authority" if "sources" in rule.rule else "port-elsinore"
    path = re.sub(r"<(?:[^:<>]+:)?([^<>]+)>", lambda match: values[match[1]] or "ferry", rule.rule)
    answer = client.open(path, method=method, headers=OWN, follow_redirects="<slug>" in rule.rule)
    return answer.status_code == 200 and answer.mimetype == "text/html"


def validator(document: dict[str, Any], schema: dict[str, Any]) -> jsonschema.Draft202012Validator:
    checker = jsonschema.Draft202012Validator.FORMAT_CHECKER
    return jsonschema.Draft202012Validator({**schema, "components": document["components"]}, format_checker=checker)


def paths_of(path: str, ids: list[str]) -> list[str]:
    """The path with each real value there is for its parts."""
    found = [path]
    for name in re.findall(r"\{(\w+)\}", path):
        values = ids if name == "release_id" else REAL[name]
        found = [each.replace(f"{{{name}}}", value) for each in found for value in values]
    return found


QUERIES = [
    "", "?q=bridge", "?q=national+waterways+survey+bridge", "?q=brigde+survy", "?q=a*", "?q=in:versions",
    "?q=%22survey%22", "?q=zzzz+bridge", "?v=1", "?order=az&letter=b", "?page=9", "?q=br", "?v=99",
    "?limit=3&cursor=x&sort=oldest&from=2004&to=x", "?q=%00%F0%9F%9A%A2&person=&undated=1", "?limit=0&offset=99999",
]  # fmt: skip


FORMS = {
    "/batch": {"queries": "bridge", "format": "csv"},
    "/check": {
        "text": "“the bridge”, “a survey of all the waterways”, “open … closed”",
        "question": "sentences",
        "format": "json",
    },
}


def test_every_answer_to_a_real_address_is_as_described(
    client: FlaskClient, document: dict[str, Any], ids: list[str]
) -> None:
    seen: set[tuple[str, int]] = set()
    for path, method, operation in operations(document):
        for address in [each + query for each in paths_of(path, ids) for query in QUERIES]:
            form = FORMS.get(path) if method == "post" else None
            answer = client.open(address, method=method.upper(), data=form, headers=OWN)
            described = operation["responses"].get(str(answer.status_code))
            assert described, (address, answer.status_code)
            seen.add((path, answer.status_code))
            content = described.get("content", {})
            if not content or "*/*" in content:
                continue
            assert answer.mimetype in content, address
            schema = content[answer.mimetype]["schema"]
            if str(answer.mimetype).endswith("json") and schema != {"type": "string"}:
                validator(document, schema).validate(answer.get_json(force=True))
    missing = {path for path, _, each in operations(document) if "200" in each["responses"]} - {
        path for path, status in seen if status == 200
    }
    assert missing == set()


def test_a_name_that_is_not_described_is_refused(document: dict[str, Any]) -> None:
    schema = {"$ref": "#/components/schemas/Problem"}
    problem = {"type": "about:blank", "title": "", "status": 404, "detail": "", "error": ""}
    validator(document, schema).validate(problem)
    for wrong in (problem | {"more": 1}, {"type": "about:blank"}, problem | {"status": "404"}):
        with pytest.raises(jsonschema.ValidationError):
            validator(document, schema).validate(wrong)


@pytest.fixture(scope="module")
def contract(app: Flask) -> Any:
    """The document as schemathesis reads it; of parts of paths, every other one is a real one."""
    return schemathesis.openapi.from_wsgi("/openapi.json", app)


@schemathesis.hook
def map_path_parameters(context: Any, path_parameters: dict[str, Any] | None) -> dict[str, Any] | None:
    """Real values for every other request, chosen by what was generated: addresses that are there are asked as well."""
    for name, value in (path_parameters or {}).items():
        digits = sum(str(value).encode("utf-8", "replace"))
        if name in REAL and digits % 2:
            path_parameters[name] = REAL[name][digits % len(REAL[name])]  # type: ignore[index]
    return path_parameters


CHECKS: list[Any] = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
]


@pytest.mark.parametrize(
    ("path", "method"), [(path, method) for path, method, _ in operations(write_document("http://localhost"))]
)
def test_whatever_is_asked_the_answer_is_as_described(contract: Any, path: str, method: str) -> None:
    @given(case=contract[path][method.upper()].as_strategy())
    @settings(
        max_examples=25,
        derandomize=True,
        deadline=None,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def ask(case: schemathesis.Case[Any]) -> None:
        plain = {"Accept-Encoding": "identity"}  # the client below reads no gzip
        case.call_and_validate(checks=CHECKS, headers=plain | (OWN if method == "post" else {}))

    ask()


HOSTILE = [
    "<script>alert(1)</script>",
    "\0",
    "\n",
    '"',
    "🚢",
    "\u202e",
    "%",
    "a" * 9000,
    "-1",
    "1e9",
    "' OR 1=1 --",
    "..",
]


@pytest.mark.parametrize("value", HOSTILE)
def test_hostile_parameters_are_no_error_of_ours(client: FlaskClient, document: dict[str, Any], value: str) -> None:
    for path, method, operation in operations(document):
        part = re.sub(r"\{\w+\}", lambda _: quote(value, safe=""), path)
        named = [each["name"] for each in operation["parameters"] if each["in"] == "query"]
        query = [(name, value) for name in named for _ in range(2)]
        answer = client.open(part, method=method.upper(), query_string=query[:3] or None, headers=OWN)
        assert answer.status_code < 500, (path, value)
        if len(value) < 100:
            answer = client.open(part, method=method.upper(), query_string=query, headers=OWN)
            assert answer.status_code < 500, (path, value)
