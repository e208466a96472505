"""The commands, a module each; `indexer.cli` loads the one that is called."""
