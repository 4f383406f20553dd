"""BARS S3: whatever a stranger writes where an address is asked for, nothing inside is ever contacted."""

import re
import ssl
from collections.abc import AsyncIterator
from pathlib import Path

import httpx2
import pytest

from hub.egress import Egress, EgressRefused
from tests.fakes.loopback import Loopback, answer, listening, says
from tests.fakes.resolver import ScriptedResolver

PUBLIC = "93.184.215.14"


def lines_of(file: str) -> list[str]:
    return (Path(__file__).parent / file).read_text("utf-8").splitlines()


# Every one of these reaches the canary, or another service of this machine, through some client.
WRITTEN = lines_of("egress_tricks.txt")

HARD_TO_PRINT = [
    " http://127.0.0.1:{port}/",
    "http://127.0.0.1 :{port}/",
    "http:// 127.0.0.1:{port}/",
    "http://127.0.0.1\t:{port}/",
    "http://127.0.0.1:{port}/\r\nHost: a.test",
    "http://127.0.0.1\n.a.test:{port}/",
    "ht\ntp://127.0.0.1:{port}/",
    "http://a.test\x00@127.0.0.1:{port}/",
    "http://\ud800:{port}/",
    "http://[::1%\u00fc]:{port}/",
    "",
    pytest.param("http://" + "a" * 64 + ".test:{port}/", id="long label"),
    pytest.param("http://" + "a." * 127 + "test:{port}/", id="long name"),
    pytest.param("http://127.0.0.1:{port}/" + "a" * 70_000, id="long path"),
]

NOT_PUBLIC = lines_of("egress_not_public.txt")

INSIDE_NAMES = [
    "metadata.google.internal",
    "instance-data.ec2.internal",
    "metadata",
    "kubernetes.default.svc",
    "host.docker.internal",
    "db.internal",
    "printer.local",
    "redis",
    "a_b.corp",
    "canary.localhost",
    # Names of servers that answer with whatever address stands in the name.
    "10.0.0.7.wild.test",
    "10-0-0-7.wild.test",
    "app.10.0.0.7.wild.test",
    "0a000007.wild.test",
    "xn--bcher-kva.wild.test",
]

# The same, where the name of a mail server is asked for and no address of the web.
HOSTS = sorted({found[1] for url in WRITTEN if (found := re.fullmatch(r"http://(.+):\{port\}/", url))})


@pytest.fixture(scope="session")
def tls() -> ssl.SSLContext:
    # Reading the authorities of the system takes longer than a test.
    return ssl.create_default_context()


@pytest.fixture
async def canary() -> AsyncIterator[Loopback]:
    async with listening(says(answer(b"secret"))) as server:
        yield server


def written(address: str, port: int) -> str:
    return f"http://[{address}]:{port}/" if ":" in address else f"http://{address}:{port}/"


async def test_the_canary_sings_when_it_is_reached(canary: Loopback) -> None:
    async with Egress.open(allow=("127.0.0.0/8",)) as egress:
        await egress.request("GET", f"http://127.0.0.1:{canary.port}/")

    assert canary.hits == 1


@pytest.mark.parametrize("url", [*WRITTEN, *HARD_TO_PRINT])
async def test_address_written_in_any_way_is_refused(url: str, canary: Loopback, tls: ssl.SSLContext) -> None:
    async with Egress.open(tls=tls) as egress:
        with pytest.raises(EgressRefused):
            await egress.request("GET", url.replace("{port}", str(canary.port)), timeout_s=2)

    assert canary.hits == 0


@pytest.mark.parametrize("url", WRITTEN)
async def test_address_given_to_an_sdk_is_refused(url: str, canary: Loopback, tls: ssl.SSLContext) -> None:
    refusals = (EgressRefused, httpx2.InvalidURL, UnicodeError)

    async with Egress.open(tls=tls) as egress, egress.client() as client:
        with pytest.raises(refusals):
            await client.get(url.replace("{port}", str(canary.port)), timeout=2)

    assert canary.hits == 0


