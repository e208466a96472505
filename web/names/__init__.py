"""People, sources and places: their lists, and what the page of each shows beside its releases."""

from web.names.listing import Listing, ListRequest, list_all_names, list_facet, read_list_request

__all__ = ["ListRequest", "Listing", "list_all_names", "list_facet", "read_list_request"]
