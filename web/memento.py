"""Versions of a release by time, as web archives have them (Memento, RFC 7089).

The address of a release is the original resource and its own TimeGate; its versions are the mementos, each with the
moment at which it was first seen here.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from email.utils import format_datetime

from flask import abort, request
from werkzeug.wrappers import Response

from archive.release import Version
from web.formats import TypedLink, link_format
from web.site import absolute_url
from web.urls import permalink, timemap_url, version_url

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

# The one form of a date that Accept-Datetime may have (RFC 7089, 2.1.1.1).
_DATE = re.compile(
    rf"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), (\d\d) ({'|'.join(_MONTHS)}) (\d{{4}}) (\d\d):(\d\d):(\d\d) GMT", re.ASCII
)


def requested_moment() -> dt.datetime | None:
    """The moment that the request at hand asks for (`Accept-Datetime`); None where it asks for none.

    Raises:
        werkzeug.exceptions.BadRequest: it is no date in the form of HTTP (RFC 7089, 4.5.3).
    """
    text = request.headers.get("Accept-Datetime")
    if text is None:
        return None
    match = _DATE.fullmatch(text.strip())
    if not match:
        abort(400)
    day, month, year, *time = match.groups()
    hour, minute, second = map(int, time)
    try:
        return dt.datetime(int(year), _MONTHS.index(month) + 1, int(day), hour, minute, second, tzinfo=dt.UTC)
    except ValueError:
        abort(400)


def version_at(versions: Sequence[Version], moment: dt.datetime) -> Version:
    """The version that was the newest at a moment; the first one where it lies before all."""
    first, *others = _by_time(versions)
    return [first, *(each for each in others if _moment(each) <= moment)][-1]


def add_timegate_headers(response: Response, work: str) -> Response:
    """An answer at the address of a release, with what says that it chooses by time."""
    response.headers["Vary"] = "accept-datetime"
    response.headers["Link"] = link_format.write_header([_original(work), _timemap(work)])
    return response


def add_memento_headers(response: Response, version: Version, versions: Sequence[Version]) -> Response:
    """The page of a version, with the moment it is of, and the ways to the first, last and neighbouring ones."""
    ordered = _by_time(versions)
    at = [each.number for each in ordered].index(version.number)
    last = len(ordered) - 1
    shown = sorted({0, max(at - 1, 0), at, min(at + 1, last), last})
    mementos = [_memento(ordered[each], _relations(each, at, last)) for each in shown]
    response.headers["Memento-Datetime"] = _http_date(version)
    response.headers["Link"] = link_format.write_header([_original(version.work), _timemap(version.work), *mementos])
    return response


def write_timemap(work: str, versions: Sequence[Version]) -> str:
    """The TimeMap of a release: every version there is, the first one first (RFC 7089, 5)."""
    ordered = _by_time(versions)
    period = (("from", _http_date(ordered[0])), ("until", _http_date(ordered[-1])))
    itself = TypedLink(_timemap(work).address, "self", (("type", link_format.MEDIA_TYPE), *period))
    mementos = [_memento(each, _relations(at, at, len(ordered) - 1)) for at, each in enumerate(ordered)]
    return link_format.write_document([_original(work), itself, *mementos])


def _relations(number: int, at: int, last: int) -> str:
    """What the version in this place is to the one in place `at`, of which `last` is the last."""
    names = {"first": 0, "prev": at - 1, "next": at + 1, "last": last}
    return " ".join([*(name for name, place in names.items() if place == number), "memento"])


def _memento(version: Version, relations: str) -> TypedLink:
    address = absolute_url(version_url(version.work, version.number))
    return TypedLink(address, relations, (("datetime", _http_date(version)),))


def _original(work: str) -> TypedLink:
    return TypedLink(absolute_url(permalink(work)), "original timegate")


def _timemap(work: str) -> TypedLink:
    return TypedLink(absolute_url(timemap_url(work)), "timemap", (("type", link_format.MEDIA_TYPE),))


def _by_time(versions: Sequence[Version]) -> list[Version]:
    return sorted(versions, key=lambda each: (_moment(each), each.number))


def _moment(version: Version) -> dt.datetime:
    return dt.datetime.fromisoformat(version.added).astimezone(dt.UTC)


def _http_date(version: Version) -> str:
    return format_datetime(_moment(version), usegmt=True)
