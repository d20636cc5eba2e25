"""What of a page is seen: the properties of an element that its text inherits, and why a text is not seen."""

from __future__ import annotations

import re

import msgspec
from lxml import etree

from corpus.readers.html_colours import WHITE, Colour, over, parse_colour, unseen
from corpus.readers.html_css import NO_PAINT, Sheets, Style

OFF_SCREEN = 900.0
"""CSS pixels to the left of the page or above it, from which on nothing of a line shows."""
NO_BOX = "a box without size"
"""Why nothing in a box is seen, but for what is fixed to the window, and so is out of the box."""
SLIVER = 1.0
"""What is cut to a box of one pixel is cut away."""

_LENGTH = re.compile(r"(-?(?:\d++(?:\.\d++)?|\.\d++))\s*+(px|pt|em|rem|ex|ch|cm|mm|in|pc|q|vh|vw|%)?")
_PIXELS = {"pt": 4 / 3, "em": 16, "rem": 16, "ex": 8, "ch": 8, "cm": 37.8, "mm": 3.78, "in": 96, "pc": 16}
_CLIPPED = re.compile(r"rect\((?:(?:0|1)(?:px)?[\s,]*){4}\)")
_CLIPPED_PATH = re.compile(r"inset\((?:100|[5-9]\d)%|circle\(0")
_INLINE_NAMES = """
a abbr acronym b bdi bdo big cite code em font i ins kbd label mark q s small span strike strong sub sup u
"""
_INLINE = frozenset(_INLINE_NAMES.split())
_CELLED = frozenset(["td", "th", "tr", "table", "tbody", "thead", "tfoot"])
_FORM = frozenset(["input", "button", "select", "textarea"])
_OWN_LOOK = _FORM | {"dialog", "table", "mark", "pre", "listing", "xmp"}
_PAINTED = ("bgcolor", "background", "color", "text", "hidden")


class Look(msgspec.Struct, frozen=True, gc=False):
    """How text in an element is seen. ``colour`` None: not known; ``backdrop`` None: something unknown is behind it.

    ``gone``: why nothing below the element is seen; ``why``: why its own text is not. Both "" for what is seen.
    """

    gone: str = ""
    why: str = ""
    out_of_sight: bool = False
    no_size: bool = False
    colour: Colour | None = None
    backdrop: Colour | None = WHITE
    spaces: str = ""
    symbols: bool = False
    style: Style = {}


class Looks:
    """Gives each element its look, from its parent's."""

    def __init__(self, root: etree._Element, *, quirks: bool = False) -> None:
        self._sheets = Sheets(root)
        self._quirks = quirks
        self._body: Colour | None = None
        self.first = Look(backdrop=None if self._sheets.incomplete else WHITE)

    def of(self, element: etree._Element, tag: str, parent: Look) -> Look:
        """The look of an element; the parent's own where nothing is declared."""
        if parent.gone and parent.gone != NO_BOX:
            return parent
        style = self._sheets.of(element, tag)
        if parent.gone:
            if style is None or style.get("position") != "fixed":
                return parent
            parent = Look(backdrop=None)
        if tag == "table" and self._quirks:
            parent = msgspec.structs.replace(parent, colour=self._body, no_size=False)
        attributes = element.attrib
        linked = tag == "a" and "href" in attributes
        own = linked or tag in _OWN_LOOK or (attributes and any(name in attributes for name in _PAINTED))
        if style is None and not own:
            return msgspec.structs.replace(parent, style={}) if parent.style else parent
        look = _look(element, tag, parent, style or {}, linked=linked)
        if tag == "body":
            self._body = look.colour
        return look


def _look(element: etree._Element, tag: str, parent: Look, style: Style, *, linked: bool) -> Look:
    gone = _gone(element, tag, style)
    if gone:
        return Look(gone=gone, why=gone)
    visibility = style.get("visibility", "")
    unseen_box = visibility in ("hidden", "collapse") or (parent.out_of_sight and visibility != "visible")
    no_size = _has_no_size(style, parent.no_size)
    colour, backdrop = _colour(element, tag, style, parent, linked=linked), _backdrop(element, style, parent)
    why = ""
    if unseen_box:
        why = "visibility: hidden"
    elif no_size:
        why = "letters without size"
    elif colour is not None and unseen(colour, backdrop):
        why = "in the colour of what is behind them"
    family = style.get("font-family", "")
    return Look(
        why=why,
        out_of_sight=unseen_box,
        no_size=no_size,
        colour=colour,
        backdrop=backdrop,
        spaces=_spaces(tag, style, parent.spaces),
        symbols="wingdings" in family if family else parent.symbols,
        style=style,
    )


# --- boxes that are not there -------------------------------------------------------------------------------------


def _gone(element: etree._Element, tag: str, style: Style) -> str:
    display = style.get("display", "")
    if display == "none":
        return "display: none"
    if style.get("mso-hide") == "all" and not _is_for_others(element):
        return "mso-hide"
    if (element.get("hidden") is not None or (tag == "dialog" and element.get("open") is None)) and not display:
        return "not displayed"
    if not style:
        return ""
    opacity = _number(style.get("opacity", ""))
    if opacity is not None and opacity < 0.02:
        return "opacity: 0"
    is_box = (display not in ("inline", "contents") if display else tag not in _INLINE) or _is_placed(style)
    is_box = is_box or style.get("float", "none") != "none"
    is_table = tag in _CELLED if not display else display.startswith(("table", "inline-table"))
    if is_box and not is_table and _is_cut_away(style):
        return NO_BOX
    if _is_placed(style) and (
        _CLIPPED.fullmatch(style.get("clip", "")) or _CLIPPED_PATH.match(style.get("clip-path", ""))
    ):
        return "cut away"
    return "off the screen" if _is_off_screen(element, style, is_box=is_box, is_table=is_table) else ""


