"""Reconciles stored releases with corrections and word lists, and keeps a copy of what was applied."""

from archive.store.reconciling import people_files
from archive.store.reconciling.people_files import LEXICON, choose_files, load_applied
from archive.store.reconciling.plan import plan_for_archive
from archive.store.reconciling.reconcile import CorrectionReport, Reconciler

__all__ = [
    "LEXICON",
    "CorrectionReport",
    "Reconciler",
    "choose_files",
    "load_applied",
    "people_files",
    "plan_for_archive",
]
