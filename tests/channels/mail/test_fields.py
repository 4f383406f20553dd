"""What is entered of a mail server: what makes no sense is told before anything is tried."""

import pytest

from channels.mail.channel import MailChannel
from tests.channels.mail.stage import access

VALUES = {**access().values, "host": "smtp.example.com", "security": "starttls", "user": "", "password": ""}
LOGIN = {"user": "sales", "password": "correct-horse"}


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        ({}, ""),
        (LOGIN, ""),
        (LOGIN | {"security": "none", "host": "127.0.0.1"}, ""),
        (LOGIN | {"security": "none"}, "not sent in clear"),
        ({"user": "sales"}, "A user needs a password"),
        ({"password": "x"}, "a password a user"),
        ({"security": "ssl"}, "The security is one of"),
        ({"port": "0"}, "The port is a number"),
        ({"port": "65536"}, "The port is a number"),
        ({"imap_port": "99x"}, "The imap port is a number"),
        ({"host": " "}, "The host is the name"),
        ({"host": "https://smtp.example.com"}, "The host is the name"),
        ({"host": "sales@example.com"}, "The host is the name"),
        ({"reply_address": "reply@in.example.com"}, ""),
        ({"reply_address": "r" * 21 + "@in.example.com"}, ""),
        ({"reply_address": "r" * 22 + "@in.example.com"}, "21 letters at most"),
        ({"reply_address": "reply at in.example.com"}, "one address alone"),
        ({"reply_address": "a@in.example.com, b@in.example.com"}, "one address alone"),
        ({"reply_address": "@in.example.com"}, "one address alone"),
        ({"reply_address": "reply+x@in.example.com"}, "no plus"),
    ],
)
def test_what_makes_no_sense_is_told(given: dict[str, str], wrong: str) -> None:
    said = MailChannel().complaint({**VALUES, **given})

    assert (wrong in said, bool(said)) == (True, bool(wrong))
