"""HTML: main-text extraction and metadata of pages, and the text of HTML fragments."""

from archive.readers.html import page
from archive.readers.html.fragment import Fragment, fragment_text, has_markup, read_fragment, strip_cdata_markers
from archive.readers.html.page import PageText, read_page

__all__ = [
    "Fragment",
    "PageText",
    "fragment_text",
    "has_markup",
    "page",
    "read_fragment",
    "read_page",
    "strip_cdata_markers",
]
