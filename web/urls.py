"""Addresses: a search, a release, a date as a URL, and a search read back from one."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from urllib.parse import quote, quote_plus, urlencode

from archive.ids import slug
from archive.release import PublishedDate
from indexer.comparison import Passage
from indexer.language import MAX_QUERY_BYTES, cut_query, parse_bound
from indexer.query import Choice, Filters, NameField, Order
from indexer.search import LONG_QUERY, passage_params, quotation_path, release_slug, search_params

PAGE_SIZES = (10, 20, 50)
"""How many results a page may have; the first is the usual number."""

MAX_HITS = 1000
"""Hits that one answer has, however many are asked for."""

LAST_PAGE = 1_000_000
"""No page beyond this is looked for."""

LAST_VERSION = 1_000_000
"""No release has so many versions; a number that SQLite cannot hold is cut to it."""

MAX_VALUES = 50
"""Values of one parameter that are read; more are left out, with a notice."""


@dataclass(frozen=True, slots=True)
class Search:
    """A search as its address holds it: words, filters, order, and which page of the answer."""

    text: str = ""
    filters: Filters = field(default_factory=Filters)
    order: Order = Order.RELEVANCE
    page: int = 1
    per: int = PAGE_SIZES[0]

    @property
    def offset(self) -> int:
        """How many hits stand before this page."""
        return (self.page - 1) * self.per

    @property
    def has_constraints(self) -> bool:
        """Whether it asks for anything but every release."""
        return bool(self.text.strip() or self.filters)

    @property
    def is_long(self) -> bool:
        """Whether a page would be too long if each of its links repeated this search.

        It then holds the search once, in the form of its box, and what would be links are buttons of that form.
        """
        return len(f"/search?{first_page_query(self)}") > LONG_QUERY

    def params(self) -> list[tuple[str, str]]:
        """Query parameters in canonical order, defaults omitted."""
        params = search_params(self.text, self.filters)
        params += [("sort", self.order.value)] if self.order is not Order.RELEVANCE else []
        params += [("page", str(self.page))] if self.page != 1 else []
        params += [("per", str(self.per))] if self.per != PAGE_SIZES[0] else []
        return params

    def url(self, path: str = "/search") -> str:
        """Its address, on the results page or on another page that takes the same parameters."""
        return with_query(path, self.params())

    @property
    def first_page(self) -> Search:
        """The same search from its first page on; every change of the search starts there."""
        return replace(self, page=1)

    def with_text(self, text: str) -> Search:
        """The same filters with other words."""
        return replace(self.first_page, text=text)

    def with_filters(self, filters: Filters) -> Search:
        """The same words with other filters."""
        return replace(self.first_page, filters=filters)

    def with_choice(self, name: NameField, choice: Choice) -> Search:
        """The same search with another choice in one field."""
        return self.with_filters(self.filters.with_choice(name, choice))

    def within_period(self, period: str) -> Search:
        """The same search in one year, month or day; "" is those without a date."""
        days = PublishedDate.from_iso(period) if period else None
        return self.with_filters(replace(self.filters, since=days, until=days, undated=not period))

    def with_order(self, order: Order) -> Search:
        """The same search in another order."""
        return replace(self.first_page, order=order)

    def at_page(self, page: int) -> Search:
        """Another page of the same answer."""
        return replace(self, page=page)


@lru_cache(maxsize=256)
def first_page_query(search: Search) -> str:
    """The parameters of the first page of a search, encoded; each link to a hit repeats them."""
    return urlencode(search.first_page.params(), errors="replace")


Values = Mapping[str, Sequence[str]]
"""The parameters of an address as they came: each name with its values."""


@dataclass(slots=True)
class _ParameterParser:
    """Reads parameters, and keeps a notice of each one that could not be used."""

    values: Values
    notices: list[str] = field(default_factory=list)

    def last(self, name: str) -> str:
        return (self.values.get(name) or ("",))[-1]

    def many(self, name: str) -> tuple[str, ...]:
        values = tuple(dict.fromkeys(self.values.get(name, ())))
        if len(values) > MAX_VALUES:
            self.notices.append(f"Only the first {MAX_VALUES} values of “{name}” were used.")
        return values[:MAX_VALUES]

    def choice(self, name: NameField) -> Choice:
        clean: Callable[[str], str] = person_key if name is NameField.PERSON else str
        any_of, none_of = (
            tuple(dict.fromkeys(clean(value) for value in self.many(key))) for key in (name.value, f"not_{name.value}")
        )
        return Choice(any_of, none_of)

    def date(self, name: str, *, opening: bool) -> PublishedDate | None:
        text = self.last(name).strip()
        if not text:
            return None
        try:
            return PublishedDate.from_iso(text)
        except ValueError:
            date = parse_bound(text, dt.date.today(), opening=opening)
        if date is None:
            self.notices.append(f"“{text[:40]}” is not a date such as 2011, 2011-01 or 2011-01-20; it was left out.")
        else:
            self.notices.append(f"“{text[:40]}” was read as {date.iso}.")
        return date

    def order(self) -> Order:
        text = self.last("sort").strip().lower()
        try:
            return Order(text) if text else Order.RELEVANCE
        except ValueError:
            self.notices.append(f"“{text[:40]}” is not a way to sort; the best matches come first.")
            return Order.RELEVANCE

    def number(self, name: str, usual: int, most: int) -> int:
        text = self.last(name).strip()
        if not text:
            return usual
        if not re.fullmatch(r"[0-9]{1,9}", text):
            self.notices.append(f"“{text[:40]}” is not a number for “{name}”; it was left out.")
            return usual
        if int(text) > most and name in ("limit", "per"):
            self.notices.append(f"At most {most:,} results are given at once.")
        return min(int(text), most)

    def query(self) -> str:
        text = self.last("q")
        read = cut_query(text)
        if read != text:
            self.notices.append(f"Only the first {MAX_QUERY_BYTES:,} bytes of the query were read.")
        return read

    def per(self) -> int:
        number = self.number("per", PAGE_SIZES[0], PAGE_SIZES[-1])
        return next((size for size in PAGE_SIZES if size >= number), PAGE_SIZES[-1])


def read_search(values: Values) -> tuple[Search, tuple[str, ...]]:
    """The search that parameters ask for, and a notice of each that could not be used."""
    reader = _ParameterParser(values)
    since, until = reader.date("from", opening=True), reader.date("to", opening=False)
    if since and until and since.first > until.last:
        since, until = until, since
        reader.notices.append("The later date came first; the two were swapped.")
    filters = Filters(
        person=reader.choice(NameField.PERSON),
        source=reader.choice(NameField.SOURCE),
        place=reader.choice(NameField.PLACE),
        since=since,
        until=until,
        undated=reader.last("undated").strip() not in ("", "0"),
    )
    search = Search(
        text=reader.query(),
        filters=filters,
        order=reader.order(),
        page=max(1, reader.number("page", 1, LAST_PAGE)),
        per=reader.per(),
    )
    return search, tuple(reader.notices)


def read_window(values: Values, offset: int, limit: int) -> tuple[int, int, tuple[str, ...]]:
    """The first hit asked for (0 is the best) and how many, with a notice of what could not be used."""
    reader = _ParameterParser(values)
    first = reader.number("offset", offset, LAST_PAGE * MAX_HITS)
    return first, reader.number("limit", limit, MAX_HITS), tuple(reader.notices)


def read_number(values: Values, name: str, usual: int, most: int) -> int:
    """A whole number among the parameters, cut to `most`; `usual` where there is none or no number."""
    return _ParameterParser(values).number(name, usual, most)


def read_version(values: Values) -> int | None:
    """The version of a release that is asked for (`v`); None is the current one."""
    return read_number(values, "v", 0, LAST_VERSION) or None


def read_since(values: Values) -> tuple[PublishedDate | None, tuple[str, ...]]:
    """The day from which on something is asked for (`since`), and a notice where it was no date."""
    reader = _ParameterParser(values)
    return reader.date("since", opening=True), tuple(reader.notices)


def read_passage(values: Values) -> Passage | None:
    """The words that are quoted (`quote`) and those beside them (`before`, `after`); None where none are."""
    words, *beside = (values[name][-1] if values.get(name) else None for name in ("quote", "before", "after"))
    return Passage(words, *beside) if words and words.strip() else None


def read_text(values: Values, name: str) -> str:
    """The last value of a parameter; "" where there is none."""
    return _ParameterParser(values).last(name)


def person_key(value: str) -> str:
    """A person's slug; a name is accepted for it, and "" stays: it asks for releases without people."""
    return slug(value) if value.strip() else ""


