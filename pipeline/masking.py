"""CPR numbers are masked before anything else sees a text, so that nothing later can leak one."""

from __future__ import annotations

import msgspec

from corpus.reading import Reading
from index.mask import mask as mask_digits
from pipeline.facts.identifiers import mask


def mask_reading(reading: Reading) -> Reading:
    """The same reading with CPR numbers masked in text, subject and metadata; lengths and offsets stay as they are."""
    mail = reading.mail
    if mail is not None and mail.subject is not None:
        mail = msgspec.structs.replace(mail, subject=mask(mail.subject))
    return msgspec.structs.replace(
        reading,
        text=mask(reading.text),
        mail=mail,
        metadata={key: mask(value) for key, value in reading.metadata.items()},
    )


def mask_names(reading: Reading) -> Reading:
    """The same reading with the names of its members masked."""
    children = [msgspec.structs.replace(child, name=mask_name(child.name)) for child in reading.children]
    return msgspec.structs.replace(reading, children=children)


def mask_name(name: str) -> str:
    """A path or file name with CPR numbers masked: there "_" and letters stand where a text has blanks."""
    return mask_digits(mask(name))
