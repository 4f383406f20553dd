"""What a mail server and a mailbox are read from, and what is said about what they cannot be read from."""

import pytest

from hub.mail.models import Mailbox, MailServer
from hub.settings import BadSetting, Secret, load

HIDDEN = "hunter2"
FROM = "Parley <parley@example.com>"


def refusal_of(**given: str) -> str:
    with pytest.raises(BadSetting) as refused:
        load({f"PARLEY_{name.upper()}": value for name, value in given.items()})
    return refused.value.message


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtp://mail.example.com", MailServer(host="mail.example.com", port=587, is_tls=False)),
        ("smtps://mail.example.com/", MailServer(host="mail.example.com", port=465, is_tls=True)),
        ("smtp://localhost:25", MailServer(host="localhost", port=25, is_tls=False)),
        ("smtp://mail.bücher.example", MailServer(host="mail.xn--bcher-kva.example", port=587, is_tls=False)),
        ("smtp://[::1]:1025", MailServer(host="::1", port=1025, is_tls=False)),
        ("smtp://u:p@mx.test:2525", MailServer(host="mx.test", port=2525, is_tls=False, user="u", password="p")),
        (
            "smtps://parley%40example.com:a%2Fb%23c:d@e@mx.test",
            MailServer(host="mx.test", port=465, is_tls=True, user="parley@example.com", password="a/b#c:d@e"),
        ),
    ],
)
def test_server_is_read_from_its_url(url: str, server: MailServer) -> None:
    assert MailServer.read(url) == server


@pytest.mark.parametrize(
    "url",
    [
        "mail.example.com:587",
        "http://mail.example.com",
        "smtp://",
        "smtp://:25",
        "smtp://mail.example.com:0",
        "smtp://mail..example.com",
        f"smtp://{'a' * 64}.example.com",
        "smtp://mail.example.com:smtp",
        "smtp://mail.example.com/inbox",
        "smtp://mail.example.com?starttls=no",
        f"smtp://user:{HIDDEN}/x@mail.example.com",
        f"smtp://user:{HIDDEN}#x@mail.example.com",
        f"smtp://user:{HIDDEN}%ff@mail.example.com",
        f"smtp://[user:{HIDDEN}@mail.example.com",
    ],
)
def test_url_that_cannot_be_read_is_refused_in_words_and_not_shown(url: str) -> None:
    message = refusal_of(mail_url=url, mail_from=FROM)

    assert message.startswith("PARLEY_MAIL_URL: its value is not smtp:// or smtps:// with a host")
    assert "percent-encoded" in message
    assert "Example: PARLEY_MAIL_URL=smtp://" in message
    assert HIDDEN not in message


@pytest.mark.parametrize("login", ["user", f":{HIDDEN}", "user:"])
def test_half_a_login_is_refused(login: str) -> None:
    message = refusal_of(mail_url=f"smtp://{login}@mail.example.com", mail_from=FROM)

    assert "a user needs a password, and a password a user" in message
    assert HIDDEN not in message


def test_server_without_a_sender_is_refused() -> None:
    message = refusal_of(mail_url="smtp://mail.example.com")

    assert message.startswith("PARLEY_MAIL_FROM is not set, and PARLEY_MAIL_URL is")


def test_settings_of_mail_are_read() -> None:
    settings = load({"PARLEY_MAIL_URL": "smtp://mail.example.com", "PARLEY_MAIL_FROM": FROM})

    assert (settings.mail_url, settings.mail_from) == (Secret("smtp://mail.example.com"), FROM)


def test_password_does_not_show() -> None:
    assert HIDDEN not in repr(MailServer.read(f"smtp://user:{HIDDEN}@mail.example.com"))


@pytest.mark.parametrize(
    ("host", "is_loopback"),
    [
        ("127.0.0.1", True),
        ("127.8.8.8", True),
        ("[::1]", True),
        ("LOCALHOST", True),
        ("10.0.0.1", False),
        ("mail.example.com", False),
        ("localhost.example.com", False),
    ],
)
def test_only_loopback_is_this_machine(host: str, is_loopback: bool) -> None:
    server = MailServer.read(f"smtp://user:{HIDDEN}@{host}")

    assert (server.is_loopback, server.must_encrypt) == (is_loopback, not is_loopback)


@pytest.mark.parametrize(
    ("text", "mailbox"),
    [
        ("parley@example.com", Mailbox("", "parley@example.com")),
        ("<parley@example.com>", Mailbox("", "parley@example.com")),
        ("Parley <parley@example.com>", Mailbox("Parley", "parley@example.com")),
        ('"Parley, Inc." <parley@example.com>', Mailbox("Parley, Inc.", "parley@example.com")),
        ("Café Zoë <hallo@bücher.example>", Mailbox("Café Zoë", "hallo@xn--bcher-kva.example")),
    ],
)
def test_mailbox_is_read_with_its_name_and_an_address_as_smtp_takes_it(text: str, mailbox: Mailbox) -> None:
    assert Mailbox.read(text) == mailbox


@pytest.mark.parametrize(
    "text",
    [
        "Parley",
        "parley@",
        "@example.com",
        "a b@example.com",
        "zoë@example.com",
        "a@example.com, b@example.com",
        "<a@example.com><b@example.com>",
        "Parley <parley@example.com> x",
        "Par\nley <parley@example.com>",
        "Par\u202eley <parley@example.com>",
        "parley@example.com\r\nBcc: x@example.com",
    ],
)
def test_sender_that_cannot_stand_in_a_mail_is_refused_in_words(text: str) -> None:
    message = refusal_of(mail_from=text)

    assert message.startswith(f"PARLEY_MAIL_FROM: {text!r} is not ")
    assert message.endswith("Example: PARLEY_MAIL_FROM=Parley <parley@example.com>")