@lru_cache(maxsize=4096)
def _quote(slug_: str) -> str:
    """A slug in a path; the same ones come again on every page."""
    return quote(slug_)


def with_query(path: str, pairs: Iterable[tuple[str, str]]) -> str:
    """A path with parameters behind it, if there are any."""
    query = urlencode(list(pairs), errors="replace")
    return f"{path}?{query}" if query else path


def release_key(text: str) -> str:
    """An id as it is stored: lower case, and Crockford's look-alikes read as what they look like."""
    return text.lower().translate(str.maketrans("ilo", "110"))


def permalink(release_id: str) -> str:
    """The shortest address of a release, which never changes."""
    return f"/release/{quote(release_id)}"


def release_url(release_id: str, title: str, search: Search | None = None) -> str:
    """The page of a release; with a search, unless it is long, so that it marks its words and knows its neighbours."""
    path = f"{permalink(release_id)}/{quote(release_slug(title))}"
    return f"{path}?{first_page_query(search)}" if search and search.has_constraints and not search.is_long else path


def hit_url(release_id: str, title: str, version: int | None, search: Search | None = None) -> str:
    """The page of a hit, as `release_url`; that of one version where the hit is no current one of a live release."""
    if version is None:
        return release_url(release_id, title, search)
    path = version_url(release_id, version)
    return f"{path}?{first_page_query(search)}" if search and search.has_constraints else path


