"""Dates, datelines and places as releases write them."""

from archive.extract.dates.date_lines import is_date_line
from archive.extract.dates.date_patterns import find_dates
from archive.extract.dates.dateline import Dateline, find_dateline, read_dateline
from archive.extract.dates.dates import read_date
from archive.extract.dates.embargo_day import read_embargo_day
from archive.extract.dates.other_news import find_listed_lines, is_list_heading
from archive.extract.dates.places import clean_stated_place

__all__ = [
    "Dateline",
    "clean_stated_place",
    "find_dateline",
    "find_dates",
    "find_listed_lines",
    "is_date_line",
    "is_list_heading",
    "read_date",
    "read_dateline",
    "read_embargo_day",
]
