"""What every payload of a record is built from."""

import msgspec


class Fact(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The payload of a record."""
