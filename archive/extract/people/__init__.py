"""Finds the people a release names: candidates, name parsing, and coreference within the release."""

from archive.extract.people.people import read_people

__all__ = ["read_people"]
