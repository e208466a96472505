"""Corrections and word lists applied to stored releases, and the archive's own copy of what was applied."""

from archive.store.reconciling import people_files
from archive.store.reconciling.people_files import LEXICON, applied, choose
from archive.store.reconciling.plan import plan_for
from archive.store.reconciling.reconcile import CorrectionReport, Settling

__all__ = ["LEXICON", "CorrectionReport", "Settling", "applied", "choose", "people_files", "plan_for"]
