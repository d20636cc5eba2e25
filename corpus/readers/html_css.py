"""Style sheets, as far as they say what is seen: simple selectors, the cascade, and the media of a common screen.

Nothing is fetched: a sheet that is linked or imported is only said to exist. Rules after CSS 2.2 and Media Queries 4.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

import msgspec
from lxml import etree

from corpus.readers.html_colours import parse_colour

Style = dict[str, str]
"""Property to value, lower case."""

# What decides whether and how a text is seen.
_NAMES = """
display visibility mso-hide font-size font opacity height max-height min-height width max-width overflow overflow-x
overflow-y position left top right bottom text-indent margin margin-left margin-top margin-bottom padding padding-top
padding-bottom color background background-color background-image background-clip -webkit-background-clip
-webkit-text-fill-color text-shadow clip clip-path transform white-space list-style list-style-type font-family
text-decoration text-decoration-line mso-list float border border-left border-top border-right border-bottom
border-style border-width
"""
PROPERTIES = frozenset(_NAMES.split())
SCREEN_WIDTH = 1024
"""In CSS pixels: who reads a mail is taken to sit at a desk, so what is for small screens is not for them."""
MOST_IN_ONE_KEY = 60
"""Rules kept for one id, class or element: the last ones, which win. Documents stay far below it."""
HIGHEST_CLIMB = 100
MOST_CLIMBED = 3_000_000
"""Steps up the tree on one page; after them, what is said of elements inside others is only doubted."""
NO_PAINT = ("transparent", "none", "initial", "inherit", "unset", "revert")
_FONT_SIZE = re.compile(r"(?:^|\s)(\d++(?:\.\d++)?|\.\d++)(px|pt|em|rem|%)?(?:\s*+/\s*+\S++)?\s++\S")
DEEPEST_NESTING = 5
LONGEST_STYLE = 20_000

_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)|<!--|-->", re.DOTALL)
_STRING = re.compile(r"\"[^\"\n]*\"|'[^'\n]*'|url\([^()]*\)", re.IGNORECASE)
_ADDRESS = re.compile(r"url\([^()]*\)", re.IGNORECASE)
_BRACE = re.compile(r"[{}]")
_AT_RULE = re.compile(r"\s*@")
_STATEMENT = re.compile(r"[{;]")
_OPENING = re.compile(r"\{")
_COMPOUND = re.compile(r"(\*|[a-z][\w-]*)?((?:[.#][\w-]+|\[[^\]]*\]|::?[\w-]+(?:\([^()]*\))?)*)", re.IGNORECASE)
_SIMPLE = re.compile(r"[.#][\w-]+|\[[^\]]*\]|::?[\w-]+(?:\([^()]*\))?")
_COMBINED = re.compile(r"\s*([>+~])\s*|\s+")
_WIDTH = re.compile(r"\(\s*(max|min)-(?:device-)?width\s*:\s*(\d++(?:\.\d++)?|\.\d++)\s*+(px|em|rem)?\s*\)")
_NEVER = frozenset(
    ["hover", "active", "focus", "focus-within", "focus-visible", "visited", "target", "before", "after"]
)
_NEVER_ELEMENTS = frozenset(["first-letter", "first-line", "selection", "placeholder", "marker", "backdrop"])


OURS = "x-akt-"
"""In front of the names of elements that the parser would otherwise end too early."""


def name_of(element: etree._Element) -> str:
    """An element's name, lower case; "" for a comment."""
    return element.tag.removeprefix(OURS) if isinstance(element.tag, str) else ""


class _Compound(msgspec.Struct, frozen=True):
    """ "td.note#x". ``unsure``: it has conditions beyond, which are not looked at."""

    tag: str
    ident: str
    classes: frozenset[str]
    unsure: bool

    def fits(self, tag: str, ident: str, classes: frozenset[str]) -> bool:
        return (not self.tag or self.tag == tag) and (not self.ident or self.ident == ident) and self.classes <= classes


class _Rule(msgspec.Struct, frozen=True):
    subject: _Compound
    above: tuple[tuple[str, _Compound], ...]
    weight: tuple[int, int, int, int]
    style: Style
    important: Style
    unsure: bool


