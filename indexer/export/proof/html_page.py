"""A page that opens in any browser without Dateline: text is escaped, then marked; nothing is loaded or run."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum
from html import escape
from typing import NamedTuple

from archive.languages import text_direction
from indexer.output import make_visible


class Element(StrEnum):
    """The element in which a part of a text stands."""

    NONE = ""
    MARK = "mark"
    REMOVED = "del"
    ADDED = "ins"


class Part(NamedTuple):
    """A part of a text, and its element."""

    text: str
    element: Element = Element.NONE


_PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
:root {{ color-scheme: light dark; }}
body {{ max-width: 42rem; margin: 2rem auto; padding: 0 1rem; font: 1.05rem/1.5 Georgia, serif; }}
.text {{ white-space: pre-wrap; overflow-wrap: anywhere; unicode-bidi: plaintext; }}
.about {{ font: .9rem/1.4 system-ui, sans-serif; border-bottom: 1px solid; padding-bottom: 1rem; }}
mark {{ background: #ffe066; color: #000; }}
del {{ background: #ffd7d5; color: #6e0000; }}
ins {{ background: #ccf2d1; color: #003d0f; }}
</style>
</head>
<body>
<div class="about">
{about}
</div>
<h1 class="text"{language}>{headline}</h1>
<div class="text"{language}>{body}</div>
</body>
</html>
"""


def write_page(
    title: str, about: Sequence[str], headline: Iterable[Part], body: Iterable[Part], language: str = ""
) -> str:
    """A page: sentences about it, one a paragraph, then a release's headline and its text."""
    lang = f' lang="{escape(language)}"' if language else ""
    return _PAGE.format(
        title=_plain(title),
        about="\n".join(f'<p dir="auto">{_plain(each)}</p>' for each in about),
        language=f'{lang} dir="{text_direction(language)}"',
        headline="".join(map(_part, headline)) or "(no headline)",
        body="".join(map(_part, body)),
    )


def _plain(text: str) -> str:
    return escape(make_visible(text))


def _part(part: Part) -> str:
    text = _plain(part.text)
    return f"<{part.element}>{text}</{part.element}>" if part.element and text else text
