"""The commands, one module each; `indexer.cli` imports the one that is called."""
