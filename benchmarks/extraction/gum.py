"""The persons of GUM's news: Wikinews stories (CC-BY) whose markup has paragraphs, headings and words apart.

Its person spans hold all that is human ("the team", "she"), so the full names among them are listed by us in
`gum_people.json`. Stories are no releases: the figures have no target.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from archive.extract import read_release
from archive.release import Record, Stated
from archive.rules import rule
from benchmarks.extraction.corpora import CORPORA, TODAY, named_people
from benchmarks.extraction.figure import Figure
from benchmarks.extraction.half import Half
from benchmarks.extraction.matching import ExpectedPerson, MatchCounts

_TITLE = re.compile(r'<text [^>]*\btitle="([^"]*)"')
_NO_SPACE_BEFORE = re.compile(r" (?=[,.;:!?)\]’”%]|['’](?:s|re|ve|ll|d|m|t)\b|n['’]t\b)")
_NO_SPACE_AFTER = re.compile(r"(?<=[(\[“$£]) | ?(?<=\w) - (?=\w)")
_ESCAPED = {"&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&apos;": "'"}


def measure(half: Half) -> Iterator[Figure]:
    """Precision and recall of unique full names per story."""
    tally = MatchCounts()
    for gold in half.annotated("gum_people"):
        path = CORPORA / "gum_news_ccby" / f"{gold['file']}.xml"
        if path.is_file():
            title, text = story(path)
            record = Record(text, b"", "text/plain", stated=(Stated("title", title, rule("json-key", name="title")),))
            release = read_release(record, path.name, TODAY)
            tally.add(
                gold["file"],
                [each.name for each in named_people(release)],
                [ExpectedPerson(name) for name in gold["people"]],
            )
    if tally.wanted:
        yield from tally.figures("GUM persons")


def story(path: Path) -> tuple[str, str]:
    """Title and text of a story, its words joined as they were written."""
    markup = path.read_text("utf-8")
    title = _TITLE.search(markup)
    paragraphs: list[list[str]] = [[]]
    for line in markup.splitlines():
        if re.match(r"</?(?:p|head|caption|list|item|figure)\b", line):
            paragraphs.append([])
        elif not line.startswith("<") and "\t" in line:
            paragraphs[-1].append(_plain(line.split("\t")[0]))
    return _plain(title[1]) if title else "", "\n\n".join(_join_words(words) for words in paragraphs if words)


def _join_words(words: list[str]) -> str:
    text = _NO_SPACE_BEFORE.sub("", " ".join(words))
    return _NO_SPACE_AFTER.sub(lambda match: match[0].strip(), text)


def _plain(text: str) -> str:
    return re.sub(r"&\w+;", lambda match: _ESCAPED.get(match[0], match[0]), text)
