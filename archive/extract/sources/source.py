"""The source of a release: stated, or by agency, letterhead, sign-off, site or folder."""

from __future__ import annotations

import re

from archive.extract import lexicon
from archive.extract.aliases import canonical_name, known_name, name_of_site
from archive.extract.byline import Byline
from archive.extract.dates import Dateline
from archive.extract.evidence import choose_first, slice_evidence, stated_evidence
from archive.extract.headline import TitleSplit
from archive.extract.site_names import name_behind_title, split_suffix
from archive.extract.sources.issuers import add_place, full_name_of, issuer_candidates
from archive.extract.sources.parents import find_parent
from archive.extract.sources.sender_labels import contact_candidates, labelled_candidates
from archive.extract.sources.senders import about_candidates, letterhead_candidates, name_sender, sign_off_candidates
from archive.extract.structure import SectionMap, is_menu_text, is_organisation_name, read_person_office
from archive.extract.text import Line, collapse
from archive.release import Evidence, Part, Record, Stated
from archive.rules import rule

_SENATOR = re.compile(r"(?:^|/)\d{1,2}[A-Z][a-z]{2}\d{4}(?P<name>[A-Z][A-Za-z-]{2,30}?)\d{0,5}\.\w{1,5}$")


_SURE = 0.7
"""The confidence above which no weaker sign is looked for."""


def read_source(
    record: Record,
    split: TitleSplit,
    body: str,
    lines: list[Line],
    dateline: Dateline | None,
    byline: Byline,
    sections: SectionMap,
    path: str,
) -> tuple[str, tuple[Evidence, ...]]:
    """The source and all its candidates, the chosen one first; then the office above it, where there is one."""
    agency = _agency_candidates(body, dateline)
    known_agency = [each for each in agency if each.confidence > 0.5]
    sites = _site_candidates(record)
    found = _stated_candidates(record) + labelled_candidates(body, lines) + known_agency
    found += _office_candidates(body, byline)
    letterhead = letterhead_candidates(body, lines, dateline.start if dateline else -1)
    titles, publishers = _title_candidates(record, split), _publisher_candidates(record)
    sign_off = sign_off_candidates(split.title, body, sections)
    found += letterhead + titles + publishers + sign_off
    found += [each for each in sites if known_name(each.value)]
    sure = any(each.value and each.confidence > _SURE for each in found)
    if not sure and (not agency or _is_seat(agency[0].words)):
        found += issuer_candidates(split.title, body, lines, dateline, path)
    if not any(each.value for each in found):
        found += contact_candidates(body, lines, sections) + about_candidates(body, lines, sections)
    found += [each for each in agency if each not in known_agency]
    found += [each for each in sites if not known_name(each.value)]
    found = [each for each in found if each.value]
    if not found:
        return choose_first(_path_candidates(path, body))
    if any(each.value.startswith(_AMERICAN) for each in found) and _is_elsewhere(record, body):
        found = [_without_country(each) for each in found]
        letterhead, titles, publishers, sign_off = [], [], [], []  # names known to us are of another country
    found[0] = found[0]._replace(value=add_place(found[0].value, body))
    source, evidence = choose_first(found)
    above = [*letterhead, *reversed(titles), *publishers, *sign_off, *sites]
    return source, (*evidence, *find_parent(found[0], above))


_AMERICAN = "U.S. "
_COUNTRY_HOST = re.compile(
    r"(?:(?:https?://|www\.|@)[\w.-]{1,80}\.|\b(?:gov|gob|gouv|govt|go|gc|gub|gv|government)\.)(?!us\b|eu\b)[a-z]{2}\b(?!\.)"
)
_FEDERAL_HOST = re.compile(r"\.(?:gov|mil)\b(?!\.[a-z])")


def _is_elsewhere(record: Record, body: str) -> bool:
    """Whether addresses in a release are of another country than the one whose departments our list names."""
    addresses = " ".join(each.value for each in record.stated if each.field == "url")
    text = f"{addresses} {body[:3000]} {body[-2000:]}"
    # A federal address is found faster than that there is none of another country.
    return not _FEDERAL_HOST.search(text) and bool(_COUNTRY_HOST.search(text))


def _without_country(candidate: Evidence) -> Evidence:
    """A candidate as it is spelt, where only our list says that it is American: other countries have departments."""
    spelt = re.search(r"\bU\.? ?S\b|United States|American", candidate.words)
    return candidate if spelt else candidate._replace(value=candidate.value.removeprefix(_AMERICAN))


