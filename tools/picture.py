"""Draw docs/search.svg: what `akt search` really prints on the samples, in colour.

`python tools/picture.py`; run it when the look of a hit changes.
"""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from rich._export_format import CONSOLE_SVG_FORMAT
from rich.console import Console
from rich.terminal_theme import MONOKAI
from rich.text import Text

ROOT = Path(__file__).resolve().parents[1]
QUERY = "tilskud amount:>=100.000"
WIDTH = 100


def main() -> None:
    """Ingest the samples into a throw-away workspace, search, and draw the terminal."""
    akt = Path(sys.executable).with_name("akt")
    with tempfile.TemporaryDirectory() as workspace:
        environment = {**os.environ, "AKT_WORKSPACE": workspace, "FORCE_COLOR": "1", "COLUMNS": str(WIDTH)}
        samples = sorted((ROOT / "corpus" / "samples").glob("[a-z]*.*[a-z]"))
        documents = [str(path) for path in samples if path.suffix in {".pdf", ".eml", ".md", ".txt"}]
        subprocess.run([akt, "ingest", *documents], env=environment, capture_output=True, check=True)
        done = subprocess.run(
            [akt, "search", QUERY, "--limit", "3"], env=environment, capture_output=True, text=True, check=True
        )
    console = Console(record=True, width=WIDTH, file=io.StringIO())
    console.print(Text(f"$ akt search '{QUERY}' --limit 3\n"))
    console.print(Text.from_ansi(done.stdout.rstrip()))
    plain = re.sub(r"@font-face \{\{.*?\}\}", "", CONSOLE_SVG_FORMAT, flags=re.DOTALL)
    svg = console.export_svg(title="akt", theme=MONOKAI, code_format=plain, unique_id="akt")
    (ROOT / "docs" / "search.svg").write_text(svg, encoding="utf-8")


if __name__ == "__main__":
    main()
