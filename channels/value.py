"""What everything has in common that passes between an adapter and the hub."""

import msgspec


class Value(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Something plain that passes between an adapter and the hub."""
