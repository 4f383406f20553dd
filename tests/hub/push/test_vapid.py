"""Push services know who we are by one key, which is the same in every process and stands nowhere in the clear."""

from dataclasses import replace

import pytest

from hub.push.vapid import contact_of, origin_of, public_key
from hub.settings import Settings
from tests.hubs import Hub, running_hub


async def test_every_process_has_the_same_key(open_hub: Hub, push_settings: Settings) -> None:
    async with running_hub(push_settings) as other:
        assert await public_key(open_hub.deps) == await public_key(other.deps)


async def test_another_installation_has_another_key(open_hub: Hub, push_settings: Settings) -> None:
    apart = replace(push_settings, mongodb_database=f"{push_settings.mongodb_database}o")
    async with running_hub(apart) as other:
        key = await public_key(other.deps)
        await other.deps.mongo.drop()

    assert key != await public_key(open_hub.deps)


@pytest.mark.parametrize(
    ("public_url", "mail_from", "contact"),
    [
        ("https://parley.example.com/", "", "https://parley.example.com"),
        ("https://parley.example.com", "Parley <parley@example.com>", "https://parley.example.com"),
        ("http://parley.local", "Parley <parley@example.com>", "mailto:parley@example.com"),
        ("", "", ""),
    ],
)
def test_push_services_are_told_how_to_reach_us(public_url: str, mail_from: str, contact: str) -> None:
    assert contact_of(Settings(public_url=public_url, mail_from=mail_from)) == contact


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        ("https://push.example.com/send/1?a=b", "https://push.example.com"),
        ("https://PUSH.example.com:443/1", "https://push.example.com"),
        ("https://push.example.com:8443/1", "https://push.example.com:8443"),
        ("http://[::1]:8901/1", "http://[::1]:8901"),
    ],
)
def test_a_token_is_for_one_service(url: str, origin: str) -> None:
    assert origin_of(url) == origin
