"""People, sources and places: their lists, what the page of each shows beside its releases, and the coverage of all."""

from web.names.coverage import CoverageTable, SourceRow, make_coverage_table
from web.names.coverage_json import coverage_to_json
from web.names.listing import Listing, ListRequest, list_all_names, list_facet, read_list_request
from web.names.listing_json import listing_to_json
from web.names.months import Gap, YearRow, find_gaps, longest_gap, make_year_rows
from web.names.profile import (
    MENTION_WORDS,
    NameProfile,
    make_profile,
    profile_to_json,
    quotes_of,
    search_of_both,
    shown_offices,
)

__all__ = [
    "MENTION_WORDS",
    "CoverageTable",
    "Gap",
    "ListRequest",
    "Listing",
    "NameProfile",
    "SourceRow",
    "YearRow",
    "coverage_to_json",
    "find_gaps",
    "list_all_names",
    "list_facet",
    "listing_to_json",
    "longest_gap",
    "make_coverage_table",
    "make_profile",
    "make_year_rows",
    "profile_to_json",
    "quotes_of",
    "read_list_request",
    "search_of_both",
    "shown_offices",
]
