"""A proof: one ZIP file with what the archive has of a release, which can be checked without Dateline.

`make_proof` looks everything up and reads every original once, so that a damaged one is known before anything is
written; `write_proof` then writes the file, a member at a time. The same archive gives the same bytes.
"""

from indexer.export.proof.proof import Proof, make_proof
from indexer.export.proof.zip_writer import write_proof

__all__ = ["Proof", "make_proof", "write_proof"]
