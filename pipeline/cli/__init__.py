"""The ``akt`` command: one file per subcommand, each a few lines over one function."""

import sys


def main() -> None:
    """What the console script calls."""
    from pipeline.cli.app import run

    sys.exit(run(sys.argv[1:]))
