"""The names of attachments."""

from __future__ import annotations

import re
from email.message import Message
from email.utils import collapse_rfc2231_value

from corpus.readers.mail_headers import decode
from corpus.readers.mail_source import header

LONGEST_NAME = 200
_UNSAFE = re.compile(r"[\x00-\x1f\x7f<>:\"|?*\u202a-\u202e\u2066-\u2069]+")
_LOCATION = re.compile(r"(?:https?://\S+/|file:\S*/|)([^/\s?#:]+\.\w{1,8})")


def file_name(part: Message) -> str:
    """The name that a part gives itself, made safe: as file name, as name of its type, or as its place; "" for none."""
    for field, parameter in (("Content-Disposition", "filename"), ("Content-Type", "name")):
        raw = header(part, field)
        if parameter in raw.lower() and (name := clean_name(decode(_parameter(raw, field, parameter), []))):
            return name
    location = header(part, "Content-Location").strip()
    found = _LOCATION.fullmatch(location) if location else None
    return clean_name(decode(found.group(1), [])) if found else ""


def clean_name(name: str) -> str:
    """A file name without folders, control and direction characters, and not too long; "" for nothing."""
    name = _UNSAFE.sub("", name.replace("\\", "/").rpartition("/")[2]).strip(" .")
    stem, dot, extension = name.rpartition(".")
    if len(name) > LONGEST_NAME and dot and len(extension) <= 10:
        return stem[: LONGEST_NAME - len(extension) - 1] + dot + extension
    return name[:LONGEST_NAME]


def _parameter(raw: str, field: str, parameter: str) -> str:
    """A parameter, also in the pieces of RFC 2231; raw 8-bit bytes in it, which the library would replace, are read."""
    part = Message()
    part[field] = raw if raw.isascii() else decode(raw, [])
    try:
        return collapse_rfc2231_value(part.get_param(parameter, "", field))
    except (ValueError, LookupError, TypeError):
        return ""
