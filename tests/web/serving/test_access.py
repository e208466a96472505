"""A password or token for the whole archive: who is let in, what is said to others, which files are refused."""

from __future__ import annotations

import base64
import os
import pickle
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask.testing import FlaskClient
from served import serving

import web.cli  # noqa: F401 - makes `serve` one of the commands
from indexer.cli import main
from web import create_app
from web.middleware.access import Access, Gate, hash_password, read_password_file

TOKEN = "kXo3-Zr9_qL2vB7n"
PASSWORD = "sägt: \U0001f6a2 \"'<script>"


@pytest.fixture(scope="module")
def line() -> str:
    return hash_password("desk", PASSWORD)


@pytest.fixture
def file(tmp_path: Path, line: str) -> Path:
    return write_file(tmp_path, f"# readers\n\n{line}\n  {TOKEN}  \n")


def write_file(folder: Path, content: str | bytes, mode: int = 0o600) -> Path:
    path = folder / "passwords"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    path.chmod(mode)
    return path


@pytest.fixture
def client(sample_data: Path, file: Path) -> FlaskClient:
    return create_app(sample_data, access=read_password_file(file)).test_client()


def basic(user: str, password: str) -> dict[str, str]:
    return {"Authorization": "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()}


@pytest.mark.parametrize(
    "headers",
    [basic("desk", PASSWORD), basic("anyone", TOKEN), basic("", TOKEN), {"Authorization": f"Bearer {TOKEN}"}],
    ids=["password", "token as password", "token alone", "bearer"],
)
def test_who_knows_it_is_let_in(client: FlaskClient, headers: dict[str, str]) -> None:
    for _ in range(2):  # the second time it is remembered
        assert client.get("/search?q=bridge", headers=headers).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {}, basic("desk", ""), basic("desk", PASSWORD + " "), basic("Desk", PASSWORD), basic("", ""),
        basic("desk", TOKEN[:-1]), basic("nobody", PASSWORD), basic("desk\0", PASSWORD), basic("desk", "x" * 10_000),
        {"Authorization": "Bearer"}, {"Authorization": "Bearer "}, {"Authorization": f"Bearer {TOKEN}x"},
        {"Authorization": "Bearer \u00e4"}, {"Authorization": f"Token {TOKEN}"}, {"Authorization": TOKEN},
        {"Authorization": "Basic !!!"}, {"Authorization": "Basic"}, {"Authorization": "Digest username=desk"},
        {"Authorization": "Basic " + base64.b64encode(b"\xff\xfe:\xff").decode()}, {"Cookie": f"token={TOKEN}"},
    ],
)  # fmt: skip
def test_others_are_not(client: FlaskClient, headers: dict[str, str]) -> None:
    answer = client.get("/search?q=bridge", headers=headers)
    assert answer.status_code == 401
    assert answer.headers.getlist("WWW-Authenticate")[0].startswith("Basic realm=")
    assert answer.headers["Cache-Control"] == "no-store"
    assert "bridge" not in answer.text.lower()


def test_every_address_asks_but_the_one_for_monitors(client: FlaskClient) -> None:
    paths = [rule.rule for rule in client.application.url_map.iter_rules() if "<" not in rule.rule]
    assert len(paths) > 20
    for path in [*paths, "/nothing", "/static/dateline.css", "/people/x", "//", "/%00"]:
        for method in ("GET", "HEAD", "POST", "OPTIONS"):  # 401 at /healthz too: nothing is sent there
            expected = {200, 401} if path == "/healthz" else {401}
            assert client.open(path, method=method).status_code in expected, (method, path)


def test_the_description_for_programs_says_that_a_password_may_be_asked_for(client: FlaskClient) -> None:
    document = client.get("/openapi.json", headers=basic("x", TOKEN)).get_json()
    schemes = document["components"]["securitySchemes"]
    assert sorted(each["scheme"] for each in schemes.values()) == ["basic", "bearer"]
    assert document["security"] == [{}, *({name: []} for name in schemes)]
    refused = document["paths"]["/search.json"]["get"]["responses"]["401"]
    assert list(refused["content"]) == [client.get("/search.json").mimetype]


