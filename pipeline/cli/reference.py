"""docs/cli.md, made from the commands' own help."""

from __future__ import annotations

import click

from pipeline.cli.app import COMMANDS, akt
from pipeline.cli.exits import MEANING

HEAD = """# The commands

This page is made from the help of the commands (`make generate`); a test holds the two together.

- Data goes to standard output, talk to standard error: `akt search … --format jsonl | jq …` is safe.
- `-o FILE` writes the file whole or not at all.
- `--format` gives a layout for people (`table`), or `json`, `jsonl` (one object per line) and `csv` with the fields of
  [records.md](records.md). In CSV, cells that a spreadsheet would take for a formula begin with `'`; numbers do not.
- Colour follows the terminal; `NO_COLOR=1` turns it off.
- `akt --debug …` or `AKT_DEBUG=1` shows the traceback of an error.
"""
COMPLETION = """
## Completion in the shell

| shell | once, in its start file |
| --- | --- |
| bash | `eval "$(_AKT_COMPLETE=bash_source akt)"` in `~/.bashrc` |
| zsh | `eval "$(_AKT_COMPLETE=zsh_source akt)"` in `~/.zshrc` |
| fish | `_AKT_COMPLETE=fish_source akt \\| source` in `~/.config/fish/config.fish` |
"""
WORKSPACE = """
## The workspace

A folder with `akt.sqlite` (the store: the truth), `index/` (derived; `akt reindex --all` builds it anew), `lock`,
`looked.json` (when the store was last looked through), and `saved.sqlite` where searches are kept (`akt saved`).
It is `--workspace DIR`, else `$AKT_WORKSPACE`, else the data folder of your account. The folder can be opened by its
owner only (mode 0700, the store 0600): it holds the text of every document. CPR numbers are masked in all of it, before
anything is written, with one exception: the store keeps the true path of every file, or it could not find the file
again. In what is printed, exported and indexed, a CPR number in a path or a file name is masked too. The documents
themselves are never changed and stay where they are; paths are kept relative to the folder that was ingested.

A second run works on what is new or changed:

- It looks at each file's size, times and inode number. Where only the inode or the time of its last change of any kind
  is another (a name was swapped, an edit had its date put back, an archive was copied), the bytes are hashed, and read
  anew only if they are others.
- After an update of Akt it redoes just the steps that the update changed. `akt ingest --reread` reads files anew though
  nothing has changed.
- Files that are gone are marked as deleted: they are no longer found, and come back when the file does. Nothing is
  thrown away before you say `akt ingest --prune`. `akt status` counts what is gone, and names folders that are not
  there.
- A folder that was moved is followed: `akt ingest` of its new place marks what lay in the old one as gone, file by
  file, by content.
- A folder that held documents and is empty or not there (an archive that is not mounted) is left as it was, with exit
  code 1: `akt ingest --gone` of it marks what was in it as gone.
- One writer at a time: a second `akt ingest` ends with exit code 5 and says who is writing.

What is read can be searched while a long run goes on: the index is brought up to date every 1,000 documents, or every
30 seconds when they are slow. A workspace that may only be read can be searched, shown and listed.
"""


BATCH = """
## In scripts and in pandas

[batch.md](batch.md) is about nightly runs: a job for cron and systemd, reports, what is promised after a crash,
checking and backup. A job takes exit code 3 for done: all that could be read is in the workspace, and `akt failures`
lists the rest.
`akt status` counts a file as read when it was read itself; an attachment, or a member of a container, that failed in it
is counted apart (`failed_inside` in JSON), is listed too, and gives exit code 3 as well.
Documents that were read in part only (cut off at a limit, pages without a text layer, a broken mail) change no exit
code: ingest counts them apart and names the first of them; all are in `akt records problems`.
Codes: [problems.md](problems.md);
`akt failures` has one more, `cannot-open`: the file is there and could not be opened.

```sh
akt ingest papirer || [ $? -eq 3 ]
akt records lines -o linjer.csv
```

Money and FTE are decimals in strings, exact to the last digit. pandas makes floats and dates of strings unless it is
told not to: `pd.read_json("amounts.jsonl", lines=True, dtype=False, convert_dates=False)`,
`pd.read_csv("amounts.csv", dtype=str)`; then `df["value"].map(decimal.Decimal)` for sums that come out even.
"""


def reference() -> str:
    """The whole page as Markdown."""
    return "".join([HEAD, _exit_codes(), WORKSPACE, BATCH, COMPLETION, _section("akt", akt), *map(_command, COMMANDS)])


def _exit_codes() -> str:
    rows = "".join(
        f"| {code.value} | `{code.name.lower().replace('_', '-')}` | {MEANING[code]} |\n" for code in MEANING
    )
    return (
        "\n## Exit codes\n\nA stable interface: codes are added, never changed.\n\n"
        f"| code | name | meaning |\n| --- | --- | --- |\n{rows}"
        "\nWhen the reader of a pipe goes away (`akt search … | head`), the command ends silently with 0.\n"
    )


def _command(name: str) -> str:
    command = akt.get_command(click.Context(akt, info_name="akt"), name)
    if command is None:
        raise LookupError(name)
    return _section(f"akt {name}", command)


def _section(title: str, command: click.Command, level: int = 2) -> str:
    context = click.Context(
        command, info_name=title, terminal_width=100, max_content_width=100, help_option_names=["-h", "--help"]
    )
    page = f"\n{'#' * level} {title}\n\n```text\n{command.get_help(context)}\n```\n"
    if isinstance(command, click.Group) and command is not akt:
        page += "".join(_section(f"{title} {name}", one, level + 1) for name, one in command.commands.items())
    return page
