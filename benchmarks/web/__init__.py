"""`dateline serve` as people run it, measured from outside."""
