"""Finds the lines whose dates are other releases': in lists of titles with dates, and behind the story."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from archive.extract.text import Line

# Headings of lists of other releases, in the languages whose dates are read.
_LIST_HEADING = re.compile(
    r"\W{0,3}(?:(?:more|other|latest|recent|related|further|top|popular|previous|past|upcoming|trending|featured)\s"
    r"(?:[\w&’'-]{1,20}\s){0,2}(?:news|posts?|stories|releases|headlines|articles|updates|events|announcements|blogs?"
    r"|publications|statements|items|content|reading|topics)(?:\s(?:from|by|in|on)\s.{1,40})?"
    r"|(?:news|press|media)\s(?:release\s)?archives?|archives?|in\sthe\snews|see\salso|read\s(?:more|next|also)"
    r"|(?:you\s(?:may|might)\s)?also\s(?:like|of\sinterest|read)|related|latest|recent"
    r"|weitere\s\w{4,24}|(?:aktuelle|neueste|letzte|ähnliche|verwandte)\s\w{4,24}|mehr\szum\sthema|aktuelles"
    r"|(?:autres|dernières|derniers|récents)\s\w{4,16}|à\slire\s(?:aussi|également)|(?:les\s)?actualités"
    r"|(?:más|otras|últimas)\snoticias|noticias\srelacionadas|(?:mais|outras|últimas)\snotícias|leia\s(?:mais|também)"
    r"|(?:altre|ultime)\snotizie|leggi\sanche|(?:meer|laatste|ander)\snieuws|lees\s(?:ook|meer)"
    r"|(?:inne|ostatnie|pozostałe|najnowsze)\s\w{4,16}|zobacz\s(?:też|także)"
    r"|(?:другие|последние|похожие)\s\w{4,16}|читайте\sтакже|ещё\sпо\sтеме"
    r"|أخبار\s(?:أخرى|ذات\sصلة)|آخر\sالأخبار|相关(?:新闻|阅读|报道)|最新(?:消息|新闻|動態|动态)|関連(?:記事|ニュース)|最新ニュース|新着情報"
    r")\W{0,3}",
    re.IGNORECASE,
)
_BEGINS_RELEASE = re.compile(r"for\simmediate|(?:news|press|media)\s?releases?\W*$|statement\W*$", re.IGNORECASE)
_MAX_TITLE_CHARS = 130
_MIN_COMPANY_CHARS = 8  # of the title beside a date
_MIN_PROSE_CHARS = 60
_MIN_STORY_CHARS = 100
_ENDS = (".", "!", "?", "…", ".”", '."', ".»", ".“", ".’", "。", "」", "؟", "۔")


def is_list_heading(text: str) -> bool:
    """Whether a line is the heading of a list of other releases: `More News`."""
    return len(text) <= 60 and bool(_LIST_HEADING.fullmatch(text))


def is_prose(text: str) -> bool:
    """Whether a line is a paragraph of a story: a sentence that is longer than titles are."""
    if not text.isascii() and text.endswith(("。", "」")):
        return len(text) > _MIN_PROSE_CHARS // 2
    return (len(text) > _MIN_PROSE_CHARS and text.endswith(_ENDS)) or len(text) > 2 * _MAX_TITLE_CHARS


def find_listed(lines: Sequence[Line], dated: Mapping[int, str]) -> set[int]:
    """The numbers of the lines whose dates stand in a list of titles.

    Args:
        lines: those at the head of a text.
        dated: by the number of a line that is a date and nothing else, what it says.
    """
    found = _under_headings(lines, dated) | _alternating(lines, dated)
    return found | _in_teasers(lines, dated) | _one_below_another(lines, dated)


def find_listed_lines(lines: Sequence[Line], dated: Mapping[int, str]) -> set[int]:
    """The numbers of all lines of such lists: headings, titles and dates; arguments as of `find_listed`."""
    listed = find_listed(lines, dated)
    found = set(listed)
    heading = False
    for number, line in enumerate(lines):
        if is_list_heading(line.text):
            found.add(number)
            heading = True
        elif (
            number in listed
            and not {number - 1, number + 1} & listed
            and (heading or {number - 2, number + 2} & listed)
        ):
            titles_first = heading and number - 1 not in found and number - 1 not in listed
            found.add(number - 1 if titles_first else number + 1)
    return found


def _under_headings(lines: Sequence[Line], dated: Mapping[int, str]) -> set[int]:
    listed: set[int] = set()
    under, begun = False, False
    for number, line in enumerate(lines):
        if is_list_heading(line.text):
            under, begun = True, False
        elif is_prose(line.text):
            under = False
        elif under and _BEGINS_RELEASE.match(line.text):
            begun = True
        elif (
            under
            and number in dated
            and _is_beside_title(lines, number, dated)
            and not (begun and _story_follows(lines, number))
        ):
            listed.add(number)
    return listed


def _is_beside_title(lines: Sequence[Line], number: int, dated: Mapping[int, str]) -> bool:
    beside = [each for each in (number - 1, number + 1) if 0 <= each < len(lines) and each not in dated]
    return any(_is_title(lines[each].text) and not is_list_heading(lines[each].text) for each in beside)


def _story_follows(lines: Sequence[Line], number: int) -> bool:
    return number + 1 < len(lines) and is_prose(lines[number + 1].text)


def _alternating(lines: Sequence[Line], dated: Mapping[int, str]) -> set[int]:
    """The dates that stand in turn with titles: two or more days, each with a title behind it."""
    listed: set[int] = set()
    run: list[int] = []
    for number in [*sorted(dated), len(lines) + 9]:
        if run and number - run[-1] != 2:
            listed |= _listed_in_run(lines, dated, run)
            run = []
        run.append(number)
    return listed


def _listed_in_run(lines: Sequence[Line], dated: Mapping[int, str], run: list[int]) -> set[int]:
    before_titles = [
        number
        for number in run
        if number + 1 < len(lines) and _is_title(lines[number + 1].text) and number + 1 not in dated
    ]
    if len({dated[number] for number in before_titles}) < 2:
        return set()
    last = run[-1]
    ends_list = last + 1 < len(lines) and not is_prose(lines[last + 1].text)
    return {*before_titles, last} if ends_list else set(before_titles)


def _one_below_another(lines: Sequence[Line], dated: Mapping[int, str]) -> set[int]:
    """Three days or months below one another, an archive's; or two beside titles, rows of a table."""
    listed: set[int] = set()
    run: list[int] = []
    for number in [*sorted(dated), len(lines) + 9]:
        if run and number - run[-1] != 1:
            in_rows = all(len(lines[each].text) > len(dated[each]) + _MIN_COMPANY_CHARS for each in run)
            if len({dated[each] for each in run}) >= (2 if in_rows else 3):
                listed |= set(run)
            run = []
        run.append(number)
    return listed


