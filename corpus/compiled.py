"""The compiled parts of Akt: whether they are there, and whether they are to be used.

Each does faster what Python does as well, and is left out where it could not be built. ``AKT_NATIVE=0`` leaves all of
them out. The outcome is the same, which the tests hold both ways to.
"""

from __future__ import annotations

import os
from importlib import import_module

ENVIRONMENT_VARIABLE = "AKT_NATIVE"
OFF = "0"


def is_wanted() -> bool:
    """False where the environment says that Python is to do everything."""
    return os.environ.get(ENVIRONMENT_VARIABLE) != OFF


def in_use(name: str, interface: int) -> bool:
    """Whether the compiled module of this name is to be used: it is wanted, there, and of this ``INTERFACE``.

    One that was built before its source was changed may have another, and is left alone.
    """
    if not is_wanted():
        return False
    try:
        return bool(interface == import_module(name).INTERFACE)
    except ImportError:
        return False
