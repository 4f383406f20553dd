"""The address of a client, believed only from proxies that the settings name."""

import ipaddress
import re

from starlette.requests import HTTPConnection

from hub.settings import Networks

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
WITH_PORT = re.compile(r"([0-9.]+):[0-9]+|\[([0-9a-fA-F:.]+)\](?::[0-9]+)?")


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
    parsed = read_address(address)
    if parsed is None:
        return address
    return str(parsed) if parsed.version == 4 else str(ipaddress.ip_network((parsed, 64), strict=False))


def is_trusted(address: str, trusted: Networks) -> bool:
    """Whether it is one of our proxies."""
    parsed = read_address(address)
    return parsed is not None and any(parsed in network for network in trusted)


def read_address(text: str) -> Address | None:
    """The address in it, however it is written; None for what is none."""
    # Some proxies add the port that the client came from.
    if with_port := WITH_PORT.fullmatch(text):
        text = with_port[1] or with_port[2]
    try:
        parsed = ipaddress.ip_address(text)
    except ValueError:
        return None
    # A socket that listens on IPv6 sees its IPv4 clients as ::ffff:10.0.0.1.
    return getattr(parsed, "ipv4_mapped", None) or parsed
