"""Help in a narrow terminal: an example that is wider is broken as a shell takes it, with a backslash at the end."""

from __future__ import annotations

import click

from corpus.patterns import late

_WORD = late(r"""(?:--?[\w-]+\ (?!-))?(?:'[^']*'|"[^"]*"|[^\s'"])+""")  # an option goes with its value
DEEPER = 4


class NarrowHelp(click.HelpFormatter):
    """Click's help, but that lines which it leaves as they are written are no wider than the terminal either."""

    def write_text(self, text: str) -> None:
        whole, self.buffer = self.buffer, []
        super().write_text(text)
        lines = "".join(self.buffer).split("\n")
        self.buffer = [*whole, "\n".join(_broken(line, self.width) for line in lines)]


class HelpContext(click.Context):
    """A context whose help is :class:`NarrowHelp`."""

    formatter_class = NarrowHelp


def _broken(line: str, columns: int) -> str:
    """A command in lines that a shell takes for one; what is quoted stays whole."""
    if len(line) <= columns:
        return line
    command = line.find("akt ")
    indent = " " * (max(command, 0) + DEEPER)
    first, *words = _WORD.findall(line[max(command, 0) :])
    lines = [line[: max(command, 0)] + first]
    for word in words:
        if len(f"{lines[-1]} {word} \\") > columns and lines[-1].strip():
            lines.append(f"{indent}{word}")
        else:
            lines[-1] += f" {word}"
    return " \\\n".join(lines)
