"""What happens to whoever may not read everything: root, who tests in a container, is another user for a while."""

from __future__ import annotations

import codecs
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

USER = 65_534
"""Who owns nothing; any number but 0 does."""


@contextmanager
def unprivileged() -> Iterator[Path]:
    """A new folder of a user whom permissions hold back; files that are made meanwhile are that user's."""
    if not hasattr(os, "setresuid"):
        pytest.skip("nobody can be another user for a while here")
    # Python may be installed where that user may not read: what it imports at the first use is imported now.
    codecs.lookup("utf-32-le")
    user = os.geteuid()
    folder = Path(tempfile.mkdtemp(prefix="akt-"))
    if user == 0:
        os.chown(folder, USER, -1)
        os.setresuid(USER, USER, user)
    try:
        yield folder
    finally:
        os.setresuid(user, user, user)
        shutil.rmtree(folder)
