"""Maps named values (JSON objects, table rows, front matter) to the fields and the text of a record."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from archive.line_breaks import close_cut_words
from archive.readers.html import fragment_text, has_markup, strip_cdata_markers
from archive.readers.mojibake import NOTE, repair_values
from archive.readers.normalise import clean, is_nothing, split_words, tidy
from archive.readers.records import make_fallback_key, make_record, make_stated
from archive.release import Record, Skipped, Stated
from archive.rules import Rule, rule

# Names are compared without case and punctuation: `pub_date`, `pubDate` and `PubDate` are one. The order is
# the order of trust. When a copy was collected or changed is not when a release was published.
_NAMES = {
    "title": "headline title subject pagetitle doctitle",
    "date": "datepublished publisheddate publisheddateandtime published publishedat publishdate "
    "publicationdate releasedate released pubdate dateissued issued date releasedatetime datetime dateposted "
    "posteddate postedon publishedon publishtime publishedtime postdate dateofrelease dateofpublication releasedon "
    "datepublication fecha datum datecreated created createdat timestamp publishedtimestamp unixtime epoch",
    "source": "source sourcename agency publisher components component office department organization "
    "organisation site sitename",
    "byline": "byline author authors creator dccreator writer",
    "person": "speaker speakers people persons",
    "role": "role speakertitle",
    "url": "url link canonicalurl permalink sourceurl webpage href externalurl",
    "language": "language lang inlanguage",
    "number": "prnumber releasenumber releaseno pressreleasenumber",
}
_FIELD = {name: field for field, names in _NAMES.items() for name in names.split()}
_RANK = {name: rank for rank, name in enumerate(_FIELD)}
_FULL_TEXTS = split_words("""
        articlebody body bodytext fulltext text contenttext content contenthtml bodyhtml html
        maintext
    """)
_SHORT_TEXTS = split_words("description summary abstract excerpt lead line")
_PLACES = split_words("place dateline location city country")
_KEYS = split_words("id _id guid url link slug file pr_number")
_NAME_WITHIN = ("name", "fullname", "title", "rendered", "value", "text")
_NUMBER_WITHIN = ("$date", "$numberLong", "$numberInt")  # as MongoDB exports its values
_NOTHING = frozenset(split_words("none null nan"))
_NOT_ALNUM = re.compile(r"[\W_]+")

Values = Mapping[str, object]
_NamedValues = dict[str, tuple[str, object]]
"""Names as compared -> the name as written and its value."""


def is_known_name(name: str) -> bool:
    """Whether a column or key of this name would be read as a field or as the text."""
    return _comparable_name(name) in _KNOWN_NAMES


def has_text(values: Values) -> bool:
    """Whether an object holds a text of its own, and not only other objects that do."""
    named = _by_comparable_name(values)
    return any(isinstance(named.get(name, ("", None))[1], str) for name in (*_FULL_TEXTS, *_SHORT_TEXTS))


def read_named(
    values: Values,
    original: bytes,
    media_type: str,
    *,
    kind: str,
    where: str,
    text: str | None = None,
    extra: Iterable[Stated] = (),
    encoding: str = "utf-8",
    notes: tuple[str, ...] = (),
    keyed: bool = True,
    context: str = "",
) -> Record | Skipped:
    """Make a record of named values. `kind` is what the format calls a name ("JSON key", "column").

    `text` is given where the format holds it apart from the names; `keyed` is false for a record
    that is a whole file.
    """
    values, was_wrong = repair_values(values)
    notes = (*notes, NOTE) if was_wrong else notes
    named = _by_comparable_name(values)
    stated = [*_fields(named, kind), *extra]
    body = _text(named) if text is None else text
    key = (_own_key(values) or make_fallback_key(stated)) if keyed else ""
    return make_record(
        body,
        original,
        media_type,
        key=key,
        values=stated,
        encoding=encoding,
        notes=notes,
        where=where,
        context=context,
    )


def fields_of(values: Values, kind: str) -> list[Stated]:
    """The fields that named values state, best first within a field."""
    return _fields(_by_comparable_name(values), kind)


def text_of(values: Values) -> str:
    """The text among named values: the first of the names for a full text, else the longest short one."""
    return _text(_by_comparable_name(values))


def _fields(named: _NamedValues, kind: str) -> list[Stated]:
    stated: list[Stated] = []
    for name in sorted(named.keys() & _RANK.keys(), key=_RANK.__getitem__):
        field = _FIELD[name]
        for path, word in _words(*named[name]):
            if _fits(field, word):
                stated += _split_stated(field, word, rule(kind, name=path))
    return [*stated, *_member(named, kind), *_place(named, kind)]


def _text(named: _NamedValues) -> str:
    for name in _FULL_TEXTS:
        if name in named and (text := _plain_text(named[name][1])):
            return text
    return max((_plain_text(named[name][1]) for name in _SHORT_TEXTS if name in named), key=len, default="")


def _plain_text(value: object) -> str:
    """A value as text: mark-up laid out, a list of paragraphs joined, "None" nothing."""
    if isinstance(value, Mapping):
        value = next((value[name] for name in (*_NAME_WITHIN, "html") if isinstance(value.get(name), str)), "")
    if isinstance(value, list):
        return "\n\n".join(text for one in value if (text := _plain_text(one)))
    if not isinstance(value, str) or is_nothing(value, _NOTHING):
        return ""
    value = strip_cdata_markers(value)
    return fragment_text(clean(value)) if has_markup(value) else tidy(value)


def _split_stated(field: str, word: str, by: Rule) -> list[Stated]:
    if field == "title" and has_markup(word):
        word = fragment_text(close_cut_words(word))
    parts = word.split(";") if field in {"source", "number"} else [word]
    return [make_stated(field, part, by) for part in parts]


def _member(named: _NamedValues, kind: str) -> list[Stated]:
    """A member of Congress who issues a release is its source."""
    return [
        make_stated("source", word, rule(kind, name=path)) for path, word in _words(*named.get("member", ("", None)))
    ]


def _place(named: _NamedValues, kind: str) -> Iterator[Stated]:
    """A place; a location or city with its country, where both are given."""
    found = {name: (named[name][0], word) for name in _PLACES if name in named for _, word in _words(*named[name])}
    country = found.pop("country", None)
    for name, (label, word) in found.items():
        if country and name in {"location", "city"} and country[1] not in word:
            by = rule(f"two-{kind}s", name=label, other=country[0])
            yield make_stated("place", f"{word}, {country[1]}", by)
        else:
            yield make_stated("place", word, rule(kind, name=label))
    if country and not found:
        yield make_stated("place", country[1], rule(kind, name=country[0]))


def _words(label: str, value: object) -> list[tuple[str, str]]:
    """The words in a value and the path to each: a string, a number, a list, or an object with a name."""
    if isinstance(value, str):
        return [(label, value)]
    if isinstance(value, bool) or value is None:
        return []
    if isinstance(value, int | float):
        return [(label, str(value) if not isinstance(value, int) or abs(value) < 10**30 else "")]
    if isinstance(value, list):
        return [word for one in value[:20] if not isinstance(one, list) for word in _words(label, one)]
    if isinstance(value, Mapping) and (name := _name_within(value)):
        return [(f"{label}.{name}", value[name])]
    if isinstance(value, Mapping) and (wrapped := next((each for each in _NUMBER_WITHIN if each in value), "")):
        return _words(f"{label}.{wrapped}", value[wrapped])
    return []


def _name_within(value: Values) -> str:
    return next((name for name in _NAME_WITHIN if isinstance(value.get(name), str)), "")


def _fits(field: str, word: str) -> bool:
    is_address = word.strip().startswith(("http://", "https://"))
    return is_address if field == "url" else not is_address


def _own_key(values: Values) -> str:
    lowered = {str(name).casefold(): value for name, value in values.items()}
    for name in _KEYS:
        stated = _words(name, lowered[name]) if name in lowered else []
        if stated and stated[0][1].strip():
            return stated[0][1]
    return ""


@lru_cache(maxsize=4096)
def _comparable_name(name: str) -> str:
    return _NOT_ALNUM.sub("", name).casefold()


def _by_comparable_name(values: Values) -> _NamedValues:
    """Values by their names as compared, those that say something; of two alike the first."""
    named: _NamedValues = {}
    for name, value in values.items():
        if value or isinstance(value, int | float):
            named.setdefault(_comparable_name(str(name)), (str(name), value))
    return named


_KNOWN_NAMES = frozenset(
    [
        *_FIELD,
        *_FULL_TEXTS,
        *_SHORT_TEXTS,
        *_PLACES,
        "id",
        "guid",
    ]
)
