"""Names of things: random, compared only for equality."""

import re
import secrets

OFFICE = "office"
HUB = "hub"
EVERYONE = "everyone"
ME = "me"
SECRETARY = "secretary"
CHAIR = "chair"
_PRINCIPAL = re.compile(r"(person|room)-[A-Za-z0-9_-]{1,64}", re.ASCII)


def new_id(prefix: str) -> str:
    """A fresh random id such as "mark-5f0c…"; 128 bits, so no two computers collide."""
    return f"{prefix}-{secrets.token_hex(16)}"


def is_person(principal: str) -> bool:
    """Whether a principal is a person (not a room, not the hub)."""
    return principal.startswith("person-") and is_principal(principal)


def is_room(principal: str) -> bool:
    """Whether a principal is a room's display."""
    return principal.startswith("room-") and is_principal(principal)


def is_principal(name: str) -> bool:
    """Whether a name can be a person's or a room's: never a word such as "everyone" or "hub"."""
    return _PRINCIPAL.fullmatch(name) is not None
