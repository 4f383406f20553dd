"""The one place that reads the environment. Every setting is explained in docs/operate.md."""

import base64
import dataclasses
import difflib
import ipaddress
import re
import typing
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from hub.errors import HubError
from hub.files.place import Bucket, read_place
from hub.mail.models import Mailbox, MailServer

PREFIX = "PARLEY_"
MASTER_KEY_BYTES = 32
# Places to listen at that nobody can connect to, and the name that stands for this machine.
ANYWHERE, HERE = ("", "0.0.0.0", "::"), "localhost"

Level = Literal["debug", "info", "warning", "error"]
Format = Literal["auto", "text", "json"]
Networks = tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...]


class BadSetting(HubError):
    """A setting has a value that it cannot have; Parley does not start."""

    code, status = "bad_setting", 500


class Secret:
    """A value that never shows itself by accident."""

    def __init__(self, value: str = "") -> None:
        self._value = value

    def reveal(self) -> str:
        """The value, for the one place that needs it."""
        return self._value

    def __bool__(self) -> bool:
        return bool(self._value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other._value == self._value

    def __hash__(self) -> int:
        return hash(self._value)

    def __repr__(self) -> str:
        return "Secret(***)" if self._value else "Secret()"


def setting(default: object, example: str, check: Callable[[Any], str | None] | None = None) -> Any:
    """One setting: what it is when nobody says, an example for the error, what is wrong with a value."""
    return dataclasses.field(default=default, metadata={"example": example, "check": check})


def between(least: float, most: float) -> Callable[[float], str | None]:
    """Refuse numbers outside the range."""
    return lambda number: None if least <= number <= most else f"not between {least:g} and {most:g}"


def url_of(*schemes: str) -> Callable[[str | Secret], str | None]:
    """Refuse what is not a URL of one of these schemes; an empty value means the setting is not set."""

    def check(value: str | Secret) -> str | None:
        text = value.reveal() if isinstance(value, Secret) else value
        starts = " or ".join(f"{scheme}://" for scheme in schemes)
        return None if not text or _is_url(text, schemes) else f"not a URL that starts with {starts}"

    return check


def _is_url(text: str, schemes: tuple[str, ...]) -> bool:
    try:
        parts = urlsplit(text)
        # Of MongoDB's hosts there may be several, which only its driver can read.
        has_good_port = parts.scheme.startswith("mongodb") or parts.port is None or parts.port > 0
    except ValueError:
        return False
    return parts.scheme in schemes and has_good_port and bool(parts.netloc or parts.scheme == "unix")


def database_name(value: str) -> str | None:
    """Refuse what MongoDB refuses; the database of the keys has a longer name than the one that is given."""
    is_good = re.fullmatch(r"[\w-]{1,50}", value, re.ASCII) and value not in ("admin", "config", "local")
    return None if is_good else "not a name that MongoDB takes (letters, digits, - and _, at most 50)"


def name_server(value: str) -> str | None:
    """Refuse what is not the address of a name server, with or without a port."""
    try:
        parts = urlsplit(f"//{value}")
        ipaddress.ip_address(parts.hostname or "")
        is_good = parts.netloc == value and parts.username is None and parts.port != 0
    except ValueError:
        is_good = not value
    return None if is_good else "not an IP address with or without a port, such as 192.0.2.53 or [2001:db8::53]:5353"


def listening_place(value: str) -> str | None:
    """Refuse what is neither an address and a port, nor the word off."""
    host, _, port = value.rpartition(":")
    try:
        ipaddress.ip_address(host.strip("[]"))
        is_good = 0 < int(port) < 65536
    except ValueError:
        is_good = value in ("", "off")
    return None if is_good else "neither off nor an IP address with a port, such as 127.0.0.1:8025"


def mail_domain_name(value: str) -> str | None:
    """Refuse what no mail can go to."""
    is_good = not value or re.fullmatch(r"(?:[a-z0-9-]{1,63}\.)+[a-z]{2,63}", value)
    return None if is_good else "not a domain in small letters"


def key_material(value: Secret) -> str | None:
    """Refuse keys that are not 32 bytes in base64."""
    return None if all(map(_is_key, value.reveal().strip(",").split(","))) else "not 32 bytes in base64"


def _is_key(text: str) -> bool:
    try:
        return len(base64.b64decode(text, validate=True)) == MASTER_KEY_BYTES
    except ValueError:
        return False


def readable_by(read: Callable[[str], object]) -> Callable[[str | Secret], str | None]:
    """Refuse what this cannot read; it says why in a ValueError."""

    def check(value: str | Secret) -> str | None:
        try:
            read(value.reveal() if isinstance(value, Secret) else value)
        except ValueError as error:
            return str(error)
        return None

    return check


@dataclass(frozen=True, kw_only=True)
class Settings:
    """How this installation wants it. The name of a field in capitals after PARLEY_ is its variable."""

    host: str = setting("127.0.0.1", "0.0.0.0")
    port: int = setting(8000, "8000", between(1, 65535))
    public_url: str = setting("", "https://parley.example.com", url_of("http", "https"))
    data: Path = setting(Path("data"), "/var/lib/parley")
    mongodb_url: Secret = setting(Secret(), "mongodb://mongo:27017/?replicaSet=rs0", url_of("mongodb", "mongodb+srv"))
    mongodb_database: str = setting("parley", "parley", database_name)
    mongodb_timeout_s: float = setting(5.0, "5", between(0.1, 60))
    redis_url: Secret = setting(Secret(), "redis://redis:6379/0", url_of("redis", "rediss", "unix"))
    files: str = setting("", "s3://bucket/parley?endpoint=https://s3.example.com&region=eu-1", readable_by(read_place))
    files_key: Secret = setting(Secret(), "the id of the bucket's access key")
    files_secret: Secret = setting(Secret(), "the secret of that key")
    master_key: Secret = setting(Secret(), "the output of: openssl rand -base64 32", key_material)
    master_key_previous: Secret = setting(Secret(), "the keys before it, parted by commas", key_material)
    operator_token: Secret = setting(Secret(), "the output of: openssl rand -hex 32")
    open_sign_up: bool = setting(False, "yes")
    password_memory_mb: int = setting(64, "64", between(1, 1024))
    mail_url: Secret = setting(Secret(), "smtp://user:password@mail.example.com:587", readable_by(MailServer.read))
    mail_from: str = setting("", "Parley <parley@example.com>", readable_by(Mailbox.read))
    mail_listen: str = setting("", "0.0.0.0:25, or off", listening_place)
    mail_domain: str = setting("", "in.parley.example.com", mail_domain_name)
    trusted_proxies: Networks = setting((), "10.0.0.0/8,fd00::/8")
    egress_allow: Networks = setting((), "127.0.0.0/8")
    push_allow: Networks = setting((), "127.0.0.0/8")
    dns: str = setting("", "127.0.0.1:5353", name_server)
    log_level: Level = setting("info", "info")
    log_format: Format = setting("auto", "json")
    start_timeout_s: float = setting(30.0, "30", between(1, 600))
    drain_s: float = setting(0.0, "5", between(0, 120))
    stop_timeout_s: float = setting(20.0, "20", between(0.1, 600))
    work_slots: int = setting(16, "16", between(1, 1000))
    work_sweep_s: int = setting(5, "5", between(1, 30))
    work_port: int = setting(0, "8001", between(0, 65535))
    otel_url: str = setting("", "http://collector:4318", url_of("http", "https"))

    @property
    def base_url(self) -> str:
        """Where the world reaches this installation, without a slash at the end."""
        return (self.public_url or f"http://{reached_at(self.host)}:{self.port}").rstrip("/")

    @property
    def takes_mail(self) -> bool:
        """Whether mail servers can hand mail in: where the settings say so, or where all of it is on one machine."""
        return self.mail_listen != "off" and bool(self.mail_listen or not self.mongodb_url)


def reached_at(host: str) -> str:
    """What stands in a URL of somebody on this machine for what listens at this address."""
    address = "127.0.0.1" if host in (*ANYWHERE, HERE) else host
    return f"[{address}]" if ":" in address else address


def load(environ: Mapping[str, str]) -> Settings:
    """Read the settings, or raise BadSetting with the name, the problem and an example."""
    given = {name: value.strip() for name, value in environ.items() if name.startswith(PREFIX) and value.strip()}
    fields = {PREFIX + field.name.upper(): field for field in dataclasses.fields(Settings)}
    # Platforms that start containers say the port in this name.
    if f"{PREFIX}PORT" not in given and (port := environ.get("PORT", "").strip()):
        given["PORT"], fields["PORT"] = port, fields[f"{PREFIX}PORT"]
    for name in given.keys() - fields.keys():
        raise BadSetting(f"{name} is not a setting of Parley.{_nearest(name, fields)} docs/operate.md lists them all.")
    hints = typing.get_type_hints(Settings)
    values: dict[str, Any] = {
        fields[name].name: _parse(name, fields[name], hints, text) for name, text in given.items()
    }
    settings = Settings(**values)
    if settings.mail_url and not settings.mail_from:
        raise BadSetting(
            "PARLEY_MAIL_FROM is not set, and PARLEY_MAIL_URL is: mail needs a sender. "
            "Example: PARLEY_MAIL_FROM=Parley <parley@example.com>"
        )
    if isinstance(read_place(settings.files), Bucket) and not (settings.files_key and settings.files_secret):
        raise BadSetting(
            "PARLEY_FILES names a bucket, which needs an access key: PARLEY_FILES_KEY and PARLEY_FILES_SECRET."
        )
    return settings


def _nearest(name: str, known: Iterable[str]) -> str:
    close = difflib.get_close_matches(name.removeprefix(PREFIX), [other.removeprefix(PREFIX) for other in known], n=1)
    return f" Did you mean {PREFIX}{close[0]}?" if close else ""


def _parse(name: str, field: dataclasses.Field[Any], hints: Mapping[str, Any], text: str) -> object:
    value, problem = _convert(hints[field.name], text)
    check = field.metadata["check"]
    if problem is None and check is not None:
        problem = check(value)
    if problem is None:
        return value
    shown = "its value" if isinstance(value, Secret) else repr(text)
    raise BadSetting(f"{name}: {shown} is {problem}. Example: {name}={field.metadata['example']}")


def _convert(kind: Any, text: str) -> tuple[object, str | None]:
    if choices := typing.get_args(kind) if typing.get_origin(kind) is Literal else ():
        return text.lower(), None if text.lower() in choices else f"not one of {', '.join(choices)}"
    for_kind, problem = CONVERTERS[kind]
    try:
        return for_kind(text), None
    except (ValueError, KeyError):
        return text, problem


def _networks(text: str) -> Networks:
    return tuple(ipaddress.ip_network(part.strip()) for part in text.split(",") if part.strip())


def _yes_or_no(text: str) -> bool:
    return {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}[text.lower()]


CONVERTERS: Mapping[Any, tuple[Callable[[str], object], str]] = {
    str: (str, "not text"),
    int: (int, "not a whole number"),
    float: (float, "not a number"),
    bool: (_yes_or_no, "neither yes nor no"),
    Path: (Path, "not a path"),
    Secret: (Secret, "not text"),
    Networks: (_networks, "not a list of networks like 10.0.0.0/8, parted by commas"),
}


def names() -> list[str]:
    """Every variable there is, for the documentation's test and for `doctor`."""
    return [PREFIX + field.name.upper() for field in dataclasses.fields(Settings)]
