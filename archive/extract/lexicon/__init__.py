"""The lexicon: word lists of the extraction rules, as text files beside this one, an entry a line, `#` for comments.

User lists are files of the same names: `extend(files)` adds their entries.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from importlib import resources
from typing import Any, TypeVar, cast

Read = TypeVar("Read", bound=Callable[..., Any])
Memory = TypeVar("Memory", bound=dict[Any, Any])
Key = TypeVar("Key")
Value = TypeVar("Value")

_CLEAR_CACHES: list[Callable[[], None]] = []
"""Functions that clear the caches derived from the lists, one for each cache."""

_added: dict[str, tuple[str, ...]] = {}


def cached(function: Read) -> Read:
    """Decorator: cache the results of `function`, which derive from the lists, until the lists change."""
    return cast(Read, _register(cache(function)))


def lru_cached(size: int) -> Callable[[Read], Read]:
    """Like `cached`, for at most `size` results, least recently used first out."""
    return lambda function: _register(lru_cache(size)(function))


def register_cache(made: Memory) -> Memory:
    """Register a dictionary as a cache that is cleared when the lists change; returns it."""
    _CLEAR_CACHES.append(made.clear)
    return made


def put_in_cache(known: dict[Key, Value], most: int, key: Key, value: Value) -> Value:
    """Put a value into a cache, which is cleared first where it has `most` entries; returns the value."""
    if len(known) >= most:
        known.clear()
    known[key] = value
    return value


def _register(remembering: Any) -> Any:
    _CLEAR_CACHES.append(remembering.cache_clear)
    return remembering


def names() -> frozenset[str]:
    """The names of the lists there are."""
    return frozenset(each.name.removesuffix(".txt") for each in resources.files(__name__).iterdir() if _is_list(each))


def _is_list(file: Any) -> bool:
    return bool(file.name.endswith(".txt"))


def extend(files: Mapping[str, bytes]) -> tuple[str, ...]:
    """Add the entries of user lists to the built-in ones, in place of those added before.

    Args:
        files: the bytes of files named as ours are, such as `titles.txt`, in UTF-8.

    Returns:
        What could not be used, a line a file, for the person to read: a name that no list has, a file that is
        no text. Everything else is used all the same.
    """
    added: dict[str, tuple[str, ...]] = {}
    unused: list[str] = []
    for name, content in sorted(files.items()):
        if (stem := name.removesuffix(".txt")) not in names():
            unused.append(f"{name}: no list has this name; use one of {', '.join(sorted(names()))}")
            continue
        try:
            added[stem] = _parse_entries(content.decode("utf-8-sig"))
        except UnicodeDecodeError as error:
            unused.append(f"{name}: cannot be read as UTF-8 text ({error})")
    _added.clear()
    _added.update(added)
    for forget in _CLEAR_CACHES:
        forget()
    return tuple(unused)


def _parse_entries(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#"))


@cached
def lines(name: str) -> tuple[str, ...]:
    """The entries of one list, in the file's order, user entries last."""
    own = _parse_entries(resources.files(__name__).joinpath(f"{name}.txt").read_text(encoding="utf-8"))
    return own + _added.get(name, ())


@cached
def words(name: str) -> frozenset[str]:
    """One list as a set of its entries."""
    return frozenset(lines(name))


@cached
def single_words(name: str) -> frozenset[str]:
    """Every word that stands in an entry of a list: `United` and `States` for `United States`."""
    return frozenset(word for entry in lines(name) for word in entry.split())


@cached
def casefolded_set(name: str) -> frozenset[str]:
    """One list as a set of its entries without regard to case."""
    return frozenset(entry.casefold() for entry in lines(name))


@cached
def table(name: str) -> dict[str, str]:
    """A list of `spelling = name` lines."""
    pairs = (line.split(" = ", 1) for line in lines(name) if " = " in line)
    return {spelling.strip(): value.strip() for spelling, value in pairs}
