"""The README of a proof: what each file is, how to check it, and what it does not prove."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import version as installed_version

from indexer.citation import format_plain
from indexer.comparison import quotable_text
from indexer.export.proof.proof import Proof
from indexer.export.proof.version_record import OriginalState

_FILES = """\
WHAT IS IN HERE

  cited.html         this version{marked}; opens in any browser
  cited.txt          the same as plain text
  citation.*         how to cite it: in words, and for reference managers
  history.txt        every version: when and where the archive saw it, its SHA-256
  coverage.txt       how much the archive has of this source, by year
  texts/             the text of each version, as Dateline reads it from the original
{changes}  originals/         the bytes of each version as they were found. Files of others:
                     open them in a text editor rather than in a browser
  SHA256SUMS         the SHA-256 of every file but itself
"""

_CHANGES = """\
  changes/           what each version changed, word by word; of versions one after the other
"""

_CHECK = """\
HOW TO CHECK IT

  In this folder, without Dateline:

    sha256sum -c SHA256SUMS             (Linux)
    shasum -a 256 -c SHA256SUMS         (macOS)
    Get-FileHash -Algorithm SHA256 ...  (Windows, file by file)

  This shows that no file was changed since this proof was made, as long as SHA256SUMS
  itself was not. To be sure of that, keep its own SHA-256 somewhere else.
  The SHA-256 of each file in originals/ must be the one that history.txt gives for its
  version, and that the page of the release shows. Whoever has the same file from elsewhere
  can compare: the same bytes have the same SHA-256. The id of a release is made of the
  SHA-256 of its first version.
  A proof depends on nothing but the archive: made again of the same archive by the same
  Dateline, with the same public address, it is the same to the last byte.
"""

_LIMITS = """\
WHAT IT DOES NOT PROVE

  * Who made the file, or that the office that is named issued it: nothing here is signed
    by that office. Anybody can write such a file.
  * That it was published at the address that it names, or ever.
  * That the clock of the machine that added it was right. Times in history.txt are those of
    that clock, and say when the archive first saw something, not when it was written.
  * That nothing was changed in the archive, or in this proof, by somebody who then made new
    sums. Two archives that took in the same file independently are better than one.
  * That Dateline read the file rightly. The texts, dates, names and the source are read by
    a program; the originals are what counts.
  * That something was never said because it is not here: see coverage.txt.
"""


def write_readme(proof: Proof) -> str:
    """The README as plain text."""
    marked = " with the passage marked" if proof.passage else ""
    files = _FILES.format(marked=marked, changes=_CHANGES if len(proof.packed) > 1 else "")
    parts = [_head(proof), "\n".join(_exceptions(proof)), files, _CHECK, _LIMITS]
    made_by = f"Made by Dateline {installed_version('dateline')}.\n"
    return "\n".join(part.rstrip("\n") + "\n" for part in [*filter(None, parts), made_by])


def _head(proof: Proof) -> str:
    version = proof.version
    lines = [f"Proof of release {version.work}, version {version.number}", "", format_plain(proof.citation)]
    if proof.passage:
        lines += ["", "The passage:", "", *(f"  {line}" for line in _quoted_lines(proof))]
        holding = [str(each.number) for each in proof.records if each.has_passage]
        lines += ["", f"It is in version{'s'[: len(holding) > 1]} {', '.join(holding)}."]
    return "\n".join(lines)


def _quoted_lines(proof: Proof) -> list[str]:
    """The passage as the version has it, at its first place."""
    start, end = proof.spans[0]
    return quotable_text(proof.version.release)[start:end].split("\n")


def _exceptions(proof: Proof) -> Iterator[str]:
    """What is not in the file although one may look for it; nothing where it is whole."""
    damaged = [each.number for each in proof.records if each.original is OriginalState.DAMAGED]
    absent = [each for each in proof.records if each.absence]
    left_out = [each.number for each in proof.records if not each.absence and not each.is_packed]
    too_large = [each.number for each in proof.packed if each.original is OriginalState.OMITTED]
    if not (damaged or absent or left_out or too_large):
        return
    yield "WHAT IS MISSING\n"
    if damaged:
        yield f"  * DAMAGED in the archive, and therefore not here: the original of version {_list(damaged)}."
    yield from (f"  * Version {each.number}. {each.absence}" for each in absent)
    if left_out:
        yield f"  * Left out because there are so many: version {_list(left_out)}. history.txt lists them."
    if too_large:
        yield f"  * Left out because they are too large together: the original of version {_list(too_large)}."


def _list(numbers: list[int]) -> str:
    return ", ".join(map(str, numbers))
