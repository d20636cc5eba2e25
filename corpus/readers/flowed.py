"""Text with ``format=flowed`` (RFC 3676) as it was written: soft line breaks joined."""

from __future__ import annotations

SIGNATURE = "-- "


def unflow(text: str, *, delete_space: bool = False) -> str:
    """Join lines that end in a blank with the next of the same quote depth; take away the blank stuffed in front.

    ``delete_space``: the ``DelSp=yes`` parameter: the blank before a soft break is no part of the text.
    """
    joined: list[list[str]] = []
    open_depth: int | None = None
    for line in text.replace("\r\n", "\n").split("\n"):
        depth, content = _unquote(line)
        soft = content.endswith(" ") and content != SIGNATURE
        piece = content[:-1] if soft and delete_space else content
        if open_depth == depth and content != SIGNATURE:
            joined[-1].append(piece)
        else:
            joined.append([">" * depth + " " if depth else "", piece])
        open_depth = depth if soft else None
    return "\n".join("".join(pieces) for pieces in joined)


def _unquote(line: str) -> tuple[int, str]:
    content = line.lstrip(">")
    return len(line) - len(content), content.removeprefix(" ")
