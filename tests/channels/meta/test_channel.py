"""What WhatsApp can do, as the gate and the composer ask."""

import pytest

from channels.base import Attentive, Checked, Directed, Pointed, Probed, Templated
from channels.meta.channel import CHANNELS
from channels.meta.limits import KINDS
from channels.meta.news import ACCOUNT, NUMBER

MB = 1024 * 1024
WHATSAPP = CHANNELS["meta_whatsapp"]


@pytest.mark.parametrize("what", [Attentive, Checked, Directed, Pointed, Probed, Templated])
def test_it_does_all_that_a_channel_may_do(what: type) -> None:
    assert isinstance(WHATSAPP, what)


@pytest.mark.parametrize(
    ("type", "most"),
    [
        ("image/jpeg", 5 * MB),
        ("image/webp", 500 * 1024),
        ("video/mp4", 16 * MB),
        ("audio/ogg", 16 * MB),
        ("application/pdf", 100 * MB),
    ],
)
def test_each_kind_of_file_may_be_so_large(type: str, most: int) -> None:
    assert WHATSAPP.capabilities.most_bytes(type) == most


def test_what_it_says_it_takes_it_can_send() -> None:
    assert set(WHATSAPP.capabilities.media_types) == set(KINDS)


def test_both_ids_are_names_by_which_webhooks_call_the_line() -> None:
    assert [field.name for field in WHATSAPP.fields if field.is_name] == ["phone_number_id", "waba_id"]


def test_without_the_account_there_is_neither_a_template_nor_a_webhook_and_so_it_is_asked_for() -> None:
    assert [field.name for field in WHATSAPP.fields if field.default is not None] == ["url"]


def test_what_is_secret_is_kept_so() -> None:
    assert [field.name for field in WHATSAPP.fields if field.is_secret] == [
        "app_secret",
        "access_token",
        "verify_token",
    ]


def test_all_that_is_told_of_a_line_is_in_the_catalogue() -> None:
    assert {*ACCOUNT.values(), *NUMBER.values()} <= set(WHATSAPP.failures)
