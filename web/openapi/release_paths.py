"""The addresses of a release and of its versions."""

from __future__ import annotations

from collections.abc import Iterator

from web.openapi import parameters as given
from web.openapi.media_types import ANY, CSL_JSON, EXPORTS, HTML, JSON, LINKS, RELEASE_FILES, TEXT
from web.openapi.operations import Operation
from web.openapi.shapes import Json

_GONE = (301, 404, 410)


def list_release_operations() -> Iterator[Operation]:
    """All of them: those of the current version or that of `?v=`, then those of one version."""
    yield Operation(
        "/release/{release_id}", "choose_version", "Leads to the page, or to the version of a moment", "",
        parameters=(given.RELEASE, given.ACCEPT_DATETIME), others=(302, *_GONE), errors=HTML,
    )  # fmt: skip
    yield Operation(
        "/release/{release_id}/timemap", "get_timemap", "The versions by time (RFC 7089)", LINKS,
        parameters=(given.RELEASE,), others=_GONE, errors=TEXT,
    )  # fmt: skip
    for path, suffix, parameter in (
        ("/release/{release_id}", "", given.VERSION),
        ("/release/{release_id}/v{number}", "_version", given.VERSION_PART),
    ):
        yield from _list_files(path, suffix, (given.RELEASE, parameter))
    yield Operation(
        "/release/{release_id}/v{number}/changes.json", "compare_versions", "What a version changed, word by word",
        JSON, "Comparison", (given.RELEASE, given.VERSION_PART, given.BEFORE), _GONE,
    )  # fmt: skip


def _list_files(path: str, suffix: str, parameters: tuple[Json, ...]) -> Iterator[Operation]:
    yield Operation(
        f"{path}.json", f"get_release{suffix}", "Everything known of a release", JSON, "Release", parameters, _GONE
    )
    yield Operation(
        f"{path}.csl.json", f"cite_csl{suffix}", "Its citation in CSL-JSON", CSL_JSON, "Bibliography", parameters, _GONE
    )
    for ending, media_type in RELEASE_FILES.items():
        yield Operation(
            f"{path}{ending}", f"get_{ending[1:]}{suffix}", "The release or its citation as a file", media_type,
            parameters=parameters, others=_GONE, errors=TEXT,
        )  # fmt: skip
    yield Operation(
        f"{path}/proof.zip", f"prove{suffix}", "Its versions, originals, history and citation, with SHA-256 sums",
        EXPORTS[".zip"], parameters=(*parameters, *given.PASSAGE), others=_GONE, errors=TEXT,
    )  # fmt: skip
    yield Operation(
        f"{path}/original", f"get_original{suffix}", "The bytes as they were found", ANY,
        parameters=parameters, others=_GONE, errors=HTML,
    )  # fmt: skip
