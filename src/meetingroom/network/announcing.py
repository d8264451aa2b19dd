"""One piece of news for many connections."""

from collections.abc import Iterable

from websockets.asyncio.server import ServerConnection
from websockets.frames import Frame, Opcode
from websockets.protocol import State


def write_to_all(connections: Iterable[ServerConnection], words: str) -> None:
    """Write a text frame to connections that are open, at once.

    The library's own broadcast builds the frame anew for each of them. A server's frames are
    the same for all, because none is masked and this hub packs none.
    """
    frame = Frame(Opcode.TEXT, words.encode()).serialize(mask=False)
    for connection in connections:
        if connection.protocol.state is State.OPEN:
            connection.transport.write(frame)