def _stated_candidates(record: Record) -> list[Evidence]:
    found = [
        stated_evidence(each, "source", read_person_office(each.value) or canonical_name(each.value))
        for each in record.stated
        if each.field == "source" and not is_menu_text(each.value)
    ]
    offices = [
        stated_evidence(each, "source", canonical_name(each.value), 0.8)
        for each in record.stated
        if each.field == "byline" and (known_name(each.value) or is_organisation_name(collapse(each.value)))
    ]
    return found + offices


def _publisher_candidates(record: Record) -> list[Evidence]:
    """What a page says of its publisher beside the release: in its foot, or of the picture above it."""
    stated = [each for each in record.stated if each.field == "publisher"]
    return [stated_evidence(each, "source", name, 0.75) for each in stated if (name := name_sender(each.value))]


def _site_candidates(record: Record) -> list[Evidence]:
    addresses = [each for each in record.stated if each.field == "url"]
    named = [(each, name_of_site(each.value.strip())) for each in addresses]
    return [stated_evidence(each, "source", name, 0.7 if known_name(name) else 0.4) for each, name in named if name]


def _agency_candidates(body: str, dateline: Dateline | None) -> list[Evidence]:
    if not dateline or not dateline.agency_span:
        return []
    words = body[slice(*dateline.agency_span)]
    known = known_name(words)
    # Unknown initials may be an agency or anything else: "(NWS)", "(R-AZ)", "(May)".
    return [slice_evidence("source", known or words, rule("agency"), body, dateline.agency_span, 0.9 if known else 0.3)]


def _is_seat(words: str) -> bool:
    """Whether initials in brackets are a member's party and state, `R-AZ`, and no agency."""
    return bool(_SEAT.match(words))


_SEAT = re.compile(r"[RDI][-–][A-Z]|[A-Z]{2}-\d")


def _office_candidates(body: str, byline: Byline) -> list[Evidence]:
    if not byline.office or not byline.office_span:
        return []
    start, end = byline.office_span
    dated = _DATED.search(body, start, end)  # "Posted by X on May 3, 2021"
    span = (start, dated.start() if dated else end)
    return [slice_evidence("source", canonical_name(body[slice(*span)]), rule("byline-office"), body, span, 0.85)]


_DATED = re.compile(r"\s(?:on|am|le|el)\s[^\n]{0,30}\d{4}")


def _title_candidates(record: Record, split: TitleSplit) -> list[Evidence]:
    """The names that stand behind the title, in any element that states it; those known by name first."""
    titles = [each for each in record.stated if each.field == "title"]
    named = list(split.suffixes)
    behind: dict[tuple[Stated, str], None] = {}
    for each in titles:
        kept, suffixes = split_suffix(collapse(each.value))
        named += [(each, suffix) for suffix in suffixes]
        if name := name_behind_title(each.value, split.title):
            behind[each, name] = None
        elif kept != split.title:
            named.append((each, kept))  # "Press Release - Congressman Tom Rizzo" is no title but a name
    found = []
    for stated, suffix in dict.fromkeys([*named, *behind]):
        name = name_sender(suffix)
        if name or ((stated, suffix) in behind and _may_be_site(suffix)):
            found.append(stated_evidence(stated, "source", name or canonical_name(suffix), 0.8 if name else 0.6))
    # Of "OPA | Department of Justice" the one we know by name stands for both.
    return sorted(found, key=lambda each: (not known_name(each.value), -each.confidence))


def _may_be_site(text: str) -> bool:
    """Whether words behind a title may be a site's name though nothing in them says so: no section, date or number."""
    return not is_menu_text(text) and not any(map(str.isdigit, text)) and 1 < len(text.split()) <= 6


def _path_candidates(path: str, body: str) -> list[Evidence]:
    """The last resort: the name in a file's name, or the folder it lies in."""
    found = []
    senator = _SENATOR.search(path[-300:])
    if senator and len(path) <= 300:
        name = full_name_of(senator["name"], body) or senator["name"]
        found.append(slice_evidence("source", name, rule("file-name"), path, senator.span("name"), 0.3, Part.PATH))
    folder = path.split("/")[0] if "/" in path else ""
    bare = folder.replace("-", " ").replace("_", " ").replace(" ", "")
    if bare.isalpha() and len(bare) > 2 and "_" not in folder and bare.lower() not in lexicon.words("generic_folders"):
        value = known_name(folder) or folder.replace("-", " ")
        found.append(slice_evidence("source", value, rule("folder"), path, (0, len(folder)), 0.3, Part.PATH))
    return found
