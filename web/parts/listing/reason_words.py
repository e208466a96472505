"""Why a hit matched, in a few words."""

from __future__ import annotations

from indexer.results import Hit, MatchReason


def reason_words(hit: Hit) -> str:
    """`defense (defence) in the headline, missile (missiles)`; "" where that says nothing a reader does not see."""
    words = ", ".join(map(_describe_reason, hit.reasons))
    return "" if len(hit.reasons) == 1 and words == hit.reasons[0].clause else words


def _describe_reason(reason: MatchReason) -> str:
    forms = _other_forms(reason)
    words = f"{reason.clause} ({', '.join(forms)})" if forms else reason.clause
    return f"{words} in the headline" if reason.in_title and not reason.clause.startswith("title:") else words


def _other_forms(reason: MatchReason) -> list[str]:
    """The words that differ from those of the query."""
    asked = reason.clause.removeprefix("title:").strip('"')
    return [word for word in reason.words if word != asked]
