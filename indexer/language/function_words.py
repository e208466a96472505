"""English function words (stop words elsewhere): they weigh less in ranking, but are indexed like any other."""

from __future__ import annotations

FUNCTION_WORDS = frozenset(
    """a about after all also am among an and any are as at be because been before being between both but by can
    could did do does for from give had has have he her here his how i if in into is it its many may me more most
    much must no nor not of on one only or other our out over she should since so some such than that the their
    them then there these they this those through to too under up upon us very was we were what when where which
    while who whom whose why will with would you your""".split()
)
"""As exact terms."""
