"""A body with its hand-made line breaks undone, and the lines in it that are headings."""

from __future__ import annotations

from archive.extract.text import Line, is_capitals

_SPACES = str.maketrans("\u00a0\t", "  ")


class Headings:
    """The lines in capitals or in Title Case, where a capital tells nothing."""

    def __init__(self, lines: list[Line]) -> None:
        self._spans = [(line.start, line.end) for line in lines]
        self._at = 0

    def __contains__(self, offset: int) -> bool:
        # Candidates come in order, so the place in the list only moves forward.
        while self._at < len(self._spans) and self._spans[self._at][1] <= offset:
            self._at += 1
        return self._at < len(self._spans) and self._spans[self._at][0] <= offset


def unwrap(body: str, lines: list[Line]) -> tuple[str, Headings]:
    """The body with hand-made line breaks as spaces, offsets kept, and the lines that are headings."""
    pieces, at = [], 0
    headings = []
    for number, line in enumerate(lines):
        heading = _is_heading(line.text)
        if heading:
            headings.append(line)
        after = lines[number + 1] if number + 1 < len(lines) else None
        if (
            not heading
            and after
            and not after.after_blank
            and 40 <= len(line.text) <= 110
            and not _is_heading(after.text)
        ):
            pieces.append(body[at : line.end])
            pieces.append(" " * (after.start - line.end))
            at = after.start
    pieces.append(body[at:])
    return "".join(pieces).translate(_SPACES), Headings(headings)


def _is_heading(text: str) -> bool:
    if len(text) > 160 or text[-1:] in '.,;:”"':
        return is_capitals(text) and len(text) > 12
    words = [word for word in text.split() if len(word) > 3 and word[0].isalpha()]
    return len(words) >= 3 and sum(word[0].isupper() for word in words) * 10 >= len(words) * 8
