"""Where files are kept, as the setting says it: a folder, or a bucket of an S3-compatible store. Pure."""

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]", re.ASCII)
PREFIX = re.compile(r"(?:[\w-][\w.-]*/)*", re.ASCII)
REGION = re.compile(r"[a-z0-9-]{1,40}", re.ASCII)
USUAL_REGION = "us-east-1"


@dataclass(frozen=True, kw_only=True)
class Bucket:
    """A bucket, and what the names of our objects in it begin with: nothing, or a path that ends with a slash."""

    endpoint: str
    name: str
    prefix: str
    region: str

    @property
    def url(self) -> str:
        """What the name of an object is put behind. The bucket stands in the path: its name need not be a host's."""
        return f"{self.endpoint}/{self.name}/{self.prefix}"


Place = Path | Bucket


def read_place(text: str) -> Place | None:
    """From file:///folder or s3://bucket/prefix?endpoint=https://…&region=…; nothing means that nothing was said. A
    ValueError says what is wrong."""
    try:
        parts = urlsplit(text)
        said = dict(parse_qsl(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query)))
    except ValueError:
        raise unreadable() from None
    if not text:
        return None
    if parts.scheme == "file" and not parts.netloc and parts.path.startswith("/") and not said:
        return Path(parts.path)
    if parts.scheme != "s3" or parts.fragment or said.keys() - {"endpoint", "region"}:
        raise unreadable()
    return read_bucket(parts.netloc, parts.path, said)


def read_bucket(name: str, path: str, said: dict[str, str]) -> Bucket:
    """From the parts of its URL."""
    region = said.get("region", USUAL_REGION)
    endpoint = said.get("endpoint", f"https://s3.{region}.amazonaws.com").rstrip("/")
    prefix = f"{path.strip('/')}/" if path.strip("/") else ""
    fits = BUCKET.fullmatch(name) and PREFIX.fullmatch(prefix) and REGION.fullmatch(region) and is_endpoint(endpoint)
    if not fits:
        raise unreadable()
    return Bucket(endpoint=endpoint, name=name, prefix=prefix, region=region)


def is_endpoint(url: str) -> bool:
    """Whether it is a scheme and a host, with or without a port, and nothing more."""
    try:
        parts = urlsplit(url)
        has_good_port = parts.port is None or parts.port > 0
    except ValueError:
        return False
    has_more = parts.path or parts.query or parts.fragment or "@" in parts.netloc
    return parts.scheme in ("http", "https") and bool(parts.hostname) and has_good_port and not has_more


def unreadable() -> ValueError:
    return ValueError(
        "neither file:///folder nor s3://bucket/prefix?endpoint=https://host&region=name (a prefix is of letters, "
        "digits, -, _ and . between slashes)"
    )
