"""How a provider of SMS takes a message, or does not, as its mood is."""

import asyncio

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from tests.fakes.carriers.provider import Body, Carrier, Sent
from tests.fakes.serving import HungUp


async def take(carrier: Carrier, request: Request) -> Response:
    """Take it, and say so, or not."""
    moods, sent = carrier.moods, carrier.read(msgspec.json.decode(await request.body(), type=Body))
    if moods.take("vanish", sent.line, sent.to):
        return HungUp()
    if moods.take("down", sent.line, sent.to):
        return Response(status_code=503)
    if mood := moods.take("refuse", sent.line, sent.to):
        return carrier.no(mood.code, mood.wait_s)
    if (limit := moods.find("limit", sent.line, sent.to)) and carrier.is_over(sent.line, limit.count):
        moods.take("limit", sent.line, sent.to)
        return carrier.no("rate_limited", limit.wait_s)
    if code := carrier.why_not(sent):
        return carrier.no(code)
    carrier.sent.append(sent)
    return await answer(carrier, sent)


async def answer(carrier: Carrier, sent: Sent) -> Response:
    """What it says of a message that it has taken."""
    if carrier.moods.take("early", sent.line, sent.to):
        await carrier.report(sent, *carrier.follows)
    else:
        carrier.start(carrier.report(sent, *carrier.follows))
    if mood := carrier.moods.take("slow", sent.line, sent.to):
        await asyncio.sleep(mood.wait_s)
    if carrier.moods.take("hang_up", sent.line, sent.to):
        return HungUp()
    if carrier.moods.take("nonsense", sent.line, sent.to):
        return Response(b"<html>all is well</html>", 200)
    return carrier.yes(sent)
