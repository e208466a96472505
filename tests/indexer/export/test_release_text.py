"""A release as text and as Markdown: markdown-it shows the words that stand in it, and no markup."""

from __future__ import annotations

import html
import re

import pytest
from citations import BASE, version_of
from markdown_it import MarkdownIt

from indexer.citation import cite_version
from indexer.export import release_to_markdown, release_to_text

HOSTILE = [
    "plain words.",
    "<script>alert(1)</script> <!-- x --> &lt; &amp;",
    "# no heading\n## none\n=====\n-----",
    "* a\n- b\n+ c\n1. d\n2) e\n> f",
    "    code?\n\ttab",
    "`code` **bold** _em_ ~~gone~~ $x^2$ ^[note] [link](http://x.example) ![image](y)",
    "| a | b |\n|---|---|\n| 1 | 2 |",
    "[ref]: http://x.example 'title'\n[ref]",
    "http://x.example www.x.example mail@x.example :smile:",
    "back\\slash \\* ends\\",
    "two  \nspaces\n\n\n\nand a gap",
    "***\n___\n- - -",
    "אור 🌫 \u200fRTL\u202e \x00",
    "```\nfence\n```\n~~~",
    "1986\\. A great year\n007) Bond",
    "<https://x.example>",
]


def shown(markup: str) -> list[str]:
    """The words of a page."""
    return html.unescape(re.sub("<[^>]+>", " ", markup)).split()


def render(text: str) -> str:
    return str(MarkdownIt("gfm-like", {"linkify": False, "html": True}).render(text))


@pytest.mark.parametrize("text", HOSTILE)
def test_markdown_shows_the_text_and_makes_no_markup_of_it(text: str) -> None:
    version = version_of("Acme <b>Inc.</b>", title=text, body=f"{text}\n\n{text}", byline="*A* _B_")
    markup = render(release_to_markdown(version, cite_version(version, BASE)))
    assert set(re.findall("<([a-z0-9]+)", markup)) - {"br"} == {"h1", "p", "hr", "a"}
    assert markup.count("<a ") == markup.count("<h1>") == 1
    assert markup.count("<hr") == 1
    body = text.replace("\x00", "\ufffd")
    words = shown(markup)
    start = len(body.split())
    assert words[:start] == body.split()
    facts = "20 January 2011 · Port Elsinore · Acme <b>Inc.</b> · by *A* _B_".split()
    assert words[start : start + len(facts)] == facts
    after = start + len(facts)
    assert words[after : after + 2 * start] == body.split() * 2
    assert f'href="{BASE}/release/qh5spnhvvy/v2"' in markup


def test_markdown_keeps_lines_apart_and_their_blanks() -> None:
    version = version_of(body="Dear Sir,\n  two blanks\n\tone tab\n\nEnd.")
    markup = render(release_to_markdown(version, cite_version(version, "")))
    assert markup.count("<br") == 2
    assert "\u00a0\u00a0two blanks" in markup
    assert "<a" not in markup


def test_plain_text_is_the_title_the_facts_the_text_and_the_citation() -> None:
    version = version_of("Acme Inc.", date="2011-01", body="\nOne.\n\n  Two <b>.\n", byline="Ann Lee")
    assert release_to_text(version, cite_version(version, BASE)) == (
        "Fog Signal Moves\n\nJanuary 2011 · Port Elsinore · Acme Inc. · by Ann Lee\n\nOne.\n\n  Two <b>.\n\n--\n\n"
        "Acme Inc. “Fog Signal Moves.” Press release, January 2011. Dateline archive, version 2, first seen "
        f"23 November 2026. {BASE}/release/qh5spnhvvy/v2\n"
    )


def test_an_empty_release_is_said_to_be_one() -> None:
    version = version_of(title=" ", date="", body="")
    text = release_to_text(version, cite_version(version, ""))
    assert text.startswith("(no headline)\n\nNo date · Port Elsinore\n\n--\n\n")
    assert release_to_markdown(version, cite_version(version, "")).startswith("# (no headline)\n\nNo date")
