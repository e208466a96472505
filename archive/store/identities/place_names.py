"""Gives each place of an archive one name: `Washington` and `Washington, D.C.`, but not two towns of one name.

* Spellings that differ in case, accents and punctuation alone have the commonest one's name.
* A bare town joins the one region that the archive gives the town, where it gives no other (nine in ten, and three
  releases at least). A city that is known without its region (list `cities_alone`) joins that region only.
* A misprint, once or twice in the archive and a letter away from a place that stands there twenty times as often, has
  the name of that place.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from archive.ids import slug

MIN_REGION_RELEASES = 3
MIN_REGION_SHARE = 0.9
MAX_MISPRINTS = 2
MIN_TIMES_AS_OFTEN = 20
MIN_MISPRINT_LETTERS = 7
"""Shorter names are a letter away from too many others: Lima, Lyma; Hit, Hot."""


def name_places(uses: Mapping[str, int], regions_alone: Mapping[str, frozenset[str]]) -> dict[str, str]:
    """The names of the places whose spelling is not their name, by spelling.

    Args:
        uses: in how many versions each spelling stands.
        regions_alone: by the slug of a city that is known without its region, the slugs of that region's forms.
    """
    names = _merge_forms(uses)
    counts = _count_names(uses, names)
    joined = _join_regions(counts, regions_alone)
    names = {spelling: joined.get(name, name) for spelling, name in names.items()}
    misprints = _find_misprints(_count_names(uses, names))
    names = {spelling: misprints.get(name, name) for spelling, name in names.items()}
    return {spelling: name for spelling, name in names.items() if spelling != name}


def _count_names(uses: Mapping[str, int], names: Mapping[str, str]) -> dict[str, int]:
    counts: dict[str, int] = defaultdict(int)
    for spelling, count in uses.items():
        counts[names[spelling]] += count
    return counts


def _merge_forms(uses: Mapping[str, int]) -> dict[str, str]:
    """Each spelling with the commonest of those that have its letters."""
    forms: dict[str, list[str]] = defaultdict(list)
    for spelling in uses:
        forms[slug(spelling)].append(spelling)
    chosen = {
        key: min(some, key=lambda each: (each.count("(") != each.count(")"), -uses[each], each))
        for key, some in forms.items()
    }
    return {spelling: chosen[slug(spelling)] for spelling in uses}


def _join_regions(counts: Mapping[str, int], regions_alone: Mapping[str, frozenset[str]]) -> dict[str, str]:
    """The bare names with the one name of town and region that each means."""
    with_region: dict[str, list[str]] = defaultdict(list)
    for name in counts:
        town, comma, _ = name.partition(",")
        if comma:
            with_region[slug(town)].append(name)
    joined = {}
    for name in counts:
        candidates = with_region.get(slug(name), []) if "," not in name else []
        known = regions_alone.get(slug(name))
        if known is not None:
            found = [each for each in candidates if slug(each.partition(",")[2]) in known]
            best = _commonest(found, counts)
        else:
            best = _commonest(candidates, counts)
            total = sum(counts[each] for each in candidates)
            if counts.get(best, 0) < max(MIN_REGION_RELEASES, MIN_REGION_SHARE * total):
                best = ""
        if best:
            joined[name] = best
    return joined


def _commonest(names: Iterable[str], counts: Mapping[str, int]) -> str:
    return min(names, key=lambda each: (-counts[each], each), default="")


def _find_misprints(counts: Mapping[str, int]) -> dict[str, str]:
    """The names that are misprints, with the name that each means."""
    # Imported here: whoever only reads an archive need not load it.
    from rapidfuzz.distance import OSA

    common = [name for name, count in counts.items() if count >= MIN_TIMES_AS_OFTEN]
    found = {}
    for name, count in counts.items():
        if count > MAX_MISPRINTS or len(name.partition(",")[0]) < MIN_MISPRINT_LETTERS:
            continue
        near = [
            each
            for each in common
            if counts[each] >= MIN_TIMES_AS_OFTEN * count
            and abs(len(each) - len(name)) <= 1
            and each.partition(",")[2] == name.partition(",")[2]
            and not any(character.isdigit() for character in each + name)
            and OSA.distance(each, name, score_cutoff=1) == 1
        ]
        if len(near) == 1:
            found[name] = near[0]
    return found
