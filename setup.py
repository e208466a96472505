"""What is compiled; everything else about the package is in pyproject.toml."""

from glob import glob

from setuptools import Extension, setup

INNER_LOOPS = [
    # Optional: without a compiler the plain twin does the same, slower.
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
