"""What a verb decides that is told in front of its clause: "…, hvilket Byrådet tiltrådte"."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from corpus.model import Decision
    from pipeline.facts.resolutions.clauses import Clause


def of_what_stands_before(clause: Clause, decision: Decision, before: Decision | None) -> Decision:
    """A decision behind "hvilket" with the figures of the one before it, where it has none and all of it is meant."""
    if clause.link != "hvilket" or before is None or before.negated or before.condition:
        return decision
    if any(link.type != "reference" for link in decision.links):
        return decision
    return msgspec.structs.replace(decision, links=before.links)
