"""What can be asked, by example: the rows of the help page. Every example is a query that needs no repair."""

from __future__ import annotations

from dataclasses import dataclass

from indexer.language import FIELDS


@dataclass(frozen=True, slots=True)
class Example:
    """A query, and what it finds."""

    query: str
    finds: str


@dataclass(frozen=True, slots=True)
class Topic:
    """Examples that belong together."""

    title: str
    examples: tuple[Example, ...]


TOPICS = (
    Topic(
        "Words",
        (
            Example("flood relief", "releases with both words, in any of their forms: floods, flooded, flooding"),
            Example("café", "also cafe, and the other way round"),
            Example("telescop*", "words that begin so: telescope, telescopes, telescopic"),
            Example("recieve~", "words spelt nearly so, one letter off; recieve~2 allows two"),
            Example("organi?ation", "one letter, whichever it is: organization, organisation"),
        ),
    ),
    Topic(
        "Exact words",
        (
            Example('"missile defense"', "these words side by side, in this order, exactly as spelt"),
            Example('"is in the"', "little words count like any others"),
            Example('"flooding"', "one word in quotes: this form of it and no other"),
            Example('"governor hale"', "also Governor Hale's; \"governor hale's\" only that"),
            Example('"lost * balloon"', "a star in a phrase: any one word; at the end of a word: whatever follows"),
            Example("9/11", "what has a mark inside is read as a phrase: C-SPAN, O'Brien, U.S. as well"),
            Example("$700 million", "an amount keeps its million"),
        ),
    ),
    Topic(
        "All, any, none",
        (
            Example("bridge AND ferry", "both; a space says the same"),
            Example("bridge OR ferry", "either, or both; bridge || ferry says the same"),
            Example("bridge -toll", "the first without the second; bridge NOT toll and bridge !toll say the same"),
            Example("(bridge OR ferry) -toll", "brackets hold together what belongs together"),
        ),
    ),
    Topic(
        "Near each other",
        (
            Example("harbor NEAR/5 closed", "at most five words apart, in either order"),
            Example("harbor BEFORE/5 closed", "the same, but in this order"),
            Example('"coast authority" NEAR/10 tender', "phrases as well as words"),
        ),
    ),
    Topic(
        "In one field",
        (
            Example("title:lighthouse", "in the headline; headline: says the same"),
            Example('title:"lost balloon"', "these words in the headline"),
            Example("person:Brenn", "a person named; who: and people: say the same"),
            Example('source:"coast authority"', "who issued it; agency: says the same"),
            Example('place:"Port Elsinore"', "where it is dated; where: says the same"),
            Example("person:none", "nobody is named; person:* somebody is; source: and place: too"),
            Example("id:4gk8w2n0qd", "one release, by its id"),
            Example("lang:french", "in this language, by its English name or its code; language: says the same"),
        ),
    ),
    Topic(
        "Files and versions",
        (
            Example('folder:"press/2011"', "in a folder with these words in its path"),
            Example("file:embargo", "this word in the file’s name, or anywhere in its path"),
            Example("type:pdf", "read from a file of this type: html, mail, text, word, csv, feed and others"),
            Example("is:edited", "releases with more than one version"),
            Example("flood in:versions", "also in earlier versions and in releases that were withdrawn"),
            Example("is:withdrawn", "releases that stand in no added folder any more"),
        ),
    ),
    Topic(
        "Dates",
        (
            Example("date:2005", "published in that year; published: says the same"),
            Example("date:2005-09", "in that month; 2005-09-11 is one day"),
            Example("date:2004..2006", "from the beginning of one to the end of the other; either may be left out"),
            Example("after:2005-09", "from that day on; since: says the same"),
            Example("before:2005-09", "up to the day before it"),
            Example("date:20 January 2011", "dates in words; date:june 2010 as well"),
            Example("date:last month", "also today, yesterday, this week, last year, last 30 days"),
            Example("date:none", "releases without a known date"),
            Example("added:this week", "by the day they came into this archive, not the day they were published"),
        ),
    ),
)


def field_names() -> list[tuple[str, tuple[str, ...]]]:
    """The fields a query may use, each with the names it answers to: from the grammar itself."""
    found: dict[str, list[str]] = {}
    for alias, field in FIELDS.items():
        found.setdefault(field, []).append(alias)
    return [(field, tuple(names)) for field, names in found.items()]
