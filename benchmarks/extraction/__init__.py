"""How well releases are read: people, dates, places, titles, sources, evidence, speed, each against a gold.

    python -m benchmarks extraction [--only NAME] [--sealed FOLDER] [--misses N] [--json]

A *measure* is a function from a `Half` to `Figure`s, in a module of its own, listed in `table.MEASURES`. The gold is
in the corpora themselves (`../shared/corpora`) or annotated by us: file names, names and verdicts, no text, in
`benchmarks/gold/`. Rules are developed on the **open** half of it. The **held** half is looked at when the work is
done: `--sealed FOLDER` reads the annotations in that folder instead of ours, and the files of each corpus whose
names hash to the other side. Both are reported apart.
"""
