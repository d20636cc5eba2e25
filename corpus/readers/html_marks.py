"""What stands for what a page shows without letters: bullets, numbers of lists, raised figures, fields, links."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, unquote, urlsplit

import msgspec
from lxml import etree

from corpus.readers.html_css import Style
from corpus.readers.html_hidden import size_of

_RAISED = str.maketrans("0123456789+-−=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ")
_LOWERED = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")
_SHIFTED = re.compile(r"[0-9+\-−=()n,. ]{0,20}[0-9n][0-9+\-−=()n,. ]{0,20}")
# What Outlook writes in the font Wingdings: smileys, arrows, ticks, bullets.
SYMBOLS = str.maketrans("JKLàßáâèüûþýo¨§ØvqlnF", "☺😐☹→←↑↓→✓✗☑☒□▫▪➢❖❑●■☞")
_NUMBERED = re.compile(r"\(?(?:[0-9]{1,4}|[A-Za-z]{1,7})(?:\.[0-9A-Za-z]{1,4})*[.)]{1,2}|[0-9]{1,4}(?:\.[0-9]{1,4})+")
_LEVEL = re.compile(r"\blevel([1-9])")
_UNSEEN_FIELDS = frozenset(["hidden", "password", "file", "color", "range"])
_NOT_LINKS = ("javascript:", "vbscript:", "data:", "about:", "cid:", "x-apple", "blob:", "#")
_ADDRESS = re.compile(r"[a-z][a-z0-9+.\-]{1,20}:", re.IGNORECASE)
_DEFENDED = re.compile(r"https://urldefense\.(?:com|us)/v3/__(.{1,2000}?)__;")
LONGEST_TARGET = 2_000
LONGEST_ALT = 1_000
INDENT = 2
MOST_SPANS = 5


def shifted(text: str, tag: str) -> str:
    """ "m2" with a raised 2 as "m²", "1.000" with a raised 1 as "1.000¹": so no note joins the figure."""
    if not _SHIFTED.fullmatch(text):
        return text
    return text.translate(_RAISED if tag == "sup" else _LOWERED)


class ListMarks(msgspec.Struct):
    """The bullets or numbers of one open list."""

    style: str
    next: int = 1
    step: int = 1

    def mark(self, value: str | None) -> str:
        """The next item's mark with a blank behind it; "" in a list without marks."""
        if self.style == "none":
            return ""
        if self.style == "bullet":
            return "- "
        if value and re.fullmatch(r"-?\d{1,6}", value):
            self.next = int(value)
        number, self.next = self.next, self.next + self.step
        return f"{_counted(number, self.style)}. "


def open_list(element: etree._Element, tag: str, style: Style) -> ListMarks:
    """A list as it begins: its kind of mark, its first number, and whether it counts down."""
    declared = style.get("list-style-type", "")
    if "none" in declared.split():
        return ListMarks(style="none")
    if tag != "ol":
        return ListMarks(style="bullet")
    kinds = {"a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman"}
    words = [word.replace("latin", "alpha") for word in declared.split()]
    kind = next((word for word in words if word in kinds.values()), kinds.get(element.get("type") or "", "decimal"))
    start, backward = element.get("start") or "", element.get("reversed") is not None
    first = int(start) if re.fullmatch(r"-?\d{1,6}", start) else len(element.findall("li")) if backward else 1
    return ListMarks(style=kind, next=first, step=-1 if backward else 1)


