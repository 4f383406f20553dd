"""From which pages a line's visitors may come: origins, as browsers name them."""

import re

from channels.base import Access

ORIGINS = "origins"
BETWEEN = re.compile(r"[\s,]+")
# A host's name, `localhost` too, or an address; and a port.
ORIGIN = re.compile(r"(?P<scheme>https?)://(?P<host>[a-z0-9.-]+|\[[0-9a-f:]+\])(?P<port>:[0-9]{1,5})?")
# A page on the machine of whoever is building it. From anywhere else a page comes by https.
HOME = re.compile(r"(?:[a-z0-9-]+\.)*localhost|127\.0\.0\.1|\[::1\]")
USUAL_PORTS = {"https": ":443", "http": ":80"}


def origins_of(access: Access) -> frozenset[str]:
    """All of the line's. What can be no origin of a page is none."""
    return frozenset(list_origins(access.values.get(ORIGINS, "")))


def list_origins(written: str) -> list[str]:
    """What of it can be one."""
    return [origin for one in BETWEEN.split(written) if (origin := origin_of(one))]


def list_wrong(written: str) -> list[str]:
    """What of it can be no origin of a page."""
    return [one for one in BETWEEN.split(written) if one and not origin_of(one)]


def origin_of(written: str) -> str:
    """As a browser writes it: people leave out `https://`, and copy whole addresses. Empty for what is none."""
    text = written.strip().lower()
    scheme, rest = text.split("://", 1) if "://" in text else ("https", text)
    found = ORIGIN.fullmatch(f"{scheme}://{rest.partition('/')[0]}")
    if found is None or (found["scheme"] == "http" and not HOME.fullmatch(found["host"])):
        return ""
    port = found["port"] or ""
    return f"{found['scheme']}://{found['host']}{'' if port == USUAL_PORTS[found['scheme']] else port}"
