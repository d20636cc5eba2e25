"""CPR numbers are masked before anything else sees a text, so that nothing later can leak one."""

from __future__ import annotations

import msgspec

from corpus.cpr import mask, mask_digits, mask_in_name, masked
from corpus.cprcells import cpr_numbers
from corpus.model import Address
from corpus.reading import MailHeaders, Reading


def mask_reading(reading: Reading) -> Reading:
    """The same reading with CPR numbers masked in everything it says; lengths and offsets in the text stay.

    The children's bytes are left: each child is a file that is read and masked by itself.
    """
    problems = [msgspec.structs.replace(found, message=mask_name(found.message)) for found in reading.problems]
    return msgspec.structs.replace(
        mask_names(reading),
        text=masked(reading.text, cpr_numbers(reading)),
        mail=None if reading.mail is None else _mask_mail(reading.mail),
        metadata={key: mask_name(value) for key, value in reading.metadata.items()},
        outline=[msgspec.structs.replace(each, title=_mask_line(each.title)) for each in reading.outline],
        page_labels=[_mask_line(label) for label in reading.page_labels],
        problems=problems,
    )


def mask_names(reading: Reading) -> Reading:
    """The same reading with the names of its members masked."""
    children = [
        msgspec.structs.replace(child, name=mask_name(child.name), media_type=mask_name(child.media_type))
        for child in reading.children
    ]
    return msgspec.structs.replace(reading, children=children)


def mask_name(name: str) -> str:
    """A path or file name with CPR numbers masked (:func:`corpus.cpr.mask_in_name`)."""
    return mask_in_name(name)


def mask_place(path: str, number: int) -> str:
    """The same with the number of its place behind a path that is masked: others may differ in the CPR number only."""
    masked_path = mask_name(path)
    return path if masked_path == path else f"{masked_path} (no. {number})"


def _mask_line(line: str) -> str:
    """A line of a text, such as a subject, with CPR numbers masked."""
    return mask_digits(mask(line))


def _mask_mail(mail: MailHeaders) -> MailHeaders:
    return msgspec.structs.replace(
        mail,
        sender=None if mail.sender is None else _mask_address(mail.sender),
        to=[_mask_address(address) for address in mail.to],
        cc=[_mask_address(address) for address in mail.cc],
        subject=_mask_if_any(mail.subject),
        message_id=_mask_if_any(mail.message_id),
        in_reply_to=_mask_if_any(mail.in_reply_to),
        references=[_mask_line(reference) for reference in mail.references],
    )


def _mask_address(address: Address) -> Address:
    return msgspec.structs.replace(address, name=_mask_if_any(address.name), address=_mask_if_any(address.address))


def _mask_if_any(value: str | None) -> str | None:
    return None if value is None else _mask_line(value)
