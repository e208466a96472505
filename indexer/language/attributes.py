"""The words by which a version's folders, files, media type and language are searched.

Folders and files are searched by words side by side, like names; a type or a language by one of its names as a whole,
so that `type:text` does not find `text/html`. A change of these names raises `indexer.format_version.INDEX_VERSION`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from archive.languages import language_name
from indexer.language.term_forms import fold_accents
from indexer.language.tokenizer import exact_terms
from indexer.query import Attribute

_WHOLE_TYPES = {
    "text/html": ("html", "web page", "page"),
    "application/xhtml+xml": ("html", "xhtml", "web page", "page"),
    "application/pdf": ("pdf",),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ("word", "docx"),
    "message/rfc822": ("mail", "email", "e-mail", "eml"),
    "text/plain": ("text", "plain text", "txt"),
    "text/markdown": ("markdown", "md"),
    "application/json": ("json",),
    "text/csv": ("csv", "table"),
    "text/tab-separated-values": ("tsv", "table"),
    "application/rss+xml": ("rss", "feed"),
    "application/atom+xml": ("atom", "feed"),
    "application/xml": ("xml",),
    "text/sgml": ("sgml",),
}
"""The names of each media type, in the order in which QUERY.md prints them."""


def name_terms(name: str) -> tuple[str, ...]:
    """The terms by which a name or a path is searched: exact, without accents."""
    return tuple(map(fold_accents, exact_terms(name)))


def folder_of(path: str) -> str:
    """The folders of a path below an added folder; "" for none."""
    return path.rpartition("/")[0]


def whole_name(terms: Sequence[str]) -> str:
    """The terms of a name as the one term of a field of whole names."""
    return " ".join(terms)


@lru_cache(maxsize=1000)
def type_names(media_type: str) -> tuple[str, ...]:
    """The whole names of a media type: the common ones, and the type itself (`text html`)."""
    return _whole_names((*_WHOLE_TYPES.get(media_type, ()), media_type))


@lru_cache(maxsize=1000)
def language_names(code: str) -> tuple[str, ...]:
    """The whole names of a language: its code with and without the country, and its English name."""
    return _whole_names((code, code.partition("-")[0], language_name(code))) if code else ()


def attribute_values(paths: Sequence[str], media_type: str, language: str) -> dict[Attribute, Sequence[str]]:
    """What a version with these paths, this media type and this language has of each attribute."""
    return {
        Attribute.FOLDER: tuple(dict.fromkeys(filter(None, map(folder_of, paths)))),
        Attribute.FILE: paths,
        Attribute.TYPE: type_names(media_type),
        Attribute.LANGUAGE: language_names(language),
    }


def _whole_names(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, (whole_name(name_terms(name)) for name in names))))
