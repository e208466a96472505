"""The source of a release: stated, or by agency, letterhead, sign-off, site or folder."""

from __future__ import annotations

import re

from archive.extract import lexicon
from archive.extract.aliases import canonical_name, known_name, name_of_site
from archive.extract.byline import Byline
from archive.extract.dates import Dateline
from archive.extract.evidence import choose_first, slice_evidence, stated_evidence
from archive.extract.headline import TitleSplit
from archive.extract.structure import SectionMap, SectionRole, is_boilerplate_line, is_organisation
from archive.extract.text import Line, collapse, is_capitals
from archive.release import Evidence, Part, Record

_SENATOR = re.compile(r"(?:^|/)\d{1,2}[A-Z][a-z]{2}\d{4}(?P<name>[A-Z][A-Za-z-]{2,30}?)\d{0,5}\.\w{1,5}$")
_ABOUT = re.compile(r"(?:About|ABOUT)\s+(?:[Tt]he\s+|THE\s+)?(?P<name>[A-Z][^:.\n]{3,100}?)(?=$|:|\s[–—]\s)")
_CLOSING = re.compile(
    r"(?:The\s+)?(?P<name>[A-Z][\w.&'’-]*(?:\s(?:of|the|and|for|on|[A-Z][\w.&'’-]*)){1,10}?)\s"
    r"(?:is|provides|works|serves|measures|keeps|looks|leads|promotes|supports|operates"
    r"|represents|protects|conducts|manages)\s"
)


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
    """The source and all its candidates, the chosen one first."""
    agency = _agency_candidates(body, dateline)
    known_agency = [each for each in agency if each.confidence > 0.5]
    found = _stated_candidates(record) + known_agency
    found += _office_candidates(body, byline)
    found += _letterhead_candidates(body, lines)
    found += _suffix_candidates(split)
    found += _sign_off_candidates(body, sections)
    found += _about_candidates(body, sections, lines[-6:])
    found += [each for each in agency if each not in known_agency]
    found += [
        stated_evidence(each, "source", site, 0.7)
        for each in record.stated
        if each.field == "url"
        if (site := name_of_site(each.value.strip()))
    ]
    found = [each for each in found if each.value] or _path_candidates(path)
    return choose_first(found)


def _stated_candidates(record: Record) -> list[Evidence]:
    found = [
        stated_evidence(each, "source", canonical_name(each.value)) for each in record.stated if each.field == "source"
    ]
    offices = [
        stated_evidence(each, "source", canonical_name(each.value), 0.8)
        for each in record.stated
        if each.field == "byline" and (known_name(each.value) or is_organisation(collapse(each.value)))
    ]
    return found + offices


def _agency_candidates(body: str, dateline: Dateline | None) -> list[Evidence]:
    if not dateline or not dateline.agency_span:
        return []
    words = body[slice(*dateline.agency_span)]
    known = known_name(words)
    # Unknown initials may be an agency or anything else: "(NWS)", "(R-AZ)", "(May)".
    return [
        slice_evidence(
            "source", known or words, "agency in the dateline", body, dateline.agency_span, 0.9 if known else 0.3
        )
    ]


def _office_candidates(body: str, byline: Byline) -> list[Evidence]:
    if not byline.office or not byline.office_span:
        return []
    return [
        slice_evidence("source", canonical_name(byline.office), "office in the byline", body, byline.office_span, 0.85)
    ]


def _letterhead_candidates(body: str, head: list[Line]) -> list[Evidence]:
    for line in head[:6]:
        if is_organisation(line.text):
            span = (line.start, line.end)
            return [slice_evidence("source", _title_case(line.text), "letterhead", body, span, 0.85)]
        if not is_boilerplate_line(line.text):
            break
    return []


def _title_case(text: str) -> str:
    """An organisation's name as one writes it: capitals become words."""
    known = known_name(text)
    if known or not is_capitals(text) or len(text) <= 6:
        return known or canonical_name(text)
    small = {"of", "the", "and", "for", "on", "in", "to", "at"}
    words = [word.lower() if word.lower() in small else word.capitalize() for word in collapse(text).split(" ")]
    name = " ".join(words)
    return name[:1].upper() + name[1:]


def _suffix_candidates(split: TitleSplit) -> list[Evidence]:
    found = [stated_evidence(stated, "source", canonical_name(suffix), 0.8) for stated, suffix in split.suffixes]
    sections = [each for each in found if each.value.casefold() in lexicon.words("generic_folders")]
    found = [each for each in found if each not in sections]
    # Of "OPA | Department of Justice" the one we know by name stands for both.
    return sorted(found, key=lambda each: not known_name(each.value))


def _about_candidates(body: str, sections: SectionMap, last: list[Line]) -> list[Evidence]:
    """Whom the paragraph at the end is about: "About X: ...", or "The X measures rivers ..."."""
    for line in reversed(last):
        match = _ABOUT.match(line.text) or _CLOSING.match(line.text)
        name = match["name"].strip(" :") if match else ""
        if match and is_organisation(name):
            span = (line.start + match.start("name"), line.start + match.start("name") + len(name))
            return [slice_evidence("source", _title_case(name), "paragraph about the sender", body, span, 0.6)]
    return []


def _sign_off_candidates(body: str, sections: SectionMap) -> list[Evidence]:
    span = sections.last(SectionRole.SIGN_OFF)
    if not span:
        return []
    first = body[span.start : span.end].split("\n")[0]
    return [slice_evidence("source", _title_case(first), "sign-off", body, (span.start, span.end), 0.85)]


def _path_candidates(path: str) -> list[Evidence]:
    """The last resort: the name in a file's name, or the folder it lies in."""
    found = []
    senator = _SENATOR.search(path[-300:])
    if senator and len(path) <= 300:
        found.append(slice_evidence("source", senator["name"], "file name", path, senator.span("name"), 0.3, Part.PATH))
    folder = path.split("/")[0] if "/" in path else ""
    bare = folder.replace("-", " ").replace("_", " ").replace(" ", "")
    if bare.isalpha() and len(bare) > 2 and "_" not in folder and bare.lower() not in lexicon.words("generic_folders"):
        value = known_name(folder) or folder.replace("-", " ")
        found.append(slice_evidence("source", value, "folder", path, (0, len(folder)), 0.3, Part.PATH))
    return found
