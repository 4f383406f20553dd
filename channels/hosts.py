"""Whose address it is that stands in a message: files are fetched from the line's own provider, and nowhere else."""

import re
from collections.abc import Sequence
from urllib.parse import SplitResult, urlsplit

# Nothing in it that two programs could read in two ways: no names, no passwords, no strange letters.
HOST_AND_PORT = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)*(:[0-9]{1,5})?")


def is_of(url: str, *, hosts: Sequence[str], home: str) -> bool:
    """Whether it is of one of these hosts, or of one below them, over https; or of the line's own `home`."""
    parts = parted(url)
    if parts is None:
        return False
    if (own := parted(home)) and (parts.scheme, parts.netloc) == (own.scheme, own.netloc):
        return True
    name = parts.netloc.removesuffix(":443")
    return parts.scheme == "https" and any(name == host or name.endswith(f".{host}") for host in hosts if host)


def parted(url: str) -> SplitResult | None:
    """Its parts, as far as it is an address of the web that has one meaning only."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    parts = parts._replace(netloc=parts.netloc.lower())
    is_plain = url.isascii() and url.isprintable() and " " not in url and "\\" not in url
    return parts if is_plain and HOST_AND_PORT.fullmatch(parts.netloc) else None
