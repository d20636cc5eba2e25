"""All checks of a workspace, or of the parts that a query finds."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa

from pipeline.figures.across import copy_verdicts, mail_verdicts
from pipeline.figures.arithmetic import table_verdicts
from pipeline.figures.collect import paper_figures
from pipeline.figures.listed import list_verdicts, may_list
from pipeline.figures.model import Figure
from pipeline.figures.needed import documents_needed
from pipeline.figures.papers import PartIds, papers
from pipeline.figures.uncompared import Uncompared
from pipeline.figures.verdicts import Verdict


def verdicts(
    connection: sa.Connection, parts: PartIds | None = None, beside: Uncompared | None = None
) -> Iterator[Verdict]:
    """Document by document in the order of the paths, then what is checked between documents.

    With ``parts``, only the documents are read that hold them or something that they are checked against.
    ``beside`` is told what could not be checked.
    """
    figures: list[Figure] = []
    listed: list[Figure] = []
    for paper in papers(connection, None if parts is None else documents_needed(connection, parts)):
        yield from table_verdicts(paper, parts)
        if beside is not None:
            beside.look(paper, parts)
        for figure in paper_figures(paper, {}):
            if figure.part_kind == "proposal":
                figures.append(figure)
            elif may_list(figure):
                listed.append(figure)
    yield from list_verdicts(figures, listed, parts)
    yield from copy_verdicts(figures, parts)
    yield from mail_verdicts(connection, figures, parts)
