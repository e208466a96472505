"""Changes as a feed whose entries have the changed words: a reader of feeds sees the edit without coming here."""

from __future__ import annotations

from collections.abc import Sequence

from flask import render_template

from web import urls
from web.changes.listed_changes import ListedChange
from web.formats import atom
from web.parts import Pager
from web.site import absolute_url


def make_feed(listed: Sequence[ListedChange], pager: Pager, updated: str, page_url: str) -> atom.Feed:
    """The feed of some changes, one page of it; `updated` is when the newest of all happened, "" for never."""
    return atom.Feed(
        id="urn:dateline:changes",
        title="Dateline: edited and withdrawn releases",
        subtitle="What was changed in releases after they were published, and which were taken away.",
        updated=updated or atom.NEVER,
        links=(
            *atom.paging_links(lambda page: absolute_url(pager.url(page)), pager.page, pager.pages),
            atom.Link("alternate", absolute_url(page_url), "text/html"),
        ),
        entries=tuple(_entry(each) for each in listed),
    )


def _entry(listed: ListedChange) -> atom.Entry:
    change, release = listed.change, listed.version.release
    if listed.is_edit:
        name = f"v{change.number}"
        url = urls.changes_url(change.work, change.number, change.before)
    else:
        name = f"withdrawn:{change.at[:10]}"
        url = urls.version_url(change.work, change.number)
    return atom.Entry(
        id=f"urn:dateline:{change.work}:{name}",
        title=f"{change.kind.value.capitalize()}: {release.title.strip() or '(no headline)'}",
        updated=change.at,
        published=change.at,
        url=absolute_url(url),
        authors=(release.source,) if release.source else (),
        content=render_template("change_entry.html", each=listed, url=absolute_url(url)),
        categories=(change.kind.value,),
    )