def _is_for_others(element: etree._Element) -> bool:
    """Does a conditional comment before an element show Word something else, so that all others see the element?"""
    before = element.getprevious()
    return isinstance(before, etree._Comment) and (before.text or "").lstrip().startswith("[if")


def _is_placed(style: Style) -> bool:
    return style.get("position", "") in ("absolute", "fixed")


def _is_cut_away(style: Style) -> bool:
    """No height or no width, and what flows over is not shown; padding and a least height give it a size again."""
    shown = " ".join(style.get(name, "") for name in ("overflow-x", "overflow-y"))
    if "hidden" not in shown and "clip" not in shown:
        return False
    flat = any(_is_sliver(style.get(name)) for name in ("height", "max-height"))
    if flat and not any(_size(style.get(name)) for name in ("padding-top", "padding-bottom", "min-height")):
        return True
    return any(_is_sliver(style.get(name)) for name in ("width", "max-width")) and not style.get("padding")


def _is_sliver(value: str | None) -> bool:
    size = None if value is None or (value.endswith("%") and not value.startswith("0")) else _size(value)
    return size is not None and abs(size) <= SLIVER


def _is_off_screen(element: etree._Element, style: Style, *, is_box: bool, is_table: bool) -> bool:
    """Only a box moves as a whole, and no cell; an indent, and the margin of an element in a line, move one line."""
    moving = ("margin-left", "margin-top") if is_box and not is_table else ()
    if any((_size(style.get(name)) or 0) <= -OFF_SCREEN for name in moving):
        return True
    first_line = _size(style.get("text-indent" if is_box else "margin-left")) or 0
    if first_line <= -OFF_SCREEN and all(child.tag in _INLINE and not len(child) for child in element):
        return True
    placed = style.get("position", "") in ("absolute", "fixed", "relative")
    return placed and any((_size(style.get(name)) or 0) <= -OFF_SCREEN for name in ("left", "top", "right"))


def _has_no_size(style: Style, inherited: bool) -> bool:
    """Letters without size; a share of the parent's size is nothing of nothing."""
    value = style.get("font-size", "")
    length = _LENGTH.fullmatch(value)
    if length is None:
        return inherited and value not in ("medium", "small", "large", "x-small", "x-large", "initial")
    if float(length.group(1)) == 0:
        return True
    return inherited and length.group(2) in ("em", "%", "ex", "ch")


def size_of(value: str | None) -> float | None:
    """A length in CSS pixels, with a font of 16; a share as it is written. None for what is no length."""
    return _size(value)


def _size(value: str | None) -> float | None:
    found = _LENGTH.fullmatch(value) if value else None
    return float(found.group(1)) * _PIXELS.get(found.group(2) or "", 1) if found else None


def _number(value: str) -> float | None:
    found = _LENGTH.fullmatch(value)
    return None if found is None else float(found.group(1)) / (100 if found.group(2) == "%" else 1)


def _spaces(tag: str, style: Style, inherited: str) -> str:
    """ "pre": blanks and line ends as written; "line": line ends only; "": as HTML does."""
    value = style.get("white-space", "")
    if value.startswith(("pre-line", "preserve-breaks")):
        return "line"
    if value.startswith(("pre", "break-spaces")):
        return "pre"
    if value in ("normal", "nowrap", "initial"):
        return ""
    return "pre" if tag in ("pre", "textarea", "listing", "xmp") else inherited


# --- colours ------------------------------------------------------------------------------------------------------


def _colour(element: etree._Element, tag: str, style: Style, parent: Look, *, linked: bool) -> Colour | None:
    """The colour of an element's text; None where something else than a plain colour may paint it.

    "data-ogsc" is where Outlook on the web keeps the colour that it changed for a dark screen.
    """
    if element.get("data-ogsc") is not None:
        return None
    if "text-shadow" in style and style["text-shadow"] != "none":
        return None
    if "text" in style.get("background-clip", "") or "text" in style.get("-webkit-background-clip", ""):
        return None
    value = style.get("-webkit-text-fill-color") or style.get("color")
    if value in ("inherit", "currentcolor", "unset"):
        return parent.colour
    if value is not None:
        return parse_colour(value)
    attribute = element.get("color") if tag in ("font", "hr") else element.get("text") if tag == "body" else None
    if attribute:
        return parse_colour(attribute, bare=True)
    own = linked or tag in _FORM or tag == "mark"
    return None if own else parent.colour


def _backdrop(element: etree._Element, style: Style, parent: Look) -> Colour | None:
    """The colour behind an element's text; None where a picture, or something that is not known, is there."""
    if style.get("background-image", "none") not in NO_PAINT or element.get("background"):
        return None
    value = style.get("background-color")
    attribute = element.get("bgcolor")
    if value is None and attribute:
        painted = parse_colour(attribute, bare=True)
    elif value is None or value in NO_PAINT:
        return None if _is_placed(style) else parent.backdrop
    else:
        painted = parse_colour(value)
    if painted is None or painted[3] >= 1:
        return painted
    return over(painted, parent.backdrop) if parent.backdrop else None