@pytest.mark.parametrize("address", NOT_PUBLIC)
async def test_address_that_is_not_public_is_refused(address: str, canary: Loopback, tls: ssl.SSLContext) -> None:
    async with Egress.open(tls=tls) as egress:
        with pytest.raises(EgressRefused):
            await egress.request("GET", written(address, canary.port), timeout_s=2)

    assert canary.hits == 0


@pytest.mark.parametrize("address", [*NOT_PUBLIC, "", "localhost", "0x7f.1", "127.1", "2130706433"])
async def test_name_that_resolves_to_it_is_refused(address: str, canary: Loopback, tls: ssl.SSLContext) -> None:
    async with Egress.open(tls=tls, resolver=ScriptedResolver([address])) as egress:
        with pytest.raises(EgressRefused):
            await egress.request("GET", f"http://trick.test:{canary.port}/", timeout_s=2)

    assert canary.hits == 0


@pytest.mark.parametrize("address", NOT_PUBLIC)
async def test_one_such_address_among_public_ones_refuses_the_name(
    address: str, canary: Loopback, tls: ssl.SSLContext
) -> None:
    async with Egress.open(tls=tls, resolver=ScriptedResolver([PUBLIC, address, "2606:4700::1111"])) as egress:
        with pytest.raises(EgressRefused):
            await egress.request("GET", f"http://trick.test:{canary.port}/", timeout_s=2)

    assert canary.hits == 0


@pytest.mark.parametrize("name", INSIDE_NAMES)
async def test_name_of_the_inside_is_refused(name: str, canary: Loopback, tls: ssl.SSLContext) -> None:
    async with Egress.open(tls=tls, resolver=ScriptedResolver(["10.0.0.7"])) as egress:
        with pytest.raises(EgressRefused, match=name):
            await egress.request("GET", f"http://{name}:{canary.port}/", timeout_s=2)

    assert canary.hits == 0


@pytest.mark.parametrize("host", [*HOSTS, *NOT_PUBLIC, "", " 127.0.0.1", "127.0.0.1\n", "127.0.0.1\r\nQUIT"])
async def test_mail_server_named_in_any_way_is_refused(host: str, canary: Loopback, tls: ssl.SSLContext) -> None:
    async with Egress.open(tls=tls) as egress:
        with pytest.raises(EgressRefused):
            await egress.connect(host, canary.port)

    assert canary.hits == 0


@pytest.mark.parametrize("address", NOT_PUBLIC)
async def test_mail_server_whose_name_resolves_to_it_is_refused(
    address: str, canary: Loopback, tls: ssl.SSLContext
) -> None:
    async with Egress.open(tls=tls, resolver=ScriptedResolver([PUBLIC, address])) as egress:
        with pytest.raises(EgressRefused):
            await egress.connect("mail.trick.test", canary.port)

    assert canary.hits == 0


async def test_name_that_moves_after_the_check_is_contacted_where_it_was_checked(canary: Loopback) -> None:
    resolver = ScriptedResolver(["127.0.0.2"], ["127.0.0.1"])
    async with (
        listening(says(answer(b"outside")), host="127.0.0.2", port=canary.port) as outside,
        Egress.open(allow=("127.0.0.2/32",), resolver=resolver) as egress,
    ):
        reply = await egress.request("GET", f"http://rebinding.test:{canary.port}/")

    assert (reply.body, outside.hits, canary.hits) == (b"outside", 1, 0)
    assert resolver.asked == ["rebinding.test"]


