"""Quotations as pages, feeds and tables show them."""

from web.parts.quotes.entries import group_by_year, run_quotes
from web.parts.quotes.quotes_csv import MAX_PLACES, MAX_ROWS, write_quotes_csv
from web.parts.quotes.quotes_feed import make_quotes_feed

__all__ = ["MAX_PLACES", "MAX_ROWS", "group_by_year", "make_quotes_feed", "run_quotes", "write_quotes_csv"]
