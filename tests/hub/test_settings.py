"""Settings: what each kind of value may be, and what is said about one that it may not be."""

import base64
import dataclasses
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import pytest

from hub.settings import BadSetting, Secret, Settings, load

KEY = base64.b64encode(bytes(range(32))).decode()
HIDDEN = "hunter2"
SECRETS = (
    *("mongodb_url", "redis_url", "master_key", "master_key_previous"),
    *("operator_token", "mail_url", "files_key", "files_secret"),
)


def refusal_of(name: str, value: str) -> str:
    with pytest.raises(BadSetting) as refused:
        load({name: value})
    return refused.value.message


# What is read


@pytest.mark.parametrize(
    ("host", "url"),
    [
        *((host, "http://127.0.0.1:8000") for host in ("127.0.0.1", "localhost", "0.0.0.0", "::")),  # noqa: S104
        ("192.168.1.5", "http://192.168.1.5:8000"),
        ("::1", "http://[::1]:8000"),
        ("inbox.lan", "http://inbox.lan:8000"),
    ],
)
def test_without_a_public_url_it_is_reached_where_it_listens(host: str, url: str) -> None:
    assert Settings(host=host).base_url == url


def test_nothing_set_gives_the_defaults() -> None:
    assert load({}) == Settings()


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("host", "0.0.0.0", "0.0.0.0"),  # noqa: S104 - a value, nothing listens
        ("port", "8080", 8080),
        ("public_url", "https://parley.example.com", "https://parley.example.com"),
        ("data", "/var/lib/parley", Path("/var/lib/parley")),
        ("mongodb_url", "mongodb://a:1,b:2/?replicaSet=rs0", Secret("mongodb://a:1,b:2/?replicaSet=rs0")),
        ("mongodb_url", "mongodb+srv://cluster.example.com", Secret("mongodb+srv://cluster.example.com")),
        ("mongodb_timeout_s", "0.5", 0.5),
        ("redis_url", "rediss://:secret@redis:6379/0", Secret("rediss://:secret@redis:6379/0")),
        ("redis_url", "unix:///run/redis.sock", Secret("unix:///run/redis.sock")),
        ("master_key", KEY, Secret(KEY)),
        ("master_key_previous", f"{KEY},{KEY}", Secret(f"{KEY},{KEY}")),
        ("trusted_proxies", "10.0.0.0/8, fd00::/8", (ip_network("10.0.0.0/8"), ip_network("fd00::/8"))),
        ("egress_allow", "127.0.0.1", (ip_network("127.0.0.1/32"),)),
        ("log_level", "WARNING", "warning"),
        ("log_format", "json", "json"),
        ("work_sweep_s", "30", 30),
    ],
)
def test_value_is_read_as_its_kind(name: str, text: str, value: object) -> None:
    settings = load({f"PARLEY_{name.upper()}": text})

    assert getattr(settings, name) == value


def test_space_around_a_value_is_not_part_of_it() -> None:
    assert load({"PARLEY_PORT": " 8080\n"}).port == 8080


def test_port_of_the_platform_is_honoured() -> None:
    assert load({"PORT": "5000"}).port == 5000


def test_our_own_port_wins_over_the_platforms() -> None:
    assert load({"PORT": "5000", "PARLEY_PORT": "6000"}).port == 6000


@pytest.mark.parametrize("name", ["PORT", *(f"PARLEY_{field.name.upper()}" for field in dataclasses.fields(Settings))])
@pytest.mark.parametrize("empty", ["", "  "])
def test_empty_is_not_set(name: str, empty: str) -> None:
    assert load({name: empty}) == Settings()


def test_variables_of_others_are_none_of_our_business() -> None:
    assert load({"PATH": "/bin", "XPARLEY_PORT": "x", "parley_port": "x"}) == Settings()


def test_base_url_is_the_public_url_without_a_slash_at_its_end() -> None:
    assert load({"PARLEY_PUBLIC_URL": "https://parley.example.com/"}).base_url == "https://parley.example.com"


def test_base_url_without_a_public_url_is_this_machine() -> None:
    assert load({"PORT": "5000"}).base_url == "http://127.0.0.1:5000"


# What is refused


