"""Who published a release: what is stated, the agency, the letterhead, the sign-off, the site, the folder."""

from __future__ import annotations

import re

from archive.extract import lexicon
from archive.extract.aliases import known_name, name_of_site, one_name
from archive.extract.byline import Byline
from archive.extract.dates import Dateline
from archive.extract.evidence import choose_first, of_slice, of_stated
from archive.extract.headline import Split
from archive.extract.structure import Anatomy, Role, is_furniture, is_organisation
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
    split: Split,
    body: str,
    lines: list[Line],
    dateline: Dateline | None,
    byline: Byline,
    anatomy: Anatomy,
    path: str,
) -> tuple[str, tuple[Evidence, ...]]:
    """The source and all its candidates, the chosen one first."""
    agency = _agency(body, dateline)
    known_agency = [each for each in agency if each.confidence > 0.5]
    found = _stated(record) + known_agency
    found += _office(body, byline)
    found += _letterhead(body, lines)
    found += _suffixes(split)
    found += _sign_off(body, anatomy)
    found += _about(body, anatomy, lines[-6:])
    found += [each for each in agency if each not in known_agency]
    found += [
        of_stated(each, "source", site, 0.7)
        for each in record.stated
        if each.field == "url"
        if (site := name_of_site(each.value.strip()))
    ]
    found = [each for each in found if each.value] or _path(path)
    return choose_first(found)


def _stated(record: Record) -> list[Evidence]:
    found = [of_stated(each, "source", one_name(each.value)) for each in record.stated if each.field == "source"]
    offices = [
        of_stated(each, "source", one_name(each.value), 0.8)
        for each in record.stated
        if each.field == "byline" and (known_name(each.value) or is_organisation(collapse(each.value)))
    ]
    return found + offices


def _agency(body: str, dateline: Dateline | None) -> list[Evidence]:
    if not dateline or not dateline.agency_span:
        return []
    words = body[slice(*dateline.agency_span)]
    known = known_name(words)
    # Unknown initials may be an agency or anything else: "(NWS)", "(R-AZ)", "(May)".
    return [
        of_slice("source", known or words, "agency in the dateline", body, dateline.agency_span, 0.9 if known else 0.3)
    ]


def _office(body: str, byline: Byline) -> list[Evidence]:
    if not byline.office or not byline.office_span:
        return []
    return [of_slice("source", one_name(byline.office), "office in the byline", body, byline.office_span, 0.85)]


def _letterhead(body: str, head: list[Line]) -> list[Evidence]:
    for line in head[:6]:
        if is_organisation(line.text):
            span = (line.start, line.end)
            return [of_slice("source", _in_words(line.text), "letterhead", body, span, 0.85)]
        if not is_furniture(line.text):
            break
    return []


def _in_words(text: str) -> str:
    """An organisation's name as one writes it: capitals become words."""
    known = known_name(text)
    if known or not is_capitals(text) or len(text) <= 6:
        return known or one_name(text)
    small = {"of", "the", "and", "for", "on", "in", "to", "at"}
    words = [word.lower() if word.lower() in small else word.capitalize() for word in collapse(text).split(" ")]
    name = " ".join(words)
    return name[:1].upper() + name[1:]


def _suffixes(split: Split) -> list[Evidence]:
    found = [of_stated(stated, "source", one_name(suffix), 0.8) for stated, suffix in split.suffixes]
    sections = [each for each in found if each.value.casefold() in lexicon.words("generic_folders")]
    found = [each for each in found if each not in sections]
    # Of "OPA | Department of Justice" the one we know by name stands for both.
    return sorted(found, key=lambda each: not known_name(each.value))


def _about(body: str, anatomy: Anatomy, last: list[Line]) -> list[Evidence]:
    """Whom the paragraph at the end is about: "About X: ...", or "The X measures rivers ..."."""
    for line in reversed(last):
        match = _ABOUT.match(line.text) or _CLOSING.match(line.text)
        name = match["name"].strip(" :") if match else ""
        if match and is_organisation(name):
            span = (line.start + match.start("name"), line.start + match.start("name") + len(name))
            return [of_slice("source", _in_words(name), "paragraph about the sender", body, span, 0.6)]
    return []


def _sign_off(body: str, anatomy: Anatomy) -> list[Evidence]:
    span = anatomy.last(Role.SIGN_OFF)
    if not span:
        return []
    first = body[span.start : span.end].split("\n")[0]
    return [of_slice("source", _in_words(first), "sign-off", body, (span.start, span.end), 0.85)]


def _path(path: str) -> list[Evidence]:
    """The last resort: the name in a file's name, or the folder it lies in."""
    found = []
    senator = _SENATOR.search(path[-300:])
    if senator and len(path) <= 300:
        found.append(of_slice("source", senator["name"], "file name", path, senator.span("name"), 0.3, Part.PATH))
    folder = path.split("/")[0] if "/" in path else ""
    bare = folder.replace("-", " ").replace("_", " ").replace(" ", "")
    if bare.isalpha() and len(bare) > 2 and "_" not in folder and bare.lower() not in lexicon.words("generic_folders"):
        value = known_name(folder) or folder.replace("-", " ")
        found.append(of_slice("source", value, "folder", path, (0, len(folder)), 0.3, Part.PATH))
    return found
