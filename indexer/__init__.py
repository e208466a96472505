"""The search: everything between a query and a page of results."""
