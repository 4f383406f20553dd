"""The letters that Parley writes, each as text and as HTML."""

from collections.abc import Sequence
from datetime import UTC, datetime

from hub.mail.layout import Link, lay_out
from hub.mail.models import Letter
from hub.names import on_one_line

LONGEST_NAME = 60
NOT_YOU = (
    "If this was not you, somebody else may know your password: set a new one now, by “Forgot your password?” where "
    "you sign in, and tell whoever manages your account."
)


def invitation(account_name: str, inviter_name: str, url: str, expires_at: datetime) -> Letter:
    """Somebody is asked to become a member of an account."""
    account, inviter = shown(account_name), shown(inviter_name) or "Somebody"
    return lay_out(
        f"{inviter} invites you to {account}",
        f"{inviter} would like to have you in the team of {account} on Parley, where it answers everybody who writes.",
        link=Link("Accept the invitation", url),
        after=f"The invitation is good until {moment(expires_at)}. If you do not know what it is about, do nothing.",
    )


def password_reset(url: str) -> Letter:
    """Somebody has forgotten the password, or says so."""
    return lay_out(
        "Set a new password",
        "Somebody, most likely you, asked for a new password for signing in to Parley with this address.",
        link=Link("Set a new password", url),
        after="The link works once, and only for a short time. If it was not you, do nothing: your password stays.",
    )


def password_changed() -> Letter:
    """A notice, so that a stranger cannot do it unseen."""
    return lay_out(
        "Your password was changed",
        "Signing in to Parley with this address takes a new password from now on.",
        after=NOT_YOU,
    )


def second_factor_removed() -> Letter:
    """A notice, so that a stranger cannot do it unseen."""
    return lay_out(
        "Your second factor was removed",
        "Signing in to Parley with this address takes nothing but the password from now on.",
        after=NOT_YOU,
    )


def passkey_added(name: str) -> Letter:
    """A notice, so that a stranger cannot do it unseen."""
    return lay_out(
        "A passkey was added",
        f"From now on a passkey more signs in to Parley with this address: {shown(name)}.",
        after=NOT_YOU,
    )


def passkey_removed(name: str) -> Letter:
    """A notice, so that a stranger cannot do it unseen."""
    return lay_out(
        "A passkey was removed",
        f"From now on this passkey signs in to Parley no more: {shown(name)}.",
        after=NOT_YOU,
    )


def passkey_locked(name: str) -> Letter:
    """There may be two of one key."""
    return lay_out(
        "A passkey was locked",
        f"The device of this passkey counts its uses, and has counted backwards, as a copy of it would: {shown(name)}. "
        "It signs in to Parley no more.",
        after="Sign in another way, remove the passkey and make a new one. If you have put the device back to an "
        "earlier state yourself, that is all; if not, tell whoever manages your account.",
    )


def prove_address(url: str) -> Letter:
    """Somebody has signed up with this address: only its owner can read this."""
    return lay_out(
        "Confirm your address",
        "Somebody, most likely you, has signed up to Parley with this address. Confirm that it is yours.",
        link=Link("Confirm the address", url),
        after="The link works once, for three days. If it was not you, do not follow it: the address stays "
        "unconfirmed, and “Forgot your password?”, where one signs in, makes the login yours alone.",
    )


def line_needs_somebody(line_name: str, needs: Sequence[str], url: str) -> Letter:
    """Something is wrong with a line, or soon will be."""
    return lay_out(
        f"Your line {shown(line_name)} needs you",
        " ".join(needs),
        link=Link("Open Parley", url),
        after="Until it is mended, messages may not come or go on this line. While it lasts you are told once a week.",
    )


def shown(name: str) -> str:
    """A name that somebody else has chosen, on one line and not too long."""
    return on_one_line(name, longest=LONGEST_NAME)


def moment(at: datetime) -> str:
    """For people anywhere: 9 March 2026, 09:00 UTC."""
    at = at.astimezone(UTC)
    return f"{at.day} {at:%B %Y, %H:%M} UTC"
