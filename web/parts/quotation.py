"""A quotation on a release's page: where its words stand, how to cite them, and which versions have them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from archive.release import Version
from indexer.citation import cite_version, format_plain
from indexer.comparison import GAP, Passage, QuotedText, quotable_text, text_fragment
from indexer.results import Span
from indexer.search import Highlights, merge_spans
from web import urls
from web.site import absolute_url

MAX_CHARS = 2000
"""Characters of a passage at most: it must fit into an address."""

MAX_PLACES = 20
"""Places listed at most where words stand more than once."""

_QUOTES = "\"'“”„‘’«»"
_LEADING_MARKS, _TRAILING_MARKS = re.compile(r"\A[^\w\s]*"), re.compile(r"[^\w\s]*\Z")


@dataclass(frozen=True, slots=True)
class Place:
    """One of several places that have the same words: the words around it, and the address that means it alone."""

    before: str
    words: str
    after: str
    url: str


@dataclass(frozen=True, slots=True)
class QuotedPassage:
    """A passage looked up in a version of a release.

    `spans` are its places in headline and text together, one where it is clear which is meant. `numbers` are the
    versions that have the words, among all (`versions`) the release has; `elsewhere` those that have the same words,
    but beside others.
    """

    version: Version
    passage: Passage
    spans: tuple[Span, ...]
    numbers: tuple[int, ...]
    versions: tuple[Version, ...]
    elsewhere: tuple[int, ...] = ()
    is_too_long: bool = False

    @property
    def is_found(self) -> bool:
        """Whether the words stand in this version, at one place."""
        return len(self.spans) == 1

    @property
    def words(self) -> str:
        """The words as they stand in the version, in one line; as they were asked for where it lacks them."""
        words = self.passage.words.strip()[:MAX_CHARS]
        if self.spans:
            words = _with_marks(self._text, self.spans[0], words)
        return " ".join(words.split())

    @property
    def url(self) -> str:
        """The address of the words: version, words, their neighbours, and the fragment for browsers."""
        return absolute_url(self._url_of(self.spans[0]))

    @property
    def proof_url(self) -> str:
        """The path of the proof of the words, at this very place."""
        passage = QuotedText(self._text).cut(self.spans[0])
        return urls.proof_url(self.version.work, self.version.number, passage)

    @property
    def citation(self) -> str:
        """The words with their source, in plain text."""
        citation = replace(cite_version(self.version, absolute_url("")), address=self.url)
        return f"“{_without_outer_quotes(self.words)}” {format_plain(citation)}"

    @property
    def places(self) -> list[Place]:
        """The places to choose from where there are several."""
        quoted, text, found = QuotedText(self._text), self._text, []
        for span in self.spans[:MAX_PLACES]:
            around = quoted.widen(span, 8)
            found.append(
                Place(
                    text[around.start : span.start],
                    text[span.start : span.end],
                    text[span.end : around.end],
                    self._url_of(span),
                )
            )
        return found

    @property
    def highlights(self) -> Highlights:
        """The places in the headline and in the text, each by its own offsets."""
        length = len(self.version.release.title)
        body = length + len(GAP)
        spans = merge_spans(self.spans[:MAX_PLACES])
        title = [Span(span.start, min(span.end, length)) for span in spans if span.start < length]
        rest = [Span(max(0, span.start - body), span.end - body) for span in spans if span.end > body]
        return Highlights(tuple(title), tuple(rest))

    @property
    def where(self) -> str:
        """Which versions have the words, in sentences; "" where the release has one version, and it has them."""
        if not self.numbers:
            place = "at that place in any" if self.elsewhere else "in any"
            sentence = f"The quotation is not {place} version of this release."
        elif len(self.numbers) == len(self.versions):
            sentence = f"The quotation is in all {len(self.versions)} versions." if len(self.versions) > 1 else ""
        elif len(self.numbers) == 1:
            sentence = f"The quotation is in version {self.numbers[0]} only."
        else:
            sentence = f"The quotation is in versions {_enumerate(self.numbers)}."
        if len(self.elsewhere) == 1:
            sentence += f" Version {self.elsewhere[0]} has the same words elsewhere."
        elif self.elsewhere:
            sentence += f" Versions {_enumerate(self.elsewhere)} have the same words elsewhere."
        return sentence

    @property
    def current(self) -> int:
        """The number of the current version."""
        return next((each.number for each in self.versions if each.current), self.version.number)

    @property
    def _text(self) -> str:
        return quotable_text(self.version.release)

    def _url_of(self, span: Span) -> str:
        quoted = QuotedText(self._text)
        path = urls.quotation_url(self.version.work, self.version.number, quoted.cut(span))
        return path + text_fragment(self._text, span, quoted.widen(span))


def find_quotation(version: Version, passage: Passage, versions: Sequence[Version]) -> QuotedPassage:
    """A passage in a version of a release, and in all of its versions."""
    if len(passage.words) > MAX_CHARS:
        return QuotedPassage(version, passage, (), (), tuple(versions), is_too_long=True)
    texts = {each.number: QuotedText(quotable_text(each.release)) for each in versions}
    found = {number: tuple(text.find(passage)) for number, text in texts.items()}
    numbers = tuple(number for number, spans in found.items() if spans)
    words = Passage(passage.words)
    elsewhere = tuple(number for number, text in texts.items() if number not in numbers and text.find(words))
    return QuotedPassage(version, passage, found.get(version.number, ()), numbers, tuple(versions), elsewhere)


def _with_marks(text: str, span: Span, quoted: str) -> str:
    """The words at a span of a text with the marks directly around them, no more than were quoted with them."""
    around = [len(pattern.findall(quoted)[0]) for pattern in (_LEADING_MARKS, _TRAILING_MARKS)]
    before = _TRAILING_MARKS.findall(text[max(0, span.start - around[0]) : span.start])[0]
    after = _LEADING_MARKS.findall(text[span.end : span.end + around[1]])[0]
    return f"{before}{text[span.start : span.end]}{after}"


def _without_outer_quotes(words: str) -> str:
    """Words that stand in quotation marks, without them: they get those of the citation."""
    is_quoted = len(words) > 1 and words[0] in _QUOTES and words[-1] in _QUOTES
    return words[1:-1] if is_quoted else words


def _enumerate(numbers: Sequence[int]) -> str:
    *others, last = map(str, numbers)
    return f"{', '.join(others)} and {last}"
