"""The evidence of a release's people: how each was found, and which names nearly were."""

from __future__ import annotations

from collections.abc import Iterator

from archive.extract.people.candidates import Candidate
from archive.extract.people.coreference import ReleasePerson
from archive.extract.people.unresolved import SURNAME_ALONE
from archive.release import Evidence, Mention, Part, Person
from archive.rules import rule

_MIN_SCORE = 1.0  # from this score a name that was not accepted is worth showing
_MAX_REJECTED = 20
_TOO_LITTLE = rule("too-little")


def evidence_of_people(persons: list[Person], named: list[ReleasePerson]) -> Iterator[Evidence]:
    """The evidence of each person, by the mention that says most."""
    rules = {known.name: known.rule for known in named}
    for person in persons:
        mention = max(person.mentions, key=_informativeness) if len(person.mentions) > 1 else person.mentions[0]
        yield Evidence(
            "person",
            person.name,
            rules.get(person.name, mention.rule),
            mention.name,
            mention.part,
            mention.start,
            mention.end,
            person.confidence,
            True,
        )


def _informativeness(mention: Mention) -> tuple[bool, int, int]:
    return mention.part is Part.BODY, len(mention.name), -mention.start


def rejected_evidence(candidates: list[Candidate], body: str) -> Iterator[Evidence]:
    """Evidence of names nearly accepted, and of titles with a surname that nobody in the release has in full."""
    seen: set[str] = set()
    for each in candidates:
        titled = len(each.words) == 1 and each.has_title
        words = body[each.title_start if titled else each.start : each.end]
        key = each.surname if titled else words
        if key in seen or not (titled or (len(each.words) > 1 and each.cues.score >= _MIN_SCORE)):
            continue
        if len(seen) >= _MAX_REJECTED:
            return
        seen.add(key)
        value, by = " ".join(words.split()), SURNAME_ALONE if titled else _TOO_LITTLE
        yield Evidence("person", value, by, words, Part.BODY, each.end - len(words), each.end, 0.3, False)
