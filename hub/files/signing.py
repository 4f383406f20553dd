"""Requests to S3-compatible stores, signed as AWS describes it ("Signature Version 4": Authenticating Requests, Using
the Authorization Header). Pure."""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit

ALGORITHM = "AWS4-HMAC-SHA256"
USUAL_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True)
class Signer:
    """Whoever may write there. The secret never leaves this machine: what is sent is made of it."""

    key: str
    secret: str
    region: str

    def sign(self, method: str, url: str, digest: str, now: datetime, **more: str) -> dict[str, str]:
        """The headers of a request whose content has this SHA-256; its URL is encoded already, and `more` are headers
        that it has beside."""
        moment = now.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
        headers = {**more, "host": host_of(url), "x-amz-content-sha256": digest, "x-amz-date": moment}
        scope = f"{moment[:8]}/{self.region}/s3/aws4_request"
        asked = hashlib.sha256(canonical(method, url, headers, digest).encode()).hexdigest()
        signature = self._mac(scope, f"{ALGORITHM}\n{moment}\n{scope}\n{asked}")
        said = f"Credential={self.key}/{scope},SignedHeaders={names_of(headers)},Signature={signature}"
        # The host's header is set by whoever sends.
        del headers["host"]
        return {**headers, "authorization": f"{ALGORITHM} {said}"}

    def _mac(self, scope: str, text: str) -> str:
        key = f"AWS4{self.secret}".encode()
        for part in scope.split("/"):
            key = hmac.digest(key, part.encode(), hashlib.sha256)
        return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


def canonical(method: str, url: str, headers: Mapping[str, str], digest: str) -> str:
    """The request as both sides write it down."""
    parts = urlsplit(url)
    query = "&".join(sorted(part if "=" in part else f"{part}=" for part in parts.query.split("&") if part))
    lines = [f"{name}:{headers[name].strip()}" for name in sorted(headers)]
    return "\n".join([method, parts.path or "/", query, *lines, "", names_of(headers), digest])


def names_of(headers: Mapping[str, str]) -> str:
    """Which headers are signed."""
    return ";".join(sorted(headers))


def host_of(url: str) -> str:
    """As it stands in the request: with the port where that is not the usual one."""
    parts = urlsplit(url)
    is_usual = parts.port is None or parts.port == USUAL_PORTS[parts.scheme]
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else str(parts.hostname)
    return host if is_usual else f"{host}:{parts.port}"
