"""How good a ranking is, on collections with judgments."""
