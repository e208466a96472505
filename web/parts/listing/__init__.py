"""What a page of results makes of its hits: twins folded, why each matched, chosen values beside the counted ones."""

from web.parts.listing.chosen_values import with_chosen_values
from web.parts.listing.folded_hits import FoldedHit, fold_twins
from web.parts.listing.reason_words import reason_words

__all__ = ["FoldedHit", "fold_twins", "reason_words", "with_chosen_values"]
