"""The steps of a check that the hub itself can tell."""

from collections.abc import Mapping
from ipaddress import ip_address
from urllib.parse import urlsplit

from channels.base import Channel
from hub.connecting.asking import ADVICE_AWAY
from hub.connecting.shapes import CheckStep
from hub.deps import Deps
from hub.egress.addresses import is_public
from hub.lines import outages
from hub.lines.actions import get_line
from hub.lines.channels import channel_of
from hub.lines.health import TOO_LARGE, failure_shown
from hub.lines.models import Line
from hub.lines.showing import mail_address, pointing_of, webhook_url

SIGNATURES = "signatures"
# Names that mean this machine, or this network.
PRIVATE_NAMES = ("localhost", ".localhost", ".local", ".internal", ".lan", ".test")
# What each word means for which a signature is refused, and what to do.
UNSIGNED: Mapping[str, str] = {
    "unset": "The line has no secret to check them by: enter it in the line's settings.",
    "missing": "They bear no signature: see whether the provider signs, and whether something in between removes it.",
    "old": "They were signed long ago: set the clock of this machine.",
    "early": "They are signed in the future: set the clock of this machine.",
    TOO_LARGE: "What was in them is lost: have the provider put less into one webhook, or smaller files into a mail.",
}
NOT_OURS = "Enter the provider's secret in the line's settings anew, and see that PARLEY_PUBLIC_URL is right."


def well(about: str, words: str) -> CheckStep:
    """There is nothing to do."""
    return CheckStep(about=about, is_well=True, words=words, advice="")


def missing(about: str, words: str, advice: str) -> CheckStep:
    """There is."""
    return CheckStep(about=about, is_well=False, words=words, advice=advice)


def unknown(about: str, words: str, advice: str = "") -> CheckStep:
    """Nobody can tell."""
    return CheckStep(about=about, is_well=None, words=words, advice=advice)


def public_url(deps: Deps) -> CheckStep:
    """Whether providers can reach us where we say that we are."""
    url = deps.settings.base_url
    if is_reachable(url):
        return well("public_url", f"Providers reach this Parley at {url}.")
    return missing(
        "public_url",
        f"Providers do not reach this Parley at {url}.",
        "Start Parley with PARLEY_PUBLIC_URL set to an address that begins with https:// and is known on the internet.",
    )


def is_reachable(url: str) -> bool:
    """Whether it looks like an address that is known outside; nobody is asked."""
    parts = urlsplit(url)
    host = (parts.hostname or "").rstrip(".")
    try:
        is_outside = is_public(ip_address(host))
    except ValueError:
        is_outside = "." in host and not f".{host}".endswith(PRIVATE_NAMES)
    return parts.scheme == "https" and is_outside


def comes_by_mail(line: Line) -> bool:
    """Whether what comes in is handed in or fetched as mail, and nothing by webhook."""
    return is_fed_by_mail(channel_of(line))


def is_fed_by_mail(channel: Channel) -> bool:
    """The same, of all its lines."""
    return channel.capabilities.is_mail and not pointing_of(channel)


def by_mail(deps: Deps, line: Line) -> list[CheckStep]:
    """What a mailbox needs for mail to come in."""
    return [heard(line, f"{way_of_mail(mail_address(deps, line))} Then")]


def way_of_mail(at: str) -> str:
    """What a person does so that mail comes in: `at` is where mail servers hand it in, if they may."""
    handed_in = f", or have your mail server hand its mail in for {at}" if at else ""
    return f"Enter a mailbox in the line's settings{handed_in}."


def by_webhook(deps: Deps, line: Line) -> list[CheckStep]:
    """What a provider needs that tells by webhook."""
    where = pointing_of(channel_of(line))
    entered = f"{where} The webhook's URL is {webhook_url(deps, line)}. Then" if where else ""
    return [public_url(deps), heard(line, entered), signatures(line)]


def heard(line: Line, before: str) -> CheckStep:
    """Whether anything has come in on it, and what to do before that."""
    if at := line.health.heard_at:
        return well("heard", f"Something came in last on {at:%d %B %Y at %H:%M} UTC.")
    return missing(
        "heard", "Nothing has come in yet.", f"{before} {'write' if before else 'Write'} to the line yourself.".strip()
    )


def signatures(line: Line) -> CheckStep:
    """Whether what comes in is the provider's word."""
    health = line.health
    if not health.refused:
        return well(SIGNATURES, "Nothing that came in lately was refused.")
    refused = "One webhook was" if health.refused == 1 else f"{health.refused} webhooks were"
    why = "it was too large" if health.refused_why == TOO_LARGE else f"the signature was {health.refused_why}"
    words = f"{refused} refused since the last good one: {why}."
    return missing(SIGNATURES, words, UNSIGNED.get(health.refused_why, NOT_OURS))


def sent(line: Line) -> CheckStep:
    """Whether what is said gets out."""
    health, failed = line.health, failure_shown(line)
    if line.is_paused:
        return missing("sent", "The line is paused: nothing is sent on it.", "Let it go on.")
    if outages.is_down(line):
        return missing("sent", "The provider was away the last times that something was sent.", ADVICE_AWAY)
    if failed and (health.sent_at is None or health.sent_at < failed.at):
        return missing("sent", failed.words, failed.advice)
    if health.sent_at is None:
        return missing("sent", "Nothing was sent yet.", "Send a test message.")
    return well("sent", f"The provider took something last on {health.sent_at:%d %B %Y at %H:%M} UTC.")


async def second(deps: Deps, line: Line) -> CheckStep:
    """Whether messages have another way while the provider is away."""
    if line.second is None:
        return unknown("second", "There is no second line: while the provider is away, messages wait.")
    other = await get_line(deps, line.account, line.second)
    if other.removed_at or other.is_paused:
        return missing("second", "The second line is paused, or was removed.", "Let it go on, or choose another one.")
    if outages.is_down(other):
        return missing("second", "The provider of the second line is away, too.", ADVICE_AWAY)
    return well("second", "While the provider is away, messages go over the second line.")
