"""Whose address it is: what proxies of ours say is believed, what clients say is not."""

import ipaddress
from collections.abc import Sequence

import pytest
from starlette.requests import HTTPConnection

from hub.http.address import client_address, neighbourhood
from hub.settings import Networks

NONE: Networks = ()
OURS: Networks = (ipaddress.ip_network("10.0.0.0/8"), ipaddress.ip_network("fd00::/8"))


def connection(peer: str | None, *forwarded: str) -> HTTPConnection:
    """A connection from this peer with these X-Forwarded-For headers."""
    headers = [(b"x-forwarded-for", value.encode("latin-1")) for value in forwarded]
    return HTTPConnection({"type": "http", "client": (peer, 1) if peer else None, "headers": headers})


# Peer, headers, the address that counts.
CASES = {
    "no proxy": ("192.0.2.1", [], "192.0.2.1"),
    "one proxy": ("10.0.0.1", ["192.0.2.1"], "192.0.2.1"),
    "two proxies": ("10.0.0.1", ["192.0.2.1, 10.0.0.2"], "192.0.2.1"),
    "two proxies, a header each": ("10.0.0.1", ["192.0.2.1", "10.0.0.2"], "192.0.2.1"),
    "a proxy without a header": ("10.0.0.1", [], "10.0.0.1"),
    "a proxy with an empty header": ("10.0.0.1", [""], "10.0.0.1"),
    "empty places": ("10.0.0.1", ["192.0.2.1, , "], "192.0.2.1"),
    "nothing but proxies": ("10.0.0.1", ["10.0.0.3, 10.0.0.2"], "10.0.0.3"),
    "spoofed by a client of nobody": ("192.0.2.1", ["198.51.100.9"], "192.0.2.1"),
    "spoofed by the client of a proxy": ("10.0.0.1", ["198.51.100.9, 192.0.2.1"], "192.0.2.1"),
    "spoofed as a proxy": ("10.0.0.1", ["198.51.100.9, 10.0.0.7, 192.0.2.1, 10.0.0.2"], "192.0.2.1"),
    "spoofed in a header of its own": ("10.0.0.1", ["198.51.100.9", "192.0.2.1"], "192.0.2.1"),
    "IPv6": ("fd00::1", ["2001:db8::7"], "2001:db8::7"),
    "IPv6 behind IPv4": ("10.0.0.1", ["2001:db8::7, fd00::2"], "2001:db8::7"),
    "IPv6 of nobody": ("2001:db8::1", ["198.51.100.9"], "2001:db8::1"),
    "IPv4 on an IPv6 socket": ("::ffff:10.0.0.1", ["192.0.2.1"], "192.0.2.1"),
    "IPv4 of nobody on an IPv6 socket": ("::ffff:192.0.2.1", ["198.51.100.9"], "::ffff:192.0.2.1"),
    "no address at all": (None, ["192.0.2.1"], ""),
    "words of the client": ("192.0.2.1", ["10.0.0.1, unknown"], "192.0.2.1"),
}


@pytest.mark.parametrize(("peer", "forwarded", "address"), CASES.values(), ids=CASES)
def test_the_nearest_address_that_is_not_one_of_our_proxies_counts(
    peer: str | None, forwarded: Sequence[str], address: str
) -> None:
    assert client_address(connection(peer, *forwarded), OURS) == address


SAME = ("192.0.2.1", "::ffff:192.0.2.1", "192.0.2.1:5678", "[::ffff:192.0.2.1]:443")


@pytest.mark.parametrize("address", SAME)
def test_one_client_is_counted_as_one_however_its_address_is_written(address: str) -> None:
    assert neighbourhood(address) == "192.0.2.1"


def test_two_clients_of_ipv4_on_an_ipv6_socket_are_two() -> None:
    assert neighbourhood("::ffff:192.0.2.1") != neighbourhood("::ffff:192.0.2.2")


def test_whoever_has_one_address_of_ipv6_has_those_beside_it_too() -> None:
    assert neighbourhood("2001:db8::7") == neighbourhood("[2001:db8::8]:443") != neighbourhood("2001:db8:0:1::7")


@pytest.mark.parametrize("peer", ["10.0.0.1", "127.0.0.1", "::1", "192.0.2.1"])
def test_without_trusted_proxies_no_header_is_believed(peer: str) -> None:
    assert client_address(connection(peer, "198.51.100.9"), NONE) == peer
