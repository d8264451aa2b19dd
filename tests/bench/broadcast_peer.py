"""The peer of `fan_out`: a server of the `websockets` library that broadcasts what it is sent.

python broadcast_peer.py CERTIFICATE KEY      prints its port
"""

import asyncio
import gc
import ssl
import sys

from websockets.asyncio.server import ServerConnection, broadcast, serve


async def main() -> None:
    """Serve until killed."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.load_cert_chain(sys.argv[1], sys.argv[2])
    lines: set[ServerConnection] = set()

    async def talk(line: ServerConnection) -> None:
        lines.add(line)
        try:
            async for frame in line:
                broadcast(lines, frame)
        finally:
            lines.discard(line)

    async with serve(talk, "127.0.0.1", 0, ssl=context, compression=None) as server:
        gc.collect()
        gc.freeze()
        print(next(iter(server.sockets)).getsockname()[1], flush=True)
        await asyncio.Future()


if __name__ == "__main__":
    asyncio.run(main())
