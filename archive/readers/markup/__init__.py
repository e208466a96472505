"""XML documents and SGML wire files: safe parsing, and the slices of bytes of their records."""

from archive.readers.markup import sgml, xml_document
from archive.readers.markup.markup_slices import Slice, element_slices
from archive.readers.markup.safe_xml import local_name, parse_xml

__all__ = ["Slice", "element_slices", "local_name", "parse_xml", "sgml", "xml_document"]
