"""Hosts, by how they are named."""

import ipaddress


def is_this_machine(host: str) -> bool:
    """Whether what is said to it crosses no network."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