def evidence_url(path: str, search: Search, what: str = "") -> str:
    """The page of a release at `path` with the words marked that prove a field, or (`person:<slug>`) name a person."""
    params = "" if search.is_long else first_page_query(search)
    proof = f"evidence={quote_plus(what, errors='replace')}" if what else ""
    query = "&".join(filter(None, (params, proof)))
    return f"{path}?{query}" if query else path


def version_url(release_id: str, number: int) -> str:
    """One version of a release."""
    return f"{permalink(release_id)}/v{number}"


def changes_url(release_id: str, number: int, before: int | None = None) -> str:
    """What a version of a release changed, beside the version before it or another one."""
    path = f"{version_url(release_id, number)}/changes"
    return path if before is None else with_query(path, [("from", str(before))])


def quotation_url(release_id: str, number: int, passage: Passage) -> str:
    """A version of a release with a passage marked; its fragment, with which browsers find it too, comes behind."""
    return quotation_path(release_id, number, passage)


def proof_url(release_id: str, number: int, passage: Passage | None = None) -> str:
    """The proof of a version of a release, and of a passage in it."""
    path = f"{version_url(release_id, number)}/proof.zip"
    return with_query(path, passage_params(passage)) if passage else path


def timemap_url(release_id: str) -> str:
    """The versions of a release by time."""
    return f"{permalink(release_id)}/timemap"


def original_url(release_id: str, number: int) -> str:
    """The original bytes of one version of a release."""
    return with_query(f"{permalink(release_id)}/original", [("v", str(number))])


def json_url(release_id: str, number: int) -> str:
    """One version of a release as JSON."""
    return with_query(f"{permalink(release_id)}.json", [("v", str(number))])


def date_url(period: str) -> str:
    """The page of a year, month or day (`2011`, `2011-01`, `2011-01-20`); "" is those without a date."""
    return "/dates/" + (period.replace("-", "/") or "undated")


def person_url(slug_: str) -> str:
    """The page of a person."""
    return f"/people/{_quote(slug_)}"


def name_url(name: NameField, label: str) -> str:
    """The page of a source or of a place; of those without one, the search that finds them."""
    if not label:
        return Search().with_choice(name, Choice(("",))).url()
    return value_url(name, slug(label))


def names_url(name: NameField) -> str:
    """The list of all people, sources or places."""
    return "/people" if name is NameField.PERSON else f"/{name.value}s"


def facet_value_url(name: NameField, value: str, label: str) -> str:
    """The page of a value of a facet; of those without one, the search that finds them."""
    return person_url(value) if name is NameField.PERSON and value else name_url(name, label)


def value_url(name: NameField, slug_: str) -> str:
    """The page of a source or place by its slug."""
    return f"/{name.value}s/{_quote(slug_)}"
