"""The inner loops of reading: the compiled ones where a compiler was there at installation, otherwise the plain ones.

Both give the same, sign for sign; tests hold them to it.
"""

from __future__ import annotations

try:
    from archive.kernels._native import count, is_plain, lines, runs, spaced, stretches
except ImportError:
    from archive.kernels.plain import count, is_plain, lines, runs, spaced, stretches

__all__ = ["count", "is_plain", "lines", "runs", "spaced", "stretches"]
