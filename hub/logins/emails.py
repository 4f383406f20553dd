"""E-mail addresses: one way to write each, so that no trick makes two of one or one of two."""

from typing import NamedTuple

from email_validator import EmailNotValidError, validate_email

from hub.errors import Invalid


class NotAnEmail(Invalid):
    """This is no e-mail address."""

    code = "not_an_email"


class Email(NamedTuple):
    """`shown` is for people, `key` is what two addresses are compared by."""

    shown: str
    key: str


def read_email(text: str) -> Email:
    """The address, or NotAnEmail with what is wrong about it. Its name part is plain ASCII: letters that only look like
    others are how one address is passed off as another."""
    try:
        # Addresses under .test are good ones: nobody can own one.
        checked = validate_email(text, check_deliverability=False, allow_smtputf8=False, test_environment=True)
    except EmailNotValidError as error:
        raise NotAnEmail(f"This is not an e-mail address that Parley takes. {error}", field="email") from None
    return Email(checked.normalized, str(checked.ascii_email).lower())
