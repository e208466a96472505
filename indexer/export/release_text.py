"""One release as plain text and as Markdown: title, facts, text, and how to cite it."""

from __future__ import annotations

import re
from dataclasses import replace

from archive.release import Release, Version
from indexer.citation import Citation, day_month_year, escape_url, format_plain

_UNTITLED = "(no headline)"

# What CommonMark 0.31 and its common extensions (tables, strikethrough, mathematics, emoji, bare links) give a meaning
# anywhere in a line; a backslash before ASCII punctuation makes a character of it (CommonMark, 2.4).
_INLINE = re.compile(r"[\\`*_{}\[\]<>&#|~$^!:@=+\"]|(?<=[Ww]{3})\.")
_LINE_START = re.compile(r"^([ \t]*)(-|\d{1,9}(?=[.)]))", re.MULTILINE)
_NO_BREAK_SPACE = "\u00a0"


def release_to_text(version: Version, citation: Citation) -> str:
    """A release as plain text in lines that end in LF."""
    release = version.release
    title, body = release.title.strip() or _UNTITLED, release.body.strip("\n")
    return _join(title, _facts(release), body, "--", format_plain(citation))


def release_to_markdown(version: Version, citation: Citation) -> str:
    """A release as Markdown (CommonMark): its text stays text, lines stay lines, and no HTML comes of it."""
    release = version.release
    title = " ".join(release.title.split()) or _UNTITLED
    cited = escape_markdown(format_plain(replace(citation, address="")))
    address = f" <{escape_url(citation.address)}>" if citation.address else ""
    body = map(_paragraph, re.split(r"\n\s*\n", release.body.strip("\n")))
    return _join(f"# {escape_markdown(title)}", escape_markdown(_facts(release)), *body, "---", cited + address)


def _join(*paragraphs: str) -> str:
    return "\n\n".join(filter(None, paragraphs)) + "\n"


def escape_markdown(text: str) -> str:
    """`text` so that Markdown shows it as it is."""
    return _LINE_START.sub(_escape_start, _INLINE.sub(r"\\\g<0>", text))


def _escape_start(match: re.Match[str]) -> str:
    """A dash or a number at the beginning of a line would begin a list; blanks would begin a block of code."""
    return f"{match[1]}{match[2]}\\" if match[2][0].isdigit() else f"{match[1]}\\{match[2]}"


def _paragraph(text: str) -> str:
    lines = (line.rstrip() for line in text.split("\n"))
    return "\\\n".join(_keep_blanks(escape_markdown(line)) for line in lines if line)


def _keep_blanks(line: str) -> str:
    """A line whose blanks at the beginning are shown, and begin no block of code."""
    bare = line.lstrip()
    indent = line[: len(line) - len(bare)].expandtabs(4)
    return _NO_BREAK_SPACE * len(indent) + bare


def _facts(release: Release) -> str:
    """Date, place, source and byline in one line."""
    date = day_month_year(release.published) if release.published else "No date"
    byline = f"by {release.byline}" if release.byline else ""
    return " · ".join(" ".join(fact.split()) for fact in (date, release.place, release.source, byline) if fact)
