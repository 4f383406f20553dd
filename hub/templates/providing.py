"""The provider behind a line, asked about templates: whatever goes wrong there is said in words."""

from collections.abc import Iterator
from contextlib import contextmanager

from channels.base import Access, Refused, Templated, Unreachable, Unsure
from hub.deps import Deps
from hub.lines.actions import access_of
from hub.lines.channels import channel_of
from hub.lines.models import Line
from hub.templates.errors import NoTemplates, TemplateRefused, TemplatesAway


def check_keeps_templates(line: Line) -> Templated:
    """The channel, if templates can be read and handed in there; else NoTemplates."""
    channel = channel_of(line)
    if not isinstance(channel, Templated):
        raise NoTemplates(
            "Parley cannot look up templates at this line's provider: say which there are by "
            "PUT /api/v1/lines/{line_id}/templates.",
            provider=line.provider,
        )
    return channel


async def provider_of(deps: Deps, line: Line) -> tuple[Templated, Access]:
    """Whom to ask, and as whom."""
    return check_keeps_templates(line), await access_of(deps, line)


@contextmanager
def in_words() -> Iterator[None]:
    """What the provider says no to, and that it says nothing, as errors of ours."""
    try:
        yield
    except Refused as refused:
        failure = refused.failure
        raise TemplateRefused(f"{failure.words} {failure.advice}", why=failure.code) from refused
    except Unreachable as error:
        raise TemplatesAway("The provider was not reached: nothing has changed. Try again in a while.") from error
    except Unsure as error:
        raise TemplatesAway("The provider has not said what became of it: look again in some minutes.") from error
