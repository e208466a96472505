"""XML documents and SGML wire files, parsed safely and cut into the bytes of each record."""

from archive.readers.markup import sgml, xml_document
from archive.readers.markup.markup_slices import Slice, element_slices
from archive.readers.markup.safe_xml import local_name, parse_xml

__all__ = ["Slice", "element_slices", "local_name", "parse_xml", "sgml", "xml_document"]
