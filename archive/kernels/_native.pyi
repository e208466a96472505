"""What native.c has; see plain.py for what each function is."""

from collections.abc import Callable, Iterable
from typing import Any

from archive.kernels.plain import Cut, Made

def count(text: str, signs: str, /) -> int: ...
def is_plain(text: str, /) -> bool: ...
def lines(text: str, most: int, kind: type[Made], /) -> list[Made]: ...
def runs(
    text: str,
    words: dict[str, Any],
    word_of: Callable[[str], Any],
    plans: dict[tuple[Any, ...], Any],
    plan_of: Callable[[tuple[Any, ...]], Any],
    cut_exactly: Callable[[str], Iterable[Cut]],
    far: int,
    kind: type[Made],
    /,
) -> tuple[list[Made], list[tuple[str, int, int]]]: ...
def spaced(text: str, /) -> str: ...
def stretches(text: str, start: int, /) -> list[tuple[int, str]]: ...
