"""Quotations: who said what, as a page, a feed, a table and JSON."""

from web.views.quotes.pages import views

__all__ = ["views"]
