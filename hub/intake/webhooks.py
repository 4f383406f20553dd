"""A request to a line's webhook, before anything is believed of it."""

from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager

from starlette.requests import Request

from channels.base import BadSignature, Checked, Hook
from hub.deps import Deps
from hub.errors import TooLarge
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
    return await get_counted_line(deps, id)


async def get_counted_line(deps: Deps, id: str) -> Line:
    """Whose webhook this is, for whoever was counted already."""
    line = await lines.find_any_line(deps, id) if is_id(id) else None
    if line is None:
        raise NoSuchLine("There is no line at this address.")
    return line


@asynccontextmanager
async def hold_for_mail(deps: Deps, path: Mapping[str, str], address: str) -> AsyncIterator[None]:
    """A place for a whole mail, of which not many are in memory at once; on lines of mail alone."""
    line = await get_webhook_line(deps, path["line_id"], address)
    if not channel_of(line).capabilities.is_mail:
        raise NoSuchLine("There is no line of mail at this address.")
    with deps.large.one(), noted(deps, line):
        yield


@asynccontextmanager
async def hold_for_batch(deps: Deps, path: Mapping[str, str], address: str) -> AsyncIterator[None]:
    """A place for many events in one. It counts as two requests: here, before it is read, and as any other."""
    line = await get_webhook_line(deps, path["line_id"], address)
    with deps.large.one(), noted(deps, line):
        yield


@contextmanager
def noted(deps: Deps, line: Line) -> Iterator[None]:
    """What is refused as too large is lost, however often it comes again: somebody has to see that."""
    try:
        yield
    except TooLarge:
        health.refused(deps, line, health.TOO_LARGE)
        raise


def hook_of(deps: Deps, line: Line, request: Request, body: bytes, *, behind: str = "") -> Hook:
    """The request as its adapter needs it, under the address that the provider knows, with what stands `behind` it."""
    query = request.url.query
    return Hook(
        method=request.method,
        url=webhook_url(deps, line) + behind + (f"?{query}" if query else ""),
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
