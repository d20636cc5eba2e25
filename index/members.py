"""The splitter's lexicon as an index keeps it beside itself, so that it is learned once and not in every process."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

import msgspec

from index.compounds import Members
from index.text import learned_members

MEMBERS = "members.msgpack"


def load_members(folder: Path) -> Members:
    """The splitter's lexicon that an index keeps beside it; learned (a second or two) and kept where there is none."""
    path = folder / MEMBERS
    try:
        return msgspec.msgpack.decode(path.read_bytes(), type=Members)
    except (FileNotFoundError, msgspec.MsgspecError):
        members = learned_members()
    scratch = path.with_suffix(f".{os.getpid()}")
    with contextlib.suppress(OSError):  # a search in an index that may only be read
        scratch.write_bytes(msgspec.msgpack.encode(members))
        scratch.replace(path)
    return members
