"""Domains: how they are written, and the proof in the DNS, asked of a name server of the tests' own."""

from collections.abc import Sequence

import dns.rcode
import pytest

from hub.settings import BadSetting, load
from hub.sso.domains import is_proved, normal_domain, record_of
from hub.sso.errors import BadDomain, DnsAway
from tests.fakes.dns import serving_names

NAME = "_parley.example.test"
PROOF = '"parley-verification=token-1"'

WRITTEN = {
    "example.test": "example.test",
    "Example.TEST": "example.test",
    " example.test. ": "example.test",
    "mail.example.co.uk": "mail.example.co.uk",
    "3com.test": "3com.test",
    "müller.test": "xn--mller-kva.test",
    "xn--mller-kva.test": "xn--mller-kva.test",
    "XN--MLLER-KVA.test": "xn--mller-kva.test",
    "straße.test": "xn--strae-oqa.test",
    "пример.рф": "xn--e1afmkfd.xn--p1ai",
    "a" * 63 + ".test": "a" * 63 + ".test",
}
NO_DOMAINS = [
    "",
    ".",
    "..",
    "test",
    "localhost",
    ".example.test",
    "example..test",
    "example.test..",
    "-a.test",
    "a-.test",
]
NO_DOMAINS += ["127.0.0.1", "127.1", "2130706433", "0x7f.0.0.1", "10.0.0.0x1", "[::1]", "::1", "example.7"]
NO_DOMAINS += ["asha@example.test", "@example.test", "https://example.test", "example.test/", "example.test:80"]
NO_DOMAINS += ["*.example.test", "_parley.example.test", "exa mple.test", "example.test\nother.test", "a\\.b.test"]
NO_DOMAINS += ["a" * 64 + ".test", "ab." * 100 + "test", "a." * 122 + "test", "é" * 300_000 + ".test", "xn--.test"]
# Letters that look like others, become others, or are not seen at all.
NO_DOMAINS += ["\uff45xample.test", "example\u3002test", "\u212aiosk.test", "exam\u00adple.test", "exam\u200bple.test"]
NO_DOMAINS += [
    "exam\u200dple.test",
    "example\u202e.test",
    "e\u0301xample.test",
    "ﬁsh.test",
    "①.test",
    "xn--zzzzzz9999.test",
]
NO_DOMAINS += ["\ufeffexample.test", "MÜLLER.test", "example.test\x00", "😀.test", "xn--a.test", "ab--c.test"]

UNPROVED: dict[str, Sequence[str]] = {
    "another token": ['"parley-verification=token-2"'],
    "a longer token": ['"parley-verification=token-11"'],
    "a shorter token": ['"parley-verification=token-"'],
    "capitals": ['"PARLEY-VERIFICATION=token-1"'],
    "another text": ['"v=spf1 -all"'],
    "in two texts": ['"parley-verification="', '"token-1"'],
    "no text": ['""'],
}
PROVED: dict[str, Sequence[str]] = {
    "alone": [PROOF],
    "among others": ['"v=spf1 -all"', '"parley-verification=token-0"', PROOF],
    "in parts": ['"parley-" "verification=" "token-1"'],
    "with spaces around": ['" parley-verification=token-1 "'],
}


@pytest.mark.parametrize("text", WRITTEN)
def test_domain_has_one_way_to_be_written(text: str) -> None:
    assert normal_domain(text) == WRITTEN[text]


@pytest.mark.parametrize("text", WRITTEN)
def test_normal_domain_is_normal(text: str) -> None:
    assert normal_domain(WRITTEN[text]) == WRITTEN[text]


@pytest.mark.parametrize("text", NO_DOMAINS, ids=lambda text: ascii(text)[:40])
def test_what_is_no_domain_is_refused(text: str) -> None:
    with pytest.raises(BadDomain):
        normal_domain(text)


def test_record_can_be_named_for_the_longest_domain() -> None:
    longest = normal_domain(".".join(["a" * 60] * 4)[:240] + ".test")

    assert len(longest) == 245
    assert len(record_of(longest, "token-1").name) == 253


@pytest.mark.parametrize("case", PROVED)
async def test_domain_is_proved_by_its_record(case: str) -> None:
    async with serving_names({NAME: PROVED[case]}) as server:
        assert await is_proved("example.test", "token-1", server.address)

    assert server.asked == [NAME]


@pytest.mark.parametrize("case", UNPROVED)
async def test_domain_is_not_proved_by_another_record(case: str) -> None:
    async with serving_names({NAME: UNPROVED[case]}) as server:
        assert not await is_proved("example.test", "token-1", server.address)


@pytest.mark.parametrize(
    "name", ["example.test", "_parley.test", "_parley.mail.example.test", "_parley.example.test.x"]
)
async def test_record_of_another_name_proves_nothing(name: str) -> None:
    async with serving_names({name: [PROOF], NAME: []}) as server:
        assert not await is_proved("example.test", "token-1", server.address)


async def test_name_that_does_not_exist_proves_nothing() -> None:
    async with serving_names({}) as server:
        assert not await is_proved("example.test", "token-1", server.address)


@pytest.mark.parametrize("rcode", [dns.rcode.SERVFAIL, dns.rcode.REFUSED])
async def test_name_server_that_cannot_say_is_away(rcode: dns.rcode.Rcode) -> None:
    async with serving_names({NAME: [PROOF]}) as server:
        server.rcode = rcode
        with pytest.raises(DnsAway):
            await is_proved("example.test", "token-1", server.address)


async def test_silent_name_server_is_away() -> None:
    async with serving_names({NAME: [PROOF]}) as server:
        server.rcode = None
        with pytest.raises(DnsAway):
            await is_proved("example.test", "token-1", server.address, within_s=0.3)


@pytest.mark.parametrize("value", ["", "192.0.2.53", "127.0.0.1:5353", "[2001:db8::53]", "[2001:db8::53]:5353"])
def test_name_server_is_an_address(value: str) -> None:
    assert load({"PARLEY_DNS": value}).dns == value


@pytest.mark.parametrize(
    "value", ["dns.test", "192.0.2.53:0", "192.0.2.53:x", "192.0.2.53/", "a@192.0.2.53", "2001:db8::53"]
)
def test_name_server_that_is_no_address_stops_the_start(value: str) -> None:
    with pytest.raises(BadSetting):
        load({"PARLEY_DNS": value})
