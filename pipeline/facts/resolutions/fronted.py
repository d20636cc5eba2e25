"""What a verb decides that is told in front of its clause: "…, hvilket Byrådet tiltrådte"."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from corpus.model import Decision, Link
    from pipeline.facts.resolutions.clauses import Clause

_JOINT = 8  # characters between a figure and the clause that tells more of it: ", som "


def of_what_stands_before(clause: Clause, decision: Decision, before: Decision | None) -> Decision:
    """A decision without a figure of its own with those of the one before it, where it is on the same.

    So behind "hvilket" and with "det" in front of its verb; behind "som" with the figure right in front of that.
    """
    same = clause.begins_anew if clause.link else clause.words[-1:] == ["det"]
    if not same or before is None or before.negated or before.condition:
        return decision
    if any(link.type != "reference" for link in decision.links):
        return decision
    links = [link for link in before.links if clause.link != "som" or _touches(link, clause)]
    return msgspec.structs.replace(decision, links=links)


def _touches(link: Link, clause: Clause) -> bool:
    return link.type == "reference" or 0 <= clause.cut - link.end < _JOINT
