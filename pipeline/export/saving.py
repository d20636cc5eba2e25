"""Pictures as files that are whole or not there."""

from __future__ import annotations

from pathlib import Path

from corpus.durable import write_whole


def save_picture(place: Path, picture: bytes) -> None:
    """Write a picture, in the place of what is there; a pipe or a device gets the bytes as they are. Raises OSError."""
    if place.exists() and not place.is_file():
        place.write_bytes(picture)
    else:
        write_whole(place, picture)
