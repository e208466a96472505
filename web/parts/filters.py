"""From values to what a page shows: marked text, dates and numbers in words. The only place that makes markup.

Here too characters that turn text round or act on a terminal become visible: `shown` is done to all that a template
prints, and what is marked is made visible piece by piece before it is markup.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Sequence
from urllib.parse import quote

from flask import Flask
from markupsafe import Markup, escape

from archive.languages import language_name, text_direction
from archive.release import PublishedDate
from indexer.output import escape_json, format_count, make_line_visible, make_visible, replace_invisible
from indexer.query import NameField
from indexer.results import Hit, Snippet, Span
from indexer.search import shorten
from web import urls
from web.formats import metadata
from web.parts.listing import fold_twins, reason_words
from web.parts.reading import Mark
from web.site import absolute_url


def mark_snippet(snippet: Snippet) -> Markup:
    """A passage with its matches marked."""
    return mark_text(snippet.text, snippet.spans)


def mark_text(text: str, spans: Sequence[Span]) -> Markup:
    """`text` with the spans marked: each piece is escaped first, and marked second."""
    pieces, at = [], 0
    for start, end in spans:
        before, words = (escape(make_visible(each, text)) for each in (text[at:start], text[start:end]))
        pieces.append(f"{before}<mark>{words}</mark>")
        at = end
    return Markup("".join([*pieces, escape(make_visible(text[at:], text))]))


def mark_numbered(text: str, marks: Iterable[Mark], total: int) -> Markup:
    """`text` with marks that can be jumped to, and beside each of them the way to the next one."""
    pieces, at = [], 0
    for mark in marks:
        words = make_visible(text[mark.start : mark.end], text)
        pieces += [escape(make_visible(text[at : mark.start], text)), _mark_with_links(words, mark, total)]
        at = mark.end
    return Markup("").join([*pieces, escape(make_visible(text[at:], text))])


def _mark_with_links(words: str, mark: Mark, total: int) -> Markup:
    if not mark.first:
        return Markup("<mark>{}</mark>").format(words)
    whole = Markup('<mark id="m{}">{}</mark>').format(mark.number, words)
    return whole + _jump(mark.number, total)


def _jump(number: int, total: int) -> Markup:
    """Shown beside the mark one has jumped to (style sheet): the way to the one before and after it."""
    if total < 2:
        return Markup("")
    before, after = number - 1 or total, number % total + 1
    return Markup(
        '<span class="jump"><a href="#m{}" aria-label="previous match">↑</a>{}/{}'
        '<a href="#m{}" aria-label="next match">↓</a></span>'
    ).format(before, number, total, after)


def finalize_value(value: object) -> object:
    """A value that a template prints: text made visible. What is markup already was made here, of visible text."""
    return make_visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def form_value(text: str) -> Markup:
    """The value of an input of a form: it comes back as it is, and so is written in references where it is invisible.

    Controls have none; no query and no name has a use for them.
    """
    return Markup(replace_invisible(escape(text), lambda each: f"&#{ord(each)};" if each > "\x9f" else " "))


def date_words(date: PublishedDate | None) -> str:
    """A date as it is read aloud: `20 January 2011`, `January 2011`, `2011`."""
    if date is None:
        return "No date"
    month = calendar.month_name[date.month] if date.month else ""
    return " ".join(part for part in (str(date.day or ""), month, f"{date.year:04}") if part)


def period_words(period: str) -> str:
    """A period as it is read aloud; "" is "No date"."""
    return date_words(PublishedDate.from_iso(period) if period else None)


def moment_words(moment: str) -> str:
    """The day of a moment (UTC, ISO 8601), in words."""
    return period_words(moment[:10])


def share(part: int, whole: int) -> str:
    """How long a bar is, in percent; something is never nothing."""
    return f"{max(1.0, 100 * part / whole) if part and whole else 0:.3g}%"


def percent(confidence: float) -> str:
    """A confidence, in percent."""
    return f"{confidence:.0%}"


def coins(hit: Hit) -> str:
    """A hit as reference managers read it on a list: by the address of the very version that is shown."""
    return metadata.write_coins(hit, absolute_url(urls.version_url(hit.id, hit.version)))


def web_address(url: str) -> str:
    """`url` where it may become a link: http and https only, percent-encoded where it is invisible."""
    is_web = url.lower().startswith(("http://", "https://"))
    return replace_invisible(url, lambda each: quote(each, errors="replace")) if is_web else ""


def register_filters(app: Flask) -> None:
    """Give the templates these functions and the addresses."""
    app.jinja_env.filters |= {
        each.__name__: each
        for each in (
            mark_snippet, mark_numbered, make_line_visible, escape_json, form_value, date_words, period_words,
            moment_words, format_count, shorten, share, percent, web_address, language_name, coins, reason_words,
            fold_twins, text_direction,
        )
    }  # fmt: skip
    app.jinja_env.finalize = finalize_value
    app.jinja_env.globals |= {"urls": urls, "NameField": NameField}
