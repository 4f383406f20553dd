"""Whose an address is."""

import pytest

from channels.hosts import is_of

HOSTS, HOME = ("nexmo.com", "vonage.com"), "http://127.0.0.1:8920/"


@pytest.mark.parametrize(
    "url",
    [
        "https://api-us.nexmo.com/v3/media/1",
        "https://NEXMO.com/1",
        "https://api.vonage.com:443/1",
        "http://127.0.0.1:8920/v3/media/1",
    ],
)
def test_the_providers_hosts_and_the_lines_own_address_are_the_providers(url: str) -> None:
    assert is_of(url, hosts=HOSTS, home=HOME)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "media-1",
        "http://api-us.nexmo.com/1",
        "https://evilnexmo.com/1",
        "https://nexmo.com.evil.test/1",
        "https://nexmo.com@evil.test/1",
        "https://evil.test\\@nexmo.com/1",
        "https://evil.test#@nexmo.com/1",
        "https://evil.test?.nexmo.com/1",
        "https://\uff4eexmo.com/1",
        "https://nexmo.com\n.evil.test/1",
        "https://nexmo.com:80:443/1",
        "https://[nexmo.com/1",
        "https:nexmo.com/1",
        "//nexmo.com/1",
        "ftp://nexmo.com/1",
        "file:///etc/passwd",
        "http://127.0.0.1:8921/1",
        "https://127.0.0.1:8920/1",
        "http://localhost:8920/1",
    ],
)
def test_nothing_else_is(url: str) -> None:
    assert not is_of(url, hosts=HOSTS, home=HOME)


def test_a_host_without_a_name_is_nobodys() -> None:
    assert not is_of("https://evil.test/1", hosts=("",), home="")
