"""Speed: the same questions to every engine, each in a process of its own; and `add` and updates by themselves."""
