"""Which hosts, ports and addresses the hub may contact."""

import asyncio
import re
import socket
from collections.abc import Awaitable, Callable, Collection, Iterable, Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from hub.egress.errors import EgressFailed, EgressRefused

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network
Resolver = Callable[[str, int], Awaitable[Sequence[str]]]

# Our own list, because `is_global` differs between Python's patch releases and calls relays and Azure's address public.
_NOT_PUBLIC_4 = tuple(
    IPv4Network(network)
    for network in (
        "0.0.0.0/8",  # this network
        "10.0.0.0/8",  # private
        "100.64.0.0/10",  # carrier-grade NAT; Alibaba's metadata
        "127.0.0.0/8",  # loopback
        "168.63.129.16/32",  # Azure's platform service: a public number that answers only inside Azure
        "169.254.0.0/16",  # link-local; metadata of nearly every cloud
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # IETF protocol assignments; Oracle's metadata
        "192.0.2.0/24",  # documentation
        "192.31.196.0/24",  # AS112
        "192.52.193.0/24",  # AMT relays
        "192.88.99.0/24",  # 6to4 relays
        "192.168.0.0/16",  # private
        "192.175.48.0/24",  # AS112
        "198.18.0.0/15",  # benchmarking
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, broadcast
    )
)

# Everything outside this is loopback, private, link-local, multicast, or an IPv4 address in disguise (mapped,
# compatible, NAT64); inside it the two tunnels below can also carry a private IPv4 address.
_PUBLIC_6 = IPv6Network("2000::/3")
_NOT_PUBLIC_6 = tuple(
    IPv6Network(network)
    for network in (
        "2001::/23",  # IETF protocol assignments: Teredo, benchmarking, ORCHID
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4
        "3fff::/20",  # documentation
    )
)

# A webhook may live on any high port (n8n 5678, Node-RED 1880, 8443). Low ports other than the web's are mail, SSH and
# the like. The listed ones take commands from plain text, so that an HTTP request could speak to them. Only public
# addresses are reachable at all: this list keeps the hub from being a weapon against others, not us from harm.
_WEB_PORTS = (80, 443)
_FIRST_HIGH_PORT = 1024
_DATABASES = (1433, 1521, 3306, 5432, 9042, 9200, 9300, 27017, 27018, 27019)
_CACHES_AND_BROKERS = (2379, 2380, 5672, 6379, 6380, 9092, 11211, 26379)
_REMOTE_CONTROL = (2375, 2376, 3389, 5900, 6443, 10250)
_REFUSED_PORTS = frozenset((*_DATABASES, *_CACHES_AND_BROKERS, *_REMOTE_CONTROL))

# The last label must start with a letter, as every top-level domain does: what is left out are all the numeric forms
# that a resolver reads as an address (2130706433, 0x7f.1, 127.1, 0177.0.0.1) and hosts that end in a dot.
_LABEL = r"(?!-)[a-z0-9_-]{1,63}(?<!-)"
_HOSTNAME = re.compile(rf"(?:{_LABEL}\.)*(?=[a-z]){_LABEL}", re.ASCII)
_LONGEST_HOSTNAME = 253


def is_public(address: Address) -> bool:
    """Whether an address belongs to the public internet and to nothing else."""
    if isinstance(address, IPv4Address):
        return address.is_global and not any(address in network for network in _NOT_PUBLIC_4)
    return address in _PUBLIC_6 and not any(address in network for network in _NOT_PUBLIC_6)


async def resolve(host: str, port: int) -> Sequence[str]:
    """Ask the operating system for the addresses of a name."""
    answers = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(sockaddr[0]) for *_, sockaddr in answers]


class Addresses:
    """Turns a host and a port into addresses that may be contacted, or refuses."""

    def __init__(self, allow: Iterable[str | Network] = (), resolver: Resolver = resolve) -> None:
        self._allow = tuple(ip_network(str(network)) for network in allow)
        self._resolver = resolver

    async def of(self, host: str, port: int) -> list[Address]:
        """The addresses of a host; the whole host is refused if a single one of them is not public."""
        literal = _parse(host)
        addresses = [literal] if literal else await self._resolve(check_hostname(host), port)
        if not all(self._may_contact(address) for address in addresses):
            raise EgressRefused(f"{host} is not on the public internet.")
        return addresses

    def _may_contact(self, address: Address) -> bool:
        return is_public(address) or any(address in network for network in self._allow)

    async def _resolve(self, host: str, port: int) -> list[Address]:
        try:
            answers = await self._resolver(host, port)
        except (OSError, UnicodeError) as error:
            raise EgressFailed(f"The name {host} cannot be found.", reason="dns", sent=False) from error
        addresses = [_parse(answer) for answer in dict.fromkeys(answers)]
        if not addresses:
            raise EgressFailed(f"The name {host} has no address.", reason="dns", sent=False)
        known = [address for address in addresses if address]
        if len(known) < len(addresses):
            raise EgressRefused(f"{host} is not on the public internet.")
        return known


def check_port(port: int, low_ports: Collection[int] = _WEB_PORTS, what: str = "web requests") -> None:
    """Refuse ports where nobody expects a server of this kind."""
    is_high = _FIRST_HIGH_PORT <= port <= 65535 and port not in _REFUSED_PORTS
    if port not in low_ports and not is_high:
        raise EgressRefused(f"Port {port} is not a port for {what}.")


def check_hostname(host: str) -> str:
    """Refuse what is not plainly a name: numbers in disguise, percent signs, trailing dots, nothing at all."""
    if len(host) > _LONGEST_HOSTNAME or not _HOSTNAME.fullmatch(host):
        raise EgressRefused("The address has no valid host name.")
    return host


def _parse(text: str) -> Address | None:
    try:
        address = ip_address(text)
    except ValueError:
        return None
    return None if "%" in text else address
