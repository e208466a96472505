"""Whom or what the slug of a person, source or place means: for their pages, feeds and JSON alike."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from werkzeug.exceptions import NotFound

from archive.ids import slug as slug_of
from archive.release import KnownPerson
from indexer.query import Choice, NameField, Order
from web import urls
from web.searcher import get_searcher
from web.urls import Search


class NameGone(Exception):
    """What a slug meant once is listed no longer, and nothing took its place."""

    def __init__(self, name: NameField, slug: str) -> None:
        self.name, self.words = name, slug.replace("-", " ").title()
        super().__init__(f"“{self.words}” is no longer listed as a {name.value}.")


class NameMeant(NamedTuple):
    """What a slug means: the name to show, the values of its filter, and its own slug, to which another one leads.

    `people` are the persons who share a slug: one, or several of whom any may be meant; empty for sources and places.
    """

    name: NameField
    label: str
    keys: tuple[str, ...]
    slug: str
    people: Sequence[KnownPerson] = ()

    @property
    def path(self) -> str:
        """The path of its page."""
        return urls.person_url(self.slug) if self.name is NameField.PERSON else urls.value_url(self.name, self.slug)

    @property
    def search(self) -> Search:
        """The search of its releases, newest first."""
        return Search(order=Order.NEWEST).with_choice(self.name, Choice(self.keys))


def find_name(name: NameField, slug: str) -> NameMeant:
    """What a slug means.

    Raises:
        NameGone: it is nothing any more.
        NotFound: it never was anything.
    """
    return _find_person(slug) if name is NameField.PERSON else _find_value(name, slug_of(slug))


def _find_person(slug: str) -> NameMeant:
    archive, key = get_searcher().archive, urls.person_key(slug)
    people = archive.people_meant(key)
    if not people:
        if archive.was_person(key):
            raise NameGone(NameField.PERSON, key)
        raise NotFound
    if len(people) > 1:
        return NameMeant(NameField.PERSON, key.replace("-", " "), tuple(each.slug for each in people), key, people)
    (known,) = people
    return NameMeant(NameField.PERSON, known.name, (known.slug,), known.slug, people)


def _find_value(name: NameField, slug: str) -> NameMeant:
    """Names that differ only in case or punctuation are one, under the commonest of them."""
    archive, names = get_searcher().archive, get_searcher().names(name)
    if meant := names.having_slug(slug):
        return NameMeant(name, meant[0].label, tuple(each.value for each in meant), slug_of(meant[0].label))
    successors = [each for each in archive.values_by_slug(name.value, slug) if names.count(each)]
    if successors:
        best = min(successors, key=lambda each: (-names.count(each), each))
        return NameMeant(name, best, (best,), slug_of(best))
    if archive.was_value(name.value, slug):
        raise NameGone(name, slug)
    raise NotFound
