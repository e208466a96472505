"""Where speed lives: Dateline side by side with other engines, the same releases and the same questions.

    python -m benchmarks --size 20k|200k|1m [--contestants dateline,fts5,tantivy,whoosh] [--json] [--reuse]
    python -m benchmarks updates     365 daily updates against a fresh build: size, time, equal answers
    python -m benchmarks add         the real command on 7,000 files: nothing new, and one new file
    python -m benchmarks ranking     nDCG@10 and MAP on Cranfield, CACM, CISI and MED
    python -m benchmarks extraction  how well releases are read, against gold (benchmarks/extraction)
    python -m benchmarks hard        giant, deep, lying and exploding files: silence and memory (benchmarks/hard)
    python -m benchmarks load        minutes of mixed load on `serve`, with adds and a rebuild (benchmarks/web)

The peers are development dependencies: `tantivy` (PyPI); SQLite comes with Python, Whoosh with Dateline.
Everything made is kept in `--cache DIR` (default: a folder of the system's temporary one), so that runs share it.

**The corpus** (corpus/synthetic.py) recombines sentences of real releases with made-up names and numbers, so that the
vocabulary grows as that of real news does: about 400,000 distinct words at 200,000 releases. It depends on
the seed and nothing else, and a smaller corpus is the beginning of a larger one.

**The job.** Every contestant answers the same questions (questions.py, nine classes) twice over: *ten best*, the
ids of the ten best hits; and *page*, what a results page shows: ten best, exact total, commonest sources, people
and places, the timeline by year, a snippet of each of the ten. Each peer is given Dateline's own words, ready cut
and stemmed, so that no tokenizer can differ and totals must be equal to the last release; the run ends with exit
code 1 when one is not, or when a facet or the timeline differs. Dateline's page is `Searcher.search`, with the
reading of the query text, the receipt and its counts, which no peer has to make.

**Where a choice had to be made, it favours the peer**: FTS5 keeps no second copy of the texts, writes without a
journal, and counts facets in Python over one join with a narrow table (quicker than GROUP BY); Tantivy has title and
body in one field (half the posting lists), snippets as its own `en_stem` makes them, none of them marked for prefixes,
and no count of distinct values. Time spent on reading the corpus is not counted for anyone. Names in questions are
resolved to keys for the peers beforehand.

**Figures.** Each contestant builds, opens and answers in processes of its own. Time is processor time of the process
(user and system, all threads) unless it says wall; a query's figure is the median of its runs after a warm-up over all
questions, with remembered answers dropped before each. *First* is the warm-up itself: every question's first time.
Memory is the peak resident size (VmHWM) of the process, and of the largest of its workers.
Size on disk counts index and texts; Dateline's archive is counted whole, but with originals of a few bytes, since no
peer keeps any.
"""
