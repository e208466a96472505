"""The quote gate against passages planted over real releases: is the verdict right, and the nearest passage?

    python -m benchmarks checking DATA [--count N] [--seed N] [--json]

DATA is an archive of the corpora. `plants.py` makes quotations of each kind from its texts, with plain rules of its own
and none of the checker's; `score.py` asks the checker, and lists everything that is wrong. Turned quotations that
pass are counted by themselves: there may be none.
"""