async def test_name_that_moves_between_two_requests_is_refused_the_second_time(canary: Loopback) -> None:
    resolver = ScriptedResolver(["127.0.0.2"], ["127.0.0.1"])
    async with (
        listening(says(answer()), host="127.0.0.2", port=canary.port),
        Egress.open(allow=("127.0.0.2/32",), resolver=resolver) as egress,
    ):
        await egress.request("GET", f"http://rebinding.test:{canary.port}/")
        with pytest.raises(EgressRefused):
            await egress.request("GET", f"http://rebinding.test:{canary.port}/")

    assert canary.hits == 0


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "303 See Other", "307 Temporary", "308 Permanent"])
async def test_redirect_is_an_answer_and_not_followed(status: str, canary: Loopback) -> None:
    location = f"http://127.0.0.1:{canary.port}/"
    redirect = says(answer(status=status, headers=f"Location: {location}\r\n"))
    async with listening(redirect, host="127.0.0.2") as outside, Egress.open(allow=("127.0.0.0/8",)) as egress:
        reply = await egress.request("GET", f"http://127.0.0.2:{outside.port}/")

    assert (reply.status, reply.headers["location"]) == (int(status[:3]), location)
    assert canary.hits == 0


async def test_redirect_that_an_sdk_follows_is_checked_like_a_first_address(canary: Loopback) -> None:
    redirect = says(answer(status="302 Found", headers=f"Location: http://127.0.0.1:{canary.port}/\r\n"))
    async with listening(redirect, host="127.0.0.2") as outside, Egress.open(allow=("127.0.0.2/32",)) as egress:
        with pytest.raises(EgressRefused):
            await egress.client().get(f"http://127.0.0.2:{outside.port}/", follow_redirects=True)

    assert (outside.hits, canary.hits) == (1, 0)


@pytest.mark.parametrize("location", ["http://xn--a/", "http://xn--/", "//", "http://[::1", "\\\\x", "http://a:b"])
async def test_redirect_to_nonsense_is_still_just_an_answer(location: str) -> None:
    redirect = says(answer(status="302 Found", headers=f"Location: {location}\r\n"))
    async with listening(redirect) as outside, Egress.open(allow=("127.0.0.1/32",)) as egress:
        reply = await egress.request("GET", f"http://127.0.0.1:{outside.port}/")

    assert reply.status == 302


@pytest.mark.parametrize("port", [0, 1, 21, 22, 23, 25, 110, 143, 389, 445, 587, 1023, 6379, 11211, 27017, 65536, -1])
async def test_port_that_is_not_for_the_web_is_refused(port: int) -> None:
    async with Egress.open(allow=("127.0.0.0/8",)) as egress:
        with pytest.raises(EgressRefused):
            await egress.request("GET", f"http://127.0.0.1:{port}/", timeout_s=2)


@pytest.mark.parametrize("variable", ["HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"])
async def test_proxy_named_in_the_environment_is_ignored(
    variable: str, canary: Loopback, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, f"http://127.0.0.1:{canary.port}")

    async with listening(says(answer()), host="127.0.0.2") as outside, Egress.open(allow=("127.0.0.0/8",)) as egress:
        await egress.request("GET", f"http://127.0.0.2:{outside.port}/")
        await egress.client().get(f"http://127.0.0.2:{outside.port}/")

    assert (outside.hits, canary.hits) == (2, 0)


async def test_allowed_network_admits_only_what_it_names(canary: Loopback) -> None:
    async with Egress.open(allow=("127.0.0.2/32", "10.0.0.0/8")) as egress:
        with pytest.raises(EgressRefused):
            await egress.request("GET", f"http://127.0.0.1:{canary.port}/")

    assert canary.hits == 0


async def test_allowed_network_does_not_admit_its_disguises(canary: Loopback) -> None:
    async with Egress.open(allow=("127.0.0.0/8",)) as egress:
        for disguise in ("[::ffff:127.0.0.1]", "2130706433", "127.1", "[::127.0.0.1]", "127.0.0.1."):
            with pytest.raises(EgressRefused):
                await egress.request("GET", f"http://{disguise}:{canary.port}/")

    assert canary.hits == 0


async def test_allowed_network_that_is_not_one_is_refused_at_once() -> None:
    with pytest.raises(ValueError, match="everything"):
        async with Egress.open(allow=("everything",)):
            pass
