"""The channel over mail servers keeps what is asked of every provider's adapter, as far as there is such a thing: a
mail server has no webhooks, keeps no files for us, and its 5xx is a plain no."""

import pytest

from channels.base import BadSignature, Hook
from tests.channels.contract import Sending
from tests.channels.mail.stage import MailStage
from tests.clock import MORNING


class TestMail(Sending):
    """What goes out."""


def test_nobody_is_believed_by_webhook(stage: MailStage) -> None:
    hook = Hook(method="POST", url=stage.access.webhook, headers={}, query={}, body=b"From: a@b.c\r\n\r\n", now=MORNING)

    with pytest.raises(BadSignature):
        stage.channel.verify(stage.access, hook)
