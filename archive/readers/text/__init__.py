"""Plain text and Markdown, with the parts of a text of many releases."""

from archive.readers.text import markdown, plain_text

__all__ = ["markdown", "plain_text"]
