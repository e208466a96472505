"""Dates, datelines and places as releases write them."""

from archive.extract.dates.date_patterns import find_dates
from archive.extract.dates.dateline import Dateline, find_dateline, read_dateline
from archive.extract.dates.dates import read_date
from archive.extract.dates.places import clean_stated_place

__all__ = ["Dateline", "clean_stated_place", "find_dateline", "find_dates", "read_date", "read_dateline"]
