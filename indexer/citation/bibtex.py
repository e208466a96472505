"""BibTeX (Oren Patashnik, BibTeXing, 1988; with the fields `date`, `url` and `urldate` of biblatex)."""

from __future__ import annotations

import re

from indexer.citation.citation import Citation
from indexer.citation.issuer import Issuer
from indexer.citation.sentences import UNTITLED, escape_url

_MONTHS = ("", "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# Braces by their names: BibTeX counts those in a value, whether a backslash stands before them or not.
_SPECIAL = str.maketrans(
    {
        "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}", **{character: f"\\{character}" for character in "$&#_%"},
    }
)  # fmt: skip

_LIGATURES = re.compile(r"(['`,<>-])(?=\1)|([?!])(?=`)")
"""Characters that TeX joins with the next one into another sign: `--`, `''`, `<<`."""


def format_bibtex(citation: Citation) -> str:
    """One `@techreport` of the type "Press release", in UTF-8, with a line end behind it."""
    issuer = citation.issuer
    fields = [
        ("author", f"{{{_author(issuer)}}}" if issuer else ""),
        ("title", f"{{{{{escape(citation.title or f'[{UNTITLED}]')}}}}}"),
        ("institution", f"{{{{{escape(issuer.name)}}}}}" if issuer else ""),
        ("type", "{Press release}"),
        *_date(citation),
        ("url", f"{{{escape_url(citation.address)}}}" if citation.address else ""),
        ("urldate", f"{{{citation.seen.iso}}}"),
        ("note", f"{{Version {citation.version}, {escape(citation.archive)}}}"),
    ]
    lines = [f"  {name} = {value},\n" for name, value in fields if value]
    return f"@techreport{{{citation.key},\n{''.join(lines)}}}\n"


def escape(text: str) -> str:
    """`text` so that TeX prints it as it is."""
    return _LIGATURES.sub(r"\g<0>{}", text.translate(_SPECIAL))


def _author(issuer: Issuer) -> str:
    """`{Van Hollen}, Jr., Chris`; an office in braces of its own, which keep it whole."""
    if not issuer.is_person:
        return f"{{{escape(issuer.name)}}}"
    family = escape(issuer.family)
    parts = (f"{{{family}}}" if " " in family else family, escape(issuer.suffix), escape(issuer.given))
    return ", ".join(filter(None, parts))


def _date(citation: Citation) -> list[tuple[str, str]]:
    """Year and month for BibTeX, the date as it is known for biblatex."""
    date = citation.date
    if date is None:
        return [("year", "{n.d.}")]
    return [("year", f"{{{date.year}}}"), ("month", _MONTHS[date.month]), ("date", f"{{{date.iso}}}")]
