"""The compiled parts, which are optional: without a C compiler or Python's headers Akt is installed without them.

They keep to Python's stable interface, so that one build serves Python 3.11 and newer. Everything else is in setup.cfg.
"""

import sys

from setuptools import Extension, setup

# A product and a sum are two roundings, as in Python and numpy, also where the processor could do both in one.
FLAGS = [] if sys.platform == "win32" else ["-std=c99", "-O2", "-ffp-contract=off"]


def part(name: str, sources: list[str], depends: list[str]) -> Extension:
    """A compiled part: the module of this name from these C sources."""
    return Extension(
        name,
        sources,
        depends=depends,
        optional=True,
        py_limited_api=True,
        define_macros=[("Py_LIMITED_API", "0x030B0000")],
        extra_compile_args=FLAGS,
    )


PDF = "corpus/readers/native"
TERMS = "index/native"
TABLES = "pipeline/tables/layout/native"

setup(
    ext_modules=[
        part(
            "corpus.readers._pdf",
            [f"{PDF}/{name}.c" for name in ("module", "chars", "painted", "paths", "words", "columns", "text")],
            [f"{PDF}/{name}.h" for name in ("native", "words")],
        ),
        part(
            "pipeline.tables.layout._page",
            [f"{TABLES}/{name}.c" for name in ("module", "cut", "lines")],
            [f"{TABLES}/page.h"],
        ),
        part("index._terms", [f"{TERMS}/{name}.c" for name in ("terms", "seen")], [f"{TERMS}/seen.h"]),
        part(
            "index._words",
            [f"{TERMS}/{name}.c" for name in ("words", "splitter", "members", "lexicon")],
            [f"{TERMS}/{name}.h" for name in ("splitter", "members", "lexicon")],
        ),
    ]
)
