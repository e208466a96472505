"""Generations of the index on disk: manifests, the pointer to the live one, and those known to be damaged."""

from indexer.engine.arrays.generations import generations, known_damage
from indexer.engine.arrays.generations.manifest import Manifest, SegmentEntry

__all__ = ["Manifest", "SegmentEntry", "generations", "known_damage"]
