"""What operating systems, version control and mail programs leave behind, in folders and in archives of folders.

All else is a document until its reader says otherwise.
"""

from __future__ import annotations

JUNK_FOLDERS = frozenset(
    {".git", ".hg", ".svn", ".Spotlight-V100", ".Trashes", ".fseventsd", "__MACOSX", "$RECYCLE.BIN"}
)
JUNK_FILES = frozenset({".DS_Store", "Thumbs.db", "desktop.ini", ".localized", "maildirfolder"})
JUNK_BEGINNINGS = ("~$", "._", ".~lock.")  # lock files of office programs, resource forks of macOS
JUNK_ENDINGS = (".msf",)  # Thunderbird's index beside each mailbox


def is_junk(name: str) -> bool:
    """By the name of a file, without folders."""
    return name in JUNK_FILES or name.startswith(JUNK_BEGINNINGS) or name.endswith(JUNK_ENDINGS)


def is_junk_path(path: str) -> bool:
    """By the path of a file in an archive, with "/" or "\\"."""
    *folders, name = path.replace("\\", "/").split("/")
    return is_junk(name) or not JUNK_FOLDERS.isdisjoint(folders)