def _in_teasers(lines: Sequence[Line], dated: Mapping[int, str]) -> set[int]:
    """The dates between titles and the first sentences of other releases, two or more, below a story's own lines."""
    found = [
        number
        for number in sorted(dated)
        if 0 < number < len(lines) - 1 and _is_title(lines[number - 1].text) and is_prose(lines[number + 1].text)
    ]
    pairs = {each for number in found for each in (number, number + 3) if number + 3 in found}
    story = next((number for number, line in enumerate(lines) if is_prose(line.text)), len(lines))
    return {number for number in pairs if number > story} if len({dated[number] for number in pairs}) > 1 else set()


def _is_title(text: str) -> bool:
    return len(text) <= _MAX_TITLE_CHARS and not is_prose(text) and not _BEGINS_RELEASE.match(text)


def find_after_story(lines: Sequence[Line], numbers: Sequence[int]) -> set[int]:
    """Which of these lines stand behind the story: most of it is before them. `lines` are all of a text."""
    found: set[int] = set()
    for number in numbers:
        before = sum(len(line.text) for line in lines[:number] if is_prose(line.text))
        after = sum(len(line.text) for line in lines[number + 1 :] if is_prose(line.text)) if before else 0
        if before >= _MIN_STORY_CHARS and 2 * after < before:
            found.add(number)
    return found
