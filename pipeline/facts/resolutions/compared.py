"""A sum that another one is only held against, and the verb that says of it what was done with it before.

"en udgift på 86 mio. kr. mod bevilgede 84 mio. kr." grants nothing now, nor does "i stedet for de 500.000 kr., der blev
bevilget i maj".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.context import Span

_AGAINST = r"(?<!\w)(?:mod|oven\s?i|ud\s?over|foruden|frem\s?for|i\s?stedet\s+for|i\s+forhold\s+til|sammenlignet\s+med)"
_WHICH = (
    r"(?:\s+(?:de|den|det|oprindelige?t?|tidligere|hidtil|hidtidige|allerede|i\s+alt|i\s+[^\W\d_]+|i\s+(?:19|20)\d\d))"
)
_DONE = (
    r"(?:bevil(?:ge|lige)de|afsatte|vedtagne|godkendte|frigivne|reserverede|budget(?:tere|tera|lag)\w*|indstillede|anbefalede"
    r"|foreslåede|(?:an)?søgte|aftalte|forventede|planlagte|forudsatte|udmeldte|beregnede|kalkulerede|anslåede|ønskede"
    r"|besluttede|tildelte|lovede|oprindelige)"
)
_ABOUT = r"(?:\s+(?:ca\.|i\s+alt|samlet|knap|godt|omkring))?"
_BEFORE_VERB = re.compile(rf"{_AGAINST}{_WHICH}{{0,4}}\s+$", re.IGNORECASE)
_SUM_BEHIND = re.compile(rf"{_ABOUT}\s+(?:kr\.?\s?)?\d", re.IGNORECASE)
_WHAT_WAS = re.compile(rf"{_AGAINST}\s+(?:de|den|det)\s+[^,;]{{1,60}},?\s+(?:der|som)\s+[^,;]{{0,60}}$", re.IGNORECASE)
_BEFORE_SUM = re.compile(rf"{_AGAINST}{_WHICH}{{0,4}}\s+{_DONE}{_ABOUT}\s+$", re.IGNORECASE)
_REACH = 160


def is_held_against(front: str) -> bool:
    """Whether the figure behind it is one that the decided one is held against: "mod foreslåede (3 mio. kr.)"."""
    return _BEFORE_SUM.search(front) is not None


def says_what_was(low: str, verb: Span, *, in_decision: bool) -> bool:
    """Whether a verb of the lower-case text tells of the sum that another is held against: "mod bevilgede 84 mio.".

    A clause of its own ("de 5 mio. kr., som byrådet bevilgede") tells it only where the other is decided:
    ``in_decision``. In a story it tells a decision.
    """
    front = low[max(0, verb[0] - _REACH) : verb[0]]
    if _BEFORE_VERB.search(front) and _SUM_BEHIND.match(low, verb[1]):
        return True
    return in_decision and _WHAT_WAS.search(front) is not None
