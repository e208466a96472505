"""Who may read the archive: those with a password or the token of a file (HTTP Basic, RFC 7617; Bearer, RFC 6750).

A password is kept as scrypt makes it (RFC 7914), which takes a moment on purpose: what was right once is remembered by
a keyed digest, and one check at a time is made, so that wrong guesses do not take the processor from readers.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

from flask import Flask, Response, request
from werkzeug.security import check_password_hash, generate_password_hash

MIN_TOKEN_LENGTH = 16
"""Characters of a token below which it could be guessed."""

CHECK_WAIT_S = 1.0
"""Seconds a password waits for the check of others before it is to be sent again."""

MAX_REMEMBERED = 256
_METHOD = "scrypt:16384:8:1"
_OPEN_ENDPOINTS = frozenset({"about.health"})
_CHALLENGES = ('Basic realm="Dateline", charset="UTF-8"', 'Bearer realm="Dateline"')


@dataclass(frozen=True, slots=True)
class Access:
    """What a password file grants: the hash of each user's password, and the token, "" for none."""

    hashes: Mapping[str, str] = field(default_factory=dict)
    token: str = ""


def read_password_file(file: Path) -> Access:
    """What a file of lines `user:hash`, as `dateline password` prints them, and at most one token grants.

    Raises:
        ValueError: it grants nothing, cannot be read, or everyone on this machine can read it; says what to do.
    """
    try:
        mode, text = file.stat().st_mode, file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ValueError(f"{file} cannot be read ({getattr(error, 'strerror', None) or 'not UTF-8'}).") from error
    if os.name == "posix" and mode & stat.S_IRWXO:
        raise ValueError(f"Others on this computer can read {file}. Run: chmod 600 {file}")
    lines = [line.strip() for line in text.splitlines()]
    return _read_lines(file, [line for line in lines if line and not line.startswith("#")])


def _read_lines(file: Path, lines: list[str]) -> Access:
    hashes, tokens = {}, []
    for line in lines:
        user, colon, hashed = line.partition(":")
        if not colon:
            tokens.append(line)
        elif user and hashed.startswith("scrypt:") and hashed.count("$") == 2:
            hashes[user] = hashed
        else:
            raise ValueError(f"{file} has a line that is no user and hash; `dateline password USER` makes one.")
    if len(tokens) > 1 or any(len(token) < MIN_TOKEN_LENGTH or not token.isascii() for token in tokens):
        raise ValueError(f"{file} may have one token, of {MIN_TOKEN_LENGTH} characters or more, letters and digits.")
    if not hashes and not tokens:
        raise ValueError(f"{file} has no password in it; `dateline password USER` makes a line.")
    return Access(hashes, "".join(tokens))


def hash_password(user: str, password: str) -> str:
    """A line of a password file.

    Raises:
        ValueError: a user's name has no colon, nothing that cannot be seen, and something in it.
    """
    if not user or ":" in user or not user.isprintable() or user.startswith("#") or user != user.strip():
        raise ValueError(user)
    return f"{user}:{generate_password_hash(password, _METHOD)}"


class Gate:
    """Lets in whom an access names. Thread-safe."""

    def __init__(self, access: Access) -> None:
        self._access = access
        self._key = secrets.token_bytes(32)
        self._remembered: set[bytes] = set()
        self._checking = Lock()
        self._unknown = generate_password_hash(secrets.token_hex(16), _METHOD)

    def admits(self, user: str, password: str) -> bool:
        """Whether a user's password, or the token in the place of a password, is right.

        Raises:
            TimeoutError: too many passwords are being checked.
        """
        if self.admits_token(password):
            return True
        digest = hmac.digest(self._key, f"{user}\0{password}".encode(errors="surrogatepass"), hashlib.sha256)
        if digest in self._remembered:
            return True
        if not self._checking.acquire(timeout=CHECK_WAIT_S):
            raise TimeoutError
        try:
            # A user who is not there takes as long as one who is.
            is_right = check_password_hash(self._access.hashes.get(user, self._unknown), password)
        finally:
            self._checking.release()
        if is_right and len(self._remembered) < MAX_REMEMBERED:
            self._remembered.add(digest)
        return is_right

    def admits_token(self, token: str) -> bool:
        """Whether this is the token."""
        sent, kept = token.encode(errors="surrogatepass"), self._access.token.encode()
        return bool(kept) and hmac.compare_digest(sent, kept)


def restrict_readers(app: Flask, access: Access | None) -> None:
    """Ask for a password or the token at every address but the one for monitors; for nothing where access is None."""
    if access:
        gate = Gate(access)
        app.before_request(lambda: None if request.endpoint in _OPEN_ENDPOINTS else _challenge(gate))


def _challenge(gate: Gate) -> Response | None:
    """None for who is let in; else the answer that asks for a password.

    It is no page of the site's: those tell about the archive.
    """
    sent = request.authorization
    try:
        if sent and sent.type == "basic" and gate.admits(sent.username or "", sent.password or ""):
            return None
        if sent and sent.type == "bearer" and gate.admits_token(sent.token or ""):
            return None
    except TimeoutError:
        busy = Response("Many passwords are being checked. Try again in a moment.\n", 503, mimetype="text/plain")
        busy.headers["Retry-After"] = "2"
        return busy
    refused = Response("This archive asks for a password.\n", 401, mimetype="text/plain")
    for challenge in _CHALLENGES:
        refused.headers.add("WWW-Authenticate", challenge)
    refused.headers["Cache-Control"] = "no-store"
    return refused