def _counted(number: int, style: str) -> str:
    if style.endswith("alpha") and number > 0:
        letters = ""
        while number:
            number, rest = divmod(number - 1, 26)
            letters = chr(ord("a") + rest) + letters
        return letters.upper() if style[0] == "u" else letters
    if style.endswith("roman") and 0 < number < 4000:
        roman = ""
        for value, letters in _ROMAN:
            roman += letters * (number // value)
            number %= value
        return roman.upper() if style[0] == "u" else roman
    return str(number)


_ROMAN = [(1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x")]
_ROMAN += [(9, "ix"), (5, "v"), (4, "iv"), (1, "i")]


def word_mark(text: str) -> str:
    """A bullet or number that Word wrote as text in front of a paragraph: its symbol fonts' letters are bullets."""
    bare = text.strip(" \xa0\t\n\x1c\x1d\x1e")
    if not bare:
        return ""
    return f"{bare} " if _NUMBERED.fullmatch(bare) else "- "


def word_indent(element: etree._Element) -> int:
    """How many blanks stand before a list paragraph of Word's: its level is in its own style."""
    above: etree._Element | None = element
    for _ in range(MOST_SPANS):
        found = _LEVEL.search(above.get("style") or "") if above is not None else None
        if found:
            return INDENT * (int(found.group(1)) - 1)
        above = above.getparent() if above is not None else None
    return 0


def field(element: etree._Element) -> str:
    """What an <input> shows."""
    kind = (element.get("type") or "text").lower()
    if kind in ("checkbox", "radio"):
        return " [x] " if element.get("checked") is not None else " [ ] "
    shown = element.get("alt") if kind == "image" else None if kind in _UNSEEN_FIELDS else element.get("value")
    if shown is None and kind in ("submit", "reset", "image"):
        return ""
    return f" {' '.join(shown.split())} " if shown else ""


def chosen(select: etree._Element) -> list[etree._Element]:
    """The options of a <select> that show: all of a box, the chosen one of a menu, else its first."""
    options = list(select.iter("option"))
    size = select.get("size") or "1"
    if select.get("multiple") is not None or (size.isascii() and size.isdigit() and size not in ("0", "1")):
        return options
    return [option for option in options if option.get("selected") is not None][-1:] or options[:1]


def picture(element: etree._Element) -> str:
    """A picture's alternative text in brackets; an emoji's as it is; nothing for a picture that counts readers."""
    alt = " ".join((element.get("alt") or "").split())[:LONGEST_ALT]
    if not alt or (element.get("width") in ("0", "1") and element.get("height") in ("0", "1")):
        return ""
    is_emoji = len(alt) <= 8 and not any(character.isalnum() or character.isascii() for character in alt)
    return alt if is_emoji else f"[{alt}]"


def is_quote(tag: str, element: etree._Element, style: Style) -> bool:
    """A quotation: <blockquote>, unless it only indents, or a block that a line on its left side alone marks as one.

    Outlook and its web page write the line as "border:none;border-left:solid blue 1.5pt"; Gmail's button for indenting
    gives a <blockquote> without a border.
    """
    left = style.get("border-left", "")
    lined = any(word in left for word in ("solid", "double")) and (size_of(_thickness(left)) or 0) > 0
    if tag == "blockquote":
        bare = style.get("border", style.get("border-style", "")).split(" ")[0] in ("none", "0", "0px", "0cm")
        return lined or not bare or element.get("type") is not None or "quote" in (element.get("class") or "")
    if tag not in ("div", "p") or not lined or "border-left" not in (element.get("style") or "").lower():
        return False
    return not any(_drawn(style.get(f"border-{side}")) for side in ("top", "right", "bottom"))


def _thickness(border: str) -> str:
    return next((word for word in border.split() if word[:1].isdigit()), "1px")


def _drawn(border: str | None) -> bool:
    return bool(border) and (border or "").split()[0] not in ("none", "0", "0px", "medium")


# --- links --------------------------------------------------------------------------------------------------------


def target(element: etree._Element) -> str:
    """A link's address as a person would give it: mailto without its prefix, addresses of mail filters unwrapped.

    "" for what leads nowhere outside the page.
    """
    address = "".join((element.get("href") or "").split())[:LONGEST_TARGET]
    folded = address.lower()
    if folded.startswith("mailto:"):
        return unquote(address[len("mailto:") :].partition("?")[0])
    if folded.startswith("tel:"):
        return unquote(address[len("tel:") :])
    if folded.startswith(_NOT_LINKS) or not _ADDRESS.match(address):
        return ""
    try:
        parts = urlsplit(address)
        if (parts.hostname or "").endswith("safelinks.protection.outlook.com"):
            return parse_qs(parts.query).get("url", [address])[0]
    except ValueError:
        return address
    defended = _DEFENDED.match(address)
    return defended.group(1) if defended else address


def says_more(address: str, shown: str) -> bool:
    """Does a link's address say something that its text does not?"""
    return _plain(address) not in _plain(shown)


def _plain(address: str) -> str:
    address = re.sub(r"^(?:https?://)?(?:www\.)?", "", address.strip().lower().removeprefix("mailto:")).rstrip("/")
    return re.sub(r"[\s()-]", "", address) if re.fullmatch(r"\+?[\d\s()-]+", address) else address
