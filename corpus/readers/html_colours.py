"""Colours as HTML and CSS write them (CSS Color 4, without the colour spaces that mail does not use)."""

from __future__ import annotations

import colorsys
import re
from functools import lru_cache

Colour = tuple[int, int, int, float]
"""Red, green and blue from 0 to 255, opacity from 0 to 1."""

# Name and hexadecimal value of each, as CSS Color 4 lists them.
_TABLE = """
aliceblue f0f8ff antiquewhite faebd7 aqua 00ffff aquamarine 7fffd4 azure f0ffff beige f5f5dc bisque ffe4c4 black 000000
blanchedalmond ffebcd blue 0000ff blueviolet 8a2be2 brown a52a2a burlywood deb887 cadetblue 5f9ea0 chartreuse 7fff00
chocolate d2691e coral ff7f50 cornflowerblue 6495ed cornsilk fff8dc crimson dc143c cyan 00ffff darkblue 00008b
darkcyan 008b8b darkgoldenrod b8860b darkgray a9a9a9 darkgreen 006400 darkgrey a9a9a9 darkkhaki bdb76b
darkmagenta 8b008b darkolivegreen 556b2f darkorange ff8c00 darkorchid 9932cc darkred 8b0000 darksalmon e9967a
darkseagreen 8fbc8f darkslateblue 483d8b darkslategray 2f4f4f darkslategrey 2f4f4f darkturquoise 00ced1
darkviolet 9400d3 deeppink ff1493 deepskyblue 00bfff dimgray 696969 dimgrey 696969 dodgerblue 1e90ff firebrick b22222
floralwhite fffaf0 forestgreen 228b22 fuchsia ff00ff gainsboro dcdcdc ghostwhite f8f8ff gold ffd700 goldenrod daa520
gray 808080 green 008000 greenyellow adff2f grey 808080 honeydew f0fff0 hotpink ff69b4 indianred cd5c5c indigo 4b0082
ivory fffff0 khaki f0e68c lavender e6e6fa lavenderblush fff0f5 lawngreen 7cfc00 lemonchiffon fffacd lightblue add8e6
lightcoral f08080 lightcyan e0ffff lightgoldenrodyellow fafad2 lightgray d3d3d3 lightgreen 90ee90 lightgrey d3d3d3
lightpink ffb6c1 lightsalmon ffa07a lightseagreen 20b2aa lightskyblue 87cefa lightslategray 778899
lightslategrey 778899 lightsteelblue b0c4de lightyellow ffffe0 lime 00ff00 limegreen 32cd32 linen faf0e6
magenta ff00ff maroon 800000 mediumaquamarine 66cdaa mediumblue 0000cd mediumorchid ba55d3 mediumpurple 9370db
mediumseagreen 3cb371 mediumslateblue 7b68ee mediumspringgreen 00fa9a mediumturquoise 48d1cc mediumvioletred c71585
midnightblue 191970 mintcream f5fffa mistyrose ffe4e1 moccasin ffe4b5 navajowhite ffdead navy 000080 oldlace fdf5e6
olive 808000 olivedrab 6b8e23 orange ffa500 orangered ff4500 orchid da70d6 palegoldenrod eee8aa palegreen 98fb98
paleturquoise afeeee palevioletred db7093 papayawhip ffefd5 peachpuff ffdab9 peru cd853f pink ffc0cb plum dda0dd
powderblue b0e0e6 purple 800080 rebeccapurple 663399 red ff0000 rosybrown bc8f8f royalblue 4169e1 saddlebrown 8b4513
salmon fa8072 sandybrown f4a460 seagreen 2e8b57 seashell fff5ee sienna a0522d silver c0c0c0 skyblue 87ceeb
slateblue 6a5acd slategray 708090 slategrey 708090 snow fffafa springgreen 00ff7f steelblue 4682b4 tan d2b48c
teal 008080 thistle d8bfd8 tomato ff6347 turquoise 40e0d0 violet ee82ee wheat f5deb3 white ffffff whitesmoke f5f5f5
window ffffff windowtext 000000 yellow ffff00 yellowgreen 9acd32
"""
_WORDS = _TABLE.split()
_NAMED = dict(zip(_WORDS[::2], _WORDS[1::2], strict=True))
_HEX = re.compile(r"#?([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})")
_FUNCTION = re.compile(r"(rgb|hsl)a?\(([^()]{1,80})\)")
_ARGUMENT = re.compile(r"(-?(?:\d++(?:\.\d++)?|\.\d++))(%|deg)?")
WHITE: Colour = (255, 255, 255, 1.0)
ALIKE = 8
"""Steps of 255 between two colours that the eye does not tell apart on a screen."""
FAINT = 0.05


@lru_cache(maxsize=2048)
def parse_colour(value: str, *, bare: bool = False) -> Colour | None:
    """A colour; None for one that is not known ("inherit", a variable, another colour space).

    ``bare``: the value of an HTML attribute, where the "#" may be missing.
    """
    value = value.strip().lower()
    if value == "transparent":
        return (0, 0, 0, 0.0)
    digits = _NAMED.get(value)
    found = _HEX.fullmatch(value) if digits is None and (bare or value.startswith("#")) else None
    if digits or found:
        return _of_digits(digits or (found.group(1) if found else ""))
    function = _FUNCTION.fullmatch(value)
    return _of_function(function.group(1), function.group(2)) if function else None


def _of_digits(digits: str) -> Colour:
    if len(digits) < 6:
        digits = "".join(digit * 2 for digit in digits)
    red, green, blue, *rest = (int(digits[at : at + 2], 16) for at in range(0, len(digits), 2))
    return (red, green, blue, rest[0] / 255 if rest else 1.0)


def _of_function(name: str, inside: str) -> Colour | None:
    found = [_ARGUMENT.fullmatch(each) for each in re.split(r"[\s,/]+", inside.strip())]
    if len(found) not in (3, 4) or any(each is None for each in found):
        return None
    numbers = [(float(each.group(1)), each.group(2) or "") for each in found if each is not None]
    opacity = _share(*numbers[3]) if len(numbers) == 4 else 1.0
    if name == "rgb":
        red, green, blue = (_step(value * 2.55 if unit == "%" else value) for value, unit in numbers[:3])
        return (red, green, blue, opacity)
    hue, saturation, light = (value for value, _ in numbers[:3])
    shares = colorsys.hls_to_rgb(hue % 360 / 360, min(max(light / 100, 0), 1), min(max(saturation / 100, 0), 1))
    red, green, blue = (_step(share * 255) for share in shares)
    return (red, green, blue, opacity)


def _step(value: float) -> int:
    return round(min(max(value, 0), 255))


def _share(value: float, unit: str) -> float:
    return min(max(value / 100 if unit == "%" else value, 0), 1)


def over(colour: Colour, backdrop: Colour) -> Colour:
    """A colour that lets its backdrop shine through, as it is seen."""
    share = colour[3]
    red, green, blue = (_step(a * share + b * (1 - share)) for a, b in zip(colour[:3], backdrop[:3], strict=True))
    return (red, green, blue, 1.0)


def unseen(colour: Colour, backdrop: Colour | None) -> bool:
    """True for a text that cannot be told from what is behind it; where that is not known, only for no colour."""
    if colour[3] <= FAINT:
        return True
    if backdrop is None:
        return False
    return all(abs(a - b) <= ALIKE for a, b in zip(over(colour, backdrop)[:3], backdrop[:3], strict=True))
