"""The engines that are measured beside each other, a module each with the same functions (`peer.py`)."""
