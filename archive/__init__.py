"""The releases: what one is, how it is read, and where it is kept for good."""
