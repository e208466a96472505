"""The search: everything between a query and a page of results."""

import os

# NumPy's linear algebra would start a thread a core, which spin for a while; nothing here multiplies matrices.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
