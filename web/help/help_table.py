"""What can be asked, by example: the rows of the help page. Every example is a query that needs no repair."""

from __future__ import annotations

from dataclasses import dataclass

from indexer.language import FIELDS


@dataclass(frozen=True, slots=True)
class Example:
    """An invented query, and what such a query finds.

    `own` are the same query in an archive's own words, best first: `{word}` and the like are names of `ArchiveWords`.
    """

    query: str
    finds: str
    own: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Topic:
    """Examples that belong together."""

    title: str
    examples: tuple[Example, ...]


TOPICS = (
    Topic(
        "Words",
        (
            Example("flood relief", "releases with both words, in any form of each", ("{word} {next}",)),
            Example("café", "with the accent or without: café finds cafe, and cafe finds café", ("{accented}",)),
            Example("telescop*", "words that begin this way", ("{beginning}*",)),
            Example(
                "recieve~", "words spelt like this, or one letter off; ~2 in place of ~ allows two", ("{misspelt}~",)
            ),
            Example("organi?ation", "words with any one letter in place of the ?", ("{wildcard}",)),
        ),
    ),
    Topic(
        "Exact words",
        (
            Example('"missile defense"', "exactly these words, side by side, in this order", ('"{word} {next}"',)),
            Example('"is in the"', "common words count like any others", ('"in the"', '"of the"', '"to the"')),
            Example('"flooding"', "a single word in quotes: this form of it and no other", ('"{word}"',)),
            Example('"governor hale"', "a name, with or without a possessive ’s after it", ('"{person}"',)),
            Example(
                '"lost * balloon"',
                "a star on its own in a phrase is any one word; at the end of a word, any ending",
                ('"{first} * {last}"', '"{word} {beginning_of_next}*"'),
            ),
            Example("9/11", "words joined by punctuation are read as a phrase", ("U.S.", "C-SPAN", "follow-up")),
            Example(
                "$700 million",
                "an amount is read as a phrase, with its million or billion",
                ("$1 million", "$2 million", "$5 million", "$10 million", "$1 billion"),
            ),
        ),
    ),
    Topic(
        "All, any, none",
        (
            Example("bridge AND ferry", "both words; AND can be left out", ("{word} AND {near}", "{word} AND {next}")),
            Example("bridge OR ferry", "either word, or both; || means the same", ("{word} OR {other}",)),
            Example(
                "bridge -toll",
                "the first word without the second; NOT or ! in place of - means the same",
                ("{word} -{other}", "{other} -{word}"),
            ),
            Example(
                "(bridge OR ferry) -toll",
                "brackets group words",
                ("({word} OR {next}) -{other}", "({other} OR {word}) -{next}"),
            ),
        ),
    ),
    Topic(
        "Near each other",
        (
            Example("harbor NEAR/5 closed", "at most five words apart, in either order", ("{word} NEAR/5 {next}",)),
            Example("harbor BEFORE/5 closed", "at most five words apart, in this order", ("{word} BEFORE/5 {next}",)),
            Example(
                '"coast authority" NEAR/10 tender',
                "phrases can be near words, or other phrases",
                ('"{word} {next}" NEAR/10 {near}',),
            ),
        ),
    ),
    Topic(
        "In one field",
        (
            Example("title:lighthouse", "in the headline; headline: means the same", ("title:{word}",)),
            Example('title:"lost balloon"', "these words in the headline", ('title:"{word} {next}"',)),
            Example("person:Brenn", "a person who is named; who: and people: mean the same", ("person:{surname}",)),
            Example('source:"coast authority"', "who issued it; agency: means the same", ('source:"{source}"',)),
            Example('place:"Port Elsinore"', "the place in its dateline; where: means the same", ('place:"{place}"',)),
            Example(
                "person:none",
                "nobody is named; person:* means somebody is. source: and place: work the same way",
                ("person:none", "source:none", "place:none", "person:*"),
            ),
            Example("id:4gk8w2n0qd", "one release, by its id", ("id:{id}",)),
            Example(
                "lang:french",
                "in this language, by its English name or its code; language: means the same",
                ("lang:english", "lang:german", "lang:spanish", "lang:italian", "lang:portuguese", "lang:dutch"),
            ),
        ),
    ),
    Topic(
        "Who said what",
        (
            Example("said:lighthouse", "inside a quotation: the words that somebody said", ("said:{word}",)),
            Example('said:"lost balloon"', "these words inside a quotation", ('said:"{word} {next}"',)),
            Example("speaker:Brenn", "releases that quote a person with this name", ("speaker:{surname}",)),
            Example(
                "said:ferry speaker:Brenn",
                "one quotation: this word, and that person says it",
                ("said:{word} speaker:{surname}",),
            ),
            Example("speaker:none", "something is quoted, and nobody is named as the speaker"),
            Example("said:* -speaker:*", "any quotation, in releases where no speaker of any is named"),
        ),
    ),
    Topic(
        "Files and versions",
        (
            Example('folder:"press/2011"', "in a folder with these words in its path", ('folder:"{folder}"',)),
            Example("file:embargo", "with this word in the file’s name, or anywhere in its path", ("file:{file}",)),
            Example(
                "type:pdf",
                "read from a file of this type: html, mail, text, word, csv, feed and others",
                ("type:html", "type:text", "type:mail", "type:json", "type:feed", "type:xml", "type:csv"),
            ),
            Example("is:edited", "releases with more than one version"),
            Example("flood in:versions", "in earlier versions and withdrawn releases as well", ("{word} in:versions",)),
            Example("is:withdrawn", "releases that are no longer in any added folder"),
        ),
    ),
    Topic(
        "Dates",
        (
            Example("date:2005", "published in that year; published: means the same", ("date:{year}",)),
            Example("date:2005-09", "in that month; a date such as 2005-09-11 is one day", ("date:{month}",)),
            Example(
                "date:2004..2006",
                "from the start of the first year to the end of the last; either can be left out",
                ("date:{first_year}..{last_year}",),
            ),
            Example("after:2005-09", "from that month on; since: means the same", ("after:{month}",)),
            Example("before:2005-09", "up to the day before that month", ("before:{month}", "before:{next_year}-01")),
            Example("date:20 January 2011", "dates in words, such as june 2010", ("date:{day_in_words}",)),
            Example(
                "date:last month",
                "today, yesterday, this week, last year, last 30 days, and so on",
                ("date:last month", "date:this year", "date:last year", "date:last 10 years"),
            ),
            Example("date:none", "releases without a known date"),
            Example(
                "added:this week",
                "by the day a release was added to this archive, not the day it was published",
                ("added:this week", "added:this month", "added:this year", "added:last year"),
            ),
        ),
    ),
)


def field_names() -> list[tuple[str, tuple[str, ...]]]:
    """The fields a query may use, each with the names it answers to: from the grammar itself."""
    found: dict[str, list[str]] = {}
    for alias, field in FIELDS.items():
        found.setdefault(field, []).append(alias)
    return [(field, tuple(names)) for field, names in found.items()]
