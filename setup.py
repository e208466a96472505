"""What is compiled; everything else about the package is in pyproject.toml."""

import os
from glob import glob

from setuptools import Extension, setup

INNER_LOOPS = [
    # Both are optional: without a compiler the plain twin of each does the same, slower.
    Extension(
        "archive.kernels._native",
        ["archive/kernels/c/native.c"],
        depends=sorted(glob("archive/kernels/c/*.h")),
        extra_compile_args=["-O3"],
        optional=True,
    ),
    Extension(
        "indexer.kernels._native",
        ["indexer/kernels/c/native.c"],
        depends=sorted(glob("indexer/kernels/c/*.h")),
        # Not fused into one rounding: scores must be those of the NumPy path, to the last bit.
        extra_compile_args=["-O3", "-ffp-contract=off"],
        optional=True,
    ),
]


def extraction() -> list[Extension]:
    """All of archive/extract as it stands, made C by mypyc: the same answers in two thirds of the time.

    Only where DATELINE_COMPILE is set: it takes a minute, and what is compiled hides later edits. (Optimised more, it
    takes two, and reads no sooner.)
    """
    if not os.environ.get("DATELINE_COMPILE"):
        return []
    from mypyc.build import mypycify

    modules = [*glob("archive/extract/*.py"), *glob("archive/extract/lexicon/*.py")]
    return mypycify(sorted(modules), opt_level="1", debug_level="0", group_name="dateline_extract")


setup(ext_modules=[*INNER_LOOPS, *extraction()])
