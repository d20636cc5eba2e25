"""Every limit on what is read, in one place. Over a limit is a problem on the document, never silence."""

import msgspec


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """Defaults fit honest documents many times over; sizes are bytes, text is characters.

    A million characters of prose take some 8 seconds and 75 MB, so the longest text, 4,000 full pages, takes a minute
    and a half and under a gigabyte.
    """

    file_size: int = 500_000_000
    pages: int = 5_000
    text_length: int = 10_000_000
    depth: int = 10
    children: int = 10_000
    children_size: int = 2_000_000_000


DEFAULT_LIMITS = Limits()
