"""Prints the samples that LibreOffice makes anew, from their .fodt and .fods in tools/samples/.

`python tools/print_office.py` needs `soffice` and the Liberation and DejaVu fonts. The PDFs go to corpus/samples/, the
fingerprints of both to tools/samples/office.sha256. Look at the pages; then `python tools/generate.py` holds their
words against the marked-up sources and writes the gold. Another release of LibreOffice, or of the fonts, gives other
bytes for the same page.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

from samples_office import FINGERPRINTS, SOURCES, TARGET, fingerprint

# What LibreOffice makes of the clock, replaced by as many characters.
OF_THE_CLOCK = {
    rb"(/CreationDate\(D:)\d{14}": rb"\g<1>20260101000000",
    rb"(/ID \[ <)[0-9A-F]{32}(>\s<)[0-9A-F]{32}": rb"\g<1>" + b"0" * 32 + rb"\g<2>" + b"0" * 32,
    rb"(/DocChecksum /)[0-9A-F]{32}": rb"\g<1>" + b"0" * 32,
}


def sources() -> dict[str, str]:
    """PDF -> LibreOffice's source, as the front matters say."""
    fronts = {path: path.read_text(encoding="utf-8").split("\n+++\n")[0] for path in sorted(SOURCES.glob("*.src"))}
    metas = {path: tomllib.loads(front.removeprefix("+++\n")) for path, front in fronts.items()}
    return {
        path.name.removesuffix(".src"): meta["printed_from"] for path, meta in metas.items() if "printed_from" in meta
    }


def printed(soffice: str, source: Path, folder: Path) -> bytes:
    """The PDF of a source, the same bytes whenever it is printed."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [soffice, "--headless", profile, "--convert-to", "pdf", "--outdir", str(folder), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    data = (folder / f"{source.stem}.pdf").read_bytes()
    for pattern, calm in OF_THE_CLOCK.items():
        data, found = re.subn(pattern, calm, data)
        if found != 1:
            raise SystemExit(f"{source.name}: this LibreOffice writes its dates and ids otherwise: see OF_THE_CLOCK")
    return data


def main() -> int:
    """Print all of them."""
    soffice = shutil.which("soffice")
    if soffice is None:
        sys.stderr.write("soffice is not found: install LibreOffice (Writer and Calc), or leave the PDFs as they are\n")
        return 1
    fingerprints = ""
    with tempfile.TemporaryDirectory() as folder:
        for pdf, source in sources().items():
            (TARGET / pdf).write_bytes(printed(soffice, SOURCES / source, Path(folder)))
            fingerprints += fingerprint(SOURCES / source) + fingerprint(TARGET / pdf)
            sys.stderr.write(f"{pdf} printed\n")
    FINGERPRINTS.write_text(fingerprints, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
