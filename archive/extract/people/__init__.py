"""The people a release names: candidates, their parts, and who is the same person."""

from archive.extract.people.people import read_people

__all__ = ["read_people"]
