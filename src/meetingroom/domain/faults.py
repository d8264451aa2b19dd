"""What displays could not do, as folded: each fault until it is over."""

import msgspec


class Fault(msgspec.Struct, frozen=True, kw_only=True):
    """Something a room's display could not do; the room itself is not told."""

    room: str
    code: str
    paper: str = ""
    page: int = -1
    at: str = ""
