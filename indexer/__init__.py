"""Index and search: query language, engine, search, maintenance, and the command line."""
