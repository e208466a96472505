"""Hard files: giants, a great many records, deep nesting, bombs, wrong charsets; what reading each of them takes.

    python -m benchmarks hard [--only NAME] [--megabytes N] [--whole] [--json]

Each file is made (`texts.py`, `office.py`), read with extraction in a process of its own as `add` reads it, and
forgotten. Nobody should wait long without a sign of life, so what counts is the *longest silence*: the seconds from
the start to the first record or word of what was skipped, between two of them, or from the last to the end. The whole
time of a file grows with its records: one that still gives some after fifteen seconds is left, but for --whole.
Limits: a silence of 5 s, 500 MB at the peak. Seconds are processor time, so that a busy machine gives the same figures.
"""
