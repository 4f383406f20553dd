"""Lines as the API shows them, and as their adapters need them."""

import msgspec

from channels.base import Access, Attentive, Channel, Directed, Mailed, Pointed, Probed
from hub.deps import Deps
from hub.lines import outages, repository, values
from hub.lines.channels import CHANNELS, channel_of
from hub.lines.health import shown
from hub.lines.models import Line
from hub.lines.shapes import ChannelField, ChannelShown, LineShown, LineWrong

# Where a provider's adapter does not know any better.
ANYWHERE = "Enter the webhook's URL in the provider's settings of this number, mailbox or site, for what comes in."
# What stands behind the @ tells our listener nothing; a mail server in front of it may want a domain.
ANY_DOMAIN = "localhost"
NAME_PLACE, ADDRESS_PLACE = f"{repository.LINES}.name", f"{repository.LINES}.address"
WRONG_PLACE = f"{repository.LINES}.wrong"


async def access_of(deps: Deps, line: Line) -> Access:
    """The line as its adapter needs it, credentials included."""
    channel, address = channel_of(line), await address_of(deps, line)
    known = values.complete(channel, await values.opened(deps, line))
    names = [name for field in channel.fields if field.is_name for name in known[field.name].split()]
    return Access(line.id, address, known, names=(address, *names), webhook=webhook_url(deps, line))


async def name_of(deps: Deps, line: Line) -> str:
    """How the account calls it."""
    return await deps.sealer.text(line.account, NAME_PLACE, line.name)


async def address_of(deps: Deps, line: Line) -> str:
    """What people write to."""
    return await deps.sealer.text(line.account, ADDRESS_PLACE, line.address)


async def line_shown(deps: Deps, line: Line) -> LineShown:
    """Without its secrets."""
    channel = channel_of(line)
    known = values.complete(channel, await values.opened(deps, line))
    return LineShown(
        id=line.id,
        provider=line.provider,
        medium=line.medium,
        name=await name_of(deps, line),
        address=await address_of(deps, line),
        webhook_url=webhook_url(deps, line),
        mail_webhook_url=mail_webhook_url(deps, line),
        mail_address=mail_address(deps, line),
        values={field.name: known[field.name] for field in channel.fields if not field.is_secret},
        has_secrets={field.name: bool(known[field.name]) for field in channel.fields if field.is_secret},
        team_id=line.team,
        answered_by=line.answered_by,
        per_second=line.per_second or channel.capabilities.per_second,
        is_paused=line.is_paused,
        shows_read=line.shows_read,
        made_at=line.made_at,
        health=shown(line),
        second_line_id=line.second,
        wrong=await wrong_of(deps, line),
        down_since=line.outage.since if outages.is_down(line) and line.outage else None,
    )


async def wrong_of(deps: Deps, line: Line) -> list[LineWrong]:
    """What is wrong with it; nothing, as long as nobody has looked."""
    if line.wrong is None:
        return []
    return msgspec.json.decode(await deps.sealer.text(line.account, WRONG_PLACE, line.wrong), type=list[LineWrong])


def webhook_url(deps: Deps, line: Line) -> str:
    """What is entered at the provider, and what some providers sign."""
    return f"{deps.settings.base_url}/in/{line.id}"


def mail_webhook_url(deps: Deps, line: Line) -> str:
    """What is entered at a provider that hands in whole mails; empty elsewhere. A secret is entered by hand, or by
    Parley: only its name stands in it."""
    channel = channel_of(line)
    return webhook_url(deps, line) + channel.mail_hook if isinstance(channel, Mailed) else ""


def mail_address(deps: Deps, line: Line) -> str:
    """Where a mail server can hand in what is for it. Nobody can guess it, and nobody else can have the same."""
    settings = deps.settings
    is_taken = settings.takes_mail and channel_of(line).capabilities.is_mail
    return f"{line.id}@{settings.mail_domain or ANY_DOMAIN}" if is_taken else ""


def pointing_of(channel: Channel) -> str:
    """Where a line's webhook is entered at its provider."""
    return channel.pointing if isinstance(channel, Directed) else ANYWHERE


def channels_shown() -> list[ChannelShown]:
    """All providers."""
    return [channel_shown(channel) for _, channel in sorted(CHANNELS.items())]


def channel_shown(channel: Channel) -> ChannelShown:
    """What a line of it needs, and can do."""
    can = channel.capabilities
    fields = [
        ChannelField(
            name=field.name,
            label=field.label,
            is_secret=field.is_secret,
            is_required=field.default is None,
            default=field.default,
        )
        for field in channel.fields
    ]
    return ChannelShown(
        provider=channel.provider,
        medium=channel.medium,
        fields=fields,
        longest_text=can.longest_text,
        media_types=list(can.media_types),
        media_bytes=can.media_bytes,
        most_media=can.most_media,
        window_s=can.window.total_seconds() if can.window else None,
        has_templates=can.has_templates,
        needs_opt_in=can.needs_opt_in,
        has_subject=can.has_subject,
        counts_segments=can.counts_segments,
        most_choices=can.most_choices,
        takes_place=can.takes_place,
        takes_cards=can.takes_cards,
        takes_reactions=can.takes_reactions,
        takes_replies=can.takes_replies,
        shows_read=isinstance(channel, Attentive),
        per_second=can.per_second,
        can_check=isinstance(channel, Probed),
        can_point=isinstance(channel, Pointed),
        pointing=pointing_of(channel),
    )
