"""Lines as the API shows them, and as their adapters need them."""

from channels.base import Access, Channel
from hub.deps import Deps
from hub.lines import repository, values
from hub.lines.channels import CHANNELS, channel_of
from hub.lines.health import shown
from hub.lines.models import Line
from hub.lines.shapes import ChannelField, ChannelShown, LineShown

NAME_PLACE, ADDRESS_PLACE = f"{repository.LINES}.name", f"{repository.LINES}.address"


async def access_of(deps: Deps, line: Line) -> Access:
    """The line as its adapter needs it, credentials included."""
    known = values.complete(channel_of(line), await values.opened(deps, line))
    return Access(line=line.id, address=await address_of(deps, line), values=known)


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
        values={field.name: known[field.name] for field in channel.fields if not field.is_secret},
        has_secrets={field.name: bool(known[field.name]) for field in channel.fields if field.is_secret},
        team_id=line.team,
        answered_by=line.answered_by,
        per_second=line.per_second or channel.capabilities.per_second,
        is_paused=line.is_paused,
        made_at=line.made_at,
        health=shown(line),
    )


def webhook_url(deps: Deps, line: Line) -> str:
    """What is entered at the provider, and what some providers sign."""
    return f"{deps.settings.base_url}/in/{line.id}"


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
        per_second=can.per_second,
    )
