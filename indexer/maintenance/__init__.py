"""Archive and index changed together: add, rebuild, correct, purge, back up, verify."""

from indexer.maintenance import backups, build, purging, verifying
from indexer.maintenance.build import IndexReport
from indexer.maintenance.import_summary import Arrival
from indexer.maintenance.import_summary_cache import arrival
from indexer.maintenance.verifying import Verdict

__all__ = ["Arrival", "IndexReport", "Verdict", "arrival", "backups", "build", "purging", "verifying"]
