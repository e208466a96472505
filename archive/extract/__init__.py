"""Record -> Release: every value found in a release, with the words it was found by."""

from archive.extract.extraction import read_release
from archive.extract.text import LOOKED_THROUGH, Line, lines_of

__all__ = ["LOOKED_THROUGH", "Line", "lines_of", "read_release"]