@pytest.mark.parametrize(
    ("name", "value", "problem"),
    [
        ("PORT", "http", "'http' is not a whole number"),
        ("PARLEY_PORT", "80.5", "'80.5' is not a whole number"),
        ("PARLEY_PORT", "0", "'0' is not between 1 and 65535"),
        ("PARLEY_PORT", "65536", "'65536' is not between 1 and 65535"),
        ("PARLEY_MONGODB_TIMEOUT_S", "soon", "'soon' is not a number"),
        ("PARLEY_MONGODB_TIMEOUT_S", "nan", "'nan' is not between 0.1 and 60"),
        ("PARLEY_DRAIN_S", "inf", "'inf' is not between 0 and 120"),
        ("PARLEY_PUBLIC_URL", "parley.example.com", "not a URL that starts with http:// or https://"),
        ("PARLEY_PUBLIC_URL", "https://", "not a URL that starts with http:// or https://"),
        ("PARLEY_PUBLIC_URL", "https://[parley", "not a URL that starts with http:// or https://"),
        ("PARLEY_PUBLIC_URL", "https://parley.example.com:https", "not a URL that starts with http:// or https://"),
        ("PARLEY_MONGODB_URL", "localhost:27017", "not a URL that starts with mongodb:// or mongodb+srv://"),
        ("PARLEY_MONGODB_DATABASE", "my parley", "'my parley' is not a name that MongoDB takes"),
        ("PARLEY_MONGODB_DATABASE", "x" * 60, "not a name that MongoDB takes"),
        ("PARLEY_REDIS_URL", "http://redis", "not a URL that starts with redis:// or rediss:// or unix://"),
        ("PARLEY_REDIS_URL", "redis://:p#ss@redis", "not a URL that starts with redis://"),
        ("PARLEY_MASTER_KEY", "c2hvcnQ=", "not 32 bytes in base64"),
        ("PARLEY_MASTER_KEY", "no base64!", "not 32 bytes in base64"),
        ("PARLEY_MASTER_KEY", ",", "not 32 bytes in base64"),
        ("PARLEY_MASTER_KEY_PREVIOUS", f"{KEY},c2hvcnQ=", "not 32 bytes in base64"),
        ("PARLEY_TRUSTED_PROXIES", "10.0.0.1/8", "not a list of networks like 10.0.0.0/8"),
        ("PARLEY_LOG_LEVEL", "loud", "'loud' is not one of debug, info, warning, error"),
        ("PARLEY_LOG_FORMAT", "xml", "'xml' is not one of auto, text, json"),
    ],
)
def test_bad_value_is_told_with_its_name_the_problem_and_an_example(name: str, value: str, problem: str) -> None:
    message = refusal_of(name, value)

    assert message.startswith(f"{name}: ")
    assert problem in message
    assert f" Example: {name}=" in message


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PARLEY_MONGODB_URL", f"https://parley:{HIDDEN}@mongo"),
        ("PARLEY_MONGODB_URL", f"mongodb://[parley:{HIDDEN}@mongo"),
        ("PARLEY_REDIS_URL", f"redis://:{HIDDEN}#@redis"),
        ("PARLEY_MASTER_KEY", HIDDEN),
        ("PARLEY_OPERATOR_TOKE", HIDDEN),
    ],
)
def test_refusal_never_shows_a_secret(name: str, value: str) -> None:
    assert HIDDEN not in refusal_of(name, value)


def test_unknown_name_is_refused_with_the_nearest_one() -> None:
    message = refusal_of("PARLEY_MONGO_URL", "mongodb://mongo")

    assert message.startswith("PARLEY_MONGO_URL is not a setting of Parley. Did you mean PARLEY_MONGODB_URL?")


def test_unknown_name_that_is_near_to_none_is_refused_plainly() -> None:
    assert refusal_of("PARLEY_XYZZY", "1").startswith("PARLEY_XYZZY is not a setting of Parley. docs/operate.md")


# What is kept


@pytest.mark.parametrize("name", SECRETS)
def test_secrets_do_not_show_in_any_rendering_of_the_settings(name: str) -> None:
    secret: Any = {name: Secret(HIDDEN)}
    settings = Settings(**secret)

    shown = f"{settings} {settings!r} {getattr(settings, name)} {dataclasses.asdict(settings)} {vars(settings)}"

    assert HIDDEN not in shown
    assert "Secret(***)" in shown


def test_secret_is_revealed_on_demand() -> None:
    assert load({"PARLEY_OPERATOR_TOKEN": HIDDEN}).operator_token.reveal() == HIDDEN


def test_every_setting_that_holds_a_password_is_a_secret() -> None:
    assert {field.name for field in dataclasses.fields(Settings) if field.default == Secret()} == set(SECRETS)


def test_settings_do_not_change_once_read() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        Settings().port = 1  # type: ignore[misc] # that it is refused is the point
