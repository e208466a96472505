"""The help page: what can be asked, by examples that find something in the archive at hand.

`help_table` has the topics, `archive_words` the words, names and dates of an archive; `live_topics` puts the two
together.
"""

from web.help.help_table import TOPICS, Example, Topic, field_names
from web.help.live_topics import LiveExample, LiveTopic, fill_topics

__all__ = [
    "TOPICS",
    "Example",
    "LiveExample",
    "LiveTopic",
    "Topic",
    "field_names",
    "fill_topics",
]