class Sheets:
    """The style sheets of one page.

    ``incomplete``: there are others that are not in the page, so what is not declared is not known.
    """

    def __init__(self, root: etree._Element) -> None:
        self.incomplete = False
        self._rules: dict[str, list[_Rule]] = {}
        self._order = 0
        self._climbed = 0
        self._cache: dict[tuple[str, str, str], tuple[Style, Style]] = {}
        for element in root.iter("style", "link"):
            if element.tag == "link":
                self.incomplete |= "stylesheet" in (element.get("rel") or "").lower()
            elif _applies(element.get("media") or ""):
                self._read(_STRING.sub(_emptied, _COMMENT.sub(" ", element.text or "")), unsure=False, depth=0)

    def of(self, element: etree._Element, tag: str) -> Style | None:
        """What sheets and its own attribute declare of an element; None for nothing."""
        inline = element.get("style")
        own, own_important = parse_style(inline) if inline else (_NOTHING, _NOTHING)
        if not self._rules:
            return {**own, **own_important} if own_important else own or None
        style, important = self._sheet_style(element, tag)
        if not style and not important:
            return {**own, **own_important} if own_important else own or None
        return {**style, **own, **important, **own_important}

    def _sheet_style(self, element: etree._Element, tag: str) -> tuple[Style, Style]:
        name, ident = element.get("class") or "", element.get("id") or ""
        known = self._cache.get((tag, name, ident))
        if known is not None:
            return known
        classes = frozenset(name.split()[:MOST_IN_ONE_KEY])
        keys = [tag, "*", *(f".{each}" for each in classes), *([f"#{ident}"] if ident else [])]
        rules = [rule for key in keys for rule in self._rules.get(key, ()) if rule.subject.fits(tag, ident, classes)]
        fixed = not any(rule.above for rule in rules)
        style: Style = {}
        important: Style = {}
        for rule in sorted(rules, key=lambda rule: rule.weight):
            if rule.above and self._climbed > MOST_CLIMBED:
                style.update(_doubted({**rule.style, **rule.important}))
            elif not rule.above or self._is_below(element, rule.above):
                style.update(rule.style)
                important.update(rule.important)
        if fixed and len(self._cache) < 20_000:
            self._cache[tag, name, ident] = style, important
        return style, important

    def _is_below(self, element: etree._Element, above: tuple[tuple[str, _Compound], ...]) -> bool:
        """Do the compounds hold for ancestors, from the nearest out? A sibling's condition is taken to hold."""
        current = element
        for combinator, compound in above:
            if combinator in "+~":
                return True
            for climbed in range(HIGHEST_CLIMB):
                parent = current.getparent()
                if parent is None or (combinator == ">" and climbed):
                    return False
                self._climbed += 1
                current = parent
                if _fits(compound, current):
                    break
            else:
                return False
        return True

    # --- reading ----------------------------------------------------------------------------------------------

    def _read(self, css: str, *, unsure: bool, depth: int) -> None:
        for prelude, body in _blocks(css):
            if not prelude.startswith("@"):
                self._add(prelude, body, unsure=unsure)
                continue
            name, _, condition = prelude[1:].partition(" ")
            self.incomplete |= name.lower() == "import"
            if depth < DEEPEST_NESTING and name.lower() == "media" and _applies(condition):
                self._read(body, unsure=unsure, depth=depth + 1)
            elif depth < DEEPEST_NESTING and name.lower() in ("supports", "layer", "container"):
                self._read(body, unsure=True, depth=depth + 1)

    def _add(self, prelude: str, body: str, *, unsure: bool) -> None:
        style, important = parse_style(body)
        if not style and not important:
            return
        for selector in prelude.split(","):
            chain = _chain(selector)
            if chain is None:
                continue
            subject = chain[-1][1]
            doubtful = unsure or any(compound.unsure for _, compound in chain)
            self._order += 1
            rule = _Rule(
                subject=subject,
                above=tuple((chain[at][0], chain[at - 1][1]) for at in range(len(chain) - 1, 0, -1)),
                weight=_weight(chain, self._order),
                style=_doubted(style) if doubtful else style,
                important={} if doubtful else important,
                unsure=doubtful,
            )
            key = f"#{subject.ident}" if subject.ident else next(iter(sorted(f".{c}" for c in subject.classes)), "")
            kept = self._rules.setdefault(key or subject.tag or "*", [])
            kept.append(rule)
            if len(kept) > MOST_IN_ONE_KEY:
                del kept[0]


_NOTHING: Style = {}


@lru_cache(maxsize=8192)
def parse_style(text: str) -> tuple[Style, Style]:
    """The declarations that matter, and those of them marked "!important"; shorthand margins are spelled out."""
    style: Style = {}
    important: Style = {}
    for declaration in _ADDRESS.sub("url()", text[:LONGEST_STYLE]).split(";"):
        name, colon, value = declaration.partition(":")
        name = name.strip().lower()
        if not colon or name not in PROPERTIES:
            continue
        value = " ".join(value.lower().split())
        kept, mark, word = value.rpartition("!")
        into = important if mark and word.strip() == "important" else style
        value = kept.strip() if mark else value
        into[name] = value
        into.update(_spelled_out(name, value))
    return style, important


def _closed_up(value: str) -> str:
    """Without the blanks inside parentheses: "rgba(0, 0, 0)" is one word."""
    *closed, rest = value.split(")")
    pieces = [piece.rpartition("(") for piece in closed]
    return "".join(f"{before}{bracket}{''.join(inside.split())})" for before, bracket, inside in pieces) + rest


