"""Who said what: the quotations that a query finds, one entry for the same words, with the places where they stand."""

from indexer.search.quotes.composition import PLACES_SHOWN, compose_quotes
from indexer.search.quotes.quotes_json import quotes_to_json
from indexer.search.quotes.said_words import about_quotations

__all__ = ["PLACES_SHOWN", "about_quotations", "compose_quotes", "quotes_to_json"]
