"""CPR numbers never reach the index: neither its terms nor its stored text."""

from __future__ import annotations

import re

# ddmmyy and four digits: days to 31 (to 91 in the replacement numbers of the administration), months to 12.
CPR = re.compile(r"(?<!\d)((?:[06][1-9]|[1278]\d|[39][01])(?:0[1-9]|1[0-2])\d{2}[-–‑ \u00a0]?)\d{4}(?!\d)")


def mask(text: str) -> str:
    """The text with the last four digits of everything that looks like a CPR number replaced, at the same length."""
    return CPR.sub(r"\1xxxx", text)
