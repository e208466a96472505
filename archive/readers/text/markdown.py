"""Reads Markdown: front matter as stated values, the first heading as the title, the text without markup."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from operator import itemgetter

from archive.readers.encoding import decode
from archive.readers.named_fields import fields_of
from archive.readers.normalise import clean, tidy
from archive.readers.raised_text import RAISED, write_element
from archive.readers.records import make_record, make_stated
from archive.release import Record, Skipped
from archive.rules import rule

_FRONT = re.compile(r"\A\s*(---|\+\+\+)[ \t]*\n(.*?)\n(?:\1|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_VALUE = re.compile(r"^([A-Za-z][\w .-]{0,40}?)[ \t]*[:=]\s*(.*)$", re.MULTILINE)
_HEADING = re.compile(r"\A\s*(?:#[ \t]+([^\n]+)(?:\n|\Z)|(\S[^\n]*)\n=+[ \t]*(?:\n|\Z))")
_INNER: Callable[[re.Match[str]], str] = itemgetter(1)
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")
_LABEL = r"[^\[\]\n]"
_TARGET = r"\((?:[^()\n]|\([^()\n]*\))*\)"
# What is taken off, in this order (CommonMark 0.31): a mark without which there is nothing to look for, a pattern and
# what it leaves. No pattern looks beyond the next mark of its own kind, or a file of brackets that never close would be
# searched to its end from each of them. What begins a line is looked for after a line end, which is found faster than
# a beginning.
_MARKUP: tuple[tuple[str, re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    ("![", re.compile(rf"!\[{_LABEL}*\]{_TARGET}"), ""),
    ("](", re.compile(rf"\[({_LABEL}+)\]{_TARGET}"), _INNER),
    ("][", re.compile(rf"\[({_LABEL}+)\]\[{_LABEL}*\]"), _INNER),
    ("]:", re.compile(r"\n\[[^\]\n]+\]:[ \t]+\S+.*$", re.MULTILINE), "\n"),
    ("<", re.compile(r"<((?:https?://|mailto:)[^<>\s]+)>"), _INNER),
    ("<sup", RAISED, write_element),
    ("<", re.compile(r"</?[a-zA-Z][^<>\n]*>"), ""),
    (
        "#",
        re.compile(r"\n[ \t]{0,3}#{1,6}[ \t]+(.*)$", re.MULTILINE),
        lambda found: "\n" + _strip_closing_hashes(found[1]),
    ),
    ("", re.compile(r"\n[ \t]{0,3}(?:(?:=+|-{2,}|\*{3,}|_{3,})|(?:[*_-][ \t]+){3,})[ \t]*$", re.MULTILINE), "\n"),
    (">", re.compile(r"\n[ \t]{0,3}>[ \t]?"), "\n"),
    ("", re.compile(r"\n[ \t]*(?:```|~~~).*$", re.MULTILINE), "\n"),
    ("**", re.compile(r"\*\*(?=\S)((?:[^*\n]++|\*(?!\*))++)(?<=\S)\*\*"), _INNER),
    ("__", re.compile(r"__(?=\S)((?:[^_\n]++|_(?!_))++)(?<=\S)__"), _INNER),
    ("*", re.compile(r"\*(?<![\w*]\*)(?=\S)([^*\n]++)(?<=\S)\*(?![\w*])"), _INNER),
    ("_", re.compile(r"_(?<!\w_)(?=\S)([^_\n]++)(?<=\S)_(?!\w)"), _INNER),
    ("`", re.compile(r"`([^`\n]+)`"), _INNER),
    ("\\", re.compile(r"(?<![ \t])[ \t]*\\$", re.MULTILINE), ""),
    ("\\", re.compile(r"\\([!-/:-@\[-`{-~])"), _INNER),
)


def read(content: bytes) -> Iterator[Record | Skipped]:
    """Read a Markdown file as one record."""
    decoded = decode(content)
    values, text = _front_matter(clean(decoded.text))
    title, text = _title(text)
    said = [
        *fields_of(values, "front-matter"),
        *([make_stated("title", title, rule("first-heading"))] if title else []),
    ]
    yield make_record(
        _strip_markup(text), content, "text/markdown", values=said, encoding=decoded.encoding, notes=decoded.notes
    )


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
    return _strip_markup(_strip_closing_hashes(found[1]) if found[1] else found[2]), text[found.end() :]


def _strip_markup(text: str) -> str:
    text = "\n" + _strip_comments(text)
    for mark, pattern, left in _MARKUP:
        if mark in text:
            text = pattern.sub(left, text)
    return tidy(_ENTITY.sub(lambda found: html.unescape(found[0]), text) if "&" in text else text)


def _strip_comments(text: str) -> str:
    """Without comments; one that is never closed is text."""
    kept, at = [], 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start + 4)) >= 0:
        kept.append(text[at:start])
        at = end + 3
    return "".join([*kept, text[at:]])


def _strip_closing_hashes(heading: str) -> str:
    """The words of a heading without the hashes that may close it; those of "C#" belong to the word."""
    words = heading.rstrip(" \t")
    bare = words.rstrip("#")
    return bare.rstrip(" \t") if not bare or bare[-1] in " \t" else words
