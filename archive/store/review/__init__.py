"""What was read and may be wrong: items of a release or a person, and groups that one reason or correction joins."""

from archive.store.review.groups import ReviewCount, ReviewGroup, count_values, group_review_items
from archive.store.review.items import (
    MEANINGS,
    ReviewItem,
    ReviewKind,
    count_review_items,
    list_review_items,
)

__all__ = [
    "MEANINGS",
    "ReviewCount",
    "ReviewGroup",
    "ReviewItem",
    "ReviewKind",
    "count_review_items",
    "count_values",
    "group_review_items",
    "list_review_items",
]
