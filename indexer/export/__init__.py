"""Every hit of a search as a file."""