def _spelled_out(name: str, value: str) -> Style:
    """What a shorthand sets, for later declarations to set anew; a part it does not name gets its first value."""
    if name in ("margin", "padding"):
        top, right, bottom, left = _sides(value)
        return {f"{name}-top": top, f"{name}-right": right, f"{name}-bottom": bottom, f"{name}-left": left}
    if name == "background":
        image = "unknown" if "url(" in value or "gradient(" in value else "none"
        words = _closed_up(value).split()
        colour = next((word for word in words if word in NO_PAINT or parse_colour(word)), "unknown")
        return {"background-color": colour, "background-image": image}
    if name == "font":
        found = _FONT_SIZE.search(value)
        return {
            "font-size": "".join(part or "" for part in found.groups()) if found else "medium",
            "font-family": value,
        }
    if name == "border":
        return {f"border-{side}": value for side in ("left", "top", "right", "bottom")}
    other = {"text-decoration": "text-decoration-line", "list-style": "list-style-type", "overflow": "overflow-y"}.get(
        name
    )
    return {other: value, "overflow-x": value} if name == "overflow" and other else {other: value} if other else {}


def _sides(value: str) -> tuple[str, str, str, str]:
    """Top, right, bottom and left of "0cm 5pt"."""
    sides = value.split()[:4] or ["0"]
    right = sides[1] if len(sides) > 1 else sides[0]
    return sides[0], right, sides[2] if len(sides) > 2 else sides[0], sides[3] if len(sides) > 3 else right


def _emptied(string: re.Match[str]) -> str:
    """A string or an address without what is in it: braces and commas there mean nothing."""
    return "url()" if string.group()[0] in "uU" else "''"


def _doubted(style: Style) -> Style:
    """What a rule that may or may not hold says: its colours are not known, and it hides nothing."""
    return {name: "unknown" for name in style if name in ("color", "background-color", "background-image")}


def _blocks(css: str) -> Iterator[tuple[str, str]]:
    """Selector or at-rule with what stands in its braces; a statement without braces has nothing in them."""
    at = 0
    while (stop := (_STATEMENT if _AT_RULE.match(css, at) else _OPENING).search(css, at)) is not None:
        prelude = css[at : stop.start()].strip()
        at = stop.end()
        if stop.group() == ";":
            yield prelude, ""
            continue
        depth, end = 1, len(css)
        for brace in _BRACE.finditer(css, at):
            depth += 1 if brace.group() == "{" else -1
            if depth == 0:
                end = brace.start()
                break
        yield prelude, css[at:end]
        at = end + 1


def _chain(selector: str) -> list[tuple[str, _Compound]] | None:
    """A selector as compounds from the outermost in, each with the combinator before it; None where it never holds."""
    selector = selector.strip()
    if not selector or len(selector) > 500:
        return None
    chain: list[tuple[str, _Compound]] = []
    at, combinator = 0, ""
    while at < len(selector):
        found = _COMPOUND.match(selector, at)
        compound = _compound(found.group(1) or "", found.group(2)) if found and found.end() > at else None
        if found is None or compound is None:
            return None
        chain.append((combinator, compound))
        joint = _COMBINED.match(selector, found.end())
        if joint is None:
            return chain if found.end() == len(selector) else None
        combinator, at = (joint.group(1) or " "), joint.end()
        if combinator in "+~":
            chain[-1] = (chain[-1][0], msgspec.structs.replace(compound, unsure=True))
    return None


def _compound(tag: str, rest: str) -> _Compound | None:
    ident, classes, unsure = "", set(), False
    for part in _SIMPLE.findall(rest):
        if part[0] == "#":
            ident = part[1:]
        elif part[0] == ".":
            classes.add(part[1:])
        elif part[0] == ":" and (part.lstrip(":").lower() in _NEVER or part.lstrip(":") in _NEVER_ELEMENTS):
            return None
        elif part.lower() not in (":link", ":root"):
            unsure = True
    tag = "" if tag == "*" else tag.lower()
    return _Compound(
        tag=tag or ("html" if ":root" in rest.lower() else ""), ident=ident, classes=frozenset(classes), unsure=unsure
    )


def _weight(chain: list[tuple[str, _Compound]], order: int) -> tuple[int, int, int, int]:
    idents = sum(bool(compound.ident) for _, compound in chain)
    classes = sum(len(compound.classes) for _, compound in chain)
    return (idents, classes, sum(bool(compound.tag) for _, compound in chain), order)


def _fits(compound: _Compound, element: etree._Element) -> bool:
    return compound.fits(name_of(element), element.get("id") or "", frozenset((element.get("class") or "").split()))


def _applies(media: str) -> bool:
    """Does one of the media queries hold for a screen of ``SCREEN_WIDTH``? What is not known does not hold."""
    return not media.strip() or any(_holds(query.strip().lower()) for query in media.split(","))


def _holds(query: str) -> bool:
    """ "only screen and (max-width: 600px)"."""
    negated = query.startswith("not ")
    query = query.removeprefix("not ").removeprefix("only ").strip()
    for condition in re.split(r"(?<!\s)\s+and\s+|(?=\()(?<=\w)", query):
        width = _WIDTH.fullmatch(condition.strip())
        if width:
            size = float(width.group(2)) * (1 if width.group(3) in (None, "px") else 16)
            held = size >= SCREEN_WIDTH if width.group(1) == "max" else size <= SCREEN_WIDTH
        else:
            held = condition.strip() in ("screen", "all")
        if not held:
            return negated
    return not negated
