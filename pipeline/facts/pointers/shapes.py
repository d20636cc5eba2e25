"""What the numbers of cases look like: where a label or the head of a column says that one is due."""

from __future__ import annotations

import re

UP = "A-ZÆØÅ"
KLE = rf"\d\d\.\d\d\.\d\d-?[{UP}]\d\d-\d{{1,5}}(?:-\d\d)?"
SUFFIX = rf"(?:-(?-i:[{UP}]{{1,2}})(?!\w))?"
WEAK_SHAPE = (  # enough behind "sag"
    rf"(?:{KLE}|\d\d\.\d\d\.\d\d(?:\.\d\d)?-?[{UP}]\d\d(?:/\d{{1,5}})?|\d\d/(?!(?:19|20)\d\d(?!\d))\d{{3,6}}(?:-\d{{1,4}})?"
    rf"|(?:19|20)\d\d[-/]\d{{3,8}}{SUFFIX}|(?:19|20)\d\d-\d{{1,3}}-\d{{3,6}}"
    rf"|(?-i:[{UP}]{{2,6}})-\d{{3,6}}-\d\d(?:\d\d)?|\d\d-\d{{4,8}}|\d{{3}}-20\d\d-\d{{1,7}}|[{UP}]{{1,6}}-?20\d\d-\d{{3,8}}"
    r"|1-\d\d(?:-\d{1,4}){2,5}|[CT]-\d{1,4}/\d\d)"
)
ANY_SHAPE = (  # behind "sagsnr."
    rf"(?:(?:[{UP}]{{1,6}}-?)?\d[\dA-Za-zÆØÅæøå]*(?:[-./][\dA-Za-zÆØÅæøå]+){{1,6}}"
    rf"|(?:19|20)\d\d(?:[ ]-[ ]|-\n)\d{{3,8}}|[{UP}]{{1,3}}\d{{4,10}}|\d{{4,12}}(?![ \t\u00a0]*(?:kr|mio)))"
)
_DATE = re.compile(r"\d{1,2}[./-]\d{1,2}[./-](?:(?:19|20)\d\d|\d\d)")
_ITEMS = re.compile(r"\d{1,2}[-./]\d{1,2}|(?:19|20)\d\d(?:[-/](?:19|20)?\d\d)?")
_FEWEST_DIGITS = 3


def is_number(printed: str) -> bool:
    """Whether what stands where a case's number is due has its digits and is neither a date nor an item of a year."""
    digits = sum(map(str.isdigit, printed))
    return digits >= _FEWEST_DIGITS and not _DATE.fullmatch(printed) and not _ITEMS.fullmatch(printed)
