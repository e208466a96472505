"""The commands, a module each, named like the command; imported by indexer/cli.py when one is asked for."""
