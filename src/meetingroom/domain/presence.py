"""Who is here, and what their computers told of the papers."""

import msgspec


class ReceiptState(msgspec.Struct, frozen=True, kw_only=True):
    """What one device told of one version of a paper."""

    device: str
    person: str
    paper: str
    blob: str
    is_verified: bool
    is_opened: bool
    pages: tuple[tuple[int, int], ...]
    at: str

    @property
    def last_page(self) -> int:
        """The furthest page read, counting from 1; 0 if none."""
        return max((last + 1 for _, last in self.pages), default=0)


class Presence(msgspec.Struct, frozen=True, kw_only=True):
    """Someone who checked in: "room" or "online", and when they left.

    `before` are their earlier stays, oldest first; `stands_in_for` is whom a substitute is for.
    """

    person: str
    way: str
    at: str
    left_at: str = ""
    stands_in_for: str = ""
    before: tuple[tuple[str, str], ...] = ()
