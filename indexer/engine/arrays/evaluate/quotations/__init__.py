"""Quotations: clauses about one quotation evaluated to quotation numbers, and the quotations that a query finds.

Quotations are numbered through all documents of an index, in their order. `QuotationMatcher` gives the numbers of
those that match a clause; `ArrayQuotationSet` groups those of the hits of a query by their words.
"""

from indexer.engine.arrays.evaluate.quotations.matcher import QuotationMatcher, said_texts
from indexer.engine.arrays.evaluate.quotations.quotation_columns import QuotationColumns
from indexer.engine.arrays.evaluate.quotations.quotation_set import ArrayQuotationSet, count_speakers

__all__ = ["ArrayQuotationSet", "QuotationColumns", "QuotationMatcher", "count_speakers", "said_texts"]
