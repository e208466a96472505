"""Who said what: quotations and statements of a release, each with its speakers where the words beside prove them.

`terms.py` says what in quotation marks is no quotation; `attribution.py` who is named beside one, `statements.py` whose
words a statement or a turn of a transcript are, `letters.py` who signed a letter, and `reading.py` how they go on from
one to the next. `speaking_people.py` makes whoever speaks a speaker of the release.
"""

from archive.extract.quotations.reading import read_quotations

__all__ = ["read_quotations"]
