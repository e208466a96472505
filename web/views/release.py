"""The pages of a release: as it is now, as it was, and its original bytes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from flask import Blueprint, make_response, redirect, render_template, request
from werkzeug.wrappers import Response

from archive.errors import UnknownRelease
from archive.release import KnownPerson, Person, Version
from archive.store.listings import changes
from indexer.citation import cite_version
from indexer.export import media_suffix
from indexer.search import Highlights, ResultPosition, Searcher, release_slug
from web import memento, request_values, urls
from web.formats import citations, metadata
from web.parts import QuotedPassage, evidence, find_quotation, originals
from web.parts.reading import (
    find_apart,
    group_people,
    list_correction_texts,
    list_voices,
    split_paragraphs,
    title_marks,
)
from web.searcher import get_searcher
from web.site import absolute_url
from web.urls import Search

views = Blueprint("release", __name__)

MOVED_FOR_GOOD = 301
# 302 and not 301: a title that is corrected and then put back would make two permanent redirects, kept by a
# browser, lead to each other for ever.
MOVED = 302


@dataclass(frozen=True, slots=True)
class ResultNavigation:
    """The position of a release among the results one came from, and the URLs of these and of its neighbours."""

    position: ResultPosition | None
    back: str
    previous: str = ""
    next: str = ""


@views.get("/release/<release_id>")
def bare(release_id: str) -> Response:
    """The permanent address: leads to the one with the title in it, or to the version of the moment asked for."""
    version, moment = get_searcher().version(urls.release_key(release_id)), memento.requested_moment()
    response = _redirect_to_moment(version, moment) if moment else _redirect_to_page(version)
    return memento.add_timegate_headers(response, version.work)


@views.get("/release/<release_id>/<slug>")
def page(release_id: str, slug: str) -> str | Response:
    """The release as it is now; with a search in the address, its words are marked."""
    version = get_searcher().version(urls.release_key(release_id))
    if slug != release_slug(version.release.title) or release_id != version.work:
        return _redirect_to_page(version)
    versions = get_searcher().archive.versions(version.work)
    quotation = _find_quotation(version, versions)
    if quotation and not quotation.spans and quotation.numbers:
        # What was quoted stays quotable: the newest version that has the words shows them.
        return redirect(urls.version_url(version.work, quotation.numbers[-1]) + request_values.query_string(), MOVED)
    return _render_release(version, versions, quotation)


@views.get("/release/<release_id>/v<int:number>")
def one_version(release_id: str, number: int) -> Response:
    """The release as it was in one version; one that is a release of its own now leads there."""
    version = get_searcher().version(urls.release_key(release_id), min(number, urls.LAST_VERSION))
    if version.work != urls.release_key(release_id):
        return redirect(urls.version_url(version.work, version.number) + request_values.query_string(), MOVED_FOR_GOOD)
    versions = get_searcher().archive.versions(version.work)
    page = make_response(_render_release(version, versions, _find_quotation(version, versions), fixed=True))
    return memento.add_memento_headers(page, version, versions)


@views.get("/release/<release_id>/original")
@views.get("/release/<release_id>/v<int:number>/original")
def original(release_id: str, number: int | None = None) -> Response:
    """The bytes a version was read from: the one in the path, the current one, or that of `?v=`."""
    key, asked = urls.release_key(release_id), urls.read_version(request_values.query_params())
    version = get_searcher().version(key, min(number, urls.LAST_VERSION) if number is not None else asked)
    if version.work != key:
        moved_to = urls.original_url(version.work, version.number)
        fixed = f"{urls.version_url(version.work, version.number)}/original"
        return redirect(moved_to if number is None else fixed, MOVED_FOR_GOOD)
    content = get_searcher().archive.original(version.digest)
    if content is None:
        raise UnknownRelease(release_id)
    response = make_response(content)
    response.headers.update(originals.headers(version, _file_name(version)))
    response.set_etag(version.digest)
    return response.make_conditional(request)


def _redirect_to_moment(version: Version, moment: dt.datetime) -> Response:
    then = memento.version_at(get_searcher().archive.versions(version.work), moment)
    return redirect(urls.version_url(then.work, then.number), MOVED)


def _redirect_to_page(version: Version) -> Response:
    return redirect(urls.release_url(version.work, version.release.title) + request_values.query_string(), MOVED)


def _find_quotation(version: Version, versions: Sequence[Version]) -> QuotedPassage | None:
    """The passage that the address quotes, looked up in all versions of the release; None where it quotes none."""
    passage = urls.read_passage(request_values.query_params())
    return find_quotation(version, passage, versions) if passage else None


def _render_release(
    version: Version, versions: Sequence[Version], quotation: QuotedPassage | None, *, fixed: bool = False
) -> str:
    search, _ = request_values.parse_request()
    source, release = get_searcher(), version.release
    requested = "" if quotation else urls.read_text(request_values.query_params(), "evidence")
    proof = evidence.find_evidence(version, requested)
    highlights = quotation.highlights if quotation else _highlights(source, search, version, proof)
    citation = cite_version(version, absolute_url(""))
    canonical = absolute_url(_canonical_path(version))
    return render_template(
        "release.html",
        version=version,
        release=release,
        canonical=canonical,
        zotero_schema=metadata.ZOTERO_SCHEMA,
        meta_tags=metadata.list_meta_tags(version, citation),
        json_ld=metadata.write_json_ld(version, citation, canonical),
        fixed=fixed,
        search=search,
        proof=proof,
        quotation=quotation,
        withdrawn=changes.withdrawn_at(source.archive, version.work),
        proved={each.field for each in release.evidence},
        proof_url=lambda what="": urls.evidence_url(request.path, search, what),
        navigation=_result_navigation(source, search, version) if search.has_constraints else None,
        matches=len(highlights.title) + len(highlights.body),
        title_marks=title_marks(highlights.title),
        paragraphs=split_paragraphs(release.body, highlights.body, len(highlights.title) + 1, *find_apart(release)),
        voices=list_voices(version, highlights.quotations),
        people=group_people(_people(version)),
        corrections=list_correction_texts(version),
        versions=versions,
        locations=source.archive.locations(version),
        address=absolute_url(urls.permalink(version.work)),
        citation=citations.show_citation(citation),
    )


def _canonical_path(version: Version) -> str:
    """The one address of what a page says, for search engines: an earlier version is a page of its own."""
    if version.current:
        return urls.release_url(version.work, version.release.title)
    return urls.version_url(version.work, version.number)


def _highlights(source: Searcher, search: Search, version: Version, proof: evidence.ShownEvidence | None) -> Highlights:
    """What is highlighted: the words that prove a value where the address asks for them, else those of the search."""
    if proof:
        return Highlights(proof.title, proof.body)
    return source.highlight(search.text, version) if search.text.strip() else Highlights((), ())


def _result_navigation(source: Searcher, search: Search, version: Version) -> ResultNavigation:
    position = source.find_position(search.text, search.filters, search.order, version.work)
    if position is None:
        return ResultNavigation(None, search.first_page.url())
    page_number = (position.rank - 1) // search.per + 1
    return ResultNavigation(
        position,
        search.at_page(page_number).url(),
        *(
            urls.hit_url(other.id, other.title, other.version, search) if other else ""
            for other in (position.previous, position.next)
        ),
    )


def _people(version: Version) -> list[tuple[KnownPerson, Person]]:
    return list(zip(version.people, version.release.people, strict=True))


def _file_name(version: Version) -> str:
    """The name of the file the bytes stood in; of a record in a file of many, the id."""
    places = get_searcher().archive.locations(version)
    if places and not places[0].key:
        return PurePosixPath(places[0].path).name
    return version.work + media_suffix(version.media_type)
