"""The sandbox keeps what is asked of every provider's adapter."""

import pytest

from channels.base import Out
from tests.channels.contract import Contract
from tests.channels.sandbox.stage import SandboxStage
from tests.fakes.sandbox.running import RunningSandbox

# They differ from the two that go through everything only in how people are called there.
others = pytest.mark.parametrize("provider", ["sandbox_email", "sandbox_chat"])


class TestSms(Contract):
    """As a provider of SMS."""


class TestWhatsapp(Contract):
    """As a provider of WhatsApp."""

    @pytest.fixture
    async def stage(self, sandbox: RunningSandbox) -> SandboxStage:
        return await SandboxStage.of(sandbox, "sandbox_whatsapp")


@others
async def test_the_other_channels_read_what_is_written_beside_their_samples(
    sandbox: RunningSandbox, provider: str
) -> None:
    Contract().test_every_sample_becomes_what_is_written_beside_it(await SandboxStage.of(sandbox, provider))


@others
async def test_the_other_channels_send_once_and_find_again(sandbox: RunningSandbox, out: Out, provider: str) -> None:
    await Contract().test_a_message_goes_out_once_and_is_found_again(await SandboxStage.of(sandbox, provider), out)