def test_a_validator_tells_nobody_anything(client: FlaskClient) -> None:
    tag = client.get("/", headers=basic("x", TOKEN)).headers["ETag"]
    assert client.get("/", headers={"If-None-Match": tag}).status_code == 401
    assert client.get("/", headers=basic("x", TOKEN) | {"If-None-Match": tag}).status_code == 304


def test_what_a_file_grants_goes_to_workers_as_it_is(file: Path) -> None:
    access = read_password_file(file)
    assert (list(access.hashes), access.token) == (["desk"], TOKEN)
    assert pickle.loads(pickle.dumps(access)) == access
    assert PASSWORD not in file.read_text("utf-8")


def test_an_empty_token_opens_nothing() -> None:
    gate = Gate(Access({}, ""))
    assert not gate.admits_token("")
    assert not gate.admits("", "")


@pytest.mark.parametrize("mode", [0o604, 0o602, 0o644, 0o777])
@pytest.mark.skipif(os.name != "posix", reason="modes are of POSIX")
def test_a_file_that_others_can_read_or_write_is_refused(tmp_path: Path, line: str, mode: int) -> None:
    with pytest.raises(ValueError, match="chmod 600"):
        read_password_file(write_file(tmp_path, line, mode))


@pytest.mark.parametrize("mode", [0o400, 0o600, 0o440])
def test_a_file_of_its_owner_or_group_is_read(tmp_path: Path, line: str, mode: int) -> None:
    assert list(read_password_file(write_file(tmp_path, line, mode)).hashes) == ["desk"]


@pytest.mark.parametrize(
    "content",
    [
        "", "\n\n", "# nothing\n", "short", "desk:plainpassword", "desk:", ":", f":{TOKEN}", f"{TOKEN}\n{TOKEN}x",
        "sechzehn-zeichen-\u00e4", b"\xff\xfe\x00", "desk:scrypt:1", "desk:$2y$10$abcdefghijk",
    ],
)  # fmt: skip
def test_a_file_that_grants_nothing_or_holds_something_else_is_refused(tmp_path: Path, content: str | bytes) -> None:
    with pytest.raises(ValueError, match="passwords"):
        read_password_file(write_file(tmp_path, content))


def run(*line: str, typed: str = "") -> Result:
    return CliRunner().invoke(main, list(line), input=typed)


def test_the_command_makes_a_line_that_lets_in(tmp_path: Path) -> None:
    result = run("password", "news desk", typed="secret phrase\nsecret phrase\n")
    assert result.exit_code == 0
    gate = Gate(read_password_file(write_file(tmp_path, result.stdout)))
    assert gate.admits("news desk", "secret phrase")
    assert not gate.admits("news desk", "secret phrase ")


@pytest.mark.parametrize("user", ["", "a:b", "#a", " a", "a\n", "a\u202eb"])
def test_a_name_that_a_file_cannot_hold_is_refused(user: str) -> None:
    assert run("password", user, typed="x\nx\n").exit_code == 2


def test_serve_refuses_a_file_before_it_listens(sample_data: Path, tmp_path: Path) -> None:
    for file in (tmp_path / "none", write_file(tmp_path, TOKEN, 0o644)):
        result = run("--data", str(sample_data), "serve", "--no-browser", "--port", "0", "--password-file", str(file))
        assert result.exit_code == 2
        assert "Dateline is at" not in result.output
        assert TOKEN not in result.output


def test_the_server_asks_and_says_what_an_open_address_means(sample_data: Path, tmp_path: Path, file: Path) -> None:
    log = tmp_path / "log"
    with serving(sample_data, log, "--host", "0.0.0.0", "--password-file", str(file)) as served:
        assert served.get("/").status == 401
        assert served.get("/healthz").status == 200
        assert served.get("/", f"Authorization: Bearer {TOKEN}").status == 200
        assert "they need the password" in served.output
    with serving(sample_data, log, "--host", "0.0.0.0") as served:
        assert "Everyone who can reach this computer" in served.output
    with serving(sample_data, log) as served:
        assert "Everyone" not in served.output
