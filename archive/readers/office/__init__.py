"""PDF and Word documents, where the libraries for them are installed."""

from archive.readers.office import pdf, word

__all__ = ["pdf", "word"]
