"""The title of a release, and the body without it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from archive.extract.aliases import known_name
from archive.extract.dates import read_dateline
from archive.extract.evidence import choose, of_slice, of_stated
from archive.extract.site_names import split_suffix
from archive.extract.structure import (
    end_of_marks,
    is_furniture,
    is_letterhead,
    is_organisation,
    is_under_letterhead,
    label_of,
)
from archive.extract.text import (
    Line,
    collapse,
    cut_at_word,
    first_sentence_end,
    first_sign,
    is_capitals,
    lines_of,
    plain_words,
)
from archive.release import Evidence, Part, Record, Stated

_LONGEST = 250  # a headline may run over two lines; a longer line is a paragraph
_CUT = 120
_OPENING = 40  # characters of a line that tell of most that they are not those of a title
_IDENTIFIER = re.compile(
    r"[\w.:/-]*\d[\w.:/-]*|untitled\b.{0,20}|(?:no|without) title|\(?no subject\)?|home(?:page)?|document\d*", re.I
)
_LEANS_ON = frozenset(
    "a an and as at by for from in into of on or over the to with within that than but via against about after "
    "before during "
    "his her its their under & will is are".split()
)
_GLUED = re.compile(
    r"(?P<title>(?:[^a-z\s]{1,40}\s{1,2}){3,25}?)(?=(?:[A-Z][a-z’'][\w’']*\.?|A|I)\s[\w\"“$(.’'-]*[a-z]{2})"
)


@dataclass(frozen=True, slots=True)
class Split:
    """A text as title and body, the pieces a stated title left over, and the evidence for the title."""

    title: str
    body: str
    suffixes: tuple[tuple[Stated, str], ...] = ()
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class _Found:
    title: str
    start: int
    end: int
    rule: str
    taken: bool  # whether the words leave the text


def split_title(record: Record, latest: int) -> Split:
    """Title and body of a record: no word of the text is lost, and none is in both unless no line was a headline."""
    text = record.text
    stated = [each for each in record.stated if each.field == "title" and collapse(each.value)]
    named = [each for each in stated if not _IDENTIFIER.fullmatch(collapse(each.value))]
    if named:
        return _with_stated(text, named[0], stated)
    found = _headline(text, latest)
    if not found and stated:
        return _with_stated(text, stated[0], stated)
    losers = [of_stated(each, "title", collapse(each.value), 0.2) for each in stated]
    if not found:
        return Split("", text.strip("\n"), (), tuple(losers))
    return _with_found(text, found, losers)


def _with_stated(text: str, chosen: Stated, stated: list[Stated]) -> Split:
    title, suffixes = split_suffix(collapse(chosen.value))
    body = text.strip("\n")
    span = _same_line(body, title)
    if span:
        body = _without(body, *span)
    candidates = [of_stated(each, "title", title if each is chosen else collapse(each.value)) for each in stated]
    winner = next(each for each, source in zip(candidates, stated, strict=True) if source is chosen)
    return Split(title, body, tuple((chosen, each) for each in suffixes), choose(candidates, winner))


def _same_line(text: str, title: str) -> tuple[int, int] | None:
    """The first lines of a text that say the stated title again, on one line or two."""
    lines = lines_of(text, 3)  # mostly the first tells, and three are cut sooner than twelve
    found = _said_by(lines, title)
    if found or not lines or not _may_stand_before(lines[0]):
        return found
    lines = lines_of(text, 12)
    for number in range(1, len(lines)):
        found = _said_by(lines[number : number + 3], title)
        if found or not _may_stand_before(lines[number]):
            return found
    return None


def _said_by(lines: list[Line], title: str) -> tuple[int, int] | None:
    """Where the first of these lines, or it and those after it, say the words of a title and no others."""
    if not lines or not _begin_alike(lines[0].text, title):
        return None
    wanted = plain_words(title)
    said: list[str] = []
    for line in lines:
        if line.end - lines[0].start > 500:
            return None
        opening = plain_words(line.text[:_OPENING])[:-1]  # the last may be cut
        if opening != wanted[len(said) : len(said) + len(opening)]:
            return None
        said += plain_words(line.text)
        if said and said == wanted:
            return lines[0].start, line.end
        if said != wanted[: len(said)]:
            return None
    return None


def _begin_alike(line: str, title: str) -> bool:
    """Whether a line may begin with the word that a title does: mostly the first letter tells that it does not."""
    first, other = first_sign(line[:_OPENING]), first_sign(title)
    return not first or first == other


def _may_stand_before(line: Line) -> bool:
    return is_furniture(line.text) or is_letterhead(line.text)


def _with_found(text: str, found: _Found, losers: list[Evidence]) -> Split:
    if found.taken:
        proof = of_slice("title", found.title, found.rule, found.title, (0, len(found.title)), 0.8, Part.TITLE)
        return Split(found.title, _without(text, found.start, found.end), (), choose([proof, *losers], proof))
    lead = len(text) - len(text.lstrip("\n"))
    body = text.strip("\n")
    span = (found.start - lead, found.end - lead)
    proof = of_slice("title", found.title, found.rule, body, span, 0.5)
    return Split(found.title, body, (), choose([proof, *losers], proof))


def _without(text: str, start: int, end: int) -> str:
    before, after = text[:start].rstrip(" \t"), text[end:].lstrip(" \t")
    if not before.strip("\n"):
        return after.strip("\n")
    if before.endswith("\n") and after.startswith("\n"):
        after = after.lstrip("\n")
        return f"{before.rstrip(chr(10))}\n\n{after}".strip("\n")
    return f"{before} {after}".strip("\n")


def _headline(text: str, latest: int) -> _Found | None:
    lines = lines_of(text, 25)
    letterhead: Line | None = None
    in_block = False  # the lines under a letterhead, as far as the next blank one, are its office and its town
    for number, line in enumerate(lines):
        in_block = in_block and not line.after_blank
        label = label_of(line.text)
        if label:
            return _Found(collapse(line.text[label:]), line.start + label, line.end, "line called the title", True)
        if is_furniture(line.text):
            continue
        if len(lines) > number + 1 and (is_letterhead(line.text) or (in_block and is_under_letterhead(line.text))):
            letterhead = letterhead or line
            in_block = True
            continue
        found = _at_line(text, lines, number, latest)
        if found and not found.taken and letterhead and not known_name(letterhead.text):
            break  # only the story follows, so that the line was its headline after all
        return found
    if letterhead:
        return _Found(collapse(letterhead.text), letterhead.start, letterhead.end, "first line", True)
    # Nothing but furniture: its first line is better than no title.
    return _sentence(text, lines[0].start, latest, lines[0]) if lines else None


def _at_line(text: str, lines: list[Line], number: int, latest: int) -> _Found | None:
    line = lines[number]
    dateline = read_dateline(text, line, latest)
    if dateline and dateline.start == line.start:
        return _sentence(text, min(dateline.text_start, line.end), latest, line)
    if dateline:
        return _before_dateline(text, line, dateline.start) or _sentence(text, dateline.text_start, latest, line)
    if len(line.text) > _LONGEST or (_is_paragraph(line, lines[number + 1 : number + 3])):
        return _glued(line) or _sentence(text, line.start, latest, line)
    last = _wrapped(line, lines[number + 1 : number + 3], text, latest)
    title = collapse(text[line.start : last.end])
    return _Found(title, line.start, last.end, "headline over two lines" if last is not line else "first line", True)


def _is_paragraph(line: Line, after: list[Line]) -> bool:
    """Whether a short line is the first of a paragraph that is wrapped by hand, or a sentence."""
    if is_capitals(line.text) and not line.text.endswith("."):
        return False  # "SENS. KOHL, FEINGOLD CALL ON GOV. DOYLE": no full stop ends a sentence here
    if len(line.text) > 45 and _goes_on(after):
        return True
    sentences = first_sentence_end(line.text + " ", 0, len(line.text) + 1)
    return len(line.text) > 100 and (sentences < len(line.text) or line.text.endswith("."))


def _goes_on(after: list[Line]) -> bool:
    """Whether the next lines carry on a sentence to its end, or for longer than a headline does."""
    if not after or after[0].after_blank or not after[0].text[:1].islower():
        return False
    return after[0].text.endswith(".") or (len(after) == 2 and not after[1].after_blank and len(after[0].text) > 45)


def _wrapped(line: Line, after: list[Line], text: str, latest: int) -> Line:
    """The last line of the headline: the next one, where the two are one sentence wrapped by hand."""
    if not after or after[0].after_blank or len(line.text) + len(after[0].text) > _LONGEST:
        return line
    second = after[0]
    if is_furniture(second.text) or is_organisation(second.text) or read_dateline(text, second, latest):
        return line
    if len(second.text) > 110 or second.text.endswith(".") or line.text.endswith((".", ":", "!", "?")):
        return line
    leans = line.text.rpartition(" ")[2].lower() in _LEANS_ON or line.text.endswith((",", "-", "–", "—", "&"))
    leans = leans or second.text[:1].islower()
    block_ends = len(after) == 1 or after[1].after_blank
    if leans or (block_ends and len(line.text) > 40 and is_capitals(line.text) and is_capitals(second.text)):
        return second
    return line


def _glued(line: Line) -> _Found | None:
    """A headline in capitals that was glued to the story behind it."""
    match = _GLUED.match(line.text[:300])
    title = match["title"].strip() if match else ""
    if not is_capitals(title) or len(title) < 15:
        return None
    return _Found(collapse(title), line.start, line.start + len(title), "capitals before the story", True)


def _before_dateline(text: str, line: Line, end: int) -> _Found | None:
    """A headline glued between the marks of a release and its dateline, all on one line."""
    start = line.start + end_of_marks(text[line.start : end])
    title = collapse(text[start:end])
    if not 12 <= len(title) <= _LONGEST:
        return None
    return _Found(title, start, start + len(text[start:end].rstrip()), "words before the dateline", True)


def _sentence(text: str, start: int, latest: int, line: Line) -> _Found | None:
    stop = _paragraph_end(text, line)
    if start >= line.end and stop == line.end:  # a dateline on a line of its own: the story is the next one
        following = [each for each in lines_of(text, 25) if each.start >= line.end]
        start, stop = (following[0].start, following[0].end) if following else (line.start, line.end)
    while start < stop and text[start].isspace():
        start += 1
    end = first_sentence_end(text, start, stop)
    cut = cut_at_word(text, start, end, _CUT)
    title = collapse(text[start:cut])
    if not title:
        return None
    return _Found(title.rstrip(",;:–—- ") + "…" if cut < end else title, start, cut, "first sentence", False)


def _paragraph_end(text: str, line: Line) -> int:
    blank = re.compile(r"\n\s*\n").search(text, line.end, line.end + 2000)
    if blank:
        return blank.start()
    following = text.find("\n", line.end + 1) if len(line.text) < 100 else line.end
    return max(line.end, following)
