"""Markdown: front matter as stated, the first heading as the title, light mark-up taken off the text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from archive.readers.encoding import decode
from archive.readers.named_fields import fields_of
from archive.readers.normal import clean, tidy
from archive.readers.records import make, stated
from archive.release import Record, Skipped

_FRONT = re.compile(r"\A\s*(---|\+\+\+)[ \t]*\n(.*?)\n(?:\1|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_VALUE = re.compile(r"^([A-Za-z][\w .-]{0,40}?)\s*[:=]\s*(.*?)\s*$", re.MULTILINE)
_HEADING = re.compile(r"\A\s*(?:#[ \t]+(.+?)[ \t]*#*[ \t]*(?:\n|\Z)|(\S[^\n]*)\n=+[ \t]*(?:\n|\Z))")
# What is taken off, in this order (CommonMark 0.31): each pattern and what it leaves. Lengths are bounded
# so that a file of brackets that never close is not searched to its end from each of them.
_MARKS = (
    (re.compile(r"<!--.{0,5000}?-->", re.DOTALL), ""),
    (re.compile(r"!\[[^\]\n]{0,1000}\]\([^)\n]{0,1000}\)"), ""),
    (re.compile(r"\[([^\]\n]{1,1000})\](?:\([^)\n]{0,1000}\)|\[[^\]\n]{0,200}\])"), r"\1"),
    (re.compile(r"^\[[^\]\n]+\]:[ \t]+\S+.*$", re.MULTILINE), ""),
    (re.compile(r"<((?:https?://|mailto:)[^<>\s]+)>"), r"\1"),
    (re.compile(r"</?[a-zA-Z][^<>\n]*>"), ""),
    (re.compile(r"^[ \t]{0,3}#{1,6}[ \t]+(.*?)[ \t]*#*[ \t]*$", re.MULTILINE), r"\1"),
    (re.compile(r"^[ \t]{0,3}(?:(?:=+|-{2,}|\*{3,}|_{3,})|(?:[*_-][ \t]+){3,})[ \t]*$", re.MULTILINE), ""),
    (re.compile(r"^[ \t]{0,3}>[ \t]?", re.MULTILINE), ""),
    (re.compile(r"^[ \t]*(?:```|~~~).*$", re.MULTILINE), ""),
    (re.compile(r"(\*\*|__)(?=\S)([^\n]+?)(?<=\S)\1"), r"\2"),
    (re.compile(r"(?<![\w*])\*(?=\S)([^*\n]+?)(?<=\S)\*(?![\w*])"), r"\1"),
    (re.compile(r"(?<!\w)_(?=\S)([^_\n]+?)(?<=\S)_(?!\w)"), r"\1"),
    (re.compile(r"`([^`\n]+)`"), r"\1"),
    (re.compile(r"[ \t]*\\$", re.MULTILINE), ""),
    (re.compile(r"\\([!-/:-@\[-`{-~])"), r"\1"),
)


def read(content: bytes) -> Iterator[Record | Skipped]:
    """Read a Markdown file as one record."""
    decoded = decode(content)
    values, text = _front_matter(clean(decoded.text))
    title, text = _title(text)
    said = [*fields_of(values, "front matter"), *([stated("title", title, "first heading")] if title else [])]
    yield make(_plain(text), content, "text/markdown", values=said, encoding=decoded.encoding, notes=decoded.notes)


def _front_matter(text: str) -> tuple[dict[str, object], str]:
    """The `key: value` lines (YAML) or `key = value` lines (TOML) before the text; lists are left out."""
    found = _FRONT.match(text)
    if not found:
        return {}, text
    values: dict[str, object] = {}
    for name, value in _VALUE.findall(found[2]):
        values.setdefault(name, value.strip("\"'").strip())
    return values, text[found.end() :]


def _title(text: str) -> tuple[str, str]:
    """The heading the text begins with, as plain text, and the text after it."""
    found = _HEADING.match(text)
    if not found:
        return "", text
    return _plain(found[1] or found[2]), text[found.end() :]


def _plain(text: str) -> str:
    for pattern, left in _MARKS:
        text = pattern.sub(left, text)
    return tidy(text)
