"""Splits a text into title and body."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from archive.extract.aliases import known_name
from archive.extract.dates import find_listed_lines, is_date_line, read_dateline
from archive.extract.evidence import choose, slice_evidence, stated_evidence
from archive.extract.site_names import headline_span, split_suffix
from archive.extract.structure import (
    end_of_boilerplate,
    is_boilerplate_line,
    is_letterhead,
    is_organisation,
    is_under_letterhead,
    label_length,
)
from archive.extract.text import (
    Line,
    collapse,
    cut_at_word,
    first_character,
    first_sentence_end,
    is_capitals,
    plain_words,
    remove_invisible,
    split_lines,
)
from archive.line_breaks import join_cut_words
from archive.release import Evidence, Part, Record, Stated
from archive.rules import Rule, rule

_MAX_TITLE_CHARS = 250  # a headline may run over two lines; a longer line is a paragraph
_MAX_SENTENCE_CHARS = 120
_OPENING_CHARS = 40  # of a line: enough to rule most lines out as a title
_MAX_TITLE_SPAN = 500  # from the first to the last line of a headline that repeats the stated one
_CUT = re.compile("[-\u2010\u00ad][ \\t]{0,9}\n")
_IDENTIFIER = re.compile(
    r"[\w.:/-]*\d[\w.:/-]*|untitled\b.{0,20}|(?:no|without) title|\(?no subject\)?|home(?:page)?|document\d*", re.I
)
_CONNECTING_WORDS = frozenset(
    "a an and as at by for from in into of on or over the to with within that than but via against about after "
    "before during "
    "his her its their under & will is are".split()
)
_GLUED_TITLE = re.compile(
    r"(?P<title>(?:[^a-z\s]{1,40}\s{1,2}){3,25}?)(?=(?:[A-Z][a-z’'][\w’']*\.?|A|I)\s[\w\"“$(.’'-]*[a-z]{2})"
)


@dataclass(frozen=True, slots=True)
class TitleSplit:
    """A text as title and body, the site names split off a stated title, and the evidence for the title."""

    title: str
    body: str
    suffixes: tuple[tuple[Stated, str], ...] = ()
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class _Headline:
    title: str
    start: int
    end: int
    rule: Rule
    leaves_body: bool  # whether the words are removed from the text


def split_title(record: Record, latest: int) -> TitleSplit:
    """Title and body of a record: no word of the text is lost, and none is in both unless no line was a headline."""
    text = record.text
    stated = [each for each in record.stated if each.field == "title" and collapse(each.value)]
    named = [each for each in stated if not _IDENTIFIER.fullmatch(collapse(each.value))]
    if named:
        return _split_by_stated_title(text, named[0], stated)
    found = _find_headline(text, latest)
    if not found and stated:
        return _split_by_stated_title(text, stated[0], stated)
    losers = [stated_evidence(each, "title", collapse(each.value), 0.2) for each in stated]
    if not found:
        return TitleSplit("", text.strip("\n"), (), tuple(losers))
    return _split_at_headline(text, found, losers)


def _split_by_stated_title(text: str, chosen: Stated, stated: list[Stated]) -> TitleSplit:
    title, suffixes = split_suffix(collapse(remove_invisible(chosen.value)))
    body = text.strip("\n")
    span = _find_repeated_title(body, title) or (
        _find_repeated_title(join_cut_words(body), title) if _CUT.search(body, 0, _MAX_TITLE_SPAN) else None
    )
    if span:
        body = _cut_out(body, *span)
    candidates = [stated_evidence(each, "title", title if each is chosen else collapse(each.value)) for each in stated]
    winner = next(each for each, source in zip(candidates, stated, strict=True) if source is chosen)
    return TitleSplit(title, body, tuple((chosen, each) for each in suffixes), choose(candidates, winner))


def _find_repeated_title(text: str, title: str) -> tuple[int, int] | None:
    """The span of the first lines of a text that repeat the stated title, on one line or two."""
    lines = split_lines(text, 3)  # mostly the first line decides, and splitting three is cheaper than twelve
    found = _match_title(lines, title)
    if found or not lines or not _may_precede_title(lines[0]):
        return found
    lines = split_lines(text, 12)
    for number in range(1, len(lines)):
        found = _match_title(lines[number : number + 3], title)
        if found or not _may_precede_title(lines[number]):
            return found
    return None


def _match_title(lines: list[Line], title: str) -> tuple[int, int] | None:
    """The span of the first of these lines, or of it and the next ones, if its words are exactly those of a title."""
    if not lines or not _may_begin_alike(lines[0].text, title):
        return None
    title_words = plain_words(title)
    seen_words: list[str] = []
    for line in lines:
        if line.end - lines[0].start > _MAX_TITLE_SPAN:
            return None
        opening = plain_words(line.text[:_OPENING_CHARS])[:-1]  # the last may be cut
        if opening != title_words[len(seen_words) : len(seen_words) + len(opening)]:
            return None
        seen_words += plain_words(line.text)
        if seen_words and seen_words == title_words:
            return lines[0].start, line.end
        if seen_words != title_words[: len(seen_words)]:
            return None
    return None


def _may_begin_alike(line: str, title: str) -> bool:
    """Whether a line may begin with the word that a title does: mostly the first letter rules that out."""
    first, other = first_character(line[:_OPENING_CHARS]), first_character(title)
    return not first or first == other


def _may_precede_title(line: Line) -> bool:
    return is_boilerplate_line(line.text) or is_letterhead(line.text)


def _split_at_headline(text: str, found: _Headline, losers: list[Evidence]) -> TitleSplit:
    if not found.title.isascii():
        found = replace(found, title=remove_invisible(found.title))
    if found.leaves_body:
        text, found = _without_site_names(text, found)
        proof = slice_evidence("title", found.title, found.rule, found.title, (0, len(found.title)), 0.8, Part.TITLE)
        return TitleSplit(found.title, _cut_out(text, found.start, found.end), (), choose([proof, *losers], proof))
    lead = len(text) - len(text.lstrip("\n"))
    body = text.strip("\n")
    span = (found.start - lead, found.end - lead)
    proof = slice_evidence("title", found.title, found.rule, body, span, 0.5)
    return TitleSplit(found.title, body, (), choose([proof, *losers], proof))


def _without_site_names(text: str, found: _Headline) -> tuple[str, _Headline]:
    """The headline without the office named around it, whose name is put on a line of its own below."""
    start, end = headline_span(text, found.start, found.end)
    if (start, end) == (found.start, found.end):
        return text, found
    names = [text[found.start : start].strip(_SEPARATORS), text[end : found.end].strip(_SEPARATORS)]
    apart = "\n".join(name for name in names if name)
    headline = replace(found, title=collapse(text[start:end]), end=found.start + end - start)
    return f"{text[: found.start]}{text[start:end]}\n{apart}{text[found.end :]}", headline


_SEPARATORS = " \t|:»«•·–—-"


def _cut_out(text: str, start: int, end: int) -> str:
    before, after = text[:start].rstrip(" \t"), text[end:].lstrip(" \t")
    if not before.strip("\n"):
        return after.strip("\n")
    if before.endswith("\n") and after.startswith("\n"):
        after = after.lstrip("\n")
        return f"{before.rstrip(chr(10))}\n\n{after}".strip("\n")
    return f"{before} {after}".strip("\n")


def _find_headline(text: str, latest: int) -> _Headline | None:
    lines = _without_lists(split_lines(text, 25))
    letterhead: Line | None = None
    in_block = False  # the lines under a letterhead, as far as the next blank one, are its office and its town
    for number, line in enumerate(lines):
        in_block = in_block and not line.after_blank
        label = label_length(line.text)
        if label:
            return _Headline(collapse(line.text[label:]), line.start + label, line.end, rule("titled-line"), True)
        if is_boilerplate_line(line.text):
            continue
        if len(lines) > number + 1 and (is_letterhead(line.text) or (in_block and is_under_letterhead(line.text))):
            letterhead = letterhead or line
            in_block = True
            continue
        found = _headline_at_line(text, lines, number, latest)
        if found and not found.leaves_body and letterhead and not known_name(letterhead.text):
            break  # only the story follows, so that the line was its headline after all
        return found
    if letterhead:
        return _Headline(collapse(letterhead.text), letterhead.start, letterhead.end, rule("first-line"), True)
    # Nothing but boilerplate: its first line is better than no title.
    return _first_sentence(text, lines[0].start, latest, lines[0]) if lines else None


def _without_lists(lines: list[Line]) -> list[Line]:
    """The lines at the head but for those of lists of other releases."""
    dated = {number: line.text for number, line in enumerate(lines) if len(line.text) < 60 and is_date_line(line.text)}
    if not dated:
        return lines
    listed = find_listed_lines(lines, dated)
    return [line for number, line in enumerate(lines) if number not in listed] or lines


def _headline_at_line(text: str, lines: list[Line], number: int, latest: int) -> _Headline | None:
    line = lines[number]
    dateline = read_dateline(text, line, latest)
    if dateline and dateline.start == line.start:
        return _first_sentence(text, min(dateline.text_start, line.end), latest, line)
    if dateline:
        return _headline_before_dateline(text, line, dateline.start) or _first_sentence(
            text, dateline.text_start, latest, line
        )
    if len(line.text) > _MAX_TITLE_CHARS or (_is_paragraph(line, lines[number + 1 : number + 3])):
        return _headline_in_capitals(line) or _first_sentence(text, line.start, latest, line)
    last = _last_headline_line(line, lines[number + 1 : number + 3], text, latest)
    title = _make_line(text, line.start, last.end)
    return _Headline(title, line.start, last.end, rule("two-lines" if last is not line else "first-line"), True)


def _is_paragraph(line: Line, after: list[Line]) -> bool:
    """Whether a short line is the first of a paragraph that is wrapped by hand, or a sentence."""
    if is_capitals(line.text) and not line.text.endswith("."):
        return False  # "SENS. KOHL, FEINGOLD CALL ON GOV. DOYLE": no full stop ends a sentence here
    if len(line.text) > 45 and _continues_sentence(after):
        return True
    sentences = first_sentence_end(line.text + " ", 0, len(line.text) + 1)
    return len(line.text) > 100 and (sentences < len(line.text) or line.text.endswith("."))


def _continues_sentence(after: list[Line]) -> bool:
    """Whether the next lines carry on a sentence to its end, or for longer than a headline does."""
    if not after or after[0].after_blank or not after[0].text[:1].islower():
        return False
    return after[0].text.endswith(".") or (len(after) == 2 and not after[1].after_blank and len(after[0].text) > 45)


def _last_headline_line(line: Line, after: list[Line], text: str, latest: int) -> Line:
    """The last line of the headline: the next one, where the two are one sentence wrapped by hand."""
    if not after or after[0].after_blank or len(line.text) + len(after[0].text) > _MAX_TITLE_CHARS:
        return line
    second = after[0]
    if is_boilerplate_line(second.text) or is_organisation(second.text) or read_dateline(text, second, latest):
        return line
    if len(second.text) > 110 or second.text.endswith(".") or line.text.endswith((".", ":", "!", "?")):
        return line
    leans = line.text.rpartition(" ")[2].lower() in _CONNECTING_WORDS or line.text.endswith((",", "-", "–", "—", "&"))
    leans = leans or second.text[:1].islower()
    block_ends = len(after) == 1 or after[1].after_blank
    if leans or (block_ends and len(line.text) > 40 and is_capitals(line.text) and is_capitals(second.text)):
        return second
    return line


def _make_line(text: str, start: int, end: int) -> str:
    """A slice of a text on one line, its cut words joined."""
    words = text[start:end]
    if "\n" in words and _CUT.search(words):
        words = remove_invisible(join_cut_words(text)[start:end])
    return collapse(words)


def _headline_in_capitals(line: Line) -> _Headline | None:
    """A headline in capitals that was glued to the story behind it."""
    match = _GLUED_TITLE.match(line.text[:300])
    title = match["title"].strip() if match else ""
    if not is_capitals(title) or len(title) < 15:
        return None
    return _Headline(collapse(title), line.start, line.start + len(title), rule("capitals-before-story"), True)


def _headline_before_dateline(text: str, line: Line, end: int) -> _Headline | None:
    """A headline between boilerplate and dateline, all on one line."""
    start = line.start + end_of_boilerplate(text[line.start : end])
    title = collapse(text[start:end])
    if not 12 <= len(title) <= _MAX_TITLE_CHARS:
        return None
    return _Headline(title, start, start + len(text[start:end].rstrip()), rule("before-dateline"), True)


def _first_sentence(text: str, start: int, latest: int, line: Line) -> _Headline | None:
    stop = _paragraph_end(text, line)
    if start >= line.end and stop == line.end:  # a dateline on a line of its own: the story is the next one
        following = [each for each in split_lines(text, 25) if each.start >= line.end]
        start, stop = (following[0].start, following[0].end) if following else (line.start, line.end)
    while start < stop and text[start].isspace():
        start += 1
    end = first_sentence_end(text, start, stop)
    cut = cut_at_word(text, start, end, _MAX_SENTENCE_CHARS)
    title = _make_line(text, start, cut)
    if not title:
        return None
    return _Headline(title.rstrip(",;:–—- ") + "…" if cut < end else title, start, cut, rule("first-sentence"), False)


def _paragraph_end(text: str, line: Line) -> int:
    blank = re.compile(r"\n\s*\n").search(text, line.end, line.end + 2000)
    if blank:
        return blank.start()
    following = text.find("\n", line.end + 1) if len(line.text) < 100 else line.end
    return max(line.end, following)
