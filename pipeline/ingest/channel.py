"""Messages between two processes of a run: MessagePack over a socket, one at a time."""

from __future__ import annotations

import selectors
from multiprocessing.connection import Connection
from typing import Generic, TypeVar

import msgspec

Heard = TypeVar("Heard")
# One that takes no descriptor of its own, where there is one.
_Selector: type[selectors.BaseSelector] = getattr(selectors, "PollSelector", selectors.SelectSelector)


class Channel(Generic[Heard]):
    """One end of the socket. Raises EOFError or OSError when there is nobody at the other."""

    def __init__(self, connection: Connection, heard: object) -> None:
        self.connection = connection
        self._encoder = msgspec.msgpack.Encoder()
        self._decoder: msgspec.msgpack.Decoder[Heard] = msgspec.msgpack.Decoder(heard)
        self._selector = _Selector()
        self._selector.register(connection, selectors.EVENT_READ)

    def say(self, message: msgspec.Struct) -> None:
        """Waits while the other end is busy with what was said before."""
        self.connection.send_bytes(self._encoder.encode(message))

    def hear(self) -> Heard:
        """Waits for the next message."""
        return self._decoder.decode(self.connection.recv_bytes())

    def has_more(self, seconds: float = 0.0) -> bool:
        """Whether something was said and not heard yet, or is within so many seconds."""
        self.connection.fileno()  # raises OSError where it is closed
        return bool(self._selector.select(seconds))
