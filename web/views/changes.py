"""What changed: the list of edited and withdrawn releases, and any two versions of one side by side."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from flask import Blueprint, Response, jsonify, redirect, render_template
from werkzeug.wrappers import Response as WerkzeugResponse

from archive.release import PublishedDate
from archive.store.listings import changes
from indexer.comparison import comparison_to_json
from web import urls
from web.changes import (
    ListedChange,
    VersionPair,
    change_feed,
    change_json,
    describe_changes,
    find_pair,
    list_mark_changes,
    list_public_changes,
    make_segments,
)
from web.formats import atom
from web.parts import Pager, make_pager
from web.request_values import query_params
from web.searcher import get_searcher
from web.validators import forbid_caching

views = Blueprint("changes", __name__)

PER_PAGE = 25
"""Changes on a page."""

SHOWN = 3
"""Changes of words shown of each edit in a list."""

SHOWN_IN_FEED = 40
"""The same in a feed, whose reader may never come here."""


@dataclass(frozen=True, slots=True)
class _Request:
    """Which changes are asked for: those since a day, and which of them."""

    since: PublishedDate | None
    offset: int
    limit: int
    notices: tuple[str, ...]

    @property
    def first_day(self) -> str:
        """The day as the store takes it, "" for all."""
        return self.since.first_iso if self.since else ""

    @property
    def page(self) -> int:
        return self.offset // PER_PAGE + 1

    def url(self, path: str, page: int = 1) -> str:
        """The address of a page of these."""
        params = [("since", self.since.iso)] if self.since else []
        return urls.with_query(path, [*params, *([("page", str(page))] if page > 1 else [])])

    def count(self) -> int:
        return changes.count_changes(get_searcher().archive, self.first_day)

    def load(self, shown: int) -> list[ListedChange]:
        """The changes, each with its first changes of words."""
        archive = get_searcher().archive
        found = changes.load_changes(archive, self.first_day, self.offset, self.limit)
        listed = describe_changes(archive, found, shown)
        if len(listed) < len(found):
            forbid_caching()  # one of them is damaged, and may be mended
        return listed

    def pager(self, path: str, total: int) -> Pager:
        return make_pager(self.page, PER_PAGE, total, lambda page: self.url(path, page))


def _parse_request() -> _Request:
    params = query_params()
    since, notices = urls.read_since(params)
    page = max(1, urls.read_number(params, "page", 1, urls.LAST_PAGE))
    return _Request(since, (page - 1) * PER_PAGE, PER_PAGE, notices)


@views.get("/changes")
def listing() -> str:
    """Edited and withdrawn releases, the newest first."""
    requested = _parse_request()
    total = requested.count()
    return render_template(
        "changes.html",
        changes=requested.load(SHOWN),
        total=total,
        first=requested.offset + 1,
        since=requested.since,
        notices=requested.notices,
        undated=changes.count_undated_withdrawals(get_searcher().archive),
        pager=requested.pager("/changes", total),
        feed_url=requested.url("/changes.atom"),
        json_url=requested.url("/changes.json"),
    )


@views.get("/changes.json")
def listing_json() -> Response:
    """The same as JSON."""
    requested = _parse_request()
    return jsonify(
        total=requested.count(),
        offset=requested.offset,
        limit=requested.limit,
        since=requested.first_day,
        changes=[change_json.change_to_json(each) for each in requested.load(SHOWN)],
        undated_withdrawals=changes.count_undated_withdrawals(get_searcher().archive),
        notices=list(requested.notices),
    )


@views.get("/changes.atom")
def feed() -> Response:
    """The same as a feed, whose entries have the changed words; without releases under an embargo."""
    requested, archive = _parse_request(), get_searcher().archive
    today = PublishedDate.from_iso(dt.date.today().isoformat())
    public = list_public_changes(
        archive, get_searcher().embargoes(), today, requested.first_day, requested.offset, requested.limit
    )
    listed = describe_changes(archive, public.changes, SHOWN_IN_FEED)
    pager = requested.pager("/changes.atom", public.total)
    written = change_feed.make_feed(listed, pager, public.newest, requested.url("/changes"))
    return Response(atom.write_feed(written), content_type=f"{atom.MEDIA_TYPE}; charset=utf-8")


@views.get("/release/<release_id>/v<int:number>/changes")
def comparison(release_id: str, number: int) -> str | WerkzeugResponse:
    """What a version changed, word by word, beside the one before it or that of `?from=`."""
    pair = _find_pair(release_id, number)
    if pair.version.work != urls.release_key(release_id) and not pair.is_chosen:
        return redirect(urls.changes_url(pair.version.work, pair.version.number), 301)
    compared = pair.compare()
    return render_template(
        "comparison.html",
        pair=pair,
        version=pair.version,
        before=pair.before,
        comparison=compared,
        title=make_segments(compared.title),
        body=make_segments(compared.body),
        marks=[*list_mark_changes(compared.title), *list_mark_changes(compared.body)],
        versions=get_searcher().archive.versions(pair.version.work),
    )


@views.get("/release/<release:release_id>/v<int:number>/changes.json")
def comparison_json(release_id: str, number: int) -> Response | WerkzeugResponse:
    """The same as JSON."""
    pair = _find_pair(release_id, number)
    if pair.version.work != urls.release_key(release_id) and not pair.is_chosen:
        return redirect(urls.changes_url(pair.version.work, pair.version.number) + ".json", 301)
    return jsonify(change_json.pair_to_json(pair) | comparison_to_json(pair.compare()))


def _find_pair(release_id: str, number: int) -> VersionPair:
    requested = urls.read_text(query_params(), "from")
    return find_pair(get_searcher().archive, urls.release_key(release_id), number, requested)
