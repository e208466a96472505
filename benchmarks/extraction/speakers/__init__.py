"""Who said what, against two golds: attributions of our own, and every stretch in quotation marks of 64 releases."""

from benchmarks.extraction.speakers import attributions, quotations

__all__ = ["attributions", "quotations"]
