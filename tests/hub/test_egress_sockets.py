"""Connections to mail servers: where to, and to exactly the address that was checked."""

import pytest

from hub.egress import Egress, EgressFailed, EgressRefused
from hub.store.embedded import free_port
from tests.fakes.loopback import listening, says
from tests.fakes.resolver import ScriptedResolver

HERE = ("127.0.0.0/8",)
# The first question is answered well, whoever asks a second time is led somewhere else.
TURNING = (["127.0.0.1"], ["10.0.0.1"])


async def test_it_goes_to_the_address_that_was_checked_and_the_name_is_asked_once() -> None:
    resolver = ScriptedResolver(*TURNING)
    async with (
        listening(says(b"220 hello\r\n"), listens=False) as server,
        Egress.open(allow=HERE, resolver=resolver) as egress,
    ):
        sock = await egress.connect("mail.acme.test", server.port)

        assert sock.getpeername() == ("127.0.0.1", server.port)
        sock.close()

    assert resolver.asked == ["mail.acme.test"]


@pytest.mark.parametrize("port", [0, 22, 80, 443, 3306, 6379, 27017, 70000])
async def test_ports_where_no_mail_server_is_are_refused(port: int) -> None:
    async with Egress.open(allow=HERE) as egress:
        with pytest.raises(EgressRefused, match="is not a port for mail"):
            await egress.connect("127.0.0.1", port)


@pytest.mark.parametrize("host", ["127.0.0.1", "10.0.0.1", "169.254.169.254", "::1", "2130706433", "mail.acme.test"])
async def test_what_is_not_on_the_public_internet_is_refused(host: str) -> None:
    async with Egress.open(resolver=ScriptedResolver(["192.168.0.7"])) as egress:
        with pytest.raises(EgressRefused):
            await egress.connect(host, 587)


async def test_one_private_address_among_public_ones_refuses_the_name() -> None:
    async with Egress.open(resolver=ScriptedResolver(["1.1.1.1", "10.0.0.1"])) as egress:
        with pytest.raises(EgressRefused):
            await egress.connect("mail.acme.test", 587)


async def test_the_next_address_is_tried_where_one_does_not_accept() -> None:
    async with (
        listening(says(), listens=False) as server,
        Egress.open(allow=HERE, resolver=ScriptedResolver(["127.0.0.9", "127.0.0.1"])) as egress,
    ):
        sock = await egress.connect("mail.acme.test", server.port)

        assert sock.getpeername()[0] == "127.0.0.1"
        sock.close()


async def test_where_nobody_listens_nothing_was_sent() -> None:
    async with Egress.open(allow=HERE) as egress:
        with pytest.raises(EgressFailed) as caught:
            await egress.connect("127.0.0.1", free_port())

    assert (caught.value.reason, caught.value.sent) == ("connect", False)
