"""A request to a line's webhook, before anything is believed of it."""

from starlette.requests import Request

from channels.base import BadSignature, Checked, Hook
from hub.deps import Deps
from hub.http.address import neighbourhood
from hub.intake.errors import SignatureRefused
from hub.limits import Bucket, Rate
from hub.lines import actions as lines
from hub.lines import health
from hub.lines.channels import channel_of
from hub.lines.errors import NoSuchLine
from hub.lines.models import Line
from hub.lines.showing import webhook_url
from hub.store.ids import is_id

# A provider may send the events of many lines from one address. They are counted by line and address, so that nobody
# uses up the provider's share from somewhere else.
LINE_RATE, ADDRESS_RATE = Rate(12_000), Rate(36_000)
HERE = "Parley takes the events of this line here: enter this address at the provider, as it is.\n"


async def get_webhook_line(deps: Deps, id: str, address: str) -> Line:
    """Whose webhook this is, or NoSuchLine; not more often than anybody honest asks."""
    near = neighbourhood(address)
    (await deps.limiter.take(Bucket(f"in:{id}:{near}", LINE_RATE), Bucket(f"in:{near}", ADDRESS_RATE))).check()
    line = await lines.find_any_line(deps, id) if is_id(id) else None
    if line is None:
        raise NoSuchLine("There is no line at this address.")
    return line


def hook_of(deps: Deps, line: Line, request: Request, body: bytes) -> Hook:
    """The request as its adapter needs it, under the address that the provider knows."""
    query = request.url.query
    return Hook(
        method=request.method,
        url=webhook_url(deps, line) + (f"?{query}" if query else ""),
        headers=dict(request.headers),
        query=dict(request.query_params),
        body=body,
        now=deps.clock.now(),
    )


async def answer_check(deps: Deps, line: Line, hook: Hook) -> str:
    """What the provider wants to hear when it asks whether this address is ours."""
    channel = channel_of(line)
    if not isinstance(channel, Checked):
        return HERE
    try:
        return channel.check(await lines.access_of(deps, line), hook)
    except BadSignature as error:
        health.refused(deps, line, str(error))
        raise SignatureRefused("This is not how the line's provider asks.", reason=str(error)) from None
