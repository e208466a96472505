"""Checksums of rows and tables: computed, stored, and verified when a row is first read."""

from archive.store.checksums import stored_checksums
from archive.store.checksums.checksums import (
    EVIDENCE,
    RECORD,
    Row,
    content_checksum,
    evidence_checksum,
    quotations_checksum,
    row_checksum,
)
from archive.store.checksums.read_verifier import ReadVerifier
from archive.store.checksums.stored_checksums import update_people_checksums, update_version_checksums
from archive.store.checksums.table_sums import TableSums

__all__ = [
    "EVIDENCE",
    "RECORD",
    "ReadVerifier",
    "Row",
    "TableSums",
    "content_checksum",
    "evidence_checksum",
    "quotations_checksum",
    "row_checksum",
    "stored_checksums",
    "update_people_checksums",
    "update_version_checksums",
]
