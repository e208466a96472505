"""What is compiled; everything else about the package is in pyproject.toml."""

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

setup(ext_modules=INNER_LOOPS)
