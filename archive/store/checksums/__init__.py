"""Checksums of rows and tables: computed, stored, and checked when a row is first read."""

from archive.store.checksums import sealing
from archive.store.checksums.checksums import RECORD, Row, checksum_of_card, checksum_of_evidence, checksum_of_row
from archive.store.checksums.first_reads import FirstReads
from archive.store.checksums.sealing import seal_people, seal_versions
from archive.store.checksums.table_sums import TableSums

__all__ = [
    "RECORD",
    "FirstReads",
    "Row",
    "TableSums",
    "checksum_of_card",
    "checksum_of_evidence",
    "checksum_of_row",
    "seal_people",
    "seal_versions",
    "sealing",
]
