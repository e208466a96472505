"""Finds the people a release names: candidates, name parsing, and coreference within the release."""

from archive.extract.people.people import read_people
from archive.extract.people.unwrapped_text import unwrap

__all__ = ["read_people", "unwrap"]
