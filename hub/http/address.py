"""The address of a client, believed only from proxies that the settings name."""

import ipaddress

from starlette.requests import HTTPConnection

from hub.settings import Networks


def client_address(connection: HTTPConnection, trusted: Networks) -> str:
    """The nearest address that is not one of our proxies. What a client writes into the header itself stands further
    away than that, and counts for nothing."""
    address = connection.client.host if connection.client else ""
    forwarded = ",".join(connection.headers.getlist("x-forwarded-for")).split(",")
    while forwarded and is_trusted(address, trusted):
        address = forwarded.pop().strip() or address
    return address


def neighbourhood(address: str) -> str:
    """What a limit counts by: whoever has one address of IPv6 has the 2⁶⁴ beside it too."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    return address if parsed.version == 4 else str(ipaddress.ip_network((parsed, 64), strict=False))


def is_trusted(address: str, trusted: Networks) -> bool:
    """Whether it is one of our proxies."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return False
    # A socket that listens on IPv6 sees its IPv4 clients as ::ffff:10.0.0.1.
    parsed = getattr(parsed, "ipv4_mapped", None) or parsed
    return any(parsed in network for network in trusted)
