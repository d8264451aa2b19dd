"""Names of things: random, compared only for equality."""

import secrets

OFFICE = "office"
HUB = "hub"
EVERYONE = "everyone"
ME = "me"
SECRETARY = "secretary"
CHAIR = "chair"


def new_id(prefix: str) -> str:
    """A fresh random id such as "mark-5f0c…"; 128 bits, so no two computers collide."""
    return f"{prefix}-{secrets.token_hex(16)}"


def is_person(principal: str) -> bool:
    """Whether a principal is a person (not a room, not the hub)."""
    return principal.startswith("person-")


def is_room(principal: str) -> bool:
    """Whether a principal is a room's display."""
    return principal.startswith("room-")
