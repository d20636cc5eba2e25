"""pdfminer's document, with an end to objects that name each other: it follows those without one."""

from __future__ import annotations

from functools import cache
from typing import Any

MOST_NAMES = 32
"""An object that only names another one is that one, through so many of them at most."""


@cache
def document_class() -> Any:
    """The class of documents in which what only names itself, or names others in a ring, is no object."""
    from pdfminer.pdfdocument import PDFDocument
    from pdfminer.pdfexceptions import PDFObjectNotFound
    from pdfminer.pdftypes import PDFObjRef

    class Document(PDFDocument):
        def getobj(self, objid: int) -> object:
            found = super().getobj(objid)
            for _ in range(MOST_NAMES):
                if not isinstance(found, PDFObjRef):
                    return found
                found = super().getobj(found.objid)
            raise PDFObjectNotFound(objid)

    return Document


def mend_pdfplumber() -> None:
    """Have pdfplumber open files as documents of this class: it takes no other one, and knows them by this name."""
    import pdfplumber.pdf

    vars(pdfplumber.pdf)["PDFDocument"] = document_class()
