"""Plain text and Markdown, and text files of several releases."""

from archive.readers.text import markdown, plain_text

__all__ = ["markdown", "plain_text"]
