"""Operations on archive and index together: add, rebuild, correct, purge, back up, verify, summarise."""

from indexer.maintenance import build
from indexer.maintenance.backup import back_up, restore_backup
from indexer.maintenance.build import IndexReport, Rereading
from indexer.maintenance.import_summary import ImportSummary
from indexer.maintenance.import_summary_cache import load_import_summary
from indexer.maintenance.purge import purge_and_reindex
from indexer.maintenance.verification import VerifyReport, repair_all, verify_all
from indexer.maintenance.writer_lock import raises_disk_problem

__all__ = [
    "ImportSummary",
    "IndexReport",
    "Rereading",
    "VerifyReport",
    "back_up",
    "build",
    "load_import_summary",
    "purge_and_reindex",
    "raises_disk_problem",
    "repair_all",
    "restore_backup",
    "verify_all",
]
